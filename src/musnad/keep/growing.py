"""Groups that grow with a ledger: what came since is joined to the copies and sayings that are kept.

Each step takes some readings, in a transaction of its own. What an article costs depends on the articles that are like
it, not on how many there are: it is looked up by its samples and words (tables ``shingle`` and ``probe``), compared
with the few that are found, and only the connected parts that it touches are formed anew. The result is that of
grouping all at once (``keep.copies``, ``keep.sayings``), formulas and very crowded words apart, which are known only by
what came before.

Statements count as people corrected them, with the speakers of their own article.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from musnad.keep import tables
from musnad.keep.overlays import decisions_in
from musnad.keep.voicelinks import made, stamp

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.engine import Connection

NAME = "groups"
T = TypeVar("T")
STEP = 128  # readings that are joined in one transaction
_AT_ONCE = 500  # values in one condition
_REMEMBERED = 4_096  # articles whose words and statements are remembered


class Memory(OrderedDict[Hashable, Any]):
    """What was made of the latest articles, so that their neighbours need not make it again."""

    def keep(self, key: Hashable, value: Any) -> Any:
        """Remember ``value``, and forget what was asked for longest ago."""
        self[key] = value
        if len(self) > _REMEMBERED:
            self.popitem(last=False)
        return value

    def recall(self, key: Hashable) -> Any:
        """What is remembered under ``key``, or None."""
        if key in self:
            self.move_to_end(key)
        return self.get(key)


def is_grown(connection: Connection) -> bool:
    """Whether the groups hold all readings and decisions."""
    return made(connection, NAME) == stamp(connection, "statement")


def grow(connection: Connection, memory: Memory) -> None:
    """Join the next readings, and what people decided on statements since, to the groups."""
    from musnad.keep.growncopies import grow_copies
    from musnad.keep.grownsayings import grow_sayings

    upto, decided = made(connection, NAME) or (0, 0)
    last, decision = stamp(connection, "statement")
    articles, upto = _next(connection, upto)
    if memory.get("decision") != decision:
        memory.clear()
        memory["decision"] = decision
    again = _decided(connection) if decided != decision else []
    fresh = grow_copies(connection, memory, articles)
    grow_sayings(connection, memory, list(dict.fromkeys([*fresh, *again])))
    d = tables.derived
    connection.execute(d.delete().where(d.c.name == NAME))
    connection.execute(d.insert(), {"name": NAME, "upto": upto or last, "decisions": decision})


def _next(connection: Connection, upto: int) -> tuple[list[int], int]:
    """The articles of the next readings, and the last of these; 0 where there are none."""
    from sqlalchemy import select

    r, e = tables.reading.c, tables.edition.c
    query = select(r.id, e.article).join_from(tables.reading, tables.edition, r.edition == e.id)
    rows = connection.execute(query.where(r.id > upto).order_by(r.id).limit(STEP)).all()
    return list(dict.fromkeys(int(row[1]) for row in rows)), int(rows[-1][0]) if rows else 0


def _decided(connection: Connection) -> list[int]:
    """The articles of which people ever decided on a statement."""
    from sqlalchemy import select

    keys = sorted({d.value["at"]["article"] for d in decisions_in(connection) if d.value.get("of") == "statement"})
    a = tables.article.c
    return [int(n) for part in parts(keys) for n in connection.execute(select(a.id).where(a.key.in_(part))).scalars()]


def parts(values: Iterable[T]) -> Iterator[Sequence[T]]:
    """``values`` in pieces that fit into one condition."""
    every = list(values)
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE]


def fill(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows; those that are there already stay."""
    from sqlalchemy import text

    if rows:
        names = list(rows[0])
        given = ", ".join(f":{name}" for name in names)
        sql = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({given}) ON CONFLICT DO NOTHING"
        connection.execute(text(sql), list(rows))


def edges(connection: Connection, table: Table, numbers: Iterable[int]) -> dict[tuple[int, int], float]:
    """All pairs of ``near`` or ``link`` that one of ``numbers`` is in."""
    from sqlalchemy import select

    value = table.c["value"] if "value" in table.c else table.c["score"]
    found: dict[tuple[int, int], float] = {}
    for part in parts(sorted(numbers)):
        for side in (table.c.a, table.c.b):
            for a, b, known in connection.execute(select(table.c.a, table.c.b, value).where(side.in_(part))):
                found[int(a), int(b)] = float(known)
    return found


def connected_parts(
    connection: Connection, table: Table, starts: Iterable[int]
) -> list[tuple[list[int], dict[tuple[int, int], float]]]:
    """The connected parts that hold one of ``starts``, each with its pairs."""
    from musnad.keep.linkage import connected

    seen: set[int] = set()
    waiting = set(starts)
    pairs: dict[tuple[int, int], float] = {}
    near: dict[int, dict[int, float]] = {number: {} for number in waiting}
    while waiting:
        seen |= waiting
        found = edges(connection, table, waiting)
        for (a, b), value in found.items():
            near.setdefault(a, {})[b] = near.setdefault(b, {})[a] = value
        pairs |= found
        waiting = near.keys() - seen
    return [(part, {(a, b): near[a][b] for a in part for b in near[a] if a < b}) for part in connected(near, set(near))]


def remove(connection: Connection, table: Table, numbers: Iterable[int]) -> set[int]:
    """Take all pairs of ``numbers`` away; the numbers on their other sides."""
    wanted = set(numbers)
    found = edges(connection, table, wanted)
    for part in parts(sorted(wanted)):
        connection.execute(table.delete().where(table.c.a.in_(part)))
        connection.execute(table.delete().where(table.c.b.in_(part)))
    return {n for pair in found for n in pair} - wanted
