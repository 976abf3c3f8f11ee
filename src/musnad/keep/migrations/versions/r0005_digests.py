"""Statements in columns by twelve days, in place of one row for each telling word."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from musnad.keep import tables

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; statements are joined anew, and copies with them."""
    bind = op.get_bind()
    for table in (tables.digest, tables.run):
        table.create(bind, checkfirst=True)
    if sa.inspect(bind).has_table("probe"):
        op.drop_table("probe")
    for made in (tables.copy, tables.saying, tables.sketch, tables.shingle, tables.near, tables.link):
        bind.execute(made.delete())
    bind.execute(tables.derived.delete().where(tables.derived.c.name == "groups"))
