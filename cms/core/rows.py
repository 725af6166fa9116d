"""Pages, pictures and files by statements that are text.

A page that is made for a reader asks for a few each time. The ORM takes longer to build such a query than the database
to answer it, and its raw queries longer to find out how the columns are read.
"""

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

Kind = TypeVar("Kind", bound=Model)

_BY_ID = "SELECT * FROM {} WHERE id IN ({})"


def by_id(model: type[Kind], keys: Collection[int]) -> dict[int, Kind]:
    """Those of these that there are; one query."""
    found = instances(model, statement(_BY_ID, model, keys), list(keys)) if keys else []
    return {item.pk: item for item in found}


def statement(text: str, model: type[Model], keys: Collection[Any]) -> str:
    """The SQL with the model's table and places for the keys filled in."""
    table = connections[DEFAULT_DB_ALIAS].ops.quote_name(model._meta.db_table)
    return text.format(table, ", ".join(["%s"] * len(keys)))


def instances(model: type[Kind], sql: str, values: Sequence[Any]) -> list[Kind]:
    """The rows of a statement as instances; a column that it leaves out is looked up when it is asked for."""
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names, columns = _reading(connection, model, tuple(column[0] for column in cursor.description))
        rows = cursor.fetchall()
    return [model.from_db(DEFAULT_DB_ALIAS, names, [read(row) for read in columns]) for row in rows]


@lru_cache(maxsize=200)
def _reading(
    connection: Any, model: type[Model], names: tuple[str, ...]
) -> tuple[list[str], list[Callable[[Sequence[Any]], Any]]]:
    """Which fields the columns fill, in the model's order, and how each is read from a row."""
    places = {name: place for place, name in enumerate(names)}
    fields = [field for field in model._meta.concrete_fields if field.column in places]
    return [field.attname for field in fields], [_reader(connection, field, places[field.column]) for field in fields]


def _reader(connection: Any, field: Any, place: int) -> Callable[[Sequence[Any]], Any]:
    column = field.get_col(field.model._meta.db_table)
    converters = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
    if not converters:
        return lambda row: row[place]

    def read(row: Sequence[Any]) -> Any:
        value = row[place]
        for convert in converters:
            value = convert(value, column, connection)
        return value

    return read
