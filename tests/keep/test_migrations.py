"""A ledger of an older form is brought to the newest one, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from musnad.keep import tables
from musnad.ledger import Ledger
from musnad.types import Article

_CASES = Path(__file__).parents[1] / "cases" / "keep_family.jsonl"
_FAMILY = [json.loads(line) for line in _CASES.read_text(encoding="utf-8").splitlines()]
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
        ledger.add(articles=[Article(**case) for case in _FAMILY], jobs=1)
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
