"""The demo content as values, read and checked before anything is written to the database."""

from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from home.demo.bodies import Names, look_up, stored
from home.demo.content_page import DemoPage
from home.demo.directory import Directory, check_directory, read_directory
from home.demo.judgements import Judgement, check, read_judgements
from home.demo.rich_text import rich_text
from home.demo.tables import Table, read_table

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Medium:
    """A picture or a file to download; `alt` says what a picture shows."""

    path: Path
    title: str
    alt: str = ""


@dataclass(frozen=True)
class Demo:
    """Everything, in the order in which it is loaded: nothing refers to a page that comes later."""

    site: Table
    pictures: dict[str, Medium]
    files: dict[str, Medium]
    sections: tuple[DemoPage, ...]
    articles: tuple[DemoPage, ...]
    standing: tuple[DemoPage, ...]
    directory: Directory
    judgements: tuple[Judgement, ...] = ()


def read_demo(folder: Path = FOLDER) -> Demo:
    """The content of a folder. Raises BadDemo, naming file and field, for anything that cannot be loaded."""
    site = read_table(folder / "site.toml", folder).only("home", "settings", "menu", "section", "picture", "files")
    directory = read_directory(folder)
    events = directory.events_by_article()
    articles = (_article(path, folder, events) for path in (folder / "articles").glob("*.toml"))
    demo = Demo(
        site,
        pictures=_pictures(site.table("picture"), folder / "pictures"),
        files=_files(site.table("files"), folder / "files"),
        sections=tuple(_section(table) for table in site.tables("section")),
        articles=tuple(sorted(articles, key=lambda article: (article.published_at, article.name))),
        standing=tuple(_standing(path, folder) for path in sorted((folder / "pages").glob("*.toml"))),
        directory=directory,
        judgements=read_judgements(folder),
    )
    _check(demo)
    return demo


def _pictures(tables: Table, folder: Path) -> dict[str, Medium]:
    pictures = {}
    for name in tables.values:
        table = tables.table(name).only("title", "alt")
        path = _existing(folder / f"{name}.jpg", table, "")
        pictures[name] = Medium(path, table.text("title"), table.text("alt"))
    return pictures


def _files(titles: Table, folder: Path) -> dict[str, Medium]:
    return {name: Medium(_existing(folder / name, titles, name), titles.text(name)) for name in titles.values}


def _existing(path: Path, table: Table, field: str) -> Path:
    if not path.is_file():
        raise table.bad(field, f"there is no file {path.parent.name}/{path.name}")
    return path


def _section(table: Table) -> DemoPage:
    table.only("path", "kind", "title", "summary", "intro", "cover")
    path = table.text("path")
    return _page(table, path, path.rpartition("/")[0])


def _article(path: Path, folder: Path, events: Mapping[str, str]) -> DemoPage:
    table = read_table(path, folder).only(
        "title", "section", "published_at", "summary", "cover", "tags", "reads", "authors", "source", "body"
    )
    page = _page(table, path.stem, table.text("section"), table.time("published_at"))
    return replace(page, event=events.get(path.stem, ""))


def _standing(path: Path, folder: Path) -> DemoPage:
    return _page(read_table(path, folder).only("title", "summary", "cover", "body"), path.stem, "")


def _page(table: Table, name: str, parent: str, published_at: datetime | None = None) -> DemoPage:
    title, summary, cover = table.text("title"), table.text("summary"), table.text("cover", "")
    return DemoPage(name, parent, title, summary, cover, table, published_at)


def _check(demo: Demo) -> None:
    """Follow every reference once, with stand-ins for the ids that only the database gives."""
    known: dict[str, int | None] = {}
    names = Names(dict.fromkeys(demo.pictures, 1), dict.fromkeys(demo.files, 1), ChainMap({"": 1}, known))
    check_directory(demo.directory, dict.fromkeys((s.name for s in demo.sections), 1), (a.name for a in demo.articles))
    known |= dict.fromkeys((page.name for page in demo.directory.pages), 1)
    for page in (*demo.sections, *demo.articles, *demo.standing):
        if page.name in known:
            raise page.table.bad("", f"two pages are called “{page.name}”")
        look_up(page.table, "section" if page.published_at else "path", page.parent, names.pages)
        if page.cover:
            look_up(page.table, "cover", page.cover, names.pictures)
        rich_text(page.table, "intro", names.pages, default="")
        stored(page.table.tables("body"), names)
        _check_facts(page.table)
        known[page.name] = 1
    _check_references(demo.site, known)
    for judgement in demo.judgements:
        check(judgement, known)


def _check_facts(table: Table) -> None:
    table.text("source", "")
    table.texts("tags")
    if table.number("reads", 0) < 0:
        raise table.bad("reads", "must not be negative")
    for author in table.tables("authors"):
        author.only("name", "post").text("name")
        author.text("post", "")


def _check_references(site: Table, known: dict[str, int | None]) -> None:
    home = site.table("home").only("title", "welcome", "featured", "sections")
    entries = [(entry, entry.only("page", "label", "children")) for entry in site.tables("menu")]
    lists: Iterable[tuple[Table, str]] = [
        (home, "featured"),
        (home, "sections"),
        *((entry, "children") for entry, _ in entries),
    ]
    for table, field in lists:
        for name in table.texts(field):
            look_up(table, field, name, known)
    for entry, _ in entries:
        look_up(entry, "page", entry.text("page"), known)
    site.table("settings").only("name", "owner", "address", "phone", "email", "footer_text")
