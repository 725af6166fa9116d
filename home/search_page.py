"""What the search page shows around the results: choices, chips to take them back, and their addresses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from search.documents import FACETS
from search.queries import FacetCount, Hit, SearchQuery, SearchResults, Sort

PARAMETERS = ("q", "literal", *FACETS, "date_from", "date_to", "sort", "cursor")
LABELS = {
    "q": _("Search text"),
    "literal": _("As typed"),
    "type": _("Kind"),
    "school": _("School"),
    "section": _("Section"),
    "year": _("Year"),
    "tag": _("Tag"),
    "document_kind": _("Kind of document"),
    "cited": _("Cited document"),
    "date_from": _("From day"),
    "date_to": _("To day"),
    "sort": _("Order"),
    "cursor": _("Page of results"),
}
SORTS = {
    Sort.RELEVANCE: _("Best match first"),
    Sort.NEWEST: _("Newest first"),
    Sort.OLDEST: _("Oldest first"),
    Sort.MOST_READ: _("Most read first"),
}


@dataclass(frozen=True)
class Choice:
    """A value of a facet."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Panel:
    """A facet with its values, by the name that addresses give it."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Tab:
    """A kind of page with the number of its results, or all of them; `address` shows these alone."""

    label: str
    count: int | None
    chosen: bool
    address: str


@dataclass(frozen=True)
class Chip:
    """A filter in force; `address` takes it away."""

    label: str
    value: str
    address: str


@dataclass(frozen=True)
class Shown:
    """A hit with its highlights as HTML."""

    hit: Hit
    title: SafeString
    passages: list[SafeString]
    files: list[dict[str, Any]]  # passages of attached files: title, url, page, text


def known(parameters: QueryDict) -> QueryDict:
    """What the page understands of an address, without the empty fields of the form.

    The rest is ignored: links that travel collect parameters of others, such as `utm_source`.
    """
    kept = QueryDict(mutable=True)
    for name in PARAMETERS:
        if values := [value.strip() for value in parameters.getlist(name) if value.strip()]:
            kept.setlist(name, values)
    return kept


def address(parameters: QueryDict, **changes: str | list[str] | None) -> str:
    """The page with `changes` made, None taking a parameter away; on its first results unless they name a cursor."""
    changed = parameters.copy()
    for name, value in ({"cursor": None} | changes).items():
        changed.setlist(name, [] if value is None else [value] if isinstance(value, str) else value)
    return f"?{changed.urlencode()}"


def without_filters(parameters: QueryDict) -> str:
    """The page with the text and the order kept, every filter gone."""
    return address(parameters, **dict.fromkeys((*FACETS, "date_from", "date_to")))


def shown(hit: Hit) -> Shown:
    """The hit with what answers the question: passages that only repeat the beginning of the text are left out."""
    title, passages, files = (hit.highlights[name] for name in ("title", "body", "files"))
    # The search service has escaped the text and added nothing but <mark>.
    return Shown(
        hit,
        mark_safe(title),  # noqa: S308
        [mark_safe(text) for text in passages if "<mark>" in text],  # noqa: S308
        [file | {"text": mark_safe(file["text"])} for file in files],  # noqa: S308
    )


def tabs(results: SearchResults, parameters: QueryDict) -> list[Tab]:
    """The kinds of pages among the results, after all of them; none where all are of one kind."""
    kinds, chosen = results.facets.get("type", ()), parameters.getlist("type")
    if len(kinds) < 2 and not chosen:
        return []
    every = Tab(gettext("Everything"), None, not chosen, address(parameters, type=None))
    return [
        every,
        *(Tab(kind.label, kind.count, kind.value in chosen, address(parameters, type=kind.value)) for kind in kinds),
    ]


def panels(results: SearchResults, parameters: QueryDict) -> list[Panel]:
    """The facets that offer something here; kinds of pages are chosen by tabs."""
    return [
        Panel(name, LABELS[name], tuple(_choice(name, count, parameters) for count in counts))
        for name, counts in results.facets.items()
        if counts and name != "type"
    ]


def chips(results: SearchResults, parameters: QueryDict) -> list[Chip]:
    """The filters in force."""
    return [*_facet_chips(results, parameters), *_day_chips(results.query, parameters)]


def unseen_filters(panels_: Iterable[Panel], parameters: QueryDict) -> list[tuple[str, str]]:
    """The filters in force that no panel offers, by name and value: the form carries them unseen."""
    offered = {(panel.name, choice.value) for panel in panels_ for choice in panel.choices}
    chosen = ((name, value) for name in FACETS for value in parameters.getlist(name))
    return [pair for pair in chosen if pair not in offered]


def _choice(name: str, count: FacetCount, parameters: QueryDict) -> Choice:
    return Choice(count.value, count.label, count.count, count.value in parameters.getlist(name))


def _others(name: str, value: str, parameters: QueryDict) -> list[str]:
    return [other for other in parameters.getlist(name) if other != value]


def _facet_chips(results: SearchResults, parameters: QueryDict) -> Iterator[Chip]:
    names: Mapping[tuple[str, str], str] = {
        (name, count.value): count.label for name, counts in results.facets.items() for count in counts
    }
    for name, values in results.query.filters.items():
        if name == "type":
            continue  # a tab
        for value in values:
            # A value that no public page has is not among the counts: its label may be of what is private now.
            label = names.get((name, value), value)
            yield Chip(LABELS[name], label, address(parameters, **{name: _others(name, value, parameters)}))


def _day_chips(query: SearchQuery, parameters: QueryDict) -> Iterator[Chip]:
    for name, day in (("date_from", query.date_from), ("date_to", query.date_to)):
        if day:
            yield Chip(LABELS[name], date_format(day, "d/m/Y"), address(parameters, **{name: None}))
