"""Who speaks: by name, by role, and carried over by a bare verb."""

from __future__ import annotations

from reading_cases import NONE, Case, cases, cut, known_as, listed, reading


@cases("settle_speakers")
def test_speakers(case: Case) -> None:
    found = reading(case["text"])
    wanted = [item.split("=") for item in listed(case["speakers"])]
    assert [cut(found.text, s.cue) for s in found.statements] == [cue for cue, _ in wanted]
    for s, (cue, name) in zip(found.statements, wanted, strict=True):
        assert name in known_as(found, s.speaker.entity if s.speaker else None), cue


@cases("settle_speakers")
def test_one_entity_for_one_name(case: Case) -> None:
    """Statements of one speaker share an entity, those of different speakers do not."""
    found = reading(case["text"])
    names = [item.split("=")[1] for item in listed(case["speakers"])]
    keys = [s.speaker.entity if s.speaker else None for s in found.statements]
    assert len(keys) == len(names)
    for a, first in zip(names, keys, strict=True):
        for b, second in zip(names, keys, strict=True):
            assert (first == second) is (a == b) or a == NONE
