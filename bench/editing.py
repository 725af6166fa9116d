"""How long editors wait on a large portal: opening and saving an article, the explorer, the choosers and their search.

.venv/bin/python bench/editing.py [--pages 50000] [--requests 40] [--kept FOLDER] [--json]
"""

import sqlite3
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path

import standalone
from corpus import MissingSets, draw, endless
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from figures import Figure, Report
from options import parser
from progress import bar
from turns import Ask, take_turns
from wagtail.models import Collection

from cms.core.models import Document
from search.engines import get_engine

EDITING_TARGET, CHOOSING_TARGET = 400, 300  # ms, p50
FILES = 1_000
DRAWN = 20_000  # different texts; the others are varied
STOCK_TARGET = 1.2  # times as long as a page of Wagtail's with the same blocks
QUESTION = "hoi nghi"
# Static files are named as they are: to collect and compress them takes minutes, and no request waits for it.
PLAIN_NAMES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


def main() -> int:
    options = _options()
    standalone.prepare(options.kept / _name(options) if _is_kept(options) else options.database)
    if not _is_kept(options):
        try:
            _fill(options)
        except MissingSets as error:
            print(error, file=sys.stderr)
            return 2
    report = Report(f"Editing: {options.pages:,} pages, an article of 40 blocks, {options.requests} requests each way")
    with override_settings(STORAGES=settings.STORAGES | PLAIN_NAMES):
        report.figures += _editing(options.requests)
    report.notes += [
        "In one process, from the request to the last byte of the answer, without a network. Stock is a page of "
        "Wagtail's with the same blocks, the middleware of `wagtail start`, Wagtail's own search of the admin and no "
        "signals of ours; it takes turns with ours. Ratios are of the processor's time.",
    ]
    report.print(as_json=options.json)
    return 0


def _options() -> Namespace:
    options = parser(__doc__)
    options.add_argument("--pages", type=int, default=50_000, help="articles on the portal (%(default)s)")
    options.add_argument("--requests", type=int, default=40, help="requests for each figure (%(default)s)")
    options.add_argument(
        "--kept",
        type=Path,
        default=Path(tempfile.gettempdir()) / "trang-editing",
        help="where the filled portal is kept for the next time, with SQLite (%(default)s)",
    )
    return options.parse_args()


def _name(options: Namespace) -> str:
    return f"{options.pages}.sqlite3"


def _is_kept(options: Namespace) -> bool:
    return connection.vendor == "sqlite" and (options.kept / _name(options)).is_file()


def _fill(options: Namespace) -> None:
    """Articles, pictures and files, as the admin's search knows them."""
    import covers
    import portal

    texts, _ = draw(options.sets, min(options.pages, DRAWN), 10)
    with bar("Articles", options.pages) as step:
        portal.fill(islice(endless(texts), options.pages), step)
    covers.add()
    _add_files()
    call_command("editors_index", stdout=sys.stderr)
    if connection.vendor == "sqlite":
        options.kept.mkdir(parents=True, exist_ok=True)
        draft = options.kept / f"{_name(options)}.new"
        with closing(sqlite3.connect(draft)) as copy:
            connection.connection.backup(copy)
        draft.rename(options.kept / _name(options))


def _add_files() -> None:
    collection = Collection.get_first_root_node()
    Document.objects.bulk_create(
        Document(title=f"Hội nghị, tệp {number}", file=f"documents/tep-{number}.txt", collection=collection)
        for number in range(FILES)
    )


def _editing(requests: int) -> Iterator[Figure]:
    import editing_pages  # a model of its own, which must not be there when the database is made

    _make_empty_index()
    both = editing_pages.editors()
    drafts = [editor.form() for editor in both]
    published = [form | {"action-publish": "action-publish"} for form in drafts]
    yield from _compared("opening an article", [editor.open for editor in both], requests)
    for name, forms in (("saving a draft", drafts), ("publishing", published)):
        saving = [partial(editor.save, form) for editor, form in zip(both, forms, strict=True)]
        yield from _compared(name, saving, requests)
    yield from _choosing(both[0].client, both[0].page.get_parent().pk, requests)


def _make_empty_index() -> None:
    """Of the readers' search, which publishing writes to; what the portal was filled with is not in it."""
    with get_engine().build() as builder:
        builder.swap()


def _compared(name: str, turns: Sequence[Ask], requests: int) -> Iterator[Figure]:
    ours, stock = take_turns(turns, requests)
    yield Figure(f"{name}: p50", ours.p50, "ms", at_most=EDITING_TARGET)
    yield Figure(f"{name}, stock: p50", stock.p50, "ms")
    yield Figure(f"{name}, times stock", ours.work / stock.work, "×", at_most=STOCK_TARGET)


def _choosing(client: Client, section: int, requests: int) -> Iterator[Figure]:
    explorer = reverse("wagtailadmin_explore", args=[section])
    addresses = {
        "explorer": explorer,
        "explorer, searched": f"{explorer}?q={QUESTION}",
        "page chooser": reverse("wagtailadmin_choose_page_child", args=[section]),
        "page chooser, searched": f"{reverse('wagtailadmin_choose_page_search')}?q={QUESTION}",
        "picture chooser": reverse("wagtailimages_chooser:choose"),
        "picture chooser, searched": f"{reverse('wagtailimages_chooser:choose_results')}?q={QUESTION}",
        "file chooser": reverse("wagtaildocs_chooser:choose"),
        "file chooser, searched": f"{reverse('wagtaildocs_chooser:choose_results')}?q={QUESTION}",
        "dashboard": reverse("wagtailadmin_home"),
    }
    taken = take_turns([partial(_get, client, address) for address in addresses.values()], requests)
    for name, each in zip(addresses, taken, strict=True):
        yield Figure(f"{name}: p50", each.p50, "ms", at_most=CHOOSING_TARGET)


def _get(client: Client, address: str) -> None:
    """Raises RuntimeError for anything but a page."""
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} was answered with {response.status_code}")


if __name__ == "__main__":
    sys.exit(main())
