"""Making the demo content's pages. They go through a revision each, as an editor's would."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from wagtail.models import Page

from cms.core.importing.values import BlockKind, ImportedArticle, ImportedAuthor, ImportedBlock
from cms.core.models import ReadCount
from cms.core.text import html_lines
from cms.documents.models import DocumentIndexPage
from cms.events.models import EventIndexPage
from cms.news.models import ArticleAuthor, ArticlePage, ArticleSchool, NewsIndexPage
from cms.people.models import PersonIndexPage
from home.demo import marks
from home.demo.bodies import Names, list_item, stored
from home.demo.content_page import DemoPage
from home.demo.publishing import publish
from home.demo.rich_text import rich_text
from home.demo.tables import Table
from home.models import FeaturedPage, HomePage, HomeSection, Navigation, SiteSettings, StandardPage

SECTIONS = {
    "news": NewsIndexPage,
    "events": EventIndexPage,
    "people": PersonIndexPage,
    "documents": DocumentIndexPage,
}


def make_section(part: DemoPage, parent: Page, names: Names) -> Page:
    """A section below the home page or another section."""
    intro = rich_text(part.table, "intro", names.pages, default="")
    kind = part.table.text("kind", "news")
    if kind not in SECTIONS:
        raise part.table.bad("kind", f"must be one of {', '.join(SECTIONS)}")
    section = NewsIndexPage(intro=intro) if kind == "news" else SECTIONS[kind]()
    return publish(section, part, parent, names)


def make_standing(part: DemoPage, parent: Page, names: Names) -> Page:
    """A page that stands by itself."""
    return publish(StandardPage(), part, parent, names, _stored_body(part, names))


def make_article(part: DemoPage, parent: Page, names: Names) -> Page:
    """An article, with its authors, tags and number of reads."""
    article = ArticlePage(
        published_at=part.published_at,
        first_published_at=part.published_at,
        source=part.table.text("source", ""),
    )
    article.authors = [
        ArticleAuthor(name=author.text("name"), post=author.text("post", ""), sort_order=place)
        for place, author in enumerate(part.table.tables("authors"))
    ]
    article.tags.add(*part.table.texts("tags"))
    _link(article, part, names)
    publish(article, part, parent, names, _stored_body(part, names))
    # As if it had not been touched since; only then do lists of changes look like a portal that has been in use.
    ArticlePage.objects.filter(pk=article.pk).update(last_published_at=part.published_at)
    ReadCount.objects.set_imported(article.pk, part.table.number("reads", 0))
    return article


def _stored_body(part: DemoPage, names: Names) -> list[dict]:
    return stored(part.table.tables("body"), names)


def _link(article: ArticlePage, part: DemoPage, names: Names) -> None:
    """Tie the article to its people, schools and event, recognised as in an imported one."""
    body = [text for block in part.table.tables("body") for text in _texts(block.values)]
    recognised = names.register().recognise(
        ImportedArticle(
            title=part.title,
            published_at=part.published_at,
            blocks=tuple(ImportedBlock(BlockKind.TEXT, line) for text in body for line in html_lines(text)),
            authors=tuple(ImportedAuthor(author.name, author.post) for author in article.authors.all()),
        )
    )
    for place, author in enumerate(article.authors.all()):
        author.person_id = recognised.people.get(place)
    article.schools = [ArticleSchool(school_id=key, sort_order=place) for place, key in enumerate(recognised.schools)]
    article.event_id = names.pages.get(part.event) if part.event else None


def _texts(value: Any) -> Iterator[str]:
    """All texts within a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def fill_home(home: HomePage, table: Table, pages: dict[str, int | None]) -> None:
    """What the home page says and shows."""
    home.title, home.welcome = table.text("title"), table.text("welcome")
    home.featured = [
        FeaturedPage(page_id=page_id, sort_order=place) for place, page_id in enumerate(_ids(table, "featured", pages))
    ]
    home.shown_sections = [
        HomeSection(section_id=page_id, sort_order=place)
        for place, page_id in enumerate(_ids(table, "sections", pages))
    ]
    home.save_revision().publish()
    marks.mark(home, marks.HOME)


def fill_settings(settings: SiteSettings, table: Table) -> None:
    """Name and address of the portal, unless an editor has given them."""
    if settings.name:
        return
    for field in table.values:
        setattr(settings, field, table.text(field))
    settings.save()


def fill_menu(navigation: Navigation, entries: Iterable[Table], pages: dict[str, int | None]) -> None:
    """The menu, unless an editor has made one."""
    if navigation.menu:
        return
    navigation.menu = json.dumps([{"type": "item", "value": _menu_item(entry, pages)} for entry in entries])
    navigation.save()


def _menu_item(entry: Table, pages: dict[str, int | None]) -> dict[str, object]:
    children = [list_item(_menu_link(page_id)) for page_id in _ids(entry, "children", pages)]
    return {**_menu_link(pages[entry.text("page")], entry.text("label", "")), "children": children}


def _menu_link(page_id: int | None, label: str = "") -> dict[str, object]:
    return {"label": label, "page": page_id, "url": ""}


def _ids(table: Table, field: str, pages: dict[str, int | None]) -> list[int]:
    return [page_id for name in table.texts(field) if (page_id := pages[name]) is not None]
