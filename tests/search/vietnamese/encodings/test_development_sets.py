"""A part of what `bench/old_encodings.py` measures in full, on the development sets beside the project."""

import json
import lzma
from difflib import SequenceMatcher
from itertools import islice

import pytest
from django.conf import settings

from search.vietnamese import compose
from search.vietnamese.encodings import Encoding, encode, misread, repair

SETS = settings.BASE_DIR.parent / "shared" / "relevance"
SOUND, WRITTEN = 4_000, 60  # documents of each set

pytestmark = [
    pytest.mark.relevance,
    pytest.mark.skipif(not SETS.is_dir(), reason=f"the development sets are not in {SETS}"),
]


@pytest.fixture(scope="module", params=["viwiki_sections_dev", "xquad_vi_plus30k"])
def texts(request):
    with lzma.open(SETS / request.param / "docs.jsonl.xz", "rt", encoding="utf-8") as lines:
        documents = map(json.loads, islice(lines, SOUND))
        return [f"{document['title']}\n\n{document['text']}" for document in documents]


def test_no_sound_document_is_changed(texts):
    assert [text for text in texts if repair(text).text != text] == []


@pytest.mark.parametrize("read_as", ["latin-1", "cp1252"])
@pytest.mark.parametrize("encoding", list(Encoding))
def test_of_documents_in_an_old_encoding_hardly_a_character_is_wrong(texts, encoding, read_as):
    written = list(islice((text for text in texts if can_be_written(text, encoding)), WRITTEN))
    total = wrong = 0
    for text in map(compose, written):
        found = repair(misread(text, encoding, read_as)).text
        if encoding is Encoding.TCVN3:
            text, found = text.lower(), found.lower()
        total += len(text)
        wrong += len(text) - matching(text, found)
    assert len(written) == WRITTEN
    assert wrong <= 0.001 * total


def matching(text, found):
    """How many characters of the first text are where they belong in the second."""
    if text == found:
        return len(text)
    return sum(block.size for block in SequenceMatcher(None, text, found, autojunk=False).get_matching_blocks())


def can_be_written(text, encoding):
    try:
        return bool(encode(text, encoding))
    except UnicodeEncodeError:
        return False
