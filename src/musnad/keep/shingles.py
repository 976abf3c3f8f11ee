"""Texts as numbers: folded words as 32-bit codes, and runs of four words (shingles) as 64-bit codes.

The codes depend on the words alone, never on the process, so that they can be kept and compared later. Copies are
sought and aligned over them.
"""

from __future__ import annotations

import re
import zlib
from typing import Any

from musnad.errors import MissingExtra
from musnad.read.fold import fold_text

try:
    import numpy as np
except ImportError as error:  # pragma: no cover - the extra is installed wherever tests run
    raise MissingExtra(
        "finding copies needs numpy", value="numpy", remedy="install it with: pip install 'musnad[ledger]'"
    ) from error

__all__ = ["SIZE", "Coder", "Codes", "Mask", "Numbers", "Shingles", "different", "np", "shingles"]

Codes = np.ndarray[Any, np.dtype[np.uint32]]
Shingles = np.ndarray[Any, np.dtype[np.uint64]]
Numbers = np.ndarray[Any, np.dtype[np.int64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]

SIZE = 4  # words of a shingle
_WORD = re.compile(r"\w+")
_KNOWN = 1 << 16  # words whose codes are remembered: more are slower to look up than to work out
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


class _Codes(dict[str, int]):
    """Word → CRC-32 of its letters, counted where it is first asked for."""

    def __missing__(self, word: str) -> int:
        code = self[word] = zlib.crc32(word.encode("utf-8", "surrogatepass"))
        return code


class Coder:
    """Texts → codes. Remembers the codes of words that it has met, at most some sixty thousand."""

    __slots__ = ("_codes",)

    def __init__(self) -> None:
        self._codes = _Codes()

    def words(self, text: str) -> Codes:
        """The codes of the folded words of ``text``, in order: letters and digits, without marks."""
        found = _WORD.findall(fold_text(text))
        if len(self._codes) > _KNOWN:
            self._codes.clear()
        return np.fromiter(map(self._codes.__getitem__, found), dtype=np.uint32, count=len(found))


def shingles(words: Codes) -> Shingles:
    """The code of each run of ``SIZE`` words, by its first word; empty for texts that are shorter.

    A polynomial of the word codes modulo 2^64, mixed by the finaliser of SplitMix64 (Steele, Lea & Flood 2014), so
    that any bits of it may be used as a sample.
    """
    count = len(words) - SIZE + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    wide = words.astype(np.uint64)
    code = wide[:count].copy()
    for k in range(1, SIZE):
        code *= _SPREAD
        code += wide[k : k + count]
    code ^= code >> np.uint64(30)
    code *= _MIX
    code ^= code >> np.uint64(27)
    return code


def different(codes: Shingles) -> Shingles:
    """The different ones among ``codes``, sorted. As ``numpy.unique``, which hashes and is slower for one text."""
    ordered = np.sort(codes)
    if len(ordered) < 2:
        return ordered
    chosen: Shingles = ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))]
    return chosen
