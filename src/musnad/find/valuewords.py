"""Every word of a text looked up once for all finders of values: what it can be in numbers, times and places."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from typing import NamedTuple

from musnad.find.kept import Kept
from musnad.find.numberwords import number_words
from musnad.find.placestarts import PlaceWord, place_word
from musnad.find.placewords import ALIF, ARTICLE, CLITICS, LAM, classes
from musnad.find.timewords import TimeWord, time_stems, time_word
from musnad.find.wordless import sign, sign_stems
from musnad.lexicon.gazetteer import gazetteer
from musnad.read.words import Words

_TIME, _PLACE, _SIGN, _NUMBER = 1, 2, 4, 8
_TO_THE = LAM + LAM  # the preposition before the article, whose first letter is lost


class ValueWord(NamedTuple):
    """A word type as a part of values.

    Attributes:
        number: whether it is digits or a number word.
        counts: whether it may be the sign of a quantity without a number.
        time, place: what it is in times and in names of places, or None.
    """

    number: bool
    counts: bool
    time: TimeWord | None
    place: PlaceWord | None


class ValueTokens(NamedTuple):
    """The tokens of a text that may be parts of values, ascending.

    Attributes:
        numbers, counts: tokens with ``ValueWord.number``, ``ValueWord.counts``.
        times, places: tokens → what they are in times, and in names of places.
    """

    numbers: list[int]
    counts: list[int]
    times: dict[int, TimeWord]
    places: dict[int, PlaceWord]


@cache
def value_words() -> Kept[ValueWord | None]:
    """Folded word form → what it is in values; None for words that are nothing there."""
    return Kept(partial(_value_word, _stems()))


def _value_word(stems: Mapping[str, int], form: str) -> ValueWord | None:
    number = form[0].isdecimal()
    kinds = stems.get(form, 0)
    if form[0] in CLITICS:
        for stem in _cuts(form):
            kinds |= stems.get(stem, 0)
    elif form[:2] == ARTICLE:
        kinds |= stems.get(form[2:], 0)
    if not (kinds or number):
        return None
    number = number or form in number_words()
    counts = bool(kinds & _SIGN) and sign(form) is not None
    time = time_word(form) if kinds & _TIME or number else None
    place = place_word(form) if kinds & _PLACE else None
    return ValueWord(number, counts, time, place) if number or counts or time or place else None


@cache
def _stems() -> Mapping[str, int]:
    """All that may be left of a word → the values in which it may have a part, as bits.

    Three of four word types have no part in any: this tells so after two look-ups instead of twelve.
    """
    found: dict[str, int] = dict.fromkeys(gazetteer().firsts, _PLACE)
    for bit, stems in (
        (_PLACE, classes()),
        (_TIME, time_stems()),
        (_SIGN, sign_stems()),
        (_NUMBER, number_words()),
    ):
        for stem in stems:
            found[stem] = found.get(stem, 0) | bit
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


def value_tokens(words: Words) -> ValueTokens:
    """The tokens of ``words`` that may be parts of values."""
    found = enumerate(map(value_words().__getitem__, words.forms))
    known = [(i, word) for i, word in found if word is not None]
    return ValueTokens(
        numbers=[i for i, word in known if word.number],
        counts=[i for i, word in known if word.counts],
        times={i: word.time for i, word in known if word.time is not None},
        places={i: word.place for i, word in known if word.place is not None},
    )
