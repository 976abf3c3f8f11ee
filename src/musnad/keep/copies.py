"""Which articles are one text: wire copies, edited copies, cuts and round-ups, found as articles come in.

1. `sketches`: texts that share sampled shingles are candidates.
2. Two candidates are alike as far as the shorter one's shingles stand in the longer one (*containment*); formulas
   that very many texts have are no evidence.
3. `linkage`: a group is formed where every two texts are alike, so that no chain joins unlike texts.
4. `alignment` of each member with the probable origin (`origins`) gives its relation.

A round-up that holds the texts of several groups is a member of each of them, as ``contains``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from musnad.keep.alignment import Alignment, align, common_ends
from musnad.keep.linkage import Pair, complete_groups, connected
from musnad.keep.origins import origin
from musnad.keep.records import CopyGroup, CopyMember, Text
from musnad.keep.shingles import Coder, Codes, Shingles, different, np, shingles
from musnad.keep.sketches import Index, sample

# Chosen on shared/data/copies.jsonl with both halves of its groups in view; score/copies.py reports each.
ALIKE = 0.40  # containment from which two texts may be of one group
LIKELY = 0.20  # of a sample, from which two texts are compared
_FEW = 0.25  # share of what two texts have in common that may be formulas
_FORMULAIC = 0.80  # containment of texts that consist of formulas
_ENOUGH = 4  # sampled shingles without formulas from which these alone are believed
_SHORT = 60  # words; shorter texts stand in too many others to lead: they join last
_BATCH = 1_000  # texts that are compared at once
_SAME, _MOST, _HALF = 0.90, 0.70, 0.50  # shares of a text that lie in common blocks
_ROUNDUP = 2.0  # times as long as the text that it holds
_REMEMBERED = 1 << 16  # articles whose words are kept, about a kilobyte each


def copies(texts: Iterable[Text]) -> tuple[CopyGroup, ...]:
    """The copy groups of ``texts``, in the order of their first articles.

    Raises:
        MissingExtra: numpy is not installed (extra ``ledger``).
    """
    found = Copies()
    found.add(texts)
    return found.groups


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edge:
    """Two texts by their numbers, their containment, and the sampled shingles that they share."""

    a: int
    b: int
    value: float
    shared: Shingles


class Copies:
    """Copy groups over articles that come in one after the other.

    Args:
        fetch: gives the text of an article that was added before, by its id. Without it the texts are kept in memory;
            with it only samples, lengths and likenesses are (some 300 bytes an article).
    """

    def __init__(self, *, fetch: Callable[[str], Text] | None = None) -> None:
        self._kept: dict[str, Text] = {}
        self._keeps = fetch is None
        self._fetch = fetch or self._kept.__getitem__
        self._coder = Coder()
        self._index = Index()
        self._ids: list[str] = []
        self._numbers: dict[str, int] = {}
        self._lengths: list[int] = []
        self._outlets: dict[str, int] = {}
        self._outlet_of: list[int] = []
        self._near: dict[int, dict[int, float]] = {}
        self._groups: dict[str, CopyGroup] = {}
        self._formed: dict[tuple[int, ...], CopyGroup] = {}
        self._group_ids: dict[int, set[str]] = {}
        self._recent: dict[int, Codes] = {}
        self.gone: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def groups(self) -> tuple[CopyGroup, ...]:
        """All groups, in the order of their first articles."""
        return tuple(self._groups[key] for key in sorted(self._groups, key=lambda key: self._numbers[key]))

    def add(self, texts: Iterable[Text]) -> tuple[CopyGroup, ...]:
        """Enter articles and return the groups that are new or have changed.

        An article whose id is already there is passed over. ``gone`` then lists the groups that are no more (their
        articles are in other groups now, or in none). What is returned depends on the articles alone, not on how they
        were parcelled, formulas apart: these are known only by the articles that came before.
        """
        found: list[_Edge] = []
        batch: list[Text] = []
        for text in texts:
            if text.article in self._numbers:
                continue
            self._numbers[text.article] = len(self._ids)
            self._ids.append(text.article)
            batch.append(text)
            if len(batch) == _BATCH:
                found += self._enter(batch)
                batch = []
        if batch:
            found += self._enter(batch)
        touched = set()
        for edge in self._without_formulas(found):
            self._near.setdefault(edge.a, {})[edge.b] = edge.value
            self._near.setdefault(edge.b, {})[edge.a] = edge.value
            touched.add(edge.b)
        changed: dict[str, CopyGroup] = {}
        gone: set[str] = set()
        for part in connected(self._near, touched):
            self._regroup(part, changed, gone)
        self.gone = tuple(sorted(gone - changed.keys()))
        return tuple(changed[key] for key in sorted(changed, key=lambda key: self._numbers[key]))

    def arranged(self, articles: Sequence[tuple[str, int]], likeness: Mapping[Pair, float]) -> tuple[CopyGroup, ...]:
        """The groups of articles whose likenesses were found before.

        Args:
            articles: id and length in words of each; they are numbered in this order.
            likeness: of pairs of numbers, the smaller first.
        """
        self._ids = [article for article, _ in articles]
        self._lengths = [length for _, length in articles]
        self._numbers = {article: number for number, article in enumerate(self._ids)}
        self._near = {number: {} for number in range(len(articles))}
        for (a, b), value in likeness.items():
            self._near[a][b] = self._near[b][a] = value
        self._regroup(list(range(len(articles))), {}, set())
        return self.groups

    def _words(self, number: int) -> Codes:
        """The words of an article; those of the latest articles are remembered, copies being near in time."""
        words = self._recent.get(number)
        return self._remember(number, self._fetch(self._ids[number])) if words is None else words

    def _remember(self, number: int, text: Text) -> Codes:
        words = self._recent[number] = self._coder.words(text.text)
        if len(self._recent) > _REMEMBERED:
            del self._recent[next(iter(self._recent))]
        return words

    def _enter(self, batch: Sequence[Text]) -> list[_Edge]:
        """Enter articles; returns the pairs of them and older ones, or of one another, that are alike."""
        first = len(self._index)
        fresh: dict[int, Shingles] = {}
        for number, text in enumerate(batch, start=first):
            if self._keeps:
                self._kept[text.article] = text
            words = self._remember(number, text)
            self._lengths.append(len(words))
            outlet = text.outlet or ""
            self._outlet_of.append(self._outlets.setdefault(outlet, len(self._outlets)) if outlet else -1)
            fresh[number] = different(shingles(words))
        samples = [sample(codes) for codes in fresh.values()]
        self._index.add(samples, self._outlet_of[first:])
        older: dict[int, Shingles] = {}
        found = []
        for candidate in self._index.candidates(samples, first, least=LIKELY):
            a, b = candidate.older, candidate.newer
            codes = fresh.get(a, older.get(a))
            if codes is None:
                codes = older[a] = different(shingles(self._words(a)))
            other = fresh[b]
            both = np.intersect1d(codes, other, assume_unique=True)
            value = len(both) / min(len(codes), len(other))
            if value >= ALIKE:
                found.append(_Edge(a=a, b=b, value=value, shared=sample(both)))
        return found

    def _without_formulas(self, edges: Sequence[_Edge]) -> list[_Edge]:
        """The pairs that are still alike when formulas are left out.

        A formula is a shingle that very many texts have, or several of the same outlet where both texts are of it:
        a masthead, rules under the text, the same list of links.
        """
        doubtful = self._formulas([(edge.shared, self._common_outlet(edge)) for edge in edges])
        kept, rest = [], []
        for edge, formulas in zip(edges, doubtful, strict=True):
            if formulas <= _FEW * len(edge.shared):
                kept.append(edge)
            else:
                rest.append((edge, len(edge.shared) - formulas))
        samples = {n: sample(self._codes(n)) for n in {n for edge, _ in rest for n in (edge.a, edge.b)}}
        of_both = [(samples[n], self._common_outlet(edge)) for edge, _ in rest for n in (edge.a, edge.b)]
        own = [len(codes) - n for (codes, _), n in zip(of_both, self._formulas(of_both), strict=True)]
        for (edge, evidence), a, b in zip(rest, own[::2], own[1::2], strict=True):
            if _is_evidence(edge.value, evidence, min(a, b)):
                kept.append(edge)
        return kept

    def _codes(self, number: int) -> Shingles:
        return different(shingles(self._words(number)))

    def _common_outlet(self, edge: _Edge) -> int:
        outlet = self._outlet_of[edge.a]
        return outlet if outlet == self._outlet_of[edge.b] else -1

    def _formulas(self, texts: Sequence[tuple[Shingles, int]]) -> list[int]:
        """For each list of sampled shingles, all of one outlet or (-1) of several, how many of them are formulas."""
        sizes = [len(codes) for codes, _ in texts]
        if not sum(sizes):
            return [0] * len(texts)
        outlets = np.repeat(np.array([outlet for _, outlet in texts]), sizes)
        known = self._index.formulas(np.concatenate([codes for codes, _ in texts]), outlets)
        ends = np.cumsum(sizes)
        total = np.concatenate(([0], np.cumsum(known)))
        return [int(total[end] - total[end - size]) for end, size in zip(ends, sizes, strict=True)]

    def _regroup(self, part: list[int], changed: dict[str, CopyGroup], gone: set[str]) -> None:
        """Form the groups of one connected part anew."""
        likeness = {(a, b): v for a in part for b, v in self._near[a].items() if a < b}
        grouped = complete_groups(likeness, last=self._is_short, also=self._through_a_third)
        roundups = self._roundups(part, grouped)
        before = {key for number in part for key in self._group_ids.pop(number, ())}
        now = set()
        for members, holders in zip(grouped, roundups, strict=True):
            key = (*members, -1, *holders)
            group = self._formed.get(key) or self._form(members, holders)
            now.add(group.id)
            for number in (*members, *holders):
                self._group_ids.setdefault(number, set()).add(group.id)
            if self._groups.get(group.id) != group:
                self._formed[key] = self._groups[group.id] = changed[group.id] = group
        for lost in before - now:
            del self._groups[lost]
            changed.pop(lost, None)
            gone.add(lost)
        gone -= now

    def _is_short(self, pair: Pair) -> bool:
        return min(self._lengths[pair[0]], self._lengths[pair[1]]) < _SHORT

    def _through_a_third(self, pair: Pair) -> bool:
        """Whether two texts that were not compared (all they have is frequent) have nearly all words of a third.

        Of equal length, and each with 0.9 of the third's shingles, they have at least 0.8 of them in common.
        """
        a, b = sorted(pair, key=lambda number: len(self._near[number]))
        size = self._lengths[a]
        near = self._near[b]
        return any(
            value >= _SAME and near.get(third, 0.0) >= _SAME and self._is_as_long(size, third, b)
            for third, value in self._near[a].items()
        )

    def _is_as_long(self, size: int, *others: int) -> bool:
        return all(_SAME * size <= self._lengths[other] <= size / _SAME for other in others)

    def _roundups(self, part: list[int], grouped: list[list[int]]) -> list[list[int]]:
        """For each group the articles of other groups that hold its text beside much else."""
        group_of = {number: k for k, members in enumerate(grouped) for number in members}
        holders: list[list[int]] = [[] for _ in grouped]
        for number in part:
            alike: dict[int, list[int]] = {}
            for other in self._near[number]:
                k = group_of.get(other)
                if k is not None and k != group_of.get(number):
                    alike.setdefault(k, []).append(other)
            for k, others in alike.items():
                held = sum(self._holds(number, other) for other in others)
                if len(others) == len(grouped[k]) and 2 * held > len(others):
                    holders[k].append(number)
        return holders

    def _holds(self, number: int, other: int) -> bool:
        """Whether an article holds most of another one's text beside as much of its own."""
        return self._near[number][other] >= _MOST and self._lengths[number] >= _ROUNDUP * self._lengths[other]

    def _form(self, members: list[int], holders: list[int]) -> CopyGroup:
        texts = [self._fetch(self._ids[number]) for number in members]
        best, reasons = origin(texts, [self._lengths[number] for number in members])
        begun = self._words(members[best])
        entries = [
            CopyMember(
                article=self._ids[number],
                relation=self._relation(self._words(number), begun),
                origin=k == best,
            )
            for k, number in enumerate(members)
        ]
        entries += [CopyMember(article=self._ids[number], relation="contains") for number in holders]
        return CopyGroup(id=self._ids[members[0]], members=tuple(entries), reasons=reasons)

    @staticmethod
    def _relation(words: Codes, begun: Codes) -> str:
        if common_ends(words, begun) >= _SAME * max(len(words), len(begun)):
            return "verbatim"  # as the alignment would say
        return relation(align(words, begun))


def believed(value: float, shared: Shingles, texts: Iterable[Shingles], formulas: Callable[[Shingles], int]) -> bool:
    """Whether two texts are alike when formulas are left out, as ``Copies`` tells it of many pairs at once.

    Args:
        value: their containment.
        shared: the sampled shingles that both have; ``texts``: those of each.
        formulas: how many of some sampled shingles are formulas.
    """
    known = formulas(shared)
    if known <= _FEW * len(shared):
        return True
    return _is_evidence(value, len(shared) - known, min(len(codes) - formulas(codes) for codes in texts))


def _is_evidence(value: float, evidence: int, size: int) -> bool:
    """Whether what two texts share beside formulas is enough; ``size``: sampled shingles of the shorter, likewise."""
    return evidence >= ALIKE * size if size >= _ENOUGH else value >= _FORMULAIC


def relation(aligned: Alignment) -> str:
    """How a text (the first) relates to the text that it shares blocks with.

    ``verbatim``: nearly all words of both are common; ``contains``: most of the other stands in it, beside as much
    that is its own; ``partial``: a cut, or no more than a part of both is common; ``edited``: anything between.
    """
    own, other = aligned.of_a, aligned.of_b
    if own >= _SAME and other >= _SAME:
        return "verbatim"
    if other >= _MOST and own < _HALF:
        return "contains"
    if other < _HALF or own < _HALF:
        return "partial"
    return "edited"
