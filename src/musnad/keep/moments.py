"""Which of two articles is the earlier one: by day, and by hour where both hours are known."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

_NEVER = "9999"
_END = "\x7f"  # sorts after every hour of a day, and after every day of a month or year


@lru_cache(maxsize=65_536)
def order(published: str | None, moment: str | None = None) -> str:
    """Where an article stands in time; to sort by.

    Args:
        published: its day (ISO 8601), or None: then it comes last.
        moment: day and hour; a zone is turned into UTC, no zone is read as UTC. A day without an hour comes first.
    """
    if moment is None:
        return published or _NEVER
    try:
        time = datetime.fromisoformat(moment)
    except ValueError:
        return published or _NEVER
    return (time.astimezone(UTC) if time.tzinfo else time).strftime("%Y-%m-%dT%H:%M:%S")


def surely_before(first: tuple[str | None, str | None], second: tuple[str | None, str | None]) -> bool:
    """Whether the first of two articles is earlier however the hours stand that are not known.

    Args:
        first, second: each its day and its moment, or None.
    """
    if first[0] is None or second[0] is None:
        return False
    if first[1] is None or second[1] is None:
        return first[0][:10] + _END < second[0][:10]
    return order(*first) < order(*second)
