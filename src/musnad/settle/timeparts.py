"""Values of the times that are told by their place: weekdays, months without a year, nth parts, decades."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from musnad.find.when import When
from musnad.settle import calendar as cal

_PAST = frozenset(("past", "last", "prev"))
_NEXT = frozenset(("next", "after"))
_REFS = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}
_STEP = {"past": -1, "last": -1, "prev": -1, "this": 0, "next": 1, "after": 1}
_NEAR_FUTURE = 2  # months: a month without a year lies this far ahead at most, else in the past
_LIVING = 30  # a decade without a century from the thirties on lies in the twentieth


class Anchor(NamedTuple):
    """What an expression is read against.

    Attributes:
        today: the day of speaking, or None where unknown.
        tense: 1 where the words around speak of the future, -1 of the past, 0 where they do not say.
        last: the day, month or year mentioned before, as a TIMEX3 value, or "".
        told: the same where it was told as a calendar date shortly before, else "".
        near: the last day, told in whatever way shortly before, else "".
    """

    today: date | None = None
    tense: int = 0
    last: str = ""
    told: str = ""
    near: str = ""


Resolve = Callable[[When, Anchor], str | None]


def step(rel: str) -> int:
    """How many units a word for this, last or next moves."""
    return _STEP.get(rel, 0)


def at_grain(at: date, unit: str) -> str:
    """A date at the grain of a unit."""
    if unit in ("Y", "DE", "CE"):
        return f"{at.year:04d}"
    if unit == "M":
        return f"{at.year:04d}-{at.month:02d}"
    return cal.week(at) if unit == "W" else at.isoformat()


def near_year(today: date, month: int, number: int | None, tense: int) -> int:
    """The year of a month, or a day of it, that is named without one."""
    if number is not None:
        days = [(abs((d - today).days), y, d) for y in (-1, 0, 1) if (d := cal.day(today.year + y, month, number))]
        if tense > 0:
            days = [x for x in days if x[2] >= today] or days
        elif tense < 0:
            days = [x for x in days if x[2] <= today] or days
        return today.year + min(days)[1] if days else today.year
    ahead = (month - today.month) % 12
    if tense > 0 or (tense == 0 and ahead <= _NEAR_FUTURE):
        return today.year + (1 if month < today.month else 0)
    return today.year - (1 if month > today.month else 0)


def weekday(when: When, anchor: Anchor, resolve: Resolve) -> str | None:
    """A weekday: by the week or the word that it stands with, else by tense."""
    today, number = anchor.today, when.weekday or 1
    if today is None:
        return None
    if when.of is not None:
        span = cal.extent(resolve(when.of, anchor) or "")
        return (span[0] + timedelta(days=number - 1)).isoformat() if span is not None else None
    back = (today.isoweekday() - number) % 7
    ahead = (number - today.isoweekday()) % 7
    if when.rel in _PAST:
        days = -(back or 7)
    elif when.rel in _NEXT:
        days = ahead or 7
    elif when.rel == "this" or anchor.tense > 0:
        days = ahead
    else:
        days = -back
    at = cal.add_days(today, days)
    return at.isoformat() if at is not None else None


def day_alone(when: When, anchor: Anchor) -> str | None:
    """A day of the month without its month: by its weekday, the tense, else the nearest."""
    today, number = anchor.today, when.day or 1
    if today is None:
        return None
    days = []
    for months in (-1, 0, 1, 2):
        first = cal.add_months(today.replace(day=1), months)
        found = cal.day(first.year, first.month, number) if first is not None else None
        if found is not None:
            days.append(found)
    if when.weekday:
        days = [d for d in days if d.isoweekday() == when.weekday] or days
    if anchor.tense > 0:
        days = [d for d in days if d >= today]
    elif anchor.tense < 0:
        days = [d for d in days if d <= today]
    return min(days, key=lambda d: abs((d - today).days)).isoformat() if days else None


def month_day(when: When, anchor: Anchor, resolve: Resolve) -> str | None:
    """A month or a day of it, with or without its year."""
    month, number = when.month or 1, when.day
    if when.calendar == "hijri":
        return _hijri(when, anchor)
    year = when.year
    if year is None and when.of is not None:
        value = resolve(when.of, anchor)
        year = int(value[:4]) if value and value[:4].isdecimal() else None
        if year is None:
            return None
    if year is None and anchor.today is None:
        if number is not None and cal.day(2000, month, number) is None:
            return None
        return None if when.rel else f"XXXX-{month:02d}" + (f"-{number:02d}" if number is not None else "")
    if year is None and anchor.today is not None:
        year = _year_by_word(when, anchor.today, anchor)
    if year is None or not 1 <= year <= 9999:
        return None
    if number is None:
        return f"{year:04d}-{month:02d}"
    found = cal.day(year, month, number)
    return found.isoformat() if found is not None else None


def _year_by_word(when: When, today: date, anchor: Anchor) -> int:
    month = when.month or 1
    if when.rel == "this":
        return today.year
    here = (today.month, today.day if when.day is not None else 0)
    there = (month, when.day or 0)
    if when.rel in _PAST:
        return today.year - (0 if there < here else 1)
    if when.rel in _NEXT:
        return today.year + (0 if there > here else 1)
    if when.weekday and when.day is not None:
        for y in (0, -1, 1):
            d = cal.day(today.year + y, month, when.day)
            if d is not None and d.isoweekday() == when.weekday and abs((d - today).days) < 300:
                return today.year + y
    return near_year(today, month, when.day, anchor.tense)


def _said_hijri_year(when: When, anchor: Anchor) -> int | None:
    """The Hijri year of a Hijri month, as said or as the words for last and next and the tense tell."""
    month, year = when.month or 1, when.year
    if year is not None:
        return _hijri_year(year, month) if year > cal.HIJRI_YEARS[1] else year  # Ramadan 2019
    now = cal.to_hijri(anchor.today) if anchor.today is not None else None
    if now is not None:
        year = now[0]
        if when.rel in _PAST and (month, when.day or 0) >= (now[1], now[2] if when.day else 0):
            year -= 1
        elif when.rel in _NEXT and (month, when.day or 0) <= (now[1], now[2] if when.day else 0):
            year += 1
        elif not when.rel:
            if month - now[1] > 4 and anchor.tense <= 0:
                year -= 1
            elif month < now[1] and anchor.tense > 0:
                year += 1
    return year


def hijri_days(when: When, anchor: Anchor) -> tuple[date, date] | None:
    """First and last day of a Hijri month or year; None where the expression is none or lies outside the table."""
    if when.calendar != "hijri" or when.day is not None:
        return None
    if when.month is not None:
        year = _said_hijri_year(when, anchor)
        return cal.hijri_month(year, when.month) if year is not None else None
    first = cal.hijri_month(when.year, 1) if when.year is not None else None
    last = cal.hijri_month(when.year, 12) if when.year is not None else None
    return (first[0], last[1]) if first is not None and last is not None else None


def _hijri(when: When, anchor: Anchor) -> str | None:
    if when.day is None:
        span = hijri_days(when, anchor)
        if span is None:
            return None
        middle = span[0] + (span[1] - span[0]) / 2
        return f"{middle.year:04d}-{middle.month:02d}"
    year = _said_hijri_year(when, anchor)
    found = cal.from_hijri(year, when.month or 1, when.day) if year is not None else None
    return found.isoformat() if found is not None else None


def _hijri_year(gregorian: int, month: int) -> int | None:
    """The Hijri year whose month begins in a Gregorian year."""
    start = cal.day(gregorian, 1, 1)
    now = cal.to_hijri(start) if start is not None else None
    for year in (now[0], now[0] + 1) if now is not None else ():
        first = cal.from_hijri(year, month, 1)
        if first is not None and first.year == gregorian:
            return year
    return None


def unit_time(when: When, anchor: Anchor) -> str | None:
    """This, last and next year, month, week and so on; the same one again."""
    if when.back and when.day is not None:
        month = _again("M", anchor.last)
        span = cal.extent(f"{month}-{when.day:02d}") if month else None
        return span[0].isoformat() if span is not None else None
    if when.back:
        return _again(when.unit, anchor.last)
    moved = step(when.rel)
    if when.unit == "SE":
        return _REFS[moved]
    today = anchor.today
    if today is None:
        return None
    if when.unit == "D":
        last = cal.extent(anchor.last) if len(anchor.last) == 10 and when.rel in ("after", "prev") else None
        at = cal.add_days(last[0] if last is not None else today, moved)
        return at.isoformat() if at is not None else None
    if when.unit in ("W", "WE"):
        at = cal.add_days(today, 7 * moved)
        return (cal.week(at) + ("-WE" if when.unit == "WE" else "")) if at is not None else None
    if when.unit in ("Q", "H1"):
        size = 3 if when.unit == "Q" else 6
        at = cal.add_months(today, size * moved)
        return f"{at.year:04d}-{when.unit[0]}{(at.month - 1) // size + 1}" if at is not None else None
    if when.unit == "DE":
        decade = today.year // 10 + moved
        return f"{decade:03d}" if 0 < decade < 1000 else None
    if when.unit not in ("Y", "M"):
        return None
    start = today.replace(day=1)
    at = cal.add_months(start, moved * (12 if when.unit == "Y" else 1))
    return at_grain(at, when.unit) if at is not None else None


def _again(unit_said: str, last: str) -> str | None:
    size = {"Y": 4, "M": 7, "D": 10, "NI": 10}.get(unit_said)
    if size is not None:
        return last[:size] if len(last) >= size and "W" not in last and "Q" not in last else None
    span = cal.extent(last)
    return cal.week(span[0]) if unit_said == "W" and span is not None else None


def decade(when: When, anchor: Anchor) -> str | None:
    """Decades (three figures) and centuries (two)."""
    if when.decade is None:
        number = when.century
        if number is None:
            if anchor.today is None:
                return None
            number = (anchor.today.year - 1) // 100 + 1 + step(when.rel)
        return f"{number - 1:02d}" if 1 <= number <= 99 else None
    century = 19
    if when.of is not None:
        value = decade(when.of, anchor)
        if value is None:
            return None
        century = int(value)
    elif when.decade < _LIVING and anchor.today is not None and anchor.today.year >= 2000 + when.decade + 10:
        century = 19
    return f"{century * 10 + when.decade // 10:03d}"


def nth(when: When, anchor: Anchor, resolve: Resolve) -> str | None:
    """The first, second or last part of a time."""
    if when.of is None or when.nth is None:
        return None
    value = resolve(when.of, anchor)
    span = cal.extent(value or "")
    if value is None or span is None:
        return None
    first, last = span
    n = when.nth
    if when.unit in ("Q", "H1", "T1", "M"):
        return _part_of_year(when.unit, n, first, value)
    if when.unit == "D":
        if when.of.holiday:
            at = cal.add_days(first, n - 1) if n > 0 else None
        else:
            at = cal.add_days(first, n - 1) if n > 0 else last
            at = at if at is not None and at <= last else None
        return at.isoformat() if at is not None else None
    if when.unit == "W" and len(value) == 4 and n > 0:
        week = f"{value}-W{n:02d}"
        return week if cal.extent(week) is not None else None
    if when.unit == "W":
        return _nth_weekday(1, n, first, last, week=True)
    if when.unit == "weekday":
        return _nth_weekday(when.weekday or 1, n, first, last, week=False)
    if when.unit == "DE" and len(value) == 2 and 1 <= n <= 10:
        return f"{value}{n - 1}"
    return value


def _part_of_year(kind: str, n: int, first: date, value: str) -> str | None:
    if len(value) != 4:
        return value if kind != "M" else None
    parts = {"Q": 4, "H1": 2, "M": 12, "T1": 3}[kind]
    n = parts if n == -1 else n
    if not 1 <= n <= parts:
        return None
    if kind == "M":
        return f"{first.year:04d}-{n:02d}"
    return value if kind == "T1" else f"{value}-{kind[0]}{n}"


def _nth_weekday(number: int, n: int, first: date, last: date, *, week: bool) -> str | None:
    """The nth (or last) such weekday between two days; a week is told by its Monday."""
    if n > 0:
        at = cal.add_days(first, (number - first.isoweekday()) % 7 + 7 * (n - 1))
    else:
        end = last - timedelta(days=6) if week else last  # the last week that is whole
        at = cal.add_days(end, -((end.isoweekday() - number) % 7))
    if at is None or not first <= at <= last:
        return None
    return cal.week(at) if week else at.isoformat()
