"""The call ``musnad.read``: checks what it is given and runs the pipeline."""

from __future__ import annotations

import datetime
import re

from musnad.errors import UsageError
from musnad.types import Article, Reading

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])")


def iso_date(value: str | datetime.date) -> str:
    """``value`` as an ISO 8601 date: ``2016-11-03``, or ``2016-11`` or ``2016`` where no more is known.

    Times of day are dropped.

    Raises:
        UsageError: ``value`` is no such date.
    """
    if isinstance(value, datetime.date):
        return datetime.date(value.year, value.month, value.day).isoformat()
    found = _ISO.match(value.strip()) if isinstance(value, str) else None
    if found:
        year, month, day = (int(part) if part else 1 for part in found.groups())
        try:
            datetime.date(year, month, day)
        except ValueError:
            found = None
    if not found:
        raise UsageError("no ISO date", value=value, remedy="write the date of publication as YYYY-MM-DD")
    return found.group()


def read_text(
    text: str,
    *,
    published: str | datetime.date | None = None,
    outlet: str | None = None,
    title: str | None = None,
    id: str | None = None,
    url: str | None = None,
) -> Reading:
    """Read one article; see ``musnad.read``."""
    if not isinstance(text, str):
        raise UsageError(
            "the text is no string", value=type(text).__name__, remedy="decode bytes first, or use the command"
        )
    from musnad.pipeline import read_article

    article = Article(
        text=text,
        id=id or "",
        title=title,
        outlet=outlet,
        published=iso_date(published) if published is not None else None,
        url=url,
    )
    return read_article(article)
