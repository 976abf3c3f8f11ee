"""Which statements meet: those that share telling words within some days, found for many statements at once.

Statements stand in blocks of twelve days, each with its words in one sorted array (``Block``). Statements that come are
looked up in the blocks of their days and of the days around, and meet those that came before them (Zobel & Moffat 2006,
sorted postings). A word that more than ``CROWDED`` statements of a block had before is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from musnad.keep.columns import GRAIN, WINDOW, Columns, first_of, spread
from musnad.keep.shingles import np

Array = np.ndarray[Any, Any]

CROWDED = 100  # statements with one word, beyond which it tells nothing
REPEATED = 40  # statements with one run of words, beyond which it is a formula
UNDATED = 6  # days between two statements where one has no date
_LEAST_SHARED, _LEAST_HALF = 120, 0.5  # tenths of bits that two share in looked-up words; or half of the shorter
_AT_ONCE = 1 << 20  # entries that are looked at together
_U = np.uint64


@dataclass(frozen=True, eq=False)
class Block:
    """Statements with their words in order.

    Attributes:
        columns: the statements, in the order they came.
        postings: root, row (24 binary digits) and tenths of bits (8) of every probe in one number, sorted.
        roots: row and root of all words in one number, sorted; ``sums``: the bits of the stems of each; ``begins``:
            where each row begins.
        tenths: of bits of all words of each statement.
    """

    columns: Columns
    postings: Array
    roots: Array
    sums: Array
    begins: Array
    tenths: Array

    @classmethod
    def of(cls, columns: Columns) -> Block:
        """Sort the words of statements."""
        stems, rows = columns.stems, columns.rows("stems").astype(_U)
        probes = np.flatnonzero(stems["tenths"])
        postings = stems["root"][probes].astype(_U) << _U(32) | rows[probes] << _U(8) | stems["tenths"][probes]
        postings.sort()
        every = rows << _U(32) | stems["root"]
        first = first_of(every)
        sums = np.add.reduceat(stems["grains"].astype(np.float32), first) / GRAIN if len(first) else np.empty(0)
        roots = every[first]
        begins = np.searchsorted(roots, np.arange(len(columns) + 1).astype(_U) << _U(32))
        tenths = np.round(columns.heads["total"] * 10).astype(np.int64)
        return cls(columns, postings, roots, sums, begins, tenths)

    def rows_of(self, numbers: Array) -> Array:
        """The rows of statements by their numbers; -1 for those that are not here."""
        own, order = self._numbers
        at = np.minimum(np.searchsorted(own, numbers), len(own) - 1)
        return np.where(own[at] == numbers, order[at], -1) if len(own) else np.full(len(numbers), -1)

    @cached_property
    def _numbers(self) -> tuple[Array, Array]:
        """The numbers of the statements in order, and their rows."""
        order = np.argsort(self.columns.heads["number"])
        return self.columns.heads["number"][order], order


def extended(block: Block | None, columns: Columns) -> Block:
    """``block`` with further statements."""
    return Block.of(columns if block is None else Columns.joined([block.columns, columns]))


def met(came: Block, blocks: Mapping[int, Block]) -> Iterator[tuple[Block, Array, Array]]:
    """The statements that each of ``came`` meets, in older blocks and among themselves.

    Args:
        came: new statements.
        blocks: the older ones by their number of twelve days; at least those that may be met.

    Yields:
        The block of the others, rows of new statements, and the rows there that they meet.
    """
    buckets = came.columns.buckets
    first = _firsts(came.columns)
    probes = came.columns.stems
    probe_rows = np.where(probes["tenths"] > 0, came.columns.rows("stems"), -1)
    probes, probe_rows = probes[probe_rows >= 0], probe_rows[probe_rows >= 0]
    for bucket in seen_from(buckets):
        near = (buckets == 0) if bucket == 0 else (np.abs(buckets - bucket) <= 1)
        asked = np.flatnonzero(near[probe_rows])
        own = came.postings[buckets[_rows_in(came.postings)] == bucket]
        roots = probes["root"][asked].astype(_U) << _U(32)
        rows = probe_rows[asked]
        tenths = probes["tenths"][asked]
        ranges = [(came, own, *_range(own, roots, roots | first[rows].astype(_U) << _U(8)))]
        if bucket in blocks:
            older = blocks[bucket]
            ranges.append((older, older.postings, *_range(older.postings, roots, roots + _U(1 << 32))))
        crowded = sum(count for *_, count in ranges) > CROWDED
        for block, postings, low, count in ranges:
            for new, old, shared in _shared(postings, low, np.where(crowded, 0, count), rows, tenths):
                kept = _are_enough(came, new, block, old, shared) & (days_between(came, new, block, old) <= WINDOW)
                if kept.any():
                    yield block, new[kept], old[kept]


def seen_from(buckets: Array) -> list[int]:
    """The stretches of twelve days in which statements of some such stretches meet others: these and those beside."""
    return sorted({int(b) + k for b in np.unique(buckets) for k in ((0,) if b == 0 else (-1, 0, 1))})


def days_between(a: Block, rows: Array, b: Block, others: Array) -> Array:
    """The days between statements; ``UNDATED`` where one has no date."""
    mine, theirs = a.columns.heads["day"][rows], b.columns.heads["day"][others]
    return np.where((mine < 0) | (theirs < 0), UNDATED, np.abs(mine - theirs))


def shared_at_most(a: Block, rows: Array, b: Block, others: Array) -> Array:
    """Bits that pairs of statements share, at most: of every root that both have the smaller sum of its stems."""
    found = np.zeros(len(rows))
    counts = a.begins[rows + 1] - a.begins[rows]
    ends = np.cumsum(counts)
    begin = 0
    while begin < len(rows):
        end = max(begin + 1, int(np.searchsorted(ends, (ends[begin - 1] if begin else 0) + _AT_ONCE, "right")))
        part = slice(begin, end)
        mine = spread(a.begins[rows[part]], counts[part])
        wanted = np.repeat(others[part].astype(_U) << _U(32), counts[part]) | (a.roots[mine] & _U(0xFFFFFFFF))
        at = np.minimum(np.searchsorted(b.roots, wanted), max(len(b.roots) - 1, 0))
        if len(b.roots) and len(mine):
            both = np.where(b.roots[at] == wanted, np.minimum(a.sums[mine], b.sums[at]), 0.0)
            found[part] = np.bincount(np.repeat(np.arange(end - begin), counts[part]), both, minlength=end - begin)
        begin = end
    return found


def _are_enough(came: Block, new: Array, block: Block, old: Array, shared: Array) -> Array:
    """Whether pairs share enough of the looked-up words."""
    shorter = np.minimum(came.tenths[new], block.tenths[old])
    enough: Array = shared >= np.minimum(_LEAST_SHARED, _LEAST_HALF * shorter)
    return enough


def _firsts(columns: Columns) -> Array:
    """For each statement the first one of its article."""
    articles = columns.heads["article"]
    first = first_of(articles)
    return np.repeat(first, np.diff(np.concatenate((first, [len(articles)]))))


def _rows_in(postings: Array) -> Array:
    found: Array = ((postings >> _U(8)) & _U((1 << 24) - 1)).astype(np.int64)
    return found


def _range(postings: Array, begin: Array, end: Array) -> tuple[Array, Array]:
    """Where the postings from ``begin`` to ``end`` stand: the first, and how many."""
    low = np.searchsorted(postings, begin)
    return low, np.searchsorted(postings, end) - low


def _shared(
    postings: Array, low: Array, count: Array, rows: Array, tenths: Array
) -> Iterator[tuple[Array, Array, Array]]:
    """Pairs of rows (of a new statement, and of an older one) with the tenths of bits that they share."""
    ends = np.cumsum(count)
    begin = 0
    while begin < len(count):
        end = max(begin + 1, int(np.searchsorted(ends, (ends[begin - 1] if begin else 0) + _AT_ONCE, "right")))
        while end < len(count) and rows[end] == rows[end - 1]:  # all words of a statement together
            end += 1
        part = slice(begin, end)
        begin = end
        entries = postings[spread(low[part], count[part])]
        if not len(entries):
            continue
        asked = np.repeat(rows[part].astype(_U) << _U(32) | tenths[part], count[part])
        both = np.minimum(entries & _U(0xFF), asked & _U(0xFF))
        pairs = np.sort((asked & _U(0xFFFFFFFF00000000)) | (entries & _U(0xFFFFFF00)) | both)
        starts = first_of(pairs >> _U(8))
        total = np.add.reduceat((pairs & _U(0xFF)).astype(np.int64), starts)
        found = pairs[starts]
        yield (found >> _U(32)).astype(np.int64), _rows_in(found), total


def met_by_runs(columns: Columns, known: dict[int, list[int]]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The statements of other articles, at any distance, with which statements share a run of words.

    Args:
        columns: new statements, article by article.
        known: run → numbers of the statements that have it, at most one more than ``REPEATED``; these are put in.

    Returns:
        Rows of new statements with the numbers of those that they meet; runs with the rows of those put in.
    """
    pairs, put = [], []
    rows, runs = columns.rows("runs").tolist(), columns.runs.tolist()
    articles, numbers = columns.heads["article"].tolist(), columns.heads["number"].tolist()
    begin = 0
    while begin < len(rows):
        end = begin
        while end < len(rows) and articles[rows[end]] == articles[rows[begin]]:
            end += 1
        own = list(zip(rows[begin:end], runs[begin:end], strict=True))
        pairs += [(row, n) for row, run in own if len(known.get(run, ())) <= REPEATED for n in known.get(run, ())]
        for row, run in own:
            entries = known.setdefault(run, [])
            if len(entries) <= REPEATED and numbers[row] not in entries[-1:]:
                entries.append(numbers[row])
                put.append((run, row))
        begin = end
    return list(dict.fromkeys(pairs)), put
