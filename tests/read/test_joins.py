"""Joined words: the joins of the list are found with the right cuts, and rare real words stay whole."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from read_tables import cases

from musnad.read.fold import fold_word
from musnad.read.joins import SHORTEST, split_joined, word_count
from musnad.settings import LIMITS

CASES = cases("read_joins")
JOINS = [case for case in CASES if case["kind"] == "join"]
WORDS = [case["word"] for case in CASES if case["kind"] == "word"]


def cuts(case: dict[str, str]) -> tuple[int, ...]:
    return tuple(int(cut) for cut in case["cuts"].split(","))


def test_joins_are_found_with_the_right_cuts() -> None:
    assert len(JOINS) == 19
    missed = [case["example"] for case in JOINS if split_joined(fold_word(case["word"])) != cuts(case)]
    assert len(missed) <= 2, missed


@pytest.mark.parametrize("case", JOINS[:4], ids=lambda case: case["word"])
def test_the_joins_that_the_issue_names(case: dict[str, str]) -> None:
    assert split_joined(fold_word(case["word"])) == cuts(case)


def test_rare_real_words_stay_whole() -> None:
    assert len(WORDS) == 1500
    split = [word for word in WORDS if split_joined(word)]
    assert len(split) <= 2, split


@pytest.mark.parametrize("case", cases("read_joins_guard"), ids=lambda case: case["word"])
def test_guards(case: dict[str, str]) -> None:
    expected = cuts(case) if case["cuts"] else ()
    assert split_joined(fold_word(case["word"]), source=case["word"]) == expected


def test_ta_marbuta_inside_a_word_shows_a_cut_only_with_its_source() -> None:
    case = next(case for case in cases("read_joins_guard") if case["kind"] == "spelt")
    assert split_joined(fold_word(case["word"])) == ()
    assert split_joined(fold_word(case["word"]), source=case["word"]) == cuts(case)
    assert split_joined(fold_word(case["word"]), source="too long to be its source at all") == ()


def test_counts() -> None:
    common, rare = cases("read_joins_guard")[0]["example"].split()[0], WORDS[0]
    assert word_count(fold_word(common)) >= 1024
    assert word_count(rare) == 0


def test_tables_load_lazily_and_fast() -> None:
    code = (
        "import time, musnad.read.joins as j, sys\n"
        "assert j.word_counts.cache_info().currsize == 0\n"
        "j.split_joined('abc')\n"
        "assert j.word_counts.cache_info().currsize == 0\n"
        "best = 9.0\n"
        "for _ in range(3):\n"
        "    j.word_counts.cache_clear(); j._pairs.cache_clear()\n"
        "    t = time.process_time(); j.word_counts(); j._pairs()\n"
        "    best = min(best, time.process_time() - t)\n"
        "print(best)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 0.25, "twice the 0.1 s that the brief allows, for a loaded machine"


@settings(max_examples=200, deadline=None)
@given(st.text([chr(c) for c in range(0x0627, 0x064B)], max_size=LIMITS.max_word_chars + 5))
def test_cuts_lie_within_the_word_in_order(word: str) -> None:
    found = split_joined(word)
    assert all(a < b for a, b in pairwise((0, *found, len(word)))) or not word
    assert not found or SHORTEST <= len(word) <= LIMITS.max_word_chars
    assert all(word_count(word[a:b]) for a, b in pairwise((0, *found, len(word)))) or not found


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_nothing_crashes(word: str, source: str) -> None:
    assert all(0 < cut < len(word) for cut in split_joined(word, source=source))
