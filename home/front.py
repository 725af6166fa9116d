"""What the front shows beside its stories: events to come, new documents, what is read most."""

from typing import Any

from django.db.models import F, Sum
from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.core.models import most_read
from cms.core.visibility import open_to_all
from cms.documents.models import OfficialDocumentPage
from cms.events.models import EventPage
from cms.news.models import ArticlePage
from search import memory

COMING = 4
PAPERS = 5
MOST_READ = 5
WEEK, MONTH = 7, 30  # days


def beside(home: Page) -> dict[str, Any]:
    """`coming` events, `papers` and the articles `read_most`, as anybody may open them."""
    papers = open_to_all(OfficialDocumentPage.objects.descendant_of(home))
    return {
        "coming": open_to_all(EventPage.objects.descendant_of(home)).defer("body").coming(timezone.now())[:COMING],
        "papers": papers.order_by(F("issued_on").desc(nulls_last=True), "-pk")[:PAPERS],
        "read_most": read_most(home),
    }


def read_most(home: Page) -> dict[str, list[ArticlePage]]:
    """The articles read most by `week` and by `month`; a portal that counts since today shows them of `ever`."""
    articles = ArticlePage.objects.descendant_of(home).defer("body")
    periods = {"week": most_read(articles, WEEK, MOST_READ), "month": most_read(articles, MONTH, MOST_READ)}
    if not periods["month"]:  # the order stays until somebody reads something, and then there is a month
        periods["ever"] = memory.recall(("read most", home.pk), lambda: _read_most_ever(articles))
    return {period: found for period, found in periods.items() if found}


def _read_most_ever(articles: PageQuerySet) -> list[ArticlePage]:
    read = open_to_all(articles).filter(read_counts__count__gt=0).annotate(recent_reads=Sum("read_counts__count"))
    return list(read.order_by("-recent_reads", "-pk")[:MOST_READ])
