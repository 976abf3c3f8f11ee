"""A ledger of an older form is brought to the newest one, on both databases."""

from __future__ import annotations

from collections.abc import Callable

from conftest import stories
from sqlalchemy import select

from musnad.keep import tables
from musnad.ledger import Ledger
from musnad.types import Article

_BACK = (
    "DROP TABLE voice_link",
    "DROP TABLE holding",
    "ALTER TABLE statement DROP COLUMN rejected",
    "ALTER TABLE decision ADD COLUMN undone BIGINT",
    "UPDATE alembic_version SET version_num = '0001'",
)


def test_the_first_form_is_brought_up_to_date(place: Callable[[], str]) -> None:
    where = place()
    query = select(tables.holding).order_by(tables.holding.c.reading, tables.holding.c.person)
    with Ledger(where, create=True) as ledger:
        ledger.add(articles=[Article(**case) for case in stories("keep_family")], jobs=1)  # type: ignore[arg-type]
        found = len(ledger.find(""))
        with ledger.store.writing() as connection:
            before = [tuple(row) for row in connection.execute(query)]
            for sql in _BACK:
                connection.exec_driver_sql(sql)
    with Ledger(where) as ledger:
        with ledger.store.reading() as connection:
            assert [tuple(row) for row in connection.execute(query)] == before
        assert len(ledger.find("")) == found > 4
        ledger.decide("correct", ["h1#s1"], values={"statement": "no"}, by="x")
        assert len(ledger.find("")) == found - 1 and ledger.verify() == []
