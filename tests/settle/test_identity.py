"""What the reading says of an entity beyond its article: key, authority, office."""

from __future__ import annotations

import json
from typing import Any

from reading_cases import Case, cases, context_of, listed, reading, rows

from musnad.lexicon.authority import authority
from musnad.settle.aliases import equated


def value(ids: dict[str, Any], path: str) -> Any:
    """The value at ``office.key``; None where there is none."""
    found: Any = ids
    for name in path.split("."):
        found = (found or {}).get(name)
    return found


@cases("settle_identity")
def test_ids(case: Case) -> None:
    entity = next(e for e in reading(case["text"]).entities if e.name == case["entity"])
    wanted = json.loads(case["ids"])
    assert {path: value(entity.ids, path) for path in wanted} == wanted


def test_ids_are_plain_json() -> None:
    for row in rows("settle_identity"):
        for entity in reading(row["text"]).entities:
            assert json.loads(json.dumps(entity.ids)) == entity.ids
            assert None not in entity.ids.values() and None not in entity.ids.get("office", {}).values()


@cases("settle_equated")
def test_equated(case: Case) -> None:
    ctx = context_of(case["text"])
    found = [f"{ctx.spelt(*a)} = {ctx.spelt(*b)}" for a, b in equated(ctx, authority())]
    assert found == listed(case["pairs"])


def test_names_of_one_body_are_one_entity() -> None:
    for row in rows("settle_equated"):
        if row["case"] == "yes":
            one, other = row["pairs"].split(" || ")[0].split(" = ")
            names = [{e.name, *e.aliases} for e in reading(row["text"]).entities]
            assert any({one, other} <= found for found in names), row["about"]


def test_two_names_of_a_town_are_one_place() -> None:
    row = next(row for row in rows("settle_equated") if row["about"] == "two names of a town")
    one, other = row["pairs"].split(" = ")
    found = [e for e in reading(row["text"]).entities if one in (e.name, *e.aliases)]
    assert [e.kind for e in found] == ["place"]
    assert other in (found[0].name, *found[0].aliases)
