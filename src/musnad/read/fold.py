"""The folded layer: one spelling for matching, with an exact map back to the text as it was read.

Folding drops what Arabic writers leave out or add at will (short vowels, tatweel, zero-width and bidi
controls), unifies letters that are confused in print (hamza and alef forms, alef maqsura, ta marbuta, Persian
ya and kaf, presentation forms) and turns Arabic-Indic digits into ASCII ones. It follows the usual
normalisation of Arabic information retrieval (Larkey, Ballesteros & Connell 2002), extended to the Unicode
presentation forms by NFKC.

The layer never replaces the text: every folded code point knows the code point that it came from.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from musnad.types import Span

_DROPPED = (
    0x0640, 0x0670, 0x061C, 0xFEFF, 0x00AD, *range(0x0610, 0x061B), *range(0x064B, 0x0660), *range(0x06D6, 0x06DD),
    *range(0x06DF, 0x06E9), *range(0x06EA, 0x06EE), *range(0x200B, 0x2010), *range(0x202A, 0x202F),
    *range(0x2060, 0x2065), *range(0x2066, 0x206A),
)  # fmt: skip
_LETTERS = {
    0x0622: 0x0627, 0x0623: 0x0627, 0x0625: 0x0627, 0x0671: 0x0627, 0x0672: 0x0627, 0x0673: 0x0627,
    0x0649: 0x064A, 0x0629: 0x0647, 0x0624: 0x0648, 0x0626: 0x064A,
    0x06CC: 0x064A, 0x06D2: 0x064A, 0x06CD: 0x064A, 0x06A9: 0x0643, 0x06AA: 0x0643, 0x06C1: 0x0647, 0x06D5: 0x0647,
    0x06C0: 0x0647, 0x06C2: 0x0647, 0x06BE: 0x0647, 0x066B: 0x002E, 0x066C: 0x002C, 0x066A: 0x0025,
    0x00A0: 0x0020, 0x2007: 0x0020, 0x202F: 0x0020, 0x3000: 0x0020,
}  # fmt: skip
_SINGLE: dict[int, int | str | None] = {
    **dict.fromkeys(_DROPPED),
    **_LETTERS,
    **{0x0660 + d: 0x30 + d for d in range(10)},
    **{0x06F0 + d: 0x30 + d for d in range(10)},
}
_FORMS = [*range(0xFB50, 0xFDD0), *range(0xFDF0, 0xFDFE), *range(0xFE70, 0xFEFF)]


def _table() -> dict[int, int | str | None]:
    table = dict(_SINGLE)
    for code in _FORMS:
        plain = unicodedata.normalize("NFKC", chr(code))
        if plain != chr(code):
            table[code] = plain.strip().translate(_SINGLE) or None
    return table


TABLE = _table()  # code → what it is folded to: one letter (its code), several, or none
_CHANGES_LENGTH = {code for code, to in TABLE.items() if to is None or (isinstance(to, str) and len(to) != 1)}


def _spelling(code: int) -> str:
    """What becomes of ``code``; replaced texts hold no further code of the table, so the order never matters."""
    to = TABLE[code]
    return "" if to is None else to if isinstance(to, str) else chr(to)


def _any_of(codes: Iterable[int]) -> str:
    return "[" + "".join(f"\\U{code:08x}" for code in sorted(codes)) + "]"


# ``str.replace`` runs through a text at the speed of memory; ``str.translate`` looks every letter up.
_OFTEN = (0x0623, 0x0629, 0x0649, 0x0625, 0x0626, 0x0624, 0x0622, 0x00A0)
_COMMON = tuple((chr(code), _spelling(code)) for code in _OFTEN)
_ANY = re.compile(_any_of(TABLE))
_RARE = re.compile(_any_of(TABLE.keys() - set(_OFTEN)))
_DROPPING = frozenset(chr(code) for code in _CHANGES_LENGTH if not _spelling(code))
_GROWING = frozenset(chr(code) for code in _CHANGES_LENGTH if _spelling(code))
_DROPS = re.compile(_any_of(map(ord, _DROPPING)) + "+")
_DROPS_OR_GROWS = re.compile(f"{_any_of(map(ord, _DROPPING))}+|{_any_of(map(ord, _GROWING))}")
_USUAL_SIZE = 1 << 16  # code points of texts whose offsets are copied rather than counted anew


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text beside its source.

    Attributes:
        text: the folded text.
        source: the text as it was read.
        starts: for each folded code point the offset of its source code point, and last the length of the source;
            None where the two layers have the same offsets throughout.
        grows: whether one letter of the source became several.
    """

    text: str
    source: str
    starts: array[int] | None
    grows: bool = False

    def back(self, start: int, end: int) -> Span:
        """The source span of the folded span ``[start, end)``: dropped marks inside and after it belong to it."""
        if self.starts is None:
            return (start, end)
        if start >= end:
            at = self.starts[min(start, len(self.text))]
            return (at, at)
        return (self.starts[start], max(self.starts[end - 1] + 1, self.starts[end]))


def fold_word(word: str) -> str:
    """The folded spelling of ``word``."""
    return word.translate(TABLE) if _ANY.search(word) else word


def fold(text: str) -> Folded:
    """Fold ``text`` and keep the way back."""
    folded, rare = _folded(text)
    grows = not rare.isdisjoint(_GROWING)
    if not grows and rare.isdisjoint(_DROPPING):
        return Folded(folded, text, None)
    return Folded(folded, text, _starts(text, _DROPS_OR_GROWS if grows else _DROPS), grows)


def fold_text(text: str) -> str:
    """The folded spelling of a whole text, without the way back: for texts that are only compared."""
    return _folded(text)[0]


def _folded(text: str) -> tuple[str, set[str]]:
    """The folded text, and which of the rarer letters it had."""
    folded = text
    for letter, plain in _COMMON:
        folded = folded.replace(letter, plain)
    if _RARE.search(folded) is None:
        return folded, set()
    rare = set(_RARE.findall(folded))
    for letter in rare:
        folded = folded.replace(letter, _spelling(ord(letter)))
    return folded, rare


def _starts(text: str, changes: re.Pattern[str]) -> array[int]:
    """The offset of each folded code point of ``text``, and the length of ``text``."""
    size = len(text) + 1
    same = _offsets() if size <= _USUAL_SIZE else array("l", range(size))
    starts = array("l")
    done = 0
    for found in changes.finditer(text):
        at, end = found.span()
        starts += same[done:at]
        if text[at] in _GROWING:
            starts.extend([at] * len(_spelling(ord(text[at]))))
        done = end
    starts += same[done:size]
    return starts


@lru_cache(maxsize=1)
def _offsets() -> array[int]:
    return array("l", range(_USUAL_SIZE))
