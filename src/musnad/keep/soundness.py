"""Whether a ledger is sound: its pages, its links, its readings, and every byte that it keeps."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from musnad.errors import LedgerError
from musnad.keep import tables
from musnad.keep.ledger import input_of

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_PART = 500  # contents looked at in one query


def faults(connection: Connection) -> Iterator[str]:
    """What is wrong with a ledger, one line a fault."""
    if connection.dialect.name == "sqlite":
        for row in connection.exec_driver_sql("PRAGMA integrity_check"):
            if row[0] != "ok":
                yield str(row[0])
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"{row[0]}: row {row[1]} points nowhere"
    yield from _readings(connection)
    yield from _contents(connection)


def _readings(connection: Connection) -> Iterator[str]:
    from sqlalchemy import func, select

    r, e = tables.reading.c, tables.edition.c
    doubled = select(r.edition).where(r.current).group_by(r.edition).having(func.count() > 1)
    yield from (f"edition {n} has two current readings" for n in connection.execute(doubled).scalars())
    unread = select(e.id).where(e.id.not_in(select(r.edition)))
    yield from (f"edition {n} has no reading" for n in connection.execute(unread).scalars())
    several = select(e.article).join_from(tables.edition, tables.reading, e.id == r.edition).where(r.current)
    several = several.group_by(e.article).having(func.count() > 1)
    yield from (f"article {n} has two current readings" for n in connection.execute(several).scalars())


def _contents(connection: Connection) -> Iterator[str]:
    """Kept bytes that cannot be unpacked, or are not what their hash says."""
    from sqlalchemy import select

    b = tables.blob.c
    last: str | None = None
    while True:
        query = select(b.hash).order_by(b.hash).limit(_PART)
        hashes = connection.execute(query if last is None else query.where(b.hash > last)).scalars().all()
        if not hashes:
            return
        for hash in hashes:
            try:
                sound = hashlib.sha256(input_of(connection, hash)).hexdigest() == hash
            except LedgerError:
                sound = False
            if not sound:
                yield f"content {hash} is damaged"
        last = hashes[-1]
