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
from musnad.read.fold import fold_word
from musnad.types import Article

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.engine import Connection

_AT_ONCE = 500  # values in one condition


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
    """Writes packed articles over one connection; voices seen are remembered between batches."""

    connection: Connection
    voices: dict[str, int] = field(default_factory=dict)
    names: set[tuple[int, str]] = field(default_factory=set)
    _statements: list[dict[str, Any]] = field(default_factory=list)
    _stems: list[tuple[int, Sequence[str]]] = field(default_factory=list)
    _places: list[dict[str, Any]] = field(default_factory=list)
    _holdings: list[dict[str, Any]] = field(default_factory=list)
    _voices: list[dict[str, Any]] = field(default_factory=list)
    _names: list[dict[str, Any]] = field(default_factory=list)
    _next: int = 0
    _next_voice: int = 0

    def expect(self, batch: Iterable[Packed | MusnadError]) -> None:
        """Do at once what every article of ``batch`` needs: keep its bytes, look up its voices."""
        items = [item for item in batch if isinstance(item, Packed)]
        self.keep_blobs([b for item in items for b in (item.text, item.body, item.raw) if b is not None])
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
        """Write the rows by which statements are found, all that came since the last time."""
        for table, rows in (
            (tables.voice, self._voices),
            (tables.voice_name, self._names),
            (tables.statement, self._statements),
            (tables.place, self._places),
            (tables.holding, self._holdings),
        ):
            insert_many(self.connection, table, rows)
        fulltext.fill(self.connection, self._stems)
        self._statements, self._stems, self._places, self._holdings, self._next = [], [], [], [], 0
        self._voices, self._names, self._next_voice = [], [], 0

    def put(self, item: Packed, *, again: bool = False) -> Kept:
        """Keep one article; ``again`` for a new reading of a known edition."""
        a = item.article
        edition = None if again else find_edition(self.connection, a, item.text.hash)
        if again:
            edition = self._edition_of(a, item.text.hash)
        done = Kept()
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
            "added": now(),
        }
        same = tables.failed.c
        if self._one(tables.failed, same.id, same.source == value, same.code == error.code) is None:
            self.insert(tables.failed, given)
        return Kept(failed=1)

    def _new_edition(self, item: Packed) -> tuple[int, Kept]:
        a = item.article
        number, done = 1, Kept(new=1)
        article, free = self._same_article(a, item.text)
        if article is None:
            key = a.id if free else f"{a.id}~{item.text.hash[:8]}"
            article = self.insert(tables.article, {"key": key, "url": a.url})
        else:
            c = tables.edition.c
            number = len(self._all(tables.edition, c.id, c.article == article)) + 1
            done = Kept(editions=1)
            self._alias(a.id, article)
            self._supersede(article)
        given = {
            "article": article, "number": number, "text": item.text.hash, "raw": item.raw and item.raw.hash,
            "title": a.title, "outlet": a.outlet, "published": a.published, "moment": a.moment, "url": a.url,
            "source": a.source, "added": now(),
        }  # fmt: skip
        return self.insert(tables.edition, given), done

    def _same_article(self, a: Article, text: Blob) -> tuple[int | None, bool]:
        """The kept article that ``a`` is another state of, or None; and whether its id is free."""
        c, free = tables.article.c, True
        words: set[str] = set()
        for article, key, url in candidates(self.connection, a):
            last = self._last_edition(article)
            free = free and key != a.id
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
                return article, free
        return None, free

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
            "edition": edition, "reader": item.reader, "made": now(), "body": item.body.hash,
            "versions": item.versions, "current": current,
        }  # fmt: skip
        reading = self.insert(tables.reading, given)
        self.rows(reading, item.rows, item.places, item.holdings)

    def rows(
        self, reading: int, rows: Sequence[Row], places: Iterable[str], holdings: Iterable[tuple[str, str, str]] = ()
    ) -> None:
        """The rows by which the statements of a reading are found."""
        self._next = self._next or self._free(tables.statement)
        for row in rows:
            self._statements.append(
                {
                    "id": self._next, "reading": reading, "number": row.number,
                    "voice": row.voice and self._voice(row.voice[0], row.voice[1], row.voice[2], reading),
                    "relay": row.relay and self._voice(row.relay[0], row.relay[1], row.relay[1:], reading),
                    "form": row.form, "act": row.act, "status": row.status, "anonymous": row.anonymous,
                    "confidence": row.confidence, "said": row.said,
                }
            )  # fmt: skip
            self._stems.append((self._next, row.stems))
            self._next += 1
        self._places += [{"reading": reading, "key": key} for key in places]
        self._holdings += [{"reading": reading, "office": o, "person": p, "name": n} for o, p, n in holdings]

    def voice(self, key: str, name: str, names: Sequence[str], reading: int) -> int:
        """The row id of a voice, kept now if need be."""
        found = self._voice(key, name, names, reading)
        self.flush()
        return found

    def _voice(self, key: str, name: str, names: Sequence[str], reading: int) -> int:
        """The row id of a voice, kept by ``flush`` if it is new; those of the batch are known by ``expect``."""
        found = self.voices.get(key)
        if found is None:
            self._next_voice = self._next_voice or self._free(tables.voice)
            found = self.voices[key] = self._next_voice
            self._voices.append({"id": found, "key": key, "name": name})
            self._next_voice += 1
        for other in names:
            if (found, other) not in self.names:
                self.names.add((found, other))
                self._names.append({"voice": found, "name": other, "folded": fold_word(other), "reading": reading})
        return found

    def keep_blobs(self, blobs: Iterable[Blob]) -> None:
        """Keep bytes, once for each content."""
        from sqlalchemy.dialects import postgresql, sqlite

        given = [{"hash": b.hash, "codec": b.codec, "data": b.data, "base": b.base} for b in blobs]
        if given:
            dialect = sqlite if self.connection.dialect.name == "sqlite" else postgresql
            self.connection.execute(dialect.insert(tables.blob).on_conflict_do_nothing(), given)

    def insert(self, table: Table, given: dict[str, Any]) -> int:
        """Add one row; gives its row id, or 0 where the table has none."""
        key = self.connection.execute(table.insert(), given).inserted_primary_key
        return int(key[0]) if key is not None and isinstance(key[0], int) else 0

    def _free(self, table: Table) -> int:
        """The first row id that is free; nobody else writes meanwhile."""
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


def candidates(connection: Connection, a: Article) -> list[tuple[int, str, str | None]]:
    """The kept articles with the id, a former id or the URL of ``a``: those with its URL first."""
    from sqlalchemy import or_, select

    c = tables.article.c
    former = select(tables.alias.c.article).where(tables.alias.c.key == a.id)
    same = [c.key == a.id, c.id.in_(former)] + ([c.url == a.url] if a.url else [])
    found = connection.execute(select(c.id, c.key, c.url).where(or_(*same)).order_by(c.id)).all()
    return sorted(((int(i), k, u) for i, k, u in found), key=lambda row: row[2] != a.url)


def find_edition(connection: Connection, a: Article, text: str) -> int | None:
    """The edition that holds exactly the text with hash ``text`` under the headline of the article ``a``, or None."""
    from sqlalchemy import select

    e, c = tables.edition.c, tables.article.c
    query = select(e.id, e.outlet, e.title, c.id, c.key, c.url).join_from(
        tables.edition, tables.article, e.article == c.id
    )
    rows = connection.execute(query.where(e.text == text)).all()
    if not rows:
        return None
    former = None
    for edition, outlet, title, article, key, url in rows:
        if a.outlet and outlet and a.outlet != outlet:
            continue
        if a.title and title and a.title.split() != title.split():
            continue
        if key in (a.id, f"{a.id}~{text[:8]}") or (a.url and url == a.url):
            return int(edition)
        if former is None:
            own = tables.alias.c
            former = set(connection.execute(select(own.article).where(own.key == a.id)).scalars())
        if article in former:
            return int(edition)
    return None


def last_reading(connection: Connection) -> int:
    """The row id of the last reading kept, or -1."""
    from sqlalchemy import func, select

    return int(connection.execute(select(func.coalesce(func.max(tables.reading.c.id), -1))).scalar_one())


def known(connection: Connection, articles: Sequence[Article]) -> list[bool]:
    """For each article whether exactly this text of it is kept already."""
    return [find_edition(connection, a, text_hash(a.text)) is not None for a in articles]


def now() -> str:
    """The present moment, UTC, to the second."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
