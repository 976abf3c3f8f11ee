"""The calls ``musnad.read``, ``read_many`` and ``find_times``: they check what they are given and run the pipeline."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator

from musnad.errors import MusnadError, UsageError
from musnad.types import Article, Place, Quantity, Reading, Time


def iso_date(value: str | datetime.date) -> str:
    """``value`` as an ISO 8601 date (``2016-11-03``); times of day are dropped.

    Args:
        value: a date, or a string that holds a full one (see ``read.dateline.publication_date``).

    Raises:
        UsageError: ``value`` is no such date.
    """
    from musnad.read.dateline import publication_date

    text = value.isoformat() if isinstance(value, datetime.date) else value
    found = publication_date(text) if isinstance(text, str) else None
    if found is None:
        raise UsageError("no full date", value=value, remedy="write the date of publication as YYYY-MM-DD")
    return found


def read_text(
    text: str,
    *,
    published: str | datetime.date | None = None,
    outlet: str | None = None,
    title: str | None = None,
    id: str | None = None,
    url: str | None = None,
    authority: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
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
    return read_article(article, authority=actor_files(authority))


def read_many(
    articles: Iterable[str | Article | MusnadError],
    *,
    authority: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
) -> Iterator[Reading | MusnadError]:
    """Read many articles, in order: each reading is that of ``musnad.read``, in four fifths of its time.

    Neighbours are read side by side, sixteen at a time; nothing is read before it is asked for.

    Args:
        articles: articles, or texts alone. Errors pass through, so that ``musnad.read.source.articles`` may give them.
        authority: files (or folders of files) with actors of your own, as for ``musnad.read``.

    Yields:
        For each its reading, or the error for which it was set aside: ``InputError``, or ``internal-error`` for a
        mistake of musnad's own. No article costs another.

    Raises:
        UsageError: an item is no text and no article.
        AuthorityError: a file of ``authority`` is missing or breaks its form (a ``UsageError``).

    Example:
        >>> for reading in musnad.read_many(texts):  # doctest: +SKIP
        ...     if isinstance(reading, musnad.MusnadError): ...
    """
    from musnad.many import read_all

    return read_all(map(_as_article, articles), authority=actor_files(authority))


def _as_article(item: str | Article | MusnadError) -> Article | MusnadError:
    if isinstance(item, str):
        return Article(text=item)
    if isinstance(item, MusnadError) or (isinstance(item, Article) and isinstance(item.text, str)):
        return item
    raise UsageError("no article", value=type(item).__name__, remedy="give texts, or musnad.Article(text=...)")


def actor_files(given: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> tuple[str, ...]:
    """The user's files of actors, checked.

    Args:
        given: one path of a file or folder, or several.

    Raises:
        AuthorityError: a file is missing or breaks its form.
    """
    from musnad.lexicon.authority import check

    paths = (given,) if isinstance(given, (str, os.PathLike)) else tuple(given)
    return check(os.fspath(path) for path in paths) if paths else ()


def find_times(text: str, *, published: str | datetime.date | None = None) -> tuple[Time, ...]:
    """The times of a text with their TIMEX3 values, in order.

    Args:
        text: an article, or any text.
        published: the day of publication, which relative times are read against; without it, only times that
            need no such day have a value, and only they are given.

    Raises:
        TooLarge: the text is longer than ``settings.LIMITS.max_chars`` code points.
        UsageError: ``published`` is no date, or ``text`` is no string.
    """
    return _values(text, published, "times").times


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text: numbers with what they count, bounds, units and tolls, in order.

    Args:
        text: an article, or any text; all spans are offsets into it, in code points.

    Raises:
        TooLarge: the text is longer than ``settings.LIMITS.max_chars`` code points.
        UsageError: ``text`` is no string.
    """
    return _values(text, None, "quantities").quantities


def find_places(text: str) -> tuple[Place, ...]:
    """The places that a text names: each name once, at its first mention, with country, kind and coordinates.

    Args:
        text: an article, or any text; all spans are offsets into it, in code points.

    Raises:
        TooLarge: the text is longer than ``settings.LIMITS.max_chars`` code points.
        UsageError: ``text`` is no string.
    """
    return _values(text, None, "places").places


def _values(text: str, published: str | datetime.date | None, kind: str) -> Reading:
    if not isinstance(text, str):
        raise UsageError(
            "the text is no string", value=type(text).__name__, remedy="decode bytes first, or use the command"
        )
    from musnad.pipeline import read_values

    day = iso_date(published) if published is not None else None
    return read_values(Article(text=text, id="-", published=day), (kind,))
