"""Words that bound or blur a number: more than, at least, up to, about (table ``quantities/bounds``)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from musnad.find.context import COMMA, Context
from musnad.find.counted import is_dual
from musnad.find.numberwords import number_words
from musnad.lexicon.loader import Row, rows
from musnad.read.fold import fold_word
from musnad.read.words import BREAK, NUMBER, WORD

_CLITICS = frozenset(chr(c) for c in (0x648, 0x641, 0x628, 0x644))
_REACH = 5  # tokens after what is counted in which a bound may still stand
_GAP, _LONGEST_GAP = chr(0x2026), 4


class Bound(NamedTuple):
    """A bound of a number: its effect (``low``, ``high``, ``about``), its tokens and its row."""

    effect: str
    first: int
    end: int
    row: str


def _by_word(place: str, at: int) -> dict[str, tuple[tuple[tuple[str, ...], Row], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], Row]]] = {}
    for row in rows("quantities/bounds"):
        if row["place"] == place:
            parts = tuple(fold_word(row.key).split())
            found.setdefault(parts[at], []).append((parts, row))
    return {word: tuple(sorted(entries, key=lambda e: -len(e[0]))) for word, entries in found.items()}


@lru_cache(maxsize=1)
def _before() -> dict[str, tuple[tuple[tuple[str, ...], Row], ...]]:
    return _by_word("before", -1)


@lru_cache(maxsize=1)
def _after() -> dict[str, tuple[tuple[tuple[str, ...], Row], ...]]:
    return _by_word("after", 0)


def bound_before(ctx: Context, i: int) -> Bound | None:
    """The bound that ends right before token ``i``; of two in a row the one that says more than ``about``."""
    nearest = _ending_at(ctx, i)
    if nearest is None:
        return None
    outer = _ending_at(ctx, nearest.first)
    if outer is None:
        return nearest
    effect = outer if nearest.effect == "about" else nearest
    return effect._replace(first=outer.first, end=nearest.end)


def _ending_at(ctx: Context, i: int) -> Bound | None:
    if i <= 0:
        return None
    form = ctx.words.forms[i - 1]
    table = _before()
    for last in (form, form[1:] if form[:1] in _CLITICS else ""):
        for parts, row in table.get(last, ()):
            if (len(parts) == 1 and last) or last == form:
                first = _first(ctx, parts, i)
                if first is not None:
                    return Bound(row["effect"], first, i, row.id)
    return _gapped(ctx, i)


def _first(ctx: Context, parts: tuple[str, ...], i: int) -> int | None:
    """The first token of a phrase that ends right before token ``i``; its last word is known to fit."""
    forms = ctx.words.forms
    first = i - len(parts)
    if _GAP in parts or first < 0:
        return None
    if len(parts) == 1:
        return first
    return first if forms[first + 1 : i] == parts[1:] and _opens(forms[first], parts[0]) else None


def _gapped(ctx: Context, i: int) -> Bound | None:
    """A verb that bounds, a few words on: its number exceeds; its subject stands between."""
    forms, kinds = ctx.words.forms, ctx.words.kinds
    if _openers().isdisjoint(forms[max(0, i - _LONGEST_GAP - 2) : i]):
        return None
    for parts, row in _with_gaps():
        end = i - len(parts[2:])
        if forms[end:i] != parts[2:]:
            continue
        for k in range(end - 2, max(-1, end - 2 - _LONGEST_GAP), -1):
            if kinds[k + 1] != WORD:
                break
            if _opens(forms[k], parts[0]):
                return Bound(row["effect"], k, i, row.id)
            if not parts[2:] and k < end - 2:
                break
    return None


@lru_cache(maxsize=1)
def _with_gaps() -> tuple[tuple[tuple[str, ...], Row], ...]:
    """The phrases with a gap: one word before it, none or one after it."""
    found = [(tuple(fold_word(row.key).split()), row) for row in rows("quantities/bounds") if _GAP in row.key]
    return tuple(sorted(found, key=lambda e: -len(e[0])))


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    """The first words of the phrases with a gap, with and without a clitic."""
    first = {parts[0] for parts, _ in _with_gaps()}
    return frozenset(first | {clitic + word for clitic in _CLITICS for word in first})


def _opens(form: str, wanted: str) -> bool:
    return form == wanted or (form[:1] in _CLITICS and form[1:] == wanted)


def bound_after(ctx: Context, i: int) -> Bound | None:
    """The bound that follows within a few tokens of ``i``, before the clause or another number begins."""
    forms, kinds, symbols = ctx.words.forms, ctx.words.kinds, ctx.symbols
    table = _after()
    for k in range(i, min(i + _REACH, len(forms))):
        if kinds[k] in (BREAK, NUMBER) or symbols[k] == COMMA or forms[k] == ".":
            return None
        if forms[k] in number_words() or is_dual(forms[k]):
            return None
        for parts, row in table.get(forms[k], ()):
            if k > i and parts[0][0] in _CLITICS and len(parts) == 1:
                continue
            if forms[k : k + len(parts)] == parts:
                return Bound(row["effect"], k, k + len(parts), row.id)
    return None
