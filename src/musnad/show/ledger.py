"""What the verbs of the ledger print: JSON, JSON lines, and a short text for people; tables are ``show.tables``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from musnad.show.bidi import Line, Segment, draw, first_strong_rtl, wrap, wrap_segments
from musnad.show.formats import dumps
from musnad.show.text import Look
from musnad.show.view import printable

Table = Iterable[Mapping[str, Any]]
_INDENT = 4
_NAMES = 8  # of a voice that are shown
# What stands round words that were cut, added or moved (as in wdiff), and their style; the signs tell without colour.
_SIGNS = {
    "same": ("", "", ""),
    "cut": ("[-", "-]", "bad"),
    "added": ("{+", "+}", "good"),
    "moved": ("{~", "~}", "cue"),
}


def as_parts(found: Table, kind: str, text: Callable[[Mapping[str, Any]], Iterator[str]]) -> Iterator[str]:
    """Rows as ``json``, ``jsonl`` or ``text``; ``text`` draws one row for people."""
    if kind == "jsonl":
        yield from (dumps(row) + "\n" for row in found)
    elif kind == "json":
        yield dumps(list(found), indent=2) + "\n"
    else:
        for row in found:
            yield from text(row)


def one(row: Mapping[str, Any]) -> str:
    """One record as JSON."""
    return dumps(row, indent=2) + "\n"


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
    names = sorted((name for name in row["names"] if name != row["name"]), key=lambda name: (len(name), name))
    if names:
        more = [f"… +{len(names) - _NAMES}"] if len(names) > _NAMES else []
        also = " · ".join([*names[:_NAMES], *more])
        yield from _lines([f"{look.say('view.aliases')}: {also}"], look, indent=_INDENT)
    yield from _lines([row["id"]], look, indent=_INDENT, style="dim", wrapped=False)
    for one in row["merged"]:
        where = () if one["readings"] is None else (look.say("voices.readings").format(n=one["readings"]),)
        told = (f"= {one['name']}", one["voice"], look.say(f"voices.{one['rule']}"), *where)
        yield from _lines([" · ".join(told)], look, indent=_INDENT, style="good")
        for evidence in one["evidence"]:
            found = (one for value in evidence.values() for one in (value if isinstance(value, list) else [value]))
            yield from _lines([" · ".join(map(str, found))], look, indent=2 * _INDENT, style="dim")
    yield "\n"


def spoken(row: Mapping[str, Any], look: Look) -> Iterator[str]:
    """A voice, or one of its statements."""
    yield from (voice if "merged" in row else statement)(row, look)


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
    return " · ".join(filter(None, (row.get("outlet"), _when(row))))


def _when(row: Mapping[str, Any]) -> str | None:
    """Day and hour of publication as far as they are known: ``2016-11-03 14:05 +03:00``."""
    moment: str | None = row.get("published_at")
    return f"{moment[:10]} {moment[11:16]} {moment[19:]}".strip() if moment else row.get("published")


def _lines(
    parts: Iterable[str], look: Look, *, indent: int = 0, style: str = "", wrapped: bool = True
) -> Iterator[str]:
    for part in parts:
        safe = printable(part)
        rtl = first_strong_rtl(safe) if wrapped else False
        for row in wrap(safe, max(20, look.columns - indent)) if wrapped and safe else (safe,):
            line = Line((Segment(row, style),), rtl, indent)
            yield draw(line, order=look.order, columns=look.columns, colour=look.colour) + "\n"


def versions(row: Mapping[str, Any], look: Look) -> Iterator[str]:
    """One saying with the key of the signs in its word-by-word differences."""
    signs = (f"{a}{look.say('change.' + op)}{b}" for op, (a, b, _) in _SIGNS.items() if a)
    if any(version.get("steps") for version in row["versions"]):
        yield from _lines(["  ".join(signs)], look, style="dim")
    yield from saying(row, look)


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
        if version.get("steps"):
            yield from _steps(version["steps"], look)
        else:
            yield from _lines([version["words"]], look, indent=_INDENT)
        for change in version.get("differences", ()):
            yield from _lines([_change(change, look)], look, indent=_INDENT, style="warn")
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


def edited(row: Mapping[str, Any], look: Look) -> Iterator[str]:
    """One article that was edited: what its headline, words and statements were before and after."""
    yield from _lines([" · ".join(filter(None, (row["id"], _where(row), row["title"])))], look, style="bold")
    for change in row["changes"]:
        words = change["words"]
        told = f"{change['number']} · {change['added']} · −{words['cut']} +{words['added']}"
        yield from _lines([told], look, indent=2, style="dim", wrapped=False)
        title = change["title"] or {"was": None, "is": None}
        for sign, style, head, lost in (
            ("- ", "bad", title["was"], change["statements"]["cut"]),
            ("+ ", "good", title["is"], change["statements"]["added"]),
        ):
            yield from _lines([sign + one for one in (head, *lost) if one], look, indent=_INDENT, style=style)


def editions(row: Mapping[str, Any], look: Look) -> Iterator[str]:
    """The editions of one article: when each was added, and how it was changed, word by word."""
    for edition in row["editions"]:
        told = (f"{row['id']} · {edition['number']}", edition["added"], edition["outlet"], edition["title"])
        yield from _lines([" · ".join(filter(None, told))], look, style="bold")
        for changed in edition["changes"]:
            yield from _steps(changed, look)


def _change(change: Mapping[str, Any], look: Look) -> str:
    """One change, its class named in the language of the screen."""
    told = " → ".join(" ".join(part.split()) or "∅" for part in (change["was"], change["is"]))
    return f"{look.say('change.' + change['class'])}: {told}"


def _steps(steps: Iterable[Mapping[str, str]], look: Look) -> Iterator[str]:
    """A text with what was cut, added and moved in it: by signs, and by colour where there is any."""
    found: list[Segment] = []
    for step in steps:
        opening, closing, style = _SIGNS[step["op"]]
        first, *rest = printable(opening + step["text"] + closing).split(" ")
        found += [Segment(word + " ", style) for word in (first, *rest)]
    rtl = first_strong_rtl("".join(segment.text for segment in found))
    for part in wrap_segments(found, max(20, look.columns - _INDENT)):
        line = Line(tuple(_joined(part)), rtl, _INDENT)
        yield draw(line, order=look.order, columns=look.columns, colour=look.colour) + "\n"


def _joined(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Neighbours of one style as one segment, the space between two styles without colour."""
    kept: list[Segment] = []
    for segment in segments:
        if kept and kept[-1].style == segment.style:
            kept[-1] = Segment(kept[-1].text + segment.text, segment.style)
        else:
            kept.append(segment)
    for number, segment in enumerate(kept):
        yield Segment(segment.text.rstrip(), segment.style)
        if number + 1 < len(kept):
            yield Segment(" ")


def _interval(counted: Mapping[str, Any]) -> str:
    return f"{counted['at_least']}–{counted['at_most']}"
