"""The relevance development sets, which lie beside the checkout: real Vietnamese text, and questions about it."""

import json
import lzma
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

SETS = ("viwiki_sections_dev", "xquad_vi_plus30k")
FOLDER = Path(__file__).resolve().parents[2] / "shared" / "relevance"
CHANGED = 10  # every so many words, one is another


class MissingSets(Exception):
    """The development sets are not where they should be."""


@dataclass(frozen=True)
class Text:
    """A document of a set."""

    id: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """What a reader types, with all accents or without any (`plain`), and the ids of the documents that answer it."""

    text: str
    plain: str
    relevant: frozenset[str]


def check(folder: Path) -> None:
    """Raises MissingSets when the sets are not all there."""
    for path in (folder / name / "docs.jsonl.xz" for name in SETS):
        if not path.is_file():
            raise _missing(path)


def draw(folder: Path, documents: int, questions: int) -> tuple[list[Text], list[Question]]:
    """So many documents and questions, the same at every run: half from each set, or all that a set has.

    The documents that answer the questions are among them. Raises MissingSets.
    """
    chance = random.Random(1)  # noqa: S311 (a sample, no secret)
    texts: list[Text] = []
    asked: list[Question] = []
    for number, name in enumerate(SETS):
        left = len(SETS) - number
        some = _sample(chance, list(_questions(folder / name)), (questions - len(asked)) // left)
        asked += some
        texts += _texts(chance, list(all_texts(folder / name)), some, (documents - len(texts)) // left)
    chance.shuffle(texts)
    chance.shuffle(asked)
    return texts, asked


def endless(texts: Sequence[Text]) -> Iterator[Text]:
    """The texts, then the same with every tenth word replaced, again and again: new pages, new pairs of words."""
    chance = random.Random(2)  # noqa: S311 (a sample, no secret)
    words = [word for text in texts for paragraph in text.paragraphs[:1] for word in paragraph.split()[:20]]
    for number in count():
        for text in texts:
            yield text if not number else _varied(text, number, words, chance)


def _varied(text: Text, number: int, words: Sequence[str], chance: random.Random) -> Text:
    paragraphs = [paragraph.split() for paragraph in text.paragraphs]
    for paragraph in paragraphs:
        for place in range(number % CHANGED, len(paragraph), CHANGED):
            paragraph[place] = chance.choice(words)
    return Text(f"{text.id}-{number}", text.title, tuple(map(" ".join, paragraphs)))


def _texts(chance: random.Random, texts: list[Text], questions: list[Question], size: int) -> list[Text]:
    wanted = frozenset().union(*(question.relevant for question in questions))
    answers = [text for text in texts if text.id in wanted]
    others = [text for text in texts if text.id not in wanted]
    return answers + _sample(chance, others, max(0, size - len(answers)))


def _sample(chance: random.Random, items: list[Any], size: int) -> list[Any]:
    return chance.sample(items, min(size, len(items)))


def all_texts(folder: Path) -> Iterator[Text]:
    """All documents of a set, in its order. Raises MissingSets."""
    for row in _rows(folder / "docs.jsonl.xz"):
        paragraphs = tuple(line.strip() for line in row["text"].splitlines() if line.strip())
        yield Text(row["id"], row["title"].replace("_", " ")[:255], paragraphs)


def _questions(folder: Path) -> Iterator[Question]:
    for row in _rows(folder / "queries.jsonl"):
        variants = row["variants"]
        yield Question(variants["full"], variants["nodiac"], frozenset(row["relevant"]))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        raise _missing(path)
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _missing(path: Path) -> MissingSets:
    return MissingSets(f"{path} is missing: put the relevance development sets there, or name their folder (--sets)")
