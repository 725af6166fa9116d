"""Relevance sets: a folder with `docs.jsonl` (or `docs.jsonl.xz`) and `queries.jsonl`.

A line of the first is `{"id", "title", "text"}`, of the second `{"id", "relevant": [ids], "variants": {name: text}}`.
"""

import json
import lzma
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class BadSet(Exception):
    """A set that cannot be used; the message names the file, the line and the reason."""


@dataclass(frozen=True)
class Document:
    id: str
    title: str
    text: str


@dataclass(frozen=True)
class JudgedQuery:
    """A question in several spellings (`variants`: name → text), and the ids of the documents that answer it."""

    id: str
    relevant: frozenset[str]
    variants: dict[str, str]


def documents(folder: Path) -> Iterator[Document]:
    """The documents, one after another. Raises BadSet."""
    for where, values in _lines(_documents_file(folder)):
        yield Document(*(_text(values, name, where) for name in ("id", "title", "text")))


def queries(folder: Path) -> list[JudgedQuery]:
    """The questions, at least one, all with the same variants. Raises BadSet."""
    found = [_query(values, where) for where, values in _lines(folder / "queries.jsonl")]
    if not found:
        raise BadSet(f"{folder / 'queries.jsonl'}: there is no question in it")
    for query in found:
        if query.variants.keys() != found[0].variants.keys():
            raise BadSet(f"{folder / 'queries.jsonl'}: question {query.id} has other variants than the first")
    return found


def _documents_file(folder: Path) -> Path:
    for name in ("docs.jsonl", "docs.jsonl.xz"):
        if (folder / name).is_file():
            return folder / name
    raise BadSet(f"{folder}: there is neither docs.jsonl nor docs.jsonl.xz in it")


def _lines(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Where a line stands, and its values."""
    try:
        with lzma.open(file, "rt", encoding="utf-8") if file.suffix == ".xz" else file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                yield f"{file}, line {number}", _values(line, f"{file}, line {number}")
    except (OSError, UnicodeDecodeError, lzma.LZMAError, EOFError) as error:
        raise BadSet(f"{file}: {error}") from error


def _values(line: str, where: str) -> dict[str, Any]:
    with suppress(json.JSONDecodeError):
        values = json.loads(line)
        if isinstance(values, dict):
            return values
    raise BadSet(f"{where}: this is no JSON object")


def _query(values: dict[str, Any], where: str) -> JudgedQuery:
    relevant, variants = values.get("relevant"), values.get("variants")
    if not (isinstance(relevant, list) and relevant and all(isinstance(name, str) for name in relevant)):
        raise BadSet(f"{where}: `relevant` is no list of document ids")
    if not (isinstance(variants, dict) and variants and all(isinstance(text, str) for text in variants.values())):
        raise BadSet(f"{where}: `variants` does not map names to texts")
    return JudgedQuery(_text(values, "id", where), frozenset(relevant), variants)


def _text(values: dict[str, Any], name: str, where: str) -> str:
    if not isinstance(values.get(name), str):
        raise BadSet(f"{where}: `{name}` is missing, or no text")
    return str(values[name])
