"""Explanations of statements."""

from __future__ import annotations

from musnad.show.explain import render
from musnad.show.text import Look
from musnad.types import Reading, TraceStep


def steps(reading: Reading) -> list[TraceStep]:
    statement = reading.statements[3]
    return [
        TraceStep(slot="cue", rule="verb-frame", row="speech/verbs:x", span=statement.cue, score=3.25),
        TraceStep(
            slot="content",
            rule="content-after",
            span=statement.content[0],
            features=tuple((f"feature-{n}", 1.0 - n) for n in range(12)),
            rivals=((statement.cue, -1.5), (None, -2.0)),
        ),
    ]


def test_each_step_shows_what_decided(given_readings: dict[str, Reading]) -> None:
    text = render(given_readings["dam"], "s4", steps(given_readings["dam"]), look=Look(columns=300))
    assert text.index("cue") < text.index("content")
    assert "rule: verb-frame" in text and "lexicon: speech/verbs:x" in text and "+3.25" in text
    assert "feature-0" in text and "feature-7" in text and "feature-8" not in text and "4 lighter features" in text
    start, end = given_readings["dam"].statements[3].content[0]
    assert given_readings["dam"].text[start:end] in text
    assert "-1.50" in text and "(nothing)" in text


def test_an_explanation_unfolds_nothing(given_readings: dict[str, Reading]) -> None:
    reading = given_readings["overlap"]
    span = reading.statements[2].content[0]
    step = TraceStep(slot="content", rule="r", span=span)
    assert reading.text[slice(*span)] not in render(reading, "s3", [step])
    assert reading.text[slice(*span)] in render(reading, "s3", [step], look=Look(columns=300, unfold=True))
