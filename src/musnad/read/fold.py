"""The folded layer: one spelling for matching, with an exact map back to the text as it was read.

Folding drops what Arabic writers leave out or add at will (short vowels, tatweel, zero-width and bidi
controls), unifies letters that are confused in print (hamza and alef forms, alef maqsura, ta marbuta, Persian
ya and kaf, presentation forms) and turns Arabic-Indic digits into ASCII ones. It follows the usual
normalisation of Arabic information retrieval (Larkey, Ballesteros & Connell 2002), extended to the Unicode
presentation forms by NFKC.

The layer never replaces the text: every folded code point knows the code point that it came from.
"""

from __future__ import annotations

import unicodedata
from array import array
from dataclasses import dataclass

from musnad.types import Span

_DROPPED = (
    [0x0640, 0x0670, 0x061C, 0xFEFF, 0x00AD]
    + list(range(0x0610, 0x061B))
    + list(range(0x064B, 0x0660))
    + list(range(0x06D6, 0x06DD))
    + list(range(0x06DF, 0x06E9))
    + list(range(0x06EA, 0x06EE))
    + list(range(0x200B, 0x2010))
    + list(range(0x202A, 0x202F))
    + list(range(0x2060, 0x2065))
    + list(range(0x2066, 0x206A))
)
_LETTERS = {
    0x0622: 0x0627, 0x0623: 0x0627, 0x0625: 0x0627, 0x0671: 0x0627, 0x0672: 0x0627, 0x0673: 0x0627,
    0x0649: 0x064A, 0x0629: 0x0647, 0x0624: 0x0648, 0x0626: 0x064A,
    0x06CC: 0x064A, 0x06D2: 0x064A, 0x06CD: 0x064A, 0x06A9: 0x0643, 0x06AA: 0x0643, 0x06C1: 0x0647, 0x06D5: 0x0647,
    0x06C0: 0x0647, 0x06C2: 0x0647, 0x06BE: 0x0647, 0x066B: 0x002E, 0x066C: 0x002C, 0x066A: 0x0025,
    0x00A0: 0x0020, 0x2007: 0x0020, 0x202F: 0x0020, 0x3000: 0x0020,
}  # fmt: skip
_SINGLE: dict[int, int | str | None] = {
    **{c: None for c in _DROPPED},
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


_TABLE = _table()
_CHANGES_LENGTH = {code for code, to in _TABLE.items() if to is None or (isinstance(to, str) and len(to) != 1)}


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text beside its source.

    Attributes:
        text: the folded text.
        source: the text as it was read.
        starts: for each folded code point the offset of its source code point; None where the two layers
            have the same offsets throughout.
    """

    text: str
    source: str
    starts: array[int] | None

    def back(self, start: int, end: int) -> Span:
        """The source span of the folded span ``[start, end)``: dropped marks inside and after it belong to it."""
        if self.starts is None:
            return (start, end)
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.source)
            return (at, at)
        stop = self.starts[end - 1] + 1
        limit = self.starts[end] if end < len(self.starts) else len(self.source)
        while stop < limit and ord(self.source[stop]) in _CHANGES_LENGTH:
            stop += 1
        return (self.starts[start], stop)


def fold_word(word: str) -> str:
    """The folded spelling of ``word``."""
    return word.translate(_TABLE)


def fold(text: str) -> Folded:
    """Fold ``text`` and keep the way back."""
    folded = text.translate(_TABLE)
    if len(folded) == len(text) and not any(ord(c) in _CHANGES_LENGTH for c in set(text)):
        return Folded(folded, text, None)
    starts = array("l")
    for at, char in enumerate(text):
        code = ord(char)
        if code in _CHANGES_LENGTH:
            to = _TABLE[code]
            starts.extend([at] * (len(to) if isinstance(to, str) else 0))
        else:
            starts.append(at)
    return Folded(folded, text, starts)
