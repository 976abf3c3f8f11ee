"""What a time expression says → the TIMEX3 value that it has on a given day.

Values follow TimeML (Pustejovsky et al. 2003; ISO 24617-1) and the guidelines of ``shared/gold``: the grain stays as
said (``two years ago`` is a year, ``a week ago`` a week), and what cannot be known is None.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from musnad.find.when import Clock, When
from musnad.settle import calendar as cal
from musnad.settle.timeparts import Anchor, at_grain, day_alone, decade, hijri_days, month_day, nth, unit_time, weekday

Type = Literal["DATE", "TIME", "DURATION", "SET"]
_DAY = len("2016-11-03")
_MODS = frozenset(("START", "MID", "END", "APPROX", "MORE_THAN", "LESS_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS"))
_PAST = frozenset(("past", "last", "prev"))
_NEXT = frozenset(("next", "after"))


class Timex(NamedTuple):
    """A settled value.

    Attributes:
        type, value, mod: as in TIMEX3; ``mod`` None where there is none.
        days: first and last day where the value does not tell them (Hijri months and years), or None.
    """

    type: Type
    value: str
    mod: str | None = None
    days: tuple[date, date] | None = None


def settle(when: When, anchor: Anchor) -> Timex | None:
    """The TIMEX3 value of ``when``, or None where it has none on that day."""
    mod = when.mod if when.mod in _MODS else None
    if when.kind == "ref":
        later = "FUTURE_REF" if anchor.tense > 0 else "PAST_REF"
        return Timex(type="DATE", value=later if when.ref == "LATER" else when.ref)
    if when.kind == "set":
        return _set(when)
    counted = when.shift > 0 and len(anchor.told) == _DAY and when.amounts[-1][1] in ("D", "W")
    counted = counted and when.amounts[0][0] is not None
    if (when.event and not counted) or (when.kind == "duration" and not when.shift):
        length = duration(when.amounts)
        return Timex(type="DURATION", value=length, mod=mod) if length else None
    if when.shift:
        point = _shifted(when, anchor)
        return Timex(type="DATE", value=point, mod=mod) if point else None
    return _dated(when, anchor, mod)


def _dated(when: When, anchor: Anchor, mod: str | None) -> Timex | None:
    base = _date(when, anchor)
    if base is None and not (when.part or when.clock):
        return None
    if not when.part and when.clock is None:
        return Timex(type="DATE", value=base or "", mod=mod, days=hijri_days(when, anchor))
    if base is None:
        if not _dayless(when):
            return None
        if when.clock is None and anchor.today is None:
            return None
        if anchor.today is not None:
            extent = cal.extent(anchor.last) if len(anchor.last) == 10 else None
            base = (extent[0] if extent is not None else anchor.today).isoformat()
    if base is not None and len(base) != 10:
        return None
    if when.clock is not None:
        tail = clock(when.clock)
        return Timex(type="TIME", value=f"{base or ''}T{tail}", mod=mod) if tail else None
    return Timex(type="TIME", value=f"{base}T{when.part}", mod=mod)


def _dayless(when: When) -> bool:
    return when.offset is None and not (when.weekday or when.day or when.month or when.unit or when.holiday)


def clock(said: Clock) -> str | None:
    """``HH:MM``, with seconds and zone where said; None where there is no such time."""
    hour = said.hour
    if said.half == "PM" and hour < 12:
        hour += 12
    elif said.half == "AM" and hour == 12:
        hour = 0
    if hour > 24 or (said.minute or 0) > 59:
        return None
    seconds = f":{said.second:02d}" if said.second is not None else ""
    return f"{hour:02d}:{said.minute or 0:02d}{seconds}{said.zone}"


def duration(amounts: tuple[tuple[float | None, str], ...]) -> str | None:
    """``P2Y``, ``P18M``, ``PT1H30M``, ``PXD``; None where a number has no place in one."""
    days, hours = "", ""
    for number, unit in _whole(amounts):
        if unit == "TMS":
            return "PTXS"
        if unit == "NI":
            unit = "D"
        text = "X" if number is None else f"{number:g}" if abs(number) < 10**6 else ""
        if not text or "e" in text:
            return None
        if unit[0] == "T":
            hours += f"{text}{unit[1]}"
        else:
            days += f"{text}{unit}"
    return f"P{days}{'T' + hours if hours else ''}"


_HALVES = {"Y": (12, "M"), "TH": (60, "TM"), "TM": (60, "TS"), "DE": (10, "Y"), "CE": (100, "Y"), "D": (24, "TH")}


def _whole(amounts: tuple[tuple[float | None, str], ...]) -> tuple[tuple[float | None, str], ...]:
    """Fractions in the next smaller unit."""
    if len(amounts) != 1 or amounts[0][0] is None or amounts[0][0] == int(amounts[0][0]):
        return amounts
    number, unit = amounts[0]
    if unit not in _HALVES or number is None:
        return amounts
    times, smaller = _HALVES[unit]
    rest = float(round((number % 1) * times))
    if unit in ("TH", "TM", "D"):
        return ((float(int(number)), unit), (rest, smaller)) if number >= 1 else ((rest, smaller),)
    return ((float(round(number * times)), smaller),)


def _set(when: When) -> Timex | None:
    if when.amounts:
        value = duration(when.amounts)
        return Timex(type="SET", value=value) if value else None
    if when.weekday:
        return Timex(type="SET", value=f"XXXX-WXX-{when.weekday}")
    if when.part:
        return Timex(type="SET", value=f"XXXX-XX-XXT{when.part}")
    if when.month and when.calendar == "gregorian":
        return Timex(type="SET", value=f"XXXX-{when.month:02d}" + (f"-{when.day:02d}" if when.day else ""))
    return Timex(type="SET", value="P1Y") if when.month else None


def _shifted(when: When, anchor: Anchor) -> str | None:
    """The date that lies an amount before or after today, or after what was told before."""
    if any(n is None for n, _ in when.amounts):
        return "PAST_REF" if when.shift < 0 or anchor.tense <= 0 else "FUTURE_REF"
    base = anchor.today
    earlier = anchor.told or anchor.near
    if when.shift > 0 and anchor.tense <= 0 and earlier and not when.within:
        extent = cal.extent(earlier)
        base = extent[0] if extent is not None else base
    if base is None:
        return None
    grain, at = "", base
    sign = -when.shift if when.rel == "now" and anchor.tense < 0 else when.shift
    for number, unit in _whole(when.amounts):
        moved = _move(at, sign * (number or 0), unit)
        if moved is None:
            return None
        at, grain = moved, unit
    return at_grain(at, grain)


def _move(start: date, number: float, unit: str) -> date | None:
    if abs(number) > 10**5:
        return None
    months = {"Y": 12, "M": 1, "DE": 120, "CE": 1200}.get(unit)
    if months is not None:
        return cal.add_months(start, round(number * months))
    days = {"W": 7.0, "D": 1.0, "NI": 1.0}.get(unit)
    return cal.add_days(start, round(number * days)) if days is not None else start


def _date(when: When, anchor: Anchor) -> str | None:
    """The value of a date without its time of day."""
    if when.nth is not None:
        return nth(when, anchor, _date)
    if when.decade is not None or when.century is not None or when.unit == "CE":
        return decade(when, anchor)
    if when.holiday:
        return _holiday(when, anchor)
    if when.season:
        return _season(when, anchor)
    if when.day is not None and when.month is None and when.of is not None:
        value = f"{_date(when.of, anchor)}-{when.day:02d}"
        return value if cal.extent(value) is not None else None
    if when.month is not None:
        return month_day(when, anchor, _date)
    if when.year is not None:
        return _year(when)
    if when.day is not None and not when.unit and not when.weekday:
        return day_alone(when, anchor)
    if when.offset is not None and not (when.back and anchor.last):
        return _offset(when, anchor)
    if when.weekday is not None and when.day is not None and when.of is None:
        return day_alone(when, anchor)
    if when.weekday is not None:
        return weekday(when, anchor, _date)
    if when.unit:
        return unit_time(when, anchor)
    return None


def _year(when: When) -> str | None:
    if when.year is None or not 1 <= when.year <= 9999:
        return None
    if when.calendar == "gregorian":
        return f"{when.year:04d}"
    middle = cal.from_hijri(when.year, 7, 1)
    return f"{middle.year:04d}" if middle is not None else None


def _offset(when: When, anchor: Anchor) -> str | None:
    if anchor.today is None or when.offset is None:
        return None
    at = cal.add_days(anchor.today, when.offset)
    if at is None:
        return None
    if when.weekday:
        back = (at.isoweekday() - when.weekday) % 7
        if when.offset > 0 and back > 3:
            back -= 7
        at = cal.add_days(at, -back)
    return at.isoformat() if at is not None else None


def container_year(when: When | None, anchor: Anchor) -> int | None:
    """The year that an expression is part of, where it says one."""
    if when is None:
        return None
    value = _date(when, anchor)
    return int(value[:4]) if value and value[:4].isdecimal() and len(value) >= 4 else None


def _holiday(when: When, anchor: Anchor) -> str | None:
    year = when.year if when.year is not None else container_year(when.of, anchor)
    if year is not None:
        found = cal.holiday(when.holiday, year)
        return found.isoformat() if found is not None else None
    today = anchor.today
    if today is None:
        return None
    days = [d for y in (-1, 0, 1) if (d := cal.holiday(when.holiday, today.year + y)) is not None]
    before = [d for d in days if d < today or (d == today and when.rel not in _PAST)]
    after = [d for d in days if d > today or (d == today and when.rel not in _NEXT)]
    if when.rel in _PAST:
        return before[-1].isoformat() if before else None
    if anchor.tense < 0 and before:
        return before[-1].isoformat()
    if when.rel in _NEXT or anchor.tense > 0:
        return after[0].isoformat() if after else None
    return min(days, key=lambda d: abs((d - today).days)).isoformat() if days else None


def _season(when: When, anchor: Anchor) -> str | None:
    year = when.year if when.year is not None else container_year(when.of, anchor)
    if year is None and anchor.today is not None:
        starts = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
        today = anchor.today
        year = today.year
        if when.rel not in _NEXT and anchor.tense < 0 and today.month < starts[when.season]:
            year -= 1  # what has happened in a season that is to come happened in the last one
        elif when.rel in _PAST and today.month < starts[when.season] + 3:
            year -= 1
        elif when.rel in _NEXT and today.month >= starts[when.season]:
            year += 1
    return f"{year:04d}-{when.season}" if year is not None and 1 <= year <= 9999 else None


__all__ = ["Anchor", "Timex", "clock", "duration", "settle"]
