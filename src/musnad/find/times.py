"""Times of a text: dates, clock times, durations and sets, as written, before they are settled against a date.

An expression grammar over tokens (``dates``, ``periods``, ``clocks``, ``amounts``) proposes the longest expression
at every word that the time tables know; what stands around it decides whether it is one: ages, names of papers and
bare words that are mostly something else are left out. What is a time expression follows TimeML (Pustejovsky et al.
2003) and the guidelines of ``shared/gold``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from musnad.find.amounts import amount, each, shifted
from musnad.find.clocks import clock, dated, part_of_day
from musnad.find.context import Context
from musnad.find.timewords import Grid, Hit
from musnad.find.when import When
from musnad.read.words import NUMBER

_DASHES = frozenset("-\u2013\u2014")
_BACK = 3  # tokens before an amount in which a word of age may stand
_FIRST_YEAR, _LAST_YEAR = 1900, 2060


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTime:
    """One time expression.

    Attributes:
        first, end: its tokens ``[first, end)``; ``clitic``: letters before it that are written to its first word.
        when: what it says.
        rule: name of the rule that made it.
        until: whether the next expression ends the range that this one begins.
    """

    first: int
    end: int
    when: When
    rule: str
    clitic: str = ""
    until: bool = False


_RULES = (
    ("shift", shifted),
    ("part", part_of_day),
    ("date", dated),
    ("clock", clock),
    ("set", each),
    ("amount", amount),
)


def times(ctx: Context, numbers: Mapping[int, tuple[int, float]] | None = None) -> tuple[FoundTime, ...]:
    """The time expressions of a text, in order.

    Args:
        numbers: first token → end and value of the numerals written in words.
    """
    g = Grid(ctx, numbers or {})
    found: list[FoundTime] = []
    i = 0
    while i < g.size:
        if not g.at[i] and g.kinds[i] != NUMBER and i not in g.numbers:
            i += 1
            continue
        skip = g.get(i, "skip")
        if skip is not None:
            i += 1 + len(skip.rest)
            continue
        best = _best(g, i)
        if best is None:
            i += 1
            continue
        found.append(best)
        i = max(best.end, i + 1)
    return _with_ranges(g, found)


def _best(g: Grid, i: int) -> FoundTime | None:
    """The longest wanted expression at ``i``; the first rule among equals."""
    best: FoundTime | None = None
    for rule, read in (*_RULES, ("ref", _reference)):
        hit = read(g, i)
        if hit is None or (best is not None and hit[0] <= best.end):
            continue
        end, when = hit
        kept = _wanted(g, i, end, when, rule)
        if kept is not None:
            best = FoundTime(first=i, end=end, when=kept, rule=rule, clitic=_clitic(g, i))
    return best


def _clitic(g: Grid, i: int) -> str:
    return g.at[i][0].clitic if g.at[i] else ""


def _reference(g: Grid, i: int) -> Hit | None:
    """Words for now, the past and the future."""
    for s in g.at[i]:
        if s.cls != "ref" or (s.rest and g.forms[i + 1 : i + 1 + len(s.rest)] != s.rest):
            continue
        if s.number == "in" and not (g.get(i - 1, "lead") or s.clitic):
            continue
        if s.number == "ago" and not _ago(g, i):
            continue
        return i + 1 + len(s.rest), When(kind="ref", ref=s.value, row=s.row)
    return None


def _ago(g: Grid, i: int) -> bool:
    s = g.get(i - 1, "anchor")
    return s is not None and s.value == "-1"


def _wanted(g: Grid, i: int, end: int, when: When, rule: str) -> When | None:
    """``when`` where the words around it allow it, else None."""
    if when.kind == "duration" and not when.shift:
        if _is_age(g, i, end, when):
            return None
        if when.bare and not _is_length(g, i, end, when):
            return None
        return replace(when, bare=False)
    if when.bare and when.kind == "date":
        if when.year is not None and when.month is None:
            return replace(when, bare=False) if _is_year(g, i, end, when.year) else None
        if when.month is not None and g.kinds[i] == NUMBER and end == i + 1:
            return replace(when, bare=False) if _before(g, i, "unit", "weekday", "lead") else None
    return when


def _before(g: Grid, i: int, *classes: str) -> bool:
    return any(g.get(i - 1, cls) is not None for cls in classes)


def _is_age(g: Grid, i: int, end: int, when: When) -> bool:
    """Whether an amount is somebody's age."""
    if when.amounts[0][1] not in ("Y", "M") or when.amounts[0][0] is None:
        return False
    after = g.inner(end, "age")
    if after is not None and after.value == "after":
        return True
    if g.form(i - 1) == "(" and g.form(end) == ")":
        return True
    for k in range(max(0, i - _BACK), i):
        s = g.get(k, "age")
        if s is not None and s.value == "before":
            return True
    return False


def _is_length(g: Grid, i: int, end: int, when: When) -> bool:
    """Whether a lone unit (``a year``, ``months``) is an amount of time."""
    previous = g.get(i - 1, "length") or g.get(i - 1, "anchor") or g.get(i - 1, "approx")
    if when.amounts[0][0] is None:
        return previous is not None or g.at[i][0].clitic == ""
    return previous is not None


def _is_year(g: Grid, i: int, end: int, value: int) -> bool:
    """Whether four figures are a year: in range, and no count of what follows."""
    if not _FIRST_YEAR <= value <= _LAST_YEAR:
        return False
    if _before(g, i, "lead", "from", "edge", "unit", "to", "season", "month", "between", "and", "anchor", "or"):
        return True
    return g.form(i - 1) in ("(", "/") or (g.form(i - 1) in _DASHES)


def _with_ranges(g: Grid, found: list[FoundTime]) -> tuple[FoundTime, ...]:
    """Mark the expressions that begin a range which the next one ends."""
    out: list[FoundTime] = []
    for n, one in enumerate(found):
        nxt = found[n + 1] if n + 1 < len(found) else None
        out.append(replace(one, until=True) if nxt is not None and _joins(g, one, nxt) else one)
    return tuple(out)


def _joins(g: Grid, one: FoundTime, nxt: FoundTime) -> bool:
    if one.when.kind != "date" or nxt.when.kind != "date" or nxt.first - one.end > 2:
        return False
    gap = range(one.end, nxt.first)
    if len(gap) == 1 and (g.form(one.end) in _DASHES):
        return True
    if any(g.get(k, "to") is not None for k in gap):
        return _before(g, one.first, "from") or g.get(one.first - 2, "from") is not None
    if not gap or g.get(one.end, "and") is not None:
        return _before(g, one.first, "between") or g.get(one.first - 2, "between") is not None
    return False
