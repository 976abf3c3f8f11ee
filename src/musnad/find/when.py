"""What a time expression says, before it is settled against a date: one record for all kinds.

The records are named tuples: with so many fields they are made and changed six times as fast as dataclasses.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["date", "duration", "set", "ref"]


class Clock(NamedTuple):
    """A time of day.

    Attributes:
        hour: 0 to 24; ``minute`` and ``second`` None where not said.
        half: ``AM``, ``PM`` or "" (as said).
        zone: ``Z``, an offset such as ``+03:00``, or "".
    """

    hour: int
    minute: int | None = None
    second: int | None = None
    half: str = ""
    zone: str = ""


class When(NamedTuple):
    """The fields that an expression states; everything that it does not is None or empty.

    Attributes:
        kind: what it is.
        calendar: ``gregorian`` or ``hijri``, of year and month.
        year, month, day, weekday: as said; weekday 1 is Monday (ISO 8601).
        offset: days from today.
        unit: TIMEX3 letters of the unit that ``rel``, ``nth`` or ``back`` speaks of (``Y``, ``M``, ``W``, ``D``,
            ``Q``, ``H1`` half of a year, ``WE`` weekend, ``DE``, ``CE``, ``SE`` season of sport, ``weekday``).
        rel: how the unit, month, weekday or stretch lies to today:
            ``past``, ``last``, ``prev``, ``this``, ``next``, ``after``.
        nth: its number within ``of`` (1 first, -1 last).
        of: the time that it is part of.
        back: whether it points back to the time mentioned before (``the same day``).
        decade: 0, 10 ... 90; ``century``: its number; ``season``: SP, SU, FA, WI; ``holiday``: its key.
        part: part of the day (MO, MI, AF, EV, NI, DT); ``clock``: time of day.
        amounts: of durations and shifts: number (None: vague) and unit.
        shift: -1 before, +1 after, 0 no shift, of ``amounts``; ``within``: whether the amount is the time until then.
        few: whether a vague amount is called small.
        ref: PAST_REF, PRESENT_REF, FUTURE_REF or LATER.
        each: what a set repeats.
        mod: TIMEX3 modifier.
        bare: a number that is a year only where its place says so.
        event: whether a shift is counted from an event that is named after it.
        row: lexicon row of the word that decides.
    """

    kind: Kind = "date"
    calendar: str = "gregorian"
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    offset: int | None = None
    unit: str = ""
    rel: str = ""
    nth: int | None = None
    of: When | None = None
    back: bool = False
    decade: int | None = None
    century: int | None = None
    season: str = ""
    holiday: str = ""
    part: str = ""
    clock: Clock | None = None
    amounts: tuple[tuple[float | None, str], ...] = ()
    shift: int = 0
    within: bool = False
    few: bool = False
    ref: str = ""
    each: When | None = None
    mod: str = ""
    bare: bool = False
    event: bool = False
    row: str = ""
