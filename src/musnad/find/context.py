"""One text as all finders see it: tokens, their tags, quotations, and units (sentences that keep quotations whole)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from musnad.find.quotes import Quote, quotes
from musnad.find.tags import Cue, Tag, token_tags, with_phrases
from musnad.read.words import BREAK, MARK, NUMBER, WORD, Words
from musnad.types import Span

_COMMAS = frozenset(",\u060c")
_DASHES = frozenset("-\u2013\u2014\u2012\u0640")
COMMA, DASH, OPEN, CLOSE, STOP, COLON, SEMICOLON, LINE, DIGITS = ",", "-", "Q(", "Q)", ".", ":", ";", "/n", "#0"
_SYMBOLS = {**dict.fromkeys(_COMMAS, COMMA), **dict.fromkeys(_DASHES, DASH), "\u061b": SEMICOLON, "/n": LINE}
_LONGEST_QUOTE = 250
_NAMED = frozenset(("given", "given?"))
_ARTICLE = "\u0627\u0644"


@dataclass(frozen=True, slots=True)
class Context:
    """A text prepared for finding.

    Attributes:
        words: its tokens.
        tags: a tag per token, None for marks and breaks.
        symbols: the one class of each token used in features; marks stand for themselves.
        quotes: quotations, outer first; ``openers`` and ``closers`` find them by the token of their mark.
        inside: for each token the number of the innermost quotation around it, -1 outside.
        units: for each token the bounds ``[first, end)`` of its unit.
        opening_words: the words that may open something that finders look for.
    """

    words: Words
    tags: tuple[Tag | None, ...]
    symbols: tuple[str, ...]
    quotes: tuple[Quote, ...]
    openers: Mapping[int, Quote]
    closers: Mapping[int, Quote]
    inside: tuple[int, ...]
    units: tuple[tuple[int, int], ...]
    opening_words: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.symbols)

    def span(self, first: int, end: int) -> Span:
        """Source span of tokens ``[first, end)``."""
        return (self.words.starts[first], self.words.ends[end - 1])

    def bare_span(self, first: int, end: int) -> Span:
        """Source span of tokens ``[first, end)`` without the conjunction and preposition fused to the first word."""
        a, b = self.span(first, end)
        t = self.tags[first]
        if t is None or (t.definite and t.proclitic and not t.bare[1:].startswith(_ARTICLE)):
            return (a, b)
        if t.proclitic and self._follows_name(t.form):
            return (a, b)
        return self.cut_span(first, end, len(t.conjunction) + len(t.proclitic))

    def cut_span(self, first: int, end: int, letters: int) -> Span:
        """Source span of tokens ``[first, end)`` without the first ``letters`` letters, at least one of which stays."""
        a, b = self.span(first, end)
        source = self.words.source
        while letters and a < b - 1:
            letters -= 1
            a += 1
            while a < b - 1 and not source[a].isalnum():  # marks and tatweel belong to the letter before them
                a += 1
        return (a, b)

    def _follows_name(self, form: str) -> bool:
        """Whether the text gives ``form`` as a second name (*Jean K...*): its first letter is no preposition then."""
        forms, at = self.words.forms, 0
        for _ in range(forms.count(form) - (forms[0] == form)):
            at = forms.index(form, at + 1)
            t = self.tags[at - 1]
            if t is not None and not t.lexical.isdisjoint(_NAMED):
                return True
        return False

    def spelt(self, first: int, end: int) -> str:
        """Source text of tokens ``[first, end)`` without fused clitics, with a space between joined words."""
        a, b = self.bare_span(first, end)
        words, source = self.words, self.words.source
        starts, ends, kinds = words.starts, words.ends, words.kinds
        cuts = [k for k in range(first + 1, end) if starts[k] == ends[k - 1] and kinds[k] == kinds[k - 1] == WORD]
        if not cuts:
            return source[a:b]
        edges = [a, *(starts[k] for k in cuts), b]
        return " ".join(source[x:y] for x, y in pairwise(edges))

    def text(self, first: int, end: int) -> str:
        """Source text of tokens ``[first, end)``."""
        a, b = self.span(first, end)
        return self.words.source[a:b]

    def opening(self, kind: int) -> list[int]:
        """The words that may open what ``kind`` says (``find.openers``), in order."""
        tags = self.tags
        return [i for i in self.opening_words if (t := tags[i]) is not None and t.opens & kind]

    def cues(self, i: int) -> tuple[Cue, ...]:
        """Readings of token ``i`` as a reporting word."""
        found = self.tags[i]
        return found.cues if found is not None else ()

    def is_word(self, i: int) -> bool:
        """Whether token ``i`` exists and is a word or a number."""
        return 0 <= i < len(self.symbols) and self.words.kinds[i] in (WORD, NUMBER)

    def symbol(self, i: int) -> str:
        """The symbol at ``i``; ``<`` and ``>`` beyond the text."""
        return self.symbols[i] if 0 <= i < len(self.symbols) else "<" if i < 0 else ">"

    def fine(self, i: int) -> str:
        """The distributional class of the word at ``i``, the symbol of everything else."""
        t = self.tags[i] if 0 <= i < len(self.symbols) else None
        return self.symbol(i) if t is None else t.fine

    def form(self, i: int) -> str:
        """The folded form at ``i``; ``<`` and ``>`` beyond the text."""
        return self.words.forms[i] if 0 <= i < len(self.symbols) else "<" if i < 0 else ">"


def context(words: Words) -> Context:
    """Tag and quote ``words``."""
    found = quotes(words)
    openers = {q.open: q for q in found}
    closers = {q.close: q for q in found if q.closed}
    forms, kinds = words.forms, words.kinds
    tags = list(map(token_tags().__getitem__, forms))
    symbols = ["" if t is None else t.symbol for t in tags]
    for i in words.others:
        if kinds[i] == NUMBER:
            symbol = DIGITS
        elif i in openers:
            symbol = OPEN
        elif i in closers:
            symbol = CLOSE
        else:
            symbol = _SYMBOLS.get(forms[i], forms[i])
        symbols[i] = symbol
    seconds = (*forms[1:], LINE)
    # what follows may be one letter of a word: the last word of a phrase that is written to the next one
    firsts = [
        i for i, t in enumerate(tags)
        if t is not None and t.phrases and (seconds[i] in t.phrases or seconds[i][0] in t.phrases)
    ]  # fmt: skip
    with_phrases(tags, firsts)
    return Context(
        words=words,
        tags=tuple(tags),
        symbols=tuple(symbols),
        quotes=found,
        openers=MappingProxyType(openers),
        closers=MappingProxyType(closers),
        inside=_inside(found, len(words)),
        units=_units(words, found),
        opening_words=tuple([i for i, t in enumerate(tags) if t is not None and t.opens]),
    )


def _inside(found: tuple[Quote, ...], size: int) -> tuple[int, ...]:
    """For each of ``size`` tokens the number of the last quotation around it, -1 outside."""
    numbers: list[int] = []
    around: list[tuple[int, int]] = []  # end and number of the quotations that may still cover what follows
    for number, q in enumerate((*found, Quote(size, size, 0))):
        while around and len(numbers) < q.open:
            end, last = around[-1]
            numbers += [last] * (min(end, q.open) - len(numbers))
            if end > q.open:
                break
            around.pop()
        numbers += [-1] * (q.open - len(numbers))
        around.append((min(q.close + 1, size), number))
    return tuple(numbers)


def _units(words: Words, found: tuple[Quote, ...]) -> tuple[tuple[int, int], ...]:
    """Join the sentences that a closed quotation runs over."""
    joined: set[int] = set()  # ends of sentences that are no ends of units
    for q in found:
        if q.closed and q.close - q.open <= _LONGEST_QUOTE:
            first, last = words.sentences[q.open], words.sentences[q.close]
            joined.update(words.bounds[s][1] for s in range(first, last))
    units: list[tuple[int, int]] = []
    start = 0
    for _, end in words.bounds:
        if end in joined:
            continue
        units += [(start, end)] * (end - start)
        start = end
    units += [(start, len(words))] * (len(words) - len(units))
    return tuple(units)


__all__ = ["BREAK", "MARK", "NUMBER", "WORD", "Context", "context"]
