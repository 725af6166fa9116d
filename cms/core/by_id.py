"""Pictures and files by id, as a page asks for them each time that it is made.

The query is text: the ORM takes longer to build one than the database to answer it.
"""

from collections.abc import Collection
from typing import TypeVar

from django.db import connection
from django.db.models import Model

Kind = TypeVar("Kind", bound=Model)

_BY_ID = "SELECT * FROM {} WHERE id IN ({})"


def by_id(model: type[Kind], keys: Collection[int]) -> dict[int, Kind]:
    """Those of these that there are; one query."""
    if not keys:
        return {}
    found = model._base_manager.raw(statement(_BY_ID, model, keys), list(keys))
    return {item.pk: item for item in found}


def statement(text: str, model: type[Model], keys: Collection[int]) -> str:
    """The SQL with the model's table and places for the keys filled in."""
    return text.format(connection.ops.quote_name(model._meta.db_table), ", ".join(["%s"] * len(keys)))
