"""Times of a text: dates, clock times, durations and sets, as written, before they are settled against a date.

An expression grammar over tokens (``dates``, ``periods``, ``clocks``, ``amounts``) proposes the longest expression
at every word that the time tables know; what stands around it decides whether it is one: ages, names of papers and
bare words that are mostly something else are left out. What is a time expression follows TimeML (Pustejovsky et al.
2003) and the guidelines of ``shared/gold``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from musnad.find.amounts import amount, beside, each, shifted
from musnad.find.clocks import clock, dated, part_of_day
from musnad.find.context import Context
from musnad.find.dateparts import DATE_STARTS, DATES_ALONE
from musnad.find.loose import loose_rules
from musnad.find.numbers import Numeral
from musnad.find.stretches import stretch
from musnad.find.timerules import Rules, Starts, starts
from musnad.find.timewords import FIGURE, Grid, Hit, clitic_letters
from musnad.find.when import When
from musnad.read.words import NUMBER, WORD

_COMMAS = frozenset(",\u060c")
_DASHES = frozenset("-\u2013\u2014")
_SKIP = "skip"  # the class of phrases that look like times and are none
_BACK = 6  # tokens before an amount in which a word of age may stand
_FIRST_YEAR, _LAST_YEAR = 1900, 2060


class FoundTime(NamedTuple):
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


@cache
def _rules() -> Rules:
    return Rules(
        starts("shift", shifted, "anchor", alone=()),
        starts("beside", beside, "beside", alone=()),
        starts("part", part_of_day, "part", "edge", alone=("part",)),
        starts("date", dated, *DATE_STARTS, alone=DATES_ALONE),
        starts("clock", clock, "hour", "ordinal", "point", "approx", FIGURE, alone=("point", FIGURE)),
        starts("set", each, "set", "each", "times", FIGURE, alone=("set",)),
        starts("stretch", stretch, "nth", "this", "the", "unit", FIGURE, alone=("unit/d",)),
        starts("amount", amount, "approx", "vague", "fraction", "unit", "the", FIGURE, alone=("a unit",)),
        starts("ref", _reference, "ref"),
    )


@cache
def opening_classes() -> tuple[frozenset[str], frozenset[str]]:
    """The classes of time words that may begin an expression, and the names of senses that may be one alone.

    What looks like a time and is to be skipped is of both.
    """
    rules = _rules()
    return rules.opening | {_SKIP}, rules.standing | {_SKIP}


def times(
    ctx: Context,
    numerals: Iterable[Numeral],
    parts: bytes = b"",
    ends: bytes = b"",
    openers: Iterable[int] | None = None,
    *,
    loose: str = "",
) -> tuple[FoundTime, ...]:
    """The time expressions of a text, in order.

    Args:
        numerals: its numbers (``find.numbers``).
        parts: for each token whether it may be a part of a time.
        ends: for each token whether a time that it opens goes no further; ``openers``: those at which one may begin
            (``find.valuewords``), if known.
        loose: for texts that are known to tell a time (queries, forms): also read numbers alone, as a ``day`` of the
            month or an ``hour``, and figures and lone words that news use for other things.
    """
    g = Grid(ctx, numerals, parts, ends)
    found: list[FoundTime] = []
    rules = _rules() + loose_rules(loose) if loose else _rules()
    places = range(g.size) if loose or openers is None else openers
    done = 0
    for i in sorted({*places, *g.numbers}):
        if i < done:
            continue
        word = g.at[i]
        if word is not None and _SKIP in word.classes and (skip := g.get(i, _SKIP)) is not None:
            done = i + 1 + len(skip.rest)
        elif (possible := g.rules(i, rules)) and (best := _best(g, i, possible, loose=bool(loose))) is not None:
            found.append(best)
            done = best.end
    return _with_ranges(g, found)


def _best(g: Grid, i: int, rules: tuple[Starts, ...], *, loose: bool = False) -> FoundTime | None:
    """The longest wanted expression at ``i``; the first rule among equals."""
    best: FoundTime | None = None
    for rule, read, _, _ in rules:
        hit = read(g, i)
        if hit is None or (best is not None and hit[0] <= best.end):
            continue
        end, when = hit
        lenient = loose and not (when.bare and when.kind == "duration")
        kept = when._replace(bare=False) if lenient else _wanted(g, i, end, when)
        if kept is not None:
            best = FoundTime(first=i, end=end, when=kept, rule=rule, clitic=g.clitic(i))
    return best


def _reference(g: Grid, i: int) -> Hit | None:
    """Words for now, the past and the future."""
    word = g.at[i]
    for s in word.named["ref"] if word is not None else ():
        if s.rest and g.forms[i + 1 : i + 1 + len(s.rest)] != s.rest:
            continue
        if s.number == "in" and not _inside(g, i, s.clitic):
            continue
        if s.number == "ago" and not _ago(g, i):
            continue
        if s.number == "adverb" and g.get(i + 1, "from") is not None:
            continue
        if s.number == "weak" and i == g.ctx.units[i][0]:
            continue
        if s.number == "close" and not _closes(g, i + 1 + len(s.rest), named=False):
            continue
        return i + 1 + len(s.rest), When(kind="ref", ref=s.value, row=s.row)
    return None


def _inside(g: Grid, i: int, clitic: str) -> bool:
    """Whether ``the past`` or ``the future`` stands after a preposition, and no adjective follows."""
    _, ba, lam, _ = clitic_letters()
    t = g.ctx.tags[i + 1] if i + 1 < g.size else None
    return (g.get(i - 1, "lead") is not None or clitic[-1:] in (ba, lam)) and (t is None or not t.definite)


_NAMING = frozenset(("demonstrative", "relative", "pronoun", "quantifier"))


def _closes(g: Grid, end: int, *, named: bool = True) -> bool:
    """Whether a clause ends at token ``end``: a mark, a particle (``named``: also one that stands for a name) or the
    end of the text."""
    if end >= g.size or g.kinds[end] != WORD:
        return True
    t = g.ctx.tags[end]
    return t is not None and (bool(t.conjunction) or (bool(t.particle) and (named or t.particle not in _NAMING)))


def _ago(g: Grid, i: int) -> bool:
    s = g.get(i - 1, "anchor")
    return s is not None and s.value == "-1"


def _wanted(g: Grid, i: int, end: int, when: When) -> When | None:
    """``when`` where the words around it allow it, else None."""
    if when.kind == "duration" and not when.shift:
        if _is_age(g, i, end, when):
            return None
        if not when.bare:
            return when
        return when._replace(bare=False) if _is_length(g, i, end, when) else None
    if when.holiday and when.kind == "date" and not (when.rel or when.year or when.of or when.nth):
        return when if i == 0 or _before(g, i, "lead", "anchor", "at", "edge", "to") or g.clitic(i) else None
    if when.decade is not None and _is_age(g, i, end, when._replace(amounts=((1.0, "Y"),))):
        return None
    if when.bare and when.kind == "date":
        if when.year is not None and when.month is None:
            return when._replace(bare=False) if _is_year(g, i, end, when.year) else None
        if when.month is not None and g.kinds[i] == NUMBER and end == i + 1:
            return when._replace(bare=False) if _before(g, i, "unit", "weekday", "lead") else None
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
    if g.form(i - 1) in ("(", *_COMMAS) and not when.mod:
        t = g.ctx.tags[end] if end < g.size else None
        if g.form(end) in (")", *_COMMAS) or (t is not None and t.conjunction):
            return True
    for k in range(max(0, i - _BACK), i):
        s = g.get(k, "age")
        if s is not None and (s.value == "before" or (s.value == "next" and k >= i - 2)):
            return True
    return False


def _is_length(g: Grid, i: int, end: int, when: When) -> bool:
    """Whether a lone unit (``a year``, ``months``) is an amount of time, and not the days of something."""
    follows = g.ctx.tags[end] if end < g.size else None
    if follows is not None and follows.definite:
        return False
    if _before(g, i, "length", "anchor", "approx"):
        return True
    if when.amounts[0][0] is None:
        return g.clitic(i)[-1:] == clitic_letters()[2] or _before(g, i, "lead")
    return _before(g, i, "to", "or") and _closes(g, end)


def _is_year(g: Grid, i: int, end: int, value: int) -> bool:
    """Whether four figures are a year: in range, and no count of what follows."""
    if not _FIRST_YEAR <= value <= _LAST_YEAR:
        return False
    if _before(g, i, "noyear"):
        return False
    if _before(g, i, "lead", "from", "edge", "unit", "to", "season", "month", "between", "and", "anchor", "or"):
        return True
    if g.form(i - 1) in ("(", "/") or g.form(i - 1) in _DASHES:
        return True
    return i > 0 and g.kinds[i - 1] == WORD and not g.get(i - 1, "approx") and _closes(g, end)


def _with_ranges(g: Grid, found: list[FoundTime]) -> tuple[FoundTime, ...]:
    """Mark the expressions that begin a range which the next one ends."""
    out: list[FoundTime] = []
    for n, one in enumerate(found):
        nxt = found[n + 1] if n + 1 < len(found) else None
        if nxt is not None and _listed(g, one, nxt):
            one = one._replace(when=one.when._replace(year=nxt.when.year))
        out.append(one._replace(until=True) if nxt is not None and _joins(g, one, nxt) else one)
    return tuple(out)


def _listed(g: Grid, one: FoundTime, nxt: FoundTime) -> bool:
    """Whether a month without a year stands in one list or range with a later one that has its year."""
    a, b = one.when, nxt.when
    if a.month is None or b.month is None or a.year is not None or b.year is None or a.rel or a.of is not None:
        return False
    gap = range(one.end, nxt.first)
    linked = all(g.get(k, "to") or g.get(k, "and") or g.form(k) in _DASHES for k in gap) and len(gap) <= 1
    return a.calendar == b.calendar and a.month <= b.month and linked and (bool(gap) or bool(nxt.clitic))


def _joins(g: Grid, one: FoundTime, nxt: FoundTime) -> bool:
    if one.when.kind != "date" or nxt.when.kind != "date" or nxt.first - one.end > 2:
        return False
    gap = range(one.end, nxt.first)
    if len(gap) == 1 and (g.form(one.end) in _DASHES):
        return True
    if any(g.get(k, "to") is not None for k in gap):
        if (one.when.clock and nxt.when.clock) or (one.when.month and nxt.when.month):
            return True
        return _before(g, one.first, "from") or g.get(one.first - 2, "from") is not None
    if not gap or g.get(one.end, "and") is not None:
        return _before(g, one.first, "between") or g.get(one.first - 2, "between") is not None
    return False
