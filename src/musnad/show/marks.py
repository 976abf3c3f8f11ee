"""The article with its spans marked: spans that nest, cross and repeat, as well-formed HTML.

HTML can only nest. Spans are opened in text order, the longer first; one that would cross the end of the one
round it is closed there and opened again behind it, so that every code point stands in exactly the marks that
cover it. Paragraphs are marked one by one.
"""

from __future__ import annotations

import heapq
import html
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from musnad.show.view import printable, words_in
from musnad.types import Reading, Span


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One marked stretch, ordered as the marks are opened.

    Attributes:
        start: first code point.
        minus_end: minus the end, so that of two marks with one start the longer is opened first.
        rank: who is outside where both edges are the same: the lower.
        kind: what is marked (``content``, ``cue`` ...); also a CSS class.
        classes: further CSS classes.
        number: the statement's number, or 0.
        again: whether this is a later part of a mark that was cut.
    """

    start: int
    minus_end: int
    rank: int
    kind: str
    classes: str = ""
    number: int = 0
    again: bool = False

    @property
    def end(self) -> int:
        """The first code point behind the mark."""
        return -self.minus_end


_RANKS = {"content": 0, "fold": 1, "verification": 2, "speaker": 3, "medium": 4, "relay": 5, "cue": 6}
Summary = Callable[[int], str]


def mark(kind: str, span: Span, *, classes: str = "", number: int = 0) -> Mark:
    """A mark of ``kind`` on ``span``."""
    return Mark(span[0], -span[1], _RANKS[kind], kind, classes, number)


def marks_of(reading: Reading, folded: Iterable[Span]) -> list[Mark]:
    """All that is marked in ``reading``, in opening order; each part of the text once for each kind."""
    out = [mark("fold", span) for span in folded]
    for number, s in enumerate(reading.statements, 1):
        out += [mark("content", span, classes=f"{s.form} s{number}", number=number) for span in s.content]
        out.append(mark("cue", s.cue, classes=f"s{number}"))
        if s.speaker and s.speaker.span:
            out.append(mark("speaker", s.speaker.span))
        if s.medium:
            out.append(mark("medium", s.medium.span))
        out += [mark("relay", x.span) for x in s.chain if x.role == "relay" and x.span]
    out += [mark("verification", v.span, classes=v.status) for v in reading.verifications]
    size = len(reading.text)
    kept = {m for m in out if 0 <= m.start < m.end <= size}
    return sorted(kept)


def paragraphs(text: str) -> Iterator[Span]:
    """The lines of ``text`` that are not blank."""
    start = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            yield (start, start + len(line))
        start += len(line) + 1


def escape(text: str) -> str:
    """``text`` made safe for HTML; its spaces and line breaks stay apart as single spaces."""
    inner = printable(text)
    return html.escape((" " if text[:1].isspace() else "") + inner + (" " if inner and text[-1:].isspace() else ""))


def paragraph(text: str, span: Span, marks: Iterable[Mark], *, anchor: str, summary: Summary, seen: set[int]) -> str:
    """The paragraph ``span`` of ``text`` with ``marks``.

    Args:
        text: the text of the reading.
        span: the paragraph.
        marks: marks within the paragraph or across its edges.
        anchor: prefix of ids on the page.
        summary: what stands for a folded passage, from its number of words.
        seen: numbers of statements whose anchor has been set; added to.
    """
    queue = [_clipped(m, span) for m in marks if m.start < span[1] and m.end > span[0]]
    heapq.heapify(queue)
    out: list[str] = []
    open_marks: list[Mark] = []
    here = span[0]

    def write(to: int) -> None:
        nonlocal here
        if to > here:
            out.append(escape(text[here:to]))
            here = to

    while queue:
        new = heapq.heappop(queue)
        while open_marks and open_marks[-1].end <= new.start:
            write(open_marks[-1].end)
            out.append(_closing(open_marks.pop()))
        if open_marks and new.end > (edge := open_marks[-1].end):
            heapq.heappush(queue, Mark(edge, new.minus_end, new.rank, new.kind, new.classes, new.number, True))
            new = Mark(new.start, -edge, new.rank, new.kind, new.classes, new.number, new.again)
        write(new.start)
        out.append(_opening(new, text, anchor, summary, seen))
        open_marks.append(new)
    while open_marks:
        write(open_marks[-1].end)
        out.append(_closing(open_marks.pop()))
    write(span[1])
    return "".join(out)


def _clipped(m: Mark, span: Span) -> Mark:
    start, end = max(m.start, span[0]), min(m.end, span[1])
    return Mark(start, -end, m.rank, m.kind, m.classes, m.number, m.again or start > m.start)


def _opening(m: Mark, text: str, anchor: str, summary: Summary, seen: set[int]) -> str:
    if m.kind == "fold":
        return f'<details class="fold"><summary>{summary(words_in(text[m.start : m.end]))}</summary><span>'
    tag = "mark" if m.kind == "content" else "span"
    classes = f"{m.kind} {m.classes}".strip() + (" again" if m.again else "")
    opening = f'<{tag} class="{classes}">'
    if m.number and m.number not in seen:
        seen.add(m.number)
        n = m.number
        opening += f'<a class="n" id="{anchor}t{n}" href="#{anchor}s{n}" dir="ltr">{n}</a>'
    return opening


def _closing(m: Mark) -> str:
    return "</span></details>" if m.kind == "fold" else "</mark>" if m.kind == "content" else "</span>"
