"""Which statements of two articles are links of one saying: how they find each other, and what they must share.

Statements near in time find each other by the roots of their most telling words, quotations at any distance by runs of
words. All of it depends on the two articles alone, never on what else a ledger holds or on what came first; only where
very many statements share a word is it passed over (``CROWDED``).

Pairs are weighed by ``keep.likeness``. A weak link counts where the two articles share a stronger one, which shows that
they report one event.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from zlib import crc32

from musnad.keep.likeness import Prepared, likeness, shared_bits
from musnad.keep.records import Version
from musnad.keep.voices import relation

CROWDED = 100  # statements with one probe, beyond which it tells nothing

_WINDOW = 12  # days between statements that find each other by words; also the days of one bucket of the index
_TELLING, _PROBES, _FEW_WORDS = 4.0, 10, 4  # bits of words that are looked up, how many; statements that give all
_LEAST_SHARED, _LEAST_HALF = 12.0, 0.5  # bits that two statements share in looked-up words; or half of the shorter
_RUN, _RUNS = 4, 4  # words of a run; runs of a statement
_MOST_CANDIDATES = 100  # of a statement; hardly one has more
_ALONE, _SUPPORTED, _SUPPORT = 2.5, -0.3, 3.0  # log-odds: of a link by itself, of one beside a link of _SUPPORT
_UNDATED = 6  # days between two versions where one has no date
_OTHER_SPEAKER, _PHRASE, _A_DAY = 1.5, 1.5, 0.1  # more for a link by itself: see ``_needed``
_DOUBT = {"other": 2.0, "unnamed": 2.0, "unknown": 1.0}  # more for a link beside another, by its speakers
_HALF = 0.45  # of the shorter statement; less in common may be one phrase
_WHOLE, _MUCH, _MOSTLY = 0.8, 30.0, 0.5  # of both statements, and bits: nothing of either is left for a third
_INSIDE = 8.5  # of a link inside one article
_RUN_BIT, _DAY_BITS = 1 << 62, 20

Link = tuple[float, int, int]
"""Likeness, and the numbers of two statements."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement in the index: its number, the bits of the word that led to it, and of all its words."""

    number: int
    bits: float
    total: float


def keys(item: Prepared) -> dict[int, float]:
    """The keys under which a statement stands in the index, each with the bits of its word."""
    bucket = _bucket(item.version)
    return {_key(root, bucket): bits for bits, root in _probes(item)} | _run_keys(item)


def sought(item: Prepared) -> dict[int, float]:
    """The keys under which statements stand that may be one with ``item``: its own, and those of the days around."""
    bucket = _bucket(item.version)
    near = (bucket,) if bucket == 0 else (bucket - 1, bucket, bucket + 1)
    return {_key(root, at): bits for bits, root in _probes(item) for at in near} | _run_keys(item)


def candidates(item: Prepared, found: Iterable[tuple[int, Sequence[Entry]]]) -> list[int]:
    """The numbers of the statements that may be one with ``item``, the most promising first.

    Args:
        found: keys that ``item`` seeks, with what stands under them.
    """
    mine = sought(item)
    total = round(item.total, 1)
    shared: dict[int, float] = defaultdict(float)
    other_total: dict[int, float] = {}
    kept: dict[int, float] = {}
    for key, entries in found:
        if len(entries) > CROWDED:
            continue
        for entry in entries:
            if key & _RUN_BIT:
                kept[entry.number] = _LEAST_SHARED
            else:
                shared[entry.number] += min(round(mine[key], 1), entry.bits)
                other_total[entry.number] = entry.total
    for number, bits in shared.items():
        if bits >= min(_LEAST_SHARED, _LEAST_HALF * min(total, other_total[number])):
            kept[number] = max(kept.get(number, 0.0), bits)
    return sorted(kept, key=lambda number: (-kept[number], number))[:_MOST_CANDIDATES]


def links(pairs: Iterable[tuple[int, int]], items: Mapping[int, Prepared], *, one_text: bool = False) -> list[Link]:
    """The links among pairs of statements, each of the same two articles.

    Args:
        pairs: of numbers.
        items: number → statement.
        one_text: whether the two articles are copies, and so report one event.
    """
    found = []
    for i, j in pairs:
        a, b = sorted((items[i], items[j]), key=lambda item: item.version.statement)  # sums are the same either way
        score = round(likeness(a, b), 6)
        if score >= _SUPPORTED:
            found.append((score, i, j))
    alone = {(i, j) for score, i, j in found if score >= _needed(items[i], items[j])}
    strong = [(i, j) for score, i, j in found if score >= _SUPPORT and (i, j) in alone]
    matched = [(i, j) for i, j in strong if _is_whole(items[i], items[j])]
    kept = []
    for score, i, j in found:
        a, b = items[i], items[j]
        if (i, j) not in alone:
            beside = one_text or any(i != x and j != y for x, y in strong)
            taken = any((x == i) != (y == j) for x, y in matched)
            if not beside or not _is_likely(score, a, b) or (taken and _is_phrase(a, b, _MOSTLY)):
                continue
        kept.append((score, i, j))
    return kept


def inside(items: Mapping[int, Prepared]) -> list[Link]:
    """The links among the statements of one article: what it says twice."""
    numbers = sorted(items)
    pairs = ((i, j) for k, i in enumerate(numbers) for j in numbers[:k])
    return [(s, i, j) for i, j in pairs if (s := likeness(items[i], items[j])) >= _INSIDE]


def are_near(a: Version, b: Version) -> bool:
    """Whether two statements are near enough in time to find each other by single words; undated ones are."""
    return days_between(a, b) <= _WINDOW


def days_between(a: Version, b: Version) -> int:
    """The days between two versions; ``_UNDATED`` where one is not known."""
    one, other = (_day(v.published) if v.published else None for v in (a, b))
    return _UNDATED if one is None or other is None else abs(one - other)


def share_a_run(a: Prepared, b: Prepared) -> bool:
    """Whether two statements that quote share a run of words by which they are looked up."""
    return not _run_keys(a).keys().isdisjoint(_run_keys(b))


def _needed(a: Prepared, b: Prepared) -> float:
    """The likeness that links two statements whose articles share no other link.

    More for other speakers, for other days, and where what they share may be one phrase.
    """
    apart = relation(a.voice, b.voice) in ("other", "unnamed")
    days = min(days_between(a.version, b.version), _WINDOW)
    return _ALONE + apart * _OTHER_SPEAKER + _is_phrase(a, b, _HALF) * _PHRASE + days * _A_DAY


def _is_phrase(a: Prepared, b: Prepared, least: float) -> bool:
    """Whether two statements share less than ``least`` of the shorter one."""
    return shared_bits(a, b) < least * min(a.total, b.total)


def _is_whole(a: Prepared, b: Prepared) -> bool:
    """Whether two statements have nearly all of many words in common, and their articles hardly repeat them."""
    return shared_bits(a, b) >= max(_MUCH, _WHOLE * max(a.total, b.total))


def _is_likely(score: float, a: Prepared, b: Prepared) -> bool:
    """Whether two statements of articles on one event may be one, by their likeness and their speakers."""
    return score >= _SUPPORTED + _DOUBT.get(relation(a.voice, b.voice), 0.0)


@cache
def _day(published: str) -> int | None:
    try:
        return datetime.date.fromisoformat(published[:10]).toordinal()
    except ValueError:
        return None


def _bucket(version: Version) -> int:
    day = _day(version.published) if version.published else None
    return 0 if day is None else day // _WINDOW


def _key(root: str, bucket: int) -> int:
    return crc32(root.encode("utf-8", "surrogatepass")) << _DAY_BITS | bucket


def _probes(item: Prepared) -> list[tuple[float, str]]:
    """The most telling roots of a statement with their bits; short statements give all."""
    found = {s.root: s.bits for s in item.stems if s.bits >= _TELLING or len(item.stems) < _FEW_WORDS}
    return sorted(((bits, root) for root, bits in found.items()), reverse=True)[:_PROBES]


def _run_keys(item: Prepared) -> dict[int, float]:
    """A few runs of telling words of a statement that quotes, chosen by their checksums, so that copies choose the
    same (Broder 1997)."""
    if not item.quoted:
        return {}
    roots = [s.root for s in item.stems]
    runs = {crc32(" ".join(roots[k : k + _RUN]).encode("utf-8", "surrogatepass")) for k in range(len(roots) - _RUN + 1)}
    return {_RUN_BIT | run: _LEAST_SHARED for run in sorted(runs)[:_RUNS]}
