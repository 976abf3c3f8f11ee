"""Statements in columns: what stands in them, and that cutting, joining and keeping changes nothing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from conftest import stories
from hypothesis import given, settings
from hypothesis import strategies as st
from test_sayings import FAMILIES, version

from musnad.find.numberwords import number_words
from musnad.keep import digests
from musnad.keep.columns import LISTS, Columns, Words, code, columns_of, plain_of
from musnad.keep.likeness import prepared
from musnad.keep.meeting import CROWDED, Block, met, shared_at_most
from musnad.keep.sayings import sayings
from musnad.ledger import Ledger
from musnad.types import Article

VERSIONS = [version({**v, "id": f"{n}{v['id']}"}) for n, case in enumerate(FAMILIES) for v in case["versions"]]
KEYS = sorted({v.article for v in VERSIONS})
GIVEN = [plain_of(v, n, KEYS.index(v.article)) for n, v in enumerate(sorted(VERSIONS, key=lambda v: v.article))]


def told(columns: Columns) -> list[tuple[object, ...]]:
    """What each statement has, one after the other."""
    heads = [tuple(head[name] for name in head.dtype.names if name != "speaker") for head in columns.heads]
    lists = [
        tuple(
            getattr(columns, name)[begin : begin + head[name]].tolist()
            for name, begin in ((name, columns.begins[name][row]) for name in LISTS)
        )
        for row, head in enumerate(columns.heads)
    ]
    return [
        (*h, columns.speakers[head["speaker"]], *own) for h, own, head in zip(heads, lists, columns.heads, strict=True)
    ]


def test_a_statement_stands_in_columns_as_in_words() -> None:
    columns = columns_of(GIVEN, Words())
    assert [head["tokens"] for head in columns.heads] == [len(one.tokens) for one in GIVEN]
    assert columns.tokens.tolist() == [code(word) & 0xFFFF for one in GIVEN for word in one.tokens]
    assert columns.quoted.tolist() == [one.quoted for one in GIVEN]
    for row, one in enumerate(GIVEN):
        item = prepared(columns, row, lambda n: frozenset((n,)))
        assert item.number == one.number and item.article == one.article
        assert item.total == pytest.approx(sum(item.bits.values()))
        assert set(item.root_of.values()) == item.roots.keys()
        assert item.read() == frozenset((row,))
        assert bool(item.numerals) == any(word[:1].isdecimal() or word in number_words() for word in one.tokens)


@given(st.lists(st.integers(0, len(KEYS) - 1), unique=True, min_size=1), st.integers(1, 9))
@settings(max_examples=25, deadline=None)
def test_cutting_and_joining_changes_nothing(articles: list[int], size: int) -> None:
    every = columns_of(GIVEN, Words())
    at_once = {row[0]: row for row in told(every)}
    chosen = [one for article in articles for one in GIVEN if one.article == article]
    groups = [articles[k : k + size] for k in range(0, len(articles), size)]
    parts = [columns_of([one for one in chosen if one.article in group], Words()) for group in groups]
    whole = Columns.joined(parts)
    assert {row[0]: row for row in told(whole)} == {one.number: at_once[one.number] for one in chosen}
    odd = np.arange(1, len(whole), 2)
    assert told(whole.taken(odd)) == told(whole)[1::2]


def test_statements_meet_those_that_came_before_wherever_these_stand() -> None:
    """Pairs are the same whether the others are in older blocks or come together."""
    words = Words()
    together = Block.of(columns_of(GIVEN, words))
    pairs = {(new, old) for _, mine, others in met(together, {}) for new, old in zip(mine, others, strict=True)}
    assert len(pairs) > 20
    half = next(n for n, one in enumerate(GIVEN) if one.article == len(KEYS) // 2)
    older, later = columns_of(GIVEN[:half], words), Block.of(columns_of(GIVEN[half:], words))
    blocks = {int(b): Block.of(older.taken(np.flatnonzero(older.buckets == b))) for b in set(older.buckets.tolist())}
    found = {
        (int(later.columns.heads["number"][new]), int(block.columns.heads["number"][old]))
        for block, mine, others in met(later, blocks)
        for new, old in zip(mine, others, strict=True)
    }
    assert found == {pair for pair in pairs if pair[0] >= half}


def test_a_bound_is_never_below_what_is_shared() -> None:
    from musnad.keep.likeness import shared_bits

    block = Block.of(columns_of(GIVEN, Words()))
    rows = np.arange(len(GIVEN))
    for other in range(0, len(GIVEN), 7):
        most = shared_at_most(block, rows, block, np.full(len(rows), other))
        theirs = prepared(block.columns, other, lambda _: frozenset())
        for row in rows.tolist():
            assert most[row] >= shared_bits(prepared(block.columns, row, lambda _: frozenset()), theirs) - 1e-6


def test_words_that_very_many_statements_have_are_passed_over() -> None:
    one = GIVEN[0]
    many = [one._replace(number=n, article=n) for n in range(CROWDED + 3)]
    found = [
        (new, old)
        for _, mine, others in met(Block.of(columns_of(many, Words())), {})
        for new, old in zip(mine, others, strict=True)
    ]
    last = max(new for new, _ in found)
    assert last == CROWDED and len(found) == CROWDED * (CROWDED + 1) // 2


def test_columns_are_kept_as_they_are(place: Callable[[], str]) -> None:
    with Ledger(place(), create=True) as ledger:
        ledger.add(articles=[Article(**case) for case in stories("keep_family")], jobs=1)
        with ledger.store.reading() as connection:
            kept = digests.of_articles(connection, range(1, 100))
            by_bucket = digests.of_buckets(connection, set(kept.buckets.tolist()))
        memory = ledger._memory.blocks
        assert len(kept) > 5
        assert sorted(told(kept)) == sorted(row for block in memory.values() for row in told(block.columns))
        assert sorted(told(kept)) == sorted(row for columns in by_bucket.values() for row in told(columns))


def test_nothing_makes_empty_columns() -> None:
    columns = columns_of([], Words())
    assert len(columns) == len(columns.stems) == 0
    assert list(met(Block.of(columns), {})) == []
    assert sayings([]) == ()
