"""Numbers of official documents (số, ký hiệu văn bản) as they are printed: `444-KH/CTĐ`, `15/2023/NĐ-CP`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.vietnamese.normalise import compose

# The kinds' abbreviations by decree 30/2020/NĐ-CP and by the Party's guidance 05-HD/VPTW, and what they stand for.
KINDS = {
    "BB": "bien-ban",
    "BC": "bao-cao",
    "CT": "chi-thi",
    "CTr": "chuong-trinh",
    "CV": "cong-van",
    "CĐ": "cong-dien",
    "GM": "giay-moi",
    "HD": "huong-dan",
    "KH": "ke-hoach",
    "KL": "ket-luan",
    "NQ": "nghi-quyet",
    "NQLT": "nghi-quyet",
    "NĐ": "nghi-dinh",
    "PA": "phuong-an",
    "QC": "quy-che",
    "QĐ": "quyet-dinh",
    "QĐi": "quy-dinh",
    "QyĐ": "quy-dinh",
    "TB": "thong-bao",
    "TT": "thong-tu",
    "TTLT": "thong-tu",
    "TTr": "to-trinh",
    "ĐA": "de-an",
}

_DASH = "[-–—‐‑]"
_KIND = "|".join(sorted(KINDS, key=len, reverse=True))
# Offices' abbreviations are capitals; the Prime Minister's (TTg) alone ends in a small letter.
_LETTERS = "A-ZĐÂĂÊÔƠƯ"
_OFFICE = rf"[{_LETTERS}][{_LETTERS}0-9]{{0,14}}g?"
_ISSUER = rf"{_OFFICE}(?:[-–.]{_OFFICE}){{0,3}}"
_NUMBER = re.compile(
    rf"(?<![\w/.,–-])(?P<serial>[0-9]{{1,5}})(?:"
    rf"/(?P<year>(?:19|20)[0-9]{{2}})/(?:(?P<dated_kind>{_KIND}) ?{_DASH} ?(?P<dated_issuer>{_ISSUER})"
    r"|(?P<law>QH[0-9]{1,2}))"
    rf"| ?{_DASH} ?(?P<party_kind>{_KIND}) ?/ ?(?P<party_issuer>{_ISSUER})"
    rf"| ?/ ?(?P<state_kind>{_KIND}) ?{_DASH} ?(?P<state_issuer>{_ISSUER})"
    r")(?![\w/])"
)
_AROUND = re.compile(rf" ?(/|{_DASH}) ?")
_PREFIX = re.compile(r"^số\b\s*:?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class DocumentNumber:
    """A number and its parts. `printed` is tidy: as it was written, without spaces, with plain hyphens.

    `kind` is one of the KINDS' abbreviations, empty for a law's number (`34/2024/QH15`).
    """

    serial: int
    kind: str
    issuer: str
    printed: str
    year: int | None = None

    @property
    def key(self) -> str:
        """Equal for all spellings of a number: `444/KH-CTĐ` is `444-KH/CTĐ`, `05-CT/TW` is `5-CT/TW`."""
        if self.year is None:
            return f"{self.serial}-{self.kind}/{self.issuer}"
        tail = f"{self.kind}-{self.issuer}" if self.kind else self.issuer
        return f"{self.serial}/{self.year}/{tail}"


def find(text: str) -> Iterator[tuple[int, int, DocumentNumber]]:
    """The numbers in a composed text: start, end (of the number alone, without a word before it), and what it says.

    Dates, spans of years and names such as `COVID-19` are none: a number has an abbreviation of KINDS in its place.
    """
    for found in _NUMBER.finditer(_plain(text)):
        yield found.start(), found.end(), _number(found)


def parse(text: str) -> DocumentNumber | None:
    """The number that the whole text is, with `Số:` before it perhaps; None for anything else."""
    found = _NUMBER.fullmatch(_PREFIX.sub("", _plain(text).strip(), count=1))
    return _number(found) if found else None


def parse_typed(text: str) -> DocumentNumber | None:
    """As `parse`, of what somebody types: with spaces anywhere, in small letters perhaps, composed or not."""
    text = _AROUND.sub(r"\1", " ".join(compose(text).split()))
    return parse(text) or parse(text.upper())


def _plain(text: str) -> str:
    """As long as the text, without lookalikes: the Icelandic Ð that old fonts gave for Đ, spaces that do not break."""
    return text.replace("Ð", "Đ").replace("\xa0", " ")  # of two characters, many times as fast as `translate`


def _number(found: re.Match[str]) -> DocumentNumber:
    parts = found.groupdict()
    kind = parts["dated_kind"] or parts["party_kind"] or parts["state_kind"] or ""
    issuer = parts["dated_issuer"] or parts["party_issuer"] or parts["state_issuer"] or parts["law"]
    return DocumentNumber(
        serial=int(parts["serial"]),
        kind=kind,
        issuer=issuer.replace("–", "-"),
        printed=re.sub(_DASH, "-", found[0].replace(" ", "")),
        year=int(parts["year"]) if parts["year"] else None,
    )
