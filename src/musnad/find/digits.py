"""Numbers in digits: separators of thousands and decimals, groups set apart by spaces, fractions, signs.

A comma or point before exactly three digits sets thousands apart, unless a nought stands before it or the source has
the Arabic decimal sign; anything else after a single comma or point is decimals.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from musnad.find.numberwords import number_words
from musnad.read.words import MARK, NUMBER, WORD, Words

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_DECIMAL = re.compile(r"(\d+)[.,](\d+)")
_RATIO = re.compile(r"(\d+)/(\d+)")
_MOST_DIGITS = 18
_GROUP = 3
_MILLION = 1_000_000
_COMMA = "\u060c"
_DECIMAL_SIGN = "\u066b"
_MINUS = frozenset("-\u2212")
_ARTICLE = "\u0627\u0644"
_CLITICS = {
    form: form
    for conjunction in ("", "\u0648", "\u0641")
    for form in (
        conjunction + _ARTICLE, conjunction + "\u0628" + _ARTICLE, conjunction + "\u0644\u0644",
        conjunction + "\u0643" + _ARTICLE, conjunction + "\u0628", conjunction + "\u0644", conjunction + "\u0643",
    )
}  # fmt: skip


class Digits(NamedTuple):
    """A number in digits.

    Attributes:
        first, end: its tokens ``[first, end)``.
        value: the number.
        decimal: another reading of it, where a single group of three digits may be decimals.
        fraction: whether it is written as a ratio.
        article: whether an article is written to it.
        clitic: letters of the same token before it: none, since digits are tokens of their own.
        minus: whether a minus sign is written to it.
    """

    first: int
    end: int
    value: Decimal
    decimal: Decimal | None = None
    fraction: bool = False
    article: bool = False
    clitic: str = ""
    minus: bool = False


def digits(words: Words, i: int) -> Digits | None:
    """The number in digits at token ``i``; None for clock times, dates, versions and endless rows of digits."""
    forms, starts, ends = words.forms, words.starts, words.ends
    size = len(forms)
    if i >= size or words.kinds[i] != NUMBER:
        return None
    before = forms[i - 1] if i and ends[i - 1] == starts[i] else ""
    after = forms[i + 1] if i + 1 < size and ends[i] == starts[i + 1] else ""
    if (before or after) and _is_name(before, after):
        return None
    form, end = forms[i], i + 1
    followed = end < size and (words.kinds[end] == NUMBER or forms[end] == _COMMA)
    if followed and len(form) <= _GROUP and form.isdecimal():
        form, end = _with_groups(words, i)
        if end == i + 1 and (spaced := _spaced_decimals(words, i)):
            return Digits(first=i, end=i + 3, value=Decimal(f"{form}.{spaced}"))
    if len(form) > _MOST_DIGITS + _MOST_DIGITS // _GROUP:
        return None
    plain = form.isdecimal()
    read = _value(form, _source(words, i)) if not plain else _whole(form)
    if read is None:
        return None
    value, other, ratio = read
    if not before:
        return Digits(i, end, value, other, ratio)
    if before == "." and plain and _starts_with_point(words, i):
        value = Decimal(f"0.{form}")
    return Digits(
        first=i,
        end=end,
        value=value,
        decimal=other,
        fraction=ratio,
        article=_ARTICLE[1:] == before[-1:] and before in _CLITICS and len(before) > 1,
        minus=before in _MINUS and _signed(words, i - 1),
    )


def _whole(form: str) -> tuple[Decimal, None, bool] | None:
    """The value of digits alone, as ``_value`` gives it."""
    return (Decimal(form), None, False) if len(form) <= _MOST_DIGITS else None


def _source(words: Words, i: int) -> str:
    """The token as it stands in the text: the Arabic decimal sign is told from a full stop there only."""
    return words.source[words.starts[i] : words.ends[i]]


def _value(form: str, source: str) -> tuple[Decimal, Decimal | None, bool] | None:
    """The value of digits with marks among them, its other reading, and whether it is a ratio."""
    if ratio := _RATIO.fullmatch(form):
        top, bottom = (Decimal(part) for part in ratio.groups())
        return (top / bottom, None, True) if bottom and len(form) <= _MOST_DIGITS else None
    if _DECIMAL_SIGN in source:
        whole, _, rest = form.replace(",", "").partition(".")
        return (Decimal(f"{whole}.{rest}"), None, False) if whole.isdecimal() and rest.isdecimal() else None
    if _GROUPED.fullmatch(form) and not form.startswith("0"):
        sign = next(c for c in form if not c.isdecimal())
        plain = form.replace(sign, "").replace(",", ".")
        other = Decimal(form.replace(sign, ".")) if form.count(sign) == 1 and plain.isdecimal() else None
        return Decimal(plain), other, False
    if found := _DECIMAL.fullmatch(form):
        return Decimal(".".join(found.groups())), None, False
    return None


def _with_groups(words: Words, i: int) -> tuple[str, int]:
    """Up to three digits with the groups of three after them, set apart by a space or an Arabic comma."""
    form, end = words.forms[i], i + 1
    sign = ""
    while end < len(words) and len(form) <= _MOST_DIGITS:
        comma = words.forms[end] == _COMMA and words.ends[end - 1] == words.starts[end]
        gap = words.starts[end] - words.ends[end - 1]
        k = end + 1 if comma else end
        if k >= len(words) or words.kinds[k] != NUMBER or (sign and sign != (_COMMA if comma else " ")):
            break
        following = words.forms[k]
        whole = len(following) == _GROUP and following.isdecimal()
        last = following[_GROUP : _GROUP + 1] in (".", ",") and following[:_GROUP].isdecimal()
        touching = comma and words.ends[end] == words.starts[k]
        spaced = not comma and gap == 1 and not words.forms[i].startswith("0")
        if not (whole or last) or not (touching or spaced) or len(following) > _MOST_DIGITS:
            break
        sign = _COMMA if comma else " "
        form, end = form + following.replace(",", "."), k + 1
        if last:
            break
    return form, end


def _spaced_decimals(words: Words, i: int) -> str:
    """Decimals after an Arabic comma with a space on one side, where millions follow: 6, 4 million; else ""."""
    if i + 3 >= len(words) or words.forms[i + 1] != _COMMA or words.kinds[i + 2] != NUMBER:
        return ""
    gaps = words.starts[i + 1] - words.ends[i] + words.starts[i + 2] - words.ends[i + 1]
    scale = number_words().get(words.forms[i + 3])
    if gaps > 1 or scale is None or scale.group not in ("scale", "plural") or scale.value < _MILLION:
        return ""
    decimals = words.forms[i + 2]
    return decimals if decimals.isdecimal() and len(decimals) < _GROUP else ""


def _starts_with_point(words: Words, i: int) -> bool:
    """Whether the full stop before token ``i`` belongs to it: nothing is written to its other side."""
    return i < 2 or words.ends[i - 2] < words.starts[i - 1]


def _signed(words: Words, at: int) -> bool:
    """Whether the dash at token ``at`` is a sign: nothing is written to its other side."""
    if at == 0 or words.ends[at - 1] < words.starts[at]:
        return at == 0 or words.kinds[at - 1] in (WORD, MARK)
    return words.forms[at - 1] in "(["


def _is_name(before: str, after: str) -> bool:
    """Whether Latin letters are written to digits: M1, 4K (small letters after them may be a unit)."""
    if before.isascii() and before.isalpha() and before != "e":
        return True
    return after.isascii() and after[:1].isupper()
