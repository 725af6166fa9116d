"""What an imported article speaks of: people, schools, an event, documents; linked, or listed for the report."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cms.core.importing.byline import is_unit, without_titles
from cms.core.importing.values import ImportedArticle
from cms.documents.models import OfficialDocumentPage
from cms.events.models import EventPage
from cms.people.models import PersonPage
from cms.schools.models import SchoolPage
from search.vietnamese import compose, document_numbers, tokens

_CAPITAL = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_NAME = rf"[{_CAPITAL}]\w*(?: [{_CAPITAL}]\w*){{0,3}}"
# `Trường Chính trị tỉnh Hoà Bình, Tuyên Quang và Yên Bái`: the first words stand for all.
_SCHOOLS = re.compile(
    rf"(?i:trường chính trị) (?P<of>tỉnh|thành phố)(?: gồm)?:? (?P<names>{_NAME}(?:(?:, ?| và ){_NAME})*)"
)
_EVENT = re.compile(
    r"(?:hội nghị|hội thảo|hội thi|hội thao|đại hội|lễ |tọa đàm|toạ đàm|khai giảng|bế giảng|diễn đàn|cuộc thi)",
    re.IGNORECASE,
)
_EDITION = re.compile(r"\s*(?:năm (?:học )?\d{4}(?: ?[-–] ?\d{4})?|lần thứ \S+)\s*$", re.IGNORECASE)
_AROUND = timedelta(days=60)  # between an event and a report on it
_MIN_EVENT = 4  # syllables; `Hội nghị tổng kết` alone is any conference


@dataclass(frozen=True)
class Recognised:
    """Links for a page: `people` by the place of the author, ids of schools and event; and what has no page."""

    people: dict[int, int] = field(default_factory=dict)
    schools: tuple[int, ...] = ()
    event: int | None = None
    unknown: tuple[str, ...] = ()


class Register:
    """Everything that the portal knows by name, read once for a run."""

    def __init__(self) -> None:
        self._schools: dict[str, int] = {}
        for school in SchoolPage.objects.live().prefetch_related("former_names"):
            self._schools |= {_key(name): school.pk for name in school.names if len(tokens(name)) > 1}
        self._people: dict[str, set[int]] = defaultdict(set)
        for key, name in PersonPage.objects.live().values_list("pk", "title"):
            self._people[_key(name)].add(key)
        events = EventPage.objects.live().values_list("pk", "title", "starts_at")
        self._events = [(key, _key(_EDITION.sub("", title)), _key(title), start) for key, title, start in events]
        self._numbers = set(OfficialDocumentPage.objects.live().values_list("number_key", flat=True))

    def recognise(self, article: ImportedArticle) -> Recognised:
        """What the article speaks of."""
        text = compose("\n".join(_texts(article)))
        people, strangers = self._authors(article)
        schools, other_schools = self._named_schools(text)
        event = self._event(article.title, text, article.published_at)
        is_event = event is None and bool(_EVENT.match(article.title))
        unknown = [
            *(_("person: %(name)s") % {"name": name} for name in strangers),
            *(_("school: %(name)s") % {"name": name} for name in other_schools),
            *([_("event: %(name)s") % {"name": article.title}] if is_event else []),
            *(_("document: %(name)s") % {"name": number} for number in self._other_documents(text)),
        ]
        return Recognised(people, tuple(schools), event, tuple(unknown))

    def _authors(self, article: ImportedArticle) -> tuple[dict[int, int], list[str]]:
        """People by the place of the author whose name is theirs alone, and the names of the others."""
        people, strangers = {}, []
        for place, author in enumerate(article.authors):
            found = self._people.get(_key(without_titles(author.name)), set())
            if len(found) == 1:
                [people[place]] = found
            elif not is_unit(author.name):
                strangers.append(author.name)
        return people, strangers

    def _named_schools(self, text: str) -> tuple[list[int], list[str]]:
        """Schools by any of their names, in the text's order, and names of schools that the portal does not know."""
        words = f" {_key(text)} "
        places = {pk: at for name, pk in self._schools.items() if (at := words.find(f" {name} ")) >= 0}
        known, unknown = sorted(places, key=places.__getitem__), []
        for name in _listed_schools(text):
            if pk := self._schools.get(_key(name)):
                known.append(pk)
            else:
                unknown.append(name)
        return list(dict.fromkeys(known)), list(dict.fromkeys(unknown))

    def _event(self, title: str, text: str, published_at: datetime) -> int | None:
        """The event of these weeks whose name the title or the text has; of several the longest name."""
        words, short = f" {_key(text)} ", _key(_EDITION.sub("", title))
        found = [
            (len(full), key)
            for key, name, full, start in self._events
            if abs(published_at - start) <= _AROUND
            and (f" {full} " in words or (name == short and len(name.split()) >= _MIN_EVENT))
        ]
        return max(found)[1] if found else None

    def _other_documents(self, text: str) -> list[str]:
        numbers = {number.key: number.printed for _start, _end, number in document_numbers.find(text)}
        return [printed for key, printed in numbers.items() if key not in self._numbers]


def _texts(article: ImportedArticle) -> Iterator[str]:
    yield article.title
    yield from (author.post for author in article.authors)
    for block in article.blocks:
        yield block.text
        yield from (" ; ".join(row) for row in block.rows)


def _listed_schools(text: str) -> Iterator[str]:
    """The full names of schools, also of those that only a list's first has."""
    for found in _SCHOOLS.finditer(text):
        for name in re.split(r", ?| và ", found["names"]):
            if not is_unit(name):
                yield f"Trường Chính trị {found['of']} {name}"


def _key(text: str) -> str:
    """Equal for all spellings of a name: case and the placement of tones do not matter."""
    return " ".join(tokens(text))
