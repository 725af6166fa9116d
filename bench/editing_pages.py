"""Two articles of forty blocks: ours, and one that is Wagtail's plain page, with the same blocks; and their forms.

What is compared is all that Trang adds to a page of Wagtail's: fields, signals, middleware, its search of the admin.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from modelsearch.signal_handlers import post_save_signal_handler
from samples import TEXT, document, picture
from stock import DATABASE, MIDDLEWARE
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from cms.core.blocks import TEXT_FEATURES, BodyBlock
from cms.core.models import Image, User
from cms.news.models import ArticlePage, NewsIndexPage
from search import receivers

BLOCKS, PICTURES, FILES = 40, 8, 4
_SIGNALS = (
    (post_save, receivers.saved, "search.saved"),
    (pre_delete, receivers.about_to_be_deleted, "search.about_to_be_deleted"),
    (post_delete, receivers.deleted, "search.deleted"),
    (m2m_changed, receivers.links_changed, "search.links_changed"),
)


class StockArticle(Page):
    """Wagtail's page with a cover, a date and a body."""

    date = models.DateTimeField()
    summary = models.TextField(blank=True)
    cover = models.ForeignKey(Image, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    body = StreamField(BodyBlock())

    content_panels = [*Page.content_panels, *map(FieldPanel, ("date", "summary", "cover", "body"))]

    class Meta:
        app_label = "home"


@dataclass
class Editor:
    """Somebody at work on a page, in an installation as it is, or in one without anything of ours."""

    page: Page
    client: Client
    stock: bool = False

    @property
    def address(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def open(self) -> str:
        """The page's form. Raises RuntimeError when there is none."""
        with _surroundings(self.stock):
            response = self.client.get(self.address)
        if response.status_code != 200:
            raise RuntimeError(f"{self.address} was answered with {response.status_code}")
        return response.content.decode()

    def form(self) -> dict[str, Any]:
        """What the browser sends when the form is saved as it is."""
        data = querydict_from_html(self.open(), form_id="page-edit-form").dict()
        return data | _body_form(self.page)

    def save(self, form: dict[str, Any]) -> None:
        """Send the form. Raises RuntimeError when it is not taken."""
        with _surroundings(self.stock):
            response = self.client.post(self.address, form)
        if response.status_code != 302:
            raise RuntimeError(f"{self.address} was not saved: {response.status_code}")


def editors() -> tuple[Editor, Editor]:
    """One of each, in the first section, which both may change."""
    with connection.schema_editor() as editor:
        editor.create_model(StockArticle)
    post_save.connect(post_save_signal_handler, sender=StockArticle)  # as for every model that was there at the start
    section = NewsIndexPage.objects.order_by("path").first()
    pictures, files = [picture(number) for number in range(PICTURES)], [document(number) for number in range(FILES)]
    fields = {"title": "Hội nghị tổng kết", "summary": TEXT[:200], "cover": pictures[0], "body": _body(pictures, files)}
    ours = section.add_child(instance=ArticlePage(slug="cua-ta", **fields))
    theirs = section.add_child(instance=StockArticle(slug="thuong", date=ours.published_at, **fields))
    for page in (ours, theirs):
        page.refresh_from_db()  # with the ids of its blocks
    user = User.objects.create_superuser("bien-tap")
    return Editor(ours, _client(user)), Editor(theirs, _client(user), stock=True)


def _client(user: User) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


@contextmanager
def _surroundings(stock: bool) -> Iterator[None]:
    """In the block, what `wagtail start` would have set up, and nothing of ours that follows changes."""
    if not stock:
        yield
        return
    for signal, _receiver, name in _SIGNALS:
        signal.disconnect(dispatch_uid=name)
    backends = settings.WAGTAILSEARCH_BACKENDS
    wagtails = {"default": {**backends[DATABASE], "AUTO_UPDATE": True}}
    try:
        with override_settings(MIDDLEWARE=MIDDLEWARE, WAGTAILSEARCH_BACKENDS=wagtails):
            yield
    finally:
        for signal, receiver, name in _SIGNALS:
            signal.connect(receiver, dispatch_uid=name)


def _body(pictures: list[Image], files: list[Any]) -> list[tuple[str, Any]]:
    shown = [("picture", {"image": one, "alt_text": "Lễ", "caption": "Toàn cảnh", "credit": "Nam"}) for one in pictures]
    rows = [["Đơn vị", "Điểm"], *([f"Trường {number}", str(number)] for number in range(10))]
    table = ("table", {"data": rows, "first_row_is_table_header": True, "first_col_is_header": False})
    others = [
        ("heading", {"text": "Kết quả", "level": "2"}),
        ("quote", {"text": TEXT[:100], "who": "Nam"}),
        table,
        ("files", {"title": "", "files": files}),
    ]
    texts = [("text", f"<p>{TEXT}</p>")] * (BLOCKS - len(shown) - len(others))
    return [*texts, *shown, *others]


def _body_form(page: Any) -> dict[str, Any]:
    """The body as the form's script would send it, each block with its id."""
    form = streamfield([(block.block_type, _sent(block)) for block in page.body])
    for number, block in enumerate(page.body):
        form[str(number)]["id"] = block.id
    return nested_form_data({"body": form})


def _sent(block: Any) -> Any:
    value = block.value
    if block.block_type == "text":
        return rich_text(value.source, features=TEXT_FEATURES)
    if block.block_type == "table":
        return json.dumps(value)
    if block.block_type == "picture":
        return {**value, "image": str(value["image"].pk)}
    if block.block_type == "files":
        return {**value, "files": streamfield([("item", str(file.pk)) for file in value["files"]])}
    return dict(value)
