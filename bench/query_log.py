"""What it costs to count readers' questions, and to suggest them to others.

.venv/bin/python bench/query_log.py [--questions 50000] [--json]
"""

import random
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial

import standalone
from corpus import MissingSets, draw
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from figures import Figure, Report, cost, percentile
from options import parser
from progress import bar

from search.queries import Asked, SearchQuery, SearchResults
from search.query_log import asked, flush, forget, past_queries, tables
from search.query_log.tables import Question, Tally
from search.vietnamese import fold_tokens, tokens

TARGET = 2.0  # milliseconds of a suggestion, at the median
LENGTHS = (2, 4, 8, 12)  # characters typed so far
TYPED = 500  # times for each length
TOGETHER = 500  # questions that are written at once


def main() -> int:
    options = _options()
    try:
        questions = _questions(options)
    except MissingSets as error:
        print(error, file=sys.stderr)
        return 2
    standalone.prepare(options.database)
    report = Report(f"Counting and suggesting {len(questions):,} different questions")
    report.figures += [*_counting(questions[:TOGETHER])]
    _fill(questions)
    report.figures += [*_suggesting(questions)]
    report.notes.append("The ratios are to a `SELECT 1` by the same connection.")
    report.print(as_json=options.json)
    return 0


def _options() -> Namespace:
    options = parser(__doc__)
    options.add_argument("--questions", type=int, default=50_000, help="different questions asked (%(default)s)")
    return options.parse_args()


def _questions(options: Namespace) -> list[str]:
    """Two to five neighbouring words of the sets' texts, and sometimes a number. Raises MissingSets."""
    texts, _asked = draw(options.sets, 2_000, 1)
    words = [token for text in texts for paragraph in text.paragraphs for token in tokens(paragraph)]
    chance = random.Random(1)  # noqa: S311 (a sample, no secret)
    made: dict[str, None] = {}
    while len(made) < options.questions:
        start, length = chance.randrange(len(words) - 5), chance.randint(2, 5)
        number = [str(chance.randint(1, 300))] if chance.random() < 0.5 else []
        made[" ".join([*words[start : start + length], *number])] = None
    return list(made)


def _counting(questions: Sequence[str]) -> Iterator[Figure]:
    request = HttpRequest()
    request.method = "GET"
    answers = [SearchResults(SearchQuery(text), Asked(text), 1, ()) for text in questions]
    seconds = [cost(partial(asked, request, results)).seconds for results in answers]
    yield Figure("counting a question, p50", percentile(seconds, 0.5) * 1000, "ms")
    yield Figure(f"writing {len(questions)} questions together", cost(flush).seconds * 1000, "ms")
    forget()


def _fill(questions: Sequence[str]) -> None:
    """Two days on which everything was asked, so that all of it may be suggested."""
    chance = random.Random(1)  # noqa: S311 (a sample, no secret)
    today = timezone.localdate()
    with bar("Questions", 2) as step:
        for day in (today - timedelta(1), today):
            tallies = {(text, day): Tally(Counter(asked=chance.randint(2, 50)), _question(text)) for text in questions}
            tables._MOST_A_DAY = len(tallies) + TOGETHER + 1
            tables.write(tallies)
            step(1)


def _question(text: str) -> Question:
    return Question(text, text, " ".join(fold_tokens(tokens(text))), "", 1)


def _suggesting(questions: Sequence[str]) -> Iterator[Figure]:
    chance = random.Random(2)  # noqa: S311 (a sample, no secret)
    bare = percentile([cost(_bare).seconds for _ in range(TYPED)], 0.5)
    for length in LENGTHS:
        typed = [tokens(text[:length]) for text in chance.choices(questions, k=TYPED)]
        seconds = [cost(partial(past_queries, words, 8)).seconds for words in typed]
        p50 = percentile(seconds, 0.5)
        name = f"suggesting, {length} characters typed"
        yield Figure(f"{name}, p50", p50 * 1000, "ms", at_most=TARGET, ratio=p50 / bare, against="SELECT 1")
        yield Figure(f"{name}, p95", percentile(seconds, 0.95) * 1000, "ms")


def _bare() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchall()


if __name__ == "__main__":
    sys.exit(main())
