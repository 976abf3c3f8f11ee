"""The first form of the ledger, as it was."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from musnad.keep.fulltext import create

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

metadata = MetaData()
_ID = BigInteger().with_variant(Integer, "sqlite")

blob = Table(
    "blob",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("codec", String(8), nullable=False),
    Column("data", LargeBinary, nullable=False),
)

article = Table(
    "article",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("url", Text, index=True),
)

alias = Table(
    "alias",
    metadata,
    Column("key", Text, primary_key=True),
    Column("article", _ID, ForeignKey("article.id"), nullable=False, index=True),
)

edition = Table(
    "edition",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("article", _ID, ForeignKey("article.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("text", String(64), ForeignKey("blob.hash"), nullable=False, index=True),
    Column("raw", String(64), ForeignKey("blob.hash")),
    Column("title", Text),
    Column("outlet", Text),
    Column("published", String(40), index=True),
    Column("url", Text),
    Column("source", Text),
    Column("added", String(32), nullable=False),
    UniqueConstraint("article", "number"),
    UniqueConstraint("article", "text"),
)

reading = Table(
    "reading",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("edition", _ID, ForeignKey("edition.id"), nullable=False, index=True),
    Column("reader", String(40), nullable=False),
    Column("made", String(32), nullable=False),
    Column("body", String(64), ForeignKey("blob.hash"), nullable=False),
    Column("versions", LargeBinary, nullable=False),
    Column("current", Boolean, nullable=False),
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
    Column("verb", String(20), nullable=False),
    Column("target", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("made", String(32), nullable=False),
    Column("undone", _ID),
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
    Column("reading", _ID, ForeignKey("reading.id"), nullable=False),
)

statement = Table(
    "statement",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("reading", _ID, ForeignKey("reading.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("voice", _ID, ForeignKey("voice.id"), index=True),
    Column("relay", _ID, ForeignKey("voice.id"), index=True),
    Column("form", String(8), nullable=False),
    Column("act", String(12), nullable=False),
    Column("status", String(12)),
    Column("anonymous", Boolean, nullable=False),
    Column("confidence", Float),
    Column("said", String(40)),
    UniqueConstraint("reading", "number"),
)

place = Table(
    "place",
    metadata,
    Column("reading", _ID, ForeignKey("reading.id"), primary_key=True),
    Column("key", Text, primary_key=True),
)
Index("place_key", place.c.key)

copy = Table(
    "copy",
    metadata,
    Column("article", _ID, ForeignKey("article.id"), primary_key=True),
    Column("grouped", Text, primary_key=True),
    Column("relation", String(10), nullable=False),
    Column("origin", Boolean, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("place", Integer, nullable=False),
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
    Column("name", String(20), primary_key=True),
    Column("upto", _ID, nullable=False),
    Column("decisions", _ID, nullable=False),
)


def upgrade() -> None:
    """Make all tables and the full-text index."""
    bind = op.get_bind()
    metadata.create_all(bind)
    create(bind)
