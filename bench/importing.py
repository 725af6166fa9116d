"""How quickly an old portal's articles are brought in, and whether it slows down as the portal grows.

.venv/bin/python bench/importing.py [--articles 10000] [--json]
"""

import io
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import old_pages
import standalone
from corpus import MissingSets, draw
from django.core.management import call_command
from django.db import transaction
from figures import Cost, Figure, Report, cost
from options import parser
from progress import bar

from cms.news.models import ArticlePage, NewsIndexPage
from home.models import HomePage
from search import rebuild
from search.engines import get_engine

TEXTS = 5_000  # of the sets, whose paragraphs the articles are made of
LONGEST = 1_500  # characters of a paragraph
BY_HAND = 100  # articles saved as an editor's work is
RATE_TARGET = 20  # articles/s


class NotImported(Exception):
    """The command failed, or did not bring in everything."""


def main() -> int:
    options = _options()
    try:
        texts, _ = draw(options.sets, TEXTS, 0)
    except MissingSets as error:
        print(error, file=sys.stderr)
        return 2
    report = Report(f"Importing: {options.articles:,} articles, {options.step:,} at a time")
    standalone.prepare(options.database)
    section = HomePage.objects.get().add_child(instance=NewsIndexPage(title="Tin tức"))
    rebuild.rebuild()
    paragraphs = [paragraph for text in texts for paragraph in text.paragraphs if 200 < len(paragraph) < LONGEST]
    costs = _import(options, section.slug, paragraphs)
    report.figures += _figures(costs, options, _rate_by_hand())
    report.notes += [
        "The command is `import_articles`, with revisions, outbox and index on; its start-up is not counted. "
        "By hand is Wagtail's own way, add_child() and save_revision().publish(), with outbox and index, too.",
    ]
    report.print(as_json=options.json)
    return 0


def _options() -> Namespace:
    options = parser(__doc__)
    options.add_argument("--articles", type=int, default=10_000, help="how many are imported (%(default)s)")
    options.add_argument("--step", type=int, default=1_000, help="how many by one call of the command (%(default)s)")
    made = options.parse_args()
    if made.step < 1 or made.articles < 2 * made.step or made.articles % made.step:
        options.error("--articles must be a multiple of --step, at least twice as much")
    return made


def _import(options: Namespace, section: str, paragraphs: Sequence[str]) -> list[Cost]:
    """What each call of the command took. Raises NotImported when a page was not imported or not indexed."""
    costs = []
    with bar("Articles", options.articles) as step:
        for start in range(0, options.articles, options.step):
            folder = standalone.DATA_DIR / f"old-{start}"
            old_pages.write(folder, range(start, start + options.step), paragraphs)
            costs.append(cost(partial(_run, folder, section)))
            step(options.step)
    imported, indexed = ArticlePage.objects.live().count(), get_engine().health().documents
    if (imported, indexed) != (options.articles, options.articles + 1):  # the section is found, too
        raise NotImported(f"{imported} articles were imported and {indexed} pages indexed, of {options.articles}")
    return costs


def _run(folder: Path, section: str) -> None:
    output = io.StringIO()
    try:
        call_command("import_articles", str(folder), into=section, no_progress=True, stdout=output)
    except SystemExit as error:
        raise NotImported(output.getvalue()) from error


def _rate_by_hand() -> float:
    """Articles a second, when some of the same are saved as an editor does it."""
    home = HomePage.objects.get()
    section = home.add_child(instance=NewsIndexPage(title="Bài viết"))
    articles = list(ArticlePage.objects.order_by("pk")[:BY_HAND])
    return len(articles) / cost(lambda: [_save(article, section) for article in articles]).seconds


def _save(article: ArticlePage, section: NewsIndexPage) -> None:
    copied = ("title", "summary", "body", "published_at", "source")
    with transaction.atomic():  # as one request of the admin is
        page = section.add_child(instance=ArticlePage(**{name: getattr(article, name) for name in copied}))
        page.save_revision().publish()


def _figures(costs: Sequence[Cost], options: Namespace, by_hand: float) -> Iterator[Figure]:
    total = Cost(sum(cost.seconds for cost in costs), sum(cost.processor_seconds for cost in costs))
    first, last = costs[0], costs[-1]
    rates = {f"the first {options.step:,}": options.step / first.seconds, "all": options.articles / total.seconds}
    for name, rate in rates.items():
        yield Figure(name, rate, "articles/s", at_least=RATE_TARGET, ratio=rate / by_hand, against="by hand")
    yield Figure("all, by processor time", options.articles / total.processor_seconds, "articles/s")
    yield Figure(
        f"time of the last {options.step:,}", last.seconds, "s", ratio=last.seconds / first.seconds, against="the first"
    )
    yield Figure(
        f"processor time of the last {options.step:,}",
        last.processor_seconds,
        "s",
        ratio=last.processor_seconds / first.processor_seconds,
        against="the first (linear: 1)",
    )


if __name__ == "__main__":
    sys.exit(main())
