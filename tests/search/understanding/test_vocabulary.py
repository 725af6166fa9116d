from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.understanding.vocabulary import EMPTY, Table, count_words
from search.vietnamese import fold_tokens, pairs, tokens

TEXTS = ["Hội nghị tổng kết\nHội nghị", "Hội thi giảng viên", "hoi nghi"]
words = st.lists(st.sampled_from(["hội", "nghị", "thi", "đua", "nghĩ"]), max_size=30)


def test_words_and_pairs_are_counted_as_written_and_without_accents():
    vocabulary = count_words(TEXTS)
    assert vocabulary.exact.count("hội") == pytest.approx(3, rel=0.05)
    assert vocabulary.folded.count("hoi") == pytest.approx(4, rel=0.05)
    assert vocabulary.exact.pairs.count("hội_nghị") == pytest.approx(2, rel=0.05)
    assert vocabulary.folded.pairs.count("hoi_nghi") == pytest.approx(3, rel=0.05)
    assert vocabulary.folded.count("khong") == 0
    assert (vocabulary.folded.size, vocabulary.documents) == (12, 3)


@settings(max_examples=100, deadline=None)
@given(st.lists(words.map(" ".join), max_size=10))
def test_every_count_is_within_five_per_cent(texts):
    vocabulary = count_words(texts)
    expected = Counter(token for text in texts for token in fold_tokens(tokens(text)))
    expected_pairs = Counter(pair for text in texts for pair in pairs(tokens(text)))
    for word, count in expected.items():
        assert vocabulary.folded.count(word) == pytest.approx(count, rel=0.05)
    for pair, count in expected_pairs.items():
        assert vocabulary.exact.pairs.count(pair) == pytest.approx(count, rel=0.05)


def test_a_table_is_the_same_after_it_was_kept_as_bytes():
    table = count_words(TEXTS).folded.words
    again = Table.from_bytes(table.to_bytes())
    assert (again.hashes, again.logs) == (table.hashes, table.logs)
    assert len(table.to_bytes()) == 5 * len(table.hashes)


def test_what_is_no_table_is_refused():
    with pytest.raises(ValueError, match="whole number"):
        Table.from_bytes(b"123")


def test_an_empty_vocabulary_knows_nothing():
    assert EMPTY.exact.count("hội") == 0
    assert not EMPTY.folded.attract("hoi", "nghi")
    assert EMPTY.folded.log_probability("hoi", "nghi") < 0


def test_words_that_belong_together_attract_each_other():
    vocabulary = count_words(["hội nghị", "thi đua"] * 30 + ["hội thi", "nghị đua"])
    assert vocabulary.exact.attract("hội", "nghị")
    assert not vocabulary.exact.attract("hội", "thi")
    assert not vocabulary.exact.attract("hội", "đua")
