"""What became of people that are counted (killed, injured, detained, displaced, missing), and which side they are of.

The counted noun may say it itself; else a word of ``quantities/tolls`` right after it does, or the nearest one before
the number in its sentence.
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
_REACH_BEFORE, _REACH_UNKNOWN, _REACH_AFTER = 12, 2, 4
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
    unknown = counted.what == "noun" and noun is None  # it may be a thing: only a word right beside it tells
    row = _after(ctx, counted.end) or _before(ctx, first, _REACH_UNKNOWN if unknown else _REACH_BEFORE)
    return (_TOLLS[row["kind"]], row.id) if row is not None else None


def _after(ctx: Context, end: int) -> Row | None:
    """The word right after what is counted that says what became of them."""
    table, forms = _words("after"), ctx.words.forms
    for k in range(end, min(end + _REACH_AFTER, len(forms))):
        t = ctx.tags[k]
        if t is None or t.conjunction:
            break
        if forms[k] in table:
            return table[forms[k]]
    return None


def _before(ctx: Context, first: int, reach: int) -> Row | None:
    """The nearest word before the number, in its sentence, that says what became of them."""
    table, forms = _words("before"), ctx.words.forms
    start = max(ctx.units[first][0], first - reach) if first < len(ctx) else first
    for k in range(first - 1, start - 1, -1):
        if ctx.words.kinds[k] == BREAK:
            break
        bare = forms[k][1:] if forms[k][:1] in _CLITICS else ""
        if has(forms[k], "spared") or has(bare, "spared"):
            break
        row = table.get(forms[k]) or table.get(bare)
        if row is not None:
            return row
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
