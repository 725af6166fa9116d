"""The labelled lines of a page: `Ngày xuất bản: …`, `Lượt đọc: …`, `Tác giả: …`, several on a line perhaps."""

import re
from dataclasses import dataclass
from enum import StrEnum

from cms.core.importing.chrome import without_bullet
from cms.core.importing.lines import Line

MAX_READS = 2**31 - 1  # what the database's column holds


class FieldKind(StrEnum):
    DATE = "date"
    READS = "reads"
    AUTHOR = "author"
    SOURCE = "source"
    ADDRESS = "address"


@dataclass(frozen=True)
class Field:
    kind: FieldKind
    value: str


_LABELS = {
    FieldKind.DATE: r"(?:(?:ngày|thời gian|giờ) )?(?:xuất bản|đăng|đưa tin|cập nhật|viết|gửi|tạo|phát hành"
    r"|đăng tin|đăng bài)(?: ngày| lúc| lần cuối| tin| bài)?|ngày",
    FieldKind.READS: r"(?:tổng )?(?:số )?(?:lượt|lần|người) (?:đọc|xem|truy cập)|đã (?:xem|đọc)|lượt|xem",
    FieldKind.AUTHOR: r"(?:các )?tác giả(?: bài viết)?|(?:tin|bài|tin bài|tin, bài)(?:(?: và|,| -|/) ?ảnh)?"
    r"|người (?:viết|đăng|đưa tin|thực hiện)"
    r"|bài viết|thực hiện",
    FieldKind.SOURCE: r"nguồn(?: tin| bài)?",
    FieldKind.ADDRESS: r"url|địa chỉ|đường dẫn|link",
}
_WEB = r"https?://\S+"
_PATTERNS = [
    (FieldKind.ADDRESS, re.compile(rf"(?:{_LABELS[FieldKind.ADDRESS]}) ?: ?(?={_WEB})", re.IGNORECASE)),
    *(
        (kind, re.compile(rf"(?:{_LABELS[kind]}) ?: ?", re.IGNORECASE))
        for kind in (FieldKind.DATE, FieldKind.READS, FieldKind.AUTHOR, FieldKind.SOURCE)
    ),
    # Without a colon only in front of a digit: `Đăng ngày 10/11/2023`, `Cập nhật lúc 14:28`.
    (FieldKind.DATE, re.compile(rf"(?:{_LABELS[FieldKind.DATE]}) (?=[0-9])", re.IGNORECASE)),
]
_READS_BEHIND = re.compile(r"(?P<reads>[0-9][0-9., ]*) (?:lượt|lần|người) (?:đọc|xem|truy cập)", re.IGNORECASE)
# Where another field may begin in the same line.
_SEPARATOR = re.compile(
    r" ?\|+ ?| [-–•] (?=[^\W\d_]+(?: [^\W\d_]+){0,3} ?:)"
    rf"| (?=(?:ngày (?:xuất bản|đăng|cập nhật)|{_LABELS[FieldKind.READS].removesuffix('|lượt|xem')}|tác giả|nguồn) ?:)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[0-9]{1,3}(?:[., ][0-9]{3})+|[0-9]+")
_MAX_LINE = 250  # characters; what is longer is a paragraph


def fields_of(line: Line) -> list[Field]:
    """The fields that the line consists of; none if its first part is not one."""
    if len(line.text) > _MAX_LINE:
        return []
    fields = [_field(part.strip(" ,;[]")) for part in _SEPARATOR.split(without_bullet(line.text)) if part.strip()]
    return [field for field in fields if field] if fields and fields[0] else []


def _field(text: str) -> Field | None:
    for kind, pattern in _PATTERNS:
        if label := pattern.match(text):
            return Field(kind, text[label.end() :].strip())
    behind = _READS_BEHIND.fullmatch(text.strip("()"))
    return Field(FieldKind.READS, behind["reads"]) if behind else None


def parse_reads(text: str) -> int | None:
    """`3073`, `1.234`, `1,234 lượt` as a number; None for anything else and for what no portal ever counted."""
    found = _NUMBER.match(text)
    if not found or not re.fullmatch(r"(?: ?(?:lượt|lần|người)(?: (?:đọc|xem))?)?", text[found.end() :].strip(" .)")):
        return None
    reads = int(re.sub("[^0-9]", "", found[0]))
    return reads if reads <= MAX_READS else None
