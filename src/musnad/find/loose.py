"""Numbers alone as days or hours, for texts that are known to tell a time: queries, forms, captions.

In running news a bare ``7`` or ``the fifth`` is hardly ever a time; ``find.times.times`` takes these rules only when
asked (``loose``).
"""

from __future__ import annotations

from musnad.find.amounts import amount
from musnad.find.clocks import at_time, of_day, spoken
from musnad.find.dates import day_number, month_name, ordinal
from musnad.find.periods import unit, weekday
from musnad.find.timerules import Starts, starts
from musnad.find.timewords import FIGURE, Grid, Hit
from musnad.find.when import Clock, When

_HOURS, _DAYS, _MONTHS, _WEEKS, _YEAR, _TWO = 24, 31, 12, 5, 4, 2
_DASHES = frozenset("-\u2013")


def lone_day(g: Grid, i: int) -> Hit | None:
    """``the 15th``, ``on 15``."""
    head = g.get(i, "unit")
    at = i + 1 if head is not None and head.value == "D" and head.number == "s" and not head.definite else i
    found = day_number(g, at)
    return at_time(g, found[0], When(day=found[1])) if found is not None else None


def month_and_day(g: Grid, i: int) -> Hit | None:
    """``October 14``, ``October/ 2``, ``August 27 to 29``."""
    name = month_name(g, i)
    if name is None:
        return None
    at = name[0] + 1 if g.form(name[0]) in ("/", "-") else name[0]
    found = day_number(g, at) if g.free(at) else None
    if found is None:
        return None
    return at_time(g, found[0], When(month=name[1], day=found[1], calendar=name[2], row=name[3]))


def from_now(g: Grid, i: int) -> Hit | None:
    """``two years and a month from now``: before or after, as the tense tells."""
    hit = amount(g, i)
    if hit is None or hit[1].amounts[0][0] is None or g.inner(hit[0], "from") is None:
        return None
    now = g.inner(hit[0] + 1, "ref")
    if now is None or now.value != "PRESENT_REF":
        return None
    return hit[0] + 2 + len(now.rest), hit[1]._replace(shift=1, within=True, rel="now", bare=False)


def lone_part(g: Grid, i: int) -> Hit | None:
    """``noon``, ``at lunch time``: a part of the day without its day."""
    at = i + 1 if g.get(i, "partword") is not None else i
    s = g.get(at, "part")
    if s is None or not s.definite or s.number in ("a", "c"):
        return None
    return at + 1 + len(s.rest), When(part=s.value, row=s.row)


def whole(g: Grid, i: int) -> Hit | None:
    """``all day``, ``the whole month``."""
    s = g.get(i + 1, "unit", "") if g.get(i, "length") is not None else None
    if s is None or not s.definite or s.number != "s" or s.rest:
        return None
    return i + 2, When(kind="duration", amounts=((1.0, s.value),), row=s.row)


def weekday_and_day(g: Grid, i: int) -> Hit | None:
    """``Friday the 22nd``, ``Thursday 21``, ``the second Sunday``."""
    hit = weekday(g, i)
    if hit is None or hit[1].day is not None or hit[1].rel or hit[1].of is not None:
        return None
    end = hit[0]
    n = g.get(end, "ordinal", "")
    if (
        n is not None
        and n.definite
        and not n.rest
        and int(n.value) <= _WEEKS
        and ordinal(g, end) == (end + 1, int(n.value))
    ):
        month = When(unit="M", rel="this")
        return end + 1, When(unit="weekday", weekday=hit[1].weekday, nth=int(n.value), of=month)
    at = end + 1 if g.inner(end, "lead") is not None else end
    found = day_number(g, at) if g.free(at) else None
    return (found[0], hit[1]._replace(day=found[1])) if found is not None else None


def week_and_weekday(g: Grid, i: int) -> Hit | None:
    """``next week Friday``."""
    hit = unit(g, i)
    if hit is None or hit[1].unit != "W" or not hit[1].rel:
        return None
    named = weekday(g, hit[0]) if g.free(hit[0]) else None
    if named is None or named[1].rel or named[1].day is not None:
        return None
    return named[0], named[1]._replace(of=hit[1])


def figures(g: Grid, i: int) -> Hit | None:
    """``4.22``, ``22-4``, ``2015.3``, ``3-2015``."""
    parts = g.form(i).replace(".", "/").split("/")
    end = i + 1
    if len(parts) == 1 and g.form(end) in _DASHES and g.glued(end) and g.glued(end + 1):
        parts, end = [parts[0], g.form(end + 1)], end + 2
    if len(parts) != _TWO or not all(p.isdecimal() and len(p) <= _YEAR for p in parts):
        return None
    a, b = map(int, parts)
    if len(parts[0]) == _YEAR and 1 <= b <= _MONTHS:
        return end, When(year=a, month=b)
    if len(parts[1]) == _YEAR and 1 <= a <= _MONTHS:
        return end, When(year=b, month=a)
    if 1 <= b <= _MONTHS and 1 <= a <= _DAYS:
        return end, When(day=a, month=b)
    return (end, When(day=b, month=a)) if 1 <= a <= _MONTHS and 1 <= b <= _DAYS else None


def lone_hour(g: Grid, i: int) -> Hit | None:
    """``at 7``, ``the eighth``, ``seven thirty``."""
    read = spoken(g, i)
    if read is None:
        return None
    end, said = read
    if (said.minute is None and g.free(end)) or g.number(end) is not None:
        more = g.number(end)
        if more is not None and 0 < more[1] < 60 and more[1] == int(more[1]):
            end, said = more[0], said._replace(minute=int(more[1]))
    return of_day(g, end, said) if said.hour <= _HOURS else None


def loose_rules(wanted: str) -> tuple[Starts, ...]:
    """The rules for numbers alone: ``day``, ``hour``, or none."""
    words = ("ordinal", "ten", FIGURE, "first-of", "unit")
    week = (
        starts("month", month_and_day, "month"),
        starts("whole", whole, "length"),
        starts("now", from_now, "unit", FIGURE),
        starts("part", lone_part, "part", "partword"),
        starts("week", weekday_and_day, "weekday", "unit"),
        starts("week", week_and_weekday, "unit", "this"),
        starts("figures", figures, FIGURE),
    )
    if wanted == "day":
        return (starts("day", lone_day, *words), *week)
    return (starts("hour", lone_hour, *words), *week) if wanted == "hour" else ()


__all__ = ["Clock", "loose_rules"]
