"""Numbers alone as days or hours, for texts that are known to tell a time: queries, forms, captions.

In running news a bare ``7`` or ``the fifth`` is hardly ever a time; ``find.times.times`` takes these rules only when
asked (``loose``).
"""

from __future__ import annotations

from dataclasses import replace

from musnad.find.clocks import of_day, spoken
from musnad.find.dates import day_number
from musnad.find.timewords import FIGURE, Grid, Hit, Starts, starts
from musnad.find.when import Clock, When

_HOURS = 24


def lone_day(g: Grid, i: int) -> Hit | None:
    """``the 15th``, ``on 15``."""
    found = day_number(g, i)
    return (found[0], When(day=found[1], bare=False)) if found is not None else None


def lone_hour(g: Grid, i: int) -> Hit | None:
    """``at 7``, ``the eighth``, ``seven thirty``."""
    read = spoken(g, i)
    if read is None:
        return None
    end, said = read
    if (said.minute is None and g.free(end)) or g.number(end) is not None:
        more = g.number(end)
        if more is not None and 0 < more[1] < 60 and more[1] == int(more[1]):
            end, said = more[0], replace(said, minute=int(more[1]))
    return of_day(g, end, said) if said.hour <= _HOURS else None


def loose_rules(wanted: str) -> tuple[Starts, ...]:
    """The rules for numbers alone: ``day``, ``hour``, or none."""
    words = ("ordinal", "ten", FIGURE, "first-of")
    if wanted == "day":
        return (starts("day", lone_day, *words),)
    return (starts("hour", lone_hour, *words),) if wanted == "hour" else ()


__all__ = ["Clock", "loose_rules"]
