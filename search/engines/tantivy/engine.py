"""The engine: opens the live index for reading, writes batches into it, builds new ones beside it."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Lock

import tantivy

from search.engines.base import Answer, Change, EngineUnavailable, Exclusion, Found, Health, Request, Stamp
from search.engines.tantivy import queries, searching
from search.engines.tantivy.building import TantivyBuilder
from search.engines.tantivy.schema import INDEX_VERSION, open_index
from search.engines.tantivy.store import IndexStore
from search.engines.tantivy.writing import write

_AT_ONCE = 10_000
# Which state of an index is open: its file's number and time. Two commits can share a tick of the file system's clock.
_UNREAD = (0, 0)
NO_INDEX = "there is no index yet: run search_rebuild"


class TantivyEngine:
    """One index folder for all processes of this machine; safe to share between threads."""

    name = "tantivy"
    embedded = True
    shows_after: float | None = 0.0

    def __init__(self, root: Path) -> None:
        self._store = IndexStore(root)
        self._mutex = Lock()
        self._folder: Path | None = None
        self._index: tantivy.Index | None = None
        self._commit = _UNREAD

    def search(self, request: Request) -> Answer:
        searcher = self._searcher()
        if request.preferences and self._store.version(self._live_folder()) != INDEX_VERSION:
            request = replace(request, preferences=())  # an older index may lack their fields
        return searching.answer(searcher, request)

    def suggest(self, tokens: Sequence[str], size: int, exclusion: Exclusion) -> tuple[Found, ...]:
        return searching.completions(self._searcher(), tokens, size, exclusion)

    def related(
        self, pairs: Sequence[str], page_id: int, page_type: str, size: int, exclusion: Exclusion
    ) -> tuple[Found, ...]:
        return searching.related(self._searcher(), pairs, page_id, page_type, size, exclusion) if pairs else ()

    def holds(self, phrases: Sequence[Sequence[str]], exclusion: Exclusion) -> list[bool]:
        searcher = self._searcher()
        return [searching.holds(searcher, words, exclusion) for words in phrases]

    def texts(self) -> Iterator[str]:
        searcher = self._searcher()
        for addresses in self._by_id(searcher):
            for found in map(partial(searching.found, searcher), addresses):
                yield f"{found.title}\n{found.body}"

    def check_writable(self) -> None:
        if self._store.version(self._live_folder()) != INDEX_VERSION:
            raise EngineUnavailable("the index is of another version: run search_rebuild")

    def apply(self, changes: Sequence[Change]) -> Mapping[int, str]:
        with self._store.writing():
            self.check_writable()
            known = self._versions([change.id for change in changes])
            newer = [change for change in changes if known.get(change.id, -1) <= change.version]
            with self._mutex:
                index = self._opened(self._live_folder())
            return write(index, newer)

    @contextmanager
    def build(self) -> Iterator[TantivyBuilder]:
        builder = TantivyBuilder(self._store)
        try:
            yield builder
        finally:
            builder.close()

    def stamps(self) -> Iterator[Stamp]:
        searcher = self._searcher()
        for addresses in self._by_id(searcher):
            columns = [searcher.fast_field_values(name, addresses) for name in ("id", "version", "hash")]
            yield from (Stamp(*map(int, row)) for row in zip(*columns, strict=True))

    def _by_id(self, searcher: tantivy.Searcher) -> Iterator[list[tantivy.DocAddress]]:
        """Where all documents are, by rising id, some thousands at a time."""
        next_id = 0
        while hits := searcher.search(
            queries.stamped_from(next_id), _AT_ONCE, count=False, order_by_field="id", order=tantivy.Order.Asc
        ).hits:
            yield [address for _, address in hits]
            next_id = int(hits[-1][0]) + 1

    def health(self) -> Health:
        try:
            folder, documents = self._live_folder(), self._searcher().num_docs
        except EngineUnavailable as error:
            return Health(self.name, False, "", "", INDEX_VERSION, 0, 0, str(error))
        size = sum(file.stat().st_size for file in folder.iterdir())
        return Health(self.name, True, folder.name, self._store.version(folder), INDEX_VERSION, documents, size)

    def _live_folder(self) -> Path:
        folder = self._store.live()
        if folder is None:
            raise EngineUnavailable(NO_INDEX)
        return folder

    def _opened(self, folder: Path) -> tantivy.Index:
        """The index of `folder`, opened once."""
        if self._index is None or folder != self._folder:
            self._index, self._folder, self._commit = open_index(str(folder)), folder, _UNREAD
        return self._index

    def _searcher(self) -> tantivy.Searcher:
        """A snapshot of the index as it is now, whichever process wrote it."""
        with self._mutex:
            folder = self._live_folder()
            try:
                return self._read(folder)
            except (OSError, ValueError) as error:
                if folder != self._live_folder():  # a rebuild was swapped in between, and the old folder dropped
                    return self._read(self._live_folder())
                raise EngineUnavailable(f"the index in {folder.name} cannot be opened: {error}") from error

    def _read(self, folder: Path) -> tantivy.Searcher:
        written = os.stat(f"{folder}/meta.json")  # noqa: PTH116  # on every search, and a Path takes longer
        index, commit = self._opened(folder), (written.st_ino, written.st_mtime_ns)
        if commit != self._commit:
            index.reload()
            self._commit = commit
        return index.searcher()

    def _versions(self, page_ids: Sequence[int]) -> dict[int, int]:
        searcher = self._searcher()
        hits = searcher.search(queries.one_of(page_ids), limit=max(len(page_ids), 1), count=False).hits
        addresses = [address for _, address in hits]
        ids, versions = (searcher.fast_field_values(name, addresses) for name in ("id", "version"))
        return {int(key or 0): int(version or 0) for key, version in zip(ids, versions, strict=True)}
