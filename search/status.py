"""How the search is: what the operator sees."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Min

from search.engines import get_engine
from search.engines.base import Health
from search.models import OutboxEntry


@dataclass(frozen=True)
class Status:
    """`queued` pages wait for the index, the oldest since `oldest_change`; `dead` ones need an operator."""

    health: Health
    queued: int
    oldest_change: datetime | None
    dead: int

    def as_dict(self) -> dict[str, Any]:
        """For JSON: the engine's health and the queue, flat."""
        return asdict(self.health) | {
            "needs_rebuild": self.health.needs_rebuild,
            "queued": self.queued,
            "oldest_change": self.oldest_change.isoformat() if self.oldest_change else None,
            "dead": self.dead,
        }


def status() -> Status:
    """The state now; never raises for an engine in trouble, which is part of the answer."""
    pending = OutboxEntry.objects.pending()
    return Status(
        health=get_engine().health(),
        queued=pending.count(),
        oldest_change=pending.aggregate(oldest=Min("touched_at"))["oldest"],
        dead=pending.filter(dead=True).count(),
    )
