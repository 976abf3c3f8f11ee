"""Days and periods told by their place: today, Friday, last month, the same day, this year."""

from __future__ import annotations

from musnad.find.dates import month_date, year
from musnad.find.figures import numeric_date
from musnad.find.timewords import Grid, Hit, Sense
from musnad.find.when import When

_COMMAS = frozenset(",\u060c")
SPAN_UNITS = frozenset(("Y", "M", "W", "D", "Q", "H1", "T1", "DE", "CE", "SE", "WE", "NI"))


def is_unit(g: Grid, i: int, value: str) -> Sense | None:
    """The reading of token ``i`` as a form of the unit ``value``."""
    return next((s for s in g.units(i) if s.value == value), None)


def day(g: Grid, i: int) -> Hit | None:
    """``today``, ``yesterday`` and so on, with the weekday or date that explains them."""
    s = g.get(i, "day")
    if s is not None:
        end, when = i + 1 + len(s.rest), When(offset=int(s.value), row=s.row)
    else:
        s = is_unit(g, i, "D")
        if s is None or s.number != "s" or (s.definite and g.inner(i + 1, "dayname") is not None):
            return None
        if not s.definite:
            second = g.inner(i + 1, "day")
            if second is None:
                hit = (month_date(g, i + 1) or numeric_date(g, i + 1)) if g.free(i + 1) else None
                return hit if hit is not None and hit[1].day is not None else None
            end, when = i + 2 + len(second.rest), When(offset=int(second.value), row=second.row)
        elif _qualified(g, i + 1):
            return None
        else:
            end, when = i + 1, When(offset=0, unit="D", row=s.row)
    return _explained(g, end, when)


def _qualified(g: Grid, i: int) -> bool:
    """Whether ``the day`` is told by what follows, so that it is not today."""
    rel = g.inner(i, "rel")
    if rel is not None and rel.definite and rel.value != "this":
        return True
    n = g.inner(i, "ordinal")
    return g.inner(i, "same") is not None or (n is not None and n.definite)


def _explained(g: Grid, end: int, when: When) -> Hit:
    """The weekday after ``today``, bare or in brackets; it decides which day is meant."""
    opened = g.form(end) == "("
    at = end + 1 if opened or g.form(end) in _COMMAS else end
    if not opened and at > end and when.offset:
        at = end
    named = g.inner(at, "weekday")
    if named is None or not named.definite:
        return end, when
    at += 1
    if opened:
        if g.form(at) != ")":
            return end, when
        at += 1
    when = when._replace(weekday=int(named.value))
    tail = month_date(g, at)
    if tail is not None and tail[1].day is not None and g.free(at):
        return tail[0], tail[1]._replace(weekday=when.weekday)
    return at, when


def weekday(g: Grid, i: int) -> Hit | None:
    """``Friday``, ``last Friday``, ``Friday 23 September``, ``Friday of next week``."""
    head = is_unit(g, i, "D")
    at = i
    if head is not None and not head.definite and head.number in "sd":
        at = i + 1
    s = g.inner(at, "weekday") if at > i else g.get(at, "weekday")
    if s is None or (at == i and not s.definite and (is_unit(g, i + 1, "W") is None or unit(g, i + 1) is None)):
        return None
    when = When(weekday=int(s.value), row=s.row)
    end = at + 1
    if not s.definite and g.inner(end, "unit") is None:
        return None
    rel = g.inner(end, "rel")
    if rel is not None and rel.definite:
        return end + 1, when._replace(rel=rel.value)
    tail = _date_after(g, end)
    if tail is not None:
        return tail[0], tail[1]._replace(weekday=when.weekday)
    of = g.inner(end, "of")
    week = unit(g, end + (1 if of is not None else 0)) if g.free(end + (1 if of is not None else 0)) else None
    if week is not None and week[1].unit == "W" and (week[1].rel or week[1].back) and week[1].nth is None:
        return week[0], when._replace(of=week[1])
    return end, when


def _date_after(g: Grid, at: int) -> Hit | None:
    """The calendar date that follows a weekday."""
    if g.form(at) in _COMMAS or g.form(at) == "(":
        at += 1
    same = g.inner(at, "same-day") or g.inner(at, "lead")
    if same is not None:
        at += 1
        head = is_unit(g, at, "D")
        if head is not None and not head.definite:
            at += 1
    if not g.free(at):
        return None
    tail = month_date(g, at) or numeric_date(g, at)
    if tail is not None and tail[1].day is not None:
        return tail[0] + (1 if g.form(at - 1) == "(" and g.form(tail[0]) == ")" else 0), tail[1]
    return None


def unit(g: Grid, i: int) -> Hit | None:
    """``this year``, ``last month``, ``the same day``, ``that year``, ``the last three months``."""
    for lead in ("this", "that", "samepre"):
        s = g.get(i, lead)
        if s is not None:
            hit = _pointed(g, i + 1, lead)
            if hit is not None:
                return hit
    s = g.get(i, "unit")
    if s is None or s.value not in SPAN_UNITS | {"TH", "TM"}:
        return None
    end = i + 1 + len(s.rest)
    if g.inner(end, "school") is not None:
        end += 1
        span = numeric_or_school(g, end)
        if span is not None:
            return span
    rel = g.inner(end, "rel")
    if rel is not None and (rel.definite or s.value == "WE") and s.definite and s.number == "s":
        after = end + 1
        if s.value == "Y":
            span = numeric_or_school(g, after)
            if span is not None:
                return span
        return after, When(unit=s.value, rel=rel.value, row=s.row)
    if g.inner(end, "same") is not None and s.definite:
        return end + 1, When(unit=s.value, back=True, row=s.row)
    if s.value == "WE":
        return end, When(unit="WE", rel="this", row=s.row)
    return None


def numeric_or_school(g: Grid, i: int) -> Hit | None:
    """``2017/2018`` or a year in figures after ``the school year``."""
    form = g.form(i)
    if not form[:1].isdecimal():
        return None
    if "/" in form:
        parts = form.split("/")
        if len(parts) == 2 and all(len(p) == 4 and p.isdecimal() for p in parts):
            return i + 1, When(year=min(map(int, parts)))
        return None
    hit = year(g, i)
    if hit is not None and g.form(hit[0]) == "-" and year(g, hit[0] + 1) is not None:
        return hit[0] + 2, hit[1]._replace(bare=False)
    return (hit[0], hit[1]._replace(bare=False)) if hit is not None else None


def _pointed(g: Grid, at: int, lead: str) -> Hit | None:
    """What follows ``this``, ``that`` or ``the same``."""
    if not g.free(at):
        return None
    s = g.inner(at, "unit")
    if s is not None and s.value in SPAN_UNITS and s.number == "s" and s.definite:
        end = at + 1 + len(s.rest)
        if lead == "this":
            when = When(offset=0, row=s.row) if s.value == "D" else When(unit=s.value, rel="this", row=s.row)
            if s.value == "NI":
                when = When(offset=0, part="NI", row=s.row)
            follows = g.inner(end, "weekday")
            if s.value == "W" and follows is not None and follows.definite:
                return end + 1, when._replace(unit="", rel="", weekday=int(follows.value), of=when)
            return end, when
        return end, When(unit=s.value, back=True, row=s.row)
    if lead != "this":
        return None
    part = g.inner(at, "part")
    if part is not None and part.definite and part.number != "a":
        return at + 1 + len(part.rest), When(offset=0, part=part.value, row=part.row)
    hit = weekday(g, at) or month_date(g, at)
    if hit is not None and not hit[1].rel and hit[1].day is None:
        return hit[0], hit[1]._replace(rel="this")
    return None
