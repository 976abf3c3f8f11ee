"""What musnad found in a phrase, as the moments, intervals and lengths that the suites of other projects expect."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from musnad.find.context import Context, context
from musnad.find.numbers import numerals
from musnad.find.times import FoundTime, times
from musnad.find.when import When
from musnad.pipeline import split
from musnad.read.words import words
from musnad.settle.calendar import add_months, extent
from musnad.settle.timex import Anchor, settle

# Hours of the parts of the day: those of Recognizers-Text, which Duckling shares but for the night.
_PARTS = {"MO": (8, 12), "MI": (12, 16), "AF": (12, 16), "EV": (16, 20), "NI": (20, 24), "DT": (8, 18)}
_SECONDS = {"Y": 31536000, "M": 2592000, "W": 604800, "D": 86400, "TH": 3600, "TM": 60, "TS": 1, "NI": 86400,
            "DE": 315360000, "CE": 3153600000}  # fmt: skip
_FEW = 3  # what "a few" counts for in both suites
_DAY = timedelta(days=1)
_POINTS = ("date", "dateTime", "datetime")
Interval = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Moments:
    """One expression, or a range of two, in a phrase."""

    span: tuple[int, int]
    first: When
    last: When | None = None

    def resolves(self, wanted: dict[str, str], now: datetime) -> bool:
        """Whether one reading of the expression, as past or as future, is what was expected."""
        nothing = wanted in ({"date": "0001-01-01"}, {"date": "not resolved"})
        if nothing:
            return all(self.interval(now, tense) is None for tense in (1, -1))
        open_set = wanted.get("set", "") if wanted.get("set") == "not resolved" else ""
        both = [self, replace(self, first=self.evening())] if self.evening() is not None else [self]
        return any(m.given(tuple(wanted), now, tense, open_set) == wanted for m in both for tense in (1, -1, 0))

    def evening(self) -> When | None:
        """The same with its hour after noon, where it may be either."""
        clock = self.first.clock
        if clock is None or clock.half or clock.hour > 12:
            return None
        return self.first._replace(clock=clock._replace(half="PM"))

    def told(self, now: datetime) -> list[str]:
        """Its values with the future and with the past, for people."""
        found = [settle(self.first, Anchor(today=now.date(), tense=t)) for t in (1, -1)]
        return [one.value if one is not None else "-" for one in found]

    def given(self, keys: Sequence[str], now: datetime, tense: int, unresolved: str = "") -> dict[str, str] | None:
        """The expression in the form with these keys."""
        if keys == ("duration",):
            return {"duration": f"{seconds(self.first):.10g}".rstrip()} if self.first.amounts else None
        if keys == ("set",) and self.first.kind == "set" and unresolved:
            return {"set": unresolved}
        if keys == ("set",):
            return {"set": f"Set: {set_value(self.first)}"}
        found = self.interval(now, tense)
        if found is None:
            return None
        start, end = found
        if self.first.kind == "duration" and not self.first.rel and not self.first.shift and keys[0] in _POINTS:
            start = end
        if keys == ("endDate",):
            end = start
        if self.first.mod == "END" and keys[0] in ("dateTime", "datetime") and end - start == _DAY:
            start = end - timedelta(minutes=1)
        forms = {
            "date": f"{start:%Y-%m-%d}", "startDate": f"{start:%Y-%m-%d}", "endDate": f"{end:%Y-%m-%d}",
            "time": f"{start:%H:%M:%S}", "startTime": f"{start:%H:%M:%S}", "endTime": f"{end:%H:%M:%S}",
            "dateTime": f"{start:%Y-%m-%d %H:%M:%S}", "datetime": f"{start:%Y-%m-%d %H:%M:%S}",
            "startDateTime": f"{start:%Y-%m-%d %H:%M:%S}", "endDateTime": f"{end:%Y-%m-%d %H:%M:%S}",
        }  # fmt: skip
        return {key: forms.get(key, "") for key in keys}

    def interval(self, now: datetime, tense: int) -> Interval | None:
        """Beginning and end (which it does not hold) of what is meant."""
        last = self.last
        if last is None or self.first.clock is None or last.clock is None:
            begin = interval(self.first, now, tense)
            close = interval(last, now, tense) if last is not None else None
            return begin if last is None or begin is None else (begin[0], close[0]) if close is not None else None
        one, two = self.first.clock, last.clock
        first = (self.first if has_day(self.first) else last)._replace(clock=one)
        if not one.half and two.half and one.hour <= two.hour:
            first = first._replace(clock=one._replace(half=two.half))
        begin = interval(first, now, tense)
        close = interval((last if has_day(last) else first)._replace(clock=two), now, tense)
        if begin is None or close is None:
            return None
        later = close[0] + _DAY / 2 if close[0] < begin[0] and not two.half else close[0]
        return begin[0], later


def has_day(when: When) -> bool:
    """Whether an expression names a day."""
    return bool(when.offset is not None or when.weekday or when.day or when.month or when.unit)


def interval(when: When, now: datetime, tense: int) -> Interval | None:
    """Beginning and end of one expression."""
    if when.kind == "ref":
        return (now, now) if when.ref in ("PRESENT_REF", "FUTURE_REF") else None
    if when.shift:
        point = moved(now, when.amounts, -1 if when.rel == "now" and tense < 0 else when.shift)
        return (point, point + _DAY) if point is not None else None
    if when.kind == "duration":
        past = when.rel in ("past", "last", "prev")
        start = now if past or when.rel == "" else now + _DAY
        other = moved(start, when.amounts, -1 if past else 1)
        return None if other is None else (other, now) if past else (start, other)
    value = settle(when, Anchor(today=now.date(), tense=tense))
    if value is None:
        return None
    day, _, tail = value.value.partition("T")
    days = value.days or (extent(day) if day else (now.date(), now.date()))
    if days is None:
        return None
    if not tail:
        return narrowed((_midnight(days[0]), _midnight(days[1]) + _DAY), when.mod)
    if tail in _PARTS:
        a, b = _PARTS[tail]
        if when.mod in ("START", "END"):
            a, b = (a, a + 2) if when.mod == "START" else (b - 2, b)
        return _at(days[0], a), _at(days[0], b)
    clock = re.match(r"(\d\d):(\d\d)(?::(\d\d))?", tail)
    if clock is None:
        return None
    hour, minute, second = (int(x or 0) for x in clock.groups())
    point = _midnight(days[0]) + timedelta(hours=hour, minutes=minute, seconds=second)
    return point, point


def narrowed(whole: Interval, mod: str) -> Interval:
    """The earlier or later half of a week, month or year, as Recognizers-Text cuts it."""
    if mod not in ("START", "END"):
        return whole
    begin, end = whole
    days = (end - begin).days
    if days == 7:
        cut = begin + 3 * _DAY
    elif days > 300:
        cut = begin.replace(month=7)
    elif days in (28, 29, 30, 31):
        cut = begin + 15 * _DAY
    else:
        return whole
    return (begin, cut) if mod == "START" else (cut, end)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _at(day: date, hour: int) -> datetime:
    return _midnight(day) + (timedelta(hours=hour) if hour < 24 else timedelta(hours=23, minutes=59, seconds=59))


def moved(now: datetime, amounts: Sequence[tuple[float | None, str]], sign: int) -> datetime | None:
    """``now`` moved by amounts, to the second."""
    for said, unit in amounts:
        number = _FEW if said is None else said
        months = {"Y": 12, "M": 1, "DE": 120, "CE": 1200}.get(unit)
        if months is None:
            now += sign * timedelta(seconds=number * _SECONDS.get(unit, 0))
            continue
        day = add_months(now.date(), sign * round(number * months))
        if day is None:
            return None
        now = datetime.combine(day, now.time())
    return now


def seconds(when: When) -> float:
    """The length of a duration."""
    return sum((_FEW if n is None else n) * _SECONDS.get(unit, 0) for n, unit in when.amounts)


def set_value(when: When) -> str:
    """The value of a set as Recognizers-Text writes it."""
    value = settle(when, Anchor())
    text = value.value if value is not None else ""
    if when.clock is not None:
        clock = when.clock
        hour = clock.hour + (12 if clock.half == "PM" and clock.hour < 12 else 0)
        day = f"XXXX-WXX-{when.weekday}" if when.weekday else ""
        return f"{day}T{hour:02d}" + (f":{clock.minute:02d}" if clock.minute else "")
    return text.removeprefix("XXXX-XX-XX")


def _span(ctx: Context, one: FoundTime) -> tuple[int, int]:
    """The source span of an expression, without the clitics of its first word."""
    return ctx.cut_span(one.first, one.end, len(one.clitic))


@dataclass(frozen=True, slots=True)
class Reading:
    """The expressions of one phrase, ranges joined."""

    text: str
    moments: tuple[Moments, ...]

    @classmethod
    def of(cls, text: str, *, loose: str) -> Reading:
        """Read a phrase."""
        ctx = context(words(text, split=split))
        found = times(ctx, numerals(ctx.words), loose=loose)
        joined: list[Moments] = []
        skip = False
        for n, one in enumerate(found):
            if skip:
                skip = False
                continue
            span = _span(ctx, one)
            if one.until and n + 1 < len(found):
                nxt: FoundTime = found[n + 1]
                joined.append(Moments((span[0], _span(ctx, nxt)[1]), one.when, nxt.when))
                skip = True
            else:
                joined.append(Moments(span, one.when))
        return cls(text, tuple(joined))

    def overlapping(self, a: int, b: int) -> list[Moments]:
        """The expressions that share a letter with ``[a, b)``."""
        return [m for m in self.moments if a < m.span[1] and m.span[0] < b]


_STAMP = re.compile(r"\((\d+), (\d+), (\d+), (\d+), (\d+), (\d+)\)")


def duckling_moments(phrase: str, expected: str | None, now: datetime) -> bool:
    """Whether a phrase means what Duckling expects: the moment at which it begins, of intervals also the end."""
    found = Reading.of(phrase, loose="hour").moments
    if expected is None or len(found) != 1:
        return expected is None and not found
    stamps = [datetime(*map(int, s)) for s in _STAMP.findall(expected)]
    one = found[0]
    later = one.evening()
    for tense in (1, 0, -1):
        given = one.interval(now, tense)
        if given is not None and later is not None and given[0] < now:
            given = replace(one, first=later).interval(now, tense)  # an hour that is past is that after noon
        given = _duckling_interval(one, given, tense, len(stamps) > 1)
        if given is not None and given[0] == stamps[0] and (len(stamps) == 1 or given[1] == stamps[1]):
            return True
    return False


def _duckling_interval(one: Moments, given: Interval | None, tense: int, wide: bool) -> Interval | None:
    """Duckling's own ends: ranges hold their last day or hour, thirds of months, nights from six, hours of its zone."""
    if given is None:
        return None
    begin, end = given
    if one.last is not None:
        return begin, end + (timedelta(hours=1) if one.last.clock is not None else _DAY)
    clock = one.first.clock
    if clock is not None and clock.zone == "Z":
        return begin - timedelta(hours=2), end
    whole = interval(one.first._replace(mod=""), datetime(2013, 2, 12, 4, 30), tense)
    if one.first.mod and one.first.month and whole is not None and (whole[1] - whole[0]).days in range(28, 32):
        first = whole[0]
        if one.first.mod == "MID":
            return first + 14 * _DAY, first + 15 * _DAY
        return (first, first + 10 * _DAY) if one.first.mod == "START" else (first + 20 * _DAY, whole[1])
    if one.first.part == "NI" and wide:
        midnight = _midnight(begin.date())
        return midnight + timedelta(hours=18), midnight + _DAY
    return given
