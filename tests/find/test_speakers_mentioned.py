"""Which words beside a cue are the mention of the speaker: the whole noun phrase, or none."""

from __future__ import annotations

from reading_cases import Case, cases, cut, of_cue, reading, trimmed


@cases("find_speakers")
def test_speakers(case: Case) -> None:
    found = of_cue(reading(case["text"]), case["cue"]).speaker
    assert trimmed(cut(case["text"], found.span if found else None)) == trimmed(case["speaker"])
