"""Annotated articles for training: the gold of ``../shared/gold`` and the project's own annotations.

The project's own annotations (``score/annotations/*.jsonl``) hold ids and offsets only; the texts stay in
``../shared/data/articles.jsonl``. Both kinds come out as ``Sample``, with all spans in code points.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
ANNOTATIONS = ROOT / "score" / "annotations"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated statement; ``who`` numbers the speakers of an article, None where nobody is named."""

    form: str
    cue: Span | None
    content: tuple[Span, ...]
    speaker: Span | None
    who: int | None
    addressee: Span | None
    medium: Span | None
    relays: tuple[Span, ...]
    act: str
    anonymous: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """One annotated article."""

    id: str
    outlet: str
    text: str
    statements: tuple[Gold, ...]
    verifications: tuple[tuple[Span, str], ...]
    aliases: tuple[tuple[Span, Span], ...]
    names: tuple[tuple[Span, ...], ...]  # for each speaker the places where the full name stands


def _span(value: Any) -> Span | None:
    return (value[0], value[1]) if value else None


def _all(text: str, piece: str, most: int = 4) -> list[list[int]]:
    """The first places where ``piece`` stands in ``text``."""
    found, at = [], text.find(piece)
    while at >= 0 and len(found) < most:
        found.append([at, at + len(piece)])
        at = text.find(piece, at + 1)
    return found


def _find(text: str, piece: str) -> Span | None:
    at = text.find(piece)
    return (at, at + len(piece)) if at >= 0 else None


def compact(article: dict[str, Any]) -> dict[str, Any]:
    """A resolved article of the gold format as ids and offsets."""
    sys.path.insert(0, str(SHARED / "gold"))
    from score import same_name  # type: ignore[import-not-found]

    text, names, statements = article["text"], [], []
    for s in article["statements"]:
        name = s.get("speaker_name") or s.get("speaker")
        who = None
        if name:
            who = next((k for k, n in enumerate(names) if n == name), None)
            if who is None:
                who = next((k for k, n in enumerate(names) if same_name(n, name)), None)
            if who is None:
                names.append(name)
                who = len(names) - 1
        statements.append(
            {
                "form": s["form"],
                "cue": s.get("cue_span"),
                "content": s["content_spans"],
                "speaker": s.get("speaker_span"),
                "who": who,
                "addressee": s.get("addressee_span"),
                "medium": s.get("medium_span"),
                "relays": [r for r in s.get("relay_spans", []) if r],
                "act": s["act"],
                "anonymous": bool(s.get("anonymous")),
            }
        )
    pairs = [[_find(text, a), _find(text, b)] for a, b in article.get("aliases", [])]
    return {
        "id": article["id"],
        "statements": statements,
        "verifications": [[v["span"], v["status"]] for v in article.get("verifications", []) if v["span"]],
        "aliases": [p for p in pairs if all(p)],
        "names": [_all(text, n) for n in names],
    }


def _sample(row: dict[str, Any], *, outlet: str, text: str) -> Sample:
    golds = tuple(
        Gold(
            form=s["form"],
            cue=_span(s["cue"]),
            content=tuple((a, b) for a, b in s["content"]),
            speaker=_span(s["speaker"]),
            who=s["who"],
            addressee=_span(s["addressee"]),
            medium=_span(s["medium"]),
            relays=tuple((a, b) for a, b in s["relays"]),
            act=s["act"],
            anonymous=s["anonymous"],
        )
        for s in row["statements"]
        if s["content"]
    )
    return Sample(
        row["id"],
        outlet,
        text,
        golds,
        tuple(((a, b), status) for (a, b), status in row["verifications"]),
        tuple(((a, b), (c, d)) for (a, b), (c, d) in row["aliases"]),
        tuple(tuple((a, b) for a, b in spans) for spans in row.get("names", ())),
    )


def gold(name: str) -> Iterator[Sample]:
    """The articles of ``../shared/gold/NAME.jsonl``."""
    sys.path.insert(0, str(SHARED / "gold"))
    from resolve import resolve  # type: ignore[import-not-found]

    with (SHARED / "gold" / f"{name}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            article = resolve(json.loads(line), [])
            yield _sample(compact(article), outlet=article["outlet"] or "", text=article["text"])


def annotations() -> Iterator[Sample]:
    """The project's own annotations with the texts of ``../shared/data/articles.jsonl``."""
    rows: dict[str, dict[str, Any]] = {}
    for path in sorted(ANNOTATIONS.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            rows.update((r["id"], r) for r in map(json.loads, lines))
    with (SHARED / "data" / "articles.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            if article["id"] in rows:
                yield _sample(rows[article["id"]], outlet=article["outlet"] or "", text=article["text"])
