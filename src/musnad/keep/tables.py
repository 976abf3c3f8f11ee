"""The tables of the ledger, the same in an embedded file and on a server.

What was given and what was read is only ever added (``article``, ``edition``, ``reading``, ``blob``, ``failed``,
``decision``). Everything else is made from it and can be made anew. ``migrations/`` brings older ledgers to this form.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)

REVISION = "0005"
"""The newest migration that this version of musnad knows."""

metadata = MetaData()
_ID = BigInteger().with_variant(Integer, "sqlite")


class Digest(TypeDecorator[str]):
    """A SHA-256: 32 bytes in the database, 64 hexadecimal digits outside."""

    impl = LargeBinary(32)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Digits → bytes."""
        return None if value is None else bytes.fromhex(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Bytes → digits."""
        return None if value is None else bytes(value).hex()


blob = Table(
    "blob",
    metadata,
    Column("hash", Digest, primary_key=True, comment="SHA-256 of the content before it was compressed"),
    Column("codec", String(8), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("base", Digest, comment="of an input: the text beside which it is kept"),
)

article = Table(
    "article",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("key", Text, nullable=False, unique=True, comment="as the input gave it, else a hash of the text"),
    Column("url", Text, index=True),
)

alias = Table(
    "alias",
    metadata,
    Column("key", Text, primary_key=True, comment="another id under which an input gave the same article"),
    Column("article", _ID, ForeignKey("article.id"), nullable=False, index=True),
    sqlite_with_rowid=False,
)

edition = Table(
    "edition",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("article", _ID, ForeignKey("article.id"), nullable=False),
    Column("number", Integer, nullable=False, comment="1, 2 ...: the text as it was served at that time"),
    Column("text", Digest, ForeignKey("blob.hash"), nullable=False, index=True),
    Column("raw", Digest, ForeignKey("blob.hash"), comment="the bytes that the text was taken from"),
    Column("title", Text),
    Column("outlet", Text),
    Column("published", String(40), index=True, comment="the day"),
    Column("moment", String(40), comment="day and hour, where the input gave it"),
    Column("url", Text),
    Column("source", Text, comment="path or name of the input"),
    Column("added", String(32), nullable=False),
    UniqueConstraint("article", "number"),
)

reading = Table(
    "reading",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("edition", _ID, ForeignKey("edition.id"), nullable=False, index=True),
    Column("reader", String(40), nullable=False, comment="name and version"),
    Column("made", String(32), nullable=False),
    Column("body", Digest, ForeignKey("blob.hash"), nullable=False, comment="the reading without its text"),
    Column("versions", LargeBinary, nullable=False, comment="its statements as they are compared; made from it"),
    Column("current", Boolean, nullable=False, comment="of the newest edition, by the newest reader"),
    UniqueConstraint("edition", "reader"),
)

failed = Table(
    "failed",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("source", Text, nullable=False),
    Column("code", String(40), nullable=False),
    Column("message", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("added", String(32), nullable=False),
    UniqueConstraint("source", "code"),
)

decision = Table(
    "decision",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("verb", String(20), nullable=False, comment="accept, correct, merge, split, undo"),
    Column("target", Text, nullable=False, comment="id of a statement, key of a voice, or number of a decision"),
    Column("value", Text, nullable=False, comment="JSON"),
    Column("by", Text, nullable=False),
    Column("made", String(32), nullable=False),
)

voice = Table(
    "voice",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
)

voice_name = Table(
    "voice_name",
    metadata,
    Column("voice", _ID, ForeignKey("voice.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("folded", Text, nullable=False, index=True),
    Column("reading", _ID, ForeignKey("reading.id"), nullable=False, comment="where it was first seen"),
    sqlite_with_rowid=False,
)

voice_link = Table(
    "voice_link",
    metadata,
    Column("voice", _ID, ForeignKey("voice.id"), primary_key=True),
    Column("reading", _ID, primary_key=True, comment="where it means ``root``; 0 for everywhere"),
    Column("root", _ID, ForeignKey("voice.id"), nullable=False, index=True, comment="the voice that it is one with"),
    Column("rule", String(12), nullable=False, comment="decision, holder, office, part, spelling, sound"),
    Column("evidence", Text, nullable=False, comment="JSON: what it rests on"),
)

holding = Table(
    "holding",
    metadata,
    Column("reading", _ID, ForeignKey("reading.id"), primary_key=True),
    Column("office", Text, primary_key=True, comment="key of the office that the article says the person holds"),
    Column("person", Text, primary_key=True, comment="key of the person"),
    Column("name", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("holding_office", holding.c.office)

statement = Table(
    "statement",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("reading", _ID, ForeignKey("reading.id"), nullable=False),
    Column("number", Integer, nullable=False, comment="of the statement in its reading: 3 is s3"),
    Column("voice", _ID, ForeignKey("voice.id"), index=True),
    Column("relay", _ID, ForeignKey("voice.id"), index=True, comment="the first relay of the chain"),
    Column("form", String(8), nullable=False),
    Column("act", String(12), nullable=False),
    Column("status", String(12)),
    Column("anonymous", Boolean, nullable=False),
    Column("confidence", Float),
    Column("said", String(40), comment="TIMEX3"),
    Column("rejected", Boolean, nullable=False, server_default=false(), comment="somebody decided that it is none"),
    UniqueConstraint("reading", "number"),
)

place = Table(
    "place",
    metadata,
    Column("reading", _ID, ForeignKey("reading.id"), primary_key=True),
    Column("key", Text, primary_key=True, comment="country code, number at GeoNames, or folded name"),
    sqlite_with_rowid=False,
)
Index("place_key", place.c.key)

copy = Table(
    "copy",
    metadata,
    Column("article", _ID, ForeignKey("article.id"), primary_key=True),
    Column("grouped", Text, primary_key=True, comment="id of the group"),
    Column("relation", String(10), nullable=False),
    Column("origin", Boolean, nullable=False),
    Column("reasons", Text, nullable=False, comment="of the group, JSON; at its first member"),
    Column("place", Integer, nullable=False, comment="where it stands among all"),
    sqlite_with_rowid=False,
)

saying = Table(
    "saying",
    metadata,
    Column("statement", _ID, ForeignKey("statement.id"), primary_key=True),
    Column("saying", Text, nullable=False, index=True),
)

derived = Table(
    "derived",
    metadata,
    Column("name", String(20), primary_key=True, comment="what was made from the readings: copies, sayings"),
    Column("upto", _ID, nullable=False, comment="the last reading it was made from"),
    Column("decisions", _ID, nullable=False, comment="the last decision that it follows"),
)

sketch = Table(
    "sketch",
    metadata,
    Column("article", _ID, ForeignKey("article.id"), primary_key=True),
    Column("edition", _ID, nullable=False, comment="whose text stands in shingle"),
    Column("reading", _ID, nullable=False, comment="whose statements stand in digest"),
    Column("words", Integer, nullable=False),
    Column("sampled", Integer, nullable=False, comment="shingles in the sample of the text"),
    Column("outlet", Text),
)

shingle = Table(
    "shingle",
    metadata,
    Column("code", BigInteger, primary_key=True, autoincrement=False),
    Column("article", _ID, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

near = Table(
    "near",
    metadata,
    Column("a", _ID, primary_key=True, autoincrement=False, comment="article, the smaller number"),
    Column("b", _ID, primary_key=True, autoincrement=False, index=True),
    Column("value", Float, nullable=False, comment="containment of the shorter text"),
    sqlite_with_rowid=False,
)

digest = Table(
    "digest",
    metadata,
    Column("article", _ID, ForeignKey("article.id"), primary_key=True),
    Column("bucket", Integer, nullable=False, index=True, comment="the twelve days of its publication"),
    Column("data", LargeBinary, nullable=False, comment="its statements in columns"),
    Column("speakers", Text, nullable=False, comment="JSON, one a line"),
)

run = Table(
    "run",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False, comment="of a run of words of a quotation"),
    Column("statement", _ID, primary_key=True, autoincrement=False),
    Column("article", _ID, nullable=False),
    sqlite_with_rowid=False,
)

link = Table(
    "link",
    metadata,
    Column("a", _ID, primary_key=True, autoincrement=False, comment="statement, the smaller number"),
    Column("b", _ID, primary_key=True, autoincrement=False, index=True),
    Column("score", Float, nullable=False, comment="log-odds"),
    sqlite_with_rowid=False,
)
