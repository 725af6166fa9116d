"""Wagtail's search of the admin, without regard to accents, capitals and Unicode forms: `hoi nghi` finds `Hội nghị`.

A backend of Wagtail's (`WAGTAILSEARCH_BACKENDS`): its own for the database, but everything is folded that it puts into
its index, and everything that it is asked. So every listing and every chooser searches alike.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.db import connection, models
from django.utils.encoding import force_str
from wagtail.search import index
from wagtail.search.backends import database
from wagtail.search.query import MATCH_NONE, And, Boost, Not, Or, Phrase, PlainText, SearchQuery

from search.vietnamese import compose, fold

VERSION = "editors' index 1"  # the stamp that says how the index was made; another one has it made anew


def SearchBackend(params: Mapping[str, Any]) -> Any:
    """Wagtail's backend for this database, folding."""
    return _folding_backend(type(database.SearchBackend(params)))(params)


@cache
def _folding_backend(stock: Any) -> Any:
    classes = {"index_class": type("FoldingIndex", (_FoldingIndex, stock.index_class), {})}
    if connection.vendor == "sqlite":
        from .sqlite_matches import AutocompleteCompiler, SearchCompiler

        classes |= {
            "query_compiler_class": SearchCompiler,
            "autocomplete_query_compiler_class": AutocompleteCompiler,
        }
    return type("FoldingBackend", (_FoldingBackend, stock), classes)


class _FoldingBackend:
    def _search(self, compiler: Any, query: str | SearchQuery, *args: Any, **kwargs: Any) -> Any:
        return super()._search(compiler, _asked(query), *args, **kwargs)  # type: ignore[misc]


class _FoldingIndex:
    def add_items(self, model: type[models.Model], items: Iterable[Any]) -> None:
        super().add_items(model, [_Item(item) for item in items])  # type: ignore[misc]

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Not kept: no list of the admin weighs titles by their length, and Wagtail reads the whole index for each."""


class _Item:
    """What Wagtail's indexers see of an object: its key, and its texts folded."""

    def __init__(self, item: Any) -> None:
        self.item, self.pk = item, item.pk

    def get_search_fields(self) -> list[Any]:
        return [_folding(field) for field in self.item.get_search_fields() if not isinstance(field, index.FilterField)]


class _FoldingField:
    """Mixed into Wagtail's fields."""

    def get_value(self, found: Any) -> str:
        return _folded(super().get_value(_unwrapped(found)))  # type: ignore[misc]


class _SearchField(_FoldingField, index.SearchField):
    pass


class _AutocompleteField(_FoldingField, index.AutocompleteField):
    pass


class _RelatedFields(index.RelatedFields):
    def get_value(self, found: Any) -> Any:
        return super().get_value(_unwrapped(found))


def _folding(field: Any) -> Any:
    """The same field with the folding of its values."""
    if isinstance(field, index.RelatedFields):
        return _RelatedFields(field.field_name, [_folding(inner) for inner in field.fields])
    if isinstance(field, index.SearchField):
        return _SearchField(field.field_name, boost=field.boost, **field.kwargs)
    return _AutocompleteField(field.field_name, **field.kwargs)


def _unwrapped(found: Any) -> Any:
    return found.item if isinstance(found, _Item) else found


def _folded(value: Any) -> str:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return ", ".join(map(_folded, value))
    return "" if value is None else fold(compose(force_str(value)))


def _asked(query: str | SearchQuery) -> str | SearchQuery:
    """The question as the index holds words. Signs alone are none, and at a quotation mark SQLite would fail."""
    if isinstance(query, str):
        words = fold(compose(query)).replace('"', " ").split()
        return " ".join(word for word in words if any(map(str.isalnum, word)))
    if isinstance(query, PlainText):
        words = _asked(query.query_string)
        return PlainText(words, query.operator, query.boost) if words else MATCH_NONE
    if isinstance(query, Phrase):
        return Phrase(_asked(query.query_string))
    if isinstance(query, And | Or):
        return type(query)([_asked(part) for part in query.subqueries])
    if isinstance(query, Not):
        return Not(_asked(query.subquery))
    return Boost(_asked(query.subquery), query.boost) if isinstance(query, Boost) else query
