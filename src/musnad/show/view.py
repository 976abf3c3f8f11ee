"""What both views show of a statement: names looked up, chains named, words made safe to print.

The views differ in drawing only; what is shown, and which words are folded away, is decided here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from musnad.types import Link, Party, Reading, Span, Statement, Verification

FOLDED_LABEL = "call to violence"

# Bidi controls of the article could turn the words round them; the views set directions themselves.
_BIDI = frozenset(chr(c) for c in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
# Contents end before the outer marks: those that close an inner quotation are shown all the same.
_CLOSES = {'"': '"', "»": "«", "”": "“", ")": "("}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One link of a chain as it is drawn.

    Attributes:
        role: the link's role.
        name: what stands on the drawing; empty where the article names nobody.
        kind: kind of the medium, for a medium.
    """

    role: str
    name: str
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One statement as it is shown.

    Attributes:
        number: its place in the reading, from 1.
        statement: the statement.
        cue: the reporting word.
        speaker: the fullest name of who speaks, or None where nobody is named.
        written: the mention beside the cue, or None for a pronoun or a bare verb.
        addressee: who is spoken to, or None.
        medium: the medium as written, or None.
        chain: from the article to the speaker.
        verifications: what the article says of its verification.
        folded: whether it is labelled as a call to violence.
    """

    number: int
    statement: Statement
    cue: str
    speaker: str | None
    written: str | None
    addressee: str | None
    medium: str | None
    chain: tuple[Node, ...]
    verifications: tuple[Verification, ...]
    folded: bool


def printable(text: str) -> str:
    """``text`` as one line that can do no harm on a screen.

    Line breaks become spaces; control characters, lone surrogates and bidi controls go or are replaced, so that
    no article can drive a terminal.
    """
    if text.isprintable() and "  " not in text:
        return text
    out = []
    for char in text:
        if char.isspace():
            out.append(" ")
        elif unicodedata.category(char) in ("Cc", "Cs", "Cn", "Co"):
            out.append("\N{REPLACEMENT CHARACTER}")
        elif char not in _BIDI:
            out.append(char)
    return " ".join("".join(out).split())


def words_in(text: str) -> int:
    """How many words ``text`` has, for the note that stands for folded ones."""
    return len(text.split())


def at(reading: Reading, span: Span | None) -> str | None:
    """The printable words at ``span``, with the mark behind them where it closes a quotation in them; or None."""
    if span is None:
        return None
    words, behind = reading.text[span[0] : span[1]], reading.text[span[1] : span[1] + 1]
    opening = _CLOSES.get(behind)
    if opening == behind:
        unclosed = words.count(behind) % 2 == 1
    else:
        unclosed = opening is not None and words.count(opening) > words.count(behind)
    return printable(words + behind if unclosed else words) or None


def name_of(reading: Reading, key: str | None) -> str | None:
    """The printable name of the entity ``key``, or None."""
    entity = reading.entity(key)
    return printable(entity.name) or None if entity else None


def folded_spans(reading: Reading) -> tuple[Span, ...]:
    """The spans to fold away, joined where they overlap, in text order."""
    spans = sorted(s for st in reading.statements if FOLDED_LABEL in st.labels for s in st.content)
    out: list[Span] = []
    for start, end in spans:
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)


def pieces(span: Span, folded: Iterable[Span]) -> Iterator[tuple[Span, bool]]:
    """``span`` cut at the edges of ``folded`` spans: each part with whether it is folded away."""
    here, end = span
    for start, stop in folded:
        if stop <= here or start >= end:
            continue
        if start > here:
            yield (here, start), False
        yield (max(start, here), min(stop, end)), True
        here = min(stop, end)
    if here < end:
        yield (here, end), False


def _party(reading: Reading, party: Party | None) -> str | None:
    return (name_of(reading, party.entity) or at(reading, party.span)) if party else None


def _node(reading: Reading, statement: Statement, link: Link) -> Node:
    name = name_of(reading, link.entity) or printable(link.name or "") or at(reading, link.span) or ""
    kind = None
    if link.role == "outlet":
        name = name or printable(reading.outlet or "")
    elif link.role == "medium":
        kind = statement.medium.kind if statement.medium else None
    return Node(role=link.role, name=name, kind=kind)


def _chain(reading: Reading, statement: Statement) -> tuple[Node, ...]:
    if statement.chain:
        return tuple(_node(reading, statement, link) for link in statement.chain)
    who = _party(reading, statement.speaker) or ""
    return (Node(role="outlet", name=printable(reading.outlet or "")), Node(role="speaker", name=who))


def cards(reading: Reading) -> tuple[Card, ...]:
    """The statements of ``reading`` as they are shown, in its order."""
    checks = {v.id: v for v in reading.verifications}
    out = []
    for number, s in enumerate(reading.statements, 1):
        found = [checks[s.verification]] if s.verification in checks else []
        found += [v for v in reading.verifications if v.target and s.id in v.target.medium_of and v not in found]
        out.append(
            Card(
                number=number,
                statement=s,
                cue=at(reading, s.cue) or "",
                speaker=_party(reading, s.speaker),
                written=at(reading, s.speaker.span) if s.speaker else None,
                addressee=_party(reading, s.addressee),
                medium=at(reading, s.medium.span) if s.medium else None,
                chain=_chain(reading, s),
                verifications=tuple(found),
                folded=FOLDED_LABEL in s.labels,
            )
        )
    return tuple(out)
