"""Codes of the strings that features are made of: 64-bit numbers that can be added up in arrays.

A string's code is the first eight bytes of its BLAKE2b digest, the same in every process, so that the weights of a
file and the words of a text meet without a common list of words.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from itertools import islice

ABSENT = 0x5E_ED_0F_AB_5E_47  # the code of no value: a feature that holds it does not exist
_MOST = 262_144


class _Codes(dict[str, int]):
    """Codes by string, worked out once."""

    def __missing__(self, text: str) -> int:
        found = int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
        self[text] = found
        return found


_CODES = _Codes()  # a cache, not a setting
_NAMES: dict[int, str] = {}  # the same, turned round as far as somebody asked for names
code = _CODES.__getitem__


def names() -> Mapping[int, str]:
    """The strings of all codes given out since ``trim`` last emptied them."""
    for text, number in islice(_CODES.items(), len(_NAMES), None):
        _NAMES[number] = text
    return _NAMES


def trim() -> bool:
    """Forget all strings where there are too many; between two texts only. Returns whether they were forgotten."""
    if len(_CODES) < _MOST:
        return False
    _CODES.clear()
    _NAMES.clear()
    return True
