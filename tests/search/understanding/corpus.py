"""Texts whose words questions are corrected by, and what questions are read with."""

from datetime import UTC, datetime

from search.understanding.abbreviations import shipped
from search.understanding.reading import Knowledge
from search.understanding.spelling import Speller
from search.understanding.thesaurus import Thesaurus
from search.understanding.vocabulary import count_words

SENTENCES = [
    "Trường Chính trị tỉnh tổ chức hội nghị tổng kết phong trào thi đua yêu nước",
    "Hội nghị tổng kết công tác đào tạo, bồi dưỡng cán bộ năm học",
    "Giảng viên dạy giỏi cấp tỉnh tham gia hội thi của Học viện",
    "Nghiên cứu khoa học và lý luận chính trị ở Trường Chính trị",
    "Ủy ban nhân dân tỉnh ban hành kế hoạch xây dựng nông thôn mới",
    "Sinh hoạt chuyên đề về tư tưởng và đạo đức của Chủ tịch Hồ Chí Minh",
    "Lễ khai giảng lớp trung cấp lý luận chính trị",
    "Đoàn thanh niên trồng cây, xây nhà cho người nghèo",
]
VOCABULARY = count_words(SENTENCES * 25)
NUMBERS = {444: ["444-KH/CTĐ"], 11: ["11-QĐ/TW", "11/QĐ-UBND"], 15: ["15/2023/NĐ-CP", "15-KH/TU"]}


def knowledge(**others):
    """What questions are read with; `holds` says that no document has a whole question, and every word."""
    values = {
        "speller": Speller(VOCABULARY),
        "abbreviations": shipped(),
        "synonyms": Thesaurus(),
        "known_numbers": lambda serial: NUMBERS.get(serial, ()),
        "holds": lambda phrases: [False] + [number >= len(phrases) // 2 for number in range(len(phrases) - 1)],
        "now": datetime(2024, 6, 1, 9, 30, tzinfo=UTC),
    }
    return Knowledge(**(values | others))
