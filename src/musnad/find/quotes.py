"""Quotations: marks paired by kind and nesting, with repair for what news texts do to them.

Marks may be nested, closed only after several paragraphs, re-opened at the beginning of each paragraph, never
closed, of different kinds at both ends, or written the wrong way round. The straight mark gets its side from
its neighbours (an opener stands before a letter and after a space, a closer after a letter or a stop), and from
whether a quotation is open where the neighbours leave it open.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from musnad.read.words import BREAK, MARK, WORD, Words

_OPEN = {0xAB: "g", 0x201C: "c", 0x201E: "c", 0x2018: "s", 0x2039: "s"}
_CLOSE = {0xBB: "g", 0x201D: "c", 0x201F: "c", 0x2019: "s", 0x203A: "s"}
_STRAIGHT = {'"': "d", "''": "d", "'": "a", "+": "p"}
# Form of a mark → its family; only marks of one family close each other.
_FAMILIES = {**{chr(k): v for k, v in (_OPEN | _CLOSE).items()}, **_STRAIGHT}
_STOPS = frozenset(".,;:!?\u060c\u061b\u061f)")
_MAX_OPEN_WORDS = 400


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: tokens of its marks, ``open`` to ``close``; content is ``[open + 1, close)``.

    ``closed`` is False where the closing mark is missing and ``close`` is the end of the paragraph.
    """

    open: int
    close: int
    depth: int
    closed: bool = True


class _Open:
    """The marks that are open, innermost last, with a count of each family: no question walks through them."""

    __slots__ = ("counts", "marks")

    def __init__(self) -> None:
        self.marks: list[tuple[int, str]] = []
        self.counts = dict.fromkeys("gcsdap", 0)

    def push(self, at: int, family: str) -> None:
        self.marks.append((at, family))
        self.counts[family] += 1

    def pop(self) -> tuple[int, str]:
        mark = self.marks.pop()
        self.counts[mark[1]] -= 1
        return mark


def quotes(words: Words) -> tuple[Quote, ...]:
    """All quotations of a text, outer before inner, in text order."""
    marks = [i for i in words.others if words.forms[i] in _FAMILIES]
    if not marks:
        return ()
    opened = _Open()
    done: list[Quote] = []
    breaks = [i for i in words.others if words.kinds[i] == BREAK]
    for i in marks:
        family = _FAMILIES[words.forms[i]]
        if opened.marks and i - opened.marks[0][0] > _MAX_OPEN_WORDS:
            _give_up(words, opened, done, breaks)
        if family in "sap" and not _is_mark(words, i, family, opened):
            continue
        if _opens(words, i, family, opened):
            if opened.marks and _in_earlier_paragraph(words, i, opened):
                if words.kinds[i - 1] == BREAK:
                    continue  # only repeats the open mark at the head of a paragraph
                if family in "dap" and opened.counts[family]:
                    _give_up(words, opened, done, breaks)  # a fresh opener shows that it was never closed
            opened.push(i, family)
        elif opened.marks and (opened.counts[family] or family not in "sap"):
            at, kind = opened.pop()
            while kind != family and opened.counts[family]:
                at, kind = opened.pop()
            done.append(Quote(at, i, len(opened.marks)))
    _give_up(words, opened, done, breaks)
    done.sort(key=lambda q: (q.open, -q.close))
    return tuple(q for q in done if q.close > q.open + 1)


def _is_mark(words: Words, i: int, family: str, opened: _Open) -> bool:
    """Whether a single quote, apostrophe or plus sign quotes: no letters or digits glued on both sides."""
    before, after = _glued(words, i)
    if before and after:
        return False
    if family == "p" and not opened.counts["p"]:
        return after and i + 1 < len(words) and words.kinds[i + 1] == WORD
    return before or after


def _glued(words: Words, i: int) -> tuple[bool, bool]:
    """Whether token ``i`` touches the tokens before and after it."""
    before = i > 0 and words.kinds[i - 1] != BREAK and words.ends[i - 1] == words.starts[i]
    after = i + 1 < len(words) and words.kinds[i + 1] != BREAK and words.ends[i] == words.starts[i + 1]
    return before, after


def _opens(words: Words, i: int, family: str, opened: _Open) -> bool:
    before, after = _glued(words, i)
    is_open = opened.counts[family] > 0
    if family in "dap":
        if after and not before:
            return words.kinds[i + 1] != MARK or words.forms[i + 1] not in _STOPS
        if before and not after:
            return not is_open and words.forms[i - 1] in ":("
        # on both sides a proclitic may be glued, or a stop, or a missing space: only the state decides
        return not is_open and (not after or words.kinds[i + 1] != MARK)
    opener = ord(words.forms[i]) in _OPEN
    if before != after and opener != after and is_open != after:
        return after  # written the wrong way round
    return opener


def _in_earlier_paragraph(words: Words, i: int, opened: _Open) -> bool:
    """Whether the innermost open mark stands in an earlier paragraph than token ``i``."""
    return words.paragraphs[opened.marks[-1][0]] != words.paragraphs[i]


def _give_up(words: Words, opened: _Open, done: list[Quote], breaks: list[int]) -> None:
    """Close what is still open at the end of its own paragraph or, without paragraphs, of its sentence."""
    while opened.marks:
        at, _ = opened.pop()
        place = bisect_right(breaks, at)
        close = breaks[place] if place < len(breaks) else len(words)
        if words.paragraphs[-1] == 0:
            close = min(close, words.bounds[words.sentences[at]][1])
        done.append(Quote(at, close, len(opened.marks), closed=False))
