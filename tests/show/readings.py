"""Hand-made readings of ``tests/cases/show_readings.jsonl``: spans are written as words there and found here."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from musnad.types import Entity, Evidence, Link, Medium, Note, Party, Reading, Span, Statement, Target, Verification

CASES = Path(__file__).parents[1] / "cases" / "show_readings.jsonl"


class Finder:
    """Finds words in a text, the first from a moving place on."""

    def __init__(self, text: str) -> None:
        self.text, self.after = text, 0

    def first(self, words: str | None, *, after: int = 0) -> Span | None:
        if words is None:
            return None
        start = self.text.find(words, after)
        if start < 0:
            start = self.text.index(words)
        return (start, start + len(words))

    def next(self, words: str) -> Span:
        span = self.first(words, after=self.after)
        assert span is not None
        self.after = span[0]
        return span


def _statement(find: Finder, number: int, row: dict[str, Any]) -> Statement:
    cue = find.next(row["cue"])
    spans = [find.first(c, after=cue[1]) for c in row["content"]]
    speaker = row.get("speaker")
    addressee = row.get("addressee")
    medium = row.get("medium")
    links = [
        Link(role=x["role"], span=find.first(x.get("span"), after=max(0, cue[0] - 80)), entity=x.get("entity"))
        for x in row.get("chain", [])
    ]
    return Statement(
        id=f"s{number}",
        form=row["form"],
        cue=cue,
        content=tuple(s for s in spans if s),
        speaker=Party(span=find.first(speaker[0], after=max(0, cue[0] - 80)), entity=speaker[1]) if speaker else None,
        addressee=Party(span=find.first(addressee[0], after=cue[1]), entity=addressee[1]) if addressee else None,
        medium=Medium(span=find.first(medium[0], after=cue[1]) or (0, 0), kind=medium[1]) if medium else None,
        chain=tuple(links),
        act=row["act"],
        stance=row.get("stance", "neutral"),
        anonymous=row.get("anonymous", False),
        verification=row.get("verification"),
        labels=tuple(row.get("labels", ())),
        confidence=row.get("confidence"),
        evidence=tuple(Evidence(**e) for e in row.get("evidence", ())),
    )


def _verification(find: Finder, row: dict[str, Any]) -> Verification:
    target = row.get("target")
    span = find.first(row["span"])
    assert span is not None
    return Verification(
        id=row["id"],
        span=span,
        status=row["status"],
        by=Party(span=find.first(row["by"]), entity=None) if row.get("by") else None,
        target=Target(span=find.first(target[0]), medium_of=tuple(target[1])) if target else None,
    )


def build(row: dict[str, Any]) -> Reading:
    """One line of the case file as a reading."""
    find = Finder(row["text"])
    entities = [
        Entity(
            id=e["id"],
            kind=e["kind"],
            name=e["name"],
            aliases=tuple(e.get("aliases", ())),
            mentions=tuple(s for m in e["mentions"] if (s := find.first(m))),
        )
        for e in row["entities"]
    ]
    return Reading(
        **{k: row[k] for k in ("id", "text", "title", "outlet", "published", "url")},
        reader={"name": "musnad", "version": "0.1.0"},
        entities=tuple(entities),
        statements=tuple(_statement(find, n, s) for n, s in enumerate(row["statements"], 1)),
        verifications=tuple(_verification(find, v) for v in row["verifications"]),
        notes=tuple(Note(**n) for n in row["notes"]),
    )


@lru_cache(maxsize=1)
def readings() -> dict[str, Reading]:
    """All hand-made readings by id."""
    return {r["id"]: build(r) for r in map(json.loads, CASES.read_text(encoding="utf-8").splitlines())}
