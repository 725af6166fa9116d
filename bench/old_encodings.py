"""How well texts in old encodings come back, whether sound ones are left alone, and how long it takes to tell.

.venv/bin/python bench/old_encodings.py [--documents 1000] [--sound 0] [--json]
"""

import json
import random
import sys
import tempfile
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain, islice
from pathlib import Path

import standalone  # noqa: F401  sets Django up
from corpus import SETS, MissingSets, Text, all_texts, check
from figures import Figure, Report, cost
from options import parser
from progress import bar

from cms.core.importing import files, legacy
from search.engines.throwaway import throwaway
from search.quality.measuring import Measuring
from search.understanding.understand import STEPS
from search.vietnamese import compose
from search.vietnamese.encodings import Encoding, encode, misread, repair

WRONG_TARGET = 0.1  # % of all characters
WAYS: dict[str, Callable[[str, Encoding], str]] = {
    "its bytes": lambda text, encoding: files.decode(encode(text, encoding)),
    "read as Latin-1": lambda text, encoding: misread(text, encoding, "latin-1"),
    "read as Windows-1252": lambda text, encoding: misread(text, encoding, "cp1252"),
}


def main() -> int:
    options = _options()
    try:
        check(options.sets)
    except MissingSets as error:
        print(error, file=sys.stderr)
        return 2
    texts = list(chain.from_iterable(all_texts(options.sets / name) for name in SETS))
    sound = texts[: options.sound or None]
    random.Random(1).shuffle(texts)  # noqa: S311 (a sample, no secret)
    report = Report(f"Old encodings: {options.documents:,} documents each, {len(sound):,} sound ones")
    report.figures += [*_alarms(sound), *_round_trips(texts, options)]
    report.notes += [
        "Round trips are of documents all of whose characters the encoding has, through the importer's own code. "
        "Characters are compared apart from case with TCVN3, whose capitals lie in other fonts, and exactly otherwise. "
        "Found by its title means among the first ten, with the same index of the original documents beside it."
    ]
    report.print(as_json=options.json)
    return 0


def _options() -> Namespace:
    options = parser(__doc__)
    options.add_argument("--documents", type=int, default=1_000, help="to write in each encoding (%(default)s)")
    options.add_argument("--sound", type=int, default=0, help="documents to look for false alarms in (all of them)")
    return options.parse_args()


def whole(text: Text) -> str:
    """A document as a file of text holds it."""
    return "\n\n".join([text.title, *text.paragraphs])


def _alarms(texts: Sequence[Text]) -> Iterator[Figure]:
    wholes, changed = list(map(whole, texts)), []

    def look() -> None:
        with bar("Sound documents", len(wholes)) as step:
            for text, document in zip(wholes, texts, strict=True):
                if repair(text).encoding or repair(document.title).encoding:
                    changed.append(document)
                step(1)

    seconds = cost(look).seconds
    for document in changed:
        found = repair(whole(document))
        words = zip(whole(document).split(), found.text.split(), strict=False)
        print(document.id, found[1:], [pair for pair in words if pair[0] != pair[1]][:10], file=sys.stderr)
    yield Figure("false alarms", len(changed), at_most=0)
    yield Figure("sound documents looked at", len(wholes) / seconds, "documents/s")


def _round_trips(texts: Sequence[Text], options: Namespace) -> Iterator[Figure]:
    titled = {text.title: text for text in texts if text.title}.values()  # a title leads to one of them
    for encoding in Encoding:
        some = list(islice((text for text in titled if _can_be_written(whole(text), encoding)), options.documents))
        original = _found(some, list(map(whole, some)))
        for name, way in WAYS.items():
            yield from _round_trip(f"{encoding.value}, {name}", some, encoding, way, original)


def _can_be_written(text: str, encoding: Encoding) -> bool:
    try:
        encode(text, encoding)
    except UnicodeEncodeError:
        return False
    return True


def _round_trip(
    name: str, texts: Sequence[Text], encoding: Encoding, way: Callable[[str, Encoding], str], original: float
) -> Iterator[Figure]:
    back: list[str] = []
    written = [way(whole(text), encoding) for text in texts]
    seconds = cost(lambda: back.extend(legacy.repaired_text(text)[0] for text in written)).seconds
    pairs = [(compose(whole(text)), found) for text, found in zip(texts, back, strict=True)]
    if encoding is Encoding.TCVN3:
        pairs = [(before.lower(), found.lower()) for before, found in pairs]
    total = sum(len(before) for before, _found in pairs)
    titles = [_title(before) == _title(found) for before, found in pairs]
    found = _found(texts, back)
    yield Figure(f"{name}: characters wrong", 100 - 100 * sum(map(_right, pairs)) / total, "%", at_most=WRONG_TARGET)
    yield Figure(f"{name}: titles wrong", 100 - 100 * sum(titles) / len(titles), "%")
    yield Figure(f"{name}: found by the title", 100 * found, "%", ratio=found / original, against="the originals")
    yield Figure(f"{name}: repaired", len(texts) / seconds, "documents/s")


def _title(text: str) -> str:
    return text.split("\n", 1)[0]


def _right(pair: tuple[str, str]) -> int:
    """How many characters of the first text are where they belong in the second."""
    before, found = pair
    if before == found:
        return len(before)
    return sum(block.size for block in SequenceMatcher(None, before, found, autojunk=False).get_matching_blocks())


def _found(texts: Sequence[Text], wholes: Sequence[str]) -> float:
    """The part of the documents that are found by their title, spelled rightly, when these texts are indexed."""
    with tempfile.TemporaryDirectory() as name, throwaway("tantivy") as engine:
        folder = Path(name)
        with (folder / "docs.jsonl").open("w") as docs, (folder / "queries.jsonl").open("w") as queries:
            for number, (text, found) in enumerate(zip(texts, wholes, strict=True)):
                title, _, body = found.partition("\n")
                docs.write(json.dumps({"id": str(number), "title": title, "text": body}) + "\n")
                question = {"id": str(number), "relevant": [str(number)], "variants": {"full": text.title}}
                queries.write(json.dumps(question) + "\n")
        return Measuring(folder, engine).measure(STEPS).variants["full"].recall


if __name__ == "__main__":
    sys.exit(main())
