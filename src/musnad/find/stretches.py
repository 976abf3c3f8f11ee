"""Stretches of time told by definite plurals: the last three months, the coming days, the past two years."""

from __future__ import annotations

from musnad.find.amounts import amount, is_number
from musnad.find.timewords import Grid, Hit, Sense, clitic_letters
from musnad.find.when import When

_WAW, _, _, _ = clitic_letters()
_UNITS = frozenset(("Y", "M", "W", "D", "DE", "CE", "TH", "TM", "TS", "NI"))


def stretch(g: Grid, i: int) -> Hit | None:
    """A definite plural or dual of a unit with a number, or with a word for past or coming."""
    last = g.get(i, "nth")
    if last is not None and last.value == "-1" and not last.definite and g.number(i + 1) is not None:
        hit = amount(g, i + 1)
        return (hit[0], hit[1]._replace(rel="last")) if hit is not None and not hit[1].shift else None
    at = i
    this = g.get(i, "this")
    if this is not None:
        at += 1
    counted = _count(g, at)
    if counted is not None:
        at = counted[0]
    s = _plural(g, at, single=counted is not None)
    if s is None or (at > i and s.clitic) or not s.definite:
        return None
    end = at + 1
    number = counted[1] if counted is not None else (2.0 if s.number == "d" else None)
    if number is None:
        counted = _count(g, end)
        if counted is not None:
            end, number = counted
    else:
        end = _second_unit(g, end, s)
    end = _second_unit(g, end, s) if number is None else end
    few = g.inner(end, "few")
    if few is not None:
        end += 1
    rel = g.inner(end, "rel")
    if rel is not None and rel.definite:
        end += 1
        few = few or g.inner(end, "few")
        end += 1 if g.inner(end, "few") is not None else 0
        if number is None:
            later = _count(g, end)
            end, number = later if later is not None else (end, None)
    elif number is None or (this is None and s.number == "d" and not _described(g, i, end)):
        return None
    return end, _said(s, number, few is not None, rel.value if rel is not None and rel.definite else "")


def _said(s: Sense, number: float | None, few: bool, rel: str) -> When:
    """An amount where it is counted or called small; else a vague past or future."""
    if number is None and not few:
        if rel in ("last", "prev"):
            return When(kind="ref", ref="PAST_REF", row=s.row)
        if rel in ("next", "after"):
            return When(kind="ref", ref="FUTURE_REF", row=s.row)
        if rel == "this":
            return When(kind="ref", ref="PRESENT_REF", row=s.row)
    return When(kind="duration", amounts=((number, s.value),), few=few, rel=rel, row=s.row)


def _described(g: Grid, i: int, end: int) -> bool:
    """Whether a definite adjective follows, and none stands before: ``the two remaining years``."""
    before, after = (g.ctx.tags[k] if 0 <= k < g.size else None for k in (i - 1, end))
    return after is not None and after.definite and not after.conjunction and (before is None or not before.definite)


def _plural(g: Grid, i: int, *, single: bool = False) -> Sense | None:
    """A form of a unit in the plural or dual; where it is counted before, also in the singular."""
    for s in g.units(i):
        if s.number in ("spd" if single else "pd") and s.value in _UNITS:
            return s
    return None


def _second_unit(g: Grid, end: int, s: Sense) -> int:
    """``the days and weeks``: the second of two units."""
    if g.inner(end, "or") is not None or g.inner(end, "and") is not None:
        other = g.inner(end + 1, "unit")
        return end + 2 if other is not None and other.definite and other.number == s.number else end
    other = g.get(end, "unit", _WAW)
    return end + 1 if other is not None and other.definite and other.number == s.number else end


def _count(g: Grid, i: int) -> tuple[int, float] | None:
    """A definite number: ``the three``, ``the 18``."""
    if i >= g.size:
        return None
    if g.inner(i, "the") is not None or g.get(i, "the", _WAW) is not None:
        return g.number(i + 1)
    found = g.numbers.get(i)
    if found is not None and is_number(g, i):
        rel = g.inner(found[0], "rel")
        return found if rel is not None and rel.definite else None
    if found is None or not (g.definite_numbers & {i}):
        return None
    return found
