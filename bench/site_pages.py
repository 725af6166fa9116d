"""Two articles with the same blocks: ours, and one on a plain Wagtail page as its tutorial has them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, models
from django.test.utils import override_settings
from samples import TEXT, document, picture
from stock import MIDDLEWARE
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from cms.core.models import Document, Image
from cms.news.models import ArticlePage, NewsIndexPage
from home.models import HomePage

PICTURES, FILES, PARAGRAPHS = 8, 4, 12


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock()
    alt_text = blocks.CharBlock(required=False)
    caption = blocks.CharBlock(required=False)
    credit = blocks.CharBlock(required=False)

    class Meta:
        template = "bench/picture.html"


class PlainBody(blocks.StreamBlock):
    """The blocks of our articles, as Wagtail's own."""

    text = blocks.RichTextBlock()
    heading = blocks.CharBlock(template="bench/heading.html")
    picture = PictureBlock()
    quote = blocks.BlockQuoteBlock()
    table = TableBlock()
    files = blocks.ListBlock(DocumentChooserBlock(template="bench/file.html"))


class PlainArticle(Page):
    """A page with a cover, a date and a body."""

    date = models.DateTimeField()
    summary = models.TextField(blank=True)
    cover = models.ForeignKey(Image, null=True, on_delete=models.SET_NULL, related_name="+")
    body = StreamField(PlainBody())

    template = "bench/plain_article.html"

    class Meta:
        app_label = "home"


def make() -> tuple[ArticlePage, PlainArticle]:
    """Both pages, in the section that is there already."""
    with connection.schema_editor() as editor:
        editor.create_model(PlainArticle)
    section = NewsIndexPage.objects.child_of(HomePage.objects.get()).order_by("path").first()
    pictures, files = [picture(number) for number in range(PICTURES)], [document(number) for number in range(FILES)]
    fields = {"title": "Hội nghị tổng kết", "summary": TEXT[:200], "cover": pictures[0]}
    date = datetime(2026, 7, 1, tzinfo=UTC)
    ours = ArticlePage(**fields, slug="cua-ta", published_at=date, body=_body(pictures, files))
    plain = PlainArticle(**fields, slug="thuong", date=date, body=_body(pictures, files, plain=True))
    ours.authors.create(name="ThS. Phan Thị Hải Vân", post="Trưởng phòng")
    ours.tags.add("Thi đua", "Chủ đề 1")
    return section.add_child(instance=ours), section.add_child(instance=plain)


def plain_site() -> WSGIHandler:
    """An application as `wagtail start` sets it up, with the templates of the plain page."""
    engine = {**settings.TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates", *settings.TEMPLATES[0]["DIRS"]]}
    override_settings(TEMPLATES=[engine]).enable()
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        return WSGIHandler()


def _body(pictures: list[Image], files: list[Document], plain: bool = False) -> list[tuple[str, Any]]:
    heading = "Kết quả" if plain else {"text": "Kết quả", "level": "2"}
    quote = TEXT[:100] if plain else {"text": TEXT[:100], "who": ""}
    shown = [("picture", {"image": p, "alt_text": "Lễ", "caption": "Toàn cảnh", "credit": "Nam"}) for p in pictures]
    table = TableBlock().to_python({"data": [["Đơn vị", "Điểm"]] + [[f"Trường {n}", str(n)] for n in range(10)]})
    texts = [("text", f"<p>{TEXT}</p>") for _ in range(PARAGRAPHS)]
    listed = ("files", files if plain else {"title": "", "files": files})
    return [*texts, ("heading", heading), *shown, ("quote", quote), ("table", table), listed]
