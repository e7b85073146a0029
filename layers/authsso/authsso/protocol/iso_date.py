"""Calendar dates as people type them, `2027-03-31` (RFC 3339, 5.6, full-date), without a clock."""

import calendar
import re

_FULL_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_FIRST_YEAR = 1970


def end_of(date: str) -> int:
    """Return when a day is over everywhere on earth that matters to us: midnight UTC after it.

    Args:
        date: `YYYY-MM-DD`.

    Raises:
        ValueError: There is no such day.
    """
    match = _FULL_DATE.fullmatch(date)
    if match is None:
        raise ValueError("not YYYY-MM-DD")
    year, month, day = (int(part) for part in match.groups())
    if year < _FIRST_YEAR or not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        raise ValueError("no such month")
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise ValueError("no such day")
    return calendar.timegm((year, month, day, 24, 0, 0))


def days_left(date: str, now: int) -> int:
    """Return how many whole days remain until the day is over; negative when it has passed."""
    return (end_of(date) - now) // 86_400
