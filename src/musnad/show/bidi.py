"""Right-to-left lines on terminals that reorder text themselves and on those that do not.

A line is made of segments of one direction and one colour each. Where the terminal (or the editor that opens
the file) applies the Unicode Bidirectional Algorithm, segments are kept in logical order and fenced with
direction marks, so that neighbours of the same direction do not swap. Where it does not, every segment is
shaped and reordered (UAX #9, by python-bidi and arabic-reshaper) and the line is laid out cell by cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

Order = Literal["logical", "visual"]
BIDI_OPTIONS = ("auto", "terminal", "visual")

_LRM, _RLM = "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"
_ANSI = {
    "bold": "1",
    "dim": "2",
    "cue": "36",
    "speaker": "1;34",
    "good": "32",
    "warn": "33",
    "bad": "31",
    "fold": "2;31",
    "title": "1;4",
}
# VTE takes the direction of each line from its first strong letter only when asked to (private mode 2501).
AUTODETECT_ON, AUTODETECT_OFF = "\x1b[?2501h", "\x1b[?2501l"
_VTE_WITH_BIDI = 5800
_SIGNS = frozenset("\"'()[]«»“”‘’.,:;!?-–…")
# Arabic marks stand before their letter after reordering; a terminal draws them on the letter before them (L3).
_MARKED = re.compile("([\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]+)(.)")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a line: its text and the name of its style (empty: plain)."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the screen.

    Attributes:
        segments: what stands on it, in reading order.
        rtl: whether it runs from right to left.
        indent: cells left free at the side where it begins.
    """

    segments: tuple[Segment, ...]
    rtl: bool = False
    indent: int = 0


def choose_order(option: str, *, tty: bool, env: Mapping[str, str]) -> Order:
    """The order in which to print for ``--bidi option``.

    ``auto`` keeps the logical order for pipes and files, and on terminals known to reorder text: VTE (GNOME
    Terminal and kin) from 0.58, Konsole, Apple's Terminal, mlterm, mintty.
    """
    if option != "auto":
        return "visual" if option == "visual" else "logical"
    if not tty:
        return "logical"
    vte = env.get("VTE_VERSION", "")
    capable = (
        (vte.isdecimal() and int(vte) >= _VTE_WITH_BIDI)
        or "KONSOLE_VERSION" in env
        or "MLTERM" in env
        or env.get("TERM_PROGRAM") in ("Apple_Terminal", "mintty")
        or env.get("TERM", "").startswith("mlterm")
    )
    return "logical" if capable else "visual"


def is_rtl(char: str) -> bool:
    """Whether ``char`` is a strong right-to-left letter or an Arabic number."""
    return unicodedata.bidirectional(char) in ("R", "AL", "AN")


def first_strong_rtl(text: str) -> bool:
    """Whether the first strong letter of ``text`` runs from right to left (UAX #9, rule P2)."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def width(text: str) -> int:
    """Cells that ``text`` takes on a terminal: marks take none, wide letters two."""
    if text.isascii():
        return len(text)
    cells = 0
    for char in text:
        if unicodedata.category(char) not in ("Mn", "Me", "Cf"):
            cells += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return cells


@lru_cache(maxsize=1)
def _shaper() -> Any:
    from arabic_reshaper import ArabicReshaper

    # Marks are kept; of the ligatures only lam-alef, which every font of a terminal has.
    return ArabicReshaper(configuration={"delete_harakat": False, "delete_tatweel": False, "support_zwj": False})


def shown(text: str, *, rtl: bool) -> str:
    """``text`` shaped and in the order of the cells from left to right."""
    if not any(map(is_rtl, text)):
        return text
    from bidi.algorithm import get_display

    out = get_display(_shaper().reshape(text), base_dir="R" if rtl else "L")
    return _MARKED.sub(r"\2\1", out if isinstance(out, str) else out.decode("utf-8"))


def wrap(text: str, room: int) -> Iterator[str]:
    """``text`` in lines of at most ``room`` cells, cut between words; a longer word is cut inside."""
    line: list[str] = []
    used = 0
    for word in text.split(" "):
        while (size := width(word)) > room:
            if line:
                yield " ".join(line)
                line, used = [], 0
            yield word[:room]
            word = word[room:]
        if line and used + 1 + size > room:
            yield " ".join(line)
            line, used = [], 0
        used += size + (1 if line else 0)
        line.append(word)
    if line:
        yield " ".join(line)


def wrap_segments(segments: Sequence[Segment], room: int) -> Iterator[tuple[Segment, ...]]:
    """Segments in lines of at most ``room`` cells; they break between segments first, then between words."""
    line: list[Segment] = []
    used = 0
    for segment in segments:
        size = width(segment.text)
        if line and used + size > room:
            yield tuple(line)
            line, used = [], 0
            segment = Segment(segment.text.lstrip(), segment.style)
            size = width(segment.text)
        if size > room:
            *full, rest = wrap(segment.text, room)
            yield from ((Segment(part, segment.style),) for part in full)
            segment, size = Segment(rest, segment.style), width(rest)
        if segment.text:
            line.append(segment)
            used += size
    if line:
        yield tuple(line)


def _paint(text: str, style: str, colour: bool) -> str:
    return f"\x1b[{_ANSI[style]}m{text}\x1b[0m" if colour and style and text else text


def draw(line: Line, *, order: Order, columns: int, colour: bool) -> str:
    """The line as it is printed, without its line break."""
    if order == "visual":
        parts = [(shown(s.text, rtl=line.rtl or first_strong_rtl(s.text)), s.style) for s in line.segments]
        if line.rtl:
            parts.reverse()
        body = "".join(_paint(text, style, colour) for text, style in parts)
        if not line.rtl:
            return " " * line.indent + body
        free = columns - line.indent - sum(width(text) for text, _ in parts)
        return " " * max(0, free) + body
    mark = _RLM if line.rtl else _LRM
    out = [" " * line.indent]
    plain = "".join(s.text for s in line.segments)
    if plain and first_strong_rtl(plain) != line.rtl:
        out.append(mark)
    for number, segment in enumerate(line.segments):
        text = segment.text
        if any(is_rtl(c) for c in text) if not line.rtl else any(c.isascii() and c.isalpha() for c in text):
            text = _fenced(text, last=number + 1 == len(line.segments), mark=mark)
        out.append(_paint(text, segment.style, colour))
    return "".join(out).rstrip()


def _fenced(text: str, *, last: bool, mark: str) -> str:
    """A segment that runs against its line, with marks that keep its outer signs with it and its neighbours apart."""
    own = _RLM if first_strong_rtl(text) else _LRM
    before = own if text[0] in _SIGNS and own != mark else ""
    after = own if text[-1] in _SIGNS and own != mark else ""
    return before + text + after + ("" if last and not after else mark)
