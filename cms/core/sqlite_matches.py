"""Wagtail's search on SQLite, begun with the full-text index. To be imported with SQLite only, as Wagtail's own is.

Wagtail's query leaves it to SQLite where to begin. That knows nothing of how many rows match, begins with the index of
content types, and asks the full-text index for every row of the type; and for the relevance asks it all again for every
match: 12 s, where 1,000 pictures match.
"""

from typing import Any

from django.db.models import F, FloatField, Func, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from wagtail.search.backends.database.sqlite import sqlite as stock
from wagtail.search.query import MatchAll, Not

_ALL = 2**62  # rows: a limit keeps SQLite from merging a query into the one around it


class _FromMatches:
    """Mixed into Wagtail's compilers."""

    def search(self: Any, config: Any, start: int | None, stop: int | None, score_field: str | None = None) -> Any:
        """What Wagtail's compiler answers, and in its order."""
        question = stock.normalize(self.query)
        if isinstance(question, MatchAll | Not):  # which none of the admin's lists asks for
            return super().search(config, start, stop, score_field)  # type: ignore[misc]
        matches = _matches(self, question, config)
        found = self.queryset.filter(pk__in=matches.values("index_entry__object_id"))
        if score_field or self.order_by_relevance:
            score_field = score_field or "_score"
            found = found.annotate(**{score_field: _score(matches)})
        if self.order_by_relevance:
            found = found.order_by(score_field, "-pk")
        elif not found.query.order_by:
            found = found.order_by("-pk")
        return found[start:stop]


def _matches(compiler: Any, question: Any, config: Any) -> QuerySet[Any]:
    """Rows of the full-text index. An expression (`+ 0`) keeps the index of content types out of it."""
    types = stock.get_descendants_content_types_pks(compiler.queryset.model)
    words = compiler.build_search_query(question, config=config)
    return (
        stock.SQLiteFTSIndexEntry.objects.alias(type=F("index_entry__content_type_id") + 0)
        .filter(stock.MatchExpression(compiler.fields or compiler.FTS_TABLE_FIELDS, words), type__in=types)
        .annotate(score=compiler._build_rank_expression(compiler.get_search_vectors(), config))
    )


def _score(matches: QuerySet[Any]) -> Func:
    """Of the object, from a list of all scores that is made once."""
    scores = matches.values("index_entry__object_id", "score")[:_ALL]
    return Func(
        Subquery(scores),
        Cast("pk", TextField()),  # as the list has it, which is indexed by it
        template="(SELECT score FROM %(expressions)s)",
        arg_joiner=" WHERE index_entry__object_id = ",
        output_field=FloatField(),
    )


class SearchCompiler(_FromMatches, stock.SQLiteSearchQueryCompiler):
    """For `search`."""


class AutocompleteCompiler(_FromMatches, stock.SQLiteAutocompleteQueryCompiler):
    """For `autocomplete`."""
