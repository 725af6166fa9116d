"""A page of the demo content, whatever its kind."""

from dataclasses import dataclass
from datetime import datetime

from home.demo.tables import Table


@dataclass(frozen=True)
class DemoPage:
    """A page to make. Its `name` is a section's path, the name of its file, or its section's path and its own slug.

    `parent` names the section above it; empty for the home page. `table` holds what only its own kind has; `event`
    names the event that an article reports on.
    """

    name: str
    parent: str
    title: str
    summary: str
    cover: str
    table: Table
    published_at: datetime | None = None
    event: str = ""

    @property
    def slug(self) -> str:
        return self.name.rpartition("/")[2]
