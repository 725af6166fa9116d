"""Changes written into an index, each succeeding or failing by itself."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from search.engines.base import Change, EngineUnavailable
from search.engines.elasticsearch.client import translated
from search.engines.elasticsearch.mapping import to_elasticsearch

MAX_BYTES = 10_000_000  # of a request; Elasticsearch refuses more than 100 MB, and holds all of it in memory
_DONE = {200, 201, 409}  # 409: a newer version is there
# The index cannot be written now: blocked (disk full, say), gone, overloaded, or without its shards. 500 is not among
# them: it is how the server stumbles over one document, which must not stop all others for ever.
_LATER = {401, 403, 404, 408, 429, 502, 503, 504}

Send = Callable[[Iterable[dict[str, Any]]], Iterable[tuple[bool, dict[str, Any]]]]


def write(changes: Iterable[Change], send: Send) -> dict[int, str]:
    """Write with `send`, one of the client's bulk helpers; the failures: id → reason.

    Raises EngineUnavailable when the fault is not the page's. Some may have been written then, which does no harm:
    versions keep the order.
    """
    failed: dict[int, str] = {}
    with translated():
        for _, result in send(_actions(changes, failed)):
            [(operation, item)] = result.items()
            if reason := _reason(operation, item):
                failed[int(item["_id"])] = reason
    return failed


def _actions(changes: Iterable[Change], failed: dict[int, str]) -> Iterator[dict[str, Any]]:
    """One action for each change; `external_gte` lets an equal or newer version win, of deletions too."""
    for change in changes:
        action = {"_id": str(change.id), "version": change.version, "version_type": "external_gte"}
        if change.document is None:
            yield {"_op_type": "delete", **action}
            continue
        try:
            source = to_elasticsearch(change)
        except Exception as error:  # whatever one page holds must not stop the others
            failed[change.id] = f"{type(error).__name__}: {error}"
        else:
            yield {"_op_type": "index", **action, "_source": source}


def _reason(operation: str, item: dict[str, Any]) -> str:
    """Why a page could not be written; empty when it was."""
    if item["status"] in _DONE or (operation == "delete" and item.get("result") == "not_found"):
        return ""
    error = item.get("error") or {}
    text = error if isinstance(error, str) else ": ".join(_told(error))
    if item["status"] in _LATER:
        raise EngineUnavailable(f"Elasticsearch: {text}")
    return text


def _told(error: dict[str, Any]) -> Iterator[str]:
    """An error and what caused it."""
    yield f"{error.get('type')}: {error.get('reason')}"
    if cause := error.get("caused_by"):
        yield from _told(cause)
