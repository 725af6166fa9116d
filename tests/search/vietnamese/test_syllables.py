import pytest

from search.vietnamese import fold, normalise
from search.vietnamese.keystrokes import from_telex, from_vni
from search.vietnamese.syllables import TONES, accented_forms, syllables

SOUND = "trường chính trị hòa khỏe thúy quý quyết giếng gì giữ nghiêng ghế yên huỳnh xoong thuở quốc uống ý ủy khuỷu"
FOREIGN = "windows covid test club kông guiné của2 qoa ngi gê kca trươngf hoac tiếnc"


@pytest.mark.parametrize("text", SOUND.split())
def test_what_can_be_said_is_a_syllable(text):
    assert text in syllables()


@pytest.mark.parametrize("text", FOREIGN.split())
def test_nothing_else_is_one(text):
    assert text not in syllables()


def test_the_model_is_complete_and_in_the_projects_spelling():
    assert 17_000 < len(syllables()) < 18_000
    for text, syllable in syllables().items():
        assert normalise(text) == text
        assert syllable.tone in TONES
        assert fold(text) == fold(syllable.letters)


def test_a_stop_at_the_end_leaves_two_tones():
    assert {text for text in accented_forms("cach") if text[1] in "aáàảãạ"} == {"cách", "cạch"}


def test_a_word_without_accents_may_stand_for_several():
    assert {"trường", "trưởng", "trương", "trượng"} <= set(accented_forms("truong"))
    assert accented_forms("windows") == []


_TELEX_LETTERS = {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
_VNI_LETTERS = {"ă": "a8", "â": "a6", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "đ": "d9"}


def typed(syllable, letters, tones):
    """The keys of a syllable, its tone last."""
    keys = "".join(letters.get(letter, letter) for letter in syllable.letters)
    return keys + dict(zip(TONES, tones, strict=True))[syllable.tone]


@pytest.mark.parametrize(
    ("read", "letters", "tones"),
    [(from_telex, _TELEX_LETTERS, ["", *"frsxj"]), (from_vni, _VNI_LETTERS, ["", *"23145"])],
    ids=["telex", "vni"],
)
def test_every_syllable_is_read_from_its_keys(read, letters, tones):
    tones = [tones[0], tones[1], tones[3], tones[2], tones[4], tones[5]]
    for text, syllable in syllables().items():
        # With two o's Telex makes an ô: xoong is typed with three, as nobody does in a search.
        if read is from_telex and "oo" in syllable.letters:
            continue
        keys = typed(syllable, letters, tones)
        assert read(keys) == (None if keys == text else text), (keys, text)


@pytest.mark.parametrize(
    "keys", ["truwowngf", "truowngf", "truwongf", "truongwf", "truonwgf", "truowfng", "truwofng", "truongfw"]
)
def test_marks_and_tone_may_stand_anywhere(keys):
    assert from_telex(keys) == "trường"


@pytest.mark.parametrize("keys", ["dduowcj", "duowcjd", "dduwowcj", "dduocwj", "dduowjc"])
def test_the_bar_of_the_d_may_come_late(keys):
    assert from_telex(keys) == "được"


@pytest.mark.parametrize("keys", ["truong72", "tru7o7ng2", "truo7ng2", "truong27", "tru72ong", "truo72ng"])
def test_digits_may_stand_anywhere(keys):
    assert from_vni(keys) == "trường"


@pytest.mark.parametrize("word", ["windows", "covid19", "444", "2023", "hanoi", "youtube", "a" * 50, "", "được", "xyz"])
def test_what_gives_no_syllable_is_left_alone(word):
    assert from_telex(word) is None
    assert from_vni(word) is None
