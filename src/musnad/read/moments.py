"""The hour of publication, where an input gives one: ISO 8601 and RFC 5322, as feeds and pages write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)[T ]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d{1,9})?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?\Z",
    re.I,
)
_YEARS = (1900, 2100)


def publication_moment(text: str) -> str | None:
    """Day and hour of publication as ISO 8601: ``2016-11-03T14:05:00+03:00``, or without a zone where none is given.

    Args:
        text: a time of ISO 8601 or RFC 5322, and nothing else.

    Returns:
        None where the hour is not known: for a day alone, and for midnight to the second, which stands for none.
    """
    text = text.strip()
    found = _ISO.match(text)
    try:
        made = _of_iso(*found.groups()) if found else _of_mail(text)
    except (ValueError, OverflowError):
        return None
    if made is None or not _YEARS[0] <= made.year <= _YEARS[1] or not (made.hour or made.minute or made.second):
        return None
    return made.isoformat(timespec="seconds")


def _of_iso(year: str, month: str, day: str, hour: str, minute: str, second: str | None, zone: str | None) -> datetime:
    given = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0))
    if not zone:
        return given
    if zone[0] not in "+-":
        return given.replace(tzinfo=UTC)
    away = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]) if len(zone) > 3 else 0)
    return given.replace(tzinfo=timezone(-away if zone[0] == "-" else away))


def _of_mail(text: str) -> datetime | None:
    found = parsedate_tz(text) if ":" in text else None
    if found is None:
        return None
    given = datetime(*found[:6])
    return given if found[9] is None else given.replace(tzinfo=timezone(timedelta(seconds=found[9])))
