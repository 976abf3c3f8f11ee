"""Sayings: statements of different articles that report the same words of the same speaker on one occasion.

Statements find each other and are linked by ``keep.linking``; what two articles have in common decides each link.
Sayings are then formed within each connected part of the links, from the strongest link down, as long as their versions
are alike on average (average linkage: Sokal & Michener 1958). A part is formed anew when a link joins it, so that the
result does not depend on the order in which articles come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from musnad.keep.differences import difference
from musnad.keep.likeness import Prepared, likeness, prepare
from musnad.keep.linkage import connected
from musnad.keep.linking import CROWDED, Entry, Link, are_near, candidates, inside, keys, links, share_a_run, sought
from musnad.keep.moments import order
from musnad.keep.records import CopyGroup, Difference, Saying, Version

_AVERAGE, _LEAST, _MOST = -1.0, -2.0, 5.0  # of two sayings to be joined; what one pair counts at most
_SMALL, _A_VERSION, _MOST_NEEDED = 12, 0.1, 1.5  # more for each version beyond, so that a topic makes no chain
_REPRESENTATIVES = 6  # versions of a saying that are compared when sayings are joined
_ALL_PAIRS = 16  # versions of a saying up to which all pairs are compared for differences


class Sayings:
    """Sayings over statements that come article by article.

    Example:
        >>> found = Sayings()
        >>> changed = found.add(versions)
    """

    def __init__(self, *, copies: Sequence[CopyGroup] = ()) -> None:
        """``copies``: groups of articles with one text, which count as reporting one event."""
        self._items: dict[int, Prepared] = {}
        self._index: dict[int, list[Entry]] = defaultdict(list)
        self._near: dict[int, dict[int, float]] = {}
        self._group_of: dict[int, tuple[int, ...]] = {}
        self._articles: dict[str, list[int]] = defaultdict(list)
        self._copies: dict[str, set[str]] = defaultdict(set)
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
        known = {self._items[i].version.statement for v in versions for i in self._articles.get(v.article, ())}
        by_article: dict[str, list[Version]] = defaultdict(list)
        for version in sorted(versions, key=_order):
            if version.statement not in known:
                by_article[version.article].append(version)
        new: set[int] = set()
        for found in by_article.values():
            new |= self._article(found)
        changed: dict[tuple[int, ...], None] = {}
        for part in connected(self._near, new):
            items = {n: self._items[n] for n in part}
            for members in joined(items, _links_among(part, self._near)):
                if self._group_of.get(members[0]) != members:
                    changed[members] = None
                for n in members:
                    self._group_of[n] = members
        return tuple(self._saying(members) for members in sorted(changed))

    def all(self) -> tuple[Saying, ...]:
        """All sayings; every statement is in exactly one."""
        return tuple(self._saying(members) for members in sorted(set(self._group_of.values())))

    def _article(self, versions: Sequence[Version]) -> set[int]:
        """Add the statements of one article with their links; their numbers."""
        first = len(self._items)
        new = dict(enumerate(prepare(versions), start=first))
        self._items |= new
        by_article: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for i, item in new.items():
            for j in candidates(item, [(key, self._index.get(key, ())) for key in sought(item)]):
                other = self._items[j]
                if may_be_one(item, other):
                    by_article[other.version.article].append((i, j))
        found = inside(new)
        for article, pairs in by_article.items():
            found += links(pairs, self._items, one_text=self._copied(versions[0].article, article))
        for i, item in new.items():
            self._articles[item.version.article].append(i)
            self._near[i] = {}
            for key, bits in keys(item).items():
                if len(self._index[key]) <= CROWDED:
                    self._index[key].append(Entry(i, round(bits, 1), round(item.total, 1)))
        for score, i, j in found:
            self._near[i][j] = self._near[j][i] = score
        return set(new)

    def _copied(self, a: str, b: str) -> bool:
        """Whether two articles have one text."""
        return not self._copies.get(a, set()).isdisjoint(self._copies.get(b, set()))

    def _saying(self, members: Iterable[int]) -> Saying:
        return saying_of([self._items[i].version for i in members])


def may_be_one(a: Prepared, b: Prepared) -> bool:
    """Whether two statements that found each other are near in time, or share a run of words."""
    return are_near(a.version, b.version) or share_a_run(a, b)


def joined(items: Mapping[int, Prepared], found: Iterable[Link]) -> list[tuple[int, ...]]:
    """The sayings of statements and their links, each as sorted numbers; every statement is in one.

    Equal likenesses are settled by date and id, never by the numbers.
    """
    row = sorted(items, key=lambda n: _order(items[n].version))
    rank = {n: k for k, n in enumerate(row)}
    ranked = sorted((-score, min(rank[i], rank[j]), max(rank[i], rank[j])) for score, i, j in found)
    scores = {(i, j): -score for score, i, j in ranked}

    def score_of(x: int, y: int) -> float:
        pair = (min(x, y), max(x, y))
        if pair not in scores:
            scores[pair] = likeness(items[row[pair[0]]], items[row[pair[1]]])
        return max(_LEAST, min(_MOST, scores[pair]))

    group_of = list(range(len(row)))
    groups = {k: [k] for k in group_of}
    for _, i, j in ranked:
        a, b = sorted((group_of[i], group_of[j]))
        if a == b:
            continue
        mine = dict.fromkeys((i if group_of[i] == a else j, *groups[a][:_REPRESENTATIVES]))
        theirs = dict.fromkeys((j if group_of[j] == b else i, *groups[b][:_REPRESENTATIVES]))
        total = sum(score_of(x, y) for x in mine for y in theirs)
        size = len(groups[a]) + len(groups[b])
        if total / (len(mine) * len(theirs)) < min(_AVERAGE + _A_VERSION * max(0, size - _SMALL), _MOST_NEEDED):
            continue
        groups[a] += groups[b]
        for k in groups.pop(b):
            group_of[k] = a
    return [tuple(sorted(row[k] for k in members)) for members in groups.values()]


def _links_among(part: Iterable[int], near: Mapping[int, Mapping[int, float]]) -> list[Link]:
    return [(score, i, j) for i in part for j, score in near[i].items() if i < j]


def name_of(versions: Iterable[Version]) -> str:
    """The id of the saying whose versions are ``versions``: that of the first."""
    return min(versions, key=_order).statement


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
