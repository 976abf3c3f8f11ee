"""Scores are the sums of the very features that training and explanations see, for all candidates of a text at once."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from reading_cases import FOLDER

from musnad.find import contents, kinds
from musnad.find import grid as grid_module
from musnad.find.context import context
from musnad.find.cues import Site, sites
from musnad.find.edges import ROLES, START_MODELS, Mentions
from musnad.find.frames import frames, gated, others_of
from musnad.find.grid import Grid, grid, sites_of
from musnad.find.mentions import frames_of
from musnad.find.slots import slots
from musnad.model.maxent import choose, models, total
from musnad.read.words import words

with (FOLDER / "pipeline_articles.jsonl").open(encoding="utf-8") as lines:
    TEXTS = [json.loads(line)["text"] for line in lines]


@pytest.fixture(params=range(len(TEXTS) + 1), scope="module")
def view(request: pytest.FixtureRequest) -> Grid:
    """A text alone, or all of them side by side."""
    chosen = TEXTS[request.param : request.param + 1] or TEXTS
    return grid([context(words(text)) for text in chosen])


def close(scores: Sequence[float], features: list[list[str]], model: str) -> bool:
    return bool(scores) and list(scores) == pytest.approx([total(models()[model], f) for f in features])


def test_cues(view: Grid) -> None:
    found = sites_of(view, [sites(ctx) for ctx in view.texts])
    gates = contents.gates_of(view, found, models())
    features = contents.cue_features(view, found)
    assert close(gates.logits.tolist(), features, "gate")
    assert close(gates.nulls.tolist(), features, "start")


def test_beginnings(view: Grid) -> None:
    possible, gates = gated(view, models())
    found, scores = contents.start_scores(view, possible, gates, models()["start"])
    assert found is not None
    spelled = contents.all_start_features(view, possible, gates)
    for n, (candidates, features) in enumerate(spelled):
        assert candidates == found.of(n) and len(scores[n]) == len(candidates) + 1
        told = possible.sites[n].cue.takes == "addressee"
        helped = [told and c.kind == "comp" and c.side == "after" for c in candidates]
        plain = [s - 0.5 * h for s, h in zip(scores[n], [False, *helped], strict=True)]
        assert close(plain, features, "start")


def test_ends(view: Grid) -> None:
    found = [[f.frame for f in own] for own in frames(view, models())]
    cues = sites_of(view, [[f.site for f in own] for own in found])
    firsts = [contents.Start(f.side, f.spans[0][0], f.kind) for own in found for f in own]
    others = others_of(view, cues, firsts)
    scored = contents.end_scores(view, cues, firsts, others, models()["end"])
    spelled = contents.all_end_features(view, cues, firsts, others)
    for (places, scores), (same, features) in zip(scored, spelled, strict=True):
        assert places == same and close(scores, features, "end")


def test_mentions(view: Grid) -> None:
    mentions = Mentions(view, [[f.frame for f in own] for own in frames(view, models())])
    none, own = mentions.start_scores(models())
    for n, features in enumerate(mentions.start_features()):
        for k, role in enumerate(ROLES):
            slot = n * len(ROLES) + k
            sums = [none[slot], *own[mentions.slot == slot]]
            assert len(sums) == len(mentions.starts[n][role]) + 1
            assert close(sums, features[role], START_MODELS[role])
    number, ends, scores = mentions.end_scores(mentions.slot, mentions.first, models())
    ends -= mentions.base(mentions.slot).take(number)
    begun = [(n, role, i) for n, first in enumerate(mentions.starts) for role in ROLES for i in first[role]]
    for k, ((_, role, _), (same, features)) in enumerate(zip(begun, mentions.end_features(begun), strict=True)):
        assert tuple(ends[number == k]) == same and close(scores[number == k].tolist(), features, f"{role}.end")


def test_kinds(view: Grid) -> None:
    found = frames(view, models())
    chosen = frames_of(view, [[f.frame for f in own] for own in found])
    mentions = [s.speaker for own in slots(view, found, models()) for s in own]
    assert None in mentions and any(mentions)
    features = {
        "form": kinds.form_features(view, chosen),
        "act": kinds.act_features(view, chosen),
        "anonymous": kinds.anonymous_features(view, chosen, mentions),
    }
    for kind, (numbers, margins) in kinds.chosen_kinds(view, chosen, mentions, models()).items():
        choices = [choose(models()[kind], kinds.labelled(kinds.LABELS[kind], own)) for own in features[kind]]
        assert numbers == [choice.index for choice in choices]
        assert margins == pytest.approx([choice.margin for choice in choices])


def test_texts_without_cues_or_words_have_no_frames() -> None:
    for text in ("", "...", "\n\n", "12 (3)"):
        empty = grid([context(words(text))])
        assert frames(empty, models()) == ((),) and slots(empty, ((),), models()) == ((),)
        assert len(contents.gates_of(empty, sites_of(empty, [()]), models()).likely) == 0


def test_many_words_are_forgotten_between_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns that are worked out again are the same."""
    once = [frames(grid([context(words(text))]), models()) for text in TEXTS]
    monkeypatch.setattr(grid_module, "MOST_ROWS", 3)
    again = [frames(grid([context(words(text))]), models()) for text in TEXTS]
    assert again == once
    assert len(grid_module.TOKENS.owners) < 2 * max(len(words(t)) for t in TEXTS)


def test_a_cue_at_the_edge_of_a_text() -> None:
    """A neighbour beyond a text looks the same whether or not another text stands there."""
    text = TEXTS[0]
    ctx = context(words(text))
    found: tuple[Site, ...] = sites(ctx)
    for last in {found[0].end, found[-1].end, len(ctx)}:
        cut = context(words(text[: ctx.words.ends[last - 1]]))
        own, alone, between = sites(cut), grid([cut]), grid([ctx, cut, ctx])
        features = contents.cue_features(alone, sites_of(alone, [own]))
        assert len(features) == len(own)
        assert contents.cue_features(between, sites_of(between, [(), own, ()])) == features


def test_texts_side_by_side_are_read_as_alone() -> None:
    """Each text has the frames and slots that it has alone, whatever stands beside it."""
    texts = ["", *TEXTS, *(text[: len(text) // 3] for text in TEXTS), "..."]
    contexts = [context(words(text)) for text in texts]
    views = [grid([ctx]) for ctx in contexts]
    alone = [frames(view, models())[0] for view in views]
    for order in (1, -1):
        view = grid(contexts[::order])
        found = frames(view, models())
        assert sum(map(len, found)) > 20 and list(found[::order]) == alone
        filled = slots(view, found, models())
        assert [slots(v, [own], models())[0] for v, own in zip(views, alone, strict=True)] == list(filled[::order])
