"""How Alembic runs the migrations of a ledger: over the connection that ``keep.store`` opened, in its transaction."""

from __future__ import annotations

from alembic import context

from musnad.keep.tables import metadata


def run() -> None:
    """Bring the ledger behind the given connection to the revision asked for."""
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=metadata, transactional_ddl=False)
    context.run_migrations()


run()
