"""When: a year in the question is preferred, and of near equals the recent ones come first."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from search.engines.base import Preference

# What a year's own documents get: about the score of one more word that a tenth of all documents hold (1.2 × ln 10).
_ITS_YEAR = 2.8
# News lose value by ratios of age: from a month to four is as far as from four to sixteen.
_AGES = (timedelta(days=30), timedelta(days=120), timedelta(days=500))
# What each step is worth: all together weigh less than one word's place in a title (0.4 × 1.2 × ln 10 = 1.1).
_STEP = 0.3


def preferences(words: Sequence[str], now: datetime) -> tuple[Preference, ...]:
    """The years that are named or, if none is, what is recent on this day; undated documents score as ever."""
    years = [word for word in dict.fromkeys(words) if _is_year(word, now)]
    if years:
        return tuple(Preference(_ITS_YEAR, "year", year) for year in years)
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return tuple(Preference(_STEP, since=int((today - age).timestamp())) for age in _AGES)


def _is_year(word: str, now: datetime) -> bool:
    return len(word) == 4 and word.isascii() and word.isdigit() and 1900 <= int(word) <= now.year + 5
