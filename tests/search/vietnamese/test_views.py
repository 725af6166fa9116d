import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.vietnamese import (
    Views,
    compose,
    fold,
    fold_tokens,
    lower,
    normalise,
    pairs,
    prefixes,
    respell,
    tokens,
    typed_pairs,
    views,
    words,
)

texts = st.one_of(
    st.text(st.characters()),
    st.text("aàăâếoơuưyđHTQ _-.,“”…/·1²\xa0\u200b\u3000\n\0\ud800😀\u0323\u0302", max_size=40),
    st.text("aĐ", min_size=60, max_size=70),
)
quick = settings(max_examples=200, deadline=None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trường Chính trị tỉnh Hoà Bình", ["trường", "chính", "trị", "tỉnh", "hòa", "bình"]),
        ("Kế hoạch số 444-KH/CTĐ", ["kế", "hoạch", "số", "444", "kh", "ctđ"]),
        ("11-QĐ/TW ngày 19/5/2021", ["11", "qđ", "tw", "ngày", "19", "5", "2021"]),
        ("TP.HCM, 1.500.000 đồng", ["tp", "hcm", "1", "500", "000", "đồng"]),
        ("www.yenbai.gov.vn ke_hoach", ["www", "yenbai", "gov", "vn", "ke", "hoach"]),
        ("“Đổi\xa0mới”–sáng\u3000tạo…😀vui", ["đổi", "mới", "sáng", "tạo", "vui"]),
        ("Trươ\u0300ng", ["trường"]),
        ("北京 Москва", ["北京", "Москва"]),
        ("…😀 _ -\0\ud800", []),
        ("", []),
    ],
)
def test_a_text_is_split_into_syllables_and_numbers(text, expected):
    assert tokens(text) == expected


def test_a_token_is_cut_to_64_characters_not_split():
    assert tokens("x" * 200 + " ngắn") == ["x" * 64, "ngắn"]


@quick
@given(texts)
def test_tokens_are_the_runs_of_letters_and_digits(text):
    assert words(text) == [run[:64] for run in re.findall(r"[^\W_]+", lower(normalise(text)))]
    assert tokens(text) == [respell(word) for word in words(text)]


def test_i_and_y_are_one_where_both_are_right():
    assert tokens("Lý luận, công ty, Kỹ sư, y tế, QUÝ") == tokens("Lí luận, công ti, Kĩ sư, i tế, QUÍ")
    assert tokens("thủy yên huy lady sky quynh") == ["thủy", "yên", "huy", "lady", "sky", "quynh"]


def test_a_syllable_of_y_may_still_become_a_longer_one_while_it_is_typed():
    assert {"qui", "quye"} <= set(prefixes("Quyết định").split())


@quick
@given(texts)
def test_a_token_can_always_be_indexed(text):
    for token in tokens(text):
        assert token.isalnum()
        assert token.split() == [token]
        assert token.encode()
        assert 1 <= len(token) <= 64


@quick
@given(texts)
def test_a_text_as_typed_composed_or_normalised_has_the_same_views(text):
    assert views(text) == views(compose(text)) == views(normalise(text))


@quick
@given(texts)
def test_the_engines_read_the_same_tokens_from_the_views(text):
    exact = tokens(text)
    made = views(text)
    assert made.exact.split(" ") == (exact or [""])
    assert made.folded == fold(made.exact) == " ".join(fold_tokens(exact))
    assert made.exact_pairs.split(" ") == (pairs(exact) or [""])
    assert made.folded_pairs == fold(made.exact_pairs) == " ".join(pairs(fold_tokens(exact)))


def test_the_four_views_of_a_title():
    assert views("Hội nghị Tổng kết") == Views(
        exact="hội nghị tổng kết",
        folded="hoi nghi tong ket",
        exact_pairs="hội_nghị nghị_tổng tổng_kết",
        folded_pairs="hoi_nghi nghi_tong tong_ket",
    )


@pytest.mark.parametrize(("few", "expected"), [([], []), (["a"], []), (["a", "b"], ["a_b"])])
def test_fewer_than_two_tokens_make_no_pair(few, expected):
    assert pairs(few) == expected


def test_prefixes_are_what_a_reader_may_have_typed_so_far():
    assert prefixes("Xã Bò").split() == ["x", "xa", "_x", "_xa", "b", "bo", "xa_b", "xa_bo"]


def test_a_long_word_is_found_by_its_first_12_characters_and_whole():
    found = [prefix for prefix in prefixes("nghiêncứukhoahọc").split() if not prefix.startswith("_")]
    assert found == [*("nghiencuukho"[:n] for n in range(1, 13)), "nghiencuukhoahoc"]


@pytest.mark.parametrize("typed", ["hoi", "hoi n", "hoi ngh", "hoi nghi tong ke"])
def test_what_is_typed_from_the_beginning_is_among_a_titles_prefixes(typed):
    assert set(typed_pairs(typed.split())) <= set(prefixes("Hội nghị tổng kết").split())


def test_a_word_with_foreign_accents_is_found_without_them():
    assert views("Ĥy").folded == views("hy").folded


@quick
@given(texts)
def test_every_prefix_begins_a_token_and_comes_once(text):
    found = prefixes(text).split()
    folded = fold_tokens(tokens(text))
    assert len(found) == len(set(found))
    starts = {respell(token[:length]) for token in folded for length in range(1, 65)}
    assert all(prefix.split("_")[-1] in starts for prefix in found)
    assert set(folded) <= set(found)
