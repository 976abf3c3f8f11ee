"""Times that are told by their place: today, Friday, last month, the first quarter of 2023, the early 1990s."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from musnad.find.dates import day_number, era, month_date, numeric_date, ordinal, year
from musnad.find.timewords import FIGURE, Grid, Hit, Sense, Starts, clitic_letters, starts
from musnad.find.when import When

_WAW, _BA, _LAM, _ = clitic_letters()
_COMMAS = frozenset(",\u060c")
_SPAN_UNITS = frozenset(("Y", "M", "W", "D", "Q", "H1", "T1", "DE", "CE", "SE", "WE", "NI"))


def date(g: Grid, i: int) -> Hit | None:
    """The longest date-like expression at ``i``."""
    best: Hit | None = None
    for rule in g.rules(i, _date_rules()):
        hit = rule.read(g, i)
        if hit is not None and (best is None or hit[0] > best[0]):
            best = hit
    return best


@cache
def _date_rules() -> tuple[Starts, ...]:
    days = ("ordinal", "ten", "first-of", FIGURE)
    return (
        starts("day", day, "day", "unit"),
        starts("weekday", weekday, "weekday", "unit"),
        starts("month", month_date, "month", "monthword", *days),
        starts("figures", numeric_date, FIGURE),
        starts("monthday", day_of_month, *days),
        starts("unit", unit, "unit", "this", "that", "samepre"),
        starts("ordered", ordered, "ordinal", "ten", "nth", "unit", "weekday"),
        starts("edge", edge, "edge"),
        starts("season", season, "season"),
        starts("decade", decade, "decade", "unit"),
        starts("holiday", holiday, "holiday"),
        starts("year", year, "unit", FIGURE),
    )


DATE_STARTS = (
    "day", "unit", "weekday", "month", "monthword", "ordinal", "ten", "first-of", FIGURE, "this", "that", "samepre",
    "nth", "edge", "season", "decade", "holiday",
)  # fmt: skip


def inner_date(g: Grid, i: int) -> Hit | None:
    """The date at ``i`` inside an expression, past ``of`` and ``day``; no clitic may set it off."""
    of = g.inner(i, "of")
    if of is not None:
        i += 1
    if not g.free(i, _LAM) and not g.free(i, _BA):
        return None
    return date(g, i)


def _is_unit(g: Grid, i: int, value: str) -> Sense | None:
    for s in g.at[i] if 0 <= i < g.size else ():
        if s.cls == "unit" and s.value == value and not s.rest:
            return s
    return None


def day(g: Grid, i: int) -> Hit | None:
    """``today``, ``yesterday`` and so on, with the weekday or date that explains them."""
    s = g.get(i, "day")
    if s is not None:
        end, when = i + 1 + len(s.rest), When(offset=int(s.value), row=s.row)
    else:
        s = _is_unit(g, i, "D")
        if s is None or s.number != "s" or (s.definite and g.inner(i + 1, "dayname") is not None):
            return None
        if not s.definite:
            second = g.inner(i + 1, "day")
            if second is None:
                return None
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
    when = replace(when, weekday=int(named.value))
    tail = month_date(g, at)
    if tail is not None and tail[1].day is not None and g.free(at):
        return tail[0], replace(tail[1], weekday=when.weekday)
    return at, when


def weekday(g: Grid, i: int) -> Hit | None:
    """``Friday``, ``last Friday``, ``Friday 23 September``, ``Friday of next week``."""
    head = _is_unit(g, i, "D")
    at = i
    if head is not None and not head.definite and head.number in "sd":
        at = i + 1
    s = g.inner(at, "weekday") if at > i else g.get(at, "weekday")
    if s is None or (at == i and not s.definite):
        return None
    when = When(weekday=int(s.value), row=s.row)
    end = at + 1
    if not s.definite and g.inner(end, "unit") is None:
        return None
    rel = g.inner(end, "rel")
    if rel is not None and rel.definite:
        return end + 1, replace(when, rel=rel.value)
    tail = _date_after(g, end)
    if tail is not None:
        return tail[0], replace(tail[1], weekday=when.weekday)
    of = g.inner(end, "of")
    week = unit(g, end + (1 if of is not None else 0)) if g.free(end + (1 if of is not None else 0)) else None
    if week is not None and week[1].unit == "W" and (week[1].rel or week[1].back) and week[1].nth is None:
        return week[0], replace(when, of=week[1])
    return end, when


def _date_after(g: Grid, at: int) -> Hit | None:
    """The calendar date that follows a weekday."""
    if g.form(at) in _COMMAS or g.form(at) == "(":
        at += 1
    same = g.inner(at, "same-day")
    if same is not None:
        at += 1
        head = _is_unit(g, at, "D")
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
    if s is None or s.value not in _SPAN_UNITS | {"TH", "TM"}:
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
        return hit[0] + 2, replace(hit[1], bare=False)
    return (hit[0], replace(hit[1], bare=False)) if hit is not None else None


def _pointed(g: Grid, at: int, lead: str) -> Hit | None:
    """What follows ``this``, ``that`` or ``the same``."""
    if not g.free(at):
        return None
    s = g.inner(at, "unit")
    if s is not None and s.value in _SPAN_UNITS and s.number == "s" and s.definite:
        end = at + 1 + len(s.rest)
        if lead == "this":
            when = When(offset=0, row=s.row) if s.value == "D" else When(unit=s.value, rel="this", row=s.row)
            if s.value == "NI":
                when = When(offset=0, part="NI", row=s.row)
            follows = g.inner(end, "weekday")
            if s.value == "W" and follows is not None and follows.definite:
                return end + 1, replace(when, unit="", rel="", weekday=int(follows.value), of=when)
            return end, when
        return end, When(unit=s.value, back=True, row=s.row)
    if lead != "this":
        return None
    part = g.inner(at, "part")
    if part is not None and part.definite and part.number != "a":
        return at + 1 + len(part.rest), When(offset=0, part=part.value, row=part.row)
    hit = weekday(g, at) or month_date(g, at)
    if hit is not None and not hit[1].rel and hit[1].day is None:
        return hit[0], replace(hit[1], rel="this")
    return None


def ordered(g: Grid, i: int) -> Hit | None:
    """``the first quarter of 2023``, ``the third day of the month``, ``the last week of September``."""
    n = ordinal(g, i)
    first = g.get(i, "nth")
    if n is None and first is not None and not first.definite:
        n = (i + 1, -1)
    if n is not None:
        return _nth_before(g, i, n)
    s = g.get(i, "unit") or g.get(i, "weekday")
    if s is None or not s.definite or s.rest or s.number in ("p", "d"):
        return None
    last = g.inner(i + 1, "nth") or (g.inner(i + 1, "rel") if g.inner(i + 1, "rel") else None)
    n = ordinal(g, i + 1) if g.free(i + 1) else None
    if n is None and last is not None and last.definite and last.value in ("-1", "last"):
        n = (i + 2, -1)
    if n is None:
        return None
    row = g.inner(n[0], "in-a-row")
    if row is not None and s.value == "D":
        return n[0] + 1 + len(row.rest), When(unit="D", back=True, offset=0, row=s.row)
    return _nth_of(g, n[0], s, n[1])


def _nth_before(g: Grid, i: int, n: tuple[int, int]) -> Hit | None:
    at, value = n
    s0 = g.get(i, "ordinal")
    if s0 is not None and s0.definite:
        return None
    alternative = g.inner(at, "or")
    if alternative is not None and ordinal(g, at + 1) is not None:
        at = ordinal(g, at + 1)[0]  # type: ignore[index]
    s = g.inner(at, "unit")
    if s is not None and s.value == "D":
        day_name = g.inner(at + 1, "weekday")
        if day_name is not None:
            s, at = day_name, at + 1
    s = s if s is not None and s.cls == "weekday" else g.inner(at, "weekday") or s
    if s is None or s.number == "d" or (s.cls == "unit" and s.value not in _SPAN_UNITS):
        return None
    return _nth_of(g, at + 1, s, value, loose=alternative is not None)


def _nth_of(g: Grid, end: int, s: Sense, n: int, *, loose: bool = False) -> Hit | None:
    kind = "weekday" if s.cls == "weekday" else s.value
    when = When(unit=kind, nth=n, weekday=int(s.value) if s.cls == "weekday" else None, row=s.row)
    hit = _container(g, end)
    if hit is None:
        return None
    if loose:
        return hit
    return hit[0], replace(when, of=hit[1])


def _container(g: Grid, at: int) -> Hit | None:
    """The time that something is the first or last part of: a date, or this month or year by its bare name."""
    of = g.inner(at, "of")
    if of is not None:
        at += 1
    if not (g.free(at) or g.free(at, _LAM) or g.free(at, _BA)):
        return None
    hit = date(g, at)
    if hit is not None:
        return hit
    s = g.get(at, "unit")
    if s is not None and s.definite and s.number == "s" and s.value in ("Y", "M", "W", "CE", "DE"):
        return at + 1, When(unit=s.value, rel="this", row=s.row)
    return None


def edge(g: Grid, i: int) -> Hit | None:
    """``early in``, ``the middle of``, ``the end of`` a time; ``earlier this year``."""
    s = g.get(i, "edge")
    if s is None or (s.definite and not s.number):
        return None
    end = i + 1 + len(s.rest)
    hit = _container(g, end)
    if hit is not None:
        return hit[0], replace(hit[1], mod=s.value if s.value in ("START", "MID", "END") else "", bare=False)
    if s.number == "early":
        return end, When(offset=0, mod="START", row=s.row)
    if s.number == "ref":
        return end, When(kind="ref", ref="PAST_REF" if s.value == "BEFORE" else "LATER", row=s.row)
    return None


def day_of_month(g: Grid, i: int) -> Hit | None:
    """``the 24th of this month``."""
    found = day_number(g, i)
    of = g.inner(found[0], "of") if found is not None else None
    if found is None or of is None or not g.free(found[0] + 1):
        return None
    hit = unit(g, found[0] + 1)
    if hit is None or hit[1].unit != "M" or hit[1].back:
        return None
    return hit[0], When(day=found[1], of=hit[1], row=hit[1].row)


def season(g: Grid, i: int) -> Hit | None:
    """``summer 2015``, ``last winter``."""
    s = g.get(i, "season")
    if s is None:
        return None
    when = When(season=s.value, row=s.row)
    rel = g.inner(i + 1, "rel")
    if rel is not None and rel.definite and s.definite:
        return i + 2, replace(when, rel=rel.value)
    at = i + 1
    of = g.inner(at, "of")
    found = year(g, at + (1 if of is not None else 0)) if not s.definite and g.free(at, _LAM) else None
    if found is not None:
        return found[0], replace(when, year=found[1].year)
    later = unit(g, at) if g.free(at) and not s.definite else None
    if later is not None and later[1].unit == "Y" and later[1].rel:
        return later[0], replace(when, of=later[1])
    return None


def decade(g: Grid, i: int) -> Hit | None:
    """``the eighties``, ``the eighties of last century``, ``the 20th century``."""
    s = g.get(i, "decade")
    if s is not None:
        end = i + 1
        of = g.inner(end, "of")
        hit = century(g, end + (1 if of is not None else 0))
        if hit is not None:
            return hit[0], When(decade=int(s.value), of=hit[1], row=s.row)
        return end, When(decade=int(s.value), row=s.row)
    return century(g, i)


def century(g: Grid, i: int) -> Hit | None:
    """``last century``, ``the nineteenth century``."""
    named = g.get(i, "century")
    if named is not None:
        return i + 1 + len(named.rest), When(century=int(named.value), row=named.row)
    s = _is_unit(g, i, "CE")
    if s is None or not s.definite:
        return None
    rel = g.inner(i + 1, "rel")
    if rel is not None:
        return i + 2, When(unit="CE", rel=rel.value, row=s.row)
    n = ordinal(g, i + 1) if g.free(i + 1) else None
    return (n[0], When(century=n[1], row=s.row)) if n is not None else None


def holiday(g: Grid, i: int) -> Hit | None:
    """Feasts by name, with the year or the word for last or next."""
    s = g.get(i, "holiday")
    if s is None:
        return None
    end = i + 1 + len(s.rest)
    when = When(holiday=s.value, row=s.row)
    rel = g.inner(end, "rel")
    if rel is not None and rel.definite:
        return end + 1, replace(when, rel=rel.value)
    found = year(g, end) if g.free(end, _LAM) else None
    if found is not None:
        return found[0], replace(when, year=found[1].year)
    later = unit(g, end) if g.free(end) else None
    if later is not None and later[1].unit == "Y" and later[1].rel:
        return later[0], replace(when, of=later[1])
    return end, when


__all__ = ["date", "day_number", "era", "inner_date", "unit", "weekday"]
