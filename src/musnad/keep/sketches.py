"""Which texts may share words: a sample of every text's shingles, in an index that grows.

The sample of a text is every shingle whose code is divisible by ``1 / rate`` (Broder 1997, "mod p"; FracMinHash:
Irber et al. 2022). Unlike the fixed number of minima of MinHash it estimates *containment* without bias, so that
a short copy inside a long round-up is found as surely as a twin, and it needs no bands to be tuned.

Shingles of very many texts (formulas, mastheads, rules under an article) are *frequent*: they make no candidates but
with the first few texts that have them, and say nothing of a copy.
"""

from __future__ import annotations

from dataclasses import dataclass

from musnad.keep.shingles import Mask, Numbers, Shingles, np

RATE = 4  # one shingle of four is kept
FREQUENT = 64  # texts; a shingle of more is a formula
OWN = 8  # texts of one outlet; a shingle of more is a formula of that outlet
FEW = 8  # texts that a frequent shingle still leads to


def sample(codes: Shingles) -> Shingles:
    """The sample of a text's shingles, in their order."""
    chosen: Shingles = codes[codes % np.uint64(RATE) == 0]
    return chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Two texts (by number, the older first) that share ``shared`` sampled shingles."""

    older: int
    newer: int
    shared: int


class Index:
    """The samples of all texts, in sorted runs that are merged as they grow (O'Neil et al. 1996)."""

    __slots__ = ("_outlets", "_runs", "_sizes")

    def __init__(self) -> None:
        self._outlets: list[int] = []
        self._runs: list[tuple[Shingles, Numbers]] = []
        self._sizes: list[int] = []

    def __len__(self) -> int:
        return len(self._sizes)

    def add(self, samples: list[Shingles], outlets: list[int]) -> None:
        """Enter texts with the numbers of their outlets; they are numbered on from those that are there."""
        if not samples:
            return
        first = len(self._sizes)
        self._outlets += outlets
        self._sizes += [len(s) for s in samples]
        codes = np.concatenate(samples)
        texts = np.repeat(np.arange(first, first + len(samples)), [len(s) for s in samples])
        order = np.argsort(codes, kind="stable")
        self._runs.append((codes[order], texts[order]))
        while len(self._runs) > 1 and len(self._runs[-2][0]) < 2 * len(self._runs[-1][0]):
            b, a = self._runs.pop(), self._runs.pop()
            codes, texts = np.concatenate((a[0], b[0])), np.concatenate((a[1], b[1]))
            order = np.argsort(codes, kind="stable")
            self._runs.append((codes[order], texts[order]))

    def frequent(self, codes: Shingles) -> Mask:
        """For each shingle whether more than ``FREQUENT`` texts have it."""
        unique, back = np.unique(codes, return_inverse=True)  # sorted, they are looked up several times as fast
        total = np.zeros(len(unique), dtype=np.int64)
        for run, _ in self._runs:
            total += _ranges(run, unique)[1]
        return (total > FREQUENT)[back]

    def formulas(self, codes: Shingles, outlets: Numbers) -> Mask:
        """For each shingle whether it is frequent, or more than ``OWN`` texts of the given outlet (not -1) have it."""
        known = self.frequent(codes)
        asked = np.flatnonzero(~known & (outlets >= 0))
        asked = asked[np.argsort(codes[asked])]
        wanted, of = codes[asked], outlets[asked]
        by_text = np.asarray(self._outlets)
        total = np.zeros(len(asked), dtype=np.int64)
        for run, texts in self._runs:
            which, places = _spread(*_ranges(run, wanted))
            own = which[by_text[texts[places]] == of[which]]
            total += np.bincount(own, minlength=len(asked))
        known[asked] = total > OWN
        return known

    def candidates(self, samples: list[Shingles], first: int, *, least: float) -> list[Candidate]:
        """The older texts that share at least ``least`` of the smaller sample with one of these texts.

        Args:
            samples: of the texts numbered from ``first``; they have been added.
            least: 0 to 1.
        """
        if not samples:
            return []
        codes = np.concatenate(samples)
        newer = np.repeat(np.arange(first, first + len(samples)), [len(s) for s in samples])
        order = np.argsort(codes)
        codes, newer = codes[order], newer[order]
        found = [_ranges(run, codes) for run, _ in self._runs]
        total = np.zeros(len(codes), dtype=np.int64)
        for _, count in found:
            total += count
        frequent = total > FREQUENT
        keys, size = [], len(self._sizes)
        for (_, texts), (low, count) in zip(self._runs, found, strict=True):
            which, places = _spread(low, np.where(frequent, np.minimum(count, FEW), count))
            old, new = texts[places], newer[which]
            keys.append((new * size + old)[old < new])
        pairs, shared = np.unique(np.concatenate(keys), return_counts=True)
        sizes = np.asarray(self._sizes)
        new, old = pairs // size, pairs % size
        smaller = np.minimum(sizes[new], sizes[old])
        kept = np.flatnonzero(shared >= least * smaller)
        return [Candidate(older=int(old[k]), newer=int(new[k]), shared=int(shared[k])) for k in kept]


def _ranges(run: Shingles, codes: Shingles) -> tuple[Numbers, Numbers]:
    """Where each of ``codes`` begins in ``run``, and how often it stands there; most stand nowhere."""
    low = np.searchsorted(run, codes, "left")
    count = np.zeros(len(codes), dtype=np.int64)
    there = np.flatnonzero(run.take(low, mode="clip") == codes)
    count[there] = np.searchsorted(run, codes[there], "right") - low[there]
    return low, count


def _spread(low: Numbers, count: Numbers) -> tuple[Numbers, Numbers]:
    """Every place of these ranges, and which range it is of."""
    nth = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(np.arange(len(count)), count), np.repeat(low, count) + nth
