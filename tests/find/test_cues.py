"""Reporting words that report, and the same words where they do not."""

from __future__ import annotations

from reading_cases import Case, cases, context_of, cut, reading

from musnad.find.cues import sites


@cases("find_cues")
def test_cues(case: Case) -> None:
    found = reading(case["text"])
    cues = [cut(case["text"], s.cue) for s in found.statements]
    assert (case["cue"] in cues) is (case["case"] == "yes"), cues


@cases("find_cues")
def test_the_lexicon_knows_the_word(case: Case) -> None:
    """Also where it reports nothing: a case with a word that the lexicon does not list shows nothing."""
    ctx = context_of(case["text"])
    found = [s for s in sites(ctx) if ctx.text(s.token, s.end) == case["cue"]]
    assert len(found) == 1
    if case["case"] == "yes":
        assert case["kind"] in {c.kind for c in found[0].cues}
