"""Groups that grow: what copies and sayings are found by, and the likenesses that were found."""

from __future__ import annotations

from alembic import op

from musnad.keep import tables

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; groups that were made of all articles at once are made anew."""
    bind = op.get_bind()
    for table in (tables.sketch, tables.shingle, tables.near, tables.link):
        table.create(bind, checkfirst=True)
    for made in (tables.copy, tables.saying):
        bind.execute(made.delete())
    bind.execute(tables.derived.delete().where(tables.derived.c.name.in_(("copies", "sayings"))))
