"""What the reader meant: a question read step by step, each of which can be switched off."""

from collections.abc import Callable, Collection, Iterable, Mapping
from math import exp

from search.understanding import keystrokes, moments, numbers
from search.understanding.question import take_apart
from search.understanding.reading import Knowledge, Reading, Understood
from search.understanding.spelling import Correction
from search.understanding.thesaurus import Match
from search.vietnamese import fold, tokens

# Gains of a correction, logarithms: from 3 (20 : 1) on it replaces what was typed; from 0 on the reader is asked;
# from -6 (1 : 400) on it is looked for as well, with the less weight the less likely it is.
_SURE, _LIKELY, _POSSIBLE = 3.0, 0.0, -6.0
_NEARLY_AS_GOOD = 6.0  # other readings of a word that are looked for as well: by so much worse than the best …
_AT_MOST = 3  # … and so many
# A reading with a gain of -6 weighs 1/e of the word it stands for. Full weight cost .005 MRR@10 on sound questions,
# weights falling thrice as fast cost as much on slips.
_FADES = 6.0


def understand(text: str, knowledge: Knowledge, steps: Collection[str], *, literal: bool = False) -> Understood:
    """Read a question by those `steps` of STEPS that are given; a `literal` one is not corrected."""
    reading = Reading(take_apart(text), knowledge)
    for name, step in STEPS.items():
        if name in steps and reading.words and not (literal and name in CORRECTING):
            step(reading)
    return reading.understood()


def _numbers(reading: Reading) -> None:
    found = numbers.find(reading.tokens, reading.knowledge.known_numbers)
    reading.preferences += found.preferences
    reading.fixed |= found.places
    reading.numbered = found.places


def _keystrokes(reading: Reading) -> None:
    matches = reading.knowledge.abbreviations.long_forms(reading.words)
    reading.fixed |= {place for match in matches for place in range(match.start, match.end)}
    read = keystrokes.read(reading.tokens, reading.knowledge.speller.vocabulary)
    reading.words = reading.with_words(
        {
            place: syllable
            for place, (typed, syllable) in enumerate(zip(reading.tokens, read, strict=True))
            if syllable != typed and place not in reading.fixed
        }
    )


def _spelling(reading: Reading) -> None:
    quoted = {place for place, word in enumerate(reading.words) if word.phrase}
    corrections = reading.knowledge.speller.corrections(reading.tokens, reading.fixed | quoted)
    best: dict[int, Correction] = {}
    for correction in corrections:
        best.setdefault(correction.place, correction)
    sure, likely = _allowed(reading, {place: each for place, each in best.items() if each.gain >= _LIKELY})
    if likely:
        reading.did_you_mean = reading.question.spelled(reading.with_words({**sure, **likely}))
    typed, reading.words = reading.tokens, reading.with_words(sure)
    for place, first in best.items():
        # What only has other accents is found anyway.
        found = {fold(typed[place]), fold(reading.tokens[place])}
        others = (each for each in corrections if each.place == place and fold(each.meant) not in found)
        _look_for_others(reading, others, first.gain, first.gain if place in sure else 0.0)


def _look_for_others(reading: Reading, others: Iterable[Correction], best: float, shown: float) -> None:
    """Other readings of a word, weighed against the one that is `shown`: both are gains."""
    possible = [each for each in others if each.gain >= max(_POSSIBLE, best - _NEARLY_AS_GOOD)]
    for each in possible[:_AT_MOST]:
        reading.look_for([each.meant], each.place, each.place + 1, min(1.0, exp((each.gain - shown) / _FADES)))


def _allowed(reading: Reading, wanted: Mapping[int, Correction]) -> tuple[dict[int, str], dict[int, str]]:
    """Which corrections to make, and which to ask about.

    The index is asked as it is now: the vocabulary is an hour old perhaps. What stands in a document just as it was
    typed is left alone, a word that is new is no slip, and a word that is gone is never shown.
    """
    if not wanted:
        return {}, {}
    typed, places = reading.tokens, list(wanted)
    phrases = [typed, *([typed[place]] for place in places), *(tokens(wanted[place].meant) for place in places)]
    whole, *words = reading.knowledge.holds(phrases)
    vocabulary = reading.knowledge.speller.vocabulary
    sure: dict[int, str] = {}
    likely: dict[int, str] = {}
    for place, known, held in zip(places, words[: len(places)], words[len(places) :], strict=True):
        correction = wanted[place]
        is_new = known and not vocabulary.folded.count(fold(typed[place]))
        if held:
            certain = correction.gain >= _SURE and not whole and not is_new
            (sure if certain else likely)[place] = correction.meant
    return sure, likely


def _abbreviations(reading: Reading) -> None:
    abbreviations = reading.knowledge.abbreviations
    for match in abbreviations.long_forms(reading.words):
        if reading.numbered & {*range(match.start, match.end)}:
            continue
        meanings = _meant_here(reading, match)
        for meaning in meanings:
            reading.expand(meaning, match.start, match.end, 1 / len(meanings))
    for match in abbreviations.short_forms(reading.words):
        for short in match.meanings:
            reading.expand(short, match.start, match.end, 1 / len(match.meanings))


def _meant_here(reading: Reading, match: Match) -> list[str]:
    """The long forms that go with the neighbours, or all of them."""
    around, grams = reading.tokens, reading.knowledge.speller.vocabulary.folded
    before = fold(around[match.start - 1]) if match.start else ""
    after = fold(around[match.end]) if match.end < len(around) else ""

    def goes(meaning: str) -> bool:
        first, *_, last = [*(folded := [fold(token) for token in tokens(meaning)]), folded[-1]]
        return bool(before and grams.attract(before, first)) or bool(after and grams.attract(last, after))

    return [meaning for meaning in match.meanings if goes(meaning)] or list(match.meanings)


def _synonyms(reading: Reading) -> None:
    for match in reading.knowledge.synonyms.matches(reading.tokens):
        for meaning in match.meanings:
            reading.expand(meaning, match.start, match.end)


def _time(reading: Reading) -> None:
    words = [word for place, word in enumerate(reading.tokens) if place not in reading.numbered]
    reading.preferences += moments.preferences(words, reading.knowledge.now)


# In this order: what is a number or an abbreviation is no slip, and what is corrected may have a long form.
STEPS: Mapping[str, Callable[[Reading], None]] = {
    "numbers": _numbers,
    "keystrokes": _keystrokes,
    "spelling": _spelling,
    "abbreviations": _abbreviations,
    "synonyms": _synonyms,
    "time": _time,
}
CORRECTING = ("keystrokes", "spelling")
