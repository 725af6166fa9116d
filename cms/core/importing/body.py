"""Which paragraphs are text, which headings, and which captions of pictures that did not come along."""

import re
from dataclasses import replace

from django.utils.translation import gettext as _

from cms.core.importing.lines import Line, ends_sentence
from cms.core.importing.values import BlockKind, Doubt, ImportedBlock, NoArticle, Picture, Rich, Unreadable

_MAX_CAPTION = 400  # characters; the longest captions are lists of everybody in the picture
_MAX_HEADING = 160  # characters
_MAX_CAPTION_RUN = 3  # more short lines in a row are a list or a poem
_NUMBERED = re.compile(
    r"(?:[IVX]{1,5}|[0-9]{1,2}(?:\.[0-9]{1,2})*)[.)/] ?(?=[^\W\d_])|(?:phần|mục|chương) (?:[IVX]+|[0-9]+|thứ)\b", re.I
)
_ITEM = re.compile(r"[-–+*•●▪○] ?\S|[a-zđ0-9]{1,2}[).] ", re.IGNORECASE)
_CREDIT = re.compile(r"(?:\(|[-–] ?|^)(?:ảnh|nguồn ảnh)(?: minh họa| tư liệu)? ?:", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\([^()]{8,}(?:\([^()]*\)[^()]*)*\)\.?")
# Words after which no complete text ends.
_OPEN_END = re.compile(
    r"(?:,|(?<!\w)(?:và|của|các|những|tại|về|cho|với|để|trong|là|được|bị|do|từ|đến|theo|trên|dưới|giữa"
    r"|hoặc|một|mỗi|đã|đang|sẽ))$",
    re.IGNORECASE,
)

_TEXTS = frozenset({BlockKind.TEXT, BlockKind.RICH, BlockKind.HEADING, BlockKind.CAPTION})
_SENTENCE_WITHIN = re.compile(r"[^\W\d_]{2,}[.!?] [^\W\d_a-z]")


def blocks_of(paragraphs: list[Line]) -> list[ImportedBlock]:
    """Each paragraph with its kind, and the pictures and files that came with it in their places."""
    shorts = [_may_be_caption(line.text) for line in paragraphs]
    blocks: list[ImportedBlock] = []
    for number, line in enumerate(paragraphs):
        rich = line.rich or Rich()
        kind = rich.kind or _kind(line.text, shorts, number)
        blocks += map(_picture_block, rich.pictures)
        if kind is BlockKind.CAPTION and blocks and _wants_caption(blocks[-1]):
            blocks[-1] = replace(blocks[-1], text=line.text)
        elif kind is BlockKind.TABLE:
            blocks.append(ImportedBlock(kind, rich.html, rows=rich.rows))
        else:
            blocks.append(ImportedBlock(kind, line.text, html=rich.html))
        blocks += [ImportedBlock(BlockKind.FILE, title, source=address) for title, address in rich.files]
        blocks += map(_picture_block, rich.pictures_behind)
    return blocks


def _picture_block(picture: Picture) -> ImportedBlock:
    return ImportedBlock(BlockKind.PICTURE, picture.caption, source=picture.source, alt=picture.alt)


def _wants_caption(block: ImportedBlock) -> bool:
    return block.kind is BlockKind.PICTURE and not block.text


def check_complete(blocks: list[ImportedBlock], has_byline: bool) -> list[Doubt]:
    """Doubts about the end of the text. Raises Unreadable where there is none, or where it breaks off."""
    texts = [block for block in blocks if block.kind in _TEXTS]
    if not any(block.kind in {BlockKind.TEXT, BlockKind.RICH} for block in texts):
        raise NoArticle(_("no text below title and date"))
    last = texts[-1]
    if has_byline or ends_sentence(last.text):
        return []
    if _breaks_off(last):
        ending = {"ending": last.text[-40:]}
        raise Unreadable(
            _("truncated? The text breaks off: “…%(ending)s”. If it is complete, give it a full stop.") % ending
        )
    return [Doubt(_("the text ends without a full stop: “…%(ending)s”") % {"ending": last.text[-40:]})]


def _breaks_off(last: ImportedBlock) -> bool:
    """Whether an end without a full stop is no caption either: too long, open, or with a sentence before it."""
    if _CREDIT.search(last.text):
        return False
    is_long = last.kind is BlockKind.TEXT and not _ITEM.match(last.text) and len(last.text) > _MAX_CAPTION
    is_open = _OPEN_END.search(last.text) or any(
        last.text.count(pair[0]) > last.text.count(pair[1]) for pair in ("()", "“”")
    )
    return bool(is_long or is_open or _SENTENCE_WITHIN.search(last.text))


def _kind(text: str, shorts: list[bool], number: int) -> BlockKind:
    if _is_heading(text) and number + 1 < len(shorts):
        return BlockKind.HEADING
    if _CREDIT.search(text) and len(text) <= _MAX_CAPTION:
        return BlockKind.CAPTION
    if shorts[number] and _run_length(shorts, number) <= _MAX_CAPTION_RUN and not all(shorts):
        return BlockKind.CAPTION
    return BlockKind.TEXT


def _may_be_caption(text: str) -> bool:
    """No sentence and no item of a list, or all of it in brackets."""
    if len(text) > _MAX_CAPTION or _is_heading(text) or _ITEM.match(text):
        return False
    return bool(_IN_BRACKETS.fullmatch(text)) or not ends_sentence(text)


def _is_heading(text: str) -> bool:
    """`1. Công tác tổ chức`, `I. MỤC ĐÍCH`, `KẾT QUẢ NỔI BẬT`: numbered or in capitals, no sentence."""
    if len(text) > _MAX_HEADING or ends_sentence(text):
        return False
    return bool(_NUMBERED.match(text)) or (text.isupper() and len(text.split()) > 1)


def _run_length(shorts: list[bool], number: int) -> int:
    start = end = number
    while start and shorts[start - 1]:
        start -= 1
    while end + 1 < len(shorts) and shorts[end + 1]:
        end += 1
    return end - start + 1
