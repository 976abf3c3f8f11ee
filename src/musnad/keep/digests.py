"""Statements in columns as the ledger keeps them: one row for each article (table ``digest``)."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from musnad.keep import tables
from musnad.keep.bulk import insert_many, parts
from musnad.keep.columns import HEAD, LISTS, Columns, first_of
from musnad.keep.shingles import np

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_SIZES = struct.Struct("<6I")
_BETWEEN = "\n"  # of speakers


def save(connection: Connection, columns: Columns) -> None:
    """Keep the statements of articles that have none."""
    if len(columns):
        insert_many(connection, tables.digest, _rows(columns))


def of_buckets(connection: Connection, buckets: Iterable[int]) -> dict[int, Columns]:
    """The statements of some stretches of twelve days, by the number of these."""
    from sqlalchemy import select

    d = tables.digest.c
    found = {}
    for bucket in buckets:
        query = select(d.data, d.speakers).where(d.bucket == bucket).order_by(d.article)
        rows = connection.execute(query).all()
        if rows:
            found[bucket] = _columns(rows)
    return found


def of_articles(connection: Connection, articles: Iterable[int]) -> Columns:
    """The statements of some articles."""
    from sqlalchemy import select

    d = tables.digest.c
    query = select(d.data, d.speakers).order_by(d.article)
    found = (connection.execute(query.where(d.article.in_(some))) for some in parts(sorted(articles)))
    return _columns([row for rows in found for row in rows])


def buckets_of(connection: Connection, articles: Iterable[int]) -> dict[int, int]:
    """The stretches of twelve days in which the kept statements of some articles stand."""
    from sqlalchemy import select

    d = tables.digest.c
    query = select(d.article, d.bucket)
    return {
        int(article): int(bucket)
        for some in parts(articles)
        for article, bucket in connection.execute(query.where(d.article.in_(some)))
    }


def remove(connection: Connection, articles: Iterable[int]) -> None:
    """Take the statements of articles away."""
    d = tables.digest
    for some in parts(articles):
        connection.execute(d.delete().where(d.c.article.in_(some)))


def _rows(columns: Columns) -> list[dict[str, Any]]:
    heads, buckets = columns.heads, columns.buckets
    first = first_of(heads["article"])
    ends = [*first[1:].tolist(), len(heads)]
    begins = {name: [*columns.begins[name].tolist(), len(getattr(columns, name))] for name in LISTS}
    rows = []
    for begin, end in zip(first.tolist(), ends, strict=True):
        own = heads[begin:end].copy()
        wanted, own["speaker"] = np.unique(own["speaker"], return_inverse=True)
        lists = [getattr(columns, name)[begins[name][begin] : begins[name][end]].tobytes() for name in LISTS]
        kept = [own.tobytes(), *lists]
        rows.append(
            {
                "article": int(own["article"][0]), "bucket": int(buckets[begin]),
                "data": _SIZES.pack(*map(len, kept)) + b"".join(kept),
                "speakers": _BETWEEN.join(columns.speakers[k] for k in wanted),
            }
        )  # fmt: skip
    return rows


def _columns(rows: Sequence[Any]) -> Columns:
    pieces: list[list[bytes]] = [[], [], [], [], [], []]
    places: dict[str, int] = {}
    speakers: list[int] = []
    counts = []
    for data, told in rows:
        at = _SIZES.size
        view = memoryview(data)
        for piece, size in zip(pieces, _SIZES.unpack_from(data), strict=True):
            piece.append(view[at : at + size])  # type: ignore[arg-type]
            at += size
        own = told.split(_BETWEEN)
        counts.append(len(speakers))
        speakers += [places.setdefault(one, len(places)) for one in own]
    heads = np.frombuffer(b"".join(pieces[0]), dtype=HEAD).copy()
    if len(heads):
        offsets = np.repeat(counts, [len(piece) // HEAD.itemsize for piece in pieces[0]])
        heads["speaker"] = np.array(speakers)[heads["speaker"] + offsets]
    lists = {
        name: np.frombuffer(b"".join(own), dtype=kind)
        for own, (name, kind) in zip(pieces[1:], LISTS.items(), strict=True)
    }
    return Columns(heads=heads, **lists, speakers=tuple(places))
