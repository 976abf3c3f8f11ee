"""Copies that grow with a ledger: see ``keep.growing``; what is a copy is told by ``keep.copies``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from musnad.keep import tables
from musnad.keep.bulk import parts
from musnad.keep.copies import ALIKE, LIKELY, Copies, believed
from musnad.keep.growing import Memory, connected_parts, fill, remove
from musnad.keep.ledger import expanded, texts_in
from musnad.keep.records import Text
from musnad.keep.shingles import Shingles, different, np, shingles
from musnad.keep.sketches import FEW, FREQUENT, OWN, sample

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

Postings = dict[int, list[int]]
"""Code of a shingle → the articles that have it, in the order they came, at most one more than ``FREQUENT``."""


def grow_copies(connection: Connection, memory: Memory, articles: Sequence[int]) -> list[int]:
    """Join the texts of articles to the copy groups; the articles whose reading is not the one known."""
    grown = _Grown(connection, memory)
    read, touched = grown.enter(articles)
    _regroup(connection, touched)
    return read


class _Grown:
    """One step."""

    def __init__(self, connection: Connection, memory: Memory) -> None:
        self.connection = connection
        self.memory = memory
        self.coder = memory.coder
        self.postings: Postings = {}
        self.sampled: dict[int, int] = {}
        self.outlets: dict[int, str | None] = {}

    def enter(self, articles: Sequence[int]) -> tuple[list[int], set[int]]:
        """Enter articles; those with a new reading, and those whose groups are to be formed anew."""
        rows = self._rows(articles)
        known = self._sketches(rows)
        read = [n for n in rows if n not in known or known[n].reading != rows[n].reading]
        fresh = [n for n in rows if n not in known or known[n].edition != rows[n].edition]
        touched = self._forget({n: known[n].edition for n in fresh if n in known})
        codes = {n: self._codes(n, int(rows[n].edition)) for n in fresh}
        samples = {n: sample(found[0]) for n, found in codes.items()}
        self._look_up(samples.values())
        pairs = [pair for n in fresh for pair in self._place(n, samples[n], rows[n].outlet)]
        self._sketches(a for a, _ in pairs)
        edges = self._alike(pairs, codes)
        fill(self.connection, tables.near, [{"a": min(p), "b": max(p), "value": v} for p, v in edges.items()])
        s = tables.sketch
        for part in parts(read):
            self.connection.execute(s.delete().where(s.c.article.in_(part)))
        given = [
            {
                "article": n, "edition": rows[n].edition, "reading": rows[n].reading, "outlet": rows[n].outlet,
                "words": codes[n][1] if n in codes else known[n].words,
                "sampled": len(samples[n]) if n in codes else known[n].sampled,
            }
            for n in read
        ]  # fmt: skip
        fill(self.connection, s, given)
        return read, touched | set(fresh) | {n for pair in edges for n in pair}

    def _rows(self, articles: Sequence[int]) -> dict[int, Any]:
        """The current editions, with their readings and texts."""
        from sqlalchemy import select

        e, r = tables.edition.c, tables.reading.c
        columns = (e.article, e.id.label("edition"), r.id.label("reading"), e.outlet)
        query = select(*columns).join_from(tables.edition, tables.reading, r.edition == e.id).where(r.current)
        rows = [row for part in parts(articles) for row in self.connection.execute(query.where(e.article.in_(part)))]
        return {int(row.article): row for row in sorted(rows, key=lambda row: int(row.article))}

    def _sketches(self, articles: Iterable[int]) -> dict[int, Any]:
        from sqlalchemy import select

        s = tables.sketch
        every = sorted(set(articles))
        rows = [row for part in parts(every) for row in self.connection.execute(select(s).where(s.c.article.in_(part)))]
        self.sampled |= {int(row.article): int(row.sampled) for row in rows if int(row.article) not in self.sampled}
        self.outlets |= {int(row.article): row.outlet for row in rows if int(row.article) not in self.outlets}
        return {int(row.article): row for row in rows}

    def _forget(self, editions: Mapping[int, int]) -> set[int]:
        """Take the texts of earlier editions away; the articles that were like them."""
        s = tables.shingle
        for article, edition in editions.items():
            for part in parts(_signed(sample(self._codes(article, edition)[0]))):
                self.connection.execute(s.delete().where(s.c.article == article, s.c.code.in_(part)))
        return remove(self.connection, tables.near, editions) if editions else set()

    def _codes(self, article: int, edition: int | None = None) -> tuple[Shingles, int]:
        """The different shingles of an article, and its words."""
        from sqlalchemy import select

        e, r = tables.edition.c, tables.reading.c
        if edition is None:
            query = select(e.id).join_from(tables.edition, tables.reading, r.edition == e.id)
            edition = int(self.connection.execute(query.where(e.article == article, r.current)).scalar_one())
        known = self.memory.codes.get(edition)
        if known is None:
            b = tables.blob.c
            query = select(b.codec, b.data).join_from(tables.edition, tables.blob, e.text == b.hash)
            codec, data = self.connection.execute(query.where(e.id == edition)).one()
            words = self.coder.words(expanded(codec, data, str(article)))
            known = self.memory.codes[edition] = different(shingles(words)), len(words)
        self.memory.codes.move_to_end(edition)
        return known

    def _look_up(self, samples: Iterable[Shingles]) -> None:
        """Fetch which articles have the shingles of samples."""
        from sqlalchemy import select

        s = tables.shingle.c
        wanted = {code for one in samples for code in _signed(one)} - self.postings.keys()
        self.postings |= {code: [] for code in wanted}
        for part in parts(sorted(wanted)):
            query = select(s.code, s.article).where(s.code.in_(part)).order_by(s.code, s.article)
            for code, article in self.connection.execute(query):
                self.postings[int(code)].append(int(article))

    def _place(self, article: int, sampled: Shingles, outlet: str | None) -> list[tuple[int, int]]:
        """Put the sample of an article into the index; pairs of it and earlier ones that may be alike."""
        self.sampled[article], self.outlets[article] = len(sampled), outlet
        shared: Counter[int] = Counter()
        rows = []
        for code in _signed(sampled):
            found = self.postings[code]
            shared.update(found if len(found) <= FREQUENT else found[:FEW])
            if len(found) <= FREQUENT:
                found.append(article)
                rows.append({"code": code, "article": article})
        fill(self.connection, tables.shingle, rows)
        shared.pop(article, None)
        self._sketches(n for n in shared if n not in self.sampled)
        return [
            (n, article)
            for n, count in sorted(shared.items())
            if n in self.sampled and count >= LIKELY * min(self.sampled[n], len(sampled))
        ]

    def _alike(
        self, pairs: Iterable[tuple[int, int]], codes: Mapping[int, tuple[Shingles, int]]
    ) -> dict[tuple[int, int], float]:
        """The pairs that are alike, formulas left out, each with its containment."""
        found: dict[tuple[int, int], float] = {}
        for a, b in pairs:
            mine, other = (codes[n][0] if n in codes else self._codes(n)[0] for n in (a, b))
            both = np.intersect1d(mine, other, assume_unique=True)
            value = len(both) / max(1, min(len(mine), len(other)))
            if value >= ALIKE and self._is_no_formula(a, b, value, sample(both), (mine, other)):
                found[a, b] = value
        return found

    def _is_no_formula(self, a: int, b: int, value: float, shared: Shingles, texts: tuple[Shingles, Shingles]) -> bool:
        outlet = self.outlets[a] if self.outlets[a] == self.outlets[b] else None
        return believed(value, shared, map(sample, texts), partial(self._formulas, outlet=outlet))

    def _formulas(self, codes: Shingles, outlet: str | None) -> int:
        """How many shingles of a sample are formulas of all, or of one outlet."""
        self._look_up([codes])
        found = [self.postings[code] for code in _signed(codes)]
        if outlet:
            self._sketches({n for articles in found for n in articles} - self.outlets.keys())
        return sum(
            len(articles) > FREQUENT or (bool(outlet) and sum(self.outlets.get(n) == outlet for n in articles) > OWN)
            for articles in found
        )


def _signed(codes: Shingles) -> list[int]:
    """Codes as databases keep them: 64 bits with a sign."""
    plain: list[int] = codes.astype(np.int64).tolist()
    return plain


def _regroup(connection: Connection, touched: Iterable[int]) -> None:
    """Form the groups of the connected parts that hold ``touched`` anew."""
    from sqlalchemy import select

    a, c, s = tables.article.c, tables.copy, tables.sketch.c
    found = connected_parts(connection, tables.near, touched)
    every = [n for part, _ in found for n in part]
    for some in parts(every):
        connection.execute(c.delete().where(c.c.article.in_(some)))
    numbers = [n for part, pairs in found if pairs for n in part]
    keys: dict[int, str] = {}
    lengths: dict[int, int] = {}
    texts: dict[str, Text] = {}
    for some in parts(numbers):
        query = select(a.id, a.key, s.words).join_from(tables.article, tables.sketch, a.id == s.article)
        for n, key, words in connection.execute(query.where(a.id.in_(some))):
            keys[int(n)], lengths[int(n)] = key, int(words)
        texts |= texts_in(connection, [keys[n] for n in some])
    rows = []
    for part, pairs in found:
        if pairs:
            order = sorted(part, key=lambda n: (texts[keys[n]].published or "9999", keys[n]))
            place = {n: k for k, n in enumerate(order)}
            number_of = {keys[n]: n for n in part}
            likeness = {_sorted(place[x], place[y]): value for (x, y), value in pairs.items()}
            made = Copies(fetch=texts.__getitem__).arranged([(keys[n], lengths[n]) for n in order], likeness)
            rows += [
                {
                    "article": number_of[member.article], "grouped": group.id, "relation": member.relation,
                    "origin": member.origin, "place": k,
                    "reasons": "" if k else json.dumps(group.reasons, ensure_ascii=False),
                }
                for group in made
                for k, member in enumerate(group.members)
            ]  # fmt: skip
    fill(connection, c, rows)


def _sorted(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)
