"""Whether two statements may have one speaker: names of any spelling, offices beside names, unnamed sources.

A name stands for another where all its telling words are among the words of the other: *the foreign minister* for *the
foreign minister X*, *X* for *Y X*. Where two names share words and each has others of its own, they share a part: a
minister and the ministry, a state and its army, and as often two different bodies. Who holds offices of two states, or
two offices of one, is not one speaker; a state, its government and its officers speak for one another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from musnad.keep.records import Version
from musnad.keep.stems import Stem, stem_of
from musnad.lexicon.loader import index
from musnad.read.fold import fold_word
from musnad.settle.keys import word_key

_KEPT = 16_384
_MOST = 6  # names of one speaker that are compared
_TELLING = 6.0  # bits that a name needs to stand for another
_RARE = 9.0  # bits of a word that two names share where each has others of its own
_MOSTLY, _MUCH = 0.6, 12.0  # share of the shorter name, and bits, that two names share as a part
_STATES = frozenset(("place", "organ"))  # kinds of keys: a state, and what speaks for it beside its people
_OWN = frozenset(("group", "agency", "outlet", "body"))  # kinds of keys of bodies that speak for no state
_BODILESS = frozenset(("person", "body"))  # kinds of keys of which two may be one


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """A speaker as it is compared; speakers that read alike are one object (``voice_of``).

    Attributes:
        key: of its name, or None; ``kind``: what the key is of, or "".
        office: key of the office that it is or holds, or None.
        country: of the state whose office it holds or whose body it is, or None.
        names: the words of its names with their bits; of a person only the names that have a word of the key, and
            without titles, since *the said expert* is anybody.
        titles: the words of all names.
        unnamed: whether it is an unnamed source.
    """

    key: str | None
    kind: str
    office: str | None
    country: str | None
    names: tuple[Mapping[str, float], ...]
    titles: tuple[Mapping[str, float], ...]
    unnamed: bool


def voice_of(version: Version) -> Voice:
    """The speaker of ``version``, as it is compared."""
    return _voice(version.voice, version.office, version.country, version.names[:_MOST], version.anonymous)


def speaker(key: str | None, office: str | None, country: str | None, names: Sequence[str], unnamed: bool) -> str:
    """What is told of a speaker, as JSON, to be kept."""
    return json.dumps([key, office, country, names[:_MOST], unnamed], ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=_KEPT)
def voice(told: str) -> Voice:
    """The speaker of whom ``speaker`` told, as it is compared."""
    key, office, country, names, unnamed = json.loads(told)
    return _voice(key, office, country, tuple(names), unnamed)


@lru_cache(maxsize=_KEPT)
def _voice(key: str | None, office: str | None, country: str | None, names: tuple[str, ...], unnamed: bool) -> Voice:
    kind, _, own = (key or "").partition("/")
    parts = frozenset(own.split("-")) if kind == "person" else frozenset()
    titles = tuple(filter(None, map(_telling, names)))
    named = tuple(filter(None, (_proper(n) for n in names if not parts.isdisjoint(map(word_key, _words(n))))))
    office = key if kind == "office" else office
    country = None if kind in _OWN else country
    return Voice(key, kind, office, country, named or titles, titles, unnamed)


def _words(name: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in fold_word(name)).split()


@lru_cache(maxsize=8192)
def _telling(name: str) -> Mapping[str, float]:
    """The keys of the words of ``name`` that are no grammar, and their bits."""
    found = {_key(stem): stem.bits for stem in map(stem_of, _words(name)) if not stem.function}
    return MappingProxyType(found)


@lru_cache(maxsize=8192)
def _proper(name: str) -> Mapping[str, float]:
    """As ``_telling``, without titles and offices."""
    found = {_key(s): s.bits for s in map(stem_of, _words(name)) if not s.function and not _is_title(s)}
    return MappingProxyType(found)


def _key(stem: Stem) -> str:
    return stem.root if stem.stem in index("names/titles", "title") else word_key(stem.stem)


def _is_title(stem: Stem) -> bool:
    return any(form in index("names/titles", "title") for form in (stem.stem, stem.word))


@lru_cache(maxsize=4 * _KEPT)
def relation(a: Voice, b: Voice) -> str:
    """``same``, ``part`` (names share a part), ``unnamed`` (one is, and nothing is shared), ``unknown``, ``other``."""
    if a.key is not None and a.key == b.key:
        return "same"
    if not a.names or not b.names:
        return "unknown"
    persons = a.kind == b.kind == "person"
    if persons:
        return _shared(a.names, b.names) or "other"
    if a.office is not None and a.office == b.office:
        return "same"
    if a.country is not None and b.country is not None:
        return _of_states(a, b)
    if a.key is not None and b.key is not None:
        if a.kind == b.kind and a.kind not in _BODILESS:
            return "other"
        shared = _shared(a.titles, b.titles)
        if {a.kind, b.kind} == {"office", "person"}:  # who holds the office is not known here
            return shared or "unknown"
        if not _STATES.isdisjoint((a.kind, b.kind)):
            return "part" if shared else "other"
        return shared or "other"
    return _shared(a.titles, b.titles) or ("unnamed" if a.unnamed or b.unnamed else "other")


def _of_states(a: Voice, b: Voice) -> str:
    """Of two speakers that hold offices of states or are bodies of states: who speaks for one state shares a part."""
    if a.country != b.country:
        return "other"
    if a.kind == b.kind and a.kind not in _BODILESS:
        return "other"
    shared = _shared(a.titles, b.titles)
    if not _STATES.isdisjoint((a.kind, b.kind)):
        return "part"
    if a.office is not None and b.office is not None:
        return "other"
    return shared or "unknown"


def _shared(mine: Sequence[Mapping[str, float]], others: Sequence[Mapping[str, float]]) -> str:
    """``same`` where one name stands for a name of the other, ``part`` where they share words, or ""."""
    part = False
    for a in mine:
        for b in others:
            shared = a.keys() & b.keys()
            if not shared:
                continue
            whole = len(shared) == min(len(a), len(b))
            least = min(sum(a.values()), sum(b.values()))
            if a == b or (whole and least >= _TELLING):
                return "same"
            told = sum(a[word] for word in shared)
            much = told >= _MUCH and told >= _MOSTLY * least
            part = part or whole or much or any(a[word] >= _RARE for word in shared)
    return "part" if part else ""
