"""Total orders over documents, as one integer each, the same for every engine."""

from dataclasses import dataclass
from typing import Self

from search.documents import SearchDocument

_ID_BITS = 31  # page ids are 32-bit integers from 1
_SECOND_BITS = 33  # 272 years
_EPOCH = -2_208_988_800  # 1900-01-01, in seconds since 1970
_LAST = 2**_SECOND_BITS - 1
_MOST_READS = 2**32 - 1


@dataclass(frozen=True)
class Ranks:
    """The higher comes first. The page's id is in the low bits, so no two documents rank the same.

    Undated pages come last, by newest and by oldest. What fits fits: earlier than 1900 counts as 1900.
    """

    newest: int
    oldest: int
    most_read: int

    @classmethod
    def of(cls, document: SearchDocument) -> Self:
        newest = oldest = 0
        if document.timestamp is not None:
            newest = min(max(document.timestamp - _EPOCH, 1), _LAST)
            oldest = _LAST - newest + 1
        return cls(
            newest=newest << _ID_BITS | document.id,
            oldest=oldest << _ID_BITS | document.id,
            most_read=min(max(document.reads, 0), _MOST_READS) << _ID_BITS | document.id,
        )
