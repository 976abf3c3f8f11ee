"""What is known of each word type, worked out once and kept: a look-up per token, and no call."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")
_MOST_TYPES = 65_536


class Kept(dict[str, V]):
    """Word type → what a function makes of it, as ``functools.lru_cache`` keeps it; a look-up costs half as much.

    It is emptied when it is full, so that endless new words take no endless memory.
    """

    __slots__ = ("_make", "_most")

    def __init__(self, make: Callable[[str], V], most: int = _MOST_TYPES) -> None:
        super().__init__()
        self._make = make
        self._most = most

    def __missing__(self, form: str) -> V:
        if len(self) >= self._most:
            self.clear()
        found = self[form] = self._make(form)
        return found
