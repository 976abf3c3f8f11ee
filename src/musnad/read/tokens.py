"""Where the tokens of a text begin and end: its characters by class, all at once, and the runs that they form.

A text is an array of code points here. A word is a run of letters, a number a run of digits with single separators
between them, a line break a run of space that begins with one; every other sign stands alone, but for dots in a row and
two single quotes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from musnad.read.fold import TABLE, fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Places = NDArray[np.int64]

SPACE, LETTER, DIGIT, LINE, MARK, _SEPARATOR, _UNKNOWN = range(7)  # classes; those from ``MARK`` on stand alone
_SEPARATORS = frozenset(".,:/")
_LINE_BREAK = re.compile(r"\n\s*")
_ROWS = ("..", re.compile(r"\.{2,}")), ("''", re.compile("''"))  # marks of several signs
_CODES = 0x110000
_GROWS, _DROPPED = _CODES, _CODES + 1  # what folding makes of letters that become several, or none


@dataclass(frozen=True, slots=True)
class Tokens:
    """A folded text in tokens.

    Attributes:
        text: the folded text.
        source: the source letter by letter as the folded text, as codes.
        classes: the class of each code point, and of one more behind the text.
        begins: for each code point whether a token begins there.
        back: for each code point the offset of its source code point, and last the length of the source; None where
            the two have the same offsets throughout.
    """

    text: str
    source: Any
    classes: Any
    begins: Any
    back: Places | None

    def edges(self) -> tuple[Places, Places]:
        """The first code point of each token and the one after its last."""
        import numpy as np

        filled = self.classes != SPACE
        stops = filled[:-1] & (self.begins[1:] | ~filled[1:])
        return np.flatnonzero(self.begins), np.flatnonzero(stops) + 1

    def sources(self, starts: Places, ends: Places) -> tuple[list[int], list[int]]:
        """The edges of tokens as offsets in the source: dropped marks inside and after a token belong to it."""
        import numpy as np

        back = self.back
        if back is None:
            return starts.tolist(), ends.tolist()
        return back.take(starts).tolist(), np.maximum(back.take(ends - 1) + 1, back.take(ends)).tolist()


def tokens(text: str) -> Tokens:
    """Fold ``text`` and find its tokens; joined words are still one."""
    import numpy as np

    folded, codes, source, back = _folded(text)
    classes = np.zeros(len(codes) + 1, np.uint8)
    classes[:-1] = _classes(codes)
    between = np.flatnonzero(classes == _SEPARATOR)
    classes[between[(classes[between - 1] == DIGIT) & (classes[between + 1] == DIGIT)]] = DIGIT
    for found in _LINE_BREAK.finditer(folded):
        classes[found.start() : found.end()] = LINE
    begins = classes != SPACE
    begins[1:] &= (classes[1:] != classes[:-1]) | (classes[1:] >= MARK)
    for sign, row in _ROWS:
        if sign in folded:
            for found in row.finditer(folded):
                begins[found.start() + 1 : found.end()] = False
    return Tokens(folded, source, classes, begins, back)


def _folded(text: str) -> tuple[str, Any, Any, Places | None]:
    """The folded text, its codes, those of the source letter by letter, and the way back."""
    import numpy as np

    source = _codes(text)
    codes = _table().take(source)
    most = codes.max(initial=0)
    if most < _GROWS:
        return _string(codes), codes, source, None
    if most == _GROWS or _GROWS in codes:
        layer = fold(text)
        assert layer.starts is not None
        back = np.array(layer.starts, np.int64)
        return layer.text, _codes(layer.text), source.take(back[:-1]), back
    kept = np.flatnonzero(codes != _DROPPED)
    codes = codes.take(kept)
    return _string(codes), codes, source.take(kept), np.append(kept, len(text))


def _codes(text: str) -> Any:
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _string(codes: Any) -> str:
    found: str = codes.tobytes().decode("utf-32-le", "surrogatepass")
    return found


@lru_cache(maxsize=1)
def _table() -> Any:
    """Code → the code that it is folded to."""
    import numpy as np

    table = np.arange(_CODES, dtype=np.uint32)
    for code, to in TABLE.items():
        plain = to if isinstance(to, int) else ord(to) if to is not None and len(to) == 1 else None
        table[code] = plain if plain is not None else _GROWS if to else _DROPPED
    return table


def _classes(codes: Any) -> Any:
    """The class of each code."""
    known = _known()
    found = known.take(codes)
    if _UNKNOWN in found:
        for code in set(codes[found == _UNKNOWN].tolist()):
            known[code] = _class(chr(code))
        found = known.take(codes)
    return found


@lru_cache(maxsize=1)
def _known() -> Any:
    """Code → its class, as far as it was met."""
    import numpy as np

    return np.full(_CODES, _UNKNOWN, np.uint8)


def _class(letter: str) -> int:
    if letter == "_" or letter.isspace():
        return SPACE
    if letter.isdecimal():
        return DIGIT
    return LETTER if letter.isalnum() else _SEPARATOR if letter in _SEPARATORS else MARK
