"""Sayings that grow with a ledger: see ``keep.growing``; what is one saying is told by ``keep.linking``."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from musnad.errors import LedgerDamaged
from musnad.keep import digests, tables
from musnad.keep.blobs import CODEC, expand
from musnad.keep.bulk import parts
from musnad.keep.columns import Columns, Plain, columns_of, plain_of
from musnad.keep.decisions import number_of
from musnad.keep.growing import Memory, connected_parts, edges, fill, remove
from musnad.keep.ledger import versions_in
from musnad.keep.likeness import Number, likeness, numbers_in, prepared
from musnad.keep.linking import Pairs, linked
from musnad.keep.meeting import Block, extended, met_by_runs, seen_from
from musnad.keep.overlays import overlay_in
from musnad.keep.sayings import Order, joined, order_of
from musnad.keep.shingles import np
from musnad.keep.voices import speaker

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_FIELDS = ("act", "tokens", "quoted", "words", "voice", "office", "country", "names", "anonymous")
_MOST_READ = 1 << 16  # statements whose numbers are remembered
Place = tuple[Block, int]
"""Where a statement stands: a block, and the row there."""


def grow_sayings(connection: Connection, memory: Memory, articles: Sequence[int]) -> None:
    """Join the statements of articles to the sayings, in place of those that they had before."""
    if articles:
        grown = _Grown(connection, memory)
        touched = grown.forget(articles)
        grown.regroup(touched | grown.enter(articles))
        memory.tidy()


class _Grown:
    """One step."""

    def __init__(self, connection: Connection, memory: Memory) -> None:
        self.connection = connection
        self.memory = memory
        self.overlay = overlay_in(connection)
        self.told: dict[int, tuple[Sequence[str], str]] = {}
        self.apart: list[Block] = []

    def forget(self, articles: Sequence[int]) -> set[int]:
        """Take all that the articles had before away; the statements that their links led to."""
        from sqlalchemy import select

        before = digests.buckets_of(self.connection, articles)
        if not before:
            return set()
        for bucket in set(before.values()):
            self.memory.blocks.pop(bucket, None)
        self.memory.scores.clear()
        digests.remove(self.connection, before)
        s, r, e, y = tables.statement.c, tables.reading.c, tables.edition.c, tables.saying
        query = select(s.id).join_from(tables.statement, tables.reading, s.reading == r.id)
        query = query.join(tables.edition, r.edition == e.id)
        found = [
            int(n)
            for part in parts(before)
            for n in self.connection.execute(query.where(e.article.in_(part))).scalars()
        ]
        for part in parts(found):
            self.connection.execute(y.delete().where(y.c.statement.in_(part)))
        return remove(self.connection, tables.link, found)

    def enter(self, articles: Sequence[int]) -> set[int]:
        """Enter the current statements of articles with their links; the statements that are linked."""
        given = self._given(articles)
        if not given:
            return set()
        came = Block.of(columns_of(given, self.memory.words))
        buckets = came.columns.buckets
        blocks = self._blocks(seen_from(buckets))
        runs, put = self._runs(came.columns)
        also = self._pairs(came, runs)
        near = edges(self.connection, tables.near, articles).keys()
        found = linked(came, blocks, self._numbers, also=also, one_text=near)
        fill(self.connection, tables.link, [{"a": min(i, j), "b": max(i, j), "score": s} for s, i, j in found])
        fill(self.connection, tables.run, put)
        digests.save(self.connection, came.columns)
        for bucket in set(buckets.tolist()):
            rows = np.flatnonzero(buckets == bucket)
            self.memory.blocks[bucket] = extended(blocks.get(bucket), came.columns.taken(rows))
        return {n for _, *pair in found for n in pair}

    def regroup(self, touched: Iterable[int]) -> None:
        """Form the sayings of the connected parts that hold ``touched`` anew."""
        y = tables.saying
        found = connected_parts(self.connection, tables.link, touched)
        for some in parts(n for part, _ in found for n in part):
            self.connection.execute(y.delete().where(y.c.statement.in_(some)))
        several = [(part, pairs) for part, pairs in found if pairs]
        members = [n for part, _ in several for n in part]
        orders, articles = self._orders(members)
        asked = [n for part, pairs in several if 2 * len(pairs) < len(part) * (len(part) - 1) for n in part]
        places: dict[int, Place] = {}
        known: dict[int, Any] = {}

        def item(number: int) -> Any:
            if number not in known:
                places.update({} if places else self._places({n: articles[n] for n in asked}))
                block, row = places[number]
                known[number] = prepared(block.columns, row, self._numbers)
            return known[number]

        def score(i: int, j: int) -> float:
            pair = (i, j) if i < j else (j, i)
            if pair not in self.memory.scores:
                self.memory.scores[pair] = likeness(item(i), item(j))
            return self.memory.scores[pair]

        rows = []
        for part, pairs in several:
            links = [(score, i, j) for (i, j), score in pairs.items()]
            own = {n: orders[n] for n in part}
            for one in joined(own, links, score):
                if len(one) > 1:
                    first = min(own[n] for n in one)
                    rows += [{"statement": n, "saying": first[-1]} for n in one]
        fill(self.connection, y, rows)

    def _given(self, articles: Sequence[int]) -> list[Plain]:
        """The current statements of articles, as people corrected them."""
        from sqlalchemy import select

        s, r, e, a = tables.statement.c, tables.reading.c, tables.edition.c, tables.article.c
        query = select(e.article, a.key, e.published, r.id, r.versions).where(r.current)
        query = query.join_from(tables.edition, tables.reading, r.edition == e.id).join(
            tables.article, e.article == a.id
        )
        found: list[Plain] = []
        for part in parts(articles):
            rows = self.connection.execute(query.where(e.article.in_(part))).all()
            numbers = {
                (int(reading), int(number)): int(n)
                for reading, number, n in self.connection.execute(
                    select(s.reading, s.number, s.id).where(s.reading.in_([row.id for row in rows]))
                )
            }
            for row in rows:
                article, reading = int(row.article), int(row.id)
                if row.key in self.overlay.fixes:
                    versions = (v for _, v in versions_in(self.connection, [article], as_read=True))
                    corrected = ((v, number_of(v.statement)) for v in self.overlay.corrected(tuple(versions)))
                    found += [
                        plain_of(v, numbers[reading, k], article) for v, k in corrected if (reading, k) in numbers
                    ]
                    continue
                for name, (act, tokens, quoted, words, *told) in _unpacked(row.versions, row.key):
                    number = numbers.get((reading, int(name[1:])))
                    if number is not None:
                        self.told[number] = (tokens, words)
                        found.append(Plain(number, article, row.published, act, tokens, "1" in quoted, speaker(*told)))
        return found

    def _blocks(self, buckets: Iterable[int]) -> Mapping[int, Block]:
        """The statements of some stretches of twelve days."""
        blocks = self.memory.blocks
        wanted = set(buckets)
        for bucket, columns in digests.of_buckets(self.connection, wanted - blocks.keys()).items():
            blocks[bucket] = Block.of(columns)
        for bucket in wanted & blocks.keys():
            blocks.move_to_end(bucket)
        return {bucket: blocks[bucket] for bucket in wanted & blocks.keys()}

    def _runs(self, columns: Columns) -> tuple[list[tuple[int, int, int]], list[dict[str, int]]]:
        """New rows with the statements that share a run of words, and their articles; rows for the new runs."""
        from sqlalchemy import select

        r = tables.run.c
        known: dict[int, list[int]] = {}
        numbers, articles = columns.heads["number"].tolist(), columns.heads["article"].tolist()
        article_of = dict(zip(numbers, articles, strict=True))
        for part in parts(sorted(set(columns.runs.tolist()))):
            query = select(r.key, r.statement, r.article).where(r.key.in_(part)).order_by(r.key, r.statement)
            for key, statement, article in self.connection.execute(query):
                known.setdefault(int(key), []).append(int(statement))
                article_of.setdefault(int(statement), int(article))
        pairs, put = met_by_runs(columns, known)
        rows = [{"key": key, "statement": numbers[row], "article": articles[row]} for key, row in put]
        return [(row, n, article_of[n]) for row, n in pairs if articles[row] != article_of[n]], rows

    def _pairs(self, came: Block, pairs: Sequence[tuple[int, int, int]]) -> list[Pairs]:
        """Pairs of new rows and statements as ``linked`` takes them; statements that stand no longer are left out."""
        places = self._places({n: article for _, n, article in pairs}, came)
        by_block: dict[int, tuple[Block, list[int], list[int]]] = {}
        for new, number, _ in pairs:
            if number in places:
                block, row = places[number]
                _, mine, others = by_block.setdefault(id(block), (block, [], []))
                mine.append(new)
                others.append(row)
        return [(block, np.array(mine), np.array(others)) for block, mine, others in by_block.values()]

    def _places(self, articles: Mapping[int, int], *blocks: Block) -> dict[int, Place]:
        """Where statements stand: in the blocks at hand, or fetched by their articles."""
        found: dict[int, Place] = {}
        for block in (*blocks, *self.memory.blocks.values(), *self.apart):
            missing = np.array(sorted(articles.keys() - found.keys()), dtype=np.int64)
            if not len(missing):
                break
            rows = block.rows_of(missing)
            found |= {n: (block, row) for n, row in zip(missing.tolist(), rows.tolist(), strict=True) if row >= 0}
        wanted = {articles[n] for n in articles.keys() - found.keys()}
        if wanted:
            block = Block.of(digests.of_articles(self.connection, wanted))
            self.apart.append(block)
            missing = np.array(sorted(articles.keys() - found.keys()), dtype=np.int64)
            rows = block.rows_of(missing)
            found |= {n: (block, row) for n, row in zip(missing.tolist(), rows.tolist(), strict=True) if row >= 0}
        return found

    def _orders(self, statements: Collection[int]) -> tuple[dict[int, Order], dict[int, int]]:
        """What came first among statements, and their articles."""
        from sqlalchemy import select

        s, r, e, a = tables.statement.c, tables.reading.c, tables.edition.c, tables.article.c
        query = select(s.id, s.number, e.article, e.published, e.moment, a.key)
        query = query.join_from(tables.statement, tables.reading, s.reading == r.id)
        query = query.join(tables.edition, r.edition == e.id).join(tables.article, e.article == a.id)
        orders, articles = {}, {}
        for part in parts(sorted(statements)):
            for n, number, article, published, moment, key in self.connection.execute(query.where(s.id.in_(part))):
                orders[int(n)] = order_of(published, moment, key, f"{key}#s{number}")
                articles[int(n)] = int(article)
        return orders, articles

    def _numbers(self, statement: int) -> frozenset[Number | None]:
        """The numbers that a statement says."""
        known = self.memory.numbers
        if statement not in known:
            if len(known) > _MOST_READ:
                known.clear()
            known[statement] = numbers_in(*(self.told.get(statement) or self._read(statement)))
        return known[statement]

    def _read(self, statement: int) -> tuple[Sequence[str], str]:
        """The words of a statement, folded and as written."""
        from sqlalchemy import select

        s, r = tables.statement.c, tables.reading.c
        query = select(s.number, r.versions).join_from(tables.statement, tables.reading, s.reading == r.id)
        number, data = self.connection.execute(query.where(s.id == statement)).one()
        told = dict(_unpacked(data, str(statement)))[f"s{number}"]
        return told[1], told[3]


def _unpacked(data: bytes, what: str) -> list[tuple[str, list[Any]]]:
    """Of each statement of a reading its number and ``_FIELDS``."""
    try:
        plain = json.loads(expand(CODEC, data))
    except ValueError as error:
        raise LedgerDamaged("an article is damaged", value=what, remedy="restore a copy") from error
    places = [1 + plain["fields"].index(name) for name in _FIELDS]
    found = []
    for row in plain["rows"]:
        values = [row[k] for k in places]
        values[1] = values[1].split(" ") if values[1] else []
        found.append((row[0], values))
    return found
