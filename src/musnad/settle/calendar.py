"""Calendars: days, weeks, months and years of the Gregorian and the Umm al-Qura calendar, and movable feasts.

Hijri dates follow the Umm al-Qura calendar of Saudi Arabia as tabulated by ``hijridate`` (AH 1343 to 1500); outside
it there is no value. Easter is computed by the algorithm of Meeus, Jones and Butcher, the Orthodox one by that of
Meeus for the Julian calendar.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

HIJRI_YEARS = (1343, 1500)
_EXTENT = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)(?P<weekend>-WE)?|Q(?P<quarter>[1-4])"
    r"|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)))?(?:T.*)?|(?P<decade>\d{3})|(?P<century>\d\d)"
)
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_FIXED = {
    "new-year": (1, 1), "christmas": (12, 25), "labour": (5, 1), "mother-arab": (3, 21), "women": (3, 8),
    "valentine": (2, 14), "new-year-eve": (12, 31),
}  # fmt: skip
_HIJRI_FEASTS = {
    "fitr": (10, 1), "adha": (12, 10), "arafa": (12, 9), "ashura": (1, 10), "mawlid": (3, 12),
    "hijri-new-year": (1, 1), "ramadan": (9, 1),
}  # fmt: skip


def day(year: int, month: int, number: int) -> date | None:
    """The Gregorian date, or None where there is none (31 February, year 0)."""
    try:
        return date(year, month, number)
    except (ValueError, OverflowError):
        return None


def add_days(start: date, days: int) -> date | None:
    """``start`` moved by ``days``; None beyond the calendar."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return None


def add_months(start: date, months: int) -> date | None:
    """``start`` moved by ``months``; the last day of a shorter month; None beyond the calendar."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def week(of: date) -> str:
    """The ISO week of a date: ``2016-W44``."""
    year, number, _ = of.isocalendar()
    return f"{year:04d}-W{number:02d}"


def from_hijri(year: int, month: int, number: int) -> date | None:
    """The Gregorian date of a Hijri one (Umm al-Qura), or None outside the table or where the month is shorter."""
    if not HIJRI_YEARS[0] <= year <= HIJRI_YEARS[1]:
        return None
    return _from_hijri(year, month, number)


@lru_cache(maxsize=4096)
def _from_hijri(year: int, month: int, number: int) -> date | None:
    from hijridate import Hijri

    try:
        found = Hijri(year, month, number).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


@lru_cache(maxsize=4096)
def to_hijri(of: date) -> tuple[int, int, int] | None:
    """Year, month and day of a date in the Umm al-Qura calendar, or None outside its table."""
    from hijridate import Gregorian

    try:
        found = Gregorian(of.year, of.month, of.day).to_hijri()
    except (ValueError, OverflowError):
        return None
    return found.year, found.month, found.day


def hijri_month(year: int, month: int) -> tuple[date, date] | None:
    """First and last day of a Hijri month."""
    first = from_hijri(year, month, 1)
    last = from_hijri(year, month, 30) or from_hijri(year, month, 29)
    return (first, last) if first is not None and last is not None else None


def easter(year: int, *, orthodox: bool = False) -> date | None:
    """Easter Sunday of a Gregorian year from 1583 on."""
    if not 1583 <= year <= 4099:
        return None
    if orthodox:
        a, b, c = year % 4, year % 7, year % 19
        d = (19 * c + 15) % 30
        e = (2 * a + 4 * b - d + 34) % 7
        month, number = divmod(d + e + 114, 31)
        return date(year, month, number + 1) + timedelta(days=year // 100 - year // 400 - 2)
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, number = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, number + 1)


def holiday(key: str, year: int) -> date | None:
    """The (first) day of a feast in a Gregorian year; of two in one year the first."""
    if key in _FIXED:
        return day(year, *_FIXED[key])
    if key == "thanksgiving":
        first = day(year, 11, 1)
        return add_days(first, (4 - first.isoweekday()) % 7 + 21) if first is not None else None
    if key == "easter":
        return easter(year)
    if key == "orthodox-easter":
        found = easter(year, orthodox=True)
        return add_days(found, 1) if found is not None else None
    if key in _HIJRI_FEASTS:
        start = day(year, 1, 1)
        hijri = to_hijri(start) if start is not None else None
        if hijri is None:
            return None
        for h in (hijri[0], hijri[0] + 1):
            found = from_hijri(h, *_HIJRI_FEASTS[key])
            if found is not None and found.year == year:
                return found
    return None


@lru_cache(maxsize=4096)
def extent(value: str) -> tuple[date, date] | None:
    """First and last day that a TIMEX3 value covers; None for values that name no days of the calendar."""
    found = _EXTENT.fullmatch(value)
    if found is None:
        return None
    part = found.groupdict()
    if part["decade"]:
        return _years(int(value) * 10, 10)
    if part["century"]:
        return _years(int(value) * 100, 100)
    year = int(part["year"])
    if part["month"]:
        month = int(part["month"])
        if not (1 <= month <= 12 and year):
            return None
        if part["day"]:
            one = day(year, month, int(part["day"]))
            return (one, one) if one is not None else None
        return date(year, month, 1), month_end(year, month)
    if part["week"]:
        return _week(year, int(part["week"]), weekend=bool(part["weekend"]))
    if part["quarter"]:
        return _months(year, 3 * int(part["quarter"]) - 2, 3)
    if part["half"]:
        return _months(year, 6 * int(part["half"]) - 5, 6)
    if part["season"]:
        return _months(year, _SEASONS[part["season"]], 3)
    return _years(year, 1)


def _years(first: int, count: int) -> tuple[date, date] | None:
    last = first + count - 1
    return (date(max(first, 1), 1, 1), date(last, 12, 31)) if 1 <= last <= 9999 else None


def _months(year: int, first: int, count: int) -> tuple[date, date] | None:
    start = day(year, first, 1)
    after = add_months(start, count) if start is not None else None
    return (start, after - timedelta(days=1)) if start is not None and after is not None else None


def _week(year: int, number: int, *, weekend: bool) -> tuple[date, date] | None:
    try:
        monday = date.fromisocalendar(year, number, 1)
        return (monday + timedelta(days=5) if weekend else monday), monday + timedelta(days=6)
    except (ValueError, OverflowError):
        return None
