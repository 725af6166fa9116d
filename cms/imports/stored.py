"""Articles and corrections as JSON in a row of the database, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from cms.core.importing.corrections import Corrections
from cms.core.importing.readers import Reading
from cms.core.importing.values import BlockKind, Doubt, ImportedArticle, ImportedAuthor, ImportedBlock, Part
from cms.imports.models import ImportPage


def article_to_json(article: ImportedArticle) -> dict[str, Any]:
    """All of the article; of its doubts also which part of the page they are about."""
    doubts = [{"text": str(doubt), "part": doubt.part, "block": doubt.block} for doubt in article.doubts]
    return asdict(article) | {"published_at": _moment_to_json(article.published_at), "doubts": doubts}


def article_from_json(values: Mapping[str, Any]) -> ImportedArticle:
    """The article that `article_to_json` was given."""
    return ImportedArticle(
        **{
            **values,
            "published_at": _moment_from_json(values["published_at"]),
            "blocks": tuple(map(_block, values["blocks"])),
            "authors": _authors(values["authors"]),
            "doubts": tuple(Doubt(one["text"], Part(one["part"]), one["block"]) for one in values["doubts"]),
            "tags": tuple(values["tags"]),
            "other_addresses": tuple(values["other_addresses"]),
        }
    )


def _block(values: Mapping[str, Any]) -> ImportedBlock:
    return ImportedBlock(**{**values, "kind": BlockKind(values["kind"]), "rows": tuple(map(tuple, values["rows"]))})


def _authors(values: list[Mapping[str, str]]) -> tuple[ImportedAuthor, ...]:
    return tuple(ImportedAuthor(**author) for author in values)


def corrections_to_json(corrections: Corrections) -> dict[str, Any]:
    """Only what was said."""
    values = asdict(corrections) | {"published_at": _moment_to_json(corrections.published_at)}
    return {name: value for name, value in values.items() if value not in (None, False, {})}


def corrections_from_json(values: Mapping[str, Any]) -> Corrections:
    """The corrections that `corrections_to_json` was given."""
    authors = values.get("authors")
    return Corrections(
        title=values.get("title"),
        published_at=_moment_from_json(values.get("published_at")),
        authors=None if authors is None else _authors(authors),
        captions={int(place): text for place, text in values.get("captions", {}).items()},
        section=values.get("section"),
        skip=values.get("skip", False),
    )


def reading_of(row: ImportPage) -> Reading:
    """What the reader gave when the page was read, its pictures where they lie now."""
    folder = row.of.folder
    return Reading(
        row.origin,
        row.article and article_from_json(row.article),
        row.problem,
        folder / row.page_file if row.page_file else None,
        tuple(folder / inside for inside in row.media_folders),
    )


def _moment_to_json(moment: datetime | None) -> str | None:
    return moment and moment.isoformat()


def _moment_from_json(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
