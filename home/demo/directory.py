"""The demo content's schools, people, official documents and events, read from their tables and checked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cms.documents.kinds import DocumentKind
from home.demo.bodies import look_up
from home.demo.content_page import DemoPage
from home.demo.rich_text import rich_text
from home.demo.tables import Table, read_table

PEOPLE, DOCUMENTS, EVENTS = "can-bo-giang-vien", "van-ban", "su-kien"  # the sections that they go into
FILE_KINDS = {"pdf": ("pdf",), "docx": ("docx",), "both": ("pdf", "docx")}


@dataclass(frozen=True)
class Directory:
    """Who and what the portal knows; all of it is missing in a folder that has only articles."""

    schools: tuple[DemoPage, ...] = ()
    clusters: tuple[DemoPage, ...] = ()
    people: tuple[DemoPage, ...] = ()
    documents: tuple[DemoPage, ...] = ()
    events: tuple[DemoPage, ...] = ()

    @property
    def pages(self) -> tuple[DemoPage, ...]:
        """All of them, in the order in which they are loaded."""
        return (*self.schools, *self.clusters, *self.people, *self.documents, *self.events)

    def events_by_article(self) -> dict[str, str]:
        """The names of events by the names of the articles that report on them."""
        return {article: event.name for event in self.events for article in event.table.texts("articles")}


def read_directory(folder: Path) -> Directory:
    """The tables of a folder, as far as it has them. Raises BadDemo, naming file and field."""
    schools = _tables(folder, "schools.toml", "cluster", "school")
    clusters = (table.table("cluster") for table in schools if "cluster" in table.values)
    documents = (read_table(path, folder) for path in sorted((folder / "documents").glob("*.toml")))
    return Directory(
        schools=tuple(_page(item, "") for table in schools for item in table.tables("school")),
        clusters=tuple(_page(table, "") for table in clusters),
        people=tuple(
            _page(item, PEOPLE, title="name")
            for table in _tables(folder, "people.toml", "person")
            for item in table.tables("person")
        ),
        documents=tuple(
            _page(table, DOCUMENTS, slug=Path(table.place).stem)
            for table in sorted(documents, key=lambda table: _day(table, "issued_on"))
        ),
        events=tuple(
            _page(item, EVENTS) for table in _tables(folder, "events.toml", "event") for item in table.tables("event")
        ),
    )


def check_directory(directory: Directory, known: Mapping[str, Any], articles: Iterable[str]) -> None:
    """Follow every reference once; `known` has the sections. Raises BadDemo."""
    names = {page.name: 1 for page in directory.pages} | dict.fromkeys(known, 1)
    reporting = dict.fromkeys(articles, 1)
    for page in directory.pages:
        if page.parent:
            look_up(page.table, "", page.parent, known)
        _check_facts(page.table)
        for field, prefix in (("school", ""), ("host", ""), ("lead", ""), ("signer", f"{PEOPLE}/")):
            for table in _with(page.table, field):
                look_up(table, field, prefix + table.text(field), names)
        for table, field, prefix in _lists(page.table):
            for name in table.texts(field):
                look_up(table, field, prefix + name, reporting if field == "articles" else names)


def _check_facts(table: Table) -> None:
    rich_text(table, "about", {}, default="")
    if "file" in table.values:
        look_up(table, "file", table.text("file"), FILE_KINDS)
        table.texts("pages")
    if kind := table.text("kind", ""):
        look_up(table, "kind", kind, dict.fromkeys(DocumentKind.values, 1))
    if "starts_at" in table.values and table.time("ends_at") < table.time("starts_at"):
        raise table.bad("ends_at", "lies before the beginning")


def _with(table: Table, field: str) -> list[Table]:
    """The table, and those of its lists, that have a field."""
    inner = [item for name in ("posts", "taking_part", "years") for item in table.tables(name)]
    leads = [table.table("leads")] if "leads" in table.values else []
    return [item for item in (table, *inner, *leads) if field in item.values]


def _lists(table: Table) -> list[tuple[Table, str, str]]:
    deputies = [(year, "deputies", "") for year in table.tables("years")]
    return [(table, "documents", f"{DOCUMENTS}/"), (table, "articles", ""), *deputies]


def _tables(folder: Path, name: str, *fields: str) -> list[Table]:
    path = folder / name
    return [read_table(path, folder).only(*fields)] if path.is_file() else []


def _page(table: Table, parent: str, title: str = "title", slug: str = "") -> DemoPage:
    slug = slug or table.text("slug")
    name = f"{parent}/{slug}" if parent else slug
    return DemoPage(name, parent, table.text(title), table.text("summary"), table.text("cover", ""), table)


def _day(table: Table, field: str) -> date:
    return table.day(field) or date.min
