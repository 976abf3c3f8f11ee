"""Times of day: clock times with fractions, halves of the day and zones, and parts of days."""

from __future__ import annotations

import re

from musnad.find.dateparts import date, inner_date
from musnad.find.dates import ordinal
from musnad.find.numberwords import number_words
from musnad.find.timewords import Grid, Hit, clitic_letters
from musnad.find.when import Clock, When
from musnad.read.words import NUMBER

_WAW, _BA, _LAM, _ = clitic_letters()
_FIGURES = re.compile(r"(\d{1,2})[:.,](\d{2})(?::(\d{2}))?")
_AFTERNOON = frozenset(("AF", "EV"))


def clock(g: Grid, i: int) -> Hit | None:
    """A time on the clock, with its part of day, zone and day where they follow."""
    approx = g.get(i, "approx")
    if approx is not None and g.inner(i + 1 + len(approx.rest), "hour") is not None:
        i += 1 + len(approx.rest)
    head = g.get(i, "hour")
    at = i
    if head is not None:
        at = i + 1 + len(head.rest)
        point = g.inner(at, "point")
        if point is not None:
            at -= 0
    read = _figures(g, at, headed=head is not None) or (_spoken(g, at) if head is not None else None)
    if read is None and head is None:
        read = _spoken_alone(g, i)
    if read is None:
        return _point(g, i)
    end, found = read
    if head is not None and not head.definite and found.minute is None:
        return None
    end, found, sure = _qualified(g, end, found)
    if head is None and not sure and not _stands_alone(g, i, end):
        return None
    if found.hour > 24 or (found.hour == 24 and found.minute):
        return None
    return _on_day(g, end, When(clock=found, row=head.row if head is not None else ""))


def _figures(g: Grid, i: int, *, headed: bool) -> tuple[int, Clock] | None:
    if i >= g.size or g.kinds[i] != NUMBER:
        return None
    form = g.forms[i]
    found = _FIGURES.fullmatch(form)
    if found is not None:
        hour, minute, second = (int(x) if x is not None else None for x in found.groups())
        if hour is None or minute is None or hour > 24 or minute > 59 or (second or 0) > 59:
            return None
        return i + 1, Clock(hour=hour, minute=minute, second=second)
    if form.isdecimal() and len(form) <= 2 and int(form) <= 24:
        return i + 1, Clock(hour=int(form))
    return None


def _spoken(g: Grid, i: int) -> tuple[int, Clock] | None:
    """``the fifth``, ``five``: hours in words."""
    n = ordinal(g, i, most=12) or g.number(i)
    if n is None or not 0 < n[1] <= 24:
        return None
    rest = round((n[1] % 1) * 60)
    return n[0], Clock(hour=int(n[1]), minute=rest or None)


def _spoken_alone(g: Grid, i: int) -> tuple[int, Clock] | None:
    """``the fifth`` without the word for hour: only before a part of the day or a fraction."""
    s = g.get(i, "ordinal")
    if s is None or not s.definite:
        return None
    n = ordinal(g, i, most=12)
    if n is None or n[1] > 12:
        return None
    return n[0], Clock(hour=n[1])


def _qualified(g: Grid, end: int, found: Clock) -> tuple[int, Clock, bool]:
    """Minutes in words, half of the day and zone, in any order; whether any of them stood there."""
    start, sure = end, False
    end, found = _minutes(g, end, found)
    sure = end > start
    for _ in range(3):
        half = g.inner(end, "half")
        if (
            half is not None
            and (sure or g.kinds[end - 1] == NUMBER)
            and not (half.value == "PM" and g.inner(end, "zone") is not None)
        ):
            end, found, sure = end + 1, found._replace(half=half.value), True
            continue
        zone = _zone(g, end)
        if zone is not None:
            end, found, sure = zone[0], found._replace(zone=zone[1]), True
            continue
        part = g.inner(end, "part")
        if part is not None and not found.half:
            if part.number != "a" and not part.definite and not part.rest and inner_date(g, end + 1) is not None:
                break
            if part.number == "a" or part.definite or part.rest or part.number == "c" or part.value in ("AF", "EV"):
                end, found, sure = end + 1 + len(part.rest), found._replace(half=_half(part.value, found.hour)), True
                continue
        break
    return end, found, sure


def spoken(g: Grid, i: int) -> tuple[int, Clock] | None:
    """An hour in figures or words, without the word for hour."""
    return _figures(g, i, headed=True) or _spoken(g, i)


def of_day(g: Grid, end: int, said: Clock) -> Hit | None:
    """What follows an hour: minutes, half of the day, zone, day."""
    end, said, _ = _qualified(g, end, said)
    return _on_day(g, end, When(clock=said))


def _half(part: str, hour: int) -> str:
    if part in _AFTERNOON:
        return "PM"
    if part == "MO":
        return "AM"
    if part == "MI":
        return "PM" if hour in (12, 1, 2, 3) else "AM"
    if part == "NI":
        return "PM" if 6 <= hour < 12 else "AM"
    return ""


def _minutes(g: Grid, end: int, found: Clock) -> tuple[int, Clock]:
    """``and a half``, ``less a quarter``, ``and 18 minutes``."""
    if found.minute is not None:
        return end, found
    minus = g.inner(end, "minus")
    if minus is not None:
        s = g.inner(end + 1, "fraction")
        if s is not None:
            return end + 2, found._replace(hour=(found.hour - 1) % 24, minute=60 - round(60 * float(s.value)))
        n = g.number(end + 1)
        s = g.inner(n[0], "unit") if n is not None else None
        if n is not None and n[1] < 60:
            after = n[0] + (1 if s is not None and s.value == "TM" else 0)
            return after, found._replace(hour=(found.hour - 1) % 24, minute=60 - int(n[1]))
        return end, found
    link = g.inner(end, "and")
    s = g.inner(end + 1, "fraction") if link is not None else g.get(end, "fraction", _WAW)
    if s is not None:
        return end + (2 if link is not None else 1), found._replace(minute=round(60 * float(s.value)))
    n = g.number(end + 1) if link is not None else (g.number(end) if g.free(end, _WAW) else None)
    if n is None and end < g.size:
        word = number_words().get(g.forms[end])
        n = (end + 1, word.value) if word is not None and word.conjoined and g.inner(end + 1, "unit") else None
    if n is None or n[1] >= 60:
        return end, found
    s = g.inner(n[0], "unit")
    if s is not None and s.value == "TM":
        return n[0] + 1, found._replace(minute=int(n[1]))
    return end, found


def _zone(g: Grid, i: int) -> tuple[int, str] | None:
    opened = g.form(i) == "("
    at = i + 1 if opened else i
    s = g.inner(at, "zone") or g.get(at, "zone", _BA)
    if s is not None:
        end = at + 1 + len(s.rest)
        if opened and g.form(end) != ")":
            return None
        return end + (1 if opened else 0), s.value
    head = g.inner(at, "zonehead")
    if head is None:
        return None
    place = g.inner(at + 1, "zoneplace")
    if place is not None:
        return at + 2 + len(place.rest), place.value
    return (at + 2, "") if at + 1 < g.size and g.kinds[at + 1] == "w" else None


def _stands_alone(g: Grid, i: int, end: int) -> bool:
    """Whether figures such as ``16:39`` can be a time of day by themselves."""
    form = g.form(i)
    head, sign, tail = form.partition(":")
    if not (sign and len(head) == 2 and len(tail) >= 2):
        return False
    return g.form(end) not in (":", "-") or not g.form(end)


def _point(g: Grid, i: int) -> Hit | None:
    """Midnight and noon."""
    s = g.get(i, "point")
    if s is None:
        return None
    end = i + 1 + len(s.rest)
    hour, _, minute = s.value.partition(":")
    return _on_day(g, end, When(clock=Clock(hour=int(hour), minute=int(minute)), row=s.row))


def _on_day(g: Grid, end: int, when: When) -> Hit:
    """The day that a clock time belongs to, where it follows."""
    of = g.inner(end, "of")
    at = end + 1 if of is not None else end
    if g.form(at) in (",", "\u060c") and of is None:
        at += 1
    if not g.free(at):
        return end, when
    hit = part_of_day(g, at) or date(g, at)
    if hit is None or not _is_day(hit[1]):
        return end, when
    clocked = when.clock
    if clocked is not None and hit[1].part and not clocked.half:
        clocked = clocked._replace(half=_half(hit[1].part, clocked.hour))
    return hit[0], hit[1]._replace(part="", clock=clocked)


def _is_day(when: When) -> bool:
    return (
        bool(when.offset is not None or when.weekday or when.day or (when.unit == "D" and (when.back or when.rel)))
        and when.kind == "date"
    )


def part_of_day(g: Grid, i: int) -> Hit | None:
    """``Friday morning``, ``late on Saturday night``, ``the night from Friday to Saturday``."""
    vague = g.get(i, "edge")
    start, mod = i, ""
    if vague is not None and vague.number:
        i += 1 + len(vague.rest)
        of = g.inner(i, "of")
        i += 1 if of is not None else 0
        mod = vague.value if vague.value in ("START", "END") else ""
    s = g.get(i, "part")
    if s is None or (start != i and s.clitic) or s.number == "c":
        return None
    end = i + 1 + len(s.rest)
    when = When(part=s.value, mod=mod, row=s.row)
    follows = g.inner(end, "same")
    if s.definite and follows is not None:
        return end + 1, when._replace(unit="D", back=True)
    early = g.inner(end, "early")
    if s.definite and early is not None:
        end, when = end + 1, when._replace(mod="START")
    rel = g.inner(end, "rel")
    if s.definite and rel is not None and rel.definite and rel.value in ("past", "next"):
        return end + 1, when._replace(offset=-1 if rel.value == "past" else 1)
    at = end + 1 if g.inner(end, "of") is not None or (g.form(end) == "." and s.value == "NI") else end
    while at < end + 4 and g.form(at) == ".":
        at += 1
    if g.form(at).startswith("..") and s.value == "NI":
        at += 1
    hit = date(g, at) if g.free(at) and not (s.definite and at == end and s.value != "AF") else None
    if hit is not None and _is_day(hit[1]) and not hit[1].part:
        end = _second_night(g, *hit) if s.value == "NI" else hit[0]
        return _with_clock(g, end, hit[1]._replace(part=s.value, mod=mod, row=hit[1].row or s.row))
    if s.number == "n" and s.definite:
        return _with_clock(g, end, when._replace(offset=0))
    led = start != i or s.rest or s.clitic or g.get(i - 1, "lead") is not None or g.get(i - 1, "at") is not None
    if s.number == "a" or (s.definite and led and s.value != "DT"):
        return _with_clock(g, end, when._replace(offset=None))
    return None


def _with_clock(g: Grid, end: int, when: When) -> Hit:
    """``Friday morning at nine o'clock``: the clock time after a part of a day."""
    at = end + 1 if g.get(end, "lead") is not None or g.inner(end, "at") is not None else end
    head = g.get(at, "hour") or (g.get(at, "approx") and g.get(at + 1, "hour"))
    hit = clock(g, at) if head is not None and g.free(at) else None
    if hit is None or hit[1].clock is None or _is_day(hit[1]):
        return end, when
    said = hit[1].clock
    half = said.half or _half(when.part, said.hour)
    return hit[0], when._replace(part="", clock=said._replace(half=half))


def _second_night(g: Grid, end: int, when: When) -> int:
    """``the night of Friday Saturday`` is the night of Friday."""
    at = end + 1 if g.form(end) in ("-", "/", "\u2013") else end
    s = g.get(at, "weekday")
    if when.weekday and s is not None and s.definite and int(s.value) == when.weekday % 7 + 1:
        return at + 1
    return end


def dated(g: Grid, i: int) -> Hit | None:
    """A date, with the part of the day or the clock time that follows it."""
    hit = date(g, i)
    if hit is None or not _is_day(hit[1]) or hit[1].part:
        return hit
    return at_time(g, *hit)


def at_time(g: Grid, end: int, when: When) -> Hit:
    """A day with its part or clock time, where they follow."""
    later = _part_after(g, end, when)
    if later is not None:
        end, when = later
    at = end
    if g.form(at) in (",", "\u060c"):
        at += 1
    lead = g.get(at, "lead") or g.inner(at, "at")
    if lead is not None:
        at += 1
    if not g.free(at):
        return end, when
    timed = clock(g, at)
    if timed is None or timed[1].clock is None or _is_day(timed[1]):
        return end, when
    said = timed[1].clock
    if g.get(at, "hour") is None and lead is None and ":" not in g.form(at) and not said.half:
        return end, when
    if when.part:
        said = said._replace(half=said.half or _half(when.part, said.hour))
    return timed[0], when._replace(part="", clock=said)


def _part_after(g: Grid, end: int, when: When) -> Hit | None:
    """``Friday evening``, ``Tuesday in the morning``, ``Tuesday late in the night``: the part of a day after it."""
    s = g.inner(end, "part")
    if s is not None and s.number == "a":
        inner = clock(g, end + 1) if g.free(end + 1) else None
        if inner is None or inner[1].clock is None:
            return end + 1, when._replace(part=s.value)
        return None
    at = end + 1 if g.form(end) in (",", "\u060c") else end
    lead = g.get(at, "lead")
    at += 1 if lead is not None else 0
    vague = g.inner(at, "edge")
    mod = ""
    if vague is not None and vague.number in ("vague", "early", "late"):
        at += 1 + len(vague.rest)
        at += 1 if g.inner(at, "of") is not None else 0
        mod = vague.value
    s = g.inner(at, "part")
    if s is None or not s.definite or s.number == "c" or (lead is None and not mod and not s.rest):
        return None
    return at + 1 + len(s.rest), when._replace(part=s.value, mod=mod or when.mod)


__all__ = ["at_time", "clock", "dated", "part_of_day"]
