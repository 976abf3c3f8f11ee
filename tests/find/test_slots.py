"""Slots of a statement: who is spoken to, in which medium, and with which act; whether the speaker is unnamed."""

from __future__ import annotations

from reading_cases import NONE, Case, cases, context_of, cut, of_cue, reading, trimmed

from musnad.find.media import medium_kind


@cases("find_addressees")
def test_addressees(case: Case) -> None:
    found = of_cue(reading(case["text"]), case["cue"]).addressee
    assert trimmed(cut(case["text"], found.span if found else None)) == trimmed(case["addressee"])


@cases("find_media")
def test_media(case: Case) -> None:
    found = of_cue(reading(case["text"]), case["cue"]).medium
    written = (cut(case["text"], found.span), found.kind) if found else (NONE, NONE)
    assert written == (case["medium"], case["kind"])


@cases("find_media")
def test_kinds_of_media(case: Case) -> None:
    """The kind follows from the words alone."""
    if case["medium"] != NONE:
        ctx = context_of(case["medium"])
        assert medium_kind(ctx, (0, len(ctx))) == case["kind"]


def lie_apart(case: Case) -> bool:
    s = of_cue(reading(case["text"]), case["cue"])
    spans = [p.span for p in (s.speaker, s.addressee, s.medium) if p and p.span]
    for n, a in enumerate(spans):
        # a document that speaks is speaker and medium
        if any(a[0] < b[1] and b[0] < a[1] and a[0] != b[0] for b in spans[n + 1 :]):
            return False
    return True


@cases("find_addressees", today="apart")
def test_speaker_and_addressee_lie_apart(case: Case) -> None:
    assert lie_apart(case)


@cases("find_media", today="apart")
def test_speaker_and_medium_lie_apart(case: Case) -> None:
    assert lie_apart(case)


@cases("find_acts")
def test_acts(case: Case) -> None:
    assert of_cue(reading(case["text"]), case["cue"]).act == case["act"]


@cases("find_anonymity")
def test_anonymity(case: Case) -> None:
    assert of_cue(reading(case["text"]), case["cue"]).anonymous is (case["case"] == "yes")
