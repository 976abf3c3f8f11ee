"""Every word of a text looked up once for all finders of values: what it may be in numbers, times and places.

What a word type may be is a few bits. Only where a finder may begin, which the bits of a text and of the words that
follow tell at once, are the records of words looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from musnad.find.kept import Kept
from musnad.find.numberwords import number_words
from musnad.find.placewords import ALIF, ARTICLE, CLITICS, LAM, classes, gentilics
from musnad.find.times import opening_classes
from musnad.find.timewords import names, time_stems
from musnad.find.wordless import sign_stems
from musnad.lexicon.gazetteer import gazetteer
from musnad.read.words import Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Kinds = NDArray[np.int64]

# What a word may be, as bits.
NUMBER = 1  # it is digits or a number word
SIGN = 2  # the sign of a quantity without a number
PART = 4  # a part of a time, but not only its first word: a time word, a number, a mark
TIME, TIME_ALONE, PHRASE = 8, 16, 32  # the beginning of a time; a whole one; the first word of a phrase in one
PLACE, LONGER = 64, 128  # the name of a place or a class noun; the first word of a longer name
IN_PHRASE, IN_NAME = 256, 512  # the second word of what ``PHRASE`` and ``LONGER`` begin
MORE = 1024  # more than a mark or a word that only joins two parts of a time
_AS_IT_STANDS = NUMBER | IN_PHRASE | IN_NAME
GENTILIC = 2048  # that of a country
KINDS = 4095  # all of them
_OF_REST = KINDS - _AS_IT_STANDS
_LINKS = frozenset(("of", "from", "to", "lead", "at", "and", "or"))  # classes of time words
_YEAR = len("2016")
_TO_THE = LAM + LAM  # the preposition before the article, whose first letter is lost


class ValueTokens(NamedTuple):
    """The tokens of a text that may be parts of values, ascending.

    Attributes:
        numbers: tokens that are digits or number words.
        counts: tokens that may be signs of a quantity without a number.
        times: tokens at which a time may begin.
        parts: for each token whether it may be a part of a time.
        ends: for each token whether a time that it opens goes no further: what stands behind it is no part of one, or
            only joins it to what is none.
        places: tokens at which the name of a place may begin, and class nouns.
        gentilics: tokens that may be gentilics of countries.
    """

    numbers: list[int]
    counts: list[int]
    times: list[int]
    parts: bytes
    ends: bytes
    places: list[int]
    gentilics: list[int]


@cache
def value_kinds() -> Kept[int]:
    """Folded form of a token → what it may be in values, as bits."""
    return Kept(kinds_of_form)


def kinds_of_form(form: str) -> int:
    """What a token with this folded form may be in values, as bits; not kept."""
    stems = _stems()
    kinds = stems.get(form, 0)
    first = form[0]
    if first in CLITICS:
        rest = 0
        for stem in _cuts(form):
            rest |= stems.get(stem, 0)
        return kinds | (rest & _OF_REST)
    if form[:2] == ARTICLE:
        return kinds | (stems.get(form[2:], 0) & _OF_REST)
    if first.isalpha():
        return kinds
    if not first.isdecimal():
        return kinds | PART
    plain = len(form) != _YEAR and form.isdecimal()
    return kinds | NUMBER | PART | MORE | TIME | (0 if plain else TIME_ALONE)


@cache
def _stems() -> Mapping[str, int]:
    """All that may be left of a word → what it may be, as bits.

    Three of four word types are nothing: this tells so after two look-ups instead of twelve.
    """
    found: dict[str, int] = {}

    def add(stems: Iterable[str], kinds: int) -> None:
        for stem in stems:
            found[stem] = found.get(stem, 0) | kinds

    for first, cells in gazetteer().firsts.items():
        sizes, _, seconds = cells.partition("\t")
        add((first,), PLACE * ("1" in sizes) | LONGER * bool(seconds))
        add(seconds.split(), IN_NAME)
    opening, standing = opening_classes()
    for stem, senses in time_stems().items():
        single = {name for s in senses if not s.rest for definite in (False, True) for name in names(s, definite)}
        longer = [s.rest[0] for s in senses if s.rest]
        kinds = PART | TIME * bool(single & opening) | TIME_ALONE * bool(single & standing) | PHRASE * bool(longer)
        add((stem,), kinds | MORE * any(s.cls not in _LINKS for s in senses if not s.rest))
        add(longer, IN_PHRASE)
    add(classes(), PLACE)
    add(gentilics(), GENTILIC)
    add(sign_stems(), SIGN)
    add(number_words(), NUMBER | PART | MORE)
    return found


def _cuts(form: str) -> tuple[str, ...]:
    """What may be left of a word that begins with a clitic, in whatever way the finders take them off, and more."""
    rest = form[1:]
    found: tuple[str, ...] = (rest,)
    if rest.startswith(ARTICLE):
        found += (rest[2:],)
    elif rest[:1] in CLITICS:
        after = rest[1:]
        found += (after, after[2:]) if after.startswith(ARTICLE) else (after,)
        if rest[:2] == _TO_THE:
            found += (after[1:], ALIF + after)
    return (*found, ALIF + rest) if form.startswith(_TO_THE) else found


def kinds_of(words: Words) -> Kinds:
    """What each token of ``words`` may be in values, as bits, and behind them what lies beyond the text."""
    import numpy as np

    return np.array([*map(value_kinds().__getitem__, words.forms), PART, PART], np.int64)


def value_tokens(kinds: Kinds, bounds: Sequence[tuple[int, int]]) -> list[ValueTokens]:
    """The tokens that may be parts of values in texts that lie side by side.

    Args:
        kinds: what may stand in each place, as bits.
        bounds: the first place of each text and the one behind its last; at least two places behind a text are beyond
            any text, and marks (``PART`` alone).
    """

    following, second = kinds[1:-1], kinds[2:]
    kinds = kinds[:-2]

    def has(places: Kinds, kind: int) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = (places & kind) != 0
        return found

    def tokens(of_texts: NDArray[np.bool_]) -> Iterator[list[int]]:
        return (of_texts[first:end].nonzero()[0].tolist() for first, end in bounds)

    def marks(of_texts: NDArray[np.bool_]) -> Iterator[bytes]:
        return (of_texts[first:end].tobytes() for first, end in bounds)

    joined = ~has(following, MORE) & ~(has(following, PHRASE) & has(second, IN_PHRASE))
    ends = ~has(following, PART) | (joined & ~has(second, PART))
    phrases = has(kinds, PHRASE) & has(following, IN_PHRASE)
    times = phrases | has(kinds, TIME_ALONE) | (has(kinds, TIME) & ~ends)
    places = has(kinds, PLACE) | (has(kinds, LONGER) & has(following, IN_NAME))
    numbers, counts, gentilics = (tokens(has(kinds, kind)) for kind in (NUMBER, SIGN, GENTILIC))
    columns = numbers, counts, tokens(times), marks(has(kinds, PART)), marks(ends), tokens(places), gentilics
    return [ValueTokens(*row) for row in zip(*columns, strict=True)]
