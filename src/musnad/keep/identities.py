"""Which voices are one, by rules that are sure: one office and one name, and who held an office at a time.

Two names of persons are one everywhere where both are told to hold one office within a year and the one is a part or
another spelling of the other, or where they are foreign and differ in the vowels and the g of their spelling alone;
two names of bodies where they have the same words. In one article, an office means its holder where the article names
him, or where the articles around that day all name the same one; a first name or a family name means the holder of the
same office whose name has it. Everything else is left to people (``musnad decide``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any

from musnad.keep.linkage import Pair, complete_groups
from musnad.lexicon.loader import index, rows
from musnad.lexicon.sounds import likeness, skeleton
from musnad.settle.keys import parts as words_of
from musnad.settle.keys import word_key

_YEAR, _NEAR = 365, 45  # days between articles that tell of one office
_LEAST, _SHARE = 2, 0.8  # articles that name one holder within ``_NEAR``, and their part of all that name any
_ALIKE = 0.6  # likeness of the sounds of two spellings of one word
_FULL = 2  # words of a name that is more than a part
_SOUNDS = 5  # classes of sound in a name, so that no other name has the same
_WORDS = 3  # of a body's name, so that their order may change
_FOR, _LONG = 2 * chr(0x644), 4  # *for the* as it is written to a word, and letters of a word that may have it
_SHOWN = 3  # articles that stand as evidence
_VOWELS = frozenset(map(chr, (0x627, 0x648, 0x64A, 0x649, 0x622, 0x623, 0x625, 0x621, 0x626, 0x624)))
_G = frozenset(map(chr, (0x62C, 0x63A, 0x642, 0x643, 0x6AF, 0x686)))  # letters that stand for a foreign g


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One article that says who holds an office.

    Attributes:
        reading: row id of its current reading; ``article``: its id.
        office: key of the office; ``person``, ``name``: of who holds it; "" for one who no longer does.
        day: of publication, as an ordinal, or None.
    """

    reading: int
    article: str
    office: str
    person: str
    name: str
    day: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A reading in which a voice speaks or passes words on, on which day."""

    reading: int
    key: str
    day: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A voice that is one with another: everywhere (``reading`` 0), or in one reading; by which rule, on what."""

    key: str
    root: str
    reading: int
    rule: str
    evidence: tuple[Mapping[str, Any], ...]


def same_persons(held: Sequence[Held], names: Mapping[str, str]) -> list[tuple[list[str], dict[str, Any]]]:
    """Groups of keys of persons that are one everywhere, each with its rule and evidence.

    Args:
        held: who is told to hold which office.
        names: keys of persons → their names.
    """
    pairs: dict[tuple[str, str], tuple[float, dict[str, Any]]] = {}
    for office, own in _by_office(held).items():
        people = sorted({h.person: h.name for h in own if _full(h.name)}.items())
        for (a, name), (b, other) in combinations(people, 2):
            score = spelt_alike(_parts(name), _parts(other))
            told = _together(own, a, b) if score else ()
            if told:
                pairs[a, b] = (score, {"rule": "spelling", "office": office, "articles": sorted(set(told))})
    for a, b in _foreign(names):
        pairs.setdefault((a, b), (0.9, {"rule": "sound", "names": [names[a], names[b]]}))
    keys = sorted({key for pair in pairs for key in pair})
    number = {key: n for n, key in enumerate(keys)}
    scores: dict[Pair, float] = {(number[a], number[b]): score for (a, b), (score, _) in pairs.items()}
    found = []
    for group in complete_groups(scores):
        mine = [keys[n] for n in group]
        found.append((mine, next(pairs[pair][1] for pair in combinations(mine, 2))))
    return found


def same_bodies(names: Mapping[str, str]) -> list[tuple[list[str], dict[str, Any]]]:
    """Groups of keys of bodies that have the same words in another order (*X news agency*, *agency X for news*).

    Args:
        names: keys of bodies → their names.
    """
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key in sorted(names):
        kind, _, rest = key.partition("/")
        words = rest.split("-")
        if kind == "body" and len(words) >= _WORDS:
            alike[tuple(sorted(w[2:] if w.startswith(_FOR) and len(w) > _LONG else w for w in words))].append(key)
    return [(own, {"rule": "order", "names": [names[key] for key in own]}) for own in alike.values() if len(own) > 1]


def spelt_alike(a: Sequence[str], b: Sequence[str]) -> float:
    """How alike two names are if each word of the shorter stands in the longer one, in order, or sounds like one there.

    Two words that Arabs bear as names are never one for their sound alone. 0 where the names are two.
    """
    short, long = sorted((a, b), key=len)
    at = same = 0
    for word in short:
        hit = next((k for k in range(at, len(long)) if _one_word(word, long[k])), None)
        if hit is None:
            return 0.0
        same += word_key(word) == word_key(long[hit])
        at = hit + 1
    return (0.5 + 0.5 * same / len(short)) if same and len(short) >= _FULL else 0.0


@lru_cache(maxsize=65_536)
def _parts(name: str) -> tuple[str, ...]:
    return words_of(name)


@lru_cache(maxsize=65_536)
def _one_word(a: str, b: str) -> bool:
    if word_key(a) == word_key(b):
        return True
    borne = index("names/given")
    return (a not in borne or b not in borne) and likeness(skeleton(a), skeleton(b)) >= _ALIKE


def _foreign(names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of full foreign names that differ in vowels and in the letter for g alone."""
    borne = index("names/given")
    alike: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for key, name in sorted(names.items()):
        words = _parts(name)
        if len(words) >= _FULL and sum(len(skeleton(word)) for word in words) >= _SOUNDS:
            alike[tuple(map(_consonants, words))].append((key, words))
    for own in alike.values():
        for (a, x), (b, y) in combinations(own, 2):
            unlike = [(u, v) for u, v in zip(x, y, strict=True) if u != v]
            if len(unlike) < len(x) and not any(u in borne or v in borne for u, v in unlike):
                yield a, b


@lru_cache(maxsize=65_536)
def _consonants(word: str) -> str:
    """A folded word without long vowels, with one sign for the letters that stand for a foreign g."""
    return "".join("G" if c in _G else c for c in word if c not in _VOWELS)


def meant(held: Sequence[Held], uses: Iterable[Use], root: Callable[[str], str]) -> Iterator[Link]:
    """Whom an office, or a part of a name, means in each of ``uses``.

    Args:
        root: key of a person → the key under which all its spellings count.
    """
    here: dict[int, list[Held]] = defaultdict(list)
    for one in held:
        here[one.reading].append(one)
    offices = {
        office: _Holders([h for h in own if h.day is not None and _full(h.name)], root)
        for office, own in _by_office(held).items()
    }
    for use in uses:
        own = here.get(use.reading, ())
        if use.key.startswith("office/"):
            link = _holder(use, own, offices.get(use.key), root)
        else:
            link = _part(use, own, offices, root)
        if link is not None and root(use.key) != link.root:
            yield link


def _holder(use: Use, here: Sequence[Held], holders: _Holders | None, root: Callable[[str], str]) -> Link | None:
    """Whom an office means in one reading: whom the article names, else who held it at that time."""
    named = [h for h in here if h.office == use.key] if _single(use.key) or "@" in use.key else []
    people = {root(h.person) for h in named if h.person}
    if len(people) == 1 and all(h.person for h in named) and any(_full(h.name) for h in named):
        (person,) = people
        return Link(key=use.key, root=person, reading=use.reading, rule="holder", evidence=_evidence(named))
    if named or holders is None or use.day is None or not _single(use.key):
        return None
    told = holders.at(use.day)
    if not told:
        return None
    return Link(key=use.key, root=root(told[0].person), reading=use.reading, rule="office", evidence=_evidence(told))


def _part(use: Use, here: Sequence[Held], offices: Mapping[str, _Holders], root: Callable[[str], str]) -> Link | None:
    """Whom a single name means in one reading, by the office that the article gives him."""
    for mine in here:
        if mine.person != use.key or use.day is None or mine.office not in offices:
            continue
        words = set(_parts(mine.name))
        told = [h for h in offices[mine.office].within(use.day, _YEAR) if words <= set(_parts(h.name))]
        people = {root(h.person) for h in told}
        if len(people) == 1:
            (person,) = people
            return Link(key=use.key, root=person, reading=use.reading, rule="part", evidence=_evidence(told))
    return None


class _Holders:
    """Who is told to hold one office, by day."""

    def __init__(self, held: Sequence[Held], root: Callable[[str], str]) -> None:
        self._held = sorted(held, key=lambda h: (h.day or 0, h.article))
        self._days = [h.day or 0 for h in self._held]
        self._root = root

    def within(self, day: int, reach: int) -> list[Held]:
        """What articles of the days around tell, the nearest first."""
        found = self._held[bisect_left(self._days, day - reach) : bisect_right(self._days, day + reach)]
        return sorted(found, key=lambda h: abs((h.day or 0) - day))

    def at(self, day: int) -> list[Held]:
        """The articles that tell who held the office on a day; none where they do not agree, or are too few."""
        near = self.within(day, _NEAR)
        if len(near) < _LEAST:
            return []
        person = self._root(near[0].person)
        mine = [h for h in near if self._root(h.person) == person]
        before = next((h for h in near if (h.day or 0) <= day), near[0])
        after = next((h for h in near if (h.day or 0) >= day), near[0])
        agreed = self._root(before.person) == self._root(after.person) == person
        return mine if agreed and len(mine) >= max(_LEAST, _SHARE * len(near)) else []


def _by_office(held: Iterable[Held]) -> dict[str, list[Held]]:
    found: dict[str, list[Held]] = defaultdict(list)
    for one in held:
        if one.person:
            found[one.office].append(one)
    return found


def _together(held: Sequence[Held], a: str, b: str) -> tuple[str, ...]:
    """The articles that tell two persons to hold an office nearest in time, where that is within a year."""
    mine, other = ([h for h in held if h.person == key and h.day is not None] for key in (a, b))
    apart = min(((abs((x.day or 0) - (y.day or 0)), x.article, y.article) for x in mine for y in other), default=None)
    return () if apart is None or apart[0] > _YEAR else apart[1:]


def _full(name: str) -> bool:
    return len(_parts(name)) >= _FULL


def _evidence(held: Sequence[Held]) -> tuple[Mapping[str, Any], ...]:
    told = {h.article: {"article": h.article, "office": h.office, "name": h.name} for h in held if h.person}
    return tuple(told.values())[:_SHOWN]


@lru_cache(maxsize=4_096)
def _single(office: str) -> bool:
    """Whether an office has one holder at a time (``authority/roles``)."""
    role = office.partition("/")[2].replace("@", ".").split(".")[0]
    return any(row["holders"] == "one" for row in rows("authority/roles") if row["id"] == role)
