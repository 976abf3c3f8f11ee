"""Tokens and sentences as the finders see them, with their exact source offsets."""

from __future__ import annotations

from itertools import pairwise

from reading_cases import Case, cases, context_of

from musnad.read.words import BREAK


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
