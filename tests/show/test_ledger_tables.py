"""Flat tables: the same columns and values in CSV and in Parquet."""

from __future__ import annotations

import csv
import io
import sys
from typing import Any

import pytest

from musnad.errors import MissingExtra, UsageError
from musnad.show import tables
from musnad.show.tables import as_csv, table_of, write_parquet

VERSION = {"article": "a", "outlet": "O", "published": None, "form": "direct", "act": "say", "words": "=1+1",
           "chain": [{"role": "outlet", "name": None}, {"role": "speaker", "name": "N"}]}  # fmt: skip
SAYING = {
    "id": "a#s1", "voice": {"id": "person/n", "name": "N"}, "independent": {"at_least": 1, "at_most": 2},
    "versions": [VERSION | {"statement": "a#s1"}, VERSION | {"statement": "b#s1", "words": "x\ud800\ny"}],
    "differences": [{"from": "a#s1", "to": "b#s1", "classes": ["cut", "number"]}], "similarity": 0.5,
}  # fmt: skip
RECORDS: dict[str, list[dict[str, Any]]] = {
    "saying": [SAYING],
    "answers": [{"sayings": [SAYING, SAYING]}],
    "copies": [{"group": "g", "origin_reasons": ["earliest"], "articles": [
        {"id": "a", "outlet": None, "published": "2026", "relation": "verbatim", "origin": True}]}],
    "alarm": [{"kind": "number", "saying": None, "articles": ["a", "b"], "text": "t"}],
    "failed": [{"source": "s", "code": "c", "message": "m", "remedy": "r", "added": "d"}],
    "decision": [{"id": 1, "verb": "correct", "of": "statement", "targets": ["a#s1"], "set": {"act": "deny", "x": None},
                  "note": None, "by": "me", "made": "d", "undone_by": None, "applies": True}],
    "voice": [{"id": "person/n", "name": "N", "names": ["N", "M"], "statements": 3,
               "merged": [{"voice": "person/m", "rule": "decision"}]}],
    "editions": [{"id": "a", "editions": [{"number": 1, "added": "d", "outlet": None, "published": None, "title": "T",
                                           "url": None, "text": "x"}]}],
    "facts": [{"articles": 3, "readers": {"musnad": 3}}],
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_csv_and_parquet_hold_the_same(name: str) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table, records = table_of(name), RECORDS[name]
    header, *rows = csv.reader(io.StringIO("".join(as_csv(records, table))))
    out = io.BytesIO()
    write_parquet(records, table, out)
    kept = parquet.read_table(out)
    assert kept.schema.names == header == [column for column, _ in table.columns]
    assert kept.num_rows == len(rows) > 0
    for row, same in zip(rows, kept.to_pylist(), strict=True):
        for cell, value in zip(row, same.values(), strict=True):
            flat = tables._cell(value).encode("utf-8", "replace").decode("utf-8")
            assert cell.encode("utf-8", "replace").decode("utf-8") == flat


def test_parquet_has_types_and_an_empty_list_has_columns() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    for records in ([SAYING], []):
        out = io.BytesIO()
        write_parquet(records, table_of("saying"), out)
        kinds = {field.name: str(field.type) for field in parquet.read_table(out).schema}
        assert (kinds["at_least"], kinds["similarity"], kinds["words"]) == ("int64", "double", "string")
        assert kinds["differences"].startswith("list<")
    assert "".join(as_csv([], table_of("copies"))).startswith("group,article,")


def test_many_rows_are_written_in_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr(tables, "_GROUP", 10)
    out = io.BytesIO()
    write_parquet((SAYING for _ in range(13)), table_of("saying"), out)
    assert parquet.ParquetFile(out).num_row_groups == 3
    assert parquet.read_table(out).num_rows == 26


def test_sheets_run_nothing() -> None:
    rows = list(csv.DictReader(io.StringIO("".join(as_csv([SAYING], table_of("saying"))))))
    assert rows[0]["words"] == "'=1+1" and rows[1]["differences"] == "cut; number"


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra) as told:
        write_parquet([SAYING], table_of("saying"), io.BytesIO())
    assert told.value.code == "missing-extra" and "musnad[parquet]" in told.value.remedy


def test_what_is_no_list_is_refused() -> None:
    with pytest.raises(UsageError):
        table_of("nothing")
