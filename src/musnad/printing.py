"""How the verbs of the ledger print what they found: in which format, and where."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from musnad.errors import UsageError
from musnad.streams import output

FORMATS = ("text", "json", "jsonl", "csv", "parquet")
_ENDINGS = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet"}


def format_of(args: argparse.Namespace) -> str:
    """The format asked for, by name or by the ending of the output."""
    return str(args.format or _ENDINGS.get(Path(args.output or "").suffix.lower(), "text"))


def show(args: argparse.Namespace, found: Any, draw: str) -> int:
    """Print rows, or one record, in the format asked for; 0 where there are any, else 1."""
    from musnad.cli import look_of, write
    from musnad.show import ledger as views

    kind = format_of(args)
    some = False

    def rows() -> Iterator[Mapping[str, Any]]:
        nonlocal some
        for row in found:
            some = True
            yield row

    with output(args.output) as out:
        look = look_of(args, out)
        render = getattr(views, draw)
        if kind in ("csv", "parquet"):
            _tabulate([found] if isinstance(found, Mapping) else rows(), draw, kind, out)
            return 0 if some or isinstance(found, Mapping) else 1
        if isinstance(found, Mapping):
            some = True
            parts = (
                iter([views.one(found)]) if kind == "json" else views.as_parts([found], kind, lambda r: render(r, look))
            )
        else:
            parts = views.as_parts(rows(), kind, lambda r: render(r, look))
        write(out, parts, tty=kind == "text" and out.isatty())
    return 0 if some else 1


def _tabulate(found: Iterable[Mapping[str, Any]], draw: str, kind: str, out: IO[str]) -> None:
    """Write records as a flat table: CSV or Parquet."""
    from musnad.show.tables import as_csv, table_of, write_parquet

    table = table_of(draw)
    if kind == "csv":
        for line in as_csv(found, table):
            out.write(line)
    elif out.isatty():
        raise UsageError("Parquet is not made for screens", remedy="name a file with -o FILE.parquet")
    else:
        write_parquet(found, table, out.buffer)  # type: ignore[attr-defined]
