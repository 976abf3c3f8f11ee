"""What the verbs of the ledger print: tables as JSON, JSON lines or CSV, and a short text for people."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from musnad.show.bidi import Line, Segment, draw, first_strong_rtl, wrap
from musnad.show.formats import dumps
from musnad.show.text import Look
from musnad.show.view import printable

FORMATS = ("text", "json", "jsonl", "csv")
Table = Iterable[Mapping[str, Any]]
_INDENT = 4


def as_parts(found: Table, kind: str, text: Callable[[Mapping[str, Any]], Iterator[str]]) -> Iterator[str]:
    """Rows in one of ``FORMATS``; ``text`` draws one row for people."""
    if kind == "jsonl":
        yield from (dumps(row) + "\n" for row in found)
    elif kind == "json":
        yield dumps(list(found), indent=2) + "\n"
    elif kind == "csv":
        yield from _csv(found)
    else:
        for row in found:
            yield from text(row)


def one(row: Mapping[str, Any]) -> str:
    """One record as JSON."""
    return dumps(row, indent=2) + "\n"


def _csv(found: Table) -> Iterator[str]:
    """Rows with a header; lists and objects within them as JSON. A leading sign that sheets run is kept from them."""
    names: list[str] = []
    for row in found:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        if not names:
            names = list(row)
            writer.writerow(names)
        writer.writerow([_cell(row.get(name)) for name in names])
        yield out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else dumps(value)
    return "'" + text if isinstance(value, str) and text[:1] in ("=", "+", "-", "@") else text


def statement(row: Mapping[str, Any], look: Look) -> Iterator[str]:
    """One statement: who, how, where and when; its words; its chain."""
    head = [row["voice"]["name"] or look.say("view.nobody"), look.say(f"act.{row['act']}")]
    head += [look.say(f"status.{row['status']}")] if row["status"] else []
    yield from _lines([" · ".join(head)], look, style="speaker")
    folded = "call to violence" in row["labels"] and not look.unfold
    words = f"[{look.say('view.folded').format(n=len(row['words'].split()))}]" if folded else row["words"]
    yield from _lines([words], look, indent=_INDENT)
    yield from _lines([_where(row), row["id"]], look, indent=_INDENT, style="dim")
    yield "\n"


def chain(row: Mapping[str, Any], look: Look) -> Iterator[str]:
    """One statement with its chain as a tree, from the article to the speaker."""
    yield from statement(row, look)
    for depth, link in enumerate(row["chain"]):
        name = link["name"] or (look.say("view.this-article") if link["role"] == "outlet" else look.say("view.nobody"))
        yield from _lines([f"{'└ ' if depth else ''}{link['role']}: {name}"], look, indent=2 * depth, wrapped=False)


def facts(row: Mapping[str, Any], look: Look) -> Iterator[str]:
    """Any flat record: its fields, one a line."""
    for name, value in row.items():
        shown = value if isinstance(value, str) else dumps(value)
        yield from _lines([f"{name:<20} {shown}"], look, wrapped=False)


def failed(row: Mapping[str, Any], look: Look) -> Iterator[str]:
    """One input that could not be read, and why."""
    yield from _lines([f"{row['code']}: {row['message']}: {row['source']}"], look, wrapped=False)


def _where(row: Mapping[str, Any]) -> str:
    return " · ".join(filter(None, (row.get("outlet"), row.get("published"))))


def _lines(
    parts: Iterable[str], look: Look, *, indent: int = 0, style: str = "", wrapped: bool = True
) -> Iterator[str]:
    for part in parts:
        safe = printable(part)
        rtl = first_strong_rtl(safe) if wrapped else False
        for row in wrap(safe, max(20, look.columns - indent)) if wrapped and safe else (safe,):
            line = Line((Segment(row, style),), rtl, indent)
            yield draw(line, order=look.order, columns=look.columns, colour=look.colour) + "\n"
