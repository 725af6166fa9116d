import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.understanding.question import phrases, take_apart
from search.vietnamese import tokens

quick = settings(max_examples=300, deadline=None)


def wanted(text):
    return [word.token for word in take_apart(text).words]


def test_words_in_quotes_are_a_phrase_and_words_after_a_hyphen_are_left_out():
    question = take_apart('“Hội nghị” tổng kết -2022 -"thi đua"')
    assert [word.token for word in question.words] == ["hội", "nghị", "tổng", "kết"]
    assert phrases(question.words) == (("hội", "nghị"),)
    assert question.without == (("2022",), ("thi", "đua"))


@pytest.mark.parametrize("text", ["444-KH/CTĐ", "2021 - 2025", "kinh tế - xã hội", "Mác-Lênin", "a- b"])
def test_a_hyphen_within_words_or_alone_leaves_nothing_out(text):
    assert take_apart(text).without == ()
    assert wanted(text) == tokens(text)


def test_a_quote_that_is_never_closed_ends_with_the_text():
    assert phrases(take_apart('hội "nghị tổng').words) == (("nghị", "tổng"),)


@pytest.mark.parametrize("text", ['""', '"', "-", '-"', "--", '" "', "- -", "“”", "number:444 AND (x OR y)~*?\\"])
def test_no_character_is_an_error(text):
    take_apart(text)


def test_the_question_is_spelled_as_a_reader_would_type_it():
    question = take_apart('hội  "Nghị  tổng" -kết -"thi đua" năm')
    assert question.spelled(question.words) == 'hội "nghị tổng" năm -kết -"thi đua"'


@quick
@given(st.text(st.sampled_from(' -"“”ab1ấđ_.😀\0\u0301'), max_size=30))
def test_every_word_is_wanted_or_left_out(text):
    question = take_apart(text)
    left_out = sum(map(len, question.without))
    assert len(question.words) + left_out == len(tokens(text))
    assert all(question.without)
    again = take_apart(question.spelled(question.words))
    assert [word.token for word in again.words] == [word.token for word in question.words]
    assert again.without == question.without
