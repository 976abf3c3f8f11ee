"""Many rows at once: one prepared statement in a file, one for all rows on a server, where each costs a journey.

Rows go to the driver as they are: what SQLAlchemy does for each of them takes longer than the database.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.engine import Connection

T = TypeVar("T")
_PART = 1 << 23  # characters of JSON in one statement on a server, about
_AT_ONCE = 500  # values in one condition


def parts(values: Iterable[T], size: int = _AT_ONCE) -> Iterator[Sequence[T]]:
    """``values`` in pieces that fit into one condition."""
    every = list(values)
    for start in range(0, len(every), size):
        yield every[start : start + size]


def insert_many(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, but_known: bool = False
) -> None:
    """Add rows, all with the same columns in the same order.

    Args:
        rows: columns with their values; a hash is given in hexadecimal digits, as SQLAlchemy is given it.
        but_known: whether rows with a key that is there already are passed over.
    """
    if not rows:
        return
    from musnad.keep.tables import Digest

    quote = connection.dialect.identifier_preparer.quote
    names = ", ".join(map(quote, rows[0]))
    hashes = [i for i, name in enumerate(rows[0]) if isinstance(table.c[name].type, Digest)]
    head, tail = f"INSERT INTO {quote(table.name)} ({names})", " ON CONFLICT DO NOTHING" if but_known else ""
    if connection.dialect.name == "sqlite":
        places = ", ".join("?" * len(rows[0]))
        given = [tuple(row.values()) for row in rows] if not hashes else [_with_bytes(row, hashes) for row in rows]
        connection.exec_driver_sql(f"{head} VALUES ({places}){tail}", given)
        return
    from sqlalchemy import text

    told = f"json_populate_recordset(CAST(NULL AS {quote(table.name)}), CAST(:rows AS json))"
    sql = text(f"{head} SELECT {names} FROM {told}{tail}")
    for part in _parts(rows, hashes):
        connection.execute(sql, {"rows": part})


def _with_bytes(row: Mapping[str, Any], hashes: Sequence[int]) -> tuple[Any, ...]:
    values = list(row.values())
    for i in hashes:
        values[i] = values[i] and bytes.fromhex(values[i])
    return tuple(values)


def _parts(rows: Sequence[Mapping[str, Any]], hashes: Sequence[int]) -> Iterator[str]:
    """The rows as lists of JSON, none of them too long for one statement."""
    part: list[str] = []
    size = 0
    for row in rows:
        plain = {
            name: _hex(value) if isinstance(value, bytes) else f"\\x{value}" if i in hashes and value else value
            for i, (name, value) in enumerate(row.items())
        }
        part.append(json.dumps(plain, ensure_ascii=False))
        size += len(part[-1])
        if size >= _PART:
            yield f"[{','.join(part)}]"
            part, size = [], 0
    if part:
        yield f"[{','.join(part)}]"


def _hex(value: bytes) -> str:
    return f"\\x{value.hex()}"  # as PostgreSQL reads bytes
