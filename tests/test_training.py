"""The training tools on three small articles: what is learned, what is written, and that it can be used."""

from __future__ import annotations

import gzip
import json
import math
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from reading_cases import FOLDER

pytest.importorskip("scipy")
sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import train as tool
from corpus import Gold, Sample, Span
from maxent_trainer import Decisions, Recorder, fit

from musnad.model.codes import ABSENT, code
from musnad.model.maxent import choose, models, parse
from musnad.model.templates import Templates
from musnad.pipeline import analyse
from musnad.read.words import words


def place(text: str, piece: str | None, after: int = 0) -> Span | None:
    if piece is None:
        return None
    at = text.index(piece, after)
    return (at, at + len(piece))


def sample(article: dict[str, Any]) -> Sample:
    """An article of ``pipeline_articles.jsonl`` as the tools see it."""
    text, found = article["text"], []
    for s in article["statements"]:
        content = tuple(p for piece in s["content"] if (p := place(text, piece)))
        before = text.rfind(s["cue"], 0, content[0][0])
        cue = place(text, s["cue"], before if before >= 0 else content[-1][1])
        assert cue is not None
        near = max(0, cue[0] - 60)
        found.append(
            Gold(
                form=s["form"], cue=cue, content=content, speaker=place(text, s["speaker"], near), who=s["who"],
                addressee=place(text, s.get("addressee"), near), medium=place(text, s.get("medium"), near),
                relays=tuple(p for r in s.get("relays", ()) if (p := place(text, r, near))),
                act=s["act"], anonymous=s.get("anonymous", False),
            )
        )  # fmt: skip
    checked = tuple((p, status) for piece, status in article["verifications"] if (p := place(text, piece)))
    names = tuple((p,) for name in article["names"] if (p := place(text, name)))
    return Sample(article["id"], article["outlet"], text, tuple(found), checked, (), names)


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    with (FOLDER / "pipeline_articles.jsonl").open(encoding="utf-8") as lines:
        return [sample(json.loads(line)) for line in lines]


@pytest.fixture(scope="module")
def trained(samples: list[Sample]) -> dict[str, dict[str, float]]:
    return tool.train(samples * 2, log=False)


def test_samples_say_what_the_articles_say(samples: list[Sample]) -> None:
    """The offsets of this test itself: cues stand beside their contents."""
    for s in samples:
        for g in s.statements:
            assert g.cue is not None and not s.text[max(0, g.cue[0] - 1) : g.cue[0]].isalpha()
            assert not s.text[g.cue[1]].isalpha()
            assert min(abs(g.content[0][0] - g.cue[1]), abs(g.cue[0] - g.content[-1][1])) < 120


def test_the_trainer_learns_a_toy() -> None:
    data = Decisions()
    for _ in range(20):
        data.add([["red"], ["blue"]], 0)
    for _ in range(5):
        data.add([["red"], ["blue"]], 1)
    weights = fit(data, l2=0.001)
    assert choose(weights, [["blue"], ["red"]]).index == 1
    assert choose(weights, [["red"], ["blue"]]).margin == pytest.approx(math.log(20 / 5), abs=0.02)


def test_rare_features_are_left_out_and_l2_shrinks() -> None:
    data = Decisions()
    for _ in range(4):
        data.add([["red", "big"], ["blue"]], 0)
    data.add([["green"], ["blue"]], 0)
    assert "green" not in fit(data) and "green" in fit(data, min_count=1)
    assert 0 < fit(data, l2=10.0)["red"] < fit(data, l2=0.1)["red"]


def test_coded_features_train_like_spelled_ones() -> None:
    """A model of templates is the same whether its features are told as strings or as codes."""
    templates = Templates("A{x} B{x}|{y}")
    spelled, coded, recorder = Decisions(), Decisions(), Recorder()
    for n in range(30):
        values = {"x": [str(n % 3), str((n + 1) % 3)], "y": ["even" if n % 2 else "odd", "none"]}
        matrix = templates.matrix({k: np.array([ABSENT if v == "none" else code(v) for v in own])
                                   for k, own in values.items()})  # fmt: skip
        spelled.add(templates.spelled(matrix), n % 5 == 0)
        coded.add(recorder(templates, matrix), n % 5 == 0)
    one, other = fit(spelled), fit(coded, recorder=recorder)
    assert len(one) > 5 and any("even" in f for f in one)
    assert other == pytest.approx(one)


def test_spans_become_tokens(samples: list[Sample]) -> None:
    p = tool.prepare(samples[0], Counter())
    g = samples[0].statements[0]
    first, end = tool.tokens(p.ctx, g.content[0]) or (0, 0)
    assert p.ctx.span(first, end) == g.content[0]
    assert tool.tokens(p.ctx, None) is None
    assert tool.tokens(p.ctx, (10_000, 10_001)) is None


def test_every_statement_has_its_cue_and_its_decisions(samples: list[Sample]) -> None:
    counts: Counter[str] = Counter()
    for s in samples:
        p = tool.prepare(s, counts)
        assert len(p.gold) == len(s.statements)
        assert {p.sites[k].token for k in p.gold} <= set(range(len(words(s.text)) + 20))
        frames = tool.gold_frames(p)
        assert [g for _, g in frames] == [p.gold[k] for k in sorted(p.gold)]
        for frame, g in frames:
            spans = tuple(p.ctx.span(*r) for r in frame.spans)
            assert len(spans) == len(g.content) and spans[0][0] == g.content[0][0]
    assert counts["statements"] == sum(len(s.statements) for s in samples)
    assert not counts["cue not in lexicon"]


def test_a_cue_that_the_lexicon_lacks_is_counted(samples: list[Sample]) -> None:
    s = samples[0]
    g = s.statements[0]
    odd = Gold(
        form=g.form, cue=(0, 1), content=g.content, speaker=None, who=None, addressee=None, medium=None, relays=(),
        act="say", anonymous=False,
    )  # fmt: skip
    counts: Counter[str] = Counter()
    assert tool.prepare(Sample("x", "", s.text, (odd,), (), (), ()), counts).gold == {}
    assert counts["cue not in lexicon"] == 1


def test_training_gives_all_models(trained: dict[str, dict[str, float]]) -> None:
    assert set(trained) == set(models())
    needed = {
        "gate",
        "start",
        "end",
        "speaker.start",
        "speaker.end",
        "form",
        "act",
        "anonymous",
        "carry",
        "verification",
    }
    assert all(trained[name] for name in needed)
    assert all(math.isfinite(w) for table in trained.values() for w in table.values())


def test_trained_models_find_what_they_were_taught(samples: list[Sample], trained: dict[str, dict[str, float]]) -> None:
    taught = found = 0
    for s in samples:
        state = analyse(s.text, weights=trained)
        cues = {state.ctx.span(x.frame.site.token, x.frame.site.token + 1) for x in state.slots}
        taught += len(s.statements)
        found += sum(g.cue in cues for g in s.statements)
    assert found >= 0.8 * taught


def test_training_is_repeatable(samples: list[Sample]) -> None:
    once, again = (tool.train(samples[:2], log=False) for _ in range(2))
    assert once == again


def test_weight_files(trained: dict[str, dict[str, float]], tmp_path: Path) -> None:
    first, second = tmp_path / "a.gz", tmp_path / "b.gz"
    tool.write(trained, first)
    tool.write(dict(reversed(trained.items())), second)
    assert first.read_bytes() == second.read_bytes(), "the order of the models changes nothing"
    back = parse(gzip.decompress(first.read_bytes()).decode("utf-8"))
    assert set(back) == set(trained)
    assert back["form"] == pytest.approx({k: v for k, v in trained["form"].items() if round(v * 1000)}, abs=0.0006)
