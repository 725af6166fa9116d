"""The dates that portals print: `10/11/2023 2:28:00 CH`, `Chủ nhật, 26 Tháng 11 2023 15:06`, `26/09/2020 (GMT+7)`."""

import re
from datetime import MAXYEAR, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.importing.values import Unreadable

FIRST_YEAR = 1990  # no portal is older; `0203` is a slip of somebody's finger

_DATES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![0-9])(?P<day>[0-9]{1,2}) ?(?P<sign>[/.-]) ?(?P<month>[0-9]{1,2}) ?(?P=sign) ?(?P<year>[0-9]{4})"
        r"(?![0-9])",
        r"(?<![0-9])(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})(?:T(?=[0-9])|(?![0-9]))",
        r"(?<![0-9])(?P<day>[0-9]{1,2}) ?tháng ?(?P<month>[0-9]{1,2}),? ?(?:năm )?(?P<year>[0-9]{4})(?![0-9])",
    )
]
_CLOCK = re.compile(
    r"(?<![0-9])(?P<hour>[0-9]{1,2}) ?"
    r"(?:(?::|giờ|h) ?(?P<minute>[0-9]{2})(?: ?(?::|phút) ?(?P<second>[0-9]{2})(?:\.[0-9]+)?)?"
    r"|(?:giờ|h))(?:phút)? ?(?P<half>SA|CH|AM|PM|sáng|chiều|tối)?(?!\w)",
    re.IGNORECASE,
)
# The site's own zone is the only one that these portals write.
_ZONE = re.compile(r"\(?(?:GMT|UTC)? ?\+ ?0?7(?::?00)?\)?", re.IGNORECASE)
_FILLING = re.compile(
    r"thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|(?<!\w)(?:lúc|vào|ngày|hồi|phút|giây)(?!\w)|[\s,;|()–.:-]",
    re.IGNORECASE,
)
_MORNING = {"sa", "am", "sáng"}


def parse_date(text: str) -> datetime | None:
    """The aware date and time that `text` consists of; midnight without a time, None if it is anything else.

    Raises Unreadable for what has the form of a date and names none (31/02/2023, 25:00).
    """
    date = next(filter(None, (pattern.search(text) for pattern in _DATES)), None)
    if date is None:
        return None
    rest = _ZONE.sub(" ", f"{text[: date.start()]} {text[date.end() :]}")
    clock = _CLOCK.search(rest)
    if clock:
        rest = rest[: clock.start()] + rest[clock.end() :]
    if _FILLING.sub("", rest):
        return None
    return _moment(text.strip(), date, clock)


def parse_iso(text: str) -> datetime | None:
    """The aware moment that `text` is by ISO 8601, in the site's zone where it names none; None if it is anything else.

    The calendar's last year is left out: in another zone it would lead out of the calendar.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not FIRST_YEAR <= moment.year < MAXYEAR:
        return None
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _moment(text: str, date: re.Match[str], clock: re.Match[str] | None) -> datetime:
    year, month, day = (int(date[part]) for part in ("year", "month", "day"))
    try:
        if year < FIRST_YEAR:
            raise ValueError
        return timezone.make_aware(datetime(year, month, day, *_time(clock)))
    except ValueError:
        raise Unreadable(_("there is no such date: %(date)s") % {"date": text}) from None


def _time(clock: re.Match[str] | None) -> tuple[int, int, int]:
    """Hour (0–23), minute, second. The 12-hour clock has no hour 0: 12 SA is midnight and 12 CH noon."""
    if clock is None:
        return 0, 0, 0
    hour, minute, second = (int(clock[part] or 0) for part in ("hour", "minute", "second"))
    half = (clock["half"] or "").lower()
    if not half:
        return hour, minute, second
    if hour == 0 or (hour > 12 and half in _MORNING):
        raise ValueError
    if half in _MORNING:
        return hour % 12, minute, second
    return hour if hour >= 12 else hour + 12, minute, second
