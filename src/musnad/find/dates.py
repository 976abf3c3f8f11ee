"""Calendar dates in the words and figures of the Arabic press: days, months of all traditions, years, weekdays."""

from __future__ import annotations

from musnad.find.timewords import Grid, Hit, clitic_letters
from musnad.find.when import When
from musnad.read.words import NUMBER

_WAW, _BA, _LAM, _KAF = clitic_letters()
_SEPARATORS = frozenset("./-,\u060c\u2013")
_DASHES = frozenset("-\u2013\u2014")
_SLASH = "/"
_COMMAS = frozenset(",\u060c")
_LEAST_YEAR, _MOST_YEAR = 1000, 2200
_SHORT_YEAR = 30
_HIJRI = (1300, 1500)
_LIBYA, _ENGLISH = "libya", "english"


def ordinal(g: Grid, i: int, *, most: int = 39) -> tuple[int, int] | None:
    """End and value of an ordinal from 1 to ``most``."""
    s = g.get(i, "ordinal")
    if s is None:
        ten = g.get(i, "ten")
        if ten is not None and ten.definite and ten.value != "10":
            return i + 1, int(ten.value)
        return None
    end, value = i + 1 + len(s.rest), int(s.value)
    if s.rest:
        return end, value
    ten = g.get(end, "ten")
    if ten is not None and ten.value == "10" and not ten.clitic and value < 10:
        return end + 1, 10 + value
    if ten is not None and ten.value != "10" and ten.clitic == _WAW and value < 10 and most > 12:
        return end + 1, int(ten.value) + value
    return None if s.number == "join" else (end, value)


def day_number(g: Grid, i: int) -> tuple[int, int] | None:
    """End and value of a day of the month: figures, ordinal or numeral."""
    if i < g.size and g.kinds[i] == NUMBER:
        form = g.forms[i]
        if form.isdecimal() and len(form) <= 2 and 1 <= int(form) <= 31:
            return i + 1, int(form)
        return None
    found = ordinal(g, i)
    if found is not None:
        return found if found[1] <= 31 else None
    first = g.get(i, "first-of")
    if first is not None:
        return i + 1, 1
    spelt = g.number(i)
    if spelt is not None and spelt[1] == int(spelt[1]) and 1 <= spelt[1] <= 31:
        return spelt[0], int(spelt[1])
    return None


def month_name(g: Grid, i: int) -> tuple[int, int, str, str, bool] | None:
    """End, number, calendar, row of a month name, and whether it needs no support; twin names are one."""
    s = g.get(i, "month")
    if s is None:
        return None
    end, number = i + 1 + len(s.rest), int(s.value)
    sure = s.region not in (_LIBYA, _ENGLISH) and not _guarded(g, i)
    for opener, closer in (("/", ""), ("(", ")"), ("", ""), ("-", "")):
        at = end
        if opener:
            if g.form(at) != opener:
                continue
            at += 1
        twin = g.inner(at, "month")
        if twin is None or twin.number != s.number:
            continue
        apart = not set(twin.region.split()) & set(s.region.split())
        if not (twin.value == s.value or (opener == "/" and apart)):
            continue
        at += 1 + len(twin.rest)
        if closer and g.form(at) != closer:
            continue
        return at + (1 if closer else 0), number, s.number, s.row, True
    return end, number, s.number, s.row, sure


def _guarded(g: Grid, i: int) -> bool:
    return g.get(i, "common") is not None


def year_number(g: Grid, i: int, *, least: int = _LEAST_YEAR) -> tuple[int, int] | None:
    """End and value of a year in four figures or in words."""
    if i >= g.size:
        return None
    if g.kinds[i] == NUMBER:
        form = g.forms[i]
        if form.isdecimal() and len(form) == 4 and least <= int(form) <= _MOST_YEAR:
            return i + 1, int(form)
        return None
    found = g.numbers.get(i)
    if found is not None and found[1] == int(found[1]) and max(least, 1000) <= found[1] <= 2100 and found[0] - i >= 1:
        return found[0], int(found[1])
    return None


def era(g: Grid, i: int) -> tuple[int, str]:
    """End and name of the era at ``i``; ``(i, "")`` where there is none."""
    s = g.inner(i, "era") or g.get(i, "era", _LAM)
    if s is None:
        return i, ""
    end = i + 1 + len(s.rest)
    if end - i == 1 and len(g.forms[i]) == 1 and g.form(end) == "." and g.glued(end) and False:
        return i, ""
    return end, s.value


def year(g: Grid, i: int) -> Hit | None:
    """``the year 2014``, ``2014``, ``1436 AH``, ``2018/2017`` after a word for year."""
    unit = g.get(i, "unit")
    head = unit is not None and unit.value == "Y" and not unit.rest
    at = i + 1 if head else i
    dotted = head and g.form(at) in ".:"
    if head and (dotted or g.form(at) == "("):
        at += 1
    found = year_number(g, at, least=100 if head else _LEAST_YEAR) or (_short_year(g, at) if head else None)
    if found is None and head and at < g.size and g.kinds[at] == NUMBER:
        return _school_year(g, at)
    if found is None:
        return None
    end, value = found
    if not head and g.kinds[i] != NUMBER:
        return None
    after, name = era(g, end)
    calendar = "gregorian"
    if name == "hijri" or (not name and head and _HIJRI[0] <= value <= _HIJRI[1] and value < 1470):
        calendar = "hijri"
    if name == "bc":
        return None
    if g.form(i + 1) == "(" and head and g.form(after) == ")":
        after += 1
    return after, When(year=value, calendar=calendar, bare=not head and not name)


def _short_year(g: Grid, i: int) -> tuple[int, int] | None:
    """``the year 67``: two figures or words, of the twentieth century."""
    found = g.number(i)
    if found is None or found[1] not in range(_SHORT_YEAR, 100) or g.get(found[0], "unit") is not None:
        return None
    return found[0], 1900 + int(found[1])


def _school_year(g: Grid, i: int) -> Hit | None:
    """``2017/2018``: the year it begins in."""
    parts = g.forms[i].split(_SLASH)
    if len(parts) == 2 and all(len(p) == 4 and p.isdecimal() for p in parts):
        low, high = sorted(map(int, parts))
        if high - low <= 1 and low >= _LEAST_YEAR:
            return i + 1, When(year=low)
    return None


def month_date(g: Grid, i: int) -> Hit | None:
    """A date with a named month: ``5 March 2014``, ``the fifth of March``, ``March 2014``, ``last March``."""
    found = day_number(g, i)
    if found is not None:
        if g.get(found[0], "of-it") is not None and g.kinds[i] == NUMBER:
            return found[0] + 1, When(day=found[1], unit="M", back=True)
        hit = _after_day(g, i, *found)
        if hit is not None:
            return hit
    return _month_on(g, i, None, i)


def _after_day(g: Grid, i: int, at: int, day: int) -> Hit | None:
    digits = g.kinds[i] == NUMBER
    first = at
    dashed = digits and g.form(at) in _SEPARATORS - _COMMAS
    if dashed:
        at += 1
    s = g.inner(at, "of")
    if s is not None:
        at += 1
    hit = _month_on(g, at, day, i)
    if hit is not None:
        # a score such as 1-0 has a word for nil that is also a month
        return None if dashed and hit[1].calendar == "hijri" and hit[1].year is None else hit
    return _shared_month(g, i, first, day)


def _shared_month(g: Grid, i: int, at: int, day: int) -> Hit | None:
    """``25 and 27 July``: the first of several days before one month."""
    start = at
    for _ in range(4):
        at = start
        link = g.get(at, "to") or g.inner(at, "and") or g.inner(at, "or")
        comma = g.form(at) in _COMMAS and at + 1 < g.size and g.kinds[at + 1] == NUMBER
        if comma or g.form(at) in _DASHES or (link is not None and not link.rest):
            at += 1
        elif not g.get(at, "ordinal", _WAW):
            return None
        nxt = day_number(g, at)
        if nxt is None or (nxt[1] <= day and g.form(at - 1) in _DASHES):
            return None
        end = nxt[0]
        if g.form(end) in (".", "-", "/") and g.kinds[at] == NUMBER:
            end += 1
        s = g.inner(end, "of")
        hit = _month_on(g, end + (1 if s is not None else 0), nxt[1], at)
        if hit is not None:
            return start, hit[1]._replace(day=day)
        start = nxt[0]
    return None


def _month_on(g: Grid, i: int, day: int | None, start: int) -> Hit | None:
    """The month at ``i``, with the day that stood before it, and what follows."""
    word = g.get(i, "monthword")
    named = word is not None and not word.definite
    at = i + 1 if named else i
    if named and g.form(at) == "(":
        return None
    if day is not None and at == i and not g.free(i, _BA):
        return None
    name = month_name(g, at)
    if name is None:
        return _numbered_month(g, at, day) if named else None
    end, number, calendar, row, sure = name
    when = When(calendar=calendar, month=number, day=day, row=row)
    if day is None:
        late = _late_day(g, end)
        if late is not None:
            end, when = late[0], when._replace(day=late[1])
    end, filled = month_tail(g, end, when)
    libyan = g.get(at, "month")
    lone = start == at and not any(g.get(start - 1, c) for c in ("lead", "this")) and g.get(start - 1, "edge") is None
    if not sure and not named and not _supported(filled, lone, libyan is not None and libyan.region == _LIBYA):
        return None
    return end, filled


def _supported(when: When, alone: bool, libyan: bool) -> bool:
    """Whether a month name that is also a common word stands in a date."""
    if when.year is not None:
        return True
    if libyan:
        return False
    return bool(when.rel) or not alone or when.day is not None


def _numbered_month(g: Grid, at: int, day: int | None) -> Hit | None:
    """``month 3``, ``month three``."""
    found = day_number(g, at)
    if found is None or found[1] > 12:
        return None
    return month_tail(g, found[0], When(month=found[1], day=day))


def _late_day(g: Grid, at: int) -> tuple[int, int] | None:
    """``January 22, 2018``: the day after the month, where a year or nothing more of a count follows."""
    dash = g.form(at) in _DASHES
    found = day_number(g, at + 1 if dash else at)
    if found is None:
        return None
    end = found[0]
    if dash:
        return found
    after = end + 1 if g.form(end) in _COMMAS else end
    s = g.inner(after, "of")
    if year_number(g, after + (1 if s is not None else 0)):
        return found
    if g.kinds[at] != NUMBER and g.get(at, "ordinal") is not None and g.get(at, "ordinal").definite:  # type: ignore[union-attr]
        return found if found[1] > 2 or end - at > 1 else None
    return None


def month_tail(g: Grid, end: int, when: When) -> Hit:
    """The year, or the word for this, last or next, after a month."""
    rel = g.inner(end, "rel")
    if rel is not None and rel.definite:
        end += 1
        return end, when._replace(rel=rel.value)
    at = end
    if g.form(at) in (",", "\u060c", ".", "-", "/") and year_number(g, at + 1):
        at += 1
    of = g.inner(at, "of")
    if of is not None:
        at += 1
    unit = g.get(at, "unit")
    if unit is not None and unit.value == "Y" and unit.number == "s" and unit.clitic in ("", _LAM, _BA):
        found = year(g, at)
        if found is not None:
            return _with_year(when, found)
        adjective = g.inner(at + 1, "rel")
        if unit.definite and adjective is not None and adjective.definite:
            return at + 2, when._replace(of=When(unit="Y", rel=adjective.value))
    each = g.inner(at, "each")
    follows = g.inner(at + 1, "unit")
    if each is not None and follows is not None and follows.value == "Y":
        return at + 2, when._replace(kind="set")
    this = g.inner(at, "this") or g.inner(at, "that") or g.inner(at, "samepre")
    if this is not None and follows is not None and follows.value == "Y" and follows.number == "s":
        back = this.cls != "this"
        return at + 2, when._replace(of=When(unit="Y", rel="" if back else "this", back=back))
    direct = year_number(g, at)
    if direct is not None:
        last, name = era(g, direct[0])
        if when.calendar == "hijri" or name != "hijri":
            return last, when._replace(year=direct[1])
    if when.calendar == "hijri":
        last, name = era(g, end)
        if name == "hijri":
            return last, when
    return end, when


def _with_year(when: When, found: Hit) -> Hit:
    value = found[1].year
    if value is None:
        return found[0], when
    return found[0], when._replace(year=value)


__all__ = [
    "day_number", "era", "month_date", "month_name", "month_tail", "ordinal", "year", "year_number",
]  # fmt: skip
