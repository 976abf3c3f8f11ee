"""Copies that grow with a ledger: see ``keep.growing``; what is a copy is told by ``keep.copies``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from musnad.keep import tables
from musnad.keep.bulk import parts
from musnad.keep.columns import first_of, spread
from musnad.keep.copies import ALIKE, LIKELY, Copies, believed
from musnad.keep.growing import Memory, connected_parts, fill, remove
from musnad.keep.ledger import expanded, texts_in
from musnad.keep.records import Text
from musnad.keep.shingles import Numbers, Shingles, different, np, shingles
from musnad.keep.sketches import FEW, FREQUENT, OWN, sample

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection
_AT_ONCE = 1 << 21  # entries of the index that are looked at together


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
        self.holders: dict[int, list[int]] = {}
        self.sampled: dict[int, int] = {}
        self.outlets: dict[int, str | None] = {}

    def enter(self, articles: Sequence[int]) -> tuple[list[int], set[int]]:
        """Enter articles; those with a new reading, and those whose groups are to be formed anew."""
        rows = self._rows(articles)
        known = self._sketches(rows)
        read = [n for n in rows if n not in known or known[n].reading != rows[n].reading]
        fresh = [n for n in rows if n not in known or known[n].edition != rows[n].edition]
        touched = self._forget({n: known[n].edition for n in fresh if n in known})
        codes = self._codes({n: int(rows[n].edition) for n in fresh})
        samples = {n: sample(found[0]) for n, found in codes.items()}
        self.sampled |= {n: len(found) for n, found in samples.items()}
        self.outlets |= {n: rows[n].outlet for n in fresh}
        pairs = self._place(samples)
        older = {n: int(row.edition) for n, row in self._rows({a for a, _ in pairs} - codes.keys()).items()}
        edges = self._alike(pairs, codes | self._codes(older))
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

    def _rows(self, articles: Iterable[int]) -> dict[int, Any]:
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
            codes, _ = self._codes({article: edition})[article]
            for part in parts(_signed(sample(codes))):
                self.connection.execute(s.delete().where(s.c.article == article, s.c.code.in_(part)))
        return remove(self.connection, tables.near, editions) if editions else set()

    def _codes(self, editions: Mapping[int, int]) -> dict[int, tuple[Shingles, int]]:
        """Article → the different shingles of its edition, and its words."""
        from sqlalchemy import select

        known, e, b = self.memory.codes, tables.edition.c, tables.blob.c
        query = select(e.id, b.codec, b.data).join_from(tables.edition, tables.blob, e.text == b.hash)
        for part in parts([edition for edition in editions.values() if edition not in known]):
            for edition, codec, data in self.connection.execute(query.where(e.id.in_(part))):
                words = self.memory.coder.words(expanded(codec, data, str(edition)))
                known[int(edition)] = different(shingles(words)), len(words)
        for edition in editions.values():
            known.move_to_end(edition)
        return {article: known[edition] for article, edition in editions.items()}

    def _place(self, samples: Mapping[int, Shingles]) -> list[tuple[int, int]]:
        """Put samples of articles into the index; pairs of earlier and later articles that may be alike.

        Who has a shingle stands in one row: those of the index, then the new ones in their order.
        """
        new = np.repeat(np.arange(len(samples)), [len(one) for one in samples.values()])
        numbers = np.array(list(samples), dtype=np.int64)
        codes = np.concatenate([one.astype(np.int64) for one in samples.values()]) if samples else np.empty(0, np.int64)
        known, holders = self._kept(np.unique(codes))
        every = np.concatenate((known, codes))
        articles = np.concatenate((holders, numbers[new]))
        order = np.argsort(every, kind="stable")
        every, articles = every[order], articles[order]
        places = np.empty(len(order), dtype=np.int64)
        places[order] = np.arange(len(order))
        first = first_of(every)
        begins = np.repeat(first, np.diff(np.concatenate((first, [len(every)]))))
        at = places[len(known) :]
        before = at - begins[at]
        put = before <= FREQUENT
        chosen = order[order >= len(known)] - len(known)  # by code: rows beside one another are put in faster
        chosen = chosen[put[chosen]]
        rows = zip(codes[chosen].tolist(), numbers[new[chosen]].tolist(), strict=True)
        fill(self.connection, tables.shingle, [{"code": code, "article": article} for code, article in rows])
        counts = np.where(put, before, FEW)
        found = []
        for part in np.array_split(np.arange(len(at)), 1 + int(counts.sum()) // _AT_ONCE):
            older = articles[spread(begins[at[part]], counts[part])]
            found.append(np.repeat(new[part], counts[part]) << 40 | older)
        pairs = np.sort(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)
        first = first_of(pairs)
        shared = np.diff(np.concatenate((first, [len(pairs)])))
        later, older = numbers[pairs[first] >> 40], pairs[first] & ((1 << 40) - 1)
        self._sketches(set(older.tolist()) - self.sampled.keys())
        return [
            (a, b)
            for a, b, count in zip(older.tolist(), later.tolist(), shared.tolist(), strict=True)
            if a != b and a in self.sampled and count >= LIKELY * min(self.sampled[a], self.sampled[b])
        ]

    def _kept(self, codes: Numbers) -> tuple[Numbers, Numbers]:
        """Who has the given shingles, as the index says: shingles, and the articles beside them."""
        known, holders = [], []
        for part in parts(codes.tolist(), 5_000):
            sql = f"SELECT code, article FROM shingle WHERE code IN ({','.join(map(str, part))}) ORDER BY code, article"
            for code, article in self.connection.exec_driver_sql(sql):
                known.append(code)
                holders.append(article)
        return np.array(known, dtype=np.int64), np.array(holders, dtype=np.int64)

    def _alike(
        self, pairs: Iterable[tuple[int, int]], codes: Mapping[int, tuple[Shingles, int]]
    ) -> dict[tuple[int, int], float]:
        """The pairs that are alike, formulas left out, each with its containment."""
        alike = []
        for a, b in pairs:
            if a not in codes:
                continue  # it stands no longer
            mine, other = codes[a][0], codes[b][0]
            both = np.intersect1d(mine, other, assume_unique=True)
            value = len(both) / max(1, min(len(mine), len(other)))
            if value >= ALIKE:
                alike.append((a, b, value, sample(both), (mine, other)))
        self._hold(shared for _, _, _, shared, _ in alike)
        return {(a, b): v for a, b, v, shared, texts in alike if self._is_no_formula(a, b, v, shared, texts)}

    def _hold(self, samples: Iterable[Shingles]) -> None:
        """Fetch who has the shingles of samples."""
        missing = sorted({code for one in samples for code in _signed(one) if code not in self.holders})
        if missing:
            self.holders |= {code: [] for code in missing}
            known, holders = self._kept(np.array(missing, dtype=np.int64))
            for code, article in zip(known.tolist(), holders.tolist(), strict=True):
                self.holders[code].append(article)

    def _is_no_formula(self, a: int, b: int, value: float, shared: Shingles, texts: tuple[Shingles, Shingles]) -> bool:
        outlet = self.outlets[a] if self.outlets[a] == self.outlets[b] else None
        return believed(value, shared, map(sample, texts), partial(self._formulas, outlet=outlet))

    def _formulas(self, codes: Shingles, outlet: str | None) -> int:
        """How many shingles of a sample are formulas of all, or of one outlet."""
        asked = _signed(codes)
        self._hold([codes])
        found = [self.holders[code] for code in asked]
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
