"""Rich text of many paragraphs, whose links are looked up together."""

from collections.abc import Iterable
from functools import cached_property

from wagtail.rich_text import RichText, expand_db_html

_BETWEEN = "\0"  # no database keeps it in a text


class _Paragraphs:
    """The texts of a page: where Wagtail asks for each text where its links lead, this asks once for all of them."""

    def __init__(self, sources: Iterable[str]) -> None:
        self.sources = list(sources)

    @cached_property
    def html(self) -> list[str]:
        return expand_db_html(_BETWEEN.join(self.sources)).split(_BETWEEN)


class Paragraph(RichText):
    """One of several texts. No template: there are dozens on a page, and each would take longer than all else of it."""

    def __init__(self, source: str, all_of_them: _Paragraphs, place: int) -> None:
        super().__init__(source)
        self._all, self._place = all_of_them, place

    def __html__(self) -> str:
        return self._all.html[self._place]


def paragraphs(sources: Iterable[str | None]) -> list[Paragraph]:
    """Rich text as it is stored, to be shown."""
    texts = _Paragraphs(source or "" for source in sources)
    return [Paragraph(source, texts, place) for place, source in enumerate(texts.sources)]
