"""Words, numbers, marks and line breaks of a text, in order, and the sentences and paragraphs they form.

Tokens are cut on the folded layer and carry source offsets. Hashtags fall apart into their words; joined words
are cut by ``read.joins``. A sentence ends at a full stop, question or exclamation mark, or a line break; a stop
between two digits or single letters (abbreviations such as the initials of an agency) ends nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from musnad.read.tokens import DIGIT, LETTER, LINE, Tokens, tokens
from musnad.settings import LIMITS, Limits
from musnad.types import Span

if TYPE_CHECKING:
    from musnad.read.tokens import Places

_TA_MARBUTA = 0x0629
_SHORTEST_JOINED = 6  # letters; as in ``read.joins``
_STOPS = frozenset(".!?\u061f\u06d4")
_CLOSERS = frozenset("\"'\u00bb\u201d\u2019)]}\u00ab\u201c")

WORD, NUMBER, BREAK, MARK = "w", "n", "b", "m"
_KINDS = {LETTER: WORD, DIGIT: NUMBER, LINE: BREAK}


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of one text as parallel tuples.

    Attributes:
        source: the text.
        forms: folded spelling of each token (a line break is ``/n``).
        kinds: ``w`` word, ``n`` number, ``b`` line break, ``m`` mark.
        starts, ends: source offsets in code points.
        sentences: number of the sentence that each token belongs to.
        bounds: for each sentence its first token and the one after its last.
        paragraphs: number of the paragraph of each token.
        others: the tokens that are no words, in order.
    """

    source: str
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
    longest = limits.max_word_chars
    layer = tokens(text)
    first, last = layer.edges()
    forms = _forms(layer, first, last)
    if cuts := _cuts(layer, first, last, forms, split, longest):
        layer.begins[cuts] = True
        first, last = layer.edges()
        forms = _forms(layer, first, last)
    classes = layer.classes.take(first)
    others = (classes != LETTER).nonzero()[0].tolist()
    kinds = [WORD] * len(forms)
    for i, cls in zip(others, classes.take(others).tolist(), strict=True):
        kinds[i] = _KINDS.get(cls, MARK)
        if cls == LINE:
            forms[i] = "/n"
    for i in (last - first > longest).nonzero()[0].tolist():
        if kinds[i] == WORD:
            forms[i] = forms[i][:longest]
    starts, ends = layer.sources(first, last)
    bounds = _bounds(forms, kinds, starts, ends, others, limits.max_sentence_words)
    breaks = [i + 1 for i in others if kinds[i] == BREAK]
    return Words(
        source=text,
        forms=tuple(forms),
        kinds=tuple(kinds),
        starts=tuple(starts),
        ends=tuple(ends),
        sentences=_numbers([end for _, end in bounds[:-1]], len(forms)),
        bounds=tuple(bounds),
        paragraphs=_numbers(breaks, len(forms)),
        others=tuple(others),
    )


def _forms(layer: Tokens, starts: Places, ends: Places) -> list[str]:
    text = layer.text
    return [text[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]


def _cuts(layer: Tokens, starts: Places, ends: Places, forms: list[str], split: Splitter, longest: int) -> list[int]:
    """Where new words begin in joined words, as offsets in the folded text."""
    sizes = ends - starts
    whole = (sizes >= _SHORTEST_JOINED) & (sizes <= longest) & (layer.classes.take(starts) == LETTER)
    tried = whole.nonzero()[0].tolist()
    joined = split([forms[i] for i in tried])
    found = {i: joined[forms[i]] for i in tried if forms[i] in joined} if joined else {}
    inner = (layer.source[:-1] == _TA_MARBUTA) & (layer.classes[1:-1] == LETTER)
    for i in (starts.searchsorted(inner.nonzero()[0], "right") - 1).tolist():
        if whole[i]:
            spelling = "".join(map(chr, layer.source[starts[i] : ends[i]].tolist()))
            found[i] = split((forms[i],), source=spelling).get(forms[i], ())
    return [int(starts[i]) + at for i, cuts in found.items() for at in cuts]


def kind_of(form: str) -> str:
    """The kind of a token of this form."""
    first = form[:1]
    return NUMBER if first.isdecimal() else WORD if first.isalnum() else MARK


def _numbers(edges: list[int], size: int) -> tuple[int, ...]:
    """For each of ``size`` places how many of the ascending ``edges`` lie at or before it."""
    found: list[int] = []
    for number, edge in enumerate(edges):
        found += [number] * (edge - len(found))
    found += [len(edges)] * (size - len(found))
    return tuple(found)


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
