"""Times, quantities and places alone: what ``musnad read --only`` prints."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from musnad.errors import UsageError
from musnad.show.bidi import Line, Segment, draw
from musnad.show.features import say
from musnad.show.formats import dumps
from musnad.show.text import Look
from musnad.show.view import at
from musnad.types import Reading, to_plain

_HEAD = ("id", "outlet", "published")
_VALUE_CELLS = 24  # cells of the column of values
_HIDDEN = frozenset(("id", "span", "evidence", "of"))


def as_rows(readings: Iterable[Reading], kinds: Collection[str]) -> Iterator[str]:
    """One JSON object a line: id, outlet, date and text of an article and the values of these kinds."""
    for reading in readings:
        row = {name: getattr(reading, name) for name in _HEAD} | {"text": reading.text}
        yield dumps(row | {kind: to_plain(getattr(reading, kind)) for kind in kinds}) + "\n"


def as_lines(readings: Iterable[Reading], kinds: Collection[str], look: Look) -> Iterator[str]:
    """One line for each value: what it is, and the words of the article."""
    for number, reading in enumerate(readings):
        rows = [Line((Segment("\n" * bool(number) + " · ".join(filter(None, _head(reading))), "bold"),))]
        for kind in kinds:
            rows += [_row(reading, one) for one in getattr(reading, kind)]
        yield "\n".join(draw(row, order=look.order, columns=look.columns, colour=look.colour) for row in rows) + "\n"


def _head(reading: Reading) -> list[str | None]:
    return [reading.outlet, reading.published, reading.id]


def _row(reading: Reading, one: Any) -> Line:
    said = " ".join((at(reading, one.span) or "").split())
    key = f"{getattr(one, 'id', None) or '':<5}"
    return Line((Segment(key, "dim"), Segment(f"{value_text(one):<{_VALUE_CELLS}}  ", "cue"), Segment(said)), False, 2)


def value_text(one: Any) -> str:
    """The value of a time, quantity or place in one short string."""
    fields = {k: v for k, v in to_plain(one).items() if k not in _HIDDEN and v is not None}
    if "type" in fields:
        return " ".join(str(fields[k]) for k in ("type", "value", "mod") if k in fields)
    if "kind" in fields:
        return " ".join(str(fields[k]) for k in ("country", "kind", "geonames") if k in fields)
    return " ".join(f"{key} {value}" for key, value in fields.items() if not isinstance(value, (list, dict)))


def explained(reading: Reading, key: str, kinds: Collection[str], look: Look) -> str:
    """What one value rests on: its words, its value, the rule and the lexicon row that made it.

    Raises:
        UsageError: the reading has no such value.
    """
    found = {one.id: one for kind in kinds for one in getattr(reading, kind) if getattr(one, "id", None)}
    if key not in found:
        remedy = f"choose one of {', '.join(list(found)[:12])}" if found else "the article has no values with an id"
        raise UsageError("no such value", value=key, remedy=remedy)
    one = found[key]
    rows = [_row(reading, one)]
    for evidence in one.evidence:
        rows.append(Line((Segment(f"{say('text', 'rule', look.lang)}: ", "dim"), Segment(evidence.rule)), False, 4))
        if evidence.row:
            row = (Segment(f"{say('text', 'lexicon', look.lang)}: ", "dim"), Segment(evidence.row))
            rows.append(Line(row, False, 4))
    return "\n".join(draw(row, order=look.order, columns=look.columns, colour=look.colour) for row in rows) + "\n"
