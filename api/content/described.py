"""The description of content's endpoints, made of what their views say of themselves."""

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_serializer,
    extend_schema_view,
)
from rest_framework import serializers

from api.content import selection
from api.content.filters import Filter
from api.content.question import PAGE_SIZE
from api.content.reading import MAX_ID
from api.content.views import ListViewSet
from api.search import PROBLEMS, problem
from search.parameters import MAX_PAGE_SIZE
from search.queries import MAX_QUERY_LENGTH

View = TypeVar("View", bound=type[ListViewSet])

NOT_FOUND = problem(404, "There is nothing public with this id.")
ID = OpenApiParameter(
    "id", {"type": "integer", "minimum": 1, "maximum": MAX_ID}, location=OpenApiParameter.PATH, description="The id."
)
FIELDS = OpenApiParameter(
    selection.PARAMETER,
    {"type": "string", "maxLength": selection.LONGEST},
    description=(
        "Only these fields, separated by commas; `cover(alt,renditions)` or `cover.alt` chooses inside others. "
        "The `id` is always there."
    ),
    examples=[OpenApiExample("title,cover(alt,renditions)", value="title,cover(alt,renditions)")],
)
SEARCH = OpenApiParameter(
    "search",
    {"type": "string", "maxLength": MAX_QUERY_LENGTH},
    description=(
        "Only what the site's search finds, in the order of its ranking (so without `sort`). Some pages of results can "
        "be shorter than `page_size`, where other filters take hits away; follow `next` all the same."
    ),
)
PAGING = [
    OpenApiParameter(
        "page_size",
        {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE},
        default=PAGE_SIZE,
        description="How many results to send at most.",
    ),
    OpenApiParameter(
        "cursor",
        description=(
            "The place to go on from: follow `next` and `previous`. A cursor fits only its own question, but for "
            "`fields` and `page_size`. What is published or removed meanwhile shifts nothing."
        ),
    ),
]


def described(one: str, many: str, text: str, shown: dict[str, Any]) -> Callable[[View], View]:
    """Describe a list and its details; `one` and `many` name the things, `shown` is one of them."""

    def describe(view: View) -> View:
        return extend_schema_view(list=_list(view, many, text, shown), retrieve=_detail(view, one, many, shown))(view)

    return describe


def operation(name: str, summary: str, answer: Any, **more: Any) -> Callable[[Any], Any]:
    """Describe one operation that takes the usual precautions."""
    responses = {200: OpenApiResponse(answer, "The answer."), **PROBLEMS, **more.pop("responses", {})}
    return extend_schema(operation_id=name, summary=summary, responses=responses, **more)


def _list(view: View, many: str, text: str, shown: dict[str, Any]) -> Any:
    left_out = view.left_out_of_lists
    listed = {name: value for name, value in shown.items() if name not in left_out}
    page = {"results": [listed], "next": None, "previous": None}
    return operation(
        f"list_{_identifier(many)}",
        f"List {many}",
        _page_of(view.serializer),
        tags=[many],
        description=f"{text} Only what anybody may open; empty parameters count as absent, unknown ones are refused.",
        parameters=[*_parameters(view), *PAGING, FIELDS],
        examples=[example(f"A page of {many}", page)],
    )


def _detail(view: View, one: str, many: str, shown: dict[str, Any]) -> Any:
    return operation(
        f"get_{_identifier(one)}",
        f"Get one {one}",
        view.serializer,
        tags=[many],
        parameters=[ID, FIELDS],
        responses=NOT_FOUND,
        examples=[example(f"One {one}", shown)],
    )


def _parameters(view: View) -> list[OpenApiParameter]:
    filters = [_filter(item) for item in view.filters]
    sort = OpenApiParameter(
        "sort",
        enum=[order.parameter for order in view.orders],
        default=view.orders[0].parameter,
        description="The order; `-` turns it round.",
    )
    return [*([SEARCH] if view.is_searchable else []), *filters, sort]


def _filter(item: Filter) -> OpenApiParameter:
    if not item.is_repeatable:
        return OpenApiParameter(item.name, dict(item.schema), description=item.description)
    text = f"{item.description} Repeat it to widen the choice."
    return OpenApiParameter(item.name, dict(item.schema), description=text, style="form", explode=True)


def _page_of(serializer: type[serializers.Serializer[Any]]) -> type[serializers.Serializer[Any]]:
    """The serializer of a page of a list, for the schema alone."""
    name = serializer.__name__.removesuffix("Serializer")
    made = type(
        f"{name}ListSerializer",
        (serializers.Serializer,),
        {
            "__doc__": "A page of a list.",
            "results": serializer(many=True),
            "next": serializers.URLField(allow_null=True, help_text="The next page of results; null on the last."),
            "previous": serializers.URLField(allow_null=True, help_text="The previous page; null on the first."),
        },
    )
    return extend_schema_serializer(many=False)(made)  # it is one answer, though a list's


def example(name: str, value: Any) -> OpenApiExample:
    """An answer to show."""
    return OpenApiExample(name, value=value, response_only=True, status_codes=["200"])


def _identifier(words: str) -> str:
    return words.replace(" ", "_").replace("-", "_")
