"""Families of articles: the alarms that they raise, and the history of checks and answers of a saying."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import musnad
from musnad.keep.alarms import KINDS, alarms
from musnad.keep.history import history
from musnad.keep.records import Saying, Version
from musnad.keep.sayings import sayings
from musnad.keep.versions import versions_of
from musnad.types import Reading

CASES = Path(__file__).parents[1] / "cases" / "keep_alarms.jsonl"


@cache
def families() -> dict[str, dict[str, Any]]:
    found = (json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines())
    return {f["family"]: f for f in found}


@cache
def readings(name: str) -> dict[str, Reading]:
    return {
        a["id"]: musnad.read(a["text"], id=a["id"], outlet=a["outlet"], published=a["published"], title=a["title"])
        for a in families()[name]["articles"]
    }


def versions(name: str) -> list[Version]:
    return [v for reading in readings(name).values() for v in versions_of(reading)]


@pytest.mark.parametrize("name", families())
def test_alarms(name: str) -> None:
    read = readings(name)
    got = alarms(
        sayings(versions(name)),
        titles={a: r.title for a, r in read.items()},
        texts={a: r.text for a, r in read.items()},
    )
    assert [[alarm.kind, list(alarm.articles)] for alarm in got] == families()[name]["alarms"]


@pytest.mark.parametrize("name", [n for n, f in families().items() if f["same"]])
def test_history(name: str) -> None:
    every = versions(name)
    first = next(v for v in every if families()[name]["same"] in v.words)
    saying = Saying(id=first.statement, voice=first.voice, name=None, versions=(first,))
    plain = {a: r.to_dict() for a, r in readings(name).items()}
    got = history(saying, plain, others=every)
    assert [[v.status, v.by, v.article] for v in got] == families()[name]["history"]
    assert all(v.statement == first.statement and v.text for v in got)
    assert [v.date for v in got] == sorted(v.date for v in got if v.date)


def test_history_without_readings_has_the_status() -> None:
    first = next(v for v in versions("unverified-then-denied") if v.status)
    saying = Saying(id=first.statement, voice=first.voice, name=None, versions=(first,))
    assert [v.status for v in history(saying)] == ["unverified"]


def test_every_kind_of_alarm_has_a_family() -> None:
    kinds = {kind for f in families().values() for kind, _ in f["alarms"]}
    assert kinds == set(KINDS)
    assert sum(not f["alarms"] for f in families().values()) >= 5
