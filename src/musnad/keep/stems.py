"""Words of statements as they are compared: what kind of word each is, its stem, and how much it tells.

A stem is the folded word without conjunction, preposition, article and ending, in the manner of light stemming (Larkey,
Ballesteros & Connell 2002), guarded by what the lexicons know of the word; its *root* is what stays of it without long
vowels, so that most forms of one word share it. What a word tells is measured in bits: the rarer in the news
(``read.joins.word_count``), the more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log2

from musnad.find.tags import tag
from musnad.lexicon.loader import index, rows
from musnad.read.fold import fold_word
from musnad.read.joins import word_count

_MOST_TYPES = 65_536
_LEAST = 3  # letters that stay when an ending is taken off
_ROOT = 3  # letters of the shortest root without its long vowels
_LONG = frozenset(chr(c) for c in (0x627, 0x648, 0x64A, 0x621))
_ALIF, _LAM, _WAW = (chr(c) for c in (0x627, 0x644, 0x648))
_ARTICLE = _ALIF + _LAM
_COMMON, _MOST_BITS = 17.0, 13.0  # bits: the logarithm of the count of words that tell nothing, and the most told
_LEAST_BITS = 0.5
_FUNCTION = frozenset((
    "complementiser", "preposition", "conjunction", "relative", "demonstrative", "pronoun", "negation", "auxiliary",
    "exception", "condition", "question", "vocative",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stem:
    """One folded word form as it is compared.

    Attributes:
        word: the form itself.
        stem: without clitics and ending; ``root``: without long vowels.
        bits: how much it tells; 0 for function words.
        function: whether it is a word of grammar.
        negation: whether it negates.
        number: whether it is a number in digits.
    """

    word: str
    stem: str
    root: str
    bits: float
    function: bool
    negation: bool
    number: bool


@cache
def _particles() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows("grammar/particles"):
        for form in row.all("form"):
            found.setdefault(fold_word(form), set()).add(row["class"])
    return {form: frozenset(classes) for form, classes in found.items()}


@cache
def _endings() -> tuple[tuple[int, frozenset[str]], ...]:
    """Endings of nouns and verbs by their length, longest first."""
    found = {fold_word(row["form"]) for row in rows("read/joins") if row["class"] == "ending"}
    sizes = sorted({len(ending) for ending in found}, reverse=True)
    return tuple((size, frozenset(ending for ending in found if len(ending) == size)) for size in sizes)


@lru_cache(maxsize=_MOST_TYPES)
def stem_of(word: str) -> Stem:
    """The folded ``word`` as it is compared."""
    if not word.isalpha():
        number = word[:1].isdecimal()
        plain = word.replace(",", ".") if number else word
        return Stem(word, plain, plain, 6.0 if number else 4.0, False, False, number)
    particles = _particles()
    t = tag(word)
    classes = particles.get(word) or particles.get(t.bare) or frozenset()
    if t.bare not in particles and t.proclitic and t.bare[1:] in particles:
        classes = particles[t.bare[1:]]
    negation = "negation" in classes and classes.isdisjoint(("relative", "preposition", "exception"))
    base = t.bare
    if t.proclitic and len(base) > _LEAST:
        base = base[1:]
        if base.startswith(_LAM) and t.bare.startswith(_LAM + _LAM):
            base = base[1:]
    if base.startswith(_ARTICLE) and len(base) > _LEAST + 1:
        base = base[2:]
    function = not _FUNCTION.isdisjoint(classes)
    stem = base if function else _without_ending(base)
    root = "".join(c for c in stem if c not in _LONG)
    root = root if len(root) >= _ROOT else stem
    bits = 0.0 if function else min(_MOST_BITS, max(_LEAST_BITS, _COMMON - log2(max(_count(word, t.bare, base), 4))))
    return Stem(word, stem, root, bits, function, negation, False)


def _count(*forms: str) -> int:
    return max(max(word_count(form), word_count(_ARTICLE + form)) for form in forms)


def _without_ending(base: str) -> str:
    if base in index("names/given"):
        return base
    for size, endings in _endings():
        if len(base) - size >= _LEAST and base[-size:] in endings:
            return base[:-size]
    return base
