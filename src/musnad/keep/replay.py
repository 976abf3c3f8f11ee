"""Decisions replayed: the rows by which statements are found, as they count after what people decided."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from musnad.keep import tables
from musnad.keep.intake import Intake
from musnad.keep.ledger import versions_in
from musnad.keep.overlays import decisions_in, overlay_in
from musnad.keep.pack import row

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


def apply(connection: Connection, *, articles: Collection[str] | None = None, since: int = -1) -> None:
    """Let the decisions that hold on statements count in the rows that are searched.

    Args:
        articles: ids of the articles that need it; None for all that have decisions.
        since: only those whose current reading came after the one with this row id need it.
    """
    from sqlalchemy import select

    if articles is None:
        articles = {d.value["at"]["article"] for d in decisions_in(connection) if d.value.get("of") == "statement"}
    a, e, r = tables.article.c, tables.edition.c, tables.reading.c
    query = select(a.id).join_from(tables.article, tables.edition, a.id == e.article)
    query = query.join(tables.reading, e.id == r.edition).where(r.current, r.id > since)
    wanted = sorted(articles)
    for start in range(0, len(wanted), 500):
        ids = connection.execute(query.where(a.key.in_(wanted[start : start + 500]))).scalars().all()
        _settle(connection, [int(n) for n in ids])


def _settle(connection: Connection, articles: Sequence[int]) -> None:
    """Write the rows of the current statements of some articles anew, as they count."""
    from sqlalchemy import select

    overlay, intake = overlay_in(connection), Intake(connection)
    s, e, r = tables.statement.c, tables.edition.c, tables.reading.c
    for article in articles:
        query = select(r.id).join_from(tables.reading, tables.edition, r.edition == e.id)
        reading = connection.execute(query.where(e.article == article, r.current)).scalar_one()
        read = tuple(v for _, v in versions_in(connection, [article], as_read=True))
        counted = {v.statement: v for v in overlay.corrected(read)}
        rows = {v.statement: row(counted.get(v.statement, v)) for v in read}
        intake.expect_voices(rows.values())
        for statement, one in rows.items():
            given = {
                "voice": one.voice and intake.voice(*one.voice, reading), "form": one.form, "act": one.act,
                "status": one.status, "anonymous": one.anonymous, "said": one.said,
                "rejected": statement not in counted,
            }  # fmt: skip
            where = (s.reading == reading, s.number == one.number)
            connection.execute(tables.statement.update().where(*where).values(**given))
