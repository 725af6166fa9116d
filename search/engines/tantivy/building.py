"""A new index built beside the live one, and swapped in."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import tantivy

from search.engines.base import Change
from search.engines.tantivy.schema import INDEX_VERSION, open_index
from search.engines.tantivy.store import IndexStore
from search.engines.tantivy.writing import put

_WRITER_MEMORY = 32_000_000  # bytes; when it is full a segment goes to disk, so memory does not grow


class TantivyBuilder:
    """Writes a new index folder; `close` without `swap` drops it."""

    def __init__(self, store: IndexStore) -> None:
        self._store = store
        self._folder: Path | None = store.create(INDEX_VERSION)
        self._index = open_index(str(self._folder))
        self._writer: tantivy.IndexWriter | None = None
        self._put: set[int] = set()

    def put(self, changes: Sequence[Change]) -> Mapping[int, str]:
        if self._writer is None:
            self._writer = self._index.writer(heap_size=_WRITER_MEMORY, num_threads=1)
        failed = put(self._writer, changes, known=self._put.__contains__)
        self._put.update(change.id for change in changes)
        return failed

    def commit(self) -> int:
        """Make what was put readable; the number of documents in the new index."""
        if self._writer is not None:
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._writer = None
        self._index.reload()
        return int(self._index.searcher().num_docs)

    def swap(self) -> int:
        documents, folder = self.commit(), self._folder
        assert folder is not None
        self._store.make_live(folder)
        self._folder = None
        return documents

    def close(self) -> None:
        self._writer = None
        if self._folder is not None:
            self._store.drop(self._folder)
            self._folder = None
