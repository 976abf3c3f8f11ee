"""Lines of an article that are no prose: what news pages and agencies put round and between paragraphs.

Lines are looked at one by one, by their first words (``lexicon/data/read/furniture.tsv``), their shape and their
place; a line is marked only where nothing speaks for prose. Marked lines stay part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from musnad.lexicon.loader import rows
from musnad.read.dateline import find_dateline, is_source_line
from musnad.read.fold import fold_word
from musnad.types import Span

FurnitureKind = Literal[
    "lead-repeat", "related-link", "app-promo", "keywords", "dateline", "end-mark", "byline", "subheading"
]

_WORD = re.compile(r"[^\W_]+")
_RULE = re.compile(r"[\s\-_=*~#\u2013\u2014\u2022\u0640.]{3,}\Z")
_CLOCK = re.compile(r"\d{1,2}:\d{2}\s+(.{2,16}?)(?:\s+NNNN)?\Z")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,20}){1,4}\Z|https?://\S+\Z|@\w{2,30}\Z")
_ENDS = frozenset('.!?:;\u061f\u060c\u061b\u2026"\u00bb\u00ab\u201d\u201c)')
_STOPS = frozenset('.!?\u061f\u2026"\u00bb\u201d)')
_OPENS_PROSE = frozenset('\u0648\u0641"\u00ab\u201c(-*\u2022\u2013[#')
_LINE = 170  # longest line that can be a link, byline or mark
_SHORT_WORDS = 6
_HEADLINE = 130  # longest headline in a list of links
_MAX_LINKS = 6
_SUBHEADING, _SUBHEADING_WORDS = 60, 8
_PARAGRAPH = 80  # shortest line that is surely a paragraph
_REPEATED = 50  # shortest paragraph that counts as a repeat
_ALIKE = 0.9  # of the words of a lead, found in the paragraph that repeats it
_TAIL = 220  # code points at the end in which keywords lie


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """A stretch of text that is no prose.

    Attributes:
        span: its code points, without the spaces and line ends round it.
        kind: what it is.
    """

    span: Span
    kind: FurnitureKind


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str  # without spaces round it

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class _Form:
    words: tuple[str, ...]
    kind: FurnitureKind
    where: str


def furniture(text: str) -> tuple[Furniture, ...]:
    """The furniture of ``text``, in text order, without overlaps.

    Args:
        text: an article, as read; spans are code points of it.
    """
    marked: list[Furniture] = []
    dateline = find_dateline(text)
    body = 0
    if dateline:
        start, body = dateline.span
        marked.append(Furniture(span=(start, start + len(text[start:body].rstrip())), kind="dateline"))
    lines = list(_lines(text, body))
    seen: set[str] = set()
    links = 0
    for at, line in enumerate(lines):
        kind, links = _kind(lines, at, links)
        if kind is None and len(line.text) >= _REPEATED:
            kind = "lead-repeat" if line.text in seen else None
            seen.add(line.text)
        if kind:
            marked.append(Furniture(span=(line.start, line.end), kind=kind))
        elif at == len(lines) - 1:
            marked.extend(_keywords(line))
    free = bool(lines) and all(found.span[0] != lines[0].start for found in marked)
    if len(lines) > 2 and free and _is_repeated(lines[0], lines[1]):
        marked.append(Furniture(span=(lines[0].start, lines[0].end), kind="lead-repeat"))
    return tuple(sorted(marked, key=lambda found: found.span))


def _lines(text: str, start: int) -> Iterator[_Line]:
    """The lines of ``text`` from ``start`` on that are not blank."""
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        bare = line.strip()
        if bare:
            yield _Line(start + line.index(bare[0]), bare)
        start = end + 1


def _kind(lines: list[_Line], at: int, links: int) -> tuple[FurnitureKind | None, int]:
    """What the line is, and how many lines of a list of links may still follow it."""
    line = lines[at].text
    if len(line) > _LINE:
        return None, 0
    if _RULE.match(line):
        return "end-mark", 0
    if _MAIL.match(line):
        return "byline", links
    form = _form(line)
    if form:
        return form.kind, _MAX_LINKS if form.where == "header" else 0
    if links and len(line) <= _HEADLINE and line[-1] not in ".!":
        return "related-link", links - 1
    if at == len(lines) - 1 and at and len(line) <= 40 and is_source_line(line):
        return "byline", 0
    return ("subheading" if _is_subheading(lines, at) else None), 0


def _form(line: str) -> _Form | None:
    """The form of the table that the line has, if any."""
    clock = _CLOCK.match(line) if line[0].isdigit() else None
    first = _WORD.search(line)
    if first is None or (first.start() > 4 and not clock):
        return None
    forms = _forms()
    if clock:
        suffix = tuple(fold_word(clock[1]).split())
        return next((form for form in forms.get(suffix[0], ()) if form.where == "clock" and form.words == suffix), None)
    candidates = forms.get(fold_word(first.group()))
    if not candidates:
        return None
    words = [fold_word(word) for word in _WORD.findall(line[:_LINE])]
    for form in candidates:
        if tuple(words[: len(form.words)]) == form.words and _fits(form, line, words):
            return form
    return None


def _fits(form: _Form, line: str, words: list[str]) -> bool:
    """Whether the rest of the line is as the form wants it."""
    count, mark = len(form.words), ""
    if form.where in ("colon", "dots"):
        rest = _after_words(line, count).lstrip()
        mark = rest[:2]
    match form.where:
        case "whole":
            return len(words) == count and not any(char in "\u060c\u061f:" for char in line)
        case "header":
            return len(words) <= count + 14 and line[-1] not in ".!"
        case "short":
            return len(words) <= count + _SHORT_WORDS and line[-1] not in ".!\u061f"
        case "colon":
            return mark[:1] == ":" and len(words) <= count + 2 * _SHORT_WORDS and line[-1] not in ".!\u061f"
        case "dots":
            return mark in ("..", "\u2026") or mark[:1] == "\u2026"
        case "bracket":
            return line[0] == "(" and line.rstrip(".")[-1] == ")"
        case "star":
            return line[0] == "*" and len(words) <= count + _SHORT_WORDS
        case "tail":
            return line[-1] not in ".!\u061f"
    return form.where == "starts"


def _after_words(line: str, count: int) -> str:
    """What follows the first ``count`` words, with vowel signs at its head dropped."""
    end = 0
    for number, found in enumerate(_WORD.finditer(line), 1):
        end = found.end()
        if number == count:
            break
    return fold_word(line[end:])


def _is_subheading(lines: list[_Line], at: int) -> bool:
    """Whether a short line without a stop stands between two paragraphs."""
    line = lines[at].text
    if not 0 < at < len(lines) - 1 or len(line) > _SUBHEADING or line[-1] in _ENDS or line[0] in _OPENS_PROSE:
        return False
    before, after = lines[at - 1].text, lines[at + 1].text
    if len(before) < _PARAGRAPH or len(after) < _PARAGRAPH or before[-1] not in _STOPS or line[0].isdigit():
        return False
    return 2 <= len(line.split()) <= _SUBHEADING_WORDS and not any(char in line for char in ".\u060c\u061b:")


def _is_repeated(lead: _Line, body: _Line) -> bool:
    """Whether the second paragraph says the lead again, nearly word for word."""
    if len(lead.text) < _REPEATED or len(body.text) < 0.9 * len(lead.text):
        return False
    if len(body.text) > 2 * len(lead.text) or lead.text[:12].split()[0] not in body.text:
        return False
    words = set(_WORD.findall(lead.text))
    return len(words & set(_WORD.findall(body.text))) >= _ALIKE * len(words)


def _keywords(line: _Line) -> Iterator[Furniture]:
    """Keywords that follow the last sentence in the same line."""
    low = max(0, len(line.text) - _TAIL)
    tail = line.text[low:]
    if tail[-1] in _STOPS:
        return
    for found in _WORD.finditer(tail):
        before = tail[: found.start()].rstrip()
        for form in _forms().get(fold_word(found.group()), ()) if before[-1:] in _STOPS else ():
            words = tuple(fold_word(w) for w in _WORD.findall(tail[found.start() :]))
            if form.where == "tail" and words[: len(form.words)] == form.words and not _has_stop(tail, found.start()):
                yield Furniture(span=(line.start + low + found.start(), line.end), kind="keywords")
                return


def _has_stop(text: str, start: int) -> bool:
    return any(stop in text[start:] for stop in ".!\u061f")


@lru_cache(maxsize=1)
def _forms() -> Mapping[str, tuple[_Form, ...]]:
    """First folded word → the forms that begin with it, longest first."""
    found: dict[str, list[_Form]] = {}
    for row in rows("read/furniture"):
        words = tuple(fold_word(row["form"]).split())
        kind: FurnitureKind = row["kind"]  # type: ignore[assignment]  # the checker holds it to the kinds
        found.setdefault(words[0], []).append(_Form(words, kind, row["where"]))
    return MappingProxyType({word: tuple(sorted(forms, key=lambda f: -len(f.words))) for word, forms in found.items()})
