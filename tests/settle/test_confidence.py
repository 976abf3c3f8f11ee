"""Confidence: its evidence, its range, and the tool that calibrates it."""

from __future__ import annotations

import dataclasses
import math
import random
import sys
from pathlib import Path
from typing import Any

import pytest
from reading_cases import rows

from musnad.model.calibration import WEIGHTS
from musnad.pipeline import State, analyse
from musnad.settle.confidence import confidence, evidence

ROOT = Path(__file__).parents[2]
DAM = (ROOT / "examples" / "dam.txt").read_text(encoding="utf-8")
ODDS = ("stands", "start", "end", "speaker", "carried", "form", "act", "source", "joint", "joint carried")


@pytest.fixture(scope="module")
def states() -> list[State]:
    return [analyse(DAM), *(analyse(row["text"]) for row in rows("find_statements"))]


def all_evidence(states: list[State]) -> list[dict[str, float]]:
    return [evidence(s.ctx, s.slots, s.resolved, n) for s in states for n in range(len(s.slots))]


def test_evidence_is_bounded(states: list[State]) -> None:
    found = all_evidence(states)
    assert len(found) > 40
    for row in found:
        assert row["bias"] == 1.0
        assert all(math.isfinite(v) and v != 0.0 for v in row.values())
        assert all(abs(row.get(name, 0.0)) <= 8.0 for name in ODDS)
        assert row.get("joint low", 0.0) <= 1.5
        assert row.get("joint", 0.0) <= min(row.get(name, 0.0) for name in ("stands", "start", "end", "speaker")) + 1e-9


def test_the_model_knows_no_other_evidence(states: list[State]) -> None:
    """A weight whose input nothing makes any more was fitted on another version."""
    seen = {name for row in all_evidence(states) for name in row}
    rare = {"cue:noun", "cue:participle", "side:around", "strength:1", "cue inside a quotation", "form:mixed"}
    rare |= {"speaker nobody", "speaker unnamed", "speaker carried far", "speaker head unlisted", "nested"}
    assert set(WEIGHTS) <= seen | rare
    assert {"bias", "joint", "end", "speaker", "speaker carried over"} <= set(WEIGHTS)


def test_confidence_is_a_probability(states: list[State]) -> None:
    values = [confidence(s.ctx, s.slots, s.resolved, n) for s in states for n in range(len(s.slots))]
    assert all(0.0 <= v <= 1.0 for v in values)
    assert max(values) - min(values) > 0.3, "it tells statements apart"


def test_surer_decisions_give_more_confidence(states: list[State]) -> None:
    state = states[0]
    for n, s in enumerate(state.slots):
        if s.speaker is None:
            continue
        before = confidence(state.ctx, state.slots, state.resolved, n)
        start = s.found.start
        scores = tuple(v + 6.0 if k == 0 else v for k, v in enumerate(start.scores))
        doubtful = dataclasses.replace(start, scores=scores, margin=min(start.margin, 0.1))
        margins = tuple((name, min(v, 0.1)) for name, v in s.margins)
        weak = dataclasses.replace(s, found=dataclasses.replace(s.found, start=doubtful), margins=margins)
        slots = [*state.slots[:n], weak, *state.slots[n + 1 :]]
        assert confidence(state.ctx, slots, state.resolved, n) < before


def test_a_carried_over_speaker_is_as_sure_as_his_chain(states: list[State]) -> None:
    checked = 0
    for state in states:
        for n, s in enumerate(state.slots):
            who = state.resolved.speakers[n]
            row = evidence(state.ctx, state.slots, state.resolved, n)
            if s.speaker is not None:
                assert row["source"] == 8.0 and "speaker carried over" not in row
                continue
            if who is None:
                assert "speaker nobody" in row
                continue
            assert "speaker carried over" in row
            named = [k for k in range(n) if state.resolved.speakers[k] == who and state.slots[k].speaker is not None]
            if named:
                checked += 1
                assert row.get("source", 0.0) <= max(0.0, dict(state.slots[named[-1]].margins)["speaker"])
    assert checked >= 3


# ---- the tool


@pytest.fixture(scope="module")
def tool() -> Any:
    pytest.importorskip("numpy")
    pytest.importorskip("scipy")
    sys.path.insert(0, str(ROOT / "tools"))
    import calibrate

    return calibrate


def seen(tool: Any, count: int, *, seed: int = 1) -> list[Any]:
    """Statements whose probability of being right is known: log-odds 2·x - 0.5."""
    draw = random.Random(seed)
    found = []
    for k in range(count):
        x = draw.uniform(-2.0, 2.0)
        right = draw.random() < 1 / (1 + math.exp(0.5 - 2.0 * x))
        found.append(tool.Seen(right, "direct", bool(k % 2), f"gold-{k % 5}", {"bias": 1.0, "x": x}))
    return found


def test_the_weights_are_as_the_tool_writes_them(tool: Any) -> None:
    assert tool.rendered(WEIGHTS) == tool.OUT.read_text(encoding="utf-8")
    assert tool.rendered({"b": 1.0, "a": 2.0}) == tool.rendered({"a": 2.0, "b": 1.0})


def test_the_regression_finds_what_made_the_data(tool: Any) -> None:
    weights = tool.fit(seen(tool, 4000))
    assert weights["x"] == pytest.approx(2.0, abs=0.2) and weights["bias"] == pytest.approx(-0.5, abs=0.15)
    assert abs(tool.fit(seen(tool, 4000), l2=10_000.0)["x"]) < abs(weights["x"]) / 2


def test_rare_inputs_are_left_out(tool: Any) -> None:
    rows = seen(tool, 100)
    rows[0].evidence["seldom"] = 1.0
    assert "seldom" not in tool.fit(rows)


def test_figures_tell_good_from_bad(tool: Any) -> None:
    rows = seen(tool, 4000)
    good = tool.figures(tool.judged(rows))
    assert good[0] == 4000 and good[4] < 0.03 and good[5] > 0.8
    flat = tool.figures([(0.9, s) for s in rows])
    assert flat[4] > 0.3 and flat[3] > good[3] and flat[5] != good[5]


def test_each_fold_is_judged_by_the_others(tool: Any) -> None:
    """One fold whose outcomes are turned round: its own regression would fit it, that of the others cannot."""
    rows = seen(tool, 2000)
    turned = [dataclasses.replace(s, right=not s.right) if s.fold == "gold-0" else s for s in rows]
    own = [r for r in tool.judged(turned) if r[1].fold == "gold-0"]
    assert tool.figures(own)[5] < 0.3


def test_outlets_are_dealt_whole_and_evenly(tool: Any) -> None:
    from corpus import Sample

    def sample(number: int, outlet: str) -> Sample:
        return Sample(str(number), outlet, "", (), (), (), ())

    samples = [sample(k, f"o{k % 17}") for k in range(170)]
    fold_of = tool.deal(samples, 5)
    assert set(fold_of) == {f"o{k}" for k in range(17)} and set(fold_of.values()) == set(range(5))
    assert fold_of == tool.deal(list(reversed(samples)), 5)
    sizes = [sum(fold_of[s.outlet] == k for s in samples) for k in range(5)]
    assert max(sizes) - min(sizes) <= 10


def test_tables_count_every_statement_once(tool: Any) -> None:
    rows = tool.judged(seen(tool, 500))
    table = tool.tables(rows)
    first = table.split("\n\n")[0].splitlines()[2:]
    assert sum(int(line.split("|")[4]) for line in first) == 500
    assert "| all | 500 |" in table and "| speaker carried over | 250 |" in table
