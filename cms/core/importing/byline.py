"""Who wrote an article, from its last lines: `Ths. Phạm Thị Thu Hà`, below it `Giảng viên Trường Chính trị tỉnh`."""

import re

from cms.core.importing.fields import FieldKind, fields_of
from cms.core.importing.lines import Line
from cms.core.importing.values import ImportedAuthor

_TITLE = (
    r"(?:pgs|gs|ts|ths|tsnd|cn|bs|ks|ls|ncs|gvc|gvcc|gv|cvc|cv|ncvc|ngưt|ngnd|thạc sĩ|thạc sỹ|tiến sĩ|tiến sỹ|cử nhân"
    r"|phó giáo sư|giáo sư|đồng chí|đ/c|nhà giáo|giảng viên chính|giảng viên|học viên)"
)
_TITLES = re.compile(rf"(?:{_TITLE}(?!\w)[.,:\- –]*)+", re.IGNORECASE)
# What a post or a unit begins with or holds, and no person's name.
_UNIT = re.compile(
    r"(?<!\w)(?:khoa|phòng|ban|trường|học viện|viện|trung tâm|tổ|lớp|đảng (?:bộ|ủy|uỷ)|chi bộ|chi đoàn|đoàn thanh niên"
    r"|công đoàn|hội|sở|tỉnh|huyện|ủy|uỷ|ubnd|giảng viên|học viên|trưởng|phó|hiệu|bí thư|giám đốc|chủ tịch"
    r"|chuyên viên|nhân viên|cán bộ|báo|tạp chí|nguyên|biên tập|văn phòng|hành chính|chính trị)(?!\w)",
    re.IGNORECASE,
)
# What people do in captions: `Đồng chí Nguyễn Văn A, Bí thư Tỉnh ủy phát biểu` is no byline.
_ACTION = re.compile(
    r"(?<!\w)(?:phát biểu|trao|tặng|nhận|chụp|khai mạc|bế mạc|chủ trì|tham dự|dự|báo cáo|trình bày|thảo luận|thăm|tại"
    r"|kết luận|chỉ đạo|điều hành|chúc mừng|tổ chức|đạt|tham gia|trả lời|giới thiệu|công bố|đón|tiếp)(?!\w)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r" [-–—] | ?[;&] ?|, ?| và ", re.IGNORECASE)
_END = re.compile(r"[ .,;/]+$")
_FROM = re.compile(r"\(?theo:? (?P<source>[^.!?]{2,80}?)\)?", re.IGNORECASE)
MAX_LENGTH = 255  # characters of a name or a post, in all lines
_MAX_POST = 160  # characters, in a line
_MAX_LINES = 8
_INDENTED = 8  # columns; bylines are often pushed to the right with spaces


def byline_of(paragraphs: list[Line]) -> tuple[list[ImportedAuthor], str, int]:
    """The authors, the source and the number of paragraphs before them: those from there on are the byline.

    The longest run of last paragraphs that holds nothing but names, their posts, and sources.
    """
    for start in range(max(0, len(paragraphs) - _MAX_LINES), len(paragraphs)):
        if (found := _understood(paragraphs[start:])) is not None:
            return *found, start
    return [], "", len(paragraphs)


def opening_byline(paragraphs: list[Line]) -> tuple[list[ImportedAuthor], int]:
    """The same above the text, where journals put it; only after an academic title. With paragraphs used."""
    for end in range(min(4, len(paragraphs)), 0, -1):
        if all(_TITLES.match(line.text) or _is_post(line) for line in paragraphs[:end]):
            found = _understood(paragraphs[:end])
            if found is not None and found[0] and _TITLES.match(paragraphs[0].text):
                return found[0], end
    return [], 0


def authors_of(text: str) -> list[ImportedAuthor]:
    """The people in a line: `Nguyễn Văn A - Khoa Xây dựng Đảng`, `Thu Hà, Văn Nam`. Posts follow their people."""
    authors: list[ImportedAuthor] = []
    for part in _parts(_END.sub("", text.strip(" ()"))):
        if is_name(part) or not authors:
            authors.append(ImportedAuthor(part))
        else:
            post = ", ".join(filter(None, (authors[-1].post, part)))
            authors[-1] = ImportedAuthor(authors[-1].name, post)
    return authors


def is_name(text: str) -> bool:
    """Whether `text` is a person's name, with academic titles perhaps: two to five capitalised words."""
    titles = _TITLES.match(text)
    name = text[titles.end() :] if titles else text
    words = name.split()
    if not (1 if titles else 2) <= len(words) <= (6 if titles else 5):
        return False
    return all(word[0].isupper() and word.replace(".", "").isalpha() for word in words) and not _UNIT.match(name)


def without_titles(text: str) -> str:
    """A name as printed, without academic titles and forms of address."""
    titles = _TITLES.match(text)
    return text[titles.end() :] if titles else text


def is_unit(text: str) -> bool:
    """Whether `text` begins as a post or a unit does, not a name: `Khoa …`, `Phó Hiệu trưởng …`."""
    return bool(_UNIT.match(text))


def _parts(text: str) -> list[str]:
    """`Nguyễn Văn A (Khoa Lý luận cơ sở)` and the like, cut into names and posts. Commas after titles cut nothing."""
    titles = _TITLES.match(text)
    start = titles.end() if titles else 0
    opened = re.sub(r" ?\(([^()]*)\)?", r"; \1", text[start:])
    parts = [part.strip() for part in _SEPARATOR.split(opened) if part.strip()]
    if not parts:
        return [text]
    return [text[:start] + parts[0], *parts[1:]]


def _understood(lines: list[Line]) -> tuple[list[ImportedAuthor], str] | None:
    """The authors and the source, if every line is part of a byline; None otherwise."""
    authors: list[ImportedAuthor] = []
    source = ""
    for line in lines:
        if labelled := _labelled(line):
            authors += labelled[0]
            source = labelled[1] or source
        elif _is_people(line):
            authors += authors_of(line.text)
        elif authors and _is_post(line):
            post = ", ".join(filter(None, (authors[-1].post, _END.sub("", line.text.strip("() ")))))
            authors[-1] = ImportedAuthor(authors[-1].name, post)
        elif line.indent >= _INDENTED and _UNIT.match(line.text) and _is_short(line):
            authors.append(ImportedAuthor(_END.sub("", line.text)))  # `Phòng Đào tạo`, pushed to the right
        else:
            return None
    is_printable = all(len(author.name) <= MAX_LENGTH and len(author.post) <= MAX_LENGTH for author in authors)
    return (authors, source) if is_printable else None


def _labelled(line: Line) -> tuple[list[ImportedAuthor], str] | None:
    """`Tác giả: …`, `Nguồn: …`, `Theo …`."""
    text = line.text.strip("() ")
    fields = fields_of(Line(text))
    if not fields or not all(field.kind in {FieldKind.AUTHOR, FieldKind.SOURCE, FieldKind.ADDRESS} for field in fields):
        found = _FROM.fullmatch(_END.sub("", line.text))
        return ([], found["source"].strip()) if found and found["source"][0].isupper() else None
    if any(len(field.value) > _MAX_POST or not field.value for field in fields):
        return None
    authors = [author for field in fields if field.kind is FieldKind.AUTHOR for author in authors_of(field.value)]
    return authors, next((field.value for field in fields if field.kind is not FieldKind.AUTHOR), "")


def _is_people(line: Line) -> bool:
    """Names, with posts behind a dash or comma; a sentence that begins with a name is none."""
    if not _is_short(line):
        return False
    first, *rest = _parts(_END.sub("", line.text.strip("() ")))
    return is_name(first) and all(is_name(part) or _UNIT.match(part) for part in rest)


def _is_post(line: Line) -> bool:
    return _is_short(line) and bool(_UNIT.match(line.text.strip("( ")))


def _is_short(line: Line) -> bool:
    text = _TITLES.sub("", line.text)
    return len(text) <= _MAX_POST and not re.search(r"[.!?] +\S|[!?…:]$", text) and not _ACTION.search(text)
