"""What a word can be where names of places are looked for: the beginning of a listed name, or a class noun.

Words are looked up with and without the clitics written to them, each word type once.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from musnad.find.kept import Kept
from musnad.find.placewords import ALIF, CLITICS, FA, LAM, PREPOSITIONS, WAW, general, is_class_noun
from musnad.lexicon.gazetteer import gazetteer
from musnad.read.joins import word_count

_SHORTEST = 3
_RARE, _RATIO = 64, 3
"""A word at least so usual, and so many times more usual than its rest, has no clitic."""


class Start(NamedTuple):
    """A way to read a word as the beginning of a name: clitic letters before it, the word, lengths of names.

    Attributes:
        letters: how many letters of the token stand before the name.
        single: whether the word alone is listed.
        longer: the lengths of the names of several words that begin with it, longest first; ``seconds``: their second
            words.
    """

    letters: int
    word: str
    single: bool
    longer: tuple[int, ...]
    seconds: frozenset[str]
    clitic: str


class PlaceWord(NamedTuple):
    """What a word can be here: beginnings of names, and whether a class noun.

    Attributes:
        single: whether a name may end at the word; ``seconds``: the words after it with which a name may go on.
    """

    starts: tuple[Start, ...]
    is_noun: bool
    single: bool
    seconds: frozenset[str]


_NO_WORDS: frozenset[str] = frozenset()
_NOUN = PlaceWord((), True, False, _NO_WORDS)


@cache
def place_words() -> Kept[PlaceWord | None]:
    """Folded word → what it can be here; None where nothing."""
    return Kept(place_word)


def place_word(form: str) -> PlaceWord | None:
    """What a folded word can be where names of places are looked for; not kept."""
    if form[0] in CLITICS:
        starts = tuple(_starts(form))
    else:
        starts = (_start(0, form, ""),) if form in gazetteer().firsts else ()
    is_noun = is_class_noun(form)
    if not starts:
        return _NOUN if is_noun else None
    if len(starts) == 1:
        return PlaceWord(starts, is_noun, starts[0].single, starts[0].seconds)
    seconds = frozenset(word for start in starts for word in start.seconds)
    return PlaceWord(starts, is_noun, any(start.single for start in starts), seconds)


def _starts(form: str) -> Iterator[Start]:
    """The readings of a folded word as the beginning of a listed name, the whole word first."""
    table = gazetteer().firsts
    if form in table:
        yield _start(0, form, "")
    if form in general():
        return
    for conjunction in ("", form[0]) if form[0] in (WAW, FA) else ("",):
        if len(form) <= len(conjunction) + 2:
            continue
        rest = form[len(conjunction) :]
        if conjunction and rest in table:
            yield _start(1, rest, conjunction)
        if rest[0] in PREPOSITIONS and len(rest) > _SHORTEST:
            clitic = conjunction + rest[0]
            if rest[1:] in table:
                usual = word_count(form)
                if usual < _RARE or usual <= _RATIO * word_count(rest[1:]):
                    yield _start(len(clitic), rest[1:], clitic)
            whole = ALIF + rest[1:]
            if rest.startswith(LAM + LAM) and whole in table:  # the article has lost its first letter
                yield _start(len(conjunction), whole, clitic)


def _start(letters: int, word: str, clitic: str) -> Start:
    sizes, _, seconds = gazetteer().firsts[word].partition("\t")
    if not seconds:
        return Start(letters, word, True, (), _NO_WORDS, clitic)
    longer = tuple(int(size) for size in sizes if size != "1")
    return Start(letters, word, "1" in sizes, longer, frozenset(seconds.split()), clitic)
