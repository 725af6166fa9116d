"""Changes written into an index, each succeeding or failing by itself."""

from collections.abc import Callable, Iterable

import tantivy

from search.engines.base import Change
from search.engines.tantivy.queries import with_id
from search.engines.tantivy.schema import to_tantivy

_WRITER_MEMORY = 32_000_000  # bytes


def write(index: tantivy.Index, changes: Iterable[Change]) -> dict[int, str]:
    """Write and commit; the failures: id → reason. Nothing is written when the commit fails."""
    writer = index.writer(heap_size=_WRITER_MEMORY, num_threads=1)
    failed = put(writer, changes, known=lambda page_id: True)
    writer.commit()
    # Otherwise the merging of small segments would die with the writer, and every commit leaves one more.
    writer.wait_merging_threads()
    return failed


def put(writer: tantivy.IndexWriter, changes: Iterable[Change], known: Callable[[int], bool]) -> dict[int, str]:
    """Replace or remove each page's document; a change that cannot be made leaves what was there.

    `known` tells whether the index may hold a page already: deleting costs, also what is not there.
    """
    failed = {}
    for change in changes:
        try:
            entry = to_tantivy(change) if change.document else None
        except Exception as error:  # whatever one page holds must not stop the others
            failed[change.id] = f"{type(error).__name__}: {error}"
            continue
        if known(change.id):
            # Not by term: Tantivy takes a plain int for a signed one, and would delete nothing.
            writer.delete_documents_by_query(with_id(change.id))
        if entry:
            writer.add_document(entry)
    return failed
