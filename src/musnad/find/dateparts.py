"""Any date: the longest of all kinds, and parts of one: the first quarter of 2023, early this year, its third day."""

from __future__ import annotations

from functools import cache

from musnad.find.amounts import is_number
from musnad.find.dates import day_number, month_date, ordinal, year
from musnad.find.eras import decade, holiday, season
from musnad.find.figures import numeric_date
from musnad.find.periods import SPAN_UNITS, day, unit, weekday
from musnad.find.timerules import Rules, starts
from musnad.find.timewords import FIGURE, Grid, Hit, Sense, clitic_letters
from musnad.find.when import When

_EARLY_LATE = {"early": "MO", "late": "NI"}
_DEEPEST = 4  # dates inside one another: early in the first quarter of next year
_WEEKS = 5  # of one weekday in a month at most
_BA, _LAM = clitic_letters()[1:3]


def date(g: Grid, i: int) -> Hit | None:
    """The longest date-like expression at ``i``."""
    if g.depth >= _DEEPEST:
        return None
    g.depth += 1
    best: Hit | None = None
    for rule in g.rules(i, _date_rules()):
        hit = rule.read(g, i)
        if hit is not None and (best is None or hit[0] > best[0]):
            best = hit
    g.depth -= 1
    return best


@cache
def _date_rules() -> Rules:
    days = ("ordinal", "ten", "first-of", FIGURE)
    return Rules(
        starts("day", day, "day", "unit", alone=("day", "unit:D")),
        starts("weekday", weekday, "weekday", "unit", alone=("weekday",)),
        starts("month", month_date, "month", "monthword", *days, alone=("month",)),
        starts("figures", numeric_date, FIGURE),
        starts("monthday", day_of_month, *days, alone=()),
        starts("unit", unit, "unit", "this", "that", "samepre", alone=("unit:WE",)),
        starts("ordered", ordered, "ordinal", "ten", "nth", "unit", "weekday", alone=()),
        starts("edge", edge, "edge"),
        starts("season", season, "season"),
        starts("decade", decade, "decade", "unit", alone=("decade",)),
        starts("holiday", holiday, "holiday"),
        starts("year", year, "unit", FIGURE, alone=(FIGURE,)),
    )


DATE_STARTS = (
    "day", "unit", "weekday", "month", "monthword", "ordinal", "ten", "first-of", FIGURE, "this", "that", "samepre",
    "nth", "edge", "season", "decade", "holiday",
)  # fmt: skip
DATES_ALONE = ("day", "unit:D", "unit:WE", "weekday", "month", FIGURE, "edge", "season", "decade", "holiday")


def inner_date(g: Grid, i: int) -> Hit | None:
    """The date at ``i`` inside an expression, past ``of`` and ``day``; no clitic may set it off."""
    of = g.inner(i, "of")
    if of is not None:
        i += 1
    if not g.free(i, _LAM) and not g.free(i, _BA):
        return None
    return date(g, i)


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
    if s is None or s.number == "d" or (s.cls == "unit" and s.value not in SPAN_UNITS):
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
    if kind == "weekday" and n > _WEEKS:
        return hit[0], When(day=n, weekday=when.weekday, of=hit[1], row=s.row)
    return hit[0], when._replace(of=hit[1])


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
        when = hit[1]._replace(mod=s.value if s.value in ("START", "MID", "END") else "", bare=False)
        if s.number in ("early", "late") and (when.weekday or when.offset is not None or when.day):
            when = when._replace(part=_EARLY_LATE[s.number])
        return hit[0], when
    if s.number in ("early", "late"):
        return end, When(offset=0, mod=s.value, part=_EARLY_LATE[s.number], row=s.row)
    if s.number == "ref":
        return end, When(kind="ref", ref="PAST_REF" if s.value == "BEFORE" else "LATER", row=s.row)
    return None


def day_of_month(g: Grid, i: int) -> Hit | None:
    """``the 24th of this month``."""
    found = day_number(g, i)
    of = g.inner(found[0], "of") if found is not None else None
    if found is None or (of is None and not is_number(g, i)):
        return None
    at = found[0] + (1 if of is not None else 0)
    hit = unit(g, at) if g.free(at) else None
    if hit is None or hit[1].unit != "M" or hit[1].back:
        return None
    return hit[0], When(day=found[1], of=hit[1], row=hit[1].row)
