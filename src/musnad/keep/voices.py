"""Whether two statements may have one speaker: names of any spelling, offices beside names, unnamed sources.

A name stands for another where all its telling words are among the words of the other: *the foreign minister* for *the
foreign minister X*, *X* for *Y X*. Where two names share words and each has others of its own, they share a part: a
minister and the ministry, a state and its army, and as often two different bodies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from musnad.keep.records import Version
from musnad.keep.stems import stem_of
from musnad.lexicon.loader import index
from musnad.read.fold import fold_word
from musnad.settle.keys import word_key

_KEPT = 16_384
_MOST = 6  # names of one speaker that are compared
_TELLING = 6.0  # bits that a name needs to stand for another
_STATES = frozenset(("place", "organ"))  # kinds of keys: a state, and what speaks for it beside its people
_RARE = 9.0  # bits of a word that two names share where each has others of its own


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """A speaker as it is compared: its key, the words of its names with their bits, and whether it is unnamed.

    Speakers that read alike are one object (``voice_of``), so that relations can be kept.
    """

    key: str | None
    names: tuple[Mapping[str, float], ...]
    unnamed: bool


def voice_of(version: Version) -> Voice:
    """The speaker of ``version``, as it is compared."""
    return _voice(version.voice, version.names[:_MOST], version.anonymous)


@lru_cache(maxsize=_KEPT)
def _voice(key: str | None, names: tuple[str, ...], unnamed: bool) -> Voice:
    return Voice(key, tuple(filter(None, map(_telling, names))), unnamed)


@lru_cache(maxsize=8192)
def _telling(name: str) -> Mapping[str, float]:
    """The keys of the words of ``name`` that are no grammar, and their bits."""
    titles = index("names/titles", "title")
    found: dict[str, float] = {}
    for word in "".join(c if c.isalnum() else " " for c in fold_word(name)).split():
        stem = stem_of(word)
        if not stem.function:
            found[word_key(stem.stem) if stem.stem not in titles else stem.root] = stem.bits
    return MappingProxyType(found)


@lru_cache(maxsize=4 * _KEPT)
def relation(a: Voice, b: Voice) -> str:
    """``same``, ``part`` (names share a part), ``unnamed`` (one is, and nothing is shared), ``unknown``, ``other``."""
    if a.key is not None and a.key == b.key:
        return "same"
    if not a.names or not b.names:
        return "unknown"
    if a.key is not None and b.key is not None:
        if _two_bodies(a.key, b.key) or _two_persons(a.key, b.key):
            return "other"
        kinds = {key.partition("/")[0] for key in (a.key, b.key)}
        if len(kinds) > 1 and not kinds.isdisjoint(_STATES):
            return "part" if _shared(a, b) else "other"
        if kinds == {"office", "person"}:  # who holds the office is not known here
            return _shared(a, b) or "unknown"
    return _shared(a, b) or ("unnamed" if a.unnamed or b.unnamed else "other")


def _shared(a: Voice, b: Voice) -> str:
    """``same`` where a name of one stands for a name of the other, ``part`` where they share words, or ""."""
    part = False
    for words in a.names:
        for others in b.names:
            shared = words.keys() & others.keys()
            whole = len(shared) == min(len(words), len(others))
            if words == others or (whole and min(sum(words.values()), sum(others.values())) >= _TELLING):
                return "same"
            part = part or whole or any(words[word] >= _RARE for word in shared)
    return "part" if part else ""


def _two_persons(a: str, b: str) -> bool:
    """Whether two keys are of two persons with full names that share no word."""
    if not (a.startswith("person/") and b.startswith("person/")):
        return False
    words = [set(key.partition("/")[2].split("-")) for key in (a, b)]
    return min(map(len, words)) > 1 and words[0].isdisjoint(words[1])


def _two_bodies(a: str, b: str) -> bool:
    """Whether two different keys are two bodies of one kind: two ministries, two agencies."""
    kind = a.partition("/")[0]
    return kind not in ("person", "body") and b.startswith(kind + "/")
