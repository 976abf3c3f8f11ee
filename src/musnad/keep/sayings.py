"""Sayings: statements of different articles that report the same words of the same speaker on one occasion.

Statements find each other and are linked by ``keep.linking``; what two articles have in common decides each link.
Sayings are then formed within each connected part of the links, from the strongest link down, as long as their versions
are alike on average (average linkage: Sokal & Michener 1958). A part is formed anew when a link joins it, so that the
result does not depend on the order in which articles come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from musnad.keep.columns import Words, columns_of, plain_of
from musnad.keep.differences import difference
from musnad.keep.likeness import likeness, numbers_in, prepared
from musnad.keep.linkage import connected
from musnad.keep.linking import Link, Pairs, linked
from musnad.keep.meeting import Block, extended, met_by_runs
from musnad.keep.moments import order
from musnad.keep.records import CopyGroup, Difference, Saying, Version
from musnad.keep.shingles import np

Order = tuple[str, str, int, str]
"""What came first, article, length of the id, id."""

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
        self._words = Words()
        self._versions: list[Version] = []
        self._blocks: dict[int, Block] = {}
        self._place: list[tuple[int, int]] = []
        self._runs: dict[int, list[int]] = {}
        self._numbers: dict[str, int] = {}
        self._near: dict[int, dict[int, float]] = {}
        self._group_of: dict[int, tuple[int, ...]] = {}
        self._articles: dict[str, int] = {}
        self._copies: dict[str, set[str]] = defaultdict(set)
        self._members: dict[str, set[str]] = defaultdict(set)
        self.group(copies)

    def group(self, copies: Iterable[CopyGroup]) -> None:
        """Take note of copy groups; they count for statements added afterwards."""
        for one in copies:
            for member in one.members:
                self._copies[member.article].add(one.id)
                self._members[one.id].add(member.article)

    def add(self, versions: Iterable[Version]) -> tuple[Saying, ...]:
        """Add statements and return the sayings that are new or changed.

        All statements of an article come in one call; a statement that is there already is left out.
        """
        fresh = [v for v in sorted(versions, key=_order) if v.statement not in self._numbers]
        by_article: dict[str, list[Version]] = defaultdict(list)
        for version in fresh:
            by_article[version.article].append(version)
        new = self._enter([v for found in by_article.values() for v in found])
        changed: dict[tuple[int, ...], None] = {}
        for part in connected(self._near, new):
            orders = {n: _order(self._versions[n]) for n in part}
            for members in joined(orders, _links_among(part, self._near), self._likeness):
                if self._group_of.get(members[0]) != members:
                    changed[members] = None
                for n in members:
                    self._group_of[n] = members
        return tuple(self._saying(members) for members in sorted(changed))

    def all(self) -> tuple[Saying, ...]:
        """All sayings; every statement is in exactly one."""
        return tuple(self._saying(members) for members in sorted(set(self._group_of.values())))

    def _enter(self, versions: Sequence[Version]) -> set[int]:
        """Enter statements, article by article, with their links; their numbers."""
        first = len(self._versions)
        numbered = list(enumerate(versions, start=first))
        self._versions += versions
        self._numbers |= {version.statement: n for n, version in numbered}
        articles = self._articles
        given = [plain_of(v, n, articles.setdefault(v.article, len(articles))) for n, v in numbered]
        came = Block.of(columns_of(given, self._words))
        runs, _ = met_by_runs(came.columns, self._runs)
        also = [self._located(came, first, row, number) for row, number in runs]
        copies = self._copied({v.article for v in versions})
        found = linked(came, self._blocks, self._numbers_of, also=also, one_text=copies)
        buckets = came.columns.buckets
        self._place += [(0, 0)] * len(versions)
        for bucket in sorted(set(buckets.tolist())):
            rows = np.flatnonzero(buckets == bucket)
            older = self._blocks.get(bucket)
            begin = len(older.columns) if older else 0
            self._blocks[bucket] = extended(older, came.columns.taken(rows))
            for k, row in enumerate(rows.tolist()):
                self._place[first + row] = (bucket, begin + k)
        new = {n for n, _ in numbered}
        self._near |= {n: {} for n in new}
        for score, i, j in found:
            self._near[i][j] = self._near[j][i] = score
        return new

    def _located(self, came: Block, first: int, row: int, number: int) -> Pairs:
        """A new statement with one that it meets, as ``linked`` takes it."""
        if number >= first:
            return came, np.array([row]), np.array([number - first])
        bucket, other = self._place[number]
        return self._blocks[bucket], np.array([row]), np.array([other])

    def _likeness(self, i: int, j: int) -> float:
        a, b = (prepared(self._blocks[bucket].columns, row, self._numbers_of) for bucket, row in self._places(i, j))
        return likeness(a, b)

    def _places(self, *numbers: int) -> list[tuple[int, int]]:
        return [self._place[n] for n in numbers]

    def _numbers_of(self, number: int) -> frozenset[int | float | None]:
        version = self._versions[number]
        return numbers_in(version.tokens, version.words)

    def _copied(self, articles: Iterable[str]) -> set[tuple[int, int]]:
        """The pairs of articles with one text of which one is among ``articles``."""
        pairs = {
            (self._articles[a], self._articles[b])
            for a in articles
            for group in self._copies.get(a, ())
            for b in self._members[group]
            if b in self._articles and a != b
        }
        return {(min(pair), max(pair)) for pair in pairs}

    def _saying(self, members: Iterable[int]) -> Saying:
        return saying_of([self._versions[i] for i in members])


def joined(
    orders: Mapping[int, Order], found: Iterable[Link], alike: Callable[[int, int], float]
) -> list[tuple[int, ...]]:
    """The sayings of statements and their links, each as sorted numbers; every statement is in one.

    Equal likenesses are settled by date and id, never by the numbers.

    Args:
        orders: number of a statement → its date and id (``order_of``).
        found: the links.
        alike: gives the likeness of two statements that are not linked.
    """
    row = sorted(orders, key=orders.__getitem__)
    rank = {n: k for k, n in enumerate(row)}
    ranked = sorted((-score, min(rank[i], rank[j]), max(rank[i], rank[j])) for score, i, j in found)
    scores = {(i, j): -score for score, i, j in ranked}

    def score_of(x: int, y: int) -> float:
        pair = (min(x, y), max(x, y))
        if pair not in scores:
            scores[pair] = alike(row[pair[0]], row[pair[1]])
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


def order_of(published: str | None, moment: str | None, article: str, statement: str) -> Order:
    """By what statements are put in order: what came first, then ids."""
    return (order(published, moment), article, len(statement), statement)


def _order(version: Version) -> Order:
    return order_of(version.published, version.moment, version.article, version.statement)
