"""Many rows at once: one statement a row in a file, one for all rows on a server, where each costs a journey."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.engine import Connection


def insert_many(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows of plain values (no bytes), all with the same columns."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(table.insert(), list(rows))
        return
    from sqlalchemy import text

    names = ", ".join(rows[0])
    given = f"json_populate_recordset(CAST(NULL AS {table.name}), CAST(:rows AS json))"
    sql = f"INSERT INTO {table.name} ({names}) SELECT {names} FROM {given}"
    connection.execute(text(sql), {"rows": json.dumps([dict(row) for row in rows], ensure_ascii=False)})
