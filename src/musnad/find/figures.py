"""Dates in figures alone: ``2016/02/22``, ``22-4-2016``, ``4/22``."""

from __future__ import annotations

from musnad.find.dates import era
from musnad.find.timewords import Grid, Hit
from musnad.find.when import When
from musnad.read.words import NUMBER

_DASHES = frozenset("-\u2013\u2014")
_SLASH = "/"
_LEAST_YEAR = 1000
_HIJRI = (1300, 1500)


def numeric_date(g: Grid, i: int) -> Hit | None:
    """``2016/02/22``, ``22-4-2016``, ``4.22``: figures alone, day first unless only the month can be."""
    if i >= g.size or g.kinds[i] != NUMBER:
        return None
    form = g.forms[i]
    for sign in ("/", "."):
        parts = form.split(sign)
        if len(parts) == 3 and all(p.isdecimal() for p in parts):
            when = _from_parts(parts)
            return (era(g, i + 1)[0], when) if when is not None else None
    sign = g.form(i + 1)
    if form.isdecimal() and (sign == _SLASH or sign in _DASHES) and g.form(i + 3) == sign:
        parts = [form, g.form(i + 2), g.form(i + 4)]
        near = sign == _SLASH or all(g.glued(k) for k in range(i + 1, i + 5))
        if near and all(p.isdecimal() for p in parts) and max(map(len, parts)) == 4:
            when = _from_parts(parts)
            return (era(g, i + 5)[0], when) if when is not None else None
        if near and all(p.isdecimal() for p in parts) and sign != _SLASH:
            when = _from_parts(parts)
            return (i + 5, when) if when is not None else None
    parts = form.split(_SLASH)
    if len(parts) == 2 and all(p.isdecimal() for p in parts):
        return _two_figures(i, *parts)
    return None


def _two_figures(i: int, one: str, two: str) -> Hit | None:
    """``22/4``, ``4/22``, ``3/2014``."""
    first, second = int(one[:5]), int(two[:5])
    if len(two) == 4:
        return (i + 1, When(month=first, year=second, bare=True)) if 1 <= first <= 12 and second > _LEAST_YEAR else None
    if len(one) > 2 or len(two) > 2:
        return None
    if 1 <= first <= 31 and 1 <= second <= 12:
        return i + 1, When(day=first, month=second, bare=True)
    return (i + 1, When(day=second, month=first, bare=True)) if 1 <= first <= 12 < second <= 31 else None


def _from_parts(parts: list[str]) -> When | None:
    sizes = [len(p) for p in parts]
    if max(sizes) > 4 or sizes[1] > 2:
        return None
    a, b, c = map(int, parts)
    if sizes[0] == 4:
        y, m, d = a, b, c
    elif sizes[2] == 4:
        d, m, y = (a, b, c) if b <= 12 else (b, a, c)
    elif sizes == [2, 2, 2]:
        if a > 12 and b <= 12 and c > 12 and c <= 31:
            y, m, d = 2000 + a, b, c
        else:
            d, m, y = a, b, 2000 + c
    else:
        d, m, y = a, b, 2000 + c
    if not (1 <= m <= 12 and 1 <= d <= 31 and y > 0):
        return None
    calendar = "hijri" if _HIJRI[0] <= y <= _HIJRI[1] else "gregorian"
    return When(year=y, month=m, day=d, calendar=calendar)
