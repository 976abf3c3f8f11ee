"""What a ledger has of the articles of a batch, looked up for all of them at once: by text, by id and by URL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from musnad.keep import tables
from musnad.types import Article

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_AT_ONCE = 500  # values in one condition


class _Edition(NamedTuple):
    id: int
    article: int
    outlet: str | None
    title: str | None


class Seen:
    """What is kept already of some articles, and what is kept of them since.

    Args:
        connection: of the transaction in which it holds.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._articles: dict[int, tuple[str, str | None]] = {}
        self._keys: dict[str, int] = {}
        self._urls: dict[str, list[int]] = {}
        self._former: dict[str, int] = {}
        self._editions: dict[str, list[_Edition]] = {}

    def look_for_texts(self, texts: Iterable[str]) -> None:
        """Look up the editions with these texts, given by their hashes."""
        from sqlalchemy import select

        e, a = tables.edition.c, tables.article.c
        query = select(e.text, e.id, e.article, e.outlet, e.title, a.key, a.url)
        query = query.join_from(tables.edition, tables.article, e.article == a.id).order_by(e.id)
        for part in _parts(texts):
            for text, edition, article, outlet, title, key, url in self._connection.execute(
                query.where(e.text.in_(part))
            ):
                self._editions.setdefault(text, []).append(_Edition(edition, article, outlet, title))
                self._has(article, key, url)

    def look_for_names(self, articles: Sequence[Article]) -> None:
        """Look up the articles with the ids, former ids and URLs of these."""
        from sqlalchemy import select

        a = tables.article.c
        for column, values in ((a.key, {one.id for one in articles}), (a.url, {one.url for one in articles})):
            for part in _parts(value for value in values if value):
                for article, key, url in self._connection.execute(select(a.id, a.key, a.url).where(column.in_(part))):
                    self._has(article, key, url)
        self.look_for_former({one.id for one in articles})

    def look_for_former(self, keys: Iterable[str]) -> None:
        """Look up the articles that were given under these ids before."""
        from sqlalchemy import select

        a, f = tables.article.c, tables.alias.c
        query = select(f.key, a.id, a.key, a.url).join_from(tables.alias, tables.article, f.article == a.id)
        for part in _parts(keys):
            for former, article, key, url in self._connection.execute(query.where(f.key.in_(part))):
                self._former[former] = article
                self._has(article, key, url)

    def edition(self, a: Article, text: str) -> int | None:
        """The edition that holds exactly the text with hash ``text`` under the headline of ``a``, or None."""
        for edition in self._editions.get(text, ()):
            if a.outlet and edition.outlet and a.outlet != edition.outlet:
                continue
            if a.title and edition.title and a.title.split() != edition.title.split():
                continue
            key, url = self._articles[edition.article]
            if key == a.id or key.startswith(other_id(a.id, text)) or (a.url and url == a.url):
                return edition.id
            if self._former.get(a.id) == edition.article:
                return edition.id
        return None

    def has_text(self, text: str) -> bool:
        """Whether any edition has the text with this hash."""
        return text in self._editions

    def alike(self, a: Article) -> list[tuple[int, str, str | None]]:
        """The articles with the id, a former id or the URL of ``a``, those with its URL first: row id, id and URL."""
        found = {self._keys.get(a.id), self._former.get(a.id), *self._urls.get(a.url or "", ())} - {None}
        rows = [(n, *self._articles[n]) for n in sorted(n for n in found if n is not None)]
        return sorted(rows, key=lambda row: row[2] != a.url)

    def keep_article(self, article: int, key: str, url: str | None) -> None:
        """Know an article that is new, or has a URL now."""
        self._has(article, key, url)

    def keep_edition(self, edition: int, article: int, a: Article, text: str) -> None:
        """Know an edition that is new."""
        self._editions.setdefault(text, []).append(_Edition(edition, article, a.outlet, a.title))

    def keep_former(self, key: str, article: int) -> None:
        """Know another id of an article."""
        self._former[key] = article

    def _has(self, article: int, key: str, url: str | None) -> None:
        self._articles[article] = (key, url)
        self._keys[key] = article
        if url and article not in (known := self._urls.setdefault(url, [])):
            known.append(article)


def other_id(key: str, text: str) -> str:
    """The id of an article that has the id of another one: with digits of the hash of its text."""
    return f"{key}~{text[:8]}"


def _parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    wanted = sorted(set(values))
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]
