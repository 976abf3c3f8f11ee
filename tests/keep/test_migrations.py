"""Ledgers of older forms are brought to today's, with all that they hold, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from conftest import stories
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import Connection, Engine

from musnad.keep import store
from musnad.keep.blobs import expand
from musnad.keep.migrations.versions import r0001_first as first
from musnad.keep.pack import Packed, pack, pack_versions
from musnad.keep.tables import REVISION, metadata
from musnad.keep.versions import versions_of
from musnad.ledger import Ledger
from musnad.pipeline import read_article
from musnad.types import Article

Place = Callable[[], str]


def engine_of(where: str) -> Engine:
    server = where.startswith("postgresql:")
    return create_engine(where.replace("postgresql:", "postgresql+pg8000:") if server else f"sqlite:///{where}")


def packed(n: int) -> Packed:
    story = stories("keep_stories")[n]
    article = Article(text=story["text"], id=story["id"], outlet=story["outlet"], published=story["published"])
    return pack(article, read_article(article))


def keep(connection: Connection, n: int, item: Packed) -> None:
    """Put an article into tables of the first form."""
    blobs = {b.hash: b for b in (item.text, item.body)}
    connection.execute(first.blob.insert(), [{"hash": h, "codec": b.codec, "data": b.data} for h, b in blobs.items()])
    connection.execute(first.article.insert(), {"id": n, "key": item.article.id})
    connection.execute(
        first.edition.insert(),
        {"id": n, "article": n, "number": 1, "text": item.text.hash, "outlet": item.article.outlet,
         "published": item.article.published, "added": "2026-01-01T00:00:00Z"},
    )  # fmt: skip
    connection.execute(
        first.reading.insert(),
        {"id": n, "edition": n, "reader": item.reader, "made": "2026-01-01T00:00:00Z", "body": item.body.hash,
         "versions": item.versions, "current": True},
    )  # fmt: skip
    connection.execute(first.alias.insert(), {"key": f"also-{n}", "article": n})


def test_a_ledger_of_the_first_form_is_brought_up_to_date(place: Place) -> None:
    where = place()
    items = [packed(0), packed(1)]
    engine = engine_of(where)
    with engine.begin() as connection:
        settings = Config()
        settings.set_main_option("script_location", str(Path(store.__file__).parent / "migrations"))
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0001")
        for n, item in enumerate(items, 1):
            keep(connection, n, item)
    engine.dispose()
    with Ledger(where) as ledger:
        assert [t.text.encode() for t in ledger.texts()] == [expand(i.text.codec, i.text.data) for i in items]
        assert [pack_versions(versions_of(r)) for r in ledger.readings()] == [item.versions for item in items]
        assert ledger.article("also-2")["id"] == items[1].article.id
        assert ledger.verify() == []
        story = stories("keep_stories")[0]
        known = Article(text=story["text"], id=story["id"], outlet=story["outlet"])
        assert ledger.add(articles=[known], jobs=1).known == 1


def test_migrations_make_the_tables_that_the_code_knows(place: Place) -> None:
    where = place()
    Ledger(where, create=True).close()
    engine = engine_of(where)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [
            change
            for change in compare_metadata(context, metadata)
            if not any(what in str(change) for what in ("fulltext", "modify_comment"))
        ]
        assert found == []
        assert context.get_current_revision() == REVISION
        if not where.startswith("postgresql:"):
            made = dict(connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").all())
            assert {n for n, sql in made.items() if "WITHOUT ROWID" in sql} >= {"place", "voice_name"}
        assert "blob" in inspect(connection).get_table_names()
    engine.dispose()


@pytest.mark.parametrize("revision", ["9999", f"{REVISION}x"])
def test_a_newer_form_is_told(place: Place, revision: str) -> None:
    where = place()
    Ledger(where, create=True).close()
    engine = engine_of(where)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")
    engine.dispose()
    with pytest.raises(store.LedgerNewer, match=revision):
        Ledger(where, create=True)
