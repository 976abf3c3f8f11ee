"""A coarse scale for counts and distances in features."""

from __future__ import annotations

_SCALE = (*"012345", *["8"] * 3, *["12"] * 4, *["20"] * 8, *["30"] * 10, *["50"] * 20)
_TOP = len(_SCALE)


def bucket(n: int) -> str:
    """A number on a coarse, roughly logarithmic scale, as a short string."""
    return _SCALE[n] if 0 <= n < _TOP else "99" if n > 0 else str(n)
