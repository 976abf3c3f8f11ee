"""What the verbs of the ledger print: tables as JSON, JSON lines or CSV, and a short text for people."""

from __future__ import annotations

import csv
import difflib
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


def voice(row: Mapping[str, Any], look: Look) -> Iterator[str]:
    """One voice: its names, how many statements it has, and what is one with it, with what that rests on."""
    head = [row["name"], f"{look.say('view.statements')}: {row['statements']}"]
    yield from _lines([" · ".join(head)], look, style="speaker")
    names = [name for name in row["names"] if name != row["name"]]
    if names:
        yield from _lines([f"{look.say('view.aliases')}: {' · '.join(names)}"], look, indent=_INDENT)
    yield from _lines([row["id"]], look, indent=_INDENT, style="dim", wrapped=False)
    for one in row["merged"]:
        where = () if one["readings"] is None else (look.say("voices.readings").format(n=one["readings"]),)
        told = (f"= {one['name']}", one["voice"], look.say(f"voices.{one['rule']}"), *where)
        yield from _lines([" · ".join(told)], look, indent=_INDENT, style="good")
        for evidence in one["evidence"]:
            shown = " · ".join(str(value) for value in evidence.values())
            yield from _lines([shown], look, indent=2 * _INDENT, style="dim")
    yield "\n"


def decision(row: Mapping[str, Any], look: Look) -> Iterator[str]:
    """One decision: its number, what was decided on what, by whom and when, and whether it counts."""
    state = "" if row["applies"] else look.say("decide.undone" if row["undone_by"] else "decide.waits")
    told = (str(row["id"]), look.say(f"decide.{row['verb']}"), row["by"], row["made"], state)
    yield from _lines([" · ".join(filter(None, told))], look, style="dim" if state else "bold")
    yield from _lines(row["targets"], look, indent=_INDENT)
    values = row["set"] or {}
    for name, value in values.items() if row["verb"] == "correct" else ():
        yield from _lines([f"{name} = {value if isinstance(value, str) else dumps(value)}"], look, indent=_INDENT)
    if row["note"]:
        yield from _lines([row["note"]], look, indent=_INDENT, style="cue")


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


def saying(row: Mapping[str, Any], look: Look) -> Iterator[str]:
    """One saying: who, how many sources, its versions with what differs from the first, its history and alarms."""
    counted = row["independent"]
    sources = f"{counted['at_least']}" if counted["at_least"] == counted["at_most"] else _interval(counted)
    head = [row["voice"]["name"] or look.say("view.nobody"), f"{look.say('ledger.sources')}: {sources}"]
    head += [f"{row['similarity']:.0%}"] if row.get("similarity") is not None else []
    yield from _lines([" · ".join(head)], look, style="speaker")
    for number, version in enumerate(row["versions"]):
        mark = look.say("ledger.first") if not number else look.say(f"form.{version['form']}")
        yield from _lines([" · ".join(filter(None, (mark, _where(version))))], look, indent=2, style="cue")
        yield from _lines([version["words"]], look, indent=_INDENT)
        for change in version.get("differences", ()):
            told = " → ".join(part or "∅" for part in (change["was"], change["is"]))
            yield from _lines([f"{change['class']}: {told}"], look, indent=_INDENT, style="warn")
        yield from _lines([version["statement"]], look, indent=_INDENT, style="dim")
    for origin in counted.get("origins", ()):
        reasons = f" ({'; '.join(origin['reasons'])})" if origin["reasons"] else ""
        yield from _lines([f"{look.say('ledger.origin')}: {origin['name']}{reasons}"], look, indent=2)
    for check in row.get("verifications", ()):
        facts_ = (look.say(f"status.{check['status']}"), check["by"], check["date"], check["article"])
        yield from _lines([" · ".join(filter(None, facts_))], look, indent=2, style="bad")
    for told in row.get("alarms", ()):
        yield from _lines([f"{told['kind']}: {told['text']}"], look, indent=2, style="warn")
    yield "\n"


def answers(row: Mapping[str, Any], look: Look) -> Iterator[str]:
    """What ``musnad check`` found."""
    if not row["sayings"]:
        yield from _lines([look.say("ledger.not-found")], look)
    for found in row["sayings"]:
        yield from saying(found, look)


def copies(row: Mapping[str, Any], look: Look) -> Iterator[str]:
    """One copy group, the probable origin marked."""
    yield from _lines([" · ".join([row["group"], *row["origin_reasons"]])], look, style="bold", wrapped=False)
    for article in row["articles"]:
        mark = "*" if article["origin"] else " "
        told = [f"{mark} {article['relation']:<9} {article['id']}", _where(article)]
        yield from _lines([" · ".join(filter(None, told))], look, indent=2, wrapped=False)
    yield "\n"


def alarm(row: Mapping[str, Any], look: Look) -> Iterator[str]:
    """One alarm."""
    yield from _lines([f"{row['kind']}: {', '.join(row['articles'])}"], look, style="warn", wrapped=False)
    yield from _lines([row["text"]], look, indent=_INDENT)


def editions(row: Mapping[str, Any], look: Look) -> Iterator[str]:
    """The editions of one article: when each was added, and the lines that were taken out and put in."""
    before: list[str] = []
    for edition in row["editions"]:
        told = (f"{row['id']} · {edition['number']}", edition["added"], edition["outlet"], edition["title"])
        yield from _lines([" · ".join(filter(None, told))], look, style="bold")
        lines = [" ".join(line.split()) for line in edition["text"].splitlines() if line.strip()]
        if before:
            for line in difflib.ndiff(before, lines):
                if line[:2] in ("- ", "+ "):
                    yield from _lines([line], look, indent=2, style="bad" if line[0] == "-" else "good")
        before = lines


def _interval(counted: Mapping[str, Any]) -> str:
    return f"{counted['at_least']}–{counted['at_most']}"
