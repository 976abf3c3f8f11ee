"""Every word of a text looked up once for all finders of values: what it can be in numbers, times and places."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from musnad.find.kept import Kept
from musnad.find.numberwords import number_words
from musnad.find.placestarts import PlaceWord, place_word
from musnad.find.timewords import TimeWord, time_word
from musnad.find.wordless import sign
from musnad.read.words import Words


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
    return Kept(_value_word)


def _value_word(form: str) -> ValueWord | None:
    number = form[0].isdecimal() or form in number_words()
    counts, time, place = sign(form) is not None, time_word(form), place_word(form)
    if not number and not counts and time is None and place is None:
        return None
    return ValueWord(number, counts, time, place)


def value_tokens(words: Words) -> ValueTokens:
    """The tokens of ``words`` that may be parts of values."""
    found = ValueTokens([], [], {}, {})
    for i, word in enumerate(map(value_words().__getitem__, words.forms)):
        if word is None:
            continue
        number, counts, time, place = word
        if number:
            found.numbers.append(i)
        if counts:
            found.counts.append(i)
        if time is not None:
            found.times[i] = time
        if place is not None:
            found.places[i] = place
    return found
