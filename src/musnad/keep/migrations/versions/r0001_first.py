"""The first form of the ledger."""

from __future__ import annotations

from alembic import op

from musnad.keep.fulltext import create
from musnad.keep.tables import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables and the full-text index."""
    bind = op.get_bind()
    metadata.create_all(bind)
    create(bind)
