"""The ledger as its callers see it: one method a verb, plain values out (``docs/ledger.md``).

This half needs no reader; ``musnad.ledger.Ledger`` adds the verbs that read articles.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self

from musnad.errors import LedgerDamaged, LedgerError, MusnadError, UsageError
from musnad.keep import tables
from musnad.keep.blobs import expand
from musnad.keep.bodies import unpack_body
from musnad.keep.intake import Intake, Kept, known, last_reading
from musnad.keep.overlays import keys_of, overlay_in, rooted, roots_in
from musnad.keep.pack import Packed, unpack_versions
from musnad.keep.raw import raw_bytes
from musnad.keep.records import Text, Version
from musnad.keep.store import Store
from musnad.keep.wordwise import paragraphs, steps
from musnad.types import Article

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Row

_OWN = (tables.reading.c.versions, tables.reading.c.id.label("made"))  # what versions are made of
_EDITION = ("number", "title", "outlet", "published", "url", "source", "added")
_COUNTED = ("article", "edition", "reading", "statement", "voice", "failed", "decision")
_NAMES = {"article": "articles", "edition": "versions", "reading": "readings", "statement": "statements",
          "voice": "voices", "decision": "decisions"}  # fmt: skip


class Shelf:
    """An open ledger.

    Args:
        where: path of a file, or URL of a PostgreSQL database (``postgresql://user@host/name``).
        create: whether to make the ledger where there is none.

    Raises:
        LedgerError: it cannot be opened; the code says why.
        MissingExtra: the extra ``ledger`` is not installed.
    """

    def __init__(self, where: str, *, create: bool = False) -> None:
        self.store = Store(where, create=create)
        self._voices: dict[str, int] = {}
        self._names: set[tuple[int, str]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the ledger go."""
        self.store.close()

    def put(self, batch: Sequence[Packed | MusnadError], *, again: bool = False) -> Kept:
        """Keep a batch in one transaction: all of it is on the disk when this returns, or nothing of it.

        Args:
            batch: packed articles, and the errors of inputs that could not be read.
            again: whether these are new readings of what is kept.
        """
        from musnad.keep.replay import apply

        done = Kept()
        try:
            with self.store.writing() as connection:
                intake = Intake(connection, self._voices, self._names)
                last = last_reading(connection)
                intake.expect(batch)
                for item in batch:
                    done += intake.set_aside(item) if isinstance(item, MusnadError) else intake.put(item, again=again)
                intake.flush()
                apply(connection, since=last)
        except BaseException:
            self._voices.clear()
            self._names.clear()
            raise
        return done

    def known(self, articles: Sequence[Article]) -> list[bool]:
        """For each article whether exactly this text of it is kept already."""
        with self.store.reading() as connection:
            return known(connection, articles)

    def stats(self) -> dict[str, Any]:
        """Counts of everything kept, and the versions of the reader."""
        from sqlalchemy import func, select

        with self.store.reading() as c:
            counts = {
                _NAMES.get(name, name): int(c.execute(select(func.count()).select_from(t)).scalar_one())
                for name in _COUNTED
                for t in (tables.metadata.tables[name],)
            }
            grouped = {
                "copies": int(c.execute(select(func.count(tables.copy.c.grouped.distinct()))).scalar_one()),
                "sayings": int(c.execute(select(func.count(tables.saying.c.saying.distinct()))).scalar_one()),
            }
            r = tables.reading.c
            current = select(func.count()).select_from(tables.statement).join(tables.reading)
            current = current.where(r.current, tables.statement.c.rejected.is_(False))
            now = int(c.execute(current).scalar_one())
            by_reader = c.execute(select(r.reader, func.count()).where(r.current).group_by(r.reader)).all()
        return {**counts, "current_statements": now, **grouped, "readers": {k: int(n) for k, n in sorted(by_reader)}}

    def failed(self) -> Iterator[dict[str, str]]:
        """The inputs that could not be read, each with its reason, in the order they came."""
        f = tables.failed.c
        names = ("source", "code", "message", "remedy", "added")
        from sqlalchemy import select

        with self.store.reading() as connection:
            for row in connection.execute(select(*(f[name] for name in names)).order_by(f.id)):
                yield dict(zip(names, row, strict=True))

    def versions(self) -> Iterator[Version]:
        """The statements of all current readings, article by article in the order they came, as they count."""
        with self.store.reading() as connection:
            overlay, roots = overlay_in(connection), roots_in(connection)
            for row in connection.execute(_current(*_OWN)):
                yield from rooted(overlay.corrected(_versions(row)), roots, row.made)

    def texts(self) -> Iterator[Text]:
        """The newest text of every article, in the order they came."""
        b = tables.blob.c
        e = tables.edition.c
        with self.store.reading() as connection:
            query = _current(e.title, b.codec, b.data).join(tables.blob, e.text == b.hash)
            for row in connection.execute(query):
                text = self._expanded(row.codec, row.data, row.key)
                yield Text(
                    article=row.key, text=text, outlet=row.outlet, published=row.published, moment=row.moment,
                    title=row.title,
                )  # fmt: skip

    def readings(self, articles: Iterable[str] | None = None) -> Iterator[dict[str, Any]]:
        """The current readings in the form of ``docs/reading.md``; of some articles, or of all."""
        wanted = None if articles is None else list(articles)
        with self.store.reading() as connection:
            yield from readings(connection, wanted)

    def unread_by(self, reader: str | None) -> Iterator[Article]:
        """The articles whose current reading another reader made, as they were given; all where ``reader`` is None."""
        e, b, r = tables.edition.c, tables.blob.c, tables.reading.c
        with self.store.reading() as connection:
            query = _current(e.title, e.url, e.source, b.codec, b.data).join(tables.blob, e.text == b.hash)
            if reader is not None:
                query = query.where(r.reader != reader)
            found = list(connection.execute(query.with_only_columns(e.id)).scalars())
        for start in range(0, len(found), 64):
            with self.store.reading() as connection:
                rows = connection.execute(query.where(e.id.in_(found[start : start + 64]))).all()
            for row in rows:
                text = self._expanded(row.codec, row.data, row.key)
                yield Article(
                    text=text, id=row.key, title=row.title, outlet=row.outlet, published=row.published,
                    moment=row.moment, url=row.url, source=row.source,
                )  # fmt: skip

    def article(self, key: str) -> dict[str, Any]:
        """One article with all its editions, each with its readings, and what was changed since the one before.

        Raises:
            UsageError: there is no such article.
        """
        from sqlalchemy import select

        a, e, r = tables.article.c, tables.edition.c, tables.reading.c
        with self.store.reading() as connection:
            found = article_id(connection, key)
            name = connection.execute(select(a.key).where(a.id == found)).scalar_one()
            editions = []
            for row in connection.execute(select(tables.edition).where(e.article == found).order_by(e.number)).all():
                made = connection.execute(select(r.reader, r.made, r.current).where(r.edition == row.id).order_by(r.id))
                editions.append(
                    {
                        **{n: getattr(row, n) for n in _EDITION},
                        "published_at": row.moment,
                        "text": text_of(connection, row.text),
                        "readings": [{"reader": m.reader, "made": m.made, "current": bool(m.current)} for m in made],
                    }
                )
        for before, edition in zip([None, *editions], editions, strict=False):
            edition["changes"] = [] if before is None else _changes(before, edition)
        return {"id": name, "editions": editions}

    def verify(self) -> list[str]:
        """What is wrong with the ledger, one line a fault; empty where it is sound."""
        from musnad.keep.soundness import faults

        with self.store.reading() as connection:
            return list(faults(connection))

    def dump(self) -> Iterator[dict[str, Any]]:
        """Everything that was given, read and decided, as plain records (``keep.dump``)."""
        from musnad.keep.dump import dump

        with self.store.reading() as connection:
            yield from dump(connection)

    def load(self, lines: IO[str] | Iterable[str]) -> Kept:
        """Put a dump into this ledger, which must be empty.

        Raises:
            BadDump: a line is no record of a dump, or the ledger holds articles.
        """
        from musnad.keep.dump import load

        with self.store.writing() as connection:
            return load(connection, lines)

    def _expanded(self, codec: str, data: bytes, what: str) -> str:
        return expanded(codec, data, f"{self.store.shown}: {what}")


def _current(*columns: Any) -> Any:
    """A query for the current reading of every article in the order they came: its key, outlet, date, and columns."""
    from sqlalchemy import select

    a, e, r = tables.article.c, tables.edition.c, tables.reading.c
    query = select(a.id.label("article"), a.key, e.outlet, e.published, e.moment, *columns)
    query = query.join_from(tables.article, tables.edition, a.id == e.article)
    return query.join(tables.reading, e.id == r.edition).where(r.current).order_by(a.id)


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[list[dict[str, str]]]:
    """What was changed between two editions, word by word: the headline first, then paragraph by paragraph."""
    was, now = before["title"], after["title"]
    head = [steps(was, now)] if was and now and was != now else []
    return head + paragraphs(before["text"], after["text"])


def _versions(row: Row[Any], only: Collection[str] | None = None) -> tuple[Version, ...]:
    try:
        return unpack_versions(
            row.versions, article=row.key, outlet=row.outlet, published=row.published, moment=row.moment, only=only
        )
    except ValueError as error:
        raise LedgerDamaged("an article is damaged", value=row.key, remedy="restore a copy") from error


def versions_in(
    connection: Connection,
    articles: Sequence[int],
    *,
    as_read: bool = False,
    only: Mapping[int, Collection[str]] | None = None,
) -> Iterator[tuple[int, Version]]:
    """The statements of the current readings of the articles with these row ids, each with that id.

    Args:
        only: of each article the statements wanted (``s3``); None for all.
        as_read: whether to leave out what people decided and which voices are one.
    """
    query = _current(*_OWN).where(tables.article.c.id.in_(articles))
    found = [
        (row.article, row.made, _versions(row, None if only is None else only[row.article]))
        for row in connection.execute(query)
    ]
    if not as_read:
        overlay = overlay_in(connection)
        found = [(article, made, overlay.corrected(versions)) for article, made, versions in found]
        keys = keys_of(v for _, _, versions in found for v in versions)
        roots = roots_in(connection, keys, {made for _, made, _ in found})
        found = [(article, made, rooted(versions, roots, made)) for article, made, versions in found]
    for article, _, versions in found:
        yield from ((article, version) for version in versions)


def texts_in(connection: Connection, articles: Iterable[str]) -> dict[str, Text]:
    """The newest texts of some articles, by id."""
    b, e = tables.blob.c, tables.edition.c
    query = _current(e.title, b.codec, b.data).join(tables.blob, e.text == b.hash)
    query = query.where(tables.article.c.key.in_(list(articles)))
    return {
        row.key: Text(
            article=row.key, text=expanded(row.codec, row.data, row.key), outlet=row.outlet, published=row.published,
            moment=row.moment, title=row.title,
        )
        for row in connection.execute(query)
    }  # fmt: skip


def readings(connection: Connection, articles: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
    """The current readings with their texts, of some articles by id or of all."""
    b = tables.blob.alias("text")
    body = tables.blob.alias("body")
    e, r = tables.edition.c, tables.reading.c
    query = _current(b.c.codec, b.c.data, body.c.codec.label("body_codec"), body.c.data.label("body"))
    query = query.join(b, e.text == b.c.hash).join(body, r.body == body.c.hash)
    if articles is not None:
        query = query.where(tables.article.c.key.in_(articles))
    for row in connection.execute(query):
        plain = body_of(row.body_codec, row.body, row.key)
        made = whole(plain, row.key, expanded(row.codec, row.data, row.key))
        yield made | {"published_at": row.moment} if row.moment else made


def current_readings(connection: Connection, articles: Sequence[str]) -> dict[str, int]:
    """Id of an article → the row id of its current reading."""
    query = _current(tables.reading.c.id.label("made")).where(tables.article.c.key.in_(articles))
    return {row.key: int(row.made) for row in connection.execute(query)}


def whole(body: Mapping[str, Any], key: str, text: str) -> dict[str, Any]:
    """A reading as it was before its text was kept apart."""
    return {"id": key, "text": text, **{name: value for name, value in body.items() if name != "id"}}


def body_of(codec: str, data: bytes, what: str) -> dict[str, Any]:
    """A kept reading, without its text.

    Raises:
        LedgerDamaged: it cannot be unpacked.
    """
    try:
        return unpack_body(expand(codec, data))
    except ValueError as error:
        raise LedgerDamaged("a kept reading is damaged", value=what, remedy="restore a copy of the ledger") from error


def expanded(codec: str, data: bytes, what: str) -> str:
    """A kept text.

    Raises:
        LedgerDamaged: it cannot be unpacked.
    """
    try:
        return expand(codec, data).decode("utf-8", "surrogatepass")
    except ValueError as error:
        raise LedgerDamaged("a kept text is damaged", value=what, remedy="restore a copy of the ledger") from error


def text_of(connection: Connection, hash: str) -> str:
    """The text kept under ``hash``."""
    from sqlalchemy import select

    b = tables.blob.c
    row = connection.execute(select(b.codec, b.data).where(b.hash == hash)).first()
    if row is None:
        raise LedgerError("a text is missing", value=hash, remedy="restore a copy of the ledger")
    return expanded(row.codec, row.data, hash)


def input_of(connection: Connection, hash: str) -> bytes:
    """The bytes of an input, kept under ``hash``.

    Raises:
        LedgerDamaged: they cannot be unpacked.
    """
    from sqlalchemy import select

    b = tables.blob.c
    row = connection.execute(select(b.codec, b.data, b.base).where(b.hash == hash)).first()
    if row is None:
        raise LedgerError("an input is missing", value=hash, remedy="restore a copy of the ledger")
    try:
        if row.base is None:
            return expand(row.codec, row.data)
        return raw_bytes(row.data, text_of(connection, row.base))
    except ValueError as error:
        raise LedgerDamaged("a kept input is damaged", value=hash, remedy="restore a copy of the ledger") from error


def article_id(connection: Connection, key: str) -> int:
    """The row id of an article by its id, or one that it was also given under.

    Raises:
        UsageError: there is no such article.
    """
    from sqlalchemy import select

    found = connection.execute(select(tables.article.c.id).where(tables.article.c.key == key)).scalar()
    if found is None:
        found = connection.execute(select(tables.alias.c.article).where(tables.alias.c.key == key)).scalar()
    if found is None:
        raise UsageError("no such article in the ledger", value=key, remedy="see the ids that musnad find prints")
    return int(found)
