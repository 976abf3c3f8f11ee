"""Descriptive labels: on statements that the lexicon means, and not on their neighbours."""

from __future__ import annotations

from reading_cases import Case, cases, listed, of_cue, reading


@cases("find_labels")
def test_labels(case: Case) -> None:
    assert list(of_cue(reading(case["text"]), case["cue"]).labels) == listed(case["labels"])
