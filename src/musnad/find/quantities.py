"""Quantities: numbers with what they count, their bounds, ranges, duals, and tolls of people.

Times, ages, ordinals, fractions, labels (article 152, flight 17) and bare years are none. What is annotated as a
quantity follows the guidelines of the annotated articles: a lower bound (more than, at least) gives ``low`` alone, an
upper one ``high``, tens of and hundreds of give both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from musnad.find.approximations import Bound, bound_after, bound_before
from musnad.find.context import Context
from musnad.find.counted import (
    Counted,
    Range,
    after,
    before,
    duals,
    has,
    noun_of,
    percent,
    percent_before,
    phrase_end,
    plain,
    unit_at,
)
from musnad.find.numbers import Numeral
from musnad.find.ratios import is_per
from musnad.find.tolls import is_toll_word, party, toll
from musnad.find.uncounted import counts_alone, is_name, labelled, left_of
from musnad.lexicon.loader import Row
from musnad.types import Toll

_DASHES = frozenset("-\u2013\u2014")
_REACH = 6  # tokens in which a word that makes a bare number count, or a range a change, may stand
_DUAL, _ISO = 2, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundQuantity:
    """A quantity as tokens, before units are settled.

    Attributes:
        first, end: tokens of the whole, ``[first, end)``.
        value, low, high: see ``types.Quantity``.
        of: tokens of what is counted.
        unit: the row of the unit, or None.
        toll, party: see ``types.Quantity``.
        rule: how it was found.
        rows: (slot, row) of the tables that decided.
    """

    first: int
    end: int
    value: int | float | None = None
    low: int | float | None = None
    high: int | float | None = None
    of: Range | None = None
    unit: Row | None = None
    toll: Toll | None = None
    party: str | None = None
    rule: str = "number"
    rows: tuple[tuple[str, str], ...] = ()


def quantities(ctx: Context, numbers: Sequence[Numeral], taken: Iterable[Range] = ()) -> tuple[FoundQuantity, ...]:
    """All quantities of a text, in order; they do not overlap.

    Args:
        ctx: the text.
        numbers: its numbers (``find.numbers``).
        taken: tokens of its times, in order: a number in one is no quantity.
    """
    times = {i for first, end in taken for i in range(first, end)}
    numbers = [n for n in numbers if n.first not in times]
    found: list[FoundQuantity] = []
    done = 0
    k = 0
    pairs = [i for i in _dual_places(ctx) if i not in times]
    p = 0
    while k < len(numbers) or p < len(pairs):
        if k >= len(numbers) or (p < len(pairs) and pairs[p] < numbers[k].first):
            i = pairs[p]
            p += 1
            one = _dual(ctx, i) if i >= done else None
        else:
            n = numbers[k]
            k += 1
            if n.first < done:
                continue
            other = numbers[k] if k < len(numbers) else None
            if other is not None and is_per(ctx.words, n, other):
                k, done = k + 1, other.end
                continue
            span = _joined(ctx, n, other) if other is not None else None
            if span is not None and other is not None:
                one, k, done = _range(ctx, n, other), k + 1, other.end
            else:
                one = _single(ctx, n)
        if one is not None:
            found.append(one)
            done = one.end
    return tuple(found)


def _dual_places(ctx: Context) -> list[int]:
    known = duals()
    return [i for i, form in enumerate(ctx.words.forms) if form in known or has(form, "pair", "one of them")]


def _dual(ctx: Context, i: int) -> FoundQuantity | None:
    """Two of a thing, said by the dual of an indefinite noun; the number two may follow."""
    noun = duals().get(ctx.words.forms[i])
    if noun is None:
        return _pair(ctx, i) if has(ctx.words.forms[i], "pair") else _one_of_them(ctx, i)
    if noun.party and len(noun.party) == _ISO and _is_dual_adjective(ctx, i - 1):
        return None
    end = phrase_end(ctx, i)
    if end > i + 1 and (t := ctx.tags[i + 1]) is not None and t.definite:
        end = i + 1
    of = (i, end)
    while end < len(ctx) and end - i < _REACH and _is_dual_adjective(ctx, end):
        end += 1
    if end < len(ctx) and has(ctx.words.forms[end], "two"):
        of, end = (i, end), end + 1
    counted = Counted(what="noun", of=of, end=end, noun=noun)
    bound = bound_before(ctx, i)
    if bound is None or bound.effect == "about":
        bound = bound_after(ctx, end)
    two = Numeral(first=i, end=i + 1, value=_DUAL, kind="dual", row=noun.row)
    return _bounded(ctx, two, counted, bound, bound.first if bound and bound.first < i else i)


def _pair(ctx: Context, i: int) -> FoundQuantity | None:
    """A pair of things: the word and its preposition."""
    two = Numeral(first=i, end=i + 1, value=_DUAL, kind="dual")
    counted = after(ctx, two)
    if counted.what != "part" or counted.of is None or (counted.noun is not None and counted.noun.kind == "person"):
        return None
    return _bounded(ctx, two, counted, bound_before(ctx, i), i)


def _one_of_them(ctx: Context, i: int) -> FoundQuantity | None:
    """One of those counted before, where the words beside say what became of them."""
    if i == 0 or not is_toll_word(ctx.words.forms[i - 1]):
        return None
    return _settled(ctx, i, i + 1, Counted(what="part", end=i + 1), value=1, rule="one")


def _is_dual_adjective(ctx: Context, k: int) -> bool:
    t = ctx.tags[k] if k >= 0 else None
    endings = (chr(0x64A) + chr(0x646), chr(0x627) + chr(0x646))
    if t is None or t.particle or t.definite or t.conjunction or not t.form.endswith(endings):
        return False
    noun = duals().get(t.form)
    return noun is None or len(noun.party) == _ISO


def _single(ctx: Context, n: Numeral) -> FoundQuantity | None:
    """One number with what it counts; None where it is a time, an age, a label, or counts nothing."""
    if n.kind in ("ordinal", "fraction") or (n.minus and not _below_zero(ctx, n)):
        return None
    if n.value == 1 and not n.digits and n.end == n.first + 1:
        return _one(ctx, n)
    counted = _share_before(ctx, n, after(ctx, n))
    if n.value == _DUAL and counted.what == "none" and not n.digits and (said := _said_twice(ctx, n)) is not None:
        return said
    if counted.what == "time" or is_name(ctx, n, counted):
        return None
    if counted.what == "none" and n.article and n.kind != "vague":
        earlier = before(ctx, n)
        if earlier is not None:
            counted = earlier
        if counted.what == "time" or (counted.what == "none" and n.digits):
            return None
    bound = bound_before(ctx, left_of(ctx, n))
    if counted.what == "none":
        if n.weak or not counts_alone(ctx, n, bound):
            return None
    elif counted.what == "part" and counted.of is None and n.weak:
        return None
    first = bound.first if bound else n.first
    if counted.of is not None and counted.of[0] < n.first:
        first = counted.of[0]
    bound = bound if bound is not None and bound.effect != "about" else bound_after(ctx, counted.end) or bound
    return _bounded(ctx, n, counted, bound, first)


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
    while first > 0 and n.first - first < _REACH // 2 and _is_dual_adjective(ctx, first - 1):
        first -= 1
    if first == n.first or n.clitic:
        return None
    counted = Counted(what="noun", of=(first, n.first), end=n.end, noun=noun_of(ctx.words.forms[first]))
    return _bounded(ctx, n, counted, bound_after(ctx, n.end), first)


def _bounded(ctx: Context, n: Numeral, counted: Counted, bound: Bound | None, first: int) -> FoundQuantity:
    """``n`` with its bound put into value, low and high."""
    value, low, high = n.value, n.low, n.high
    if n.minus and value is not None:
        value = -value
    rows: tuple[tuple[str, str], ...] = (("value", n.row),) if n.row else ()
    end = max(n.end, counted.end)
    if bound is not None:
        rows += (("low" if bound.effect == "low" else "high" if bound.effect == "high" else "value", bound.row),)
        end = max(end, bound.end)
        if n.kind != "vague":
            if bound.effect == "low":
                value, low = None, value
            elif bound.effect == "high":
                value, high = None, value
    return _settled(ctx, first, end, counted, value=value, low=low, high=high, rule=n.kind, rows=rows)


def _settled(
    ctx: Context,
    first: int,
    end: int,
    counted: Counted,
    *,
    value: int | float | None = None,
    low: int | float | None = None,
    high: int | float | None = None,
    rule: str,
    rows: tuple[tuple[str, str], ...] = (),
) -> FoundQuantity:
    """The quantity with what its noun or unit tells."""
    if counted.noun is not None:
        rows += (("of", counted.noun.row),)
    if counted.unit is not None:
        rows += (("unit", counted.unit.id),)
    kind = toll(ctx, first, counted)
    side = party(ctx, counted)
    rows += tuple((slot, found[1]) for slot, found in (("toll", kind), ("party", side)) if found is not None)
    return FoundQuantity(
        first=first,
        end=end,
        value=value,
        low=low,
        high=high,
        of=counted.of,
        unit=counted.unit,
        toll=kind[0] if kind else None,
        party=side[0] if side else None,
        rule=rule,
        rows=rows,
    )


def _one(ctx: Context, n: Numeral) -> FoundQuantity | None:
    """One: counted only after a noun for a person, or as one of them."""
    counted = after(ctx, n)
    previous = ctx.tags[n.first - 1] if n.first else None
    if previous is not None and has(plain(previous), "time", "label"):
        return None
    if counted.what == "part" and not n.weak:
        return _settled(ctx, n.first, counted.end, counted, value=1, rule="one")
    noun = noun_of(ctx.words.forms[n.first - 1]) if n.first else None
    if noun is None or noun.kind != "person" or noun.number != "s" or n.weak or n.article:
        return None
    counted = Counted(what="noun", of=(n.first - 1, n.first), end=n.end, noun=noun)
    bound = bound_after(ctx, n.end) or bound_before(ctx, n.first - 1)
    return _bounded(ctx, n, counted, bound, bound.first if bound and bound.first < n.first else n.first - 1)


def _below_zero(ctx: Context, n: Numeral) -> bool:
    found = unit_at(ctx, n.end)
    return found is not None and found[0]["dimension"] in ("temperature", "level", "ratio")


def _joined(ctx: Context, a: Numeral, b: Numeral) -> Range | None:
    """Whether two numbers are the ends of a range: tokens of the range, or None."""
    if any(n.kind not in ("cardinal", "dual") or (n.weak and n.value == 1) or n.value is None for n in (a, b)):
        return None
    words = ctx.words
    left = left_of(ctx, a)
    between = words.forms[a.end : b.first]
    within = has(words.forms[left - 1], "between") if left else False
    and_clitic = chr(0x648)
    low, high = _ends(a, b)
    if not low < high:
        return None
    if between in ((), (and_clitic,)) and (between or b.clitic[:1] == and_clitic):
        return (left - 1, b.end) if within else None
    if len(between) != 1:
        return None
    link = between[0]
    if has(link, "to"):
        return (left, b.end) if not _is_change(ctx, left) else None
    if has(link, "or"):
        return (left, b.end)
    if link in _DASHES and a.digits and b.digits and words.ends[a.end - 1] == words.starts[a.end]:
        return (left, b.end)
    return None


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
    return _settled(ctx, first, counted.end, counted, low=low, high=high, rule="range", rows=rows)
