"""How names sound: a skeleton that spellings of one foreign name share, in Arabic and in Latin letters.

Letters that the press confuses (for a foreign g: four different ones) fall into one class; vowels and h, which may
be written or not, into none; double sounds are one. The idea is that of Soundex (Russell 1918), the classes are
those of ``names/sounds``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from musnad.lexicon.loader import Row, rows
from musnad.read.fold import fold_word

_LONGEST = 4


@cache
def letters() -> Mapping[str, Row]:
    """Letter, or group of Latin letters, → its row in ``names/sounds``."""
    return MappingProxyType({row.key: row for row in rows("names/sounds")})


@lru_cache(maxsize=8192)
def skeleton(word: str) -> str:
    """The classes of the sounds of ``word``, in order; "" where it has none but vowels."""
    table = letters()
    text = fold_word(word).lower()
    found: list[str] = []
    i = 0
    while i < len(text):
        size = next((n for n in range(_LONGEST, 0, -1) if text[i : i + n] in table), 0)
        sound = table[text[i : i + size]]["sound"] if size else ""
        if sound and (not found or found[-1] != sound):
            found.append(sound)
        i += size or 1
    return "".join(found)


def likeness(a: str, b: str) -> float:
    """How alike two skeletons are: 1 minus the edit distance (Levenshtein 1966) over the longer length."""
    if not a or not b:
        return 0.0
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        current = [i]
        for j, y in enumerate(b, 1):
            current.append(min(previous[j] + 1, current[-1] + 1, previous[j - 1] + (x != y)))
        previous = current
    return 1.0 - previous[-1] / max(len(a), len(b))
