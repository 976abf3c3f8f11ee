"""Statements of whole sentences: form, cue, content and speaker; and sentences in which nobody is reported."""

from __future__ import annotations

from reading_cases import Case, cases, wanted, written


@cases("find_statements")
def test_statements(case: Case) -> None:
    assert written(case["text"]) == wanted(case)
