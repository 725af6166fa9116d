"""Lists across the whole portal: articles by tag and by month, schools by province and cluster."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from taggit.models import Tag
from wagtail.models import Site

from cms.core.lists import address_without_page, slice_of
from cms.core.search import covers
from cms.core.visibility import open_to_all
from cms.news.models import ARTICLES_PER_PAGE, ArticlePage
from cms.schools.models import ClusterPage, SchoolPage
from search import memory
from search.vietnamese import fold

Period = tuple[datetime, datetime]  # the first moment in it, and the first after it


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """The articles that bear a tag, the newest first."""
    found = get_object_or_404(Tag, slug=slug)
    articles = _articles(request).filter(pk__in=ArticlePage.objects.filter(tagged_items__tag=found).values("pk"))
    return _list(request, "site/tag.html", articles, {"tag": found}, ("tag", found.pk))


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """The years from which there are articles."""
    years = memory.recall(("years", _site(request).pk), lambda: _years(_articles(request)))
    return render(request, "site/archive.html", {"years": years})


def _years(articles: Any) -> list[tuple[int, int]]:
    ends = articles.order_by().aggregate(first=Min("published_at"), last=Max("published_at"))
    first, last = (timezone.localtime(moment).year if moment else 0 for moment in (ends["first"], ends["last"]))
    return _counted(articles, {year: _year(year) for year in range(last, first - 1, -1) if year})


@require_safe
def archive_year(request: HttpRequest, year: int) -> HttpResponse:
    """The months of a year, each with the number of its articles."""
    periods = {month: _month(year, month) for month in range(1, 13)}
    months = memory.recall(("months", _site(request).pk, year), lambda: _counted(_articles(request), periods))
    if not any(count for _month_, count in months):
        raise Http404
    shown = [(datetime(year, month, 1), count) for month, count in months]
    return render(request, "site/archive_year.html", {"year": year, "months": shown})


@require_safe
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The articles of a month, the newest first."""
    first, after = _month(year, month)
    articles = _articles(request).filter(published_at__gte=first, published_at__lt=after)
    return _list(request, "site/archive_month.html", articles, {"first": first}, ("month", year, month))


@require_safe
def schools(request: HttpRequest) -> HttpResponse:
    """Every school: by province, or by the cluster that it is in now."""
    by = "cluster" if request.GET.get("by") == "cluster" else "province"
    found = open_to_all(SchoolPage.objects.in_site(_site(request))).prefetch_related("addresses", "contacts", covers())
    groups = _by_cluster(request, found) if by == "cluster" else _by_province(found)
    return render(request, "schools/directory.html", {"by": by, "groups": list(groups)})


def _site(request: HttpRequest) -> Site:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site


def _articles(request: HttpRequest) -> Any:
    return open_to_all(ArticlePage.objects.in_site(_site(request))).newest_first()


def _list(
    request: HttpRequest, template: str, articles: Any, context: dict[str, Any], name: tuple[Any, ...]
) -> HttpResponse:
    """A list of articles, a slice at a time; where there are none there is no page."""
    found = slice_of(articles.for_cards(), request, ARTICLES_PER_PAGE, (_site(request).pk, *name))
    if not found:
        raise Http404
    return render(request, template, {**context, "articles": found, "others": address_without_page(request)})


def _counted(articles: Any, periods: dict[int, Period]) -> list[tuple[int, int]]:
    """How many articles each of the periods has; one query."""
    counts = articles.order_by().aggregate(
        **{
            f"in_{name}": Count("pk", filter=Q(published_at__gte=first, published_at__lt=after))
            for name, (first, after) in periods.items()
        }
    )
    return [(name, counts[f"in_{name}"]) for name in periods]


def _year(year: int) -> Period:
    return _moment(year, 1), _moment(year + 1, 1)


def _month(year: int, month: int) -> Period:
    return _moment(year, month), _moment(year + month // 12, month % 12 + 1)


def _moment(year: int, month: int) -> datetime:
    try:
        return datetime(year, month, 1, tzinfo=timezone.get_default_timezone())
    except ValueError:
        raise Http404 from None


def _by_province(found: Iterable[SchoolPage]) -> Iterator[tuple[str, list[SchoolPage]]]:
    """Sorted as Vietnamese dictionaries sort, near enough; schools of no province last."""
    ordered = sorted(found, key=lambda school: (not school.province, fold(school.province), fold(school.title)))
    for province, alike in groupby(ordered, key=lambda school: school.province):
        yield province, list(alike)


def _by_cluster(request: HttpRequest, found: Iterable[SchoolPage]) -> Iterator[tuple[Any, list[SchoolPage]]]:
    """The members of each cluster in its newest year, then the schools that are in none."""
    left = {school.pk: school for school in found}
    everyone = dict(left)
    for cluster in open_to_all(ClusterPage.objects.in_site(_site(request))).prefetch_related("members"):
        members = [member.school_id for member in cluster.members.all() if member.year == max(cluster.years)]
        yield cluster, [everyone[key] for key in members if key in everyone]
        for key in members:
            left.pop(key, None)
    if left:
        yield None, list(left.values())
