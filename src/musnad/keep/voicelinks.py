"""Which voices of a ledger are one: the links that rules and decisions make, and the statements found through them.

A link holds everywhere, or in one reading (an article that says *the minister* and means its holder). Links are made
anew, from voices, offices and decisions, when something came since; nothing else is changed by them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from musnad.errors import LedgerReadOnly
from musnad.keep import tables
from musnad.keep.decisions import Decision, holding, regrouped, voice_rulings
from musnad.keep.overlays import decisions_in

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.engine import Connection

    from musnad.keep.store import Store

NAME = "voices"
_AT_ONCE = 500  # values in one condition


def up_to_date(store: Store) -> None:
    """Make the links anew where readings or decisions have come since, and the ledger may be written."""
    with store.reading() as connection:
        if stamp(connection) == made(connection, NAME):
            return
    try:
        with store.writing() as connection:
            remake(connection)
    except LedgerReadOnly:
        return


def stamp(connection: Connection) -> tuple[int, int]:
    """What groups are made from: the last reading and the last decision."""
    from sqlalchemy import func, select

    last = [select(func.coalesce(func.max(t.c.id), 0)) for t in (tables.reading, tables.decision)]
    return int(connection.execute(last[0]).scalar_one()), int(connection.execute(last[1]).scalar_one())


def made(connection: Connection, name: str) -> tuple[int, int] | None:
    """From what the groups ``name`` were made last, or None."""
    from sqlalchemy import select

    d = tables.derived.c
    row = connection.execute(select(d.upto, d.decisions).where(d.name == name)).first()
    return (int(row[0]), int(row[1])) if row else None


def remake(connection: Connection) -> None:
    """Make all links anew."""
    from sqlalchemy import select

    at = stamp(connection)
    decisions = [d for d in holding(decisions_in(connection)) if d.value.get("of") == "voice"]
    named = {key for d in decisions for side in ("together", "apart") for key in d.value.get(side, ())}
    v = tables.voice.c
    ids = {key: int(n) for n, key in connection.execute(select(v.id, v.key))}
    parts = [[key] for key in sorted(named) if key in ids]
    rows = []
    for group in regrouped(parts, voice_rulings(decisions)):
        root = _root(group, decisions)
        rows += [
            {"voice": ids[key], "reading": 0, "root": ids[root], "rule": "decision",
             "evidence": json.dumps(_evidence(key, decisions), ensure_ascii=False)}
            for key in group
            if key != root
        ]  # fmt: skip
    connection.execute(tables.voice_link.delete())
    if rows:
        connection.execute(tables.voice_link.insert(), rows)
    d = tables.derived
    connection.execute(d.delete().where(d.c.name == NAME))
    connection.execute(d.insert(), {"name": NAME, "upto": at[0], "decisions": at[1]})


def _root(group: Sequence[str], decisions: Sequence[Decision]) -> str:
    """The voice that a group is shown under: the first of the last decision that joined it."""
    for decision in reversed(decisions):
        for key in decision.value.get("together", ()):
            if key in group:
                return str(key)
    return group[0]


def _evidence(key: str, decisions: Sequence[Decision]) -> list[dict[str, Any]]:
    return [{"decision": d.id, "by": d.by, "made": d.made} for d in decisions if key in d.value.get("together", ())]


def roots_of(connection: Connection, ids: Iterable[int]) -> list[int]:
    """The voices that those with row ids ``ids`` are one with everywhere, each once, in order."""
    from sqlalchemy import select

    link = tables.voice_link.c
    known: dict[int, int] = {}
    ids = list(ids)
    for start in range(0, len(ids), _AT_ONCE):
        query = select(link.voice, link.root).where(link.voice.in_(ids[start : start + _AT_ONCE]), link.reading == 0)
        known |= {int(voice): int(root) for voice, root in connection.execute(query)}
    return list(dict.fromkeys(known.get(one, one) for one in ids))


def class_of(connection: Connection, ids: Iterable[int]) -> list[int]:
    """All voices that are one, everywhere, with those with row ids ``ids``, themselves too."""
    from sqlalchemy import select

    roots = roots_of(connection, ids)
    link = tables.voice_link.c
    found = dict.fromkeys(roots)
    for start in range(0, len(roots), _AT_ONCE):
        query = select(link.voice).where(link.root.in_(roots[start : start + _AT_ONCE]), link.reading == 0)
        found |= dict.fromkeys(int(voice) for voice in connection.execute(query).scalars())
    return list(found)


def linked_statements(column: Any, ids: Sequence[int]) -> Select[Any]:
    """The row ids of the statements whose ``column`` (voice or relay) means one of ``ids`` in its reading."""
    from sqlalchemy import and_, select

    link, s = tables.voice_link.c, tables.statement
    other = s.c[column.name]
    return select(s.c.id).select_from(tables.voice_link).join(
        s, and_(s.c.reading == link.reading, other == link.voice)
    ).where(link.root.in_(ids), link.reading > 0)  # fmt: skip


def speaking(connection: Connection, limit: int) -> list[int]:
    """The voices that speak in current readings, those with the most statements first; ``limit`` 0 for all."""
    from sqlalchemy import func, select

    s, r = tables.statement.c, tables.reading.c
    query = select(s.voice).join_from(tables.statement, tables.reading, s.reading == r.id)
    query = query.where(r.current, s.rejected.is_(False), s.voice.is_not(None))
    query = query.group_by(s.voice).order_by(func.count().desc(), s.voice)
    if limit:
        query = query.limit(2 * limit)  # some of them may be one
    return [int(n) for n in connection.execute(query).scalars()]


def voice_form(connection: Connection, voice: int) -> dict[str, Any]:
    """One voice with its names, what is one with it and why, and how many current statements it has."""
    from sqlalchemy import func, or_, select

    v, n, s, link = tables.voice.c, tables.voice_name.c, tables.statement.c, tables.voice_link.c
    row = connection.execute(select(v.key, v.name).where(v.id == voice)).one()
    every = class_of(connection, [voice])
    names = connection.execute(select(n.name).where(n.voice.in_(every)).order_by(n.name)).scalars()
    count = select(func.count()).select_from(tables.statement).join(tables.reading)
    mine = or_(s.voice.in_(every), s.id.in_(linked_statements(s.voice, every)))
    count = count.where(mine, tables.reading.c.current, s.rejected.is_(False))
    query = select(v.key, v.name, link.reading, link.rule, link.evidence).join_from(
        tables.voice_link, tables.voice, link.voice == v.id
    )
    merged: dict[tuple[str, str, bool], dict[str, Any]] = {}
    for found in connection.execute(query.where(link.root.in_(every)).order_by(link.reading, v.key)):
        at = (found.key, found.rule, found.reading > 0)
        entry = merged.setdefault(
            at,
            {"voice": found.key, "name": found.name, "readings": None, "rule": found.rule,
             "evidence": json.loads(found.evidence)},
        )  # fmt: skip
        if found.reading > 0:
            entry["readings"] = (entry["readings"] or 0) + 1
    return {
        "id": row.key,
        "name": row.name,
        "names": list(dict.fromkeys(names)),
        "statements": int(connection.execute(count).scalar_one()),
        "merged": list(merged.values()),
    }
