"""What became of people that are counted (killed, injured, detained, displaced, missing), and which side they are of.

The counted noun may say it itself; else the nearest word of ``quantities/tolls`` before the number in its sentence
does, and where there is none, one right after it.
"""

from __future__ import annotations

from functools import lru_cache

from musnad.find.context import Context
from musnad.find.counted import Counted, has, noun_of
from musnad.lexicon.loader import Row, rows
from musnad.read.fold import fold_word
from musnad.read.words import BREAK
from musnad.types import Toll

_TOLLS: dict[str, Toll] = {
    "killed": "killed", "injured": "injured", "detained": "detained", "displaced": "displaced", "missing": "missing",
}  # fmt: skip
_REACH_BEFORE, _REACH_AFTER = 12, 4
_CLITICS = frozenset(chr(c) for c in (0x648, 0x641, 0x628, 0x644))


@lru_cache(maxsize=2)
def _words(place: str) -> dict[str, Row]:
    return {fold_word(row.key): row for row in rows("quantities/tolls") if row["place"] == place}


@lru_cache(maxsize=1)
def toll_words() -> frozenset[str]:
    """The words that stand before a number and say what became of people, with and without a clitic."""
    table = _words("before")
    return frozenset((*table, *(clitic + form for clitic in _CLITICS for form in table)))


def is_toll_word(form: str) -> bool:
    """Whether a word before a number says what became of people."""
    return form in toll_words()


def toll(ctx: Context, first: int, counted: Counted) -> tuple[Toll, str] | None:
    """The kind of toll that a number at token ``first`` gives, and the row that says so; None for no toll.

    Args:
        ctx: the text.
        first: first token of the number with its bound.
        counted: what it counts.
    """
    noun = counted.noun
    if counted.what == "unit" or (noun is not None and noun.kind == "thing"):
        return None
    if noun is not None and noun.toll:
        return _TOLLS[noun.toll], noun.row
    start = max(ctx.units[first][0], first - _REACH_BEFORE) if first < len(ctx) else first
    forms = ctx.words.forms
    table = _words("before")
    for k in range(first - 1, start - 1, -1):
        if ctx.words.kinds[k] == BREAK:
            break
        form = forms[k]
        if has(form, "spared") or (form[:1] in _CLITICS and has(form[1:], "spared")):
            return None
        row = table.get(form) or (table.get(form[1:]) if form[:1] in _CLITICS else None)
        if row is not None:
            return _TOLLS[row["kind"]], row.id
    table = _words("after")
    for k in range(counted.end, min(counted.end + _REACH_AFTER, len(forms))):
        if ctx.words.kinds[k] == BREAK:
            break
        row = table.get(forms[k])
        if row is not None:
            return _TOLLS[row["kind"]], row.id
    return None


def party(ctx: Context, counted: Counted) -> tuple[str, str] | None:
    """The side that counted people belong to, by their noun or a nationality after it, and the row that says so."""
    if counted.noun is None or counted.noun.kind != "person" or counted.of is None:
        return None
    if counted.noun.party:
        return counted.noun.party, counted.noun.row
    for k in range(counted.of[0] + 1, counted.of[1]):
        other = noun_of(ctx.words.forms[k])
        if other is not None and other.kind == "person" and other.party:
            return other.party, other.row
    return None
