"""Words and phrases of the lexicons by class: titles, agencies, names, media and the like, for ``find.tags``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from musnad.lexicon.loader import Row, index

Phrase = tuple[tuple[str, ...], str]
NO_PHRASES: Mapping[str, tuple[Phrase, ...]] = {}  # no proxies here: every word of a text is asked
_PART = re.compile(r"[^\W_]+")

_CLASSES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("names/titles", "title", ("title",)),
    ("names/agencies", "agency", ("name", "variants", "acronyms")),
    ("names/outlets", "outlet", ("name", "variants")),
    ("names/groups", "group", ("name", "aliases")),
    ("names/organisations", "organisation", ("name", "aliases", "acronyms")),
    ("names/heads", "head", ("noun", "plural")),
    ("names/countries", "country", ("name", "variants")),
    ("names/countries", "capital", ("capital",)),
    ("names/countries", "gentilic", ("masculine", "feminine", "plural")),
    ("names/given", "given", ("name",)),
    ("names/times", "time", ("word",)),
    ("speech/media", "medium", ("phrase",)),
    ("speech/documents", "document", ("noun", "plural")),
    ("speech/anonymity", "anonymous", ("phrase",)),
    ("speech/relays", "relay", ("phrase",)),
    ("speech/adverbials", "adverbial", ("phrase",)),
    ("speech/remarks", "remark", ("phrase",)),
)

COMMON = "?"  # after the name of a class: the word is more often something else
PLACE_HEAD = "place-head"


@lru_cache(maxsize=1)
def listed() -> tuple[Mapping[str, frozenset[str]], Mapping[str, Mapping[str, tuple[Phrase, ...]]]]:
    """Classes of single words, and phrases of several words by their first two, longest first."""
    single: dict[str, set[str]] = {}
    several: dict[str, dict[str, list[Phrase]]] = {}
    for table, name, columns in _CLASSES:
        for form, entries in index(table, *columns).items():
            parts = (form,) if form.isalpha() else tuple(_PART.findall(form))
            if len(parts) == 1:
                single.setdefault(parts[0], set()).add(_single_class(name, entries))
            elif parts:
                platform = name == "outlet" and _single_class(name, entries) == "platform"
                phrases = several.setdefault(parts[0], {}).setdefault(parts[1], [])
                phrases.append((parts, "platform" if platform else name))
    return (
        MappingProxyType({k: frozenset(v) for k, v in single.items()}),
        MappingProxyType({k: _longest_first(v) for k, v in several.items()}),
    )


def _single_class(name: str, entries: tuple[Row, ...]) -> str:
    """The class of a word that stands alone: common words, place heads and platforms are told apart from names."""
    if name == "given" and all(row.get("common") == "1" for row in entries):
        return name + COMMON
    if name == "outlet" and all(row.get("kind") == "platform" for row in entries):
        return "platform"
    if name == "outlet" and all(row.get("alone") == "no" for row in entries):
        return name + COMMON
    if name == "head" and all(row.get("kind") == "place" for row in entries):
        return PLACE_HEAD
    return name


def _longest_first(phrases: Mapping[str, list[Phrase]]) -> Mapping[str, tuple[Phrase, ...]]:
    return {k: tuple(sorted(v, key=lambda p: (-len(p[0]), p))) for k, v in phrases.items()}


def phrases_of(stems: Iterable[str]) -> Mapping[str, tuple[Phrase, ...]]:
    """Second word → the listed phrases that begin with one of ``stems``."""
    table = listed()[1]
    several = [table[stem] for stem in stems if stem in table]
    if len(several) < 2:
        return several[0] if several else NO_PHRASES
    found: dict[str, tuple[Phrase, ...]] = {}
    for phrases in several:
        for second, entries in phrases.items():
            found[second] = found.get(second, ()) + entries
    return found
