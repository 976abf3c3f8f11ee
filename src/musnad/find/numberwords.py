"""The words that numbers are written with, in every spelling with clitics (``numbers/words``)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from musnad.lexicon.loader import rows
from musnad.read.fold import fold_word

_WAW, _FA, _BA, _LAM, _KAF = (chr(c) for c in (0x648, 0x641, 0x628, 0x644, 0x643))
_ARTICLE = chr(0x627) + _LAM
_BEFORE = ("", _BA, _LAM, _KAF)


class NumberWord(NamedTuple):
    """One spelling of a number word, with what is written to it."""

    group: str
    value: int
    parts: int
    conjoined: bool
    clitic: str
    article: bool
    weak: bool
    row: str


@lru_cache(maxsize=1)
def number_words() -> dict[str, NumberWord]:
    """Folded spelling, with and without clitics → the number word."""
    plain = [(fold_word(row.key), row) for row in rows("numbers/words")]
    barred = {fold_word(form) for _, row in plain for form in row.all("unlike")}
    found: dict[str, NumberWord] = {}
    for conjunction in ("", _WAW, _FA):
        for before in _BEFORE:
            for article in ("", _ARTICLE):
                clitic = conjunction + before + article
                written = conjunction + _LAM + _LAM if before == _LAM and article else clitic
                for form, row in plain:
                    if written + form in barred or written.removeprefix(conjunction) + form in barred:
                        continue
                    top, _, bottom = row["value"].partition("/")
                    word = NumberWord(
                        row["class"], int(top), int(bottom or 1), conjunction == _WAW, written, bool(article),
                        row["alone"] == "no", row.id,
                    )  # fmt: skip
                    found.setdefault(written + form, word)
    return found


@lru_cache(maxsize=1)
def part_words() -> frozenset[str]:
    """Rows of the units and tens that before a definite noun are a part of it: a fifth of the ... ."""
    parts = {fold_word(row.key) for row in rows("numbers/ratios") if row["class"] == "parts"}
    found = [row for row in rows("numbers/words") if row["class"] in ("unit", "ten")]
    return frozenset(row.id for row in found if fold_word(row.key) in parts)


@lru_cache(maxsize=1)
def of_words() -> frozenset[str]:
    """Folded words that set a part against its whole."""
    return frozenset(fold_word(row.key) for row in rows("numbers/ratios") if row["class"] == "of")
