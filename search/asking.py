"""What readers have asked for, as numbers for each question and day: nothing says who asked, or when on that day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST = 300  # characters of a question as it is kept


class AskedQuery(models.Model):
    """A question, however it was spelled; one row for all of its days.

    `key` is the same for every spelling that means the same words (Unicode form, case, tone place, i or y); `text` is
    the latest of them, in lower case, and `folded` its words without accents. `answered_as` is what it was corrected
    to, and `results` how many pages it found, the last time. `asked` and `days` sum up what is kept of its days.
    """

    key = models.CharField(max_length=LONGEST, unique=True)
    text = models.CharField(_("question"), max_length=LONGEST)
    folded = models.CharField(max_length=LONGEST, db_index=True)
    answered_as = models.CharField(_("answered as"), max_length=LONGEST, blank=True, default="")
    results = models.PositiveIntegerField(_("results at last"), default=0)
    asked = models.PositiveIntegerField(default=0)
    days = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("question of readers")
        verbose_name_plural = _("questions of readers")

    def __str__(self) -> str:
        return self.text


class AskedDay(models.Model):
    """How often a question was asked on a day of the site's time zone, and what became of it.

    `on_site` counts those of the search page, where clicks can be counted; `found_nothing` those without any result.
    `positions` is the sum of the places of the results clicked, from 1; `pin_clicks` went to pinned results.
    """

    query = models.ForeignKey(AskedQuery, on_delete=models.CASCADE, related_name="by_day")
    day = models.DateField(db_index=True)
    asked = models.PositiveIntegerField(default=0)
    on_site = models.PositiveIntegerField(default=0)
    found_nothing = models.PositiveIntegerField(default=0)
    clicks = models.PositiveIntegerField(default=0)
    positions = models.PositiveIntegerField(default=0)
    pin_clicks = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("day of a question")
        verbose_name_plural = _("days of a question")
        constraints = [models.UniqueConstraint(fields=["query", "day"], name="search_asked_day")]

    def __str__(self) -> str:
        return f"{self.query_id} {self.day}: {self.asked}"
