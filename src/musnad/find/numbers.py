"""Numbers as they are written: digits in every script, words in all genders and cases, and both mixed.

The grammar of Arabic numerals (units before tens, joined by a conjunction; groups of falling size; a fraction after
a scale counts parts of that scale) works on tokens; its words stand in ``numbers/words``, the reading of digits in
``find.digits``. A word alone that is mostly something else (``alone`` no in the table) is given as ``weak``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from musnad.find.digits import Digits, digits
from musnad.find.numberwords import NumberWord, number_words, of_words, part_words
from musnad.read.words import NUMBER, Words

Kind = Literal["cardinal", "ordinal", "dual", "fraction", "vague"]

_WAW = chr(0x648)
_ARTICLE = chr(0x627) + chr(0x644)
_LONGEST = 24  # tokens of one numeral; longer runs of number words are no number anybody writes
_HUNDRED, _TEN, _THOUSAND = 100, 10, 1000


class Numeral(NamedTuple):
    """One number of a text.

    Attributes:
        first, end: its tokens ``[first, end)``.
        value: the number, or None where only bounds are said (``vague``).
        kind: ``cardinal``; ``ordinal``; ``dual`` for a scale in the dual alone (two thousand); ``fraction``; ``vague``
            for tens, hundreds, thousands of unsaid number.
        low, high: bounds of a vague number.
        clitic: letters written to the first word before the number: conjunction, preposition, article.
        article: whether the number is definite.
        digits: whether it begins with digits.
        scale: the last scale word of it (1 without one): in a range it holds for both ends.
        weak: whether the words are mostly something else and need a counted thing to be a number.
        minus: whether a minus sign or word stands before it; ``value`` has no sign.
        row: the row of its first word, None for digits.
    """

    first: int
    end: int
    value: int | float | None
    kind: Kind
    low: int | None = None
    high: int | None = None
    clitic: str = ""
    article: bool = False
    digits: bool = False
    scale: int = 1
    weak: bool = False
    minus: bool = False
    row: str | None = None


class Part(NamedTuple):
    """A piece of a numeral: its value, the token after it, and the least magnitude that more must stay below."""

    value: Decimal
    end: int
    below: int
    scale: int = 1
    kind: Kind = "cardinal"


def numerals(words: Words, places: Sequence[int] | None = None) -> tuple[Numeral, ...]:
    """All numbers of a text in order; they do not overlap.

    Args:
        places: its tokens that are digits or number words (``find.valuewords``), if known.
    """
    known = number_words()
    if places is None:
        pairs = zip(words.forms, words.kinds, strict=True)
        places = [i for i, (form, kind) in enumerate(pairs) if form in known or kind == NUMBER]
    found: list[Numeral] = []
    reader = _Reader(words, known)
    done = 0
    for i in places:
        if i >= done and (one := reader.numeral(i)) is not None:
            found.append(one)
            done = one.end
    return tuple(found)


class _Reader:
    """Reads numerals from the tokens of one text."""

    __slots__ = ("_digits", "forms", "kinds", "known", "size", "words")

    def __init__(self, words: Words, known: Mapping[str, NumberWord]) -> None:
        self.words = words
        self.forms = words.forms
        self.kinds = words.kinds
        self.size = len(words.forms)
        self.known = known
        self._digits: dict[int, Digits | None] = {}

    def word(self, i: int) -> NumberWord | None:
        """The number word at token ``i``."""
        return self.known.get(self.forms[i]) if i < self.size else None

    def digits(self, i: int) -> Digits | None:
        """The number in digits at token ``i``, read once."""
        if i not in self._digits:
            self._digits[i] = digits(self.words, i)
        return self._digits[i]

    def numeral(self, i: int) -> Numeral | None:
        """The longest numeral that begins at token ``i``."""
        word = self.word(i)
        if word is None:
            return self.figures(i)
        if word.group in ("point", "parts"):
            return None
        if word.group == "minus":
            rest = self.numeral(i + 1) if i + 1 < self.size and self.begins(i + 1) else None
            return rest._replace(first=i, minus=True) if rest is not None and rest.kind == "cardinal" else None
        if word.group == "ordinal":
            return self.ordinal(i, word)
        if word.group in ("vague", "plural"):
            return self.vague(i, word)
        if not word.article and word.row in part_words() and self.is_definite_noun(i + 1):
            return Numeral(
                first=i, end=i + 1, value=1 / word.value, kind="fraction", clitic=word.clitic, weak=True, row=word.row
            )
        part = self.sum(i)
        if part is None:
            return None
        alone = part.end == i + 1
        return Numeral(
            first=i,
            end=part.end,
            value=_plain(part.value),
            kind="dual" if word.group == "pair" and alone else part.kind,
            clitic=word.clitic,
            article=word.article,
            scale=part.scale,
            weak=word.weak and alone,
            row=word.row,
        )

    def figures(self, i: int) -> Numeral | None:
        """The longest numeral that begins with digits at token ``i``."""
        read = self.digits(i)
        if read is None:
            return None
        if self.ends(read.end):  # most numbers in digits
            part: Part | None = Part(read.value, read.end, 0, 1, "fraction" if read.fraction else "cardinal")
        else:
            part = self.sum(i)
        if part is None:
            return None
        return Numeral(
            first=read.first,
            end=part.end,
            value=_plain(part.value),
            kind=part.kind,
            clitic=read.clitic,
            article=read.article,
            digits=True,
            scale=part.scale,
            minus=read.minus,
        )

    def ends(self, i: int) -> bool:
        """Whether digits before token ``i`` surely go no further: no number word and no conjunction stands there."""
        return i >= self.size or (self.forms[i] not in self.known and self.forms[i] != _WAW)

    def is_definite_noun(self, i: int) -> bool:
        """Whether a word with the article that is no number stands at token ``i``."""
        return i < self.size and self.forms[i].startswith(_ARTICLE) and self.word(i) is None

    def begins(self, i: int) -> bool:
        """Whether a number can begin at token ``i``."""
        return self.kinds[i] == NUMBER or self.word(i) is not None

    def sum(self, i: int) -> Part | None:
        """Segments of falling size joined by conjunctions, with a fraction at the end."""
        first = self.segment(i)
        if first is None or first.kind == "fraction":
            return first
        value, end, below, scale = first.value, first.end, first.below, first.scale
        last = scale
        while end - i < _LONGEST:
            k = self.joined(end, below)
            if k is None:
                break
            more = self.segment(k)
            if more is None:
                break
            if more.kind == "fraction":
                value += more.value * last
                end = more.end
                if last > 1 and (w := self.word(end)) is not None and w.value == last and not w.conjoined:
                    end += 1
                break
            if not 0 < more.value < below:
                break
            value, end, below, last = value + more.value, more.end, more.below, more.scale
        return self.pointed(Part(value, end, below, scale))

    def joined(self, i: int, below: int) -> int | None:
        """The token of the number that a conjunction at ``i`` joins to the one before; None where there is none."""
        if i >= self.size:
            return None
        word = self.word(i)
        if below >= _THOUSAND and self.kinds[i] == NUMBER:
            hundred = self.word(i + 1)  # in digits the conjunction before hundreds may be left out
            return i if hundred is not None and hundred.group == "hundred" and not hundred.clitic else None
        if word is not None and word.conjoined and word.clitic == _WAW + _ARTICLE * word.article:
            return i
        if word is not None and not word.clitic and word.group == "unit" and self.forms[i][0] == _WAW:
            ten = self.word(i + 1)  # folding makes and-one of one; only eleven takes ten after it
            if ten is not None and ten.group == "ten" and not ten.clitic:
                return i
        if self.forms[i] == _WAW and i + 1 < self.size:
            after = self.word(i + 1)
            if after is not None and not after.clitic.removesuffix(_ARTICLE):
                return i + 1
            return i + 1 if after is None and below > 1 and self.kinds[i + 1] == NUMBER else None
        if word is not None and not word.clitic and below == _HUNDRED and word.group == "unit":
            part = self.under_hundred(i)  # Egyptian: a hundred and three-and-sixty without the first conjunction
            return i if part is not None and part.end > i + 1 else None
        return None

    def segment(self, i: int) -> Part | None:
        """One number and the scale words after it; a scale word alone; a fraction, alone or of a scale."""
        word = self.word(i)
        if word is None:
            read = self.digits(i)
            if read is None:
                return None
            return self.scaled(self.read_digits(read))
        if word.group in ("scale", "pair"):
            base = Part(Decimal(word.value), i + 1, word.value // (2 if word.group == "pair" else 1))
            return self.scaled(base._replace(scale=base.below))
        if word.group == "fraction":
            return self.fraction_of(Part(Decimal(word.value) / word.parts, i + 1, 0, 1, "fraction"))
        part = self.under_thousand(i)
        if part is None:
            return None
        after = self.word(part.end)
        if after is not None and after.group == "parts" and not after.conjoined and part.value < after.parts:
            return self.fraction_of(Part(part.value / after.parts, part.end + 1, 0, 1, "fraction"))
        return self.scaled(part)

    def read_digits(self, read: Digits) -> Part:
        """Digits as a part: a lone group of three after a point are decimals where a scale word follows."""
        after = self.word(read.end)
        value = read.value
        scaled = after is not None and after.group in ("scale", "plural") and not after.conjoined
        if scaled and read.decimal is not None:
            value = read.decimal
        if after is not None and after.group == "hundred" and after.value == _HUNDRED and not after.clitic:
            return Part(value * _HUNDRED, read.end + 1, _HUNDRED)
        return Part(value, read.end, 0, 1, "fraction" if read.fraction else "cardinal")

    def fraction_of(self, part: Part) -> Part:
        """A fraction of a scale is a number: half a million."""
        after = self.word(part.end)
        if after is None or after.group != "scale" or after.clitic.removesuffix(_ARTICLE):
            return part
        return self.scaled(part._replace(kind="cardinal"))

    def scaled(self, part: Part) -> Part:
        """``part`` times the scale words after it."""
        value, end, below, scale = part.value, part.end, part.below, part.scale
        kind = part.kind
        for _ in range(3):
            after = self.word(end)
            if after is None or after.group not in ("scale", "plural") or after.clitic.removesuffix(_ARTICLE):
                break
            if after.article and after.group == "plural" and self.forms[end - 1].isalpha() and part.scale > 1:
                break
            value, end = value * after.value, end + 1
            scale = below = after.value * (scale if scale > 1 else 1)
            kind = "cardinal"
        return Part(value, end, below, scale, kind)

    def under_thousand(self, i: int) -> Part | None:
        """Hundreds, or less, in words."""
        word = self.word(i)
        if word is None:
            return None
        if word.group == "hundred":
            hundreds, end = Decimal(word.value), i + 1
        else:
            small = self.under_hundred(i)
            if small is None:
                return None
            after = self.word(small.end)
            counted = after is not None and not after.clitic and after.value == _HUNDRED
            if after is None or not counted or after.group not in ("hundred", "vague"):
                return small
            hundreds, end = small.value * _HUNDRED, small.end + 1
        k = self.joined(end, _HUNDRED)
        more = self.under_hundred(k) if k is not None else None
        if more is None or not more.value:
            return Part(hundreds, end, _HUNDRED)
        after = self.word(more.end)
        if after is not None and after.group in ("hundred", "parts") and not after.conjoined:
            return Part(hundreds, end, _HUNDRED)
        return Part(hundreds + more.value, more.end, 1)

    def under_hundred(self, i: int) -> Part | None:
        """Tens and units in words."""
        word = self.word(i)
        if word is None:
            return None
        if word.group in ("ten", "teen", "tens"):
            return Part(Decimal(word.value), i + 1, 1)
        if word.group != "unit":
            return None
        after = self.word(i + 1)
        if after is not None and after.group == "ten" and not after.clitic and word.value:
            return Part(Decimal(word.value + _TEN), i + 2, 1)
        k = self.joined(i + 1, 1)
        tens = self.word(k) if k is not None else None
        if k is not None and tens is not None and tens.group == "tens" and word.value:
            return Part(Decimal(word.value + tens.value), k + 1, 1)
        return Part(Decimal(word.value), i + 1, 1)

    def pointed(self, part: Part) -> Part:
        """A decimal point as a word, and the number after it."""
        point = self.word(part.end)
        if point is None or point.group != "point" or point.clitic or part.scale > 1:
            return part
        after = part.end + 1
        if after >= self.size or not self.begins(after):
            return part
        more = self.segment(after)
        if more is None or more.value != int(more.value) or more.kind == "fraction":
            return part
        if more.scale == 1 and (hundred := self.hundredths(more.end)):
            return Part(part.value + more.value / hundred, more.end + 2, 0)
        width = len(str(int(more.value / more.scale)))
        return self.scaled(Part(part.value + more.value / more.scale / _TEN**width, more.end - (more.scale > 1), 0))

    def hundredths(self, i: int) -> int:
        """The whole that decimals in words are parts of: three of a hundred; 0 where none is said at token ``i``."""
        whole = self.word(i + 1)
        if whole is None or whole.clitic or whole.value not in (_HUNDRED, _THOUSAND):
            return 0
        return whole.value if self.forms[i] in of_words() else 0

    def ordinal(self, i: int, word: NumberWord) -> Numeral | None:
        """An ordinal: units alone, with ten, or with tens; hundreds may follow."""
        value, end = word.value, i + 1
        after = self.word(end)
        weak = word.weak
        if after is not None and after.group == "ten" and not after.clitic:
            value, end, weak = value + _TEN, end + 1, False
        elif (k := self.joined(end, 1)) is not None and (tens := self.word(k)) is not None and tens.group == "tens":
            value, end, weak = value + tens.value, k + 1, False
        if weak:
            return None
        return Numeral(
            first=i, end=end, value=value, kind="ordinal", clitic=word.clitic, article=word.article, row=word.row
        )

    def vague(self, i: int, word: NumberWord) -> Numeral:
        """Tens, hundreds, thousands without a number: from twice to just under ten times as much."""
        scale, end = word.value, i + 1
        for _ in range(2):
            after = self.word(end)
            if after is None or after.group not in ("scale", "plural") or after.clitic not in ("", _ARTICLE):
                break
            scale, end = scale * after.value, end + 1
        return Numeral(
            first=i,
            end=end,
            value=None,
            kind="vague",
            low=2 * scale,
            high=_TEN * scale - 1,
            clitic=word.clitic,
            article=word.article,
            scale=scale,
            weak=word.weak and end == i + 1,
            row=word.row,
        )


def _plain(value: Decimal) -> int | float:
    """The plainest number equal to ``value``."""
    return int(value) if value == value.to_integral_value() else float(value)
