"""Which statements are links of one saying: what two articles must share.

Statements near in time find each other by the roots of their most telling words, quotations at any distance by runs of
words (``keep.meeting``). All of it depends on the two articles alone, never on what else a ledger holds or on what came
first; only where very many statements share a word is it passed over.

Pairs are weighed by ``keep.likeness``. A weak link counts where the two articles share a stronger one, which shows that
they report one event. Only articles that may share a link that counts by itself are looked at closely.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from musnad.keep.columns import QUOTED, WINDOW, Array, first_of
from musnad.keep.likeness import (
    MOST_OF_SPEAKERS,
    Numbers,
    Prepared,
    likeness,
    most_likely,
    prepared,
    shared_bits,
    speakers,
)
from musnad.keep.meeting import UNDATED, Block, days_between, met, shared_at_most
from musnad.keep.shingles import different, np
from musnad.keep.voices import relation, voice

_ALONE, _SUPPORTED, _SUPPORT = 2.5, -0.3, 3.0  # log-odds: of a link by itself, of one beside a link of _SUPPORT
_OTHER_SPEAKER, _PHRASE, _A_DAY = 1.5, 1.5, 0.1  # more for a link by itself: see ``_needed``
_DOUBT = {"other": 2.0, "unnamed": 2.0, "unknown": 1.0}  # more for a link beside another, by its speakers
_APART = frozenset(("other", "unnamed"))  # speakers that may be two
_HALF = 0.45  # of the shorter statement; less in common may be one phrase
_WHOLE, _MUCH, _MOSTLY = 0.8, 30.0, 0.5  # of both statements, and bits: nothing of either is left for a third
_SLACK = 1e-3  # by which bounds may be wrong, of numbers with few digits

Link = tuple[float, int, int]
"""Likeness, and the numbers of two statements."""
Pairs = tuple[Block, Array, Array]
"""A block, rows of statements that come, and the rows in that block that they meet."""


def linked(
    came: Block,
    blocks: Mapping[int, Block],
    numbers: Numbers,
    *,
    also: Iterable[Pairs] = (),
    one_text: Collection[tuple[int, int]] = (),
) -> list[Link]:
    """The links of statements that come, to those in ``blocks`` and among themselves.

    Args:
        came: the statements that come, article by article.
        blocks: the older ones, by their number of twelve days.
        numbers: gives the numbers that a statement says.
        also: further pairs that may be links.
        one_text: pairs of articles that are copies and so report one event, the smaller number first.
    """
    others, new, old, articles, alone, theirs = _possible(came, [*met(came, blocks), *also], one_text)
    items: dict[int, Prepared] = {}
    found: list[Link] = []
    copies = _keys(one_text)
    mine = came.columns.heads["number"][new]
    columns = (mine, theirs, new, others, old, alone)
    rows: list[tuple[int, int, int, Block, int, bool]] = list(
        zip(*(column.tolist() for column in columns), strict=True)
    )
    begins = first_of(articles).tolist()

    def ready(some: Iterable[tuple[int, int, int, Block, int, bool]]) -> list[tuple[int, int]]:
        pairs = []
        for number, other, i, block, j, _ in some:
            if number not in items:
                items[number] = prepared(came.columns, i, numbers)
            if other not in items:
                items[other] = prepared(block.columns, j, numbers)
            pairs.append((number, other))
        return pairs

    for begin, end in zip(begins, [*begins[1:], len(rows)] if rows else [], strict=True):
        scores: dict[tuple[int, int], tuple[float, float]] = {}
        every = rows[begin:end]
        if int(articles[begin]) in copies:
            found += links(ready(every), items, scores, one_text=True)
        elif links(ready(row for row in every if row[-1]), items, scores):
            found += links(ready(every), items, scores)
    return found


def _possible(
    came: Block, pairs: Iterable[Pairs], one_text: Iterable[tuple[int, int]]
) -> tuple[Array, Array, Array, Array, Array, Array]:
    """The pairs that may be links, by articles: block of the other one, rows of both, the number of their two articles,
    whether they may be links by themselves, and the number of the other one."""
    by_block: dict[int, tuple[Block, list[Array], list[Array]]] = {}
    for block, new, old in pairs:
        known = by_block.setdefault(id(block), (block, [], []))
        known[1].append(new)
        known[2].append(old)
    blocks = [block for block, _, _ in by_block.values()]
    parts = [_bounded(came, block, np.concatenate(new), np.concatenate(old)) for block, new, old in by_block.values()]
    if not parts:
        empty = np.empty(0, dtype=np.int64)
        return empty.astype(object), empty, empty, empty.astype(np.uint64), empty.astype(bool), empty
    new, old, articles, alone, theirs = (np.concatenate([part[k] for part in parts]) for k in range(5))
    which = np.repeat(np.arange(len(parts)), [len(part[0]) for part in parts])
    wanted = np.concatenate((articles[alone], np.array(sorted(_keys(one_text)), dtype=np.uint64)))
    kept = np.flatnonzero(np.isin(articles, wanted))
    order = kept[np.lexsort((old[kept], new[kept], articles[kept]))]
    every = np.empty(len(blocks), dtype=object)
    every[:] = blocks
    return every[which[order]], new[order], old[order], articles[order], alone[order], theirs[order]


def _bounded(came: Block, block: Block, new: Array, old: Array) -> tuple[Array, Array, Array, Array, Array]:
    """The pairs with one block that may be links: rows of both, their articles as one number, whether by themselves,
    and the number of the other one."""
    pairs = different(new.astype(np.uint64) << np.uint64(32) | old.astype(np.uint64))
    new, old = (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
    mine, theirs = came.columns.heads[new], block.columns.heads[old]
    shorter, longer = np.minimum(mine["total"], theirs["total"]), np.maximum(mine["total"], theirs["total"])
    shared = shared_at_most(came, new, block, old)
    quoted = (mine["flags"] & theirs["flags"] & QUOTED) > 0
    most = most_likely(shared, shorter, longer, mine["act"] == theirs["act"], quoted)
    any_speakers = most + MOST_OF_SPEAKERS
    days = np.minimum(days_between(came, new, block, old), WINDOW)
    least = _ALONE + _PHRASE * (shared < _HALF * shorter) + _A_DAY * days
    kept = any_speakers >= _SUPPORTED - _SLACK
    alone = any_speakers >= least - _SLACK
    asked = np.flatnonzero(alone)
    columns = (asked, mine["speaker"][asked], theirs["speaker"][asked], mine["act"][asked], theirs["act"][asked],
               shared[asked], (least - most)[asked])  # fmt: skip
    told, others = came.columns.speakers, block.columns.speakers
    for k, i, j, act, other, bits, missing in zip(*(column.tolist() for column in columns), strict=True):
        voices = relation(voice(told[i]), voice(others[j]))
        least_of_all = missing + (voices in _APART) * _OTHER_SPEAKER - _SLACK
        alone[k] = speakers(voices, bits, act, other) >= least_of_all
    a, b = mine["article"][kept].astype(np.uint64), theirs["article"][kept].astype(np.uint64)
    articles = np.minimum(a, b) << np.uint64(32) | np.maximum(a, b)
    return new[kept], old[kept], articles, alone[kept], theirs["number"][kept]


def _keys(pairs: Iterable[tuple[int, int]]) -> set[int]:
    return {a << 32 | b for a, b in pairs}


def links(
    pairs: Iterable[tuple[int, int]],
    items: Mapping[int, Prepared],
    scores: dict[tuple[int, int], tuple[float, float]],
    *,
    one_text: bool = False,
) -> list[Link]:
    """The links among pairs of statements, each of the same two articles.

    Args:
        pairs: of numbers.
        items: number → statement.
        scores: the likenesses of pairs and the bits that they share, as far as they are known; others are put in.
        one_text: whether the two articles are copies, and so report one event.
    """
    found = []
    for i, j in pairs:
        if (i, j) not in scores:
            shared = shared_bits(items[i], items[j])
            scores[i, j] = round(likeness(items[i], items[j], shared), 6), shared
        if scores[i, j][0] >= _SUPPORTED:
            found.append((scores[i, j][0], i, j))
    alone = {(i, j) for score, i, j in found if score >= _needed(items[i], items[j], scores[i, j][1])}
    strong = [(i, j) for score, i, j in found if score >= _SUPPORT and (i, j) in alone]
    matched = [(i, j) for i, j in strong if _is_whole(items[i], items[j], scores[i, j][1])]
    kept = []
    for score, i, j in found:
        a, b = items[i], items[j]
        if (i, j) not in alone:
            beside = one_text or any(i != x and j != y for x, y in strong)
            taken = any((x == i) != (y == j) for x, y in matched)
            if not beside or not _is_likely(score, a, b) or (taken and _is_phrase(a, b, scores[i, j][1], _MOSTLY)):
                continue
        kept.append((score, i, j))
    return kept


def _needed(a: Prepared, b: Prepared, shared: float) -> float:
    """The likeness that links two statements whose articles share no other link.

    More for other speakers, for other days, and where what they share may be one phrase.
    """
    apart = relation(a.voice, b.voice) in _APART
    days = UNDATED if a.day < 0 or b.day < 0 else min(abs(a.day - b.day), WINDOW)
    return _ALONE + apart * _OTHER_SPEAKER + _is_phrase(a, b, shared, _HALF) * _PHRASE + days * _A_DAY


def _is_phrase(a: Prepared, b: Prepared, shared: float, least: float) -> bool:
    """Whether two statements share less than ``least`` of the shorter one."""
    return shared < least * min(a.total, b.total)


def _is_whole(a: Prepared, b: Prepared, shared: float) -> bool:
    """Whether two statements have nearly all of many words in common, and their articles hardly repeat them."""
    return shared >= max(_MUCH, _WHOLE * max(a.total, b.total))


def _is_likely(score: float, a: Prepared, b: Prepared) -> bool:
    """Whether two statements of articles on one event may be one, by their likeness and their speakers."""
    return score >= _SUPPORTED + _DOUBT.get(relation(a.voice, b.voice), 0.0)
