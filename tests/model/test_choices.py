"""The best of many decisions at once is what each decision chooses alone."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from musnad.model.choices import best
from musnad.model.maxent import decide


@given(st.lists(st.lists(st.integers(-4, 4).map(float), max_size=5), max_size=8))
def test_the_best_are_those_of_each_decision(every: list[list[float]]) -> None:
    decisions = np.repeat(np.arange(len(every)), np.array([len(own) for own in every], np.int64))
    scores = np.array([score for own in every for score in own])
    found = best(scores, decisions)
    asked = [n for n, own in enumerate(every) if own]
    assert found.decision.tolist() == asked
    for n, candidate, score, second in zip(
        asked, found.candidate.tolist(), found.score.tolist(), found.second.tolist(), strict=True
    ):
        choice = decide(every[n])
        assert candidate == sum(map(len, every[:n])) + choice.index and score == every[n][choice.index]
        assert second == (score - choice.margin if len(every[n]) > 1 else -math.inf)
