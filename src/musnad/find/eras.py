"""Seasons, decades, centuries and feasts, with the year or the word that tells which."""

from __future__ import annotations

from musnad.find.dates import ordinal, year
from musnad.find.periods import is_unit, unit
from musnad.find.timewords import Grid, Hit, clitic_letters
from musnad.find.when import When

_LAM = clitic_letters()[2]


def season(g: Grid, i: int) -> Hit | None:
    """``summer 2015``, ``last winter``."""
    s = g.get(i, "season")
    if s is None:
        return None
    when = When(season=s.value, row=s.row)
    rel = g.inner(i + 1, "rel")
    if rel is not None and rel.definite and s.definite:
        return i + 2, when._replace(rel=rel.value)
    t = g.ctx.tags[i + 1] if i + 1 < g.size else None
    if s.definite and g.get(i - 1, "lead") is not None and (t is None or not t.definite):
        return i + 1, when._replace(rel="this")
    at = i + 1
    of = g.inner(at, "of")
    found = year(g, at + (1 if of is not None else 0)) if not s.definite and g.free(at, _LAM) else None
    if found is not None:
        return found[0], when._replace(year=found[1].year)
    later = unit(g, at) if g.free(at) and not s.definite else None
    if later is not None and later[1].unit == "Y" and later[1].rel:
        return later[0], when._replace(of=later[1])
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
    s = is_unit(g, i, "CE")
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
        return end + 1, when._replace(rel=rel.value)
    found = year(g, end) if g.free(end, _LAM) else None
    if found is not None:
        return found[0], when._replace(year=found[1].year)
    later = unit(g, end) if g.free(end) else None
    if later is not None and later[1].unit == "Y" and later[1].rel:
        return later[0], when._replace(of=later[1])
    return end, when
