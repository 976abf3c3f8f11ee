"""Groups that grow with a ledger: what came since is joined to the copies and sayings that are kept.

Each step takes some readings, in a transaction of its own; many articles are joined faster together. Texts are looked
up by their samples (table ``shingle``), statements by their words in the columns of their days (``digest``), quotations
by runs of words (``run``), and only the connected parts that a step touches are formed anew. The result is that of
grouping all at once (``keep.copies``, ``keep.sayings``), formulas and very crowded words apart, which are known only by
what came before.

Statements count as people corrected them, with the speakers of their own article.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from musnad.keep import tables
from musnad.keep.bulk import insert_many, parts
from musnad.keep.columns import Words
from musnad.keep.meeting import Block
from musnad.keep.overlays import decisions_in
from musnad.keep.shingles import Coder, Shingles
from musnad.keep.voicelinks import made, stamp

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.engine import Connection

NAME = "groups"
STEP = 2_048  # readings that are joined in one transaction
_TEXTS, _STATEMENTS, _SCORES = 8_192, 400_000, 200_000  # that are remembered


class Memory:
    """What a writer remembers between steps; all of it stands in the tables too.

    Attributes:
        codes: edition → shingles and number of words of its text, of the latest articles.
        words, blocks: of statements (``keep.columns``, ``keep.meeting``); blocks by their number of twelve days.
        numbers: statement → the numbers that it says; ``scores``: likenesses of statements that are not linked.
        at: the last reading and decision that it knows of.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Remember nothing."""
        self.codes: OrderedDict[int, tuple[Shingles, int]] = OrderedDict()
        self.coder = Coder()
        self.words = Words()
        self.blocks: OrderedDict[int, Block] = OrderedDict()
        self.numbers: dict[int, frozenset[int | float | None]] = {}
        self.scores: dict[tuple[int, int], float] = {}
        self.at: tuple[int, int] | None = None

    def tidy(self) -> None:
        """Forget what was asked for longest ago."""
        size = sum(len(block.columns) for block in self.blocks.values())
        while size > _STATEMENTS:
            size -= len(self.blocks.popitem(last=False)[1].columns)
        if len(self.scores) > _SCORES:
            self.scores.clear()
        while len(self.codes) > _TEXTS:
            self.codes.popitem(last=False)


def is_grown(connection: Connection) -> bool:
    """Whether the groups hold all readings and decisions."""
    return made(connection, NAME) == stamp(connection, "statement")


def are_many(connection: Connection) -> bool:
    """Whether so many readings wait that joining them pays."""
    known, last = made(connection, NAME), stamp(connection, "statement")
    return last[0] - (known[0] if known else 0) >= STEP


def grow(connection: Connection, memory: Memory) -> None:
    """Join the next readings, and what people decided on statements since, to the groups."""
    from musnad.keep.growncopies import grow_copies
    from musnad.keep.grownsayings import grow_sayings

    upto, decided = made(connection, NAME) or (0, 0)
    last, decision = stamp(connection, "statement")
    if memory.at != (upto, decided):  # another program was here
        memory.forget()
    memory.at = None
    articles, upto = _next(connection, upto)
    again = _decided(connection) if decided != decision else []
    fresh = grow_copies(connection, memory, articles)
    grow_sayings(connection, memory, list(dict.fromkeys([*fresh, *again])))
    d = tables.derived
    connection.execute(d.delete().where(d.c.name == NAME))
    connection.execute(d.insert(), {"name": NAME, "upto": upto or last, "decisions": decision})
    memory.at = (upto or last, decision)


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


def fill(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows; those that are there already stay."""
    insert_many(connection, table, rows, but_known=True)


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
