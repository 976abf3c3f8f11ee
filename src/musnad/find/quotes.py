"""Quotations: marks paired by kind and nesting, with repair for what news texts do to them.

Marks may be nested, closed only after several paragraphs, re-opened at the beginning of each paragraph, never
closed, of different kinds at both ends, or written the wrong way round. The straight mark gets its side from
its neighbours (an opener stands before a letter and after a space, a closer after a letter or a stop), and from
whether a quotation is open where the neighbours leave it open.
"""

from __future__ import annotations

from dataclasses import dataclass

from musnad.read.words import BREAK, MARK, WORD, Words

_OPEN = {0xAB: "g", 0x201C: "c", 0x201E: "c", 0x2018: "s", 0x2039: "s"}
_CLOSE = {0xBB: "g", 0x201D: "c", 0x201F: "c", 0x2019: "s", 0x203A: "s"}
_PAIRS = {**{chr(k): v for k, v in _OPEN.items()}, **{chr(k): v for k, v in _CLOSE.items()}}
_STRAIGHT = {'"': "d", "''": "d", "'": "a", "+": "p"}
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


def quotes(words: Words) -> tuple[Quote, ...]:
    """All quotations of a text, outer before inner, in text order."""
    stack: list[tuple[int, str]] = []
    done: list[Quote] = []
    forms, kinds = words.forms, words.kinds
    for i, form in enumerate(forms):
        if stack and i - stack[0][0] > _MAX_OPEN_WORDS:
            _give_up(words, stack, done)
        if kinds[i] != MARK:
            continue
        family = _PAIRS.get(form) or _STRAIGHT.get(form)
        if family is None or (family in "sap" and not _is_mark(words, i, family, stack)):
            continue
        if _opens(words, i, family, stack):
            if stack and _reopened(words, i, stack):
                continue
            if family in "dap" and any(f == family for _, f in stack) and _left_behind(words, i, stack):
                _give_up(words, stack, done)
            stack.append((i, family))
        elif stack:
            at = next((k for k in range(len(stack) - 1, -1, -1) if stack[k][1] == family), None)
            if at is None:
                at = len(stack) - 1
                if family in "sap":
                    continue
            opened = stack[at][0]
            del stack[at:]
            done.append(Quote(opened, i, len(stack)))
    _give_up(words, stack, done)
    done.sort(key=lambda q: (q.open, -q.close))
    return tuple(q for q in done if q.close > q.open + 1)


def _is_mark(words: Words, i: int, family: str, stack: list[tuple[int, str]]) -> bool:
    """Whether a single quote, apostrophe or plus sign quotes: no letters or digits glued on both sides."""
    before, after = _glued(words, i)
    if before and after:
        return False
    if family == "p" and not any(f == "p" for _, f in stack):
        return after and i + 1 < len(words) and words.kinds[i + 1] == WORD
    return before or after


def _glued(words: Words, i: int) -> tuple[bool, bool]:
    """Whether token ``i`` touches the tokens before and after it."""
    before = i > 0 and words.kinds[i - 1] != BREAK and words.ends[i - 1] == words.starts[i]
    after = i + 1 < len(words) and words.kinds[i + 1] != BREAK and words.ends[i] == words.starts[i + 1]
    return before, after


def _opens(words: Words, i: int, family: str, stack: list[tuple[int, str]]) -> bool:
    before, after = _glued(words, i)
    is_open = any(f == family for _, f in stack)
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


def _reopened(words: Words, i: int, stack: list[tuple[int, str]]) -> bool:
    """Whether the mark at ``i`` only repeats an open one at the head of a paragraph."""
    return bool(stack) and i > 0 and words.kinds[i - 1] == BREAK and words.paragraphs[stack[-1][0]] != words.paragraphs[i]


def _left_behind(words: Words, i: int, stack: list[tuple[int, str]]) -> bool:
    """Whether what is open was opened in an earlier paragraph, so that a fresh opener shows it was never closed."""
    return words.paragraphs[stack[-1][0]] != words.paragraphs[i]


def _give_up(words: Words, stack: list[tuple[int, str]], done: list[Quote]) -> None:
    """Close what is still open at the end of its own paragraph or, without paragraphs, of its sentence."""
    while stack:
        opened, _ = stack.pop()
        paragraph = words.paragraphs[opened]
        sentence = words.sentences[opened]
        close = opened + 1
        while close < len(words) and words.kinds[close] != BREAK and words.paragraphs[close] == paragraph:
            if words.sentences[close] != sentence and words.paragraphs[-1] == 0:
                break
            close += 1
        done.append(Quote(opened, close, len(stack), closed=False))
