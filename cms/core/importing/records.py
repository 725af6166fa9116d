"""An old portal's pages as an export writes them: a line of JSON for each."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cms.core.importing import legacy
from cms.core.importing.addresses import makes_sense
from cms.core.importing.body import blocks_of
from cms.core.importing.byline import authors_of, byline_of
from cms.core.importing.dates import parse_date, parse_iso
from cms.core.importing.header import MAX_TITLE, title_problem
from cms.core.importing.html import lines_of_html
from cms.core.importing.lines import lines_of, paragraphs_of
from cms.core.importing.values import ImportedArticle, ImportedAuthor, Incomplete, Unreadable
from cms.core.text import storable
from search.vietnamese import compose

# What a record may hold; `html` or `text` is the body, `section` what the old portal called the part it stood in.
FIELDS = frozenset({"title", "date", "html", "text", "authors", "url", "reads", "source", "summary", "tags", "section"})


def parse(line: str) -> ImportedArticle:
    """Understand a line of JSON. Raises Unreadable, which names the field; without title or date Incomplete."""
    return article_of(_record(line))


def article_of(record: Mapping[str, Any]) -> ImportedArticle:
    """The same for a record whose fields are known to be among FIELDS and not None."""
    record = dict(record)
    doubts = legacy.repair_record(record)
    title, no_title = _or_problem("", _title, record)
    date, no_date = _or_problem(None, _date, record)
    try:
        article = replace(_article(record, title, date), doubts=tuple(doubts))
    except Unreadable as problem:
        raise Unreadable(no_title or no_date or str(problem)) from None
    if problem := no_title or no_date:
        raise Incomplete(problem, article)
    return article


def _article(record: Mapping[str, Any], title: str, date: datetime | None) -> ImportedArticle:
    html, text = _of(record, "html", str, ""), _of(record, "text", str, "")
    paragraphs = paragraphs_of(lines_of_html(html) if html else lines_of(text))
    authors = _authors(record)
    source, end = _of(record, "source", str, ""), len(paragraphs)
    if not authors:
        found, found_source, end = byline_of(paragraphs)
        authors, source = tuple(found), source or found_source
    blocks = blocks_of(paragraphs[:end])
    if not blocks:
        raise Unreadable(_("no text below title and date"))
    return ImportedArticle(
        title=title,
        published_at=date,
        blocks=tuple(blocks),
        authors=authors,
        reads=_reads(record),
        address=_address(record),
        source=source[:255],
        summary=_of(record, "summary", str, "")[:1000],
        tags=tuple(_texts(record, "tags")),
        section=" ".join(_of(record, "section", str, "").split())[:200],
    )


def _or_problem(otherwise: Any, read: Callable[[Mapping[str, Any]], Any], record: Mapping[str, Any]) -> tuple[Any, str]:
    try:
        return read(record), ""
    except Unreadable as problem:
        return otherwise, str(problem)


def _title(record: Mapping[str, Any]) -> str:
    title = compose(" ".join(_of(record, "title", str).split()))
    if title_problem(title):
        raise _bad("title", _("must have 1 to %(limit)d characters") % {"limit": MAX_TITLE})
    return title


def _record(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unreadable(_("no JSON: %(reason)s") % {"reason": error}) from error
    if not isinstance(record, dict):
        raise Unreadable(_("no record: an object with the fields %(fields)s") % {"fields": ", ".join(sorted(FIELDS))})
    if unknown := sorted(record.keys() - FIELDS):
        raise _bad(unknown[0], _("there is no such field"))
    return {name: _storable(value) for name, value in record.items() if value is not None}


def _storable(value: Any) -> Any:
    """The same with texts that every database takes: JSON's escapes can spell what UTF-8 cannot."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {name: _storable(inner) for name, inner in value.items()}
    return list(map(_storable, value)) if isinstance(value, list) else value


def _of(record: Mapping[str, Any], field: str, kind: type, default: Any = None) -> Any:
    value = record.get(field, default)
    if value is None:
        raise _bad(field, _("is missing"))
    if not isinstance(value, kind) or isinstance(value, bool):
        raise _bad(field, _("must be of the type %(type)s") % {"type": kind.__name__})
    return value


def _texts(record: Mapping[str, Any], field: str) -> Iterator[str]:
    for value in _of(record, field, list, []):
        if not isinstance(value, str):
            raise _bad(field, _("must be of the type %(type)s") % {"type": "str"})
        if value.strip():
            yield value.strip()[:100]


def _authors(record: Mapping[str, Any]) -> tuple[ImportedAuthor, ...]:
    """Each a text as it would be printed, or an object with `name` and `post`."""
    authors: list[ImportedAuthor] = []
    for value in _of(record, "authors", list, []):
        if isinstance(value, str):
            authors += authors_of(value)
        elif isinstance(value, dict) and isinstance(value.get("name"), str) and value["name"].strip():
            authors.append(ImportedAuthor(value["name"].strip()[:255], str(value.get("post") or "")[:255]))
        else:
            raise _bad("authors", _("must be texts, or objects with a name"))
    return tuple(authors)


def _reads(record: Mapping[str, Any]) -> int | None:
    reads = _of(record, "reads", int, -1)
    return reads if 0 <= reads < 2**31 else None


def _date(record: Mapping[str, Any]) -> datetime:
    """ISO 8601, in the site's zone where it names none, or as portals print it."""
    text = _of(record, "date", str)
    try:
        found = parse_iso(text) or parse_date(text)
    except Unreadable as problem:
        raise _bad("date", str(problem)) from None
    if found is None:
        raise _bad("date", _("no date can be read from “%(text)s”") % {"text": text[:60]})
    return found


def _address(record: Mapping[str, Any]) -> str:
    address = _of(record, "url", str, "")
    if address and not makes_sense(address):
        raise _bad("url", _("is no address: “%(text)s”") % {"text": address[:60]})
    return address


def _bad(field: str, reason: str) -> Unreadable:
    return Unreadable(f"{field}: {reason}")
