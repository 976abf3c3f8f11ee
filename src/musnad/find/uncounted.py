"""Numbers that count nothing: names of things (article 152, flight 17), years and codes; and bare numbers that do."""

from __future__ import annotations

from musnad.find.approximations import Bound
from musnad.find.context import Context
from musnad.find.counted import Counted, has, plain
from musnad.find.numbers import Numeral
from musnad.find.tolls import is_toll_word
from musnad.read.words import BREAK, MARK, NUMBER, WORD

_ARTICLE = chr(0x627) + chr(0x644)
_CLITIC_WORDS = frozenset(
    c + p for c in ("", chr(0x648), chr(0x641)) for p in ("", _ARTICLE, chr(0x628), chr(0x644), chr(0x628) + _ARTICLE)
) - {""}
_DASHES = frozenset("-\u2013\u2014")
_JOINERS = _DASHES | frozenset("/:")
_SIGNS = _DASHES | frozenset("%+")
_BEFORE_NUMBERS = frozenset("(\"'\u00ab\u201c[+$\u20ac\u00a3%~-\u060c,.:\u061b")
_FIRST_YEAR, _LAST_YEAR, _YEAR_DIGITS = 1800, 2100, 4
_REACH = 6  # tokens before a bare number in which a word that makes it count may stand


def left_of(ctx: Context, n: Numeral) -> int:
    """The first token of a number with the clitics written to it."""
    first, words = n.first, ctx.words
    while first > 0 and words.forms[first - 1] in _CLITIC_WORDS and words.ends[first - 1] == words.starts[first]:
        first -= 1
    return first


def is_name(ctx: Context, n: Numeral, counted: Counted) -> bool:
    """Whether the number names a thing (flight 17, F-16), or is a year.

    Args:
        ctx: the text.
        n: the number.
        counted: what seems to stand after it.
    """
    known = counted.noun is not None or counted.unit is not None
    i = left_of(ctx, n) - 1
    if n.digits and (_is_written_on(ctx, n, known) or (i >= 0 and _is_written_to(ctx, n, i, counted))):
        return True
    while i > 0 and ctx.words.forms[i] == "(":
        i -= 1
    if i >= 0 and labelled(ctx, i) and counted.unit is None and (n.digits or not known):
        return not known or _is_year(ctx, n) or has(ctx.words.forms[i], "strong label")
    return n.digits and not known and (_is_year(ctx, n) or _is_code(ctx, n))


def _is_written_on(ctx: Context, n: Numeral, known: bool) -> bool:
    """Whether Latin letters or a mark join the digits to what follows."""
    words = ctx.words
    if n.end >= len(words) or words.starts[n.end] > words.ends[n.end - 1]:
        return False
    form = words.forms[n.end]
    if words.kinds[n.end] == WORD:
        return not known and form.isascii()
    joined = n.end + 1 < len(words) and words.starts[n.end + 1] == words.ends[n.end]
    return joined and form in _JOINERS


def _is_written_to(ctx: Context, n: Numeral, i: int, counted: Counted) -> bool:
    """Whether the digits are written to token ``i`` before them as part of a name, or follow a Latin word."""
    words = ctx.words
    form, kind = words.forms[i], words.kinds[i]
    if kind == WORD and form.isascii():
        return counted.unit is None
    if words.ends[i] != words.starts[n.first]:
        return False
    if kind == WORD:
        return counted.what == "none"
    if kind != MARK:
        return False
    joined = i > 0 and words.ends[i - 1] == words.starts[i]
    return form not in _BEFORE_NUMBERS or (joined and form in _SIGNS)


def _is_code(ctx: Context, n: Numeral) -> bool:
    """Whether the digits are too many for a number that nobody set apart: a code or a telephone number."""
    form = ctx.words.forms[n.first]
    return form.isdecimal() and (len(form) > _YEAR_DIGITS + 1 or form.startswith("0")) and n.scale == 1 and form != "0"


def labelled(ctx: Context, i: int) -> bool:
    """Whether the word at token ``i`` takes a number as its name, or is a month."""
    t = ctx.tags[i]
    return t is not None and (has(t.form, "label") or has(plain(t), "label", "month"))


def _is_year(ctx: Context, n: Numeral) -> bool:
    plain = ctx.words.forms[n.first].isdecimal() and len(ctx.words.forms[n.first]) == _YEAR_DIGITS
    return plain and n.scale == 1 and n.value is not None and _FIRST_YEAR <= n.value <= _LAST_YEAR


def counts_alone(ctx: Context, n: Numeral, bound: Bound | None) -> bool:
    """Whether a number without a noun counts something said elsewhere."""
    if n.kind == "vague" or (n.scale > 1 and not n.weak and not (n.article and bound is None)):
        return True
    i = left_of(ctx, n)
    if _is_year(ctx, n) or n.article or _is_code(ctx, n):
        return False
    if i > 0 and is_toll_word(ctx.words.forms[i - 1]):
        return True
    if bound is not None and bound.effect != "high":
        return True
    reach = _REACH * 2 if i > 0 and has(ctx.words.forms[i - 1], "reach") else _REACH
    for k in range(i - 1, max(-1, i - reach), -1):
        if ctx.words.kinds[k] in (BREAK, NUMBER) or ctx.words.forms[k] == ".":
            return False
        if has(ctx.words.forms[k], "number"):
            return True
    return False
