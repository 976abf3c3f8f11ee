"""Inputs beside their texts, hours of publication, headlines that change alone; hashes and lists take less room.

Nothing that was kept is changed: hashes of 64 digits become the same 32 bytes.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import CreateIndex, CreateTable

from musnad.keep import tables

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_HASHES = {"blob": ("hash",), "edition": ("text", "raw"), "reading": ("body",)}
_REBUILT = ("blob", "edition", "reading", "alias", "voice_name", "place", "copy", "holding")


def upgrade() -> None:
    """Bring a ledger of the second form to the third."""
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        _in_a_file(bind)
    else:
        _on_a_server()


def _in_a_file(bind: sa.Connection) -> None:
    """SQLite changes no column: each table is written anew."""
    plain = bind.connection.dbapi_connection
    plain.create_function("unhex_", 1, lambda digits: None if digits is None else bytes.fromhex(digits))  # type: ignore[union-attr]
    for name in _REBUILT:
        table = tables.metadata.tables[name]
        old = [column["name"] for column in sa.inspect(bind).get_columns(name)]
        both = [column.name for column in table.columns if column.name in old]
        made = str(CreateTable(table).compile(dialect=bind.dialect))
        bind.exec_driver_sql(made.replace(f"CREATE TABLE {name} ", f"CREATE TABLE new_{name} ", 1))
        given = ", ".join(f"unhex_({c})" if c in _HASHES.get(name, ()) else c for c in both)
        bind.exec_driver_sql(f"INSERT INTO new_{name} ({', '.join(both)}) SELECT {given} FROM {name}")
        bind.exec_driver_sql(f"DROP TABLE {name}")
        bind.exec_driver_sql(f"ALTER TABLE new_{name} RENAME TO {name}")
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            bind.execute(CreateIndex(index))


def _on_a_server() -> None:
    links = [(name, column) for name, columns in _HASHES.items() for column in columns if name != "blob"]
    for name, column in links:
        op.drop_constraint(f"{name}_{column}_fkey", name)
    for name, columns in _HASHES.items():
        for column in columns:
            op.alter_column(name, column, type_=sa.LargeBinary(), postgresql_using=f"decode({column}, 'hex')")
    for name, column in links:
        op.create_foreign_key(f"{name}_{column}_fkey", name, "blob", [column], ["hash"])
    op.add_column("blob", sa.Column("base", sa.LargeBinary()))
    op.add_column("edition", sa.Column("moment", sa.String(40)))
    op.drop_constraint("edition_article_text_key", "edition")
