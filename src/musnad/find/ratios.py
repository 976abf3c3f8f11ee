"""Numbers made of two numbers: one in five, three over four, a hundredth part, one and four fifths, powers.

In news most of these are shares of something and no counts; ``quantities`` leaves out what ``per`` joins. The words
stand in ``numbers/ratios``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from musnad.find.numbers import Numeral
from musnad.find.numberwords import part_words
from musnad.lexicon.loader import rows
from musnad.read.fold import fold_word
from musnad.read.words import NUMBER, Words

_LARGEST_POWER = 64
_FARTHEST = 6  # tokens between two numbers that may belong together
_PER = 2  # words of "of every"
_WAW = chr(0x648)
_ARTICLE = chr(0x627) + chr(0x644)
_POWER, _EXPONENT = "^", "e"
_SIGNS = "+-\u2212"
_WHOLE_BASES = frozenset(10**n for n in range(1, 10))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """Two numbers read as one.

    Attributes:
        first, end: its tokens ``[first, end)``.
        value: the number.
        link: ``of``, ``over``, ``per``, ``part``, ``parts``, ``mixed`` or ``power``.
    """

    first: int
    end: int
    value: float
    link: str


@lru_cache(maxsize=1)
def _links() -> dict[str, tuple[str, int]]:
    """Folded word → its class and, for parts, how many make a whole."""
    return {fold_word(row.key): (row["class"], int(row.get("value") or 0)) for row in rows("numbers/ratios")}


def link_at(words: Words, i: int) -> str:
    """The class of the linking word at token ``i``, or ""."""
    return _links().get(words.forms[i], ("", 0))[0] if i < len(words) else ""


def ratios(words: Words, numerals: Sequence[Numeral]) -> tuple[Numeral | Ratio, ...]:
    """The numbers of a text with those that belong together joined, in order."""
    found: list[Numeral | Ratio] = []
    k = 0
    while k < len(numerals):
        a = numerals[k]
        b = numerals[k + 1] if k + 1 < len(numerals) else None
        one, used = _parts(words, a, b)
        if one is None and b is not None:
            one, used = _pair(words, a, b), 2
        if one is None:
            found.append(a)
            k += 1
        else:
            found.append(one)
            k += used
    return tuple(found)


def is_per(words: Words, a: Numeral, b: Numeral) -> bool:
    """Whether ``a`` and ``b`` say how many of every how many: one of every five."""
    return b.first - a.end == _PER and link_at(words, a.end) == "of" and link_at(words, a.end + 1) == "every"


def _parts(words: Words, a: Numeral, b: Numeral | None) -> tuple[Ratio | None, int]:
    """A number of fifths and the like; the hundredth part of a whole, where no number stands before it."""
    if a.value is None or a.kind in ("ordinal", "vague"):
        return None, 1
    if (
        a.first >= 2
        and link_at(words, a.first - 1) == "of"
        and link_at(words, a.first - 2) == "part"
        and a.value
        and not a.clitic
    ):
        return Ratio(first=a.first - 2, end=a.end, value=1 / a.value, link="part"), 1
    name, size = _links().get(words.forms[a.end], ("", 0)) if a.end < len(words) else ("", 0)
    if name == "parts" and a.kind == "cardinal" and a.scale == 1 and a.value > 1:
        used = 2 if b is not None and b.first == a.end else 1
        if used == 1 or (b is not None and b.end == b.first + 1):
            return Ratio(first=a.first, end=a.end + 1, value=_signed(a) / size, link="parts"), used
    return None, 1


def _pair(words: Words, a: Numeral, b: Numeral) -> Ratio | None:
    """Two numbers and what stands between them."""
    if a.value is None or b.value is None or "ordinal" in (a.kind, b.kind):
        return None
    if b.first - a.end > _FARTHEST:
        return None
    between = [link_at(words, i) for i in range(a.end, b.first)]
    if b.first == a.end + 1 and words.forms[a.end] == _WAW and b.row in part_words() and b.end == b.first + 1:
        return Ratio(first=a.first, end=b.end, value=_signed(a) + 1 / b.value, link="mixed") if b.value else None
    top = _signed(a)
    if between in (["over"], ["of"], ["of", "every"], ["of", "whole"], ["part", "of"]) and b.value and not b.clitic:
        value = top / b.value
        if between == ["part", "of"] and a.value > b.value and b.value in _WHOLE_BASES:
            whole = int(a.value // b.value * b.value)
            value = whole + (a.value - whole) / b.value
        return Ratio(first=a.first, end=b.end, value=value, link="per" if len(between) > 1 else between[0])
    if not b.digits and b.first == a.end and b.value:
        if b.row in part_words() and a.kind == "cardinal" and b.end == b.first + 1 and b.clitic and not b.article:
            return Ratio(first=a.first, end=b.end, value=top + 1 / b.value, link="mixed")
        if a.row in part_words() and b.article and a.end == a.first + 1 and not b.clitic.removesuffix(_ARTICLE):
            return Ratio(first=a.first, end=b.end, value=b.value / (a.value or 1), link="parts")
    if a.digits and b.digits:
        return _mixed(words, a, b) or _power(words, a, b)
    return None


def _mixed(words: Words, a: Numeral, b: Numeral) -> Ratio | None:
    """A whole number and a fraction in digits after it."""
    apart = words.starts[b.first] - words.ends[a.end - 1]
    if b.kind != "fraction" or a.kind != "cardinal" or a.end != b.first or apart != 1:
        return None
    if a.value is None or b.value is None or b.value >= 1:
        return None
    value = a.value + b.value
    return Ratio(first=a.first, end=b.end, value=-value if _minus(words, a) else value, link="mixed")


def _minus(words: Words, a: Numeral) -> bool:
    return a.minus or (a.first == 1 and words.forms[0] in _SIGNS)


def _power(words: Words, a: Numeral, b: Numeral) -> Ratio | None:
    """A power, or a number with an exponent: nothing but signs may stand between."""
    between = "".join(words.forms[a.end : b.first]).lower()
    link, signs = between[:1], between[1:]
    if link not in (_POWER, _EXPONENT) or signs.strip(_SIGNS) or a.value is None or b.value is None:
        return None
    if words.kinds[b.first] != NUMBER or abs(b.value) > _LARGEST_POWER or words.starts[a.end] != words.ends[a.end - 1]:
        return None
    exponent = -b.value if signs.count("-") % 2 else b.value
    base = a.value if link == _POWER else 10.0
    if not base:
        return None
    value = float(base) ** exponent * (1 if link == _POWER else a.value)
    return Ratio(first=a.first, end=b.end, value=-value if a.minus else value, link="power")


def _signed(n: Numeral) -> float:
    value = n.value or 0
    return -value if n.minus else value
