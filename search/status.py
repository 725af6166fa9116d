"""How the search is: what the operator sees."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q

from search.engines import get_engine
from search.engines.base import Health
from search.models import OutboxEntry

SHOWN = 20  # dead letters


@dataclass(frozen=True)
class DeadLetter:
    """A page that was given up, and why."""

    page_id: int
    reason: str


@dataclass(frozen=True)
class Status:
    """`queued` pages wait for the index, the oldest since `oldest_change`; `dead` ones need an operator.

    `dead_letters` are the first of them.
    """

    health: Health
    queued: int
    oldest_change: datetime | None
    dead: int
    dead_letters: tuple[DeadLetter, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON: the engine's health and the queue, flat."""
        return asdict(self.health) | {
            "needs_rebuild": self.health.needs_rebuild,
            "queued": self.queued,
            "oldest_change": self.oldest_change.isoformat() if self.oldest_change else None,
            "dead": self.dead,
            "dead_letters": [asdict(letter) for letter in self.dead_letters],
        }


def status() -> Status:
    """The state now; never raises for an engine in trouble, which is part of the answer."""
    pending = OutboxEntry.objects.pending()
    dead = pending.filter(dead=True).order_by("pk")
    counted = pending.aggregate(
        queued=Count("pk"), oldest_change=Min("touched_at"), dead=Count("pk", filter=Q(dead=True))
    )
    letters = dead.values_list("page_id", "error")[:SHOWN] if counted["dead"] else ()
    return Status(health=get_engine().health(), dead_letters=tuple(DeadLetter(*row) for row in letters), **counted)
