"""Alignment of two texts: blocks that are really common, and no word in two of them."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from musnad.keep.alignment import align
from musnad.keep.linkage import complete_groups
from musnad.keep.shingles import SIZE, Coder, shingles

WORDS = st.lists(st.sampled_from("abcdef"), max_size=60)


@settings(max_examples=200, deadline=None)
@given(WORDS, WORDS)
def test_blocks_are_common_and_apart(a: list[str], b: list[str]) -> None:
    coder = Coder()
    aligned = align(coder.words(" ".join(a)), coder.words(" ".join(b)))
    in_a = [n for block in aligned.blocks for n in range(block.a, block.a + block.size)]
    in_b = [n for block in aligned.blocks for n in range(block.b, block.b + block.size)]
    assert len(in_a) == len(set(in_a)) == len(set(in_b)) == aligned.shared
    assert [a[n] for n in in_a] == [b[n] for n in in_b]
    assert all(block.size >= SIZE for block in aligned.blocks)
    common = {tuple(a[n : n + SIZE]) for n in range(len(a) - SIZE + 1)} & {
        tuple(b[n : n + SIZE]) for n in range(len(b) - SIZE + 1)
    }
    assert bool(aligned.blocks) == bool(common)


@given(WORDS)
def test_a_text_is_itself(words: list[str]) -> None:
    codes = Coder().words(" ".join(words))
    aligned = align(codes, codes)
    assert aligned.of_a == aligned.of_b == (1.0 if len(words) >= SIZE else 0.0)
    assert not aligned.moved


def test_moved_blocks_are_told() -> None:
    coder = Coder()
    aligned = align(coder.words("a b c d e f g h"), coder.words("e f g h a b c d"))
    assert [(x.a, x.b, x.size) for x in aligned.blocks] == [(0, 4, 4), (4, 0, 4)]
    assert aligned.moved


def test_one_word_again_and_again_takes_no_longer() -> None:
    codes = Coder().words("a " * 20_000)
    start = time.process_time()
    assert align(codes, codes[:15_000]).of_b == 1.0
    assert time.process_time() - start < 5


def test_codes_depend_on_the_words_alone() -> None:
    assert Coder().words("one two").tolist() == [2053932785, 298486374]
    assert shingles(Coder().words("a b c")).tolist() == []
    first, second = shingles(Coder().words("a b c d e")).tolist()
    assert first == shingles(Coder().words("x a b c d")).tolist()[1] != second


def test_groups_are_complete() -> None:
    chain = {(0, 1): 0.9, (1, 2): 0.8, (2, 3): 0.9}
    assert complete_groups(chain) == [[0, 1], [2, 3]]
    assert complete_groups({(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.5}) == [[0, 1, 2]]
    assert complete_groups({(0, 1): 0.5, (1, 2): 0.9}, last=lambda pair: 2 in pair) == [[0, 1]]
    assert complete_groups({(0, 1): 0.9, (1, 2): 0.8}, also=lambda pair: pair == (0, 2)) == [[0, 1, 2]]
