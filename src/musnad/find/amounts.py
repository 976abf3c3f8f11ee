"""Amounts of time: numbers with units, duals, fractions, vague counts; shifts from a date; sets."""

from __future__ import annotations

from musnad.find.dates import year_number
from musnad.find.timewords import Grid, Hit, clitic_letters
from musnad.find.when import When
from musnad.read.words import NUMBER

_WAW, _BA, _LAM, _ = clitic_letters()
_COUNTED = frozenset(("Y", "M", "W", "D", "DE", "CE", "TH", "TM", "TS", "NI", "TMS"))
_SMALLER = ("CE", "DE", "Y", "M", "W", "D", "TH", "TM", "TS")
_BRACKETS = frozenset("(.:")
_DASHES = frozenset("-\u2013\u2014")
_MOST = 10**6


def amount(g: Grid, i: int) -> Hit | None:
    """An amount of time, with what is said of its exactness; a lone singular unit counts as one only for callers
    that say so (``bare``)."""
    start, mod = i, ""
    approx = g.get(i, "approx")
    if approx is not None:
        i += 1 + len(approx.rest)
        mod = approx.value
        while g.form(i) in "\"'\u201c\u00ab" and g.form(i):
            i += 1
        if not g.free(i):
            return None
    if g.form(i) in '"\u201c\u00ab' and g.form(i):
        i += 1
    hit = _parts(g, i)
    if hit is None:
        return None
    end, when = hit
    if start != i and when.bare:
        when = when._replace(bare=False)
    while (more := g.get(end, "odd")) is not None:
        end, when = end + 1 + len(more.rest), when._replace(bare=False)
    rel = g.inner(end, "rel")
    if rel is not None and rel.definite and when.amounts[0][0] is not None and not when.bare:
        end, when = end + 1, when._replace(rel=rel.value)
    bound = g.inner(end, "bound")
    if bound is not None:
        end += 1 + len(bound.rest)
        mod = mod or bound.value
    return end, when._replace(mod=mod) if mod else when


def _parts(g: Grid, i: int) -> Hit | None:
    """One or several amounts that are added up: ``a year and two months``."""
    hit = _one(g, i)
    if hit is None:
        return None
    end, when = hit
    while len(when.amounts) < 5:
        at = end
        link = g.inner(at, "and")
        if link is not None or g.form(at) in (",", "\u060c"):
            at += 1
        elif at not in g.numbers and not ((word := g.at[at]) is not None and _WAW in word.clitics):
            break
        nxt = _one(g, at)
        if nxt is None or nxt[1].amounts[0][0] is None or when.amounts[-1][0] is None:
            break
        units = {u for _, u in when.amounts}
        smaller = _SMALLER.index(nxt[1].amounts[0][1]) if nxt[1].amounts[0][1] in _SMALLER else -1
        if nxt[1].amounts[0][1] in units or smaller < 0:
            break
        end, when = nxt[0], when._replace(amounts=when.amounts + nxt[1].amounts, bare=False)
    return end, when


def _one(g: Grid, i: int) -> Hit | None:
    vague = g.get(i, "vague")
    if vague is not None:
        at = i + 1 + len(vague.rest)
        s = g.get(at, "unit", "")
        if s is not None and s.value in _COUNTED and (s.number == "p" or vague.value):
            return at + 1, When(kind="duration", amounts=((None, s.value),), few=True, row=s.row)
        return None
    part = _fraction_of(g, i)
    if part is not None:
        return part
    found = g.number(i)
    if found is None and g.get(i, "the") is not None:
        found = g.number(i + 1)
    if found is not None:
        return _counted(g, i, *found)
    s = g.get(i, "unit")
    if s is None or s.value not in _COUNTED or s.definite:
        return None
    end = i + 1 + len(s.rest)
    if s.number == "d":
        return _with_fraction(g, end, 2.0, s.value, s.row)
    if s.number == "s":
        if s.value == "M" and g.inner(end, "month") is not None:
            return None  # the month of Ramadan
        if s.value == "Y" and year_number(g, end + 1 if g.form(end) in _BRACKETS else end, least=100) is not None:
            return None  # the year 2013
        one, counted = g.inner(end, "ordinal"), g.numbers.get(end)
        whole = g.inner(end, "whole")
        sure = (
            whole is not None
            or (one is not None and one.number == "clock")
            or (counted is not None and counted == (end + 1, 1))
        )
        hit = _with_fraction(g, end + (1 if sure else 0), 1.0, s.value, s.row)
        return hit[0], hit[1]._replace(bare=not sure and hit[0] == end)
    return end, When(kind="duration", amounts=((None, s.value),), bare=True, row=s.row)


def _counted(g: Grid, i: int, end: int, value: float) -> Hit | None:
    """A number and its unit; ``10 to 20 years`` is vague."""
    if value > _MOST:
        return None
    low = value
    link = g.get(end, "to") or g.inner(end, "or")
    spread = False
    if (link is not None and not link.rest) or g.form(end) in _DASHES:
        second = g.number(end + 1)
        if second is not None and second[1] > low:
            end, spread = second[0], True
    if g.form(end) in "\"'\u201d\u00bb" and g.form(end):
        end += 1
    s = g.inner(end, "unit")
    if s is None or s.value not in _COUNTED or s.value == "TMS":
        return None
    if s.value == "M" and s.number == "s" and g.inner(end + 1, "month") is not None:
        return None  # the 8th of the month of March
    if s.definite or (s.number == "d" and value != 2):
        return None
    unit = s.value
    if spread:
        return end + 1, When(kind="duration", amounts=((None, unit),), row=s.row)
    return _with_fraction(g, end + 1, float(value), unit, s.row)


def _with_fraction(g: Grid, end: int, value: float, unit: str, row: str) -> Hit:
    """``and a half`` after an amount."""
    at = end
    link = g.inner(at, "and")
    s = g.inner(at + 1, "fraction") if link is not None else g.get(at, "fraction", _WAW)
    if s is not None:
        at += 2 if link is not None else 1
        follows = g.inner(at, "unit")
        if follows is not None and follows.value == unit and follows.definite:
            at += 1
        return at, When(kind="duration", amounts=((value + float(s.value), unit),), row=row)
    return end, When(kind="duration", amounts=((value, unit),), row=row)


def _fraction_of(g: Grid, i: int) -> Hit | None:
    """``half an hour``, ``a quarter of a century``."""
    s = g.get(i, "fraction")
    if s is None or s.definite or s.clitic == _WAW:
        return None
    unit = g.inner(i + 1, "unit")
    if unit is None or unit.number != "s" or unit.value not in _COUNTED:
        return None
    if unit.definite and unit.value not in ("TH",):
        return None
    return i + 2, When(kind="duration", amounts=((float(s.value), unit.value),), row=unit.row)


def beside(g: Grid, i: int) -> Hit | None:
    """``hours before it``, as one word for before or after with its pronoun and a fused amount."""
    s = g.get(i, "beside")
    unit = g.get(i + 1, "unit", _BA)
    if s is None or unit is None or unit.definite or unit.value not in _COUNTED:
        return None
    number = {"s": 1.0, "d": 2.0}.get(unit.number)
    return i + 2, When(kind="duration", amounts=((number, unit.value),), shift=int(s.value), event=number is not None)


def shifted(g: Grid, i: int) -> Hit | None:
    """``two years ago``, ``after three days``, ``within a week``: an amount counted from a date."""
    s = g.get(i, "anchor")
    if s is None or s.clitic not in ("", _WAW):
        return None
    at = i + 1 + len(s.rest)
    if not g.free(at) and g.form(at) not in ('"', "\u201c", "\u00ab"):
        return None
    hit = amount(g, at)
    if hit is None:
        return None
    end, when = hit
    if when.bare and when.amounts[0][0] is not None and g.get(end, "rel") is not None:
        return None
    if when.bare and g.get(at, "part", "") is not None:
        return None  # since the hours of the morning
    follows = g.ctx.tags[end] if end < g.size else None
    if when.bare and follows is not None and follows.definite and g.get(end, "rel") is None:
        return None  # before the day of the strike, since the days of youth
    if s.number == "within":
        return end, when._replace(bare=False)
    shift = int(s.value)
    of = g.inner(end, "from")
    now = g.inner(end + 1, "ref") if of is not None else None
    if now is not None and now.value == "PRESENT_REF":
        return end + 2 + len(now.rest), when._replace(shift=shift, bare=False, within=True)
    if shift > 0 and (when.amounts[0][0] is None or when.amounts[-1][1] in ("TH", "TM", "TS")):
        return end, when._replace(bare=False, shift=shift, event=True)
    if of is not None and not (shift < 0 and when.amounts[0][0] is None):
        return end, when._replace(bare=False, shift=shift, event=True)
    return end, when._replace(shift=shift, bare=False)


def each(g: Grid, i: int) -> Hit | None:
    """Sets: ``every Friday``, ``daily``, ``five times a day``."""
    head = g.get(i, "each")
    said = _every(g, i + 1) if head is not None and not head.definite else None
    if said is not None:
        return said
    s = g.get(i, "set")
    if s is not None:
        follows = g.inner(i + 1, "weekday")
        if follows is not None and s.number == "" and follows.definite and not s.definite:
            return None
        return i + 1 + len(s.rest), When(kind="set", amounts=_period(s.value), row=s.row)
    found = g.number(i)
    times = g.get(found[0] if found else i, "times")
    if times is not None:
        at = (found[0] if found else i) + 1
        if g.form(at) and g.get(at, "lead") is not None:
            at += 1
        unit = g.get(at, "unit")
        if unit is not None and unit.number == "s" and unit.value in _COUNTED and (unit.definite or unit.clitic):
            return at + 1, When(kind="set", amounts=((1.0, unit.value),), row=unit.row)
        every = g.get(at, "each")
        if every is not None:
            return _every(g, at + 1)
    return None


def _every(g: Grid, at: int) -> Hit | None:
    day = g.inner(at, "unit")
    skip = at + 1 if day is not None and day.value == "D" else at
    weekday = g.inner(skip, "weekday")
    if weekday is not None and (skip > at or not weekday.definite or weekday.value):
        return skip + 1, When(kind="set", weekday=int(weekday.value), row=weekday.row)
    part = g.inner(at, "part")
    if part is not None and not part.rest and part.number != "a":
        return at + 1, When(kind="set", part=part.value, row=part.row)
    month = g.inner(at, "month")
    if month is not None and month.number == "gregorian":
        return at + 1 + len(month.rest), When(kind="set", month=int(month.value), row=month.row)
    hit = _one(g, at)
    if hit is None or hit[1].amounts[0][0] is None:
        return None
    return hit[0], hit[1]._replace(kind="set", bare=False)


def _period(value: str) -> tuple[tuple[float | None, str], ...]:
    body = value.lstrip("PT")
    return ((float(body[:-1]), body[-1]),)


def is_number(g: Grid, i: int) -> bool:
    """Whether token ``i`` is written in figures."""
    return 0 <= i < g.size and g.kinds[i] == NUMBER
