"""The way from the article to the speaker: relays, media, nesting."""

from __future__ import annotations

from reading_cases import Case, cases, cut, known_as, of_cue, reading, rows

OUTLET = "Sample Daily"


@cases("settle_chains")
def test_chains(case: Case) -> None:
    found = reading(case["text"], OUTLET)
    first, *links = of_cue(found, case["cue"]).chain
    assert (first.role, first.name) == ("outlet", OUTLET)
    wanted = [item.split("=") for item in case["chain"].split(" > ")]
    assert [link.role for link in links] == [role for role, _ in wanted]
    for link, (_, name) in zip(links, wanted, strict=True):
        assert name in {cut(found.text, link.span), *known_as(found, link.entity)}


@cases("settle_chains")
def test_chains_end_with_the_speaker_of_the_statement(case: Case) -> None:
    for s in reading(case["text"], OUTLET).statements:
        last = s.chain[-1]
        assert last.role == "speaker"
        assert (last.span, last.entity) == ((s.speaker.span, s.speaker.entity) if s.speaker else (None, None))


def test_the_own_outlet_is_no_relay_in_any_script() -> None:
    """What is told to the outlet itself comes through nobody else, whatever letters its name is given in."""
    text = next(case["text"] for case in rows("settle_chains") if case["about"] == "told to a paper")
    for outlet, relays in ((None, 1), ("Sample Daily", 1), ("Asharq Al-Awsat", 0)):
        chain = reading(text, outlet).statements[0].chain
        assert sum(link.role == "relay" for link in chain) == relays
