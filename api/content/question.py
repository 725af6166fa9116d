"""What an address asks of a list or of one thing, read and checked before anything is fetched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from api.content import reading, selection
from api.content.filters import Filter, Found
from api.content.orders import Order
from api.content.selection import Selection
from api.content.visibility import Visible
from search import parameters
from search.parameters import BadParameters
from search.queries import BadQuery

if TYPE_CHECKING:
    from api.content.views import ListViewSet

PAGE_SIZE = 20  # things in a list, unless asked for otherwise


@dataclass(frozen=True)
class Question:
    """A list asked for. `values` are those of the filters that were given; without `order` it is a search's."""

    kind: str
    filters: Mapping[str, Filter]
    values: Mapping[str, Any]
    order: Order
    fields: Selection
    page_size: int
    cursor: str
    search: str
    as_sent: Mapping[str, Sequence[str]]  # what must be the same from page to page

    def narrow(self, found: Found, visible: Visible) -> Found:
        """What passes every filter."""
        for name, value in self.values.items():
            found = self.filters[name].narrow(found, value, visible)
        return found

    @property
    def identity(self) -> dict[str, Any]:
        """What a cursor is bound to. Other fields and another size of page may be asked for on the way."""
        return {"kind": self.kind, **self.as_sent}


def of_list(given: QueryDict, view: "ListViewSet") -> Question:
    """The list that an address asks for. Raises BadParameters."""
    filters = {item.name: item for item in view.filters}
    values, errors = parameters.read_values(given, {name: item.read for name, item in filters.items()})
    rest, more = parameters.read_values(given, _readers(view))
    errors += more + parameters.unknown(given, view.parameters())
    if "search" in rest and "sort" in rest:
        errors.append(BadQuery("sort", _("The results of a search come in the order of its ranking.")))
    if errors:
        raise BadParameters(*errors)
    kept = [name for name in given if name not in {"cursor", "page_size", selection.PARAMETER}]
    return Question(
        kind=view.kind,
        filters=filters,
        values=values,
        order=rest.get("sort", view.orders[0]),
        fields=rest.get(selection.PARAMETER) or view.list_fields(),
        page_size=rest.get("page_size", PAGE_SIZE),
        cursor=rest.get("cursor", ""),
        search=rest.get("search", ""),
        as_sent={name: sorted(filter(None, map(parameters.cleaned, given.getlist(name)))) for name in sorted(kept)},
    )


def of_detail(given: QueryDict, serializer: Any) -> Selection:
    """The fields that an address asks for; none means all. Raises BadParameters."""
    values, errors = parameters.read_values(given, {selection.PARAMETER: partial(_fields, serializer=serializer)})
    errors += parameters.unknown(given, (selection.PARAMETER,))
    if errors:
        raise BadParameters(*errors)
    return values.get(selection.PARAMETER, ())


def _readers(view: "ListViewSet") -> dict[str, reading.Read]:
    readers: dict[str, reading.Read] = {
        selection.PARAMETER: partial(_fields, serializer=view.serializer),
        "sort": partial(_sort, orders=view.orders),
        "page_size": parameters.page_size,
        "cursor": parameters.single,
    }
    return readers | ({"search": parameters.text} if view.is_searchable else {})


def _fields(name: str, values: list[str], serializer: Any) -> Selection:
    chosen = selection.read(name, values)
    selection.check(name, serializer, chosen)
    return chosen


def _sort(name: str, values: list[str], orders: Sequence[Order]) -> Order:
    chosen = reading.one_of(order.parameter for order in orders)(name, [parameters.single(name, values)])
    return next(order for order in orders if order.parameter == chosen[0])
