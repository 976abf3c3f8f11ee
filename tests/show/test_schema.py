"""The schema takes every reading that the contract allows, and no other."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from musnad.show.formats import as_json, as_jsonl, dumps
from musnad.show.schema import schema, schema_text
from musnad.show.text import Look
from musnad.types import ACTS, FORMS, STATUSES, Reading, to_plain

Change = Callable[[dict[str, Any]], object]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())
    assert json.loads(schema_text()) == schema()


def test_readings_fit_the_schema(given_readings: dict[str, Reading]) -> None:
    rows = [json.loads(line) for line in as_jsonl(given_readings.values(), Look())]
    assert len(rows) == 3
    for row in rows:
        # Hand-made statements may leave out the chain; the contract asks for at least outlet and speaker.
        for statement in row["statements"]:
            statement["chain"] = statement["chain"] or [{"role": "outlet"}, {"role": "speaker"}]
        Draft202012Validator(schema()).validate(row)


@pytest.mark.parametrize(
    "change",
    [
        lambda r: r.pop("text"),
        lambda r: r.update(published="yesterday"),
        lambda r: r["statements"][3].update(act="shout"),
        lambda r: r["statements"][3].update(form="odd"),
        lambda r: r["statements"][3].update(content=[]),
        lambda r: r["statements"][3].update(cue=[1]),
        lambda r: r["statements"][3].update(cue=[1, 2, 3]),
        lambda r: r["statements"][3].update(cue=[-1, 2]),
        lambda r: r["statements"][3].update(chain=[{"role": "outlet"}]),
        lambda r: r["statements"][3].update(confidence=1.5),
        lambda r: r["statements"][3]["medium"].update(kind="smoke"),
        lambda r: r["verifications"][0].update(status="maybe"),
        lambda r: r["entities"][0].update(kind="ghost"),
    ],
)
def test_broken_readings_do_not_fit(given_readings: dict[str, Reading], change: Change) -> None:
    row = to_plain(given_readings["dam"])
    for statement in row["statements"]:
        statement["chain"] = statement["chain"] or [{"role": "outlet"}, {"role": "speaker"}]
    Draft202012Validator(schema()).validate(row)
    broken = copy.deepcopy(row)
    change(broken)
    assert list(Draft202012Validator(schema()).iter_errors(broken))


def test_the_schema_names_the_values_of_the_types() -> None:
    defs = schema()["$defs"]
    assert defs["statement"]["properties"]["act"]["enum"] == list(ACTS)
    assert defs["statement"]["properties"]["form"]["enum"] == list(FORMS)
    assert defs["verification"]["properties"]["status"]["enum"] == list(STATUSES)


def test_the_schema_names_every_field_of_a_reading(given_readings: dict[str, Reading]) -> None:
    row = given_readings["dam"].to_dict()
    defs = schema()["$defs"]
    assert set(schema()["properties"]) == set(row)
    assert set(defs["statement"]["properties"]) == set(row["statements"][0])
    assert set(defs["verification"]["properties"]) == set(row["verifications"][0])
    assert set(defs["entity"]["properties"]) == set(row["entities"][0])


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_json_is_one_object_or_an_array(given_readings: dict[str, Reading], count: int) -> None:
    some = list(given_readings.values())[:count]
    value = json.loads("".join(as_json(some, Look())))
    ids = [value["id"]] if isinstance(value, dict) else [row["id"] for row in value]
    assert isinstance(value, dict) == (count == 1)
    assert ids == [r.id for r in some]


def test_lone_surrogates_leave_as_escapes_and_come_back() -> None:
    text = "a\ud800b\\ud800\udfff"
    line = dumps({"text": text})
    assert line.encode("utf-8")
    assert json.loads(line)["text"] == text
