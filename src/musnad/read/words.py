"""Words, numbers, marks and line breaks of a text, in order, and the sentences and paragraphs they form.

Tokens are cut on the folded layer and carry source offsets. Hashtags fall apart into their words; joined words
are cut by ``read.joins``. A sentence ends at a full stop, question or exclamation mark, or a line break; a stop
between two digits or single letters (abbreviations such as the initials of an agency) ends nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Protocol

from musnad.read.fold import Folded, fold
from musnad.settings import LIMITS, Limits
from musnad.types import Span

# A token after at most one space: looking for one at every space, and not for Arabic letters first, takes a fifth more.
_TOKEN = re.compile(r"( ?)([\u0621-\u064a]+[^\W\d_]*|[^\W\d_]+|\d+(?:[.,:/]\d+)*|\n\s*|\.{2,}|''|[^\w\s]|_)")
_TA_MARBUTA = chr(0x0629)
_INNER_TA_MARBUTA = re.compile(_TA_MARBUTA + r"(?=[^\W\d_])")
_SHORTEST_JOINED = 6  # letters; as in ``read.joins``
_STOPS = frozenset(".!?\u061f\u06d4")
_CLOSERS = frozenset("\"'\u00bb\u201d\u2019)]}\u00ab\u201c")

WORD, NUMBER, BREAK, MARK = "w", "n", "b", "m"


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of one text as parallel tuples.

    Attributes:
        folded: the folded layer they were cut from.
        forms: folded spelling of each token (a line break is ``/n``).
        kinds: ``w`` word, ``n`` number, ``b`` line break, ``m`` mark.
        starts, ends: source offsets in code points.
        sentences: number of the sentence that each token belongs to.
        bounds: for each sentence its first token and the one after its last.
        paragraphs: number of the paragraph of each token.
        others: the tokens that are no words, in order.
    """

    folded: Folded
    forms: tuple[str, ...]
    kinds: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[int, ...]
    bounds: tuple[tuple[int, int], ...]
    paragraphs: tuple[int, ...]
    others: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.forms)

    def span(self, first: int, last: int) -> Span:
        """Source span of tokens ``[first, last)``."""
        return (self.starts[first], self.ends[last - 1])


class Splitter(Protocol):
    """Gives the joined words of a text with their cuts (see ``read.joins.split_words``)."""

    def __call__(self, words: Iterable[str], /, *, source: str = "") -> Mapping[str, tuple[int, ...]]:
        """The joined ones of the folded ``words`` → the offsets within them at which a new word begins.

        Args:
            source: the unfolded spelling of a single word.
        """


def _whole(_: Iterable[str], /, *, source: str = "") -> Mapping[str, tuple[int, ...]]:
    return {}


def words(text: str, *, split: Splitter = _whole, limits: Limits = LIMITS) -> Words:
    """Cut ``text`` into tokens.

    Args:
        text: an article, as read.
        split: cuts joined words; by default they stay whole.
        limits: bounds on words and sentences.
    """
    folded = fold(text)
    # gaps, single spaces and tokens take turns; their lengths give the offsets
    parts = _TOKEN.split(folded.text)
    edges = list(accumulate(map(len, parts)))
    forms, starts, ends = parts[2::3], edges[1:-1:3], edges[2::3]
    if "_" in folded.text:
        kept = [i for i, form in enumerate(forms) if form != "_"]
        forms = [forms[i] for i in kept]
        starts, ends = [starts[i] for i in kept], [ends[i] for i in kept]
    forms, starts, ends = _cut_joined(forms, starts, ends, folded=folded, split=split, longest=limits.max_word_chars)
    kinds = [WORD] * len(forms)
    others = [i for i, is_word in enumerate(map(str.isalpha, forms)) if not is_word]
    for i in others:
        kinds[i] = kind_of(forms[i])
        if kinds[i] == BREAK:
            forms[i] = "/n"
    if WORD in map(kinds.__getitem__, others):  # letters beside signs that count as letters
        others = [i for i in others if kinds[i] != WORD]
    starts, ends = folded.all_back(starts, ends)
    bounds = _bounds(forms, kinds, starts, ends, others, limits.max_sentence_words)
    breaks = [i + 1 for i in others if kinds[i] == BREAK]
    return Words(
        folded=folded,
        forms=tuple(forms),
        kinds=tuple(kinds),
        starts=tuple(starts),
        ends=tuple(ends),
        sentences=_numbers([end for _, end in bounds[:-1]], len(forms)),
        bounds=tuple(bounds),
        paragraphs=_numbers(breaks, len(forms)),
        others=tuple(others),
    )


def kind_of(form: str) -> str:
    """The kind of a token of this form."""
    first = form[:1]
    if first == "\n":
        return BREAK
    return NUMBER if first.isdecimal() else WORD if first.isalnum() else MARK


def _numbers(edges: list[int], size: int) -> tuple[int, ...]:
    """For each of ``size`` places how many of the ascending ``edges`` lie at or before it."""
    found: list[int] = []
    for number, edge in enumerate(edges):
        found += [number] * (edge - len(found))
    found += [len(edges)] * (size - len(found))
    return tuple(found)


def _cut_joined(
    forms: list[str], starts: list[int], ends: list[int], *, folded: Folded, split: Splitter, longest: int
) -> tuple[list[str], list[int], list[int]]:
    """Cut joined words and shorten endless ones."""
    long = [form for form in set(forms) if len(form) >= _SHORTEST_JOINED]
    if max(map(len, long), default=0) > longest:
        forms = [form[:longest] if kind_of(form) == WORD else form for form in forms]
    known = split([form for form in long if form.isalpha() and len(form) <= longest])
    spelt = _spelt_cuts(forms, starts, ends, folded, split)
    if not known and not spelt:
        return forms, starts, ends
    cut_forms: list[str] = []
    cut_starts: list[int] = []
    cut_ends: list[int] = []
    done = 0
    cuts = [(i, at) for i, form in enumerate(forms) if (at := spelt[i] if i in spelt else known.get(form, ()))]
    for i, at in [*cuts, (len(forms), ())]:
        cut_forms += forms[done:i]
        cut_starts += starts[done:i]
        cut_ends += ends[done:i]
        if at:
            places = (0, *at, len(forms[i]))
            cut_forms += [forms[i][a:b] for a, b in pairwise(places)]
            cut_starts += [starts[i] + a for a in places[:-1]]
            cut_ends += [starts[i] + b for b in places[1:]]
        done = i + 1
    return cut_forms, cut_starts, cut_ends


def _spelt_cuts(
    forms: list[str], starts: list[int], ends: list[int], folded: Folded, split: Splitter
) -> dict[int, tuple[int, ...]]:
    """The cuts of each token whose spelling has a ta marbuta that is not its last letter."""
    found: dict[int, tuple[int, ...]] = {}
    spelling = _spelling(folded)
    for at in (m.start() for m in re.finditer(_TA_MARBUTA, spelling)):
        i = bisect_right(starts, at) - 1
        size = ends[i] - starts[i]
        if at < ends[i] - 1 and len(forms[i]) == size >= _SHORTEST_JOINED:
            found[i] = split((forms[i],), source=spelling[starts[i] : ends[i]]).get(forms[i], ())
    return found


def _spelling(folded: Folded) -> str:
    """The text letter by letter as the folded one, but unfolded; "" where no ta marbuta shows where a word ends."""
    source = folded.source
    if _INNER_TA_MARBUTA.search(source) is None:
        return ""
    return source if folded.starts is None else "".join([source[at] for at in folded.starts[:-1]])


def _ends_sentence(forms: list[str], kinds: list[str], starts: list[int], ends: list[int], i: int) -> bool:
    """Whether the stop at token ``i`` ends a sentence rather than an initial or an ellipsis inside one."""
    if forms[i] != ".":
        return True
    if i + 1 >= len(forms) or kinds[i + 1] == BREAK:
        return True
    glued = ends[i] == starts[i + 1]
    single = i and kinds[i - 1] == WORD and len(forms[i - 1]) == 1 and ends[i - 1] == starts[i]
    initials = i >= 2 and forms[i - 2] == "."
    if single and kinds[i + 1] == WORD and (len(forms[i + 1]) == 1 or initials):
        return len(forms[i + 1]) > 1 and not glued and not initials
    return not (glued and i and kinds[i - 1] != WORD and kinds[i + 1] == NUMBER)


def _bounds(
    forms: list[str], kinds: list[str], starts: list[int], ends: list[int], others: list[int], most: int
) -> list[tuple[int, int]]:
    """The first token of each sentence and the one after its last; ``others`` are the tokens that are no words."""
    size = len(forms)
    stops = [
        i for i in others if kinds[i] == BREAK or (forms[i] in _STOPS and _ends_sentence(forms, kinds, starts, ends, i))
    ]
    bounds: list[tuple[int, int]] = []
    first = 0
    for stop in [*stops, size]:
        while first <= stop and first < size:
            end = min(stop, first + most) + 1
            # a mark at the head of a line opens: it closes nothing before the line break
            while end < size and kinds[end - 1] != BREAK and forms[end] in _CLOSERS and starts[end] == ends[end - 1]:
                end += 1
            bounds.append((first, min(end, size)))
            first = end
    return bounds
