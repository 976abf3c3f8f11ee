"""Statements of whole sentences: form, cue, content and speaker; and sentences in which nobody is reported."""

from __future__ import annotations

import pytest
from reading_cases import Case, cases, rows, wanted, written

from musnad import read
from musnad.find import frames


@cases("find_statements")
def test_statements(case: Case) -> None:
    assert written(case["text"]) == wanted(case)


def test_blocks_of_cues_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text with thousands of cues is described piece by piece."""
    text = "\n".join(row["text"] for row in rows("find_statements")[:40])
    whole = read(text).to_dict()
    monkeypatch.setattr(frames, "_MOST_AT_ONCE", 3)
    assert read(text).to_dict() == whole
    assert len(whole["statements"]) > 20
