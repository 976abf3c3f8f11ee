"""Scores are the sums of the very features that training and explanations see, and kept sums change nothing."""

from __future__ import annotations

import json

import pytest
from reading_cases import FOLDER

from musnad.find import contents
from musnad.find.context import Context, context
from musnad.find.cues import sites
from musnad.find.frames import frames, gated, others_of
from musnad.find.mentions import Kept, end_scores, end_table, start_scores, start_table
from musnad.find.slots import ROLE_MODULES, START_MODELS, slots
from musnad.model import maxent
from musnad.model.maxent import joint, models, total
from musnad.read.words import words

with (FOLDER / "pipeline_articles.jsonl").open(encoding="utf-8") as lines:
    TEXTS = [json.loads(line)["text"] for line in lines]


@pytest.fixture(params=range(len(TEXTS)), scope="module")
def ctx(request: pytest.FixtureRequest) -> Context:
    return context(words(TEXTS[request.param]))


def close(scores: list[float], features: list[list[str]], model: str) -> bool:
    return bool(scores) and scores == pytest.approx([total(models()[model], f) for f in features])


def test_cues(ctx: Context) -> None:
    found = sites(ctx)
    gates = contents.gates_of(ctx, found, models())
    features = [contents.cue_features(ctx, s) for s in found]
    assert close(list(gates.logits.values()), features, "gate")
    assert close(list(gates.nulls.values()), features, "start")


def test_beginnings(ctx: Context) -> None:
    possible, gates = gated(ctx, models())
    for site in possible:
        _, scores = contents.start_scores(ctx, site, gates, models()["start"])
        candidates, features = contents.all_start_features(ctx, site, gates)
        assert len(scores) == len(candidates) + 1 and close(scores, features, "start")


def test_ends_and_mentions(ctx: Context) -> None:
    for found in frames(ctx, models()):
        frame = found.frame
        start = contents.Start(frame.side, frame.spans[0][0], frame.kind)
        others = others_of(ctx, [(frame.site, start)])
        places, scores = contents.end_scores(ctx, frame.site, start, others, models()["end"])
        assert len(places) == len(scores)
        assert close(scores, contents.all_end_features(ctx, frame.site, start, others)[1], "end")
        shared = joint([models()[name] for name in START_MODELS.values()])
        kept: Kept = {}
        for number, (role, module) in enumerate(ROLE_MODULES.items()):
            starts = module.starts(ctx, frame)
            name = START_MODELS[role]
            scores = start_scores(ctx, frame, starts, shared, number, models()[name], kept)
            assert close(scores, start_table(ctx, frame, starts), name)
            for i in starts[:4]:
                name = f"{role}.end"
                assert close(end_scores(ctx, frame, i, models()[name])[1], end_table(ctx, frame, i)[1], name)


def test_few_kept_sums_give_the_same_choices(ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    often = frames(ctx, models())
    filled = [slots(ctx, f, models()) for f in often]
    maxent._MEMOS.clear()
    monkeypatch.setattr(maxent, "_MOST_SUMS", 3)
    assert frames(ctx, models()) == often
    assert [slots(ctx, f, models()) for f in often] == filled
    assert all(len(m) <= 3 for _, sums in maxent._MEMOS.values() for m in sums)
    maxent._MEMOS.clear()
