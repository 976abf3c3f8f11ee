"""Silent edits: what an outlet changed in an article under the same address after it was first kept."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from musnad.errors import UsageError
from musnad.keep import tables
from musnad.keep.ledger import Shelf, article_id, input_of, text_of
from musnad.keep.pack import unpack_versions

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Row


class Edits(Shelf):
    """A ledger that tells what was changed, and gives back what it was given."""

    def edits(self) -> Iterator[dict[str, Any]]:
        """The articles with several editions, the last changed first, each with its changes from one to the next.

        Yields:
            ``{"id", "outlet", "published", "url", "title", "changes"}``; a change is ``{"number", "added", "title",
            "words", "statements"}``: the number of the edition and when it was kept, the headline (``{"was", "is"}``,
            None where it is the same), how many words were cut and added, and the words of the statements that are
            in one of the two editions only.
        """
        from sqlalchemy import func, select

        e = tables.edition.c
        changed = select(e.article).group_by(e.article).having(func.count() > 1).order_by(func.max(e.id).desc())
        with self.store.reading() as connection:
            for article in connection.execute(changed).scalars().all():
                yield _edits(connection, article)

    def input(self, key: str, *, edition: int | None = None) -> bytes:
        """The bytes that an article was read from: the file, the page, or the line of JSON.

        Args:
            key: id of the article.
            edition: which of its editions, counted from 1; None for the newest.

        Raises:
            UsageError: there is no such article or edition, or its bytes were not kept.
        """
        from sqlalchemy import select

        e = tables.edition.c
        with self.store.reading() as connection:
            query = select(e.raw, e.number).where(e.article == article_id(connection, key)).order_by(e.number.desc())
            rows = [row for row in connection.execute(query) if edition in (None, row.number)]
            if not rows:
                raise UsageError("the article has no such edition", value=edition, remedy="see musnad versions ID")
            if rows[0].raw is None:
                raise UsageError("the article was not given as a file", value=key, remedy="its text is in its reading")
            return input_of(connection, rows[0].raw)


def _edits(connection: Connection, article: int) -> dict[str, Any]:
    from sqlalchemy import select

    e = tables.edition.c
    key = connection.execute(select(tables.article.c.key).where(tables.article.c.id == article)).scalar_one()
    rows = connection.execute(select(tables.edition).where(e.article == article).order_by(e.number)).all()
    last = rows[-1]
    return {
        "id": key,
        **{name: getattr(last, name) for name in ("outlet", "published", "url", "title")},
        "changes": [_change(connection, key, a, b) for a, b in pairwise(rows)],
    }


def _change(connection: Connection, key: str, before: Row[Any], after: Row[Any]) -> dict[str, Any]:
    was, now = (text_of(connection, row.text).split() for row in (before, after))
    cut = added = 0
    for kind, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind != "equal":
            cut, added = cut + b - a, added + d - c
    told = [_statements(connection, key, row.id) for row in (before, after)]
    title = {"was": before.title, "is": after.title}
    return {
        "number": after.number,
        "added": after.added,
        "title": title if before.title and after.title and before.title != after.title else None,
        "words": {"cut": cut, "added": added},
        "statements": {
            "cut": [words for tokens, words in told[0].items() if tokens not in told[1]],
            "added": [words for tokens, words in told[1].items() if tokens not in told[0]],
        },
    }


def _statements(connection: Connection, key: str, edition: int) -> dict[tuple[str, ...], str]:
    """The statements of an edition by their folded words, as its newest reading has them."""
    from sqlalchemy import select

    r = tables.reading.c
    query = select(r.versions).where(r.edition == edition).order_by(r.id.desc()).limit(1)
    data = connection.execute(query).scalar()
    found = unpack_versions(data, article=key, outlet=None, published=None) if data is not None else ()
    return {v.tokens: v.words for v in found if v.tokens}
