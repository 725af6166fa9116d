"""What was understood, page by page: looked through, corrected, left out."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from cms.core.importing.corrections import correct
from cms.core.importing.doubts import doubts_of
from cms.core.importing.html import clean
from cms.core.importing.report import Outcome
from cms.core.importing.values import BlockKind, Doubt, ImportedArticle, ImportedBlock
from cms.imports.desk.base import ImportDesk
from cms.imports.desk.forms import PageForm
from cms.imports.models import Import, ImportPage
from cms.imports.stored import corrections_from_json, corrections_to_json, reading_of

_ROWS_A_PAGE = 50
_FIRST = 3  # paragraphs that show what the text is
EDITABLE = (Import.State.READY, Import.State.STOPPED)

SHOWN = {
    "doubtful": gettext_lazy("To be looked at"),
    "all": gettext_lazy("All pages"),
    "skipped": gettext_lazy("Left out"),
    "failed": gettext_lazy("Not understood"),
}


def rows_shown(importing: Import, shown: str) -> QuerySet[ImportPage]:
    """The pages of one of `SHOWN`, in order."""
    match shown:
        case "doubtful":
            return importing.pages.doubtful()
        case "skipped":
            return importing.pages.filter(outcome=Outcome.SKIPPED) | importing.pages.filter(corrections__skip=True)
        case "failed":
            return importing.pages.filter(outcome=Outcome.FAILED)
        case _:
            return importing.pages.all()


class Understood:
    """A page as it will come in, for the templates."""

    def __init__(self, row: ImportPage) -> None:
        self.row = row
        self.reading = reading_of(row)
        self.corrections = corrections_from_json(row.corrections)
        corrected = self.reading if self.corrections.skip else correct(self.reading, self.corrections)
        self.article: ImportedArticle | None = corrected.article
        self.doubts: list[Doubt] = list(doubts_of(corrected)) if row.is_doubtful else []

    @property
    def paragraphs(self) -> list[str]:
        """The first of the text."""
        texts = (block.text for block in self.article.blocks if block.kind is BlockKind.TEXT) if self.article else ()
        return [text for text, _number in zip(texts, range(_FIRST), strict=False)]

    def blocks(self, article: ImportedArticle | None) -> list[tuple[int, ImportedBlock, str]]:
        """The parts of an article by their places, with what is HTML of them once more cleaned: it has been stored."""
        blocks = article.blocks if article else ()
        return [(place, block, mark_safe(clean(block.html))) for place, block in enumerate(blocks)]  # noqa: S308

    @property
    def pictures(self) -> int:
        """How many pictures the page has."""
        blocks = self.article.blocks if self.article else ()
        return sum(block.kind is BlockKind.PICTURE for block in blocks)


class Pages(ImportDesk):
    """All pages, or those that want a look."""

    page_title = gettext_lazy("What was understood")
    template_name = "imports/pages.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        importing = self.importing
        asked = self.request.GET.get("show", "")
        shown = asked if asked in SHOWN else "doubtful" if importing.pages.doubtful().exists() else "all"
        rows = rows_shown(importing, shown).defer("trace").order_by("number")
        pages = Paginator(rows, _ROWS_A_PAGE)
        items = pages.get_page(self.request.GET.get("p"))
        for row in items:
            row.of = importing
        return super().get_context_data(**kwargs) | {
            "items": items,
            "elided_page_range": pages.get_elided_page_range(items.number),
            "pages": [Understood(row) for row in items],
            "shown": shown,
            "tabs": [(name, label, rows_shown(importing, name).count()) for name, label in SHOWN.items()],
        }


class Page(ImportDesk):
    """One page, with a form for what may be wrong about it."""

    template_name = "imports/page.html"

    def get_page_title(self) -> str:
        return self.row.title or self.row.origin

    @cached_property
    def understood(self) -> Understood:
        return Understood(self.row)

    @cached_property
    def form(self) -> PageForm | None:
        """None where there is nothing to correct, or it is too late."""
        if self.row.article is None or self.row.outcome or self.importing.state not in EDITABLE:
            return None
        data = self.request.POST if self.request.method == "POST" else None
        understood = self.understood
        return PageForm(data, understood=understood, user=self.request.user, section=self.importing.section_title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # The form counts captions as the reader did; what comes in may have fewer.
        article = self.understood.reading.article if self.form else self.understood.article
        doubtful = self.importing.pages.doubtful()
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "understood": self.understood,
            "blocks": self.understood.blocks(article),
            "earlier": self._neighbour(number__lt=self.row.number),
            "later": self._neighbour(number__gt=self.row.number),
            "doubtful": doubtful.count(),
        }

    def _neighbour(self, **beyond: int) -> int | None:
        order = "number" if "number__gt" in beyond else "-number"
        return self.importing.pages.filter(**beyond).order_by(order).values_list("number", flat=True).first()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.form is None:
            messages.error(request, _("That can be changed only before the import."))
            return redirect("imports:page", self.importing.pk, self.row.number)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        corrections = self.form.corrections()
        row = self.row
        row.corrections = corrections_to_json(corrections)
        row.is_doubtful = not corrections.skip and bool(correct(self.understood.reading, corrections).problem)
        # Not if the page has been brought in meanwhile.
        ImportPage.objects.waiting().filter(pk=row.pk).update(corrections=row.corrections, is_doubtful=row.is_doubtful)
        later = self.importing.pages.doubtful().filter(number__gt=row.number).order_by("number").first()
        if "next" in request.POST and (later := later or self.importing.pages.doubtful().first()):
            return redirect("imports:page", self.importing.pk, later.number)
        messages.success(request, _("Saved."))
        return redirect("imports:pages", self.importing.pk)
