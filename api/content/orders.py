"""The orders of lists, and places in them: a list goes on after a value and an id, whatever has come or gone since."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Field, Q, QuerySet

Found = QuerySet[Any]
Mark = list[Any]  # the value and the id of a thing, as JSON holds them


@dataclass(frozen=True)
class Order:
    """An order by a field and, where that is equal, by the id. What has no value comes last, in both directions."""

    name: str
    field: str
    nullable: bool = False
    descending: bool = False

    @property
    def reversed(self) -> "Order":
        return Order(self.name, self.field, self.nullable, not self.descending)

    @property
    def parameter(self) -> str:
        """As the parameter `sort` names it."""
        return f"-{self.name}" if self.descending else self.name

    def apply(self, found: Found, backwards: bool = False) -> Found:
        """The things in this order, or in the opposite."""
        falls = self.descending is not backwards
        key = "-pk" if falls else "pk"
        if not self.nullable:  # plain, so that an index serves
            return found.order_by(f"-{self.field}" if falls else self.field, key)
        place = {"nulls_first": True} if backwards else {"nulls_last": True}
        return found.order_by(F(self.field).desc(**place) if falls else F(self.field).asc(**place), key)

    def mark(self, thing: Any) -> Mark:
        """Where a thing stands."""
        return [self._field(type(thing)).value_to_string(thing) if self._value(thing) is not None else None, thing.pk]

    def beyond(self, found: Found, mark: Mark, backwards: bool = False) -> Found:
        """What comes after a mark, or before it."""
        text, key = mark
        side = "lt" if self.descending is not backwards else "gt"
        by_id = Q(**{f"pk__{side}": key})
        missing = Q(**{f"{self.field}__isnull": True})
        if text is None:
            return found.filter((missing & by_id) | ~missing if backwards else missing & by_id)
        value = self._field(found.model).to_python(text)
        # The first part alone is a range of the index; the database would not see it in `further or (same and by id)`.
        there = Q(**{f"{self.field}__{side}e": value}) & (Q(**{f"{self.field}__{side}": value}) | by_id)
        return found.filter(there | missing if self.nullable and not backwards else there)

    def _value(self, thing: Any) -> Any:
        return getattr(thing, self.field)

    def _field(self, model: Any) -> Field[Any, Any]:
        return model._meta.get_field(self.field)


def both(name: str, field: str, nullable: bool = False) -> tuple[Order, Order]:
    """The order, rising and falling."""
    rising = Order(name, field, nullable)
    return rising, rising.reversed


TREE = Order("order", "path")  # as editors have put them
BY_TITLE = both("title", "title")
BY_CHANGE = both("changed_at", "last_published_at", nullable=True)
BY_FIRST_PUBLICATION = both("first_published_at", "first_published_at", nullable=True)
OF_PAGES = (TREE, *BY_TITLE, *BY_CHANGE, *BY_FIRST_PUBLICATION)
