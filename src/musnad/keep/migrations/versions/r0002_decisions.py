"""Decisions that are replayed: rejected statements, voices that are one, and who holds which office."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from musnad.keep import tables
from musnad.keep.blobs import expand
from musnad.keep.bodies import unpack_body
from musnad.keep.pack import holdings_of

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is missing, and take down the offices that the articles kept already name."""
    bind = op.get_bind()
    seen = sa.inspect(bind)
    if "rejected" not in {column["name"] for column in seen.get_columns("statement")}:
        op.add_column("statement", sa.Column("rejected", sa.Boolean(), nullable=False, server_default=sa.false()))
    if "undone" in {column["name"] for column in seen.get_columns("decision")}:
        op.drop_column("decision", "undone")
    for table in (tables.voice_link, tables.holding):
        table.create(bind, checkfirst=True)
    r, b = tables.reading.c, tables.blob.c
    query = sa.select(r.id, b.codec, b.data).join_from(tables.reading, tables.blob, r.body == b.hash)
    for reading, codec, data in bind.execute(query).all():
        found = holdings_of(unpack_body(expand(codec, data)))
        if found:
            bind.execute(
                tables.holding.insert(),
                [{"reading": reading, "office": o, "person": p, "name": n} for o, p, n in found],
            )
