"""Words, numbers, marks and line breaks of a text, in order, and the sentences and paragraphs they form.

Tokens are cut on the folded layer and carry source offsets. Hashtags fall apart into their words; joined words
are cut by ``read.joins``. A sentence ends at a full stop, question or exclamation mark, or a line break; a stop
between two digits or single letters (abbreviations such as the initials of an agency) ends nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from musnad.read.fold import Folded, fold
from musnad.settings import LIMITS, Limits
from musnad.types import Span

_TOKEN = re.compile(r"([^\W\d_]+)|(\d+(?:[.,:/]\d+)*)|(\n[\s]*)|(\.{2,}|''|[^\w\s])|_")
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
    """

    folded: Folded
    forms: tuple[str, ...]
    kinds: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[int, ...]
    bounds: tuple[tuple[int, int], ...]
    paragraphs: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.forms)

    def span(self, first: int, last: int) -> Span:
        """Source span of tokens ``[first, last)``."""
        return (self.starts[first], self.ends[last - 1])


def _whole(_: str) -> tuple[int, ...]:
    return ()


def words(text: str, *, split: Callable[[str], tuple[int, ...]] = _whole, limits: Limits = LIMITS) -> Words:
    """Cut ``text`` into tokens; ``split`` gives the cut offsets inside a joined word (see ``read.joins``)."""
    folded = fold(text)
    forms: list[str] = []
    kinds: list[str] = []
    cuts: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(folded.text):
        group = match.lastindex
        if group is None:
            continue
        start, end = match.span()
        form = match.group()
        if group == 1:
            if len(form) > limits.max_word_chars:
                form = form[: limits.max_word_chars]
            elif len(form) > 5 and (at := split(form)):
                edges = [0, *at, len(form)]
                for a, b in zip(edges, edges[1:], strict=False):
                    forms.append(form[a:b])
                    kinds.append(WORD)
                    cuts.append((start + a, start + b))
                continue
            kinds.append(WORD)
        elif group == 2:
            kinds.append(NUMBER)
        elif group == 3:
            kinds.append(BREAK)
            form = "/n"
        else:
            kinds.append(MARK)
        forms.append(form)
        cuts.append((start, end))
    back = folded.back
    spans = cuts if folded.starts is None else [back(a, b) for a, b in cuts]
    sentences, bounds, paragraphs = _sentences(forms, kinds, spans, limits.max_sentence_words)
    return Words(
        folded=folded,
        forms=tuple(forms),
        kinds=tuple(kinds),
        starts=tuple(s for s, _ in spans),
        ends=tuple(e for _, e in spans),
        sentences=sentences,
        bounds=bounds,
        paragraphs=paragraphs,
    )


def _ends_sentence(forms: list[str], kinds: list[str], spans: list[Span], i: int) -> bool:
    """Whether the stop at token ``i`` ends a sentence rather than an initial or an ellipsis inside one."""
    if forms[i] != ".":
        return True
    if i + 1 >= len(forms) or kinds[i + 1] == BREAK:
        return True
    single = i and kinds[i - 1] == WORD and len(forms[i - 1]) == 1 and spans[i - 1][1] == spans[i][0]
    if single and kinds[i + 1] == WORD and (len(forms[i + 1]) == 1 or (i >= 2 and forms[i - 2] == ".")):
        return len(forms[i + 1]) > 1 and spans[i][1] != spans[i + 1][0] and not (i >= 2 and forms[i - 2] == ".")
    glued = spans[i][1] == spans[i + 1][0]
    return not (glued and forms[i - 1 : i] and kinds[i - 1] != WORD and kinds[i + 1] == NUMBER)


def _sentences(
    forms: list[str], kinds: list[str], spans: list[Span], most: int
) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...], tuple[int, ...]]:
    numbers: list[int] = []
    paragraphs: list[int] = []
    bounds: list[tuple[int, int]] = []
    first = paragraph = 0
    pending = False
    for i, form in enumerate(forms):
        kind = kinds[i]
        if pending and not (kind == MARK and form in _CLOSERS and spans[i][0] == spans[i - 1][1]):
            bounds.append((first, i))
            first, pending = i, False
        numbers.append(len(bounds))
        paragraphs.append(paragraph)
        if kind == BREAK:
            paragraph += 1
            pending = True
        elif (kind == MARK and form in _STOPS and _ends_sentence(forms, kinds, spans, i)) or i - first >= most:
            pending = True
    if first < len(forms):
        bounds.append((first, len(forms)))
    return tuple(numbers), tuple(bounds), tuple(paragraphs)
