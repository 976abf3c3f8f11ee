"""Sayings that grow with a ledger: see ``keep.growing``; what is one saying is told by ``keep.linking``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from musnad.keep import tables
from musnad.keep.decisions import number_of
from musnad.keep.growing import Memory, connected_parts, edges, fill, parts, remove
from musnad.keep.ledger import versions_in
from musnad.keep.likeness import Prepared, prepare
from musnad.keep.linking import CROWDED, Entry, Link, candidates, inside, keys, links, sought
from musnad.keep.overlays import overlay_in
from musnad.keep.records import Version
from musnad.keep.sayings import joined, may_be_one, name_of

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

Items = dict[int, Prepared]
"""Row id of a statement → the statement."""


def grow_sayings(connection: Connection, memory: Memory, articles: Sequence[int]) -> None:
    """Join the statements of articles to the sayings, in place of those that they had before."""
    if articles:
        grown = _Grown(connection, memory)
        touched = grown.forget(articles) | grown.enter(articles)
        grown.regroup(touched)


class _Grown:
    """One step."""

    def __init__(self, connection: Connection, memory: Memory) -> None:
        self.connection = connection
        self.memory = memory
        self.overlay = overlay_in(connection)
        self.items: dict[int, Items] = {}
        self.index: dict[int, list[Entry]] = {}
        self.article_of: dict[int, int] = {}

    def forget(self, articles: Sequence[int]) -> set[int]:
        """Take the links of all statements that the articles ever had away; the statements that they led to."""
        from sqlalchemy import select

        s, r, e, y = tables.statement.c, tables.reading.c, tables.edition.c, tables.saying
        query = select(s.id).join_from(tables.statement, tables.reading, s.reading == r.id)
        query = query.join(tables.edition, r.edition == e.id)
        found = [
            int(n)
            for part in parts(articles)
            for n in self.connection.execute(query.where(e.article.in_(part))).scalars()
        ]
        for part in parts(found):
            self.connection.execute(y.delete().where(y.c.statement.in_(part)))
        return remove(self.connection, tables.link, found)

    def enter(self, articles: Sequence[int]) -> set[int]:
        """Enter the current statements of articles with their links; their numbers."""
        self._load(articles)
        self._look_up(articles)
        wanted: dict[int, dict[int, list[int]]] = {}
        rows: list[dict[str, Any]] = []
        for article in articles:
            wanted[article] = {i: self._candidates(i, item) for i, item in self.items[article].items()}
            for i, item in self.items[article].items():
                rows += self._put(article, i, item)
        fill(self.connection, tables.probe, rows)
        self._load({self.article_of[j] for found in wanted.values() for some in found.values() for j in some})
        near = edges(self.connection, tables.near, articles)
        found: list[Link] = []
        for article, of_each in wanted.items():
            found += inside(self.items[article])
            for other, pairs in self._by_article(article, of_each).items():
                both = self.items[article] | self.items[other]
                found += links(pairs, both, one_text=(min(article, other), max(article, other)) in near)
        fill(self.connection, tables.link, [{"a": min(i, j), "b": max(i, j), "score": s} for s, i, j in found])
        return {i for article in articles for i in self.items[article]}

    def regroup(self, touched: Iterable[int]) -> None:
        """Form the sayings of the connected parts that hold ``touched`` anew."""
        y = tables.saying
        found = [(part, pairs) for part, pairs in connected_parts(self.connection, tables.link, touched)]
        for some in parts(n for part, _ in found for n in part):
            self.connection.execute(y.delete().where(y.c.statement.in_(some)))
        several = [(part, pairs) for part, pairs in found if pairs]
        self._load(self._articles_of(n for part, _ in several for n in part))
        every = {n: item for items in self.items.values() for n, item in items.items()}
        rows = []
        for part, pairs in several:
            items = {n: every[n] for n in part}
            for members in joined(items, [(score, i, j) for (i, j), score in pairs.items()]):
                if len(members) > 1:
                    key = name_of(items[n].version for n in members)
                    rows += [{"statement": n, "saying": key} for n in members]
        fill(self.connection, y, rows)

    def _candidates(self, number: int, item: Prepared) -> list[int]:
        found = candidates(item, [(key, self.index.get(key, ())) for key in sought(item)])
        return [other for other in found if other != number]

    def _put(self, article: int, number: int, item: Prepared) -> list[dict[str, Any]]:
        """Put a statement into the index; the rows for it."""
        rows = []
        self.article_of[number] = article
        total = round(item.total, 1)
        for key, bits in keys(item).items():
            entries = self.index.setdefault(key, [])
            if len(entries) <= CROWDED and all(entry.number != number for entry in entries[-1:]):
                entries.append(Entry(number, round(bits, 1), total))
                rows.append(
                    {"key": key, "statement": number, "article": article, "bits": round(bits * 10),
                     "total": round(total * 10)}
                )  # fmt: skip
        return rows

    def _by_article(self, article: int, found: Mapping[int, Sequence[int]]) -> dict[int, list[tuple[int, int]]]:
        """The candidate pairs of an article by the other one; statements that stand no longer are left out."""
        made: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for i, others in found.items():
            for j in others:
                other = self.article_of[j]
                if other == article or j not in self.items[other]:
                    continue
                if may_be_one(self.items[article][i], self.items[other][j]):
                    made[other].append((i, j))
        return made

    def _look_up(self, articles: Sequence[int]) -> None:
        """Fetch what stands under the keys that the statements of articles seek."""
        from sqlalchemy import select

        p = tables.probe.c
        wanted = {key for article in articles for item in self.items[article].values() for key in sought(item)}
        for part in parts(sorted(wanted)):
            query = select(p.key, p.statement, p.article, p.bits, p.total).where(p.key.in_(part))
            for key, statement, article, bits, total in self.connection.execute(query.order_by(p.key, p.statement)):
                self.index.setdefault(int(key), []).append(Entry(int(statement), bits / 10, total / 10))
                self.article_of[int(statement)] = int(article)

    def _articles_of(self, statements: Iterable[int]) -> set[int]:
        from sqlalchemy import select

        s, r, e = tables.statement.c, tables.reading.c, tables.edition.c
        query = select(s.id, e.article).join_from(tables.statement, tables.reading, s.reading == r.id)
        query = query.join(tables.edition, r.edition == e.id)
        wanted = set(statements)
        for part in parts(sorted(wanted - self.article_of.keys())):
            self.article_of |= {int(n): int(a) for n, a in self.connection.execute(query.where(s.id.in_(part)))}
        return {self.article_of[n] for n in wanted}

    def _load(self, articles: Iterable[int]) -> None:
        """Fetch the current statements of articles, and make them ready for comparison."""
        from sqlalchemy import select

        s, r, e = tables.statement.c, tables.reading.c, tables.edition.c
        wanted = [n for n in dict.fromkeys(articles) if n not in self.items]
        query = select(r.id, e.article).join_from(tables.reading, tables.edition, r.edition == e.id).where(r.current)
        readings = {
            int(article): int(n)
            for part in parts(wanted)
            for n, article in self.connection.execute(query.where(e.article.in_(part)))
        }
        for article in wanted:
            self.items[article] = self.memory.recall(("items", readings.get(article))) or {}
        missing = [n for n in wanted if n in readings and ("items", readings[n]) not in self.memory]
        for part in parts(missing):
            numbers: dict[int, dict[int, int]] = defaultdict(dict)
            of = {readings[n]: n for n in part}
            rows = select(s.reading, s.number, s.id).where(s.reading.in_(list(of)))
            for reading, number, statement in self.connection.execute(rows):
                numbers[of[int(reading)]][int(number)] = int(statement)
            found: dict[int, list[Version]] = defaultdict(list)
            for article, version in versions_in(self.connection, part, as_read=True):
                found[article].append(version)
            for article in part:
                counted = self.overlay.corrected(tuple(found[article]))
                items = {numbers[article][number_of(item.version.statement)]: item for item in prepare(counted)}
                self.items[article] = self.memory.keep(("items", readings[article]), items)
