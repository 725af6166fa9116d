"""The query parameters as the schema describes them; `search.parameters` reads and refuses them."""

from django.conf import settings
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter

from search.documents import FACETS
from search.parameters import MAX_FILTER_VALUES, MAX_PAGE_SIZE
from search.queries import MAX_QUERY_LENGTH, Sort

# What each facet's filter lets through. The samples stand in the text: as examples in the schema they would be
# filled in by the interactive page, all at once, and nothing would ever be found.
_FILTERS: dict[str, str] = {
    "type": "Only pages of this kind, such as `article`.",
    "school": "Only pages of the school with this id, such as `12`.",
    "section": "Only pages in the section with this id, such as `7`, or below it.",
    "year": "Only pages published in this year, such as `2023`.",
    "tag": "Only pages with this tag, by its slug.",
    "document_kind": "Only official documents of this kind.",
    "cited": "Only pages that cite the official document with this number, such as `444-KH/CTĐ`.",
}


def _text(description: str, example: str) -> OpenApiParameter:
    return OpenApiParameter(
        "q",
        {"type": "string", "maxLength": MAX_QUERY_LENGTH},
        description=description,
        examples=[OpenApiExample(example, value=example)],
    )


def _filter(name: str) -> OpenApiParameter:
    values = {"type": "string", "minLength": 1, "maxLength": MAX_QUERY_LENGTH}
    return OpenApiParameter(
        name,
        {"type": "array", "maxItems": MAX_FILTER_VALUES, "items": values},
        description=f"{_FILTERS[name]} Repeat it to widen the choice.",
        style="form",
        explode=True,
    )


def _day(name: str, description: str) -> OpenApiParameter:
    return OpenApiParameter(
        name,
        OpenApiTypes.DATE,
        description=f"{description}, such as `2023-11-10`. Days are those of the site's time zone.",
    )


SEARCH = [
    _text(
        "What to search for, with accents or without, in old or new spelling. Without it, all that fits is listed.",
        "hoi nghi tong ket",
    ),
    OpenApiParameter(
        "literal",
        OpenApiTypes.BOOL,
        default=False,
        description="With `true` the text is not corrected: what `showing_results_for` offers a way back to.",
    ),
    *(_filter(name) for name in FACETS),
    _day("date_from", "Only pages published on this day or later"),
    _day("date_to", "Only pages published on this day or earlier"),
    OpenApiParameter(
        "sort",
        enum=list(Sort),
        default=Sort.RELEVANCE.value,
        description="The order. Without `q`, `relevance` is `newest`.",
    ),
    OpenApiParameter(
        "page_size",
        {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE},
        default=settings.SEARCH_PAGE_SIZE,
        description="How many results to send at most.",
    ),
    OpenApiParameter(
        "cursor",
        description="The place to go on from: follow `next` and `previous`. A cursor fits only its own question.",
    ),
    OpenApiParameter(
        "facets",
        {"type": "array", "items": {"type": "string", "enum": list(FACETS)}},
        description="The facets to count, repeated or separated by commas.",
        style="form",
        explode=True,
    ),
]

SUGGEST = [_text("What the reader has typed so far. Without it, there are no suggestions.", "hoi ng")]
