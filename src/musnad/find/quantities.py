"""Quantities: numbers with what they count, their bounds, ranges, duals, and tolls of people.

Times, ages, ordinals, fractions, labels (article 152, flight 17) and bare years are none. What is annotated as a
quantity follows the guidelines of the annotated articles: a lower bound (more than, at least) gives ``low`` alone, an
upper one ``high``, tens of and hundreds of give both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from musnad.find.approximations import bound_after, bound_before
from musnad.find.context import COMMA, Context
from musnad.find.counted import (
    Counted,
    Range,
    after,
    before,
    has,
    noun_of,
    percent,
    percent_before,
    plain,
    unit_at,
)
from musnad.find.numbers import Numeral
from musnad.find.ratios import is_per
from musnad.find.tallies import FoundQuantity, bounded, tallied
from musnad.find.tolls import is_toll_word
from musnad.find.uncounted import counts_alone, is_name, labelled, left_of
from musnad.find.wordless import is_dual_adjective, sign, unnumbered

_DASHES = frozenset("-\u2013\u2014")
_REACH = 6  # tokens in which a word that makes a bare number count, or a range a change, may stand
_DUAL = 2
_WAW = chr(0x648)


def quantities(
    ctx: Context, numbers: Sequence[Numeral], taken: Iterable[Range] = (), counts: Iterable[int] | None = None
) -> tuple[FoundQuantity, ...]:
    """All quantities of a text, in order; they do not overlap.

    Args:
        ctx: the text.
        numbers: its numbers (``find.numbers``).
        taken: tokens of its times, in order: a number in one is no quantity.
        counts: its tokens that may be signs of a quantity without a number (``find.valuewords``), if known.
    """
    if counts is None:
        counts = [i for i, form in enumerate(ctx.words.forms) if sign(form) is not None]
    times = {i for first, end in taken for i in range(first, end)}
    numbers = [n for n in numbers if n.first not in times]
    signs = [i for i in counts if i not in times]
    found: list[FoundQuantity] = []
    done = k = p = 0
    while k < len(numbers) or p < len(signs):
        if k >= len(numbers) or (p < len(signs) and signs[p] < numbers[k].first):
            one = unnumbered(ctx, signs[p]) if signs[p] >= done else None
            p += 1
        else:
            n, other = numbers[k], numbers[k + 1] if k + 1 < len(numbers) else None
            k += 1
            if n.first < done:
                continue
            if other is not None and is_per(ctx.words, n, other):
                one, k, done = None, k + 1, other.end
            elif other is not None and _is_range(ctx, n, other):
                one, k, done = _range(ctx, n, other), k + 1, other.end
            else:
                one = _single(ctx, n, other, found[-1] if found else None)
        if one is not None:
            found.append(one)
            done = one.end
    return tuple(found)


def _single(ctx: Context, n: Numeral, other: Numeral | None, earlier: FoundQuantity | None) -> FoundQuantity | None:
    """One number with what it counts; None where it is a time, an age, a label, or counts nothing.

    Args:
        ctx: the text.
        n: the number.
        other: the number after it, whose noun it may share.
        earlier: the quantity before it, whose noun it may take up.
    """
    if n.kind in ("ordinal", "fraction") or (n.minus and not _below_zero(ctx, n)):
        return None
    if n.value == 1 and not n.digits and n.end == n.first + 1:
        return _one(ctx, n, earlier)
    counted = _share_before(ctx, n, after(ctx, n))
    if counted.what == "none" and other is not None:
        counted = _shared(ctx, n, other) or counted
    if n.value == _DUAL and counted.what == "none" and not n.digits and (said := _said_twice(ctx, n)) is not None:
        return said
    if counted.what == "time" or is_name(ctx, n, counted):
        return None
    if n.article and n.kind != "vague" and counted.unit is None and counted.noun is None:
        counted = before(ctx, n) or counted
        if counted.what == "time" or (counted.what == "none" and n.digits):
            return None
    bound = bound_before(ctx, left_of(ctx, n)) if n.clitic[:1] != _WAW else None
    if counted.what == "none":
        if (n.weak or not counts_alone(ctx, n, bound)) and not _takes_up(ctx, n, earlier):
            return None
    elif counted.what == "part" and counted.of is None and n.weak:
        return None
    first = bound.first if bound else n.first
    if counted.of is not None and counted.of[0] < n.first:
        first = counted.of[0]
    bound = bound if bound is not None and bound.effect != "about" else bound_after(ctx, counted.end) or bound
    return bounded(ctx, n, counted, bound, first)


def _share_before(ctx: Context, n: Numeral, counted: Counted) -> Counted:
    """A number after a percent sign, or bare after the word for a share, as per cent."""
    if counted.unit is not None or counted.what == "time" or counted.noun is not None or n.first == 0:
        return counted
    i = left_of(ctx, n) - 1
    sign = percent_before(ctx, n.first)
    if sign is None and (i < 0 or ctx.tags[i] is None or not has(plain(ctx.tags[i]), "share")):  # type: ignore[arg-type]
        return counted
    of = counted.of if counted.what == "part" else None
    return Counted(what="unit", of=of, end=counted.end if of else n.end, unit=sign or percent())


def _said_twice(ctx: Context, n: Numeral) -> FoundQuantity | None:
    """The number two after an indefinite dual noun that may also be a plural."""
    first = n.first
    while first > 0 and n.first - first < _REACH // 2 and is_dual_adjective(ctx, first - 1):
        first -= 1
    if first == n.first or n.clitic:
        return None
    counted = Counted(what="noun", of=(first, n.first), end=n.end, noun=noun_of(ctx.words.forms[first]))
    return bounded(ctx, n, counted, bound_after(ctx, n.end), first)


def _shared(ctx: Context, n: Numeral, other: Numeral) -> Counted | None:
    """What two numbers joined by a conjunction count together, said after the second: 30 and 40 kilometres."""
    between = ctx.words.forms[n.end : other.first]
    joined = between == (_WAW,) or (not between and other.clitic[:1] == _WAW)
    if not joined or other.kind not in ("cardinal", "dual") or is_name(ctx, n, Counted(what="none")):
        return None
    counted = after(ctx, other)
    if counted.unit is None and (counted.noun is None or counted.what != "noun"):
        return None
    return replace(counted, end=n.end)


def _takes_up(ctx: Context, n: Numeral, earlier: FoundQuantity | None) -> bool:
    """Whether a bare number tells apart those counted before it in its sentence, or what an amount changed to."""
    if earlier is None or n.article or ctx.words.sentences[earlier.first] != ctx.words.sentences[n.first]:
        return False
    i = left_of(ctx, n) - 1
    if i < 0:
        return False
    form = ctx.words.forms[i]
    if (earlier.end == i and has(form, "to")) or has(form, "whole"):
        return not labelled(ctx, i)
    counted = earlier.unit is None and (earlier.of is not None or earlier.toll is not None or earlier.rule == "one")
    if n.digits or n.kind != "cardinal" or n.scale > 1 or not counted:
        return False
    following = ctx.tags[n.end] if n.end < len(ctx) else None
    placed = following is not None and (following.particle == "preposition" or following.proclitic)
    return bool(placed) and (n.clitic == _WAW or ctx.symbols[i] == COMMA or is_toll_word(form))


def _one(ctx: Context, n: Numeral, earlier: FoundQuantity | None) -> FoundQuantity | None:
    """One: counted only after a noun for a person, or as one of them."""
    counted = after(ctx, n)
    previous = ctx.tags[n.first - 1] if n.first else None
    if previous is not None and has(plain(previous), "time", "label"):
        return None
    told = n.first > 0 and is_toll_word(ctx.words.forms[n.first - 1])
    person = counted.noun is not None and counted.noun.kind == "person"
    if counted.of is not None and counted.end < len(ctx):
        person = person or has(ctx.words.forms[counted.end], "with them")
    if counted.what == "part" and not n.weak and (told or person or counted.end == n.end + 1):
        return tallied(ctx, n.first, counted.end, counted, value=1, rule="one")
    if counted.what == "none" and not n.weak and _takes_up(ctx, n, earlier):
        return tallied(ctx, n.first, n.end, counted, value=1, rule="one")
    noun = noun_of(ctx.words.forms[n.first - 1]) if n.first else None
    if noun is None or noun.kind != "person" or noun.number != "s" or n.weak or n.article:
        return None
    counted = Counted(what="noun", of=(n.first - 1, n.first), end=n.end, noun=noun)
    bound = bound_after(ctx, n.end) or bound_before(ctx, n.first - 1)
    return bounded(ctx, n, counted, bound, bound.first if bound and bound.first < n.first else n.first - 1)


def _below_zero(ctx: Context, n: Numeral) -> bool:
    found = unit_at(ctx, n.end)
    return found is not None and found[0]["dimension"] in ("temperature", "level", "ratio")


def _is_range(ctx: Context, a: Numeral, b: Numeral) -> bool:
    """Whether two numbers are the ends of a range."""
    if any(n.kind not in ("cardinal", "dual") or (n.weak and n.value == 1) or n.value is None for n in (a, b)):
        return False
    words = ctx.words
    left = left_of(ctx, a)
    between = words.forms[a.end : b.first]
    within = has(words.forms[left - 1], "between") if left else False
    low, high = _ends(a, b)
    if not low < high:
        return False
    if between in ((), (_WAW,)) and (between or b.clitic[:1] == _WAW):
        return within
    if len(between) != 1:
        return False
    link = between[0]
    if has(link, "to"):
        return not _is_change(ctx, left)
    if has(link, "or"):
        return True
    return link in _DASHES and a.digits and b.digits and words.ends[a.end - 1] == words.starts[a.end]


def _ends(a: Numeral, b: Numeral) -> tuple[int | float, int | float]:
    """Both ends of a range; a scale said once holds for both."""
    low, high = a.value or 0, b.value or 0
    if a.scale == 1 and b.scale > 1 and low * b.scale < high:
        low *= b.scale
    return low, high


def _is_change(ctx: Context, left: int) -> bool:
    """Whether from ... to tells how an amount changed."""
    if left == 0 or not has(ctx.words.forms[left - 1], "people"):
        return False
    for k in range(left - 1, max(-1, left - 1 - _REACH), -1):
        t = ctx.tags[k]
        if t is not None and (has(t.form, "change") or has(t.bare, "change")):
            return True
    return False


def _range(ctx: Context, a: Numeral, b: Numeral) -> FoundQuantity | None:
    """Two numbers as the ends of a range."""
    counted = after(ctx, b)
    left = left_of(ctx, a)
    first = a.first
    dashed = ctx.words.forms[a.end] in _DASHES if a.end < b.first else False
    if counted.what in ("time", "none") or (left and labelled(ctx, left - 1)):
        return None
    if dashed and counted.noun is None and counted.unit is None:
        return None
    low, high = _ends(a, b)
    if left and has(ctx.words.forms[left - 1], "between", "people"):
        first = left - 1
    rows = tuple(("low" if n is a else "high", n.row) for n in (a, b) if n.row)
    return tallied(ctx, first, counted.end, counted, low=low, high=high, rule="range", rows=rows)
