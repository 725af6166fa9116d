"""Making the demo content's pages. They go through a revision each, as an editor's would."""

import json
from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.core.models import ContentPage, ReadCount
from cms.news.models import ArticleAuthor, ArticlePage, NewsIndexPage
from home.demo import marks
from home.demo.bodies import Names, list_item, stored
from home.demo.content import DemoPage
from home.demo.rich_text import rich_text
from home.demo.tables import BadDemo, Table
from home.models import FeaturedPage, HomePage, HomeSection, Navigation, SiteSettings, StandardPage


def make_section(part: DemoPage, parent: Page, names: Names) -> Page:
    """A section below the home page or another section."""
    intro = rich_text(part.table, "intro", names.pages, default="")
    return _publish(NewsIndexPage(intro=intro), part, parent, names)


def make_standing(part: DemoPage, parent: Page, names: Names) -> Page:
    """A page that stands by itself."""
    return _publish(StandardPage(), part, parent, names)


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
    _publish(article, part, parent, names)
    # As if it had not been touched since; only then do lists of changes look like a portal that has been in use.
    ArticlePage.objects.filter(pk=article.pk).update(last_published_at=part.published_at)
    ReadCount.objects.set_imported(article.pk, part.table.number("reads", 0))
    return article


def _publish(page: ContentPage, part: DemoPage, parent: Page, names: Names) -> Page:
    page.title, page.slug, page.summary, page.live = part.title, part.slug, part.summary, False
    page.cover_id = names.pictures[part.cover] if part.cover else None
    try:
        if blocks := part.table.tables("body"):
            page.body = _body(page._meta.get_field("body"), stored(blocks, names))
        parent.add_child(instance=page)
        page.save_revision(clean=True).publish()
    except ValidationError as error:
        raise BadDemo(f"{part.table.place}: {'; '.join(_reasons(error))}") from None
    page.refresh_from_db(fields=["path", "numchild", "url_path"])
    marks.mark(page, part.name)
    return page


def _body(field: StreamField, blocks: list[dict]) -> object:
    """Checked as the editor's form would, which also takes text alternatives and credits over from the pictures."""
    return field.stream_block.clean(field.to_python(json.dumps(blocks)))


def _reasons(error: ValidationError) -> Iterator[str]:
    """What is wrong, by field or by block; a StreamField's errors lie in its blocks' errors."""
    if nested := getattr(error, "block_errors", None):
        for place, inner in nested.items() if isinstance(nested, dict) else enumerate(nested):
            name = f"[{place + 1}]" if isinstance(place, int) else place
            yield from (f"{name} {reason}" for reason in _reasons(inner)) if inner else ()
    elif hasattr(error, "error_dict"):
        for field, inner in error.message_dict.items():
            yield f"{field}: {' '.join(inner)}"
    else:
        yield from error.messages


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
    children = [list_item(_link(page_id)) for page_id in _ids(entry, "children", pages)]
    return {**_link(pages[entry.text("page")], entry.text("label", "")), "children": children}


def _link(page_id: int | None, label: str = "") -> dict[str, object]:
    return {"label": label, "page": page_id, "url": ""}


def _ids(table: Table, field: str, pages: dict[str, int | None]) -> list[int]:
    return [page_id for name in table.texts(field) if (page_id := pages[name]) is not None]
