"""The life of an index: made under a name of its own, swapped in behind the alias, cleaned away."""

import re
from datetime import UTC, datetime
from secrets import token_hex

from elasticsearch import Elasticsearch, NotFoundError

from search.engines.base import EngineUnavailable
from search.engines.elasticsearch.client import NO_INDEX, Options
from search.engines.elasticsearch.mapping import INDEX_VERSION, MAPPINGS, index_settings


class Indices:
    """Indices named `<alias>-<version>-<time>-<chance>`; the alias names the one in use."""

    def __init__(self, client: Elasticsearch, options: Options) -> None:
        self._indices = client.indices
        self._options = options
        self.alias = options.alias
        self._own = re.compile(rf"{re.escape(options.alias)}-(\d+\.\d+)-\d{{14}}-[0-9a-f]{{8}}")

    def live(self) -> str:
        """The name of the index behind the alias."""
        try:
            [name, *_] = self._indices.get_alias(name=self.alias)
        except NotFoundError:
            raise EngineUnavailable(NO_INDEX) from None
        return str(name)

    def version(self, name: str) -> str:
        """The index version that an index was made with; empty for one that we have not made."""
        match = self._own.fullmatch(name)
        return match[1] if match else ""

    def create(self) -> str:
        """A new, empty index, laid out for filling: what is written is not searchable and has no copies yet.

        Whatever an earlier, killed build left is swept away first.
        """
        self.sweep()
        name = f"{self.alias}-{INDEX_VERSION}-{datetime.now(UTC):%Y%m%d%H%M%S}-{token_hex(4)}"
        settings = index_settings(self._options) | {"refresh_interval": "-1", "number_of_replicas": 0}
        self._indices.create(index=name, settings={"index": settings}, mappings=MAPPINGS)
        return name

    def make_live(self, name: str) -> None:
        """Lay `name` out for use and let the alias name it instead of the index before, in one step.

        That one is left to `sweep`: a search that is broken off on it finds the new one when it is tried again.
        """
        layout = {name: index_settings(self._options)[name] for name in ("refresh_interval", "number_of_replicas")}
        self._indices.put_settings(index=name, settings={"index": layout})
        before = self._indices.get(index=self.alias, ignore_unavailable=True)
        moves = [("remove", other) for other in before] + [("add", name)]
        self._indices.update_aliases(actions=[{move: {"index": at, "alias": self.alias}} for move, at in moves])

    def drop(self, name: str) -> None:
        self._indices.delete(index=name, ignore_unavailable=True)

    def sweep(self) -> None:
        """Drop every index of ours that the alias does not name."""
        used = self._indices.get(index=self.alias, ignore_unavailable=True)
        for name in self._all():
            if name not in used:
                self.drop(name)

    def drop_all(self) -> None:
        """Drop every index of ours, the one in use too."""
        for name in self._all():
            self.drop(name)

    def _all(self) -> list[str]:
        """Every index of this installation: another's alias may begin with the same letters."""
        return [name for name in self._indices.get(index=f"{self.alias}-*") if self._own.fullmatch(name)]
