"""Sayings: statements of different articles that report the same words of the same speaker on one occasion.

Candidates come from an inverted index over the roots of telling words, by time; longer runs of words are looked up at
any distance in time, since quotations come back. Pairs are weighed by ``keep.likeness``. A weak link counts where the
two articles share a stronger one, which shows that they report one event. Sayings are joined from the strongest link
down, as long as their versions are alike on average (average linkage: Sokal & Michener 1958); nothing is split again.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from zlib import crc32

from musnad.keep.differences import difference
from musnad.keep.likeness import Prepared, likeness, prepare, shared_bits
from musnad.keep.moments import order
from musnad.keep.records import CopyGroup, Difference, Saying, Version
from musnad.keep.voices import relation

_WINDOW, _BUCKET = 12, 4  # days between candidates; days of one bucket of the index
_TELLING, _PROBES = 4.0, 10  # bits of words that are looked up, and how many of a statement
_CROWDED = 300  # statements of one bucket with one root, beyond which the root tells nothing
_LEAST_SHARED = 12.0  # bits that a candidate shares in looked-up words
_RUN, _RUNS, _MOST_RUNS = 4, 4, 40  # words of a run looked up at any time; runs of a statement; statements of a run
_MOST_CANDIDATES = 30
_ALONE, _SUPPORTED, _SUPPORT = 2.5, -0.3, 3.0  # log-odds: of a link by itself, of one beside a link of _SUPPORT
_UNDATED = 6  # days between two versions where one has no date
_OTHER_SPEAKER, _PHRASE, _A_DAY = 1.5, 1.5, 0.1  # more for a link by itself: see ``_needed``
_DOUBT = {"other": 2.0, "unnamed": 2.0, "unknown": 1.0}  # more for a link beside another, by its speakers
_HALF = 0.45  # of the shorter statement; less in common may be one phrase
_WHOLE, _MUCH, _MOSTLY = 0.8, 30.0, 0.5  # of the words of both, and bits: nothing of either is left for a third
_INSIDE = 8.5  # of a link inside one article
_AVERAGE, _LEAST, _MOST = -1.0, -2.0, 5.0  # of two sayings to be joined; what one pair counts at most
_SMALL, _A_VERSION, _MOST_NEEDED = 12, 0.1, 1.5  # more for each version beyond, so that a topic makes no chain
_REPRESENTATIVES = 6  # versions of a saying that are compared when sayings are joined
_ALL_PAIRS = 16  # versions of a saying up to which all pairs are compared for differences


@dataclass(slots=True)
class _Group:
    """A saying while it grows: the numbers of its versions."""

    members: list[int] = field(default_factory=list)


class Sayings:
    """Sayings over statements that come article by article.

    Example:
        >>> found = Sayings()
        >>> changed = found.add(versions)
    """

    def __init__(self, *, copies: Sequence[CopyGroup] = ()) -> None:
        """``copies``: groups of articles with one text, which count as reporting one event."""
        self._items: list[Prepared] = []
        self._group_of: list[int] = []
        self._groups: dict[int, _Group] = {}
        self._words: dict[int | None, dict[str, list[int]]] = defaultdict(dict)
        self._runs: dict[int, list[int]] = {}
        self._articles: dict[str, list[int]] = defaultdict(list)
        self._copies: dict[str, set[str]] = defaultdict(set)
        self._scores: dict[tuple[int, int], float] = {}  # of the pairs weighed in the call under way
        self.group(copies)

    def group(self, copies: Iterable[CopyGroup]) -> None:
        """Take note of copy groups; they count for statements added afterwards."""
        for one in copies:
            for member in one.members:
                self._copies[member.article].add(one.id)

    def add(self, versions: Iterable[Version]) -> tuple[Saying, ...]:
        """Add statements and return the sayings that are new or changed.

        All statements of an article come in one call; a statement that is there already is left out.
        """
        versions = tuple(versions)
        links: list[tuple[float, int, int]] = []
        began = len(self._items)
        known = {self._items[i].version.statement for v in versions for i in self._articles.get(v.article, ())}
        by_article: dict[str, list[Version]] = defaultdict(list)
        for version in sorted(versions, key=_order):
            if version.statement not in known:
                by_article[version.article].append(version)
        for found in by_article.values():
            links += self._article(found)
        changed = set(range(began, len(self._items)))
        for _, i, j in sorted(links, key=lambda link: (-link[0], link[1], link[2])):
            if self._join(i, j):
                changed.add(i)
        self._scores.clear()
        return tuple(self._saying(g) for g in sorted({self._group_of[i] for i in changed}))

    def all(self) -> tuple[Saying, ...]:
        """All sayings; every statement is in exactly one."""
        return tuple(self._saying(g) for g in sorted(self._groups))

    def _article(self, versions: Sequence[Version]) -> list[tuple[float, int, int]]:
        """Add the statements of one article; their links to earlier ones and to each other."""
        first = len(self._items)
        for item in prepare(versions):
            number = len(self._items)
            self._items.append(item)
            self._group_of.append(number)
            self._groups[number] = _Group([number])
            self._articles[item.version.article].append(number)
        new = range(first, len(self._items))
        pairs = [(i, j) for i in new for j in self._candidates(i)]
        links = self._weigh(pairs)
        inside = [(i, j) for i in new for j in range(first, i)]
        links += [(s, i, j) for i, j in inside if (s := likeness(self._items[i], self._items[j])) >= _INSIDE]
        for i in new:
            self._enter(i)
        return links

    def _weigh(self, pairs: Iterable[tuple[int, int]]) -> list[tuple[float, int, int]]:
        """The links among candidate pairs, article by article."""
        by_article: dict[str, list[tuple[float, int, int]]] = defaultdict(list)
        for i, j in pairs:
            score = likeness(self._items[i], self._items[j])
            self._scores[i, j] = score
            if score >= _SUPPORTED:
                by_article[self._items[j].version.article].append((score, i, j))
        links: list[tuple[float, int, int]] = []
        for found in by_article.values():
            copied = self._copied(found[0][1], found[0][2])
            alone = {(i, j) for score, i, j in found if score >= self._needed(i, j)}
            strong = [(i, j) for score, i, j in found if score >= _SUPPORT and (i, j) in alone]
            matched = [(i, j) for i, j in strong if self._is_whole(i, j)]
            for score, i, j in found:
                beside = copied or any(i != x and j != y for x, y in strong)
                if (i, j) in alone or (beside and self._is_likely(score, i, j) and not self._is_taken(i, j, matched)):
                    links.append((score, i, j))
        return links

    def _is_likely(self, score: float, i: int, j: int) -> bool:
        """Whether two statements of articles on one event may be one, by their likeness and their speakers."""
        return score >= _SUPPORTED + _DOUBT.get(relation(self._items[i].voice, self._items[j].voice), 0.0)

    def _is_whole(self, i: int, j: int) -> bool:
        """Whether two statements have nearly all of many words in common, and their articles hardly repeat them."""
        a, b = self._items[i], self._items[j]
        return shared_bits(a, b) >= max(_MUCH, _WHOLE * max(a.total, b.total))

    def _is_taken(self, i: int, j: int, matched: Sequence[tuple[int, int]]) -> bool:
        """Whether two statements that share but a phrase say different things.

        One of them stands in the other's article as a whole, as another statement.
        """
        if not any((x == i) != (y == j) for x, y in matched):
            return False
        a, b = self._items[i], self._items[j]
        return shared_bits(a, b) < _MOSTLY * min(a.total, b.total)

    def _needed(self, i: int, j: int) -> float:
        """The likeness that links two statements whose articles share no other link.

        More for other speakers, for other days, and where what they share may be one phrase.
        """
        a, b = self._items[i], self._items[j]
        days = _days(a.version, b.version)
        apart = relation(a.voice, b.voice) in ("other", "unnamed")
        phrase = shared_bits(a, b) < _HALF * min(a.total, b.total)
        return _ALONE + apart * _OTHER_SPEAKER + phrase * _PHRASE + min(days, _WINDOW) * _A_DAY

    def _copied(self, i: int, j: int) -> bool:
        """Whether the articles of two statements have one text."""
        a, b = self._items[i].version.article, self._items[j].version.article
        return not self._copies.get(a, set()).isdisjoint(self._copies.get(b, set()))

    def _candidates(self, number: int) -> list[int]:
        """Earlier statements that share telling words with a new one near in time, or a run of words at any time."""
        item = self._items[number]
        shared: dict[int, float] = defaultdict(float)
        near = _near(item.version)
        probes = _probes(item)
        for words in [self._words[bucket] for bucket in near if bucket in self._words]:
            for bits, root in probes:
                found = words.get(root, ())
                if len(found) <= _CROWDED:
                    for other in found:
                        shared[other] += bits
        need = min(_LEAST_SHARED, 0.5 * item.total)
        kept = {other: bits for other, bits in shared.items() if bits >= need}
        for run in _run_keys(item):
            for other in self._runs.get(run, ()):
                kept[other] = max(kept.get(other, 0.0), _LEAST_SHARED)
        return sorted(kept, key=lambda other: (-kept[other], other))[:_MOST_CANDIDATES]

    def _enter(self, number: int) -> None:
        item = self._items[number]
        words = self._words[_bucket(item.version)]
        for _, root in _probes(item):
            words.setdefault(root, []).append(number)
        for run in _run_keys(item):
            found = self._runs.setdefault(run, [])
            if len(found) < _MOST_RUNS:
                found.append(number)

    def _join(self, i: int, j: int) -> bool:
        """Join the sayings of two linked statements if they are alike on average."""
        a, b = self._group_of[i], self._group_of[j]
        if a == b:
            return False
        mine = self._representatives(a, i)
        theirs = self._representatives(b, j)
        total = 0.0
        for x in mine:
            for y in theirs:
                total += max(_LEAST, min(_MOST, self._score(max(x, y), min(x, y))))
        size = len(self._groups[a].members) + len(self._groups[b].members)
        if total / (len(mine) * len(theirs)) < min(_AVERAGE + _A_VERSION * max(0, size - _SMALL), _MOST_NEEDED):
            return False
        if b < a:
            a, b = b, a
        self._groups[a].members += self._groups[b].members
        for member in self._groups.pop(b).members:
            self._group_of[member] = a
        return True

    def _score(self, i: int, j: int) -> float:
        """The likeness of two statements, the later first."""
        known = self._scores.get((i, j))
        return likeness(self._items[i], self._items[j]) if known is None else known

    def _representatives(self, group: int, linked: int) -> list[int]:
        members = self._groups[group].members
        return list(dict.fromkeys((linked, *members[:_REPRESENTATIVES])))

    def _saying(self, group: int) -> Saying:
        return saying_of([self._items[i].version for i in self._groups[group].members])


def saying_of(versions: Iterable[Version]) -> Saying:
    """The saying whose versions are ``versions``, which somebody has found to be one."""
    found = sorted(versions, key=_order)
    names = sorted((n for v in found if not v.anonymous for n in v.names[:1]), key=lambda n: (-len(n.split()), n))
    voices = [v.voice for v in found if v.voice is not None]
    return Saying(
        id=found[0].statement,
        voice=max(dict.fromkeys(voices), key=voices.count) if voices else None,
        name=names[0] if names else next((n for v in found for n in v.names[:1]), None),
        versions=tuple(found),
        differences=_differences(found),
    )


def sayings(versions: Sequence[Version], *, copies: Sequence[CopyGroup] = ()) -> tuple[Saying, ...]:
    """Group ``versions`` into sayings, every one in exactly one; ``copies`` are groups of articles with one text."""
    found = Sayings(copies=copies)
    found.add(versions)
    return found.all()


def _differences(versions: Sequence[Version]) -> tuple[Difference, ...]:
    """Between all pairs of versions of different articles; in large sayings, between each and the first."""
    if len(versions) <= _ALL_PAIRS:
        pairs = [(a, b) for k, b in enumerate(versions) for a in versions[:k] if a.article != b.article]
    else:
        pairs = [(versions[0], b) for b in versions[1:]]
    return tuple(difference(a, b) for a, b in pairs)


def _order(version: Version) -> tuple[str, str, tuple[tuple[int, int], ...], str]:
    return (order(version.published, version.moment), version.article, version.content[:1], version.statement)


@cache
def _day(published: str) -> int | None:
    try:
        return datetime.date.fromisoformat(published[:10]).toordinal()
    except ValueError:
        return None


def _days(a: Version, b: Version) -> int:
    """The days between two versions; ``_UNDATED`` where one is not known."""
    one, other = (_day(v.published) if v.published else None for v in (a, b))
    return _UNDATED if one is None or other is None else abs(one - other)


def _bucket(version: Version) -> int | None:
    day = _day(version.published) if version.published else None
    return None if day is None else day // _BUCKET


def _near(version: Version) -> list[int | None]:
    """The buckets of the index that may hold candidates: those of the days around, and of unknown days."""
    bucket = _bucket(version)
    if bucket is None:
        return [None]
    return [None, *range(bucket - _WINDOW // _BUCKET, bucket + _WINDOW // _BUCKET + 1)]


def _probes(item: Prepared) -> list[tuple[float, str]]:
    """The most telling roots of a statement with their bits; short statements give all."""
    found = {s.root: s.bits for s in item.stems if s.bits >= _TELLING or len(item.stems) < _RUN}
    return sorted(((bits, root) for root, bits in found.items()), reverse=True)[:_PROBES]


def _run_keys(item: Prepared) -> list[int]:
    """A few runs of telling words of a statement that quotes, chosen by their checksums, so that copies choose the
    same (Broder 1997)."""
    if not item.quoted:
        return []
    roots = [s.root for s in item.stems]
    runs = {crc32(" ".join(roots[k : k + _RUN]).encode()) for k in range(len(roots) - _RUN + 1)}
    return sorted(runs)[:_RUNS]
