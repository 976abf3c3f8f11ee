"""Joined words: two or more words run together where an extraction lost the space between them.

A word is split where the parts are far likelier than the whole: the whole is unknown and cannot be explained
by clitics and endings round a known word, and the parts (1) stand side by side often in the news
(``pairs.txt.gz``), or (2) the second opens with the article after a common word or is a verb after a negation,
or (3) both are long and common. Names written as one word (those with Abd, Abu, al-Din) and rare words stay
whole. The idea is that of the statistical word segmentation of Norvig (2009, *Natural Language Corpus Data*),
with pairs counted over 76,840 Arabic news articles by ``tools/build_words.py`` and a guard for the clitics of
Arabic.

All words here are folded (``musnad.read.fold``).
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from musnad.errors import LexiconError
from musnad.lexicon.loader import DATA, rows
from musnad.read.fold import fold_word
from musnad.read.words import Words, words
from musnad.settings import LIMITS, Limits

SHORTEST = 6  # letters of the shortest word that is tried
_PAIR, _ARTICLE, _LONG = 3, 2, 1  # how strong the evidence for a cut is
_SPELT = 4  # the spelling itself shows it: ta marbuta stands only at the end of a word
_TA_MARBUTA = 0x0629
_MAX_PARTS = 5
# Least product of the counts of two long words, as a power of two, by their letters together: the longer a
# word that nobody knows is, the less a chance of two words in it.
_LONG_PRODUCT = {8: 21, 9: 18, 10: 16}
_LONGEST_PRODUCT = 14
_SHORT_PRODUCT = 1 << 20  # the same for a long word before one of three letters


def split_words(words: Iterable[str], /, *, source: str = "") -> dict[str, tuple[int, ...]]:
    """The joined words among some folded words, with the offsets at which a new word begins: ``split_joined`` of each.

    Nearly all words of a text are known, and are not looked at any further.

    Args:
        source: the spelling before folding, of a single word.
    """
    if source:
        return {word: cuts for word in words if (cuts := split_joined(word, source=source))}
    types = word_counts()
    unknown = [word for word in words if word not in types and word.isalpha()]
    return {word: cuts for word in unknown if (cuts := split_joined(word))}


@lru_cache(maxsize=32)
def cut(text: str, *, limits: Limits = LIMITS) -> Words:
    """The words of ``text``, joined ones cut; those of the last texts stay, for the ledger asks for what was just read.

    Args:
        limits: bounds on words and sentences.
    """
    return words(text, split=split_words, limits=limits)


def split_joined(word: str, *, source: str = "") -> tuple[int, ...]:
    """Where words run together in a folded word.

    Args:
        word: one folded word of Arabic letters.
        source: its spelling before folding, if that has as many letters: ta marbuta inside it shows a cut.

    Returns:
        The offsets within ``word`` at which a new word begins, ascending; ``()`` for a whole word.
    """
    size = len(word)
    if size < SHORTEST or size > LIMITS.max_word_chars:
        return ()
    if len(source) == size:
        return _split(word, source)
    return () if word in word_counts() else _split(word, "")


def word_count(word: str) -> int:
    """How often the folded ``word`` occurs in 19 million words of news, rounded down to a power of two; 0 below 6."""
    return word_counts().get(word, 0)


@lru_cache(maxsize=8192)
def _split(word: str, source: str) -> tuple[int, ...]:
    types = word_counts()
    spelt = _spelt_cut(word, source, types)
    if spelt:
        return (spelt,)
    if word in types or _is_whole(word, types):
        return ()
    best = (0, 0, 0)
    for cut in range(2, len(word) - 1):
        strength = _evidence(word[:cut], word[cut:], types)
        if strength:
            best = max(best, (strength, types[word[:cut]] * types[word[cut:]], cut))
    if best[0]:
        return (best[2],)
    return _chain(word, types) if len(word) >= 9 else ()


def _spelt_cut(word: str, source: str, types: Mapping[str, int]) -> int:
    """The first place after a ta marbuta within the word that leaves two known words; 0 for none."""
    at = source.find(chr(_TA_MARBUTA))
    while 0 < at < len(source) - 2:
        if word[: at + 1] in types and word[at + 1 :] in types:
            return at + 1
        at = source.find(chr(_TA_MARBUTA), at + 1)
    return 0


def _evidence(left: str, right: str, types: Mapping[str, int]) -> int:
    """How strongly ``left`` and ``right`` are two words: 0 (not at all) to ``_PAIR``."""
    before = types.get(left, 0)
    after = types.get(right, 0)
    guard = _guard()
    if not before or not after or (len(right) < 3 and right not in guard["second-by-pair"]):
        return 0
    if right in guard["never-second"] or left in guard["never-first"] or right in guard["name-last"]:
        return 0
    if _is_name_start(left, guard["name-first"]):
        return 0
    if f" {right} " in f" {_pairs().get(left, '')} ":
        return _PAIR if len(left) + len(right) >= 7 or right not in guard["second-by-pair"] else 0
    if right in guard["second-by-pair"]:
        return 0
    article = guard["article"]
    if len(left) >= 3 and len(right) >= 6 and right[:2] in article and before >= 64 and after >= 16:
        return _ARTICLE
    if left in guard["negation"] and len(right) >= 4 and right[0] in guard["verb-prefix"] and after >= 64:
        return _ARTICLE
    if len(right) == 3 and len(left) >= 5 and before >= 32 and after >= 256 and before * after >= _SHORT_PRODUCT:
        return _LONG
    least = _LONG_PRODUCT.get(len(left) + len(right), _LONGEST_PRODUCT)
    if len(left) >= 4 and len(right) >= 4 and min(before, after) >= 32 and before * after >= 1 << least:
        return _LONG
    return 0


def _is_name_start(left: str, starts: frozenset[str]) -> bool:
    return left in starts or (left[1:] in starts and left[0] in _guard()["one-letter"])


def _is_whole(word: str, types: Mapping[str, int]) -> bool:
    """Whether ``word`` is a known word with clitics and endings, which explains it without a cut."""
    guard = _guard()
    endings = guard["ending"]
    for size in range(5):
        if word[:size] not in guard["proclitic"]:
            continue
        rest = word[size:]
        if size and rest in types:
            return True
        for cut in range(max(3, len(rest) - 5), len(rest)):
            if rest[cut:] in endings and (rest[:cut] in types or rest[:cut] + chr(0x0647) in types):
                return True
    return False


def _chain(word: str, types: Mapping[str, int]) -> tuple[int, ...]:
    """Three to five words run together, each pair of neighbours with strong evidence."""

    def rest(start: int, before: str, parts: int) -> tuple[int, ...] | None:
        if parts > 2 and _evidence(before, word[start:], types) >= _ARTICLE:
            return (start,)
        if parts >= _MAX_PARTS:
            return None
        for end in range(start + 2, len(word) - 2):
            part = word[start:end]
            if part in types and _evidence(before, part, types) >= _ARTICLE:
                more = rest(end, part, parts + 1)
                if more:
                    return (start, *more)
        return None

    for first in range(2, len(word) - 4):
        if word[:first] in types:
            found = rest(first, word[:first], 2)
            if found:
                return found
    return ()


@lru_cache(maxsize=1)
def word_counts() -> Mapping[str, int]:
    """Folded word → how often it occurs (``word_count``)."""
    found: dict[str, int] = {}
    for count, forms in _lines("types"):
        found.update(dict.fromkeys(forms.split(" "), int(count)))
    found.update((fold_word(row["form"]), 1) for row in rows("read/joins") if row["class"] == "whole")
    return found  # no proxy: it is asked for every word of every text


@lru_cache(maxsize=1)
def _pairs() -> Mapping[str, str]:
    """Folded word → the words that often follow it, set apart by spaces."""
    return MappingProxyType(dict(_lines("pairs")))


def _lines(name: str) -> list[list[str]]:
    """The lines of a counted table, each as key and rest."""
    path = DATA / "words" / f"{name}.txt.gz"
    try:
        text = gzip.decompress(path.read_bytes()).decode("utf-8")
        return [line.split("\t", 1) for line in text.split("\n") if "\t" in line and line[0] != "#"]
    except (OSError, EOFError, ValueError) as error:
        remedy = "install musnad anew, or rebuild it with tools/build_words.py"
        raise LexiconError("the table of words is missing or damaged", value=str(path), remedy=remedy) from error


@lru_cache(maxsize=1)
def _guard() -> Mapping[str, frozenset[str]]:
    """Class → folded forms of ``read/joins.tsv``, with all runs of proclitics as ``proclitic``."""
    found: dict[str, set[str]] = {}
    for row in rows("read/joins"):
        found.setdefault(row["class"], set()).add(fold_word(row["form"]))
    heads = {"", *found["conjunction"]}
    inner = {"", *found["preposition"], *found["future"]}
    doubled = {f for f in found["article"] if f[0] in found["preposition"]}
    articles = {"", *(found["article"] - doubled)}
    proclitic = {h + i + a for h in heads for i in inner for a in articles} | {h + a for h in heads for a in doubled}
    found["proclitic"] = proclitic
    found["one-letter"] = found["conjunction"] | found["preposition"]
    found["never-first"] |= proclitic - {""}
    found["never-second"] |= found["ending"]
    found["article"] -= doubled
    return MappingProxyType({name: frozenset(forms) for name, forms in found.items()})
