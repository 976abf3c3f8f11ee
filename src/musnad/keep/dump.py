"""A ledger as lines of JSON, and back: what was given, read and decided, never what is made from it.

The first line names the form. Then every record stands in the order in which it was kept, so that a loaded ledger,
dumped again, gives the same bytes, be it a file or a server.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from musnad.errors import BadDump
from musnad.keep import tables
from musnad.keep.blobs import Blob, blob
from musnad.keep.intake import Intake, Kept
from musnad.keep.ledger import body_of, expanded, input_of, whole
from musnad.keep.pack import holdings_of, pack_versions, places_of, row
from musnad.keep.raw import raw_blob
from musnad.keep.replay import apply
from musnad.keep.versions import versions_of

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.engine import Connection

FORM = 1
_BATCH = 256  # readings whose rows are written together
_HEAD = {"kind": "musnad-ledger", "form": FORM}
_FAILED = ("source", "code", "message", "remedy", "added")
_DECISION = ("id", "verb", "target", "value", "by", "made")
_EDITION = ("number", "title", "outlet", "published", "moment", "url", "source", "added")


def dump(connection: Connection) -> Iterator[dict[str, Any]]:
    """The records of a ledger, ``musnad-ledger`` first."""
    from sqlalchemy import select

    yield dict(_HEAD)
    a, e, r = tables.article.c, tables.edition.c, tables.reading.c
    for article in connection.execute(select(tables.article).order_by(a.id)):
        also = connection.execute(select(tables.alias.c.key).where(tables.alias.c.article == article.id))
        yield {"kind": "article", "id": article.key, "url": article.url, "also": sorted(also.scalars())}
        for edition in connection.execute(select(tables.edition).where(e.article == article.id).order_by(e.number)):
            raw = edition.raw and input_of(connection, edition.raw)
            yield {
                "kind": "edition",
                **{name: getattr(edition, name) for name in _EDITION},
                "text": _text(connection, edition.text),
                "raw": base64.b64encode(raw).decode("ascii") if raw else None,
            }
            for made in connection.execute(select(tables.reading).where(r.edition == edition.id).order_by(r.id)):
                yield {
                    "kind": "reading", "reader": made.reader, "made": made.made, "current": bool(made.current),
                    "body": _body(connection, made.body),
                }  # fmt: skip
    yield from _rows(connection, "failed", tables.failed, _FAILED)
    yield from _rows(connection, "decision", tables.decision, _DECISION)


def _rows(connection: Connection, kind: str, table: Table, names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    from sqlalchemy import select

    for found in connection.execute(select(*(table.c[name] for name in names)).order_by(table.c.id)):
        yield {"kind": kind, **dict(zip(names, found, strict=True))}


def _text(connection: Connection, hash: str) -> str:
    found = _blob(connection, hash)
    return expanded(found.codec, found.data, hash)


def _body(connection: Connection, hash: str) -> dict[str, Any]:
    found = _blob(connection, hash)
    return body_of(found.codec, found.data, hash)


def _blob(connection: Connection, hash: str) -> Any:
    from sqlalchemy import select

    b = tables.blob.c
    return connection.execute(select(b.codec, b.data).where(b.hash == hash)).one()


def load(connection: Connection, lines: Iterable[str]) -> Kept:
    """Put the records of a dump into an empty ledger; see ``dump``."""
    from sqlalchemy import select

    if (
        connection.execute(select(tables.article.c.id).limit(1)).first()
        or connection.execute(select(tables.failed.c.id).limit(1)).first()
    ):
        raise BadDump("the ledger is not empty", remedy="load into a new ledger")
    loader = _Loader(connection)
    for number, line in enumerate(lines, 1):
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise ValueError("no object")
            if number == 1:
                _check_head(record)
                loader.lines = 1
            else:
                loader.take(record)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadDump("a line is no record of a dump", value=f"line {number}: {error!r}"[:80]) from error
    loader.finish()
    apply(connection)
    if loader.lines == 0:
        raise BadDump("there is no dump", remedy="give what musnad dump wrote")
    return loader.done


def _check_head(record: Mapping[str, Any]) -> None:
    if record.get("kind") != _HEAD["kind"]:
        raise BadDump("the file is no dump", value=record.get("kind"), remedy="give what musnad dump wrote")
    if record.get("form") != FORM:
        raise BadDump("the dump has another form", value=record.get("form"), remedy="use the musnad that wrote it")


class _Loader:
    """Puts records where they belong: each edition after its article, each reading after its edition."""

    def __init__(self, connection: Connection) -> None:
        self.intake = Intake(connection)
        self.done = Kept()
        self.lines = 0
        self.article = self.edition = 0
        self.given: Mapping[str, Any] = {}
        self.text = ""
        self.key = ""
        self.waiting = 0

    def take(self, record: Mapping[str, Any]) -> None:
        """Keep one record."""
        self.lines += 1
        {
            "article": self._article, "edition": self._edition, "reading": self._reading,
            "failed": self._failed, "decision": self._decision,
        }[record["kind"]](record)  # fmt: skip

    def _article(self, record: Mapping[str, Any]) -> None:
        self.key = record["id"]
        self.article = self.intake.insert(tables.article, {"key": self.key, "url": record["url"]})
        for key in record["also"]:
            self.intake.insert(tables.alias, {"key": key, "article": self.article})
        self.done.new += 1

    def _edition(self, record: Mapping[str, Any]) -> None:
        self.given, self.text = record, record["text"]
        text = blob(self.text.encode("utf-8", "surrogatepass"))
        raw = raw_blob(base64.b64decode(record["raw"]), self.text, text) if record["raw"] else None
        self.intake.keep_blobs([text, raw] if raw else [text])
        given = {name: record.get(name) for name in _EDITION} | {"article": self.article, "text": text.hash}
        self.edition = self.intake.insert(tables.edition, given | {"raw": raw and raw.hash})
        self.done.editions += record["number"] > 1

    def _reading(self, record: Mapping[str, Any]) -> None:
        body = json.dumps(record["body"], ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        plain = whole(record["body"], self.key, self.text)
        found = versions_of(plain)
        given = {
            "edition": self.edition, "reader": record["reader"], "made": record["made"],
            "current": record["current"], "body": self._blob(body), "versions": pack_versions(found),
        }  # fmt: skip
        reading = self.intake.insert(tables.reading, given)
        rows = tuple(row(v) for v in found)
        self.intake.expect_voices(rows)
        self.intake.rows(reading, rows, places_of(plain), holdings_of(plain))
        self.waiting += 1
        if self.waiting == _BATCH:
            self.finish()

    def finish(self) -> None:
        """Write what waits."""
        self.intake.flush()
        self.waiting = 0

    def _failed(self, record: Mapping[str, Any]) -> None:
        self.intake.insert(tables.failed, {name: record[name] for name in _FAILED})
        self.done.failed += 1

    def _decision(self, record: Mapping[str, Any]) -> None:
        self.intake.insert(tables.decision, {name: record[name] for name in _DECISION})

    def _blob(self, content: bytes) -> str:
        made: Blob = blob(content)
        self.intake.keep_blobs([made])
        return made.hash
