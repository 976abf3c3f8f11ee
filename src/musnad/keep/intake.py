"""What comes into a ledger: batches of packed articles, each kept whole in one transaction.

An article is the same as a kept one where its id or URL is, and the texts share a third of their words; another text
of it is a new edition. A known text is never kept twice, whatever the input is called. Rows are only added.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from musnad.errors import MusnadError
from musnad.keep import fulltext, tables
from musnad.keep.blobs import Blob, expand
from musnad.keep.bulk import insert_many
from musnad.keep.pack import Packed, Row, same_story, sound, text_hash
from musnad.keep.seen import Seen, other_id
from musnad.read.fold import fold_word
from musnad.types import Article

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.engine import Connection

_AT_ONCE = 500  # values in one condition
_ORDER = (
    tables.article, tables.edition, tables.reading, tables.voice, tables.voice_name, tables.statement, tables.place,
    tables.holding,
)  # fmt: skip
"""Tables whose rows wait, each after those that its rows point to."""


@dataclass(slots=True)
class Kept:
    """What became of a batch: articles new, known, in a new edition, and read anew; inputs set aside."""

    new: int = 0
    known: int = 0
    editions: int = 0
    reread: int = 0
    failed: int = 0

    def __iadd__(self, other: Kept) -> Kept:
        for name in ("new", "known", "editions", "reread", "failed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self


@dataclass(slots=True)
class Intake:
    """Writes packed articles over one connection, in one transaction; voices seen are remembered between batches.

    Rows wait until ``flush``; their ids are counted here, for nobody else writes meanwhile.
    """

    connection: Connection
    voices: dict[str, int] = field(default_factory=dict)
    names: set[tuple[int, str]] = field(default_factory=set)
    _seen: Seen = field(init=False)
    _rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _stems: list[tuple[int, str]] = field(default_factory=list)
    _free: dict[str, int] = field(default_factory=dict)
    _now: str = field(default_factory=lambda: now())

    def __post_init__(self) -> None:
        self._seen = Seen(self.connection)

    def expect(self, batch: Iterable[Packed | MusnadError]) -> None:
        """Do at once what every article of ``batch`` needs: keep its bytes, look up its text, names and voices."""
        items = [item for item in batch if isinstance(item, Packed)]
        self.keep_blobs([b for item in items for b in (item.text, item.body, item.raw) if b is not None])
        self._seen.look_for_texts(item.text.hash for item in items)
        self._seen.look_for_names([item.article for item in items])
        self.expect_voices([row for item in items for row in item.rows])

    def expect_voices(self, rows: Iterable[Row]) -> None:
        """Look up the voices of ``rows``."""
        from sqlalchemy import select

        rows = list(rows)
        keys = {key for row in rows for key in (row.voice and row.voice[0], row.relay and row.relay[0]) if key}
        unknown = sorted(keys - self.voices.keys())
        v, n = tables.voice.c, tables.voice_name.c
        for start in range(0, len(unknown), _AT_ONCE):
            part = unknown[start : start + _AT_ONCE]
            found = {key: int(i) for i, key in self.connection.execute(select(v.id, v.key).where(v.key.in_(part)))}
            self.voices |= found
            names = select(n.voice, n.name).where(n.voice.in_(list(found.values())))
            self.names |= {(int(i), name) for i, name in self.connection.execute(names)}

    def flush(self) -> None:
        """Write the rows that wait."""
        for table in _ORDER:
            insert_many(self.connection, table, self._rows.pop(table.name, ()))
        fulltext.fill(self.connection, self._stems)
        self._stems = []

    def put(self, item: Packed, *, again: bool = False) -> Kept:
        """Keep one article of those that are expected; ``again`` for a new reading of a known edition."""
        a = item.article
        done = Kept()
        edition = self._edition_of(a, item.text.hash) if again else self._seen.edition(a, item.text.hash)
        if edition is None:
            edition, done = self._new_edition(item)
        elif not again or self._has_reading(edition, item.reader):
            return Kept(known=1)
        else:
            done.reread = 1
        self._reading(edition, item, again=again)
        return done

    def set_aside(self, error: MusnadError) -> Kept:
        """Keep why an input was not read."""
        value = "" if error.value is None else sound(str(error.value))
        given = {
            "source": value,
            "code": error.code,
            "message": sound(error.message),
            "remedy": error.remedy,
            "added": self._now,
        }
        same = tables.failed.c
        if self._one(tables.failed, same.id, same.source == value, same.code == error.code) is None:
            self.insert(tables.failed, given)
        return Kept(failed=1)

    def _new_edition(self, item: Packed) -> tuple[int, Kept]:
        a = item.article
        number, done = 1, Kept(new=1)
        alike = self._seen.alike(a)
        article = self._same_article(a, item.text, alike) if alike else None
        if article is None:
            key = self._free_key(a.id, item.text.hash) if alike else a.id
            article = self._add(tables.article, {"key": key, "url": a.url})
            self._seen.keep_article(article, key, a.url)
        else:
            c = tables.edition.c
            number = len(self._all(tables.edition, c.id, c.article == article)) + 1
            done = Kept(editions=1)
            self._alias(a.id, article)
            self._supersede(article)
        given = {
            "article": article, "number": number, "text": item.text.hash, "raw": item.raw and item.raw.hash,
            "title": a.title, "outlet": a.outlet, "published": a.published, "moment": a.moment, "url": a.url,
            "source": a.source, "added": self._now,
        }  # fmt: skip
        edition = self._add(tables.edition, given)
        self._seen.keep_edition(edition, article, a, item.text.hash)
        return edition, done

    def _free_key(self, key: str, text: str) -> str:
        """``key``, or where another article has it, one with digits of the hash ``text``."""
        c, found = tables.article.c, key
        others = [other_id(key, text)]
        while self._one(tables.article, c.id, c.key == found) is not None:
            found = others[-1]
            others.append(f"{others[0]}~{len(others) + 1}")
        return found

    def _same_article(self, a: Article, text: Blob, alike: Sequence[tuple[int, str, str | None]]) -> int | None:
        """The kept article among those ``alike`` that ``a`` is another state of, or None."""
        self.flush()
        c = tables.article.c
        words: set[str] = set()
        for article, key, url in alike:
            last = self._last_edition(article)
            if last is None:
                continue
            outlet, before = last
            if a.outlet and outlet and a.outlet != outlet:
                continue
            same = key == a.id and a.url is not None and url == a.url
            words = words or set(fold_word(_unpacked(text.codec, text.data)).split())
            if same or same_story(words, fold_word(before).split()):
                if url is None and a.url:
                    self.connection.execute(tables.article.update().where(c.id == article).values(url=a.url))
                    self._seen.keep_article(article, key, a.url)
                return article
        return None

    def _last_edition(self, article: int) -> tuple[str | None, str] | None:
        from sqlalchemy import select

        e, b = tables.edition.c, tables.blob.c
        query = select(e.outlet, b.codec, b.data).join_from(tables.edition, tables.blob, e.text == b.hash)
        row = self.connection.execute(query.where(e.article == article).order_by(e.number.desc()).limit(1)).first()
        return (row[0], _unpacked(row[1], row[2])) if row else None

    def _alias(self, key: str, article: int) -> None:
        a = tables.article.c
        if self._one(tables.article, a.key, a.id == article) == key:
            return
        if self._one(tables.alias, tables.alias.c.article, tables.alias.c.key == key) is None:
            self.insert(tables.alias, {"key": key, "article": article})
            self._seen.keep_former(key, article)

    def _supersede(self, article: int) -> None:
        from sqlalchemy import select

        r, e = tables.reading.c, tables.edition.c
        own = select(e.id).where(e.article == article)
        self.connection.execute(tables.reading.update().where(r.edition.in_(own), r.current).values(current=False))

    def _edition_of(self, article: Article, text: str) -> int | None:
        from sqlalchemy import select

        e, a = tables.edition.c, tables.article.c
        query = select(e.id).join_from(tables.edition, tables.article, e.article == a.id)
        found = self.connection.execute(
            query.where(a.key == article.id, e.text == text, e.title.is_not_distinct_from(article.title))
        ).scalar()
        return int(found) if found is not None else None

    def _has_reading(self, edition: int, reader: str) -> bool:
        c = tables.reading.c
        return self._one(tables.reading, c.id, c.edition == edition, c.reader == reader) is not None

    def _reading(self, edition: int, item: Packed, *, again: bool) -> None:
        c = tables.reading.c
        current = True
        if again:
            current = True in self._all(tables.reading, c.current, c.edition == edition)  # superseded ones stay so
            self.connection.execute(tables.reading.update().where(c.edition == edition).values(current=False))
        given = {
            "edition": edition, "reader": item.reader, "made": self._now, "body": item.body.hash,
            "versions": item.versions, "current": current,
        }  # fmt: skip
        reading = self.insert(tables.reading, given) if again else self._add(tables.reading, given)
        self.rows(reading, item.rows, item.places, item.holdings)

    def rows(
        self, reading: int, rows: Sequence[Row], places: Iterable[str], holdings: Iterable[tuple[str, str, str]] = ()
    ) -> None:
        """The rows by which the statements of a reading are found."""
        for row in rows:
            given = {
                "reading": reading, "number": row.number,
                "voice": row.voice and self._voice(row.voice[0], row.voice[1], row.voice[2], reading),
                "relay": row.relay and self._voice(row.relay[0], row.relay[1], row.relay[1:], reading),
                "form": row.form, "act": row.act, "status": row.status, "anonymous": row.anonymous,
                "confidence": row.confidence, "said": row.said,
            }  # fmt: skip
            self._stems.append((self._add(tables.statement, given), row.stems))
        self._wait(tables.place, [{"reading": reading, "key": key} for key in places])
        found = [{"reading": reading, "office": o, "person": p, "name": n} for o, p, n in holdings]
        self._wait(tables.holding, found)

    def voice(self, key: str, name: str, names: Sequence[str], reading: int) -> int:
        """The row id of a voice, kept now if need be."""
        found = self._voice(key, name, names, reading)
        self.flush()
        return found

    def _voice(self, key: str, name: str, names: Sequence[str], reading: int) -> int:
        """The row id of a voice, kept by ``flush`` if it is new; those of the batch are known by ``expect``."""
        found = self.voices.get(key)
        if found is None:
            found = self.voices[key] = self._add(tables.voice, {"key": key, "name": name})
        for other in names:
            if (found, other) not in self.names:
                self.names.add((found, other))
                folded = fold_word(other)
                row = {"voice": found, "name": other, "folded": folded, "reading": reading}
                self._wait(tables.voice_name, [row])
        return found

    def keep_blobs(self, blobs: Iterable[Blob]) -> None:
        """Keep bytes, once for each content."""
        given = [{"hash": b.hash, "codec": b.codec, "data": b.data, "base": b.base} for b in blobs]
        insert_many(self.connection, tables.blob, given, but_known=True)

    def insert(self, table: Table, given: dict[str, Any]) -> int:
        """Add one row at once; gives its row id, or 0 where the table has none."""
        number = 0
        if "id" in table.c:
            number = given["id"] if "id" in given else self._next(table)
            given = {"id": number, **given}
        insert_many(self.connection, table, [given])
        return number

    def _add(self, table: Table, given: dict[str, Any]) -> int:
        """Let a row wait for ``flush``; gives its row id."""
        number = self._next(table)
        self._wait(table, [{"id": number, **given}])
        return number

    def _wait(self, table: Table, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._rows.setdefault(table.name, []).extend(rows)

    def _next(self, table: Table) -> int:
        """The first row id that is free."""
        found = self._free.get(table.name) or self._first(table)
        self._free[table.name] = found + 1
        return found

    def _first(self, table: Table) -> int:
        from sqlalchemy import func, select

        return int(self.connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()) + 1

    def _one(self, table: Table, column: Any, *where: Any) -> Any:
        from sqlalchemy import select

        return self.connection.execute(select(column).select_from(table).where(*where).limit(1)).scalar()

    def _all(self, table: Table, column: Any, *where: Any) -> list[Any]:
        from sqlalchemy import select

        return list(self.connection.execute(select(column).select_from(table).where(*where)).scalars())


def _unpacked(codec: str, data: bytes) -> str:
    return expand(codec, data).decode("utf-8", "surrogatepass")


def last_reading(connection: Connection) -> int:
    """The row id of the last reading kept, or -1."""
    from sqlalchemy import func, select

    return int(connection.execute(select(func.coalesce(func.max(tables.reading.c.id), -1))).scalar_one())


def known(connection: Connection, articles: Sequence[Article]) -> list[bool]:
    """For each article whether exactly this text of it is kept already."""
    seen = Seen(connection)
    hashes = [text_hash(a.text) for a in articles]
    seen.look_for_texts(hashes)
    seen.look_for_former(a.id for a, text in zip(articles, hashes, strict=True) if seen.has_text(text))
    return [seen.edition(a, text) is not None for a, text in zip(articles, hashes, strict=True)]


def now() -> str:
    """The present moment, UTC, to the second."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
