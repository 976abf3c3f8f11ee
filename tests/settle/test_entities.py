"""One entity for each person and body: names, kinds and mentions."""

from __future__ import annotations

from reading_cases import Case, cases, cut, listed, reading


@cases("settle_entities")
def test_entities(case: Case) -> None:
    found = reading(case["text"])
    written = [f"{e.name} : {e.kind} : {' + '.join(cut(found.text, m) for m in e.mentions)}" for e in found.entities]
    assert written == listed(case["entities"])
