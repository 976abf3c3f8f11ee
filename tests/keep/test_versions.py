"""Versions: what the ledger compares, made from readings and from their JSON form."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from musnad.keep.records import Version
from musnad.keep.versions import versions_of
from musnad.pipeline import read_article
from musnad.types import Article, Reading

CASES = Path(__file__).parents[1] / "cases" / "keep_versions.jsonl"


@cache
def cases() -> dict[str, dict[str, object]]:
    with CASES.open(encoding="utf-8") as lines:
        return {case["id"]: case for case in map(json.loads, lines)}


def reading(name: str) -> Reading:
    case = cases()[name]
    return read_article(
        Article(text=str(case["text"]), id=name, outlet=str(case["outlet"]), published=str(case["published"]))
    )


def expected(version: Version, want: dict[str, object]) -> dict[str, object]:
    """The fields of ``version`` that a case names."""
    got = {
        "tokens": " ".join(version.tokens),
        "quoted": " ".join(t for t, q in zip(version.tokens, version.quoted, strict=True) if q),
        "names": list(version.names),
        "chain": [[s.role, s.name, s.key, s.unnamed] for s in version.chain],
    }
    return {key: got.get(key, getattr(version, key)) for key in want}


@pytest.mark.parametrize("name", list(cases()))
def test_versions_of_cases(name: str) -> None:
    found = versions_of(reading(name))
    wanted = cases()[name]["versions"]
    assert isinstance(wanted, list)
    assert [expected(v, w) for v, w in zip(found, wanted, strict=True)] == wanted


def test_json_and_record_give_the_same() -> None:
    for name in cases():
        made = reading(name)
        again = versions_of(json.loads(json.dumps(made.to_dict())))
        assert versions_of(made) == again
        assert again and all(v.statement.startswith(f"{name}#s") for v in again)


def test_words_are_the_content_as_written() -> None:
    for name in cases():
        made = reading(name)
        for version in versions_of(made):
            assert version.words == " ".join(" ".join(made.text[a:b].split()) for a, b in version.content)
            assert len(version.tokens) == len(version.quoted) > 0
