"""Which column of a table holds which field of a record, by what people call them in Vietnamese and English."""

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from cms.core.importing.records import FIELDS
from cms.core.importing.values import Unreadable
from search.vietnamese import fold, normalise

REQUIRED = ("title", "date", "text")  # `html` does as well as `text`
# Names without accents, the surest first.
_NAMES = {
    "title": "tieu de|tieu de bai viet|tieu de tin|ten bai|ten bai viet|ten tin|tua de|title|post title|headline"
    "|subject|name",
    "date": "ngay dang|ngay xuat ban|ngay dang tin|ngay dang bai|thoi gian dang|ngay gio dang|ngay dua tin|ngay"
    "|thoi gian|ngay tao|ngay viet|ngay cap nhat|published at|published|publish date|date published|pubdate|post date"
    "|date|created at|created",
    "html": "html|noi dung html|html noi dung|body html|content html",
    "text": "noi dung|noi dung bai viet|noi dung tin|noi dung chi tiet|toan van|than bai|chi tiet|bai viet|content"
    "|post content|body|text|full text|fulltext|detail|details",
    "authors": "tac gia|ten tac gia|nguoi viet|but danh|nguoi dang|authors|author|writer|by",
    "section": "chuyen muc|ten chuyen muc|danh muc|chuyen de|muc|nhom tin|loai tin|the loai|phan muc|section|category"
    "|category name",
    "url": "duong dan|dia chi|lien ket|dia chi cu|url|link|permalink|address",
    "reads": "luot doc|luot xem|so luot doc|so luot xem|so lan doc|reads|views|hits|view count",
    "source": "nguon|nguon tin|nguon bai|source",
    "summary": "tom tat|mo ta|trich dan|trich yeu|sapo|gioi thieu|noi dung tom tat|summary|description|excerpt|intro"
    "|lead",
    "tags": "tu khoa|the|nhan|tags|keywords",
}
_WORD = re.compile(r"[^\W_]+")


def guess(columns: Iterable[str]) -> dict[str, str]:
    """Field → column, for those columns whose names say what they hold."""
    by_name: dict[str, str] = {}
    for column in columns:
        by_name.setdefault(_key(column), column)
    found = {
        field: column
        for field, names in _NAMES.items()
        if (column := next((by_name[name] for name in names.split("|") if name in by_name), None))
    }
    return _with_one_body(found)


def mapped(columns: list[str], given: Mapping[str, str]) -> dict[str, str]:
    """Field → column as given, the guess for fields that were not; one given as empty has no column.

    Raises Unreadable, which names the field, where a column is not there or a field that every page needs has none.
    """
    for field, column in given.items():
        if field not in FIELDS:
            raise _bad(field, _("there is no such field"))
        if column and column not in columns:
            raise _bad(field, _("there is no column “%(column)s”; there are: %(columns)s") % _listed(columns, column))
    body = {name: "" for name in ("html", "text") if any(given.get(other) for other in ("html", "text"))}
    found = {field: column for field, column in (guess(columns) | body | dict(given)).items() if column}
    for field in REQUIRED:
        if field not in found and not (field == "text" and "html" in found):
            raise _bad(field, _("no column holds it; there are: %(columns)s") % _listed(columns))
    return found


def _with_one_body(found: dict[str, str]) -> dict[str, str]:
    """HTML says more than the text of the same page."""
    return {field: column for field, column in found.items() if field != "text" or "html" not in found}


def _key(name: str) -> str:
    return " ".join(_WORD.findall(fold(normalise(name))))


def _listed(columns: list[str], column: str = "") -> dict[str, str]:
    return {"column": column, "columns": ", ".join(f"“{name}”" for name in columns if name) or "–"}


def _bad(field: str, reason: str) -> Unreadable:
    return Unreadable(f"{field}: {reason}")
