"""Which section of the site takes what stood in a section of the old portal."""

from collections.abc import Mapping

from cms.news.models import NewsIndexPage
from search.vietnamese import tokens


class Sections:
    """The sections of one run. Each is held once: what was added below it must be known when more is added."""

    def __init__(self, otherwise: NewsIndexPage, mapping: Mapping[str, NewsIndexPage]) -> None:
        self._pages = {section.pk: section for section in [*mapping.values(), otherwise]}
        self._keys = {_key(name): section.pk for name, section in mapping.items()}
        self._otherwise = otherwise

    def knows(self, name: str) -> bool:
        """Whether nothing has to be said of an old section: it is mapped, or the page names none."""
        return not name or _key(name) in self._keys

    def of(self, name: str, chosen: int | None = None) -> NewsIndexPage:
        """The section for a page that stood in the old section `name`; `chosen` by its key comes first."""
        if chosen is not None:
            if chosen not in self._pages:
                self._pages[chosen] = NewsIndexPage.objects.get(pk=chosen)
            return self._pages[chosen]
        return self._pages[self._keys.get(_key(name), self._otherwise.pk)]


def _key(name: str) -> str:
    """Equal for all spellings of a name: case and the placement of tones do not matter."""
    return " ".join(tokens(name))
