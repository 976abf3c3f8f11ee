"""Traces: every feature has a name, and what a trace tells is what the reading holds."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from reading_cases import rows

from musnad.find import contents, kinds
from musnad.find.edges import Mentions
from musnad.find.frames import gated, others_of
from musnad.find.grid import grid, sites_of
from musnad.model.maxent import models
from musnad.model.templates import shown
from musnad.pipeline import State, analyse, read_article, trace
from musnad.settle import carry
from musnad.settle.confidence import evidence
from musnad.settle.topics import topics
from musnad.show.explain import render
from musnad.show.features import named, parse
from musnad.show.text import Look
from musnad.trace import steps
from musnad.types import Article, TraceStep

TEXT = (Path(__file__).parents[1] / "examples" / "dam.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def state() -> State:
    return analyse(TEXT)


@pytest.fixture(scope="module")
def traced(state: State) -> list[tuple[TraceStep, ...]]:
    return [steps(state.ctx, state.slots, state.resolved, n, models()) for n in range(len(state.slots))]


def every_code(state: State) -> Iterator[tuple[str, str]]:
    """All features of all candidates of all decisions on a text, whatever they weigh."""
    ctx, slots, who = state.ctx, state.slots, state.resolved.speakers
    view = grid([ctx])
    possible, gates = gated(view, models())
    for _, beginnings in contents.all_start_features(view, possible, gates):
        yield from (("start", shown(c)) for f in beginnings for c in f)
    cues = sites_of(view, [[s.frame.site for s in slots]])
    begun = [contents.Start(s.frame.side, s.frame.spans[0][0], s.frame.kind) for s in slots]
    turns: list[carry.Turn] = []
    for number, (s, start, speaker) in enumerate(zip(slots, begun, who, strict=True)):
        ((_, table),) = contents.all_end_features(view, cues.only([number]), [start], others_of(view, cues, begun))
        yield from (("end", shown(c)) for f in table for c in f)
        mentions = Mentions(view, [[s.frame]])
        yield from (("mention", shown(c)) for own in mentions.start_features()[0].values() for f in own for c in f)
        first = [(0, role, i) for role, own in mentions.starts[0].items() for i in own[:3]]
        yield from (("mention-end", shown(c)) for _, own in mentions.end_features(first) for f in own for c in f)
        found = evidence(ctx, slots, state.resolved, number)
        yield from (("confidence", c if parse("confidence", c) else f"{c}={v:.1f}") for c, v in found.items())
        yield from (("form", shown(c)) for c in kinds.form_features(view, mentions.view)[0])
        yield from (("act", shown(c)) for c in kinds.act_features(view, mentions.view)[0])
        anonymous = kinds.anonymous_features(view, mentions.view, [s.speaker])[0]
        yield from (("anonymous", shown(c)) for c in anonymous)
        seen = [carry.seen_from(t, s.frame) for t in turns]
        yield from (("carry", c) for f in carry.table(ctx, s.frame, seen, topics(ctx))[1] for c in f)
        if speaker is not None:
            turns.append(carry.turn(ctx, s.frame, speaker, s.speaker, nested=False, earlier=turns))


def test_every_feature_of_the_trace_has_a_name(traced: list[tuple[TraceStep, ...]]) -> None:
    named_here = {name.split("\t")[0] for found in traced for step in found for name, _ in step.features}
    assert len(named_here) > 200
    assert [name for name in named_here if parse(*name.split(":", 1)) is None] == []  # type: ignore[call-arg]


def test_every_feature_of_every_candidate_has_a_name(state: State) -> None:
    """Whoever adds a template to a finder names it in ``show/features.tsv``."""
    codes = set(every_code(state))
    assert len(codes) > 3000
    assert sorted(code for code in codes if parse(*code) is None) == []


def test_word_classes_come_with_words(traced: list[tuple[TraceStep, ...]]) -> None:
    names = [name for found in traced for step in found for name, _ in step.features]
    classed = [name.split("\t") for name in names if "\t" in name]
    assert classed
    for code, *known in classed:
        members = dict(item.split("=", 1) for item in known)
        assert all(words and not any(c.isdigit() for c in words) for words in members.values())
        text = " ".join(named(*code.split(":", 1), "en", members)[1])  # type: ignore[call-arg]
        assert next(iter(members.values())) in text


def test_the_decisions_are_those_of_the_reading(state: State, traced: list[tuple[TraceStep, ...]]) -> None:
    """The trace makes each decision anew: it must come to the same choice with the same margin."""
    for n, found in enumerate(traced):
        s = state.slots[n]
        by_slot = {step.slot: step for step in found if step.rule not in ("carried-over", "nobody-named")}
        assert by_slot["content start"].score == pytest.approx(s.found.start.margin, abs=1e-3)
        if s.found.end is not None:
            assert by_slot["content end"].score == pytest.approx(s.found.end.margin, abs=1e-3)
        assert by_slot["speaker"].score == pytest.approx(dict(s.margins)["speaker"], abs=1e-3)


@pytest.mark.parametrize(
    ("about", "rule"),
    [
        ("a clause of the article follows the quotation, of the same subject", {"end:R+": 2.5}),
        ("direct after a colon", {}),
    ],
)
def test_a_rule_of_grammar_is_named_with_what_it_adds(about: str, rule: dict[str, float]) -> None:
    text = next(r["text"] for r in rows("find_statements") if r["about"] == about)
    end = next(step for step in trace(Article(text=text), "s1") if step.slot == "content end")
    assert {name: added for name, added in end.features if name.startswith("end:R")} == rule


def test_carried_over_speakers_show_their_rivals(state: State, traced: list[tuple[TraceStep, ...]]) -> None:
    carried = 0
    for n, found in enumerate(traced):
        step = next((x for x in found if x.rule == "carried-over"), None)
        who, margin = state.resolved.speakers[n], state.resolved.margins[n]
        if step is None or who is None or margin is None:
            continue
        carried += 1
        assert step.score == pytest.approx(margin, abs=1e-3)
        assert step.span in state.resolved.entities[who].mentions
        assert step.rivals and (None in [span for span, _ in step.rivals] or len(step.rivals) == 4)
        assert step.features
    assert carried >= 3


def test_the_confidence_is_explained(state: State, traced: list[tuple[TraceStep, ...]]) -> None:
    reading = read_article(Article(text=TEXT))
    for statement, n in zip(reading.statements, state.kept, strict=True):
        step = traced[n][-1]
        assert step.slot == "confidence" and step.score is not None and step.features
        assert 1 / (1 + math.exp(-step.score)) == pytest.approx(statement.confidence, abs=2e-3)


def test_a_feature_that_counts_twice_stands_once(traced: list[tuple[TraceStep, ...]]) -> None:
    for found in traced:
        for step in found:
            names = [name for name, _ in step.features]
            assert len(set(names)) == len(names)
            weights = [abs(weight) for _, weight in step.features]
            assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_explanation_holds_no_codes(lang: str) -> None:
    article = Article(text=TEXT)
    look = Look(lang=lang, columns=400)  # type: ignore[arg-type]
    text = render(read_article(article), "s6", trace(article, "s6"), look=look)
    assert "start:" not in text and "carry:" not in text and "\t" not in text
    assert ("like " in text) is (lang == "en")
