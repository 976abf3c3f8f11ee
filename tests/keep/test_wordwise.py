"""Differences word by word: what stayed, was cut, added or moved, as it is written."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.keep.wordwise import OPS, paragraphs, steps

_PATH = Path(__file__).parents[1] / "cases" / "keep_steps.jsonl"
CASES = [json.loads(line) for line in _PATH.read_text(encoding="utf-8").splitlines()]
_TEXT = st.lists(st.sampled_from([w for case in CASES for w in case["before"].split()]), max_size=12).map(" ".join)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_steps(case: dict[str, object]) -> None:
    found = [[step["op"], step["text"]] for step in steps(str(case["before"]), str(case["after"]))]
    assert found == case["steps"]


def test_cases_have_every_sign() -> None:
    assert {op for case in CASES for op, _ in case["steps"]} == set(OPS)  # type: ignore[misc]


@given(_TEXT, _TEXT)
def test_all_words_of_both_texts_are_told_once(before: str, after: str) -> None:
    found = steps(before, after)
    assert " ".join(step["text"] for step in found if step["op"] != "cut") == after
    kept = sum(len(step["text"].split()) for step in found if step["op"] in ("same", "moved"))
    cut = Counter(word for step in found if step["op"] == "cut" for word in step["text"].split())
    assert kept + sum(cut.values()) == len(before.split())
    assert not cut - Counter(before.split())
    assert all(a["op"] != b["op"] for a, b in pairwise(found))


def test_paragraphs_tell_only_what_changed() -> None:
    one, two, three, four = (case["before"] for case in CASES[:4])
    assert paragraphs(f"{one}\n{two}", f"{one}\n\n {two}") == []
    changed = paragraphs(f"{one}\n{two}\n{four}", f"{one}\n{CASES[1]['after']}\n{three}\n{four}")
    assert [[s["op"] for s in paragraph] for paragraph in changed] == [["cut", "same"], ["added"]]
    assert paragraphs(two, three) == [[{"op": "cut", "text": two}], [{"op": "added", "text": three}]]
