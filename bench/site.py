"""How quickly readers get a page of the site: made anew, kept, on a small and on a large portal.

.venv/bin/python bench/site.py [--small 100] [--large 20000] [--requests 200] [--json]
"""

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

import standalone
from corpus import MissingSets, Text, draw
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from figures import Figure, Report
from options import parser
from portal import SECTIONS, fill_and_index
from serving import served
from turns import Ask, Taken, take_turns

from search import sequencer

ARTICLE_TARGET, QUERIES_TARGET = 25, 12  # ms, p50, of an article made anew; queries for it
KEPT_TARGET = 2  # ms, p50
GROWTH_TARGET = 1.25  # times as long on the large portal
PLAIN_TARGET = 2  # times the requests a second of a plain Wagtail page
LISTS = ("/", "/tin-tuc/", "/archive/")
FEW_SECTIONS = SECTIONS[:4]  # so few that a hundred articles fill a section's page as twenty thousand do


def main() -> int:
    options = _options()
    try:
        texts, _ = draw(options.sets, options.large, 10)
    except MissingSets as error:
        print(error, file=sys.stderr)
        return 2
    report = Report(f"Pages of the site: {options.small:,} and {options.large:,} articles, {options.requests} requests")
    report.figures += _measure(texts, options)
    report.notes += [
        "Lists are asked for over HTTP, of a server just started for each portal; articles in one process, one "
        "request after the other, from the WSGI application's entry to its last byte.",
        "Pages made anew have the cache of pages turned off: the article, its pictures, files, reads and related "
        "articles are read and rendered each time. What all pages share is remembered while nothing changes "
        "(`search.memory`): the site, its menu, what is closed, how many articles a list has; and of a text the pairs "
        "of words by which related articles are found. Ours has menu, related articles, links to documents, reads, "
        "headers and compression.",
        "The plain page has the same blocks and pictures, with Wagtail's own tags and the middleware of "
        "`wagtail start`; ratios are of the processor's time, the requests of both taking turns.",
    ]
    report.print(as_json=options.json)
    return 0


def _options() -> Namespace:
    options = parser(__doc__)
    options.add_argument("--small", type=int, default=100, help="articles on the small portal (%(default)s)")
    options.add_argument("--large", type=int, default=20_000, help="articles on the large one (%(default)s)")
    options.add_argument("--requests", type=int, default=200, help="requests for each figure (%(default)s)")
    return options.parse_args()


def _measure(texts: Sequence[Text], options: Namespace) -> Iterator[Figure]:
    standalone.prepare(options.database)
    call_command("collectstatic", interactive=False, verbosity=0)
    fill_and_index(texts[: options.small], titles=FEW_SECTIONS)
    small = _lists(options.requests)
    fill_and_index(texts[options.small :], titles=FEW_SECTIONS)
    large = _lists(options.requests)
    for address in LISTS:
        ratio = large[address].p50 / small[address].p50
        yield Figure(f"{address}: p50, {options.small:,} articles, HTTP", small[address].p50, "ms")
        yield Figure(f"{address}: p50, {options.large:,} articles, HTTP", large[address].p50, "ms")
        yield Figure(f"{address}: time, large against small", ratio, "×", at_most=GROWTH_TARGET)
    yield from _article(options.requests)


def _lists(requests: int) -> dict[str, Taken]:
    """What the lists take on a server that was just started, as it is for both portals."""
    sequencer.adopt()  # pages written in bulk, which the server would begin with
    sequencer.drain()
    with served(PAGES_KEPT_FOR="0") as reader:
        return dict(zip(LISTS, take_turns([partial(reader.get, address) for address in LISTS], requests), strict=True))


def _article(requests: int) -> Iterator[Figure]:
    import site_pages  # a model of its own, which must not be there when the database is made

    article, plain = site_pages.make()
    settings.PAGES_KEPT_FOR = 0
    ours = _asking(WSGIHandler(), article.url)
    theirs = _asking(site_pages.plain_site(), plain.url)
    made, other = take_turns([ours, theirs], requests)
    with CaptureQueriesContext(connection) as queries:
        ours()
    asked = len(queries)  # the next request empties the list
    settings.PAGES_KEPT_FOR = 600
    (kept,) = take_turns([ours], requests)
    yield Figure("article made anew: p50", made.p50, "ms", at_most=ARTICLE_TARGET)
    yield Figure("article made anew: queries", asked, at_most=QUERIES_TARGET)
    yield Figure("article kept: p50", kept.p50, "ms", at_most=KEPT_TARGET, ratio=kept.p50 / made.p50, against="anew")
    yield Figure("plain Wagtail page: p50", other.p50, "ms")
    yield Figure("article, times the requests/s of the plain page", other.work / made.work, "×", at_least=PLAIN_TARGET)


def _asking(application: WSGIHandler, address: str) -> Ask:
    """Asks for an address as a browser does. Raises SystemExit when that is not answered with a page."""

    def ask() -> None:
        environ = RequestFactory(SERVER_NAME="localhost", HTTP_ACCEPT_ENCODING="gzip, br")._base_environ(
            PATH_INFO=address
        )
        status: list[str] = []
        answer: Iterable[bytes] = application(environ, lambda line, headers: status.append(line))
        b"".join(answer)
        answer.close()  # type: ignore[attr-defined]
        if not status[0].startswith("200"):
            sys.exit(f"{address} was answered with {status[0]}")

    return ask


if __name__ == "__main__":
    sys.exit(main())
