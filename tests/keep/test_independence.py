"""Families of articles with one saying each: how many independent origins, and why."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import musnad
from musnad.keep.independence import independence
from musnad.keep.records import CopyGroup, CopyMember, Independence, Saying, Version
from musnad.keep.versions import versions_of

CASES = Path(__file__).parents[1] / "cases" / "keep_families.jsonl"


@cache
def families() -> dict[str, dict[str, Any]]:
    found = (json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines())
    return {f["family"]: f for f in found}


def versions_with(family: dict[str, Any]) -> tuple[Version, ...]:
    """Of each article the shortest version that has the words that they share."""
    found = []
    for a in family["articles"]:
        reading = musnad.read(a["text"], id=a["id"], outlet=a["outlet"], published=a["published"], title=a["title"])
        every = [v for v in versions_of(reading) if family["same"] in v.words]
        assert every, f"{a['id']} has no statement with the words"
        found.append(min(every, key=lambda v: len(v.words)))
    return tuple(found)


def result(family: dict[str, Any]) -> Independence:
    copies = [
        CopyGroup(id=g["id"], members=tuple(CopyMember(article=a, relation=r, origin=o) for a, r, o in g["members"]))
        for g in family["copies"]
    ]
    return independence(Saying(id="s", voice=None, name=None, versions=versions_with(family)), copies=copies)


@pytest.mark.parametrize("name", families())
def test_families(name: str) -> None:
    family = families()[name]
    got = result(family)
    assert (got.at_least, got.at_most) == (family["at_least"], family["at_most"]), got
    said = " ".join(reason for origin in got.origins for reason in origin.reasons)
    for reason in family["reasons"]:
        assert reason in said
    assert len(got.unnamed) == len(family["unnamed"])
    for wanted, name in zip(family["unnamed"], got.unnamed, strict=True):
        assert wanted in name


def test_families_are_of_many_kinds() -> None:
    assert len(families()) >= 14
    assert {(f["at_least"], f["at_most"]) for f in families().values()} >= {(0, 1), (1, 1), (1, 2), (2, 2)}
