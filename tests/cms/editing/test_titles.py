"""Titles in capitals become sentences."""

import unicodedata

import pytest

from cms.editing.titles import is_shouted, sentence_case

SCHOOL = "Trường Chính trị tỉnh Khẻo Mây"


@pytest.mark.parametrize(
    ("shouted", "said"),
    [
        ("HỘI NGHỊ TỔNG KẾT NĂM HỌC 2025-2026", "Hội nghị tổng kết năm học 2025-2026"),
        ("TRƯỜNG CHÍNH TRỊ TỈNH KHẺO MÂY ĐÓN HỌC VIÊN", "Trường Chính trị tỉnh Khẻo Mây đón học viên"),
        ("ĐẠI HỘI LẦN THỨ XIV CỦA ĐẢNG", "Đại hội lần thứ XIV của Đảng"),
        ("KỶ NIỆM LẦN VI, KHÔNG VI PHẠM", "Kỷ niệm lần VI, không vi phạm"),
        ("QUÁN TRIỆT NGHỊ QUYẾT SỐ 11-NQ/TW VỀ LLCT", "Quán triệt nghị quyết số 11-NQ/TW về LLCT"),
        ("CUỘC THI “HỌC TẬP VÀ LÀM THEO BÁC HỒ”", "Cuộc thi “Học tập và làm theo Bác Hồ”"),
        ("HỌC VIÊN TỈNH YÊN BÁI THĂM VIỆT NAM", "Học viên tỉnh Yên Bái thăm Việt Nam"),
    ],
)
def test_a_title_in_capitals_is_written_as_a_sentence(shouted, said):
    assert is_shouted(shouted)
    assert sentence_case(shouted, [SCHOOL]) == said


@pytest.mark.parametrize("title", ["", "UBND", "Hội nghị của UBND và HĐND", "2025", "Trao nhà tình nghĩa"])
def test_other_titles_are_left_alone(title):
    assert not is_shouted(title)


def test_letters_that_are_apart_come_out_together():
    apart = unicodedata.normalize("NFD", "HỘI NGHỊ TỔNG KẾT")
    assert sentence_case(apart) == "Hội nghị tổng kết"
