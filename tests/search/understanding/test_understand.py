import pytest

from search.understanding.thesaurus import Thesaurus
from search.understanding.understand import STEPS, understand
from tests.search.understanding.corpus import knowledge


def read(text, steps=tuple(STEPS), literal=False, **others):
    return understand(text, knowledge(**others), steps, literal=literal)


def alternatives(understood):
    return [" ".join(alternative.words) for alternative in understood.alternatives]


def preferred(understood, name):
    return [preference.value for preference in understood.preferences if preference.name == name]


# Keystrokes


@pytest.mark.parametrize("text", ["truowngf chinhs trij", "truong72 chinh1 tri5", "TRUOWNGF CHINHS TRIJ"])
def test_raw_keystrokes_are_read(text):
    understood = read(text)
    assert understood.tokens == ("trường", "chính", "trị")
    assert understood.showing_results_for == "trường chính trị"


@pytest.mark.parametrize("text", ["windows", "covid19", "444-KH", "test", "trường chính trị", "truong chinh tri", "TW"])
def test_ordinary_words_and_codes_are_no_keystrokes(text):
    assert read(text, steps=["numbers", "keystrokes"]).showing_results_for == ""


def test_quoted_words_are_read_too_and_stay_a_phrase():
    understood = read('"hooij nghij" toongr keets')
    assert understood.phrases == (("hội", "nghị"),)
    assert understood.showing_results_for == '"hội nghị" tổng kết'


# Spelling


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("hội nghj tổng kết", "hội nghị tổng kết"),
        ("hoi ngi tong ket", "hoi nghi tong ket"),
        ("hội nghhị tổng kết", "hội nghị tổng kết"),
        ("hoi nghi togn ket", "hoi nghi tong ket"),
        ("hoi nghi tong jet", "hoi nghi tong ket"),
        ("lông thôn mới", "nông thôn mới"),
        ("xinh hoạt chuyên đề", "sinh hoạt chuyên đề"),
        ("trồng cai xây nhà", "trồng cây xây nhà"),
        ("giảng viên rạy giỏi", "giảng viên dạy giỏi"),
        ("hội nghỉ tổng kết", "hội nghị tổng kết"),
        ("bồi dưởng cán bộ", "bồi dưỡng cán bộ"),
    ],
)
def test_a_slip_is_corrected(text, meant):
    assert read(text).showing_results_for == meant


@pytest.mark.parametrize(
    "text", ["hội nghị tổng kết", "hoi nghi tong ket", "trường chính trị tỉnh", "nông thôn", "k2 x9", "Yamaguchi"]
)
def test_what_is_right_or_like_nothing_known_stays(text):
    understood = read(text)
    assert (understood.showing_results_for, understood.did_you_mean) == ("", "")


def test_a_literal_question_is_not_corrected():
    understood = read("hội nghj truowngf", literal=True)
    assert understood.tokens == ("hội", "nghj", "truowngf")
    assert understood.showing_results_for == ""


def test_what_stands_in_a_document_as_typed_is_not_rewritten_but_asked_about():
    understood = read("hội nghj tổng kết", holds=lambda phrases: [True] * len(phrases))
    assert understood.showing_results_for == ""
    assert understood.did_you_mean == "hội nghị tổng kết"
    assert "nghị" in alternatives(understood)


def test_a_word_that_is_gone_from_the_index_is_never_shown():
    understood = read("hội nghj tổng kết", holds=lambda phrases: [False] * len(phrases))
    assert (understood.showing_results_for, understood.did_you_mean) == ("", "")


def test_a_word_that_is_new_in_the_index_is_no_slip():
    def holds(phrases):
        return [phrase != phrases[0] for phrase in phrases]

    assert read("hội nghj tổng kết", holds=holds).showing_results_for == ""


def test_the_index_is_not_asked_about_a_sound_question():
    def holds(phrases):
        raise AssertionError(phrases)

    assert read("hội nghị tổng kết", holds=holds).tokens


def test_a_quoted_word_is_not_corrected():
    assert read('"hội nghj" tổng kết').tokens == ("hội", "nghj", "tổng", "kết")


# Abbreviations and synonyms


def test_an_abbreviation_finds_its_long_form_and_the_other_way():
    assert read("UBND tỉnh").expanded == ("Ủy ban nhân dân",)
    assert read("ubnd tinh").expanded == ("Ủy ban nhân dân",)
    assert read("uy ban nhan dan tinh").expanded == ("UBND",)
    assert read("GS.TS. Nguyễn Văn A").expanded == ("giáo sư, tiến sĩ",)
    assert read("Đ/c Bí thư").expanded[0] == "đồng chí"


def test_an_ambiguous_abbreviation_is_read_by_its_neighbours():
    assert read("trường CT tỉnh").expanded == ("chính trị",)
    assert len(read("CT").expanded) > 2


def test_an_abbreviation_that_is_a_syllable_counts_in_capitals_only():
    assert read("TU ban hành").expanded == ("Tỉnh ủy",)
    assert read("tu tuong").expanded == ()
    assert read("TU TUONG").expanded == ()


def test_the_longest_abbreviation_is_taken():
    assert read("BCHTW họp").expanded == ("Ban Chấp hành Trung ương",)
    assert read("PGS.TS. B").expanded == ("phó giáo sư, tiến sĩ",)


def test_editors_synonyms_are_looked_for_beside_the_words():
    synonyms = Thesaurus([("hội thảo", "tọa đàm"), ("hội thảo khoa học", "diễn đàn")])
    assert read("hoi thao", synonyms=synonyms).expanded == ("tọa đàm",)
    assert read("Hội thảo khoa học", synonyms=synonyms).expanded == ("diễn đàn",)
    assert read("tọa đàm", synonyms=synonyms).expanded == ()


# Document numbers


@pytest.mark.parametrize(
    "text",
    [
        "444-KH/CTĐ",
        "444 kh ctd",
        "số 444/KH-CTĐ",
        "Kế hoạch 444",
        "kế hoạch số 444 của cụm",
        "KH 444",
        "Số: 444 – KH/CTĐ",
    ],
)
def test_a_document_number_is_found_in_whatever_spelling(text):
    understood = read(text)
    assert preferred(understood, "number") == preferred(understood, "cited") == ["444-KH/CTĐ"]
    assert understood.showing_results_for == ""


def test_the_issuer_decides_if_it_is_named():
    assert preferred(read("11 qd tw"), "number") == ["11-QĐ/TW"]
    assert preferred(read("QĐ 11"), "number") == ["11-QĐ/TW", "11/QĐ-UBND"]
    assert preferred(read("nghị định 15/2023/NĐ-CP"), "number") == ["15/2023/NĐ-CP"]
    assert preferred(read("nghị định 15"), "number") == ["15/2023/NĐ-CP"]


@pytest.mark.parametrize(
    "text", ["444", "ngày 11 tháng 11", "2021 - 2025", "COVID-19", "15 giảng viên", "1111111111 KH"]
)
def test_other_numbers_are_none(text):
    assert preferred(read(text), "number") == []


def test_the_document_comes_before_those_that_cite_it():
    scores = {preference.name: preference.score for preference in read("444-KH/CTĐ").preferences if preference.name}
    assert scores["number"] > scores["cited"] > 100


# Time


def test_a_year_in_the_question_is_preferred_and_recent_pages_are_otherwise():
    assert preferred(read("hội nghị 2023"), "year") == ["2023"]
    recent = read("hội nghị").preferences
    assert [preference.since for preference in recent] == sorted((p.since for p in recent), reverse=True)
    assert all(preference.name == "" for preference in recent)


def test_a_number_that_is_no_year_of_ours_is_none():
    assert preferred(read("phòng 1234"), "year") == []
    assert preferred(read("tầm nhìn 2045"), "year") == []


def test_recency_is_the_same_the_whole_day():
    assert read("tin").preferences == read("tin", now=knowledge().now.replace(hour=23)).preferences


# The steps


@pytest.mark.parametrize("step", STEPS)
def test_each_step_can_be_switched_off(step):
    text = 'truowngf CT UBND 444-KH/CTĐ "hội nghj" 2023'
    synonyms = Thesaurus([("ubnd", "chính quyền")])
    whole = read(text, synonyms=synonyms)
    assert (
        read(text, steps=[other for other in STEPS if other != step], synonyms=synonyms) != whole or step == "spelling"
    )
    assert read("hội nghj", steps=[]).tokens == ("hội", "nghj")


def test_without_any_step_the_words_stay_and_nothing_is_added():
    understood = read("truowngf hội nghj 2023", steps=[])
    assert understood.tokens == ("truowngf", "hội", "nghj", "2023")
    assert (understood.alternatives, understood.preferences, understood.expanded) == ((), (), ())


@pytest.mark.parametrize("text", ["", "!!!", "-a", '""', "😀", "\0"])
def test_a_question_without_words_is_read_as_such(text):
    assert read(text).tokens == ()
