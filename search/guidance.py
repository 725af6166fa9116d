"""What editors lay down about single questions: pages that come first, and tests of what must be found."""

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Page

from search.parameters import MAX_PAGE_SIZE
from search.queries import MAX_QUERY_LENGTH
from search.vietnamese import fold_tokens, tokens


def words_of(text: str) -> str:
    """A question's words as pins are found by them: accents, capitals, quotes and the like do not matter."""
    return " ".join(fold_tokens(tokens(text)))


def _must_hold_words(field: str, text: str) -> None:
    if not tokens(text):
        raise ValidationError({field: _("Give at least one word.")})


class PinQuerySet(models.QuerySet["Pin"]):
    def in_force(self, day: date) -> Self:
        """Those that hold on a day."""
        begun = Q(first_day__isnull=True) | Q(first_day__lte=day)
        return self.filter(begun, Q(last_day__isnull=True) | Q(last_day__gte=day))


class Pin(models.Model):
    """A page that stands above all results of a question, from one day to another perhaps."""

    words = models.CharField(
        _("question"),
        max_length=MAX_QUERY_LENGTH,
        help_text=_("The whole question, such as “lịch thi”. Accents and capitals do not matter."),
    )
    folded = models.CharField(max_length=MAX_QUERY_LENGTH, db_index=True, editable=False)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    place = models.PositiveSmallIntegerField(
        _("place"), default=1, help_text=_("Of several pages pinned to a question the lowest number comes first.")
    )
    first_day = models.DateField(_("first day"), null=True, blank=True, help_text=_("Left empty: at once."))
    last_day = models.DateField(_("last day"), null=True, blank=True, help_text=_("Left empty: without end."))

    objects = PinQuerySet.as_manager()

    class Meta:
        verbose_name = _("pinned result")
        verbose_name_plural = _("pinned results")
        ordering = ["folded", "place", "pk"]
        constraints = [models.UniqueConstraint(fields=["folded", "page"], name="search_pin_once")]

    def __str__(self) -> str:
        return f"{self.words}: {self.page}"

    def clean(self) -> None:
        """The question must hold a word, be no second one for the page, and the days must be in order."""
        _must_hold_words("words", self.words)
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise ValidationError({"last_day": _("The first day lies after the last day.")})
        same = Pin.objects.filter(folded=words_of(self.words), page_id=self.page_id).exclude(pk=self.pk)
        if self.page_id and same.exists():
            raise ValidationError({"page": _("This page is pinned to this question already.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = words_of(self.words)
        super().save(*args, **kwargs)


class RelevanceTest(ClusterableModel):
    """For this question these pages must be among the first results."""

    words = models.CharField(_("question"), max_length=MAX_QUERY_LENGTH, help_text=_("As readers type it."))
    top = models.PositiveSmallIntegerField(
        _("among the first"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_PAGE_SIZE)],
        help_text=_("How many results may be looked at to find all the pages; pinned ones count."),
    )
    note = models.CharField(_("note"), max_length=255, blank=True, help_text=_("Why this matters, for other editors."))

    class Meta:
        verbose_name = _("relevance test")
        verbose_name_plural = _("relevance tests")
        ordering = ["words", "pk"]

    def __str__(self) -> str:
        return self.words

    @property
    def expected_titles(self) -> str:
        """The titles of the pages, for lists."""
        return "; ".join(item.page.title for item in self.expected.all())

    def clean(self) -> None:
        """The question must hold a word."""
        _must_hold_words("words", self.words)


class ExpectedPage(models.Model):
    """A page that a relevance test wants to see."""

    test = ParentalKey(RelevanceTest, on_delete=models.CASCADE, related_name="expected")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))

    class Meta:
        verbose_name = _("expected page")
        verbose_name_plural = _("expected pages")
        constraints = [models.UniqueConstraint(fields=["test", "page"], name="search_expected_page")]

    def __str__(self) -> str:
        return str(self.page)
