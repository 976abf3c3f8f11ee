"""Lists of the ledger as flat tables, for sheets and data frames: CSV, and Parquet with the extra ``parquet``.

Every list has fixed columns, so that files of several runs fit together. A saying gives one row for each version, a
copy group one for each article. Lists within a cell stand in CSV with ``; `` between, in Parquet as lists.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any, Literal

from musnad.errors import MissingExtra, UsageError
from musnad.show.formats import dumps

Kind = Literal["text", "int", "float", "bool", "texts"]
Record = Mapping[str, Any]
_GROUP = 8_192  # rows of a row group in Parquet
_BETWEEN = "; "
_ARROW = " ← "


@dataclass(frozen=True, slots=True)
class Table:
    """A flat table.

    Attributes:
        columns: names and kinds.
        rows: the rows of one record, each with a value for each column.
    """

    columns: tuple[tuple[str, Kind], ...]
    rows: Callable[[Record], Iterator[Sequence[Any]]]


def as_csv(found: Iterable[Record], table: Table) -> Iterator[str]:
    """The table with a header, lines ended as RFC 4180 has it; a leading sign that sheets run is kept from them."""
    yield _line([name for name, _ in table.columns])
    for record in found:
        for row in table.rows(record):
            yield _line([_cell(value) for value in row])


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = _BETWEEN.join(value) if isinstance(value, (list, tuple)) else str(value)
    return "'" + text if not isinstance(value, (int, float)) and text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def write_parquet(found: Iterable[Record], table: Table, out: IO[bytes]) -> None:
    """Write the table to ``out`` in Parquet.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtra("pyarrow is not installed", remedy="pip install 'musnad[parquet]'") from error
    text = pyarrow.string()
    kinds = {
        "text": text, "int": pyarrow.int64(), "float": pyarrow.float64(), "bool": pyarrow.bool_(),
        "texts": pyarrow.list_(text),
    }  # fmt: skip
    schema = pyarrow.schema([(name, kinds[kind]) for name, kind in table.columns])
    rows = (row for record in found for row in table.rows(record))
    with pyarrow.parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while part := list(islice(rows, _GROUP)):
            columns = zip(schema, zip(*part, strict=True), strict=True)
            arrays = [pyarrow.array([_plain(value) for value in values], field.type) for field, values in columns]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))


def _plain(value: Any) -> Any:
    """``value`` without lone surrogates, which UTF-8 cannot carry."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def table_of(name: str) -> Table:
    """The table of a list: by the name of its view (``show.ledger``).

    Raises:
        UsageError: it is no list.
    """
    found = _TABLES.get(name)
    if found is None:
        raise UsageError("this is no list", value=name, remedy="choose text or json")
    return found


def _statement(row: Record) -> Iterator[Sequence[Any]]:
    voice = row["voice"]
    relays = [link["name"] for link in row["chain"] if link["role"] == "relay" and link["name"]]
    decided = [f"{d['id']} {d['verb']} {d['by']}" for d in row["decided"]]
    yield (
        row["id"], row["article"], row["outlet"], row["published"], row.get("published_at"), row["title"],
        voice["name"], voice["id"], voice["key"], row["act"], row["form"], row["stance"], row["status"],
        row["anonymous"], row["said"], row["confidence"], row["words"], relays, _chain(row["chain"]),
        list(row["labels"]), decided,
    )  # fmt: skip


def _chain(chain: Iterable[Record]) -> str:
    """A chain on one line, from the article to the speaker."""
    return _ARROW.join(link["name"] or link["role"] for link in chain)


def _saying(row: Record) -> Iterator[Sequence[Any]]:
    counted = row["independent"]
    later: dict[str, list[str]] = {}
    for difference in row["differences"]:
        if difference["from"] == row["versions"][0]["statement"]:
            later[difference["to"]] = list(difference["classes"])
    for version in row["versions"]:
        yield (
            row["id"], row["voice"]["name"], row["voice"]["id"], row.get("similarity"), counted["at_least"],
            counted["at_most"], version["statement"], version["article"], version["outlet"], version["published"],
            version.get("published_at"),
            version["form"], version["act"], version["words"], later.get(version["statement"], []),
            _chain(version["chain"]),
        )  # fmt: skip


def _answers(row: Record) -> Iterator[Sequence[Any]]:
    for saying in row["sayings"]:
        yield from _saying(saying)


def _copies(row: Record) -> Iterator[Sequence[Any]]:
    for a in row["articles"]:
        yield (
            row["group"], a["id"], a["outlet"], a["published"], a.get("published_at"), a["relation"], a["origin"],
            row["origin_reasons"],
        )  # fmt: skip


def _decision(row: Record) -> Iterator[Sequence[Any]]:
    values = [
        f"{name}={value if isinstance(value, str) else dumps(value)}" for name, value in (row["set"] or {}).items()
    ]
    yield (
        row["id"], row["verb"], row["of"], row["targets"], values, row["note"], row["by"], row["made"],
        row["undone_by"], row["applies"],
    )  # fmt: skip


def _voice(row: Record) -> Iterator[Sequence[Any]]:
    merged = [f"{one['voice']} ({one['rule']})" for one in row["merged"]]
    yield (row["id"], row["name"], row["names"], row["statements"], merged)


def _editions(row: Record) -> Iterator[Sequence[Any]]:
    for e in row["editions"]:
        yield (
            row["id"], e["number"], e["added"], e["outlet"], e["published"], e.get("published_at"), e["title"],
            e["url"], e["text"],
        )  # fmt: skip


def _edited(row: Record) -> Iterator[Sequence[Any]]:
    for c in row["changes"]:
        title, words, told = c["title"] or {"was": None, "is": None}, c["words"], c["statements"]
        yield (
            row["id"], c["number"], c["added"], row["outlet"], row["published"], row["url"], title["was"], title["is"],
            words["cut"], words["added"], told["cut"], told["added"],
        )  # fmt: skip


def _facts(row: Record) -> Iterator[Sequence[Any]]:
    for name, value in row.items():
        yield (name, value if isinstance(value, str) else dumps(value))


def _plainly(*columns: tuple[str, Kind]) -> Table:
    """The table of flat records."""

    def rows(record: Record) -> Iterator[Sequence[Any]]:
        yield tuple(record.get(name) for name, _ in columns)

    return Table(columns, rows)


def _columns(told: str) -> tuple[tuple[str, Kind], ...]:
    """Columns as ``name`` or ``name:kind`` with spaces between."""
    found = []
    for one in told.split():
        name, _, kind = one.partition(":")
        found.append((name, kind or "text"))
    return tuple(found)  # type: ignore[arg-type]


_SAYING = _columns(
    "saying speaker voice similarity:float at_least:int at_most:int statement article outlet published "
    "published_at form act words differences:texts chain"
)
_TABLES: Mapping[str, Table] = {
    "statement": Table(
        _columns(
            "id article outlet published published_at title speaker voice voice_key act form stance status "
            "anonymous:bool said confidence:float words relays:texts chain labels:texts decisions:texts"
        ),
        _statement,
    ),
    "saying": Table(_SAYING, _saying),
    "answers": Table(_SAYING, _answers),
    "copies": Table(
        _columns("group article outlet published published_at relation origin:bool reasons:texts"), _copies
    ),
    "alarm": _plainly(*_columns("kind saying articles:texts text")),
    "failed": _plainly(*_columns("source code message remedy added")),
    "decision": Table(
        _columns("id:int verb of targets:texts set:texts note by made undone_by:int applies:bool"), _decision
    ),
    "voice": Table(_columns("id name names:texts statements:int merged:texts"), _voice),
    "editions": Table(_columns("article number:int added outlet published published_at title url text"), _editions),
    "edited": Table(
        _columns(
            "article number:int added outlet published url title_was title_is words_cut:int words_added:int "
            "statements_cut:texts statements_added:texts"
        ),
        _edited,
    ),
    "facts": Table(_columns("name value"), _facts),
}
_TABLES = {**_TABLES, "chain": _TABLES["statement"], "versions": _TABLES["saying"]}
