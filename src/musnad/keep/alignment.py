"""Two texts word by word: the blocks of words that they have in common, longest first, wherever they stand.

Blocks need not stand in the same order: rewriters move paragraphs. A block has at least ``shingles.SIZE`` words.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from musnad.keep.shingles import SIZE, Codes, Mask, Numbers, Shingles, np, shingles


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """``size`` words that stand at word ``a`` of the one text and at word ``b`` of the other."""

    a: int
    b: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """What two texts share.

    Attributes:
        blocks: in the order of the first text; no two overlap in either text.
        a_words, b_words: lengths of the texts in words.
        shared: words in blocks.
        moved: whether the blocks stand in another order in the second text.
    """

    blocks: tuple[Block, ...]
    a_words: int
    b_words: int

    @property
    def shared(self) -> int:
        return sum(block.size for block in self.blocks)

    @property
    def of_a(self) -> float:
        """Share of the first text that is in blocks, 0 to 1."""
        return self.shared / self.a_words if self.a_words else 0.0

    @property
    def of_b(self) -> float:
        """Share of the second text that is in blocks, 0 to 1."""
        return self.shared / self.b_words if self.b_words else 0.0

    @property
    def moved(self) -> bool:
        places = [block.b for block in self.blocks]
        return places != sorted(places)


def align(a: Codes, b: Codes) -> Alignment:
    """The common blocks of two texts, given as the codes of their words.

    Greedy string tiling (Wise 1993): the longest block first, then the longest among the words that are left. Where
    a run of words stands in ``b`` more than eight times, its n-th place in ``a`` meets eight around the n-th.

    Returns: the alignment; blocks of fewer than ``SIZE`` words are left out.
    """
    runs = _runs(*_matches(shingles(a), shingles(b)))
    used_a, used_b = bytearray(len(a)), bytearray(len(b))
    blocks = []
    waiting = [(-size, -i, -j) for size, i, j in runs]
    heapify(waiting)
    while waiting:
        size, i, j = (-n for n in heappop(waiting))
        if not any(used_a[i : i + size]) and not any(used_b[j : j + size]):
            used_a[i : i + size] = used_b[j : j + size] = b"\1" * size
            blocks.append(Block(a=i, b=j, size=size))
            continue
        for piece, x, y in _free(used_a, used_b, size, i, j):
            heappush(waiting, (-piece, -x, -y))
    return Alignment(blocks=tuple(sorted(blocks, key=lambda x: x.a)), a_words=len(a), b_words=len(b))


def common_ends(a: Codes, b: Codes) -> int:
    """Words of the blocks with which two texts begin and end alike."""
    size = min(len(a), len(b))
    begin = _alike(a[:size] == b[:size])
    end = _alike((a[len(a) - size :] == b[len(b) - size :])[::-1][: size - begin])
    return sum(n for n in (begin, end) if n >= SIZE)


def _alike(same: Mask) -> int:
    """How many come before the first that is false."""
    return len(same) if same.all() else int(same.argmin())


_PLACES = 8


def _matches(a: Shingles, b: Shingles) -> tuple[Numbers, Numbers]:
    """Pairs of places with the same shingle: all, or of a shingle that ``b`` has often, those of like rank."""
    order = np.argsort(b, kind="stable")
    ordered = b[order]
    low = np.searchsorted(ordered, a, "left")
    total = np.searchsorted(ordered, a, "right") - low
    count = np.minimum(total, _PLACES)
    low = low + np.clip(_ranks(a) - _PLACES // 2, 0, total - count)
    places = np.repeat(np.arange(len(a)), count)
    nth = np.arange(len(places)) - np.repeat(np.cumsum(count) - count, count)
    return places, order[np.repeat(low, count) + nth]


def _ranks(codes: Shingles) -> Numbers:
    """For each shingle how often it has come before."""
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    ranks = np.empty(len(codes), dtype=np.int64)
    ranks[order] = np.arange(len(codes)) - np.searchsorted(ordered, ordered, "left")
    return ranks


def _runs(a: Numbers, b: Numbers) -> list[tuple[int, int, int]]:
    """The matches joined along their diagonals: size in words, first word in either text."""
    if not len(a):
        return []
    diagonal = b - a
    order = np.lexsort((a, diagonal))
    a, diagonal = a[order], diagonal[order]
    breaks = np.flatnonzero((np.diff(a) != 1) | (np.diff(diagonal) != 0)) + 1
    firsts = np.concatenate(([0], breaks))
    lengths = np.diff(np.concatenate((firsts, [len(a)])))
    return [(int(n) + SIZE - 1, int(a[f]), int(a[f] + diagonal[f])) for f, n in zip(firsts, lengths, strict=True)]


def _free(used_a: bytearray, used_b: bytearray, size: int, i: int, j: int) -> list[tuple[int, int, int]]:
    """The pieces of a block that no longer block has taken, as far as they are long enough."""
    pieces, start = [], 0
    for k in range(size + 1):
        if k == size or used_a[i + k] or used_b[j + k]:
            if k - start >= SIZE:
                pieces.append((k - start, i + start, j + start))
            start = k + 1
    return pieces
