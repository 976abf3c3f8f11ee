"""Sayings: families of versions that belong together or apart, with the classes of their differences."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musnad.find.quotes import quotes
from musnad.keep.differences import CLASSES
from musnad.keep.records import CopyGroup, CopyMember, Version
from musnad.keep.sayings import Sayings, saying_of, sayings
from musnad.read.words import NUMBER, WORD, words

CASES = Path(__file__).parents[1] / "cases" / "keep_sayings.jsonl"
FAMILIES = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def version(given: dict[str, Any]) -> Version:
    """A version as the ledger makes it of a statement with these words."""
    cut = words(given["words"])
    marked = {i for quote in quotes(cut) for i in range(quote.open + 1, quote.close)}
    kept = [i for i in range(len(cut)) if cut.kinds[i] in (WORD, NUMBER)]
    return Version(
        statement=given["id"],
        article=given["id"].split("#")[0],
        published=given["published"],
        form=given.get("form", "indirect"),
        act=given.get("act", "say"),
        anonymous=given.get("anonymous", False),
        words=given["words"],
        content=((0, len(given["words"])),),
        tokens=tuple(cut.forms[i] for i in kept),
        quoted=tuple(i in marked for i in kept),
        voice=given["voice"],
        names=tuple(given["names"]),
        office=given.get("office"),
        country=given.get("country"),
    )


def family(name: str) -> list[Version]:
    """The versions of a family of the case table."""
    return [version(v) for f in FAMILIES if f["name"] == name for v in f["versions"]]


@pytest.mark.parametrize("case", FAMILIES, ids=[f["name"] for f in FAMILIES])
def test_family(case: dict[str, Any]) -> None:
    found = sayings([version(v) for v in case["versions"]])
    home = {v.statement: s.id for s in found for v in s.versions}
    for a, b in case.get("same", ()):
        assert home[a] == home[b]
    for a, b in case.get("apart", ()):
        assert home[a] != home[b]
    classes = {f"{d.before} {d.after}": sorted(d.classes) for s in found for d in s.differences}
    for pair, expected in case.get("classes", {}).items():
        assert classes[pair] == expected


def test_cases_cover_both_sides_and_every_class() -> None:
    named = {name for f in FAMILIES for classes in f.get("classes", {}).values() for name in classes}
    assert named == set(CLASSES)
    assert any("apart" in f for f in FAMILIES)


def test_every_statement_is_in_exactly_one_saying() -> None:
    versions = [version({**v, "id": f"{number}{v['id']}"}) for number, f in enumerate(FAMILIES) for v in f["versions"]]
    found = sayings(versions)
    assert sorted(v.statement for s in found for v in s.versions) == sorted(v.statement for v in versions)
    assert all(s.id == s.versions[0].statement for s in found)
    assert len({s.id for s in found}) == len(found)


def test_added_piece_by_piece_gives_the_same_as_at_once() -> None:
    versions = family("a name in two spellings, the office alone beside the name")
    at_once = {frozenset(v.statement for v in s.versions) for s in sayings(versions)}
    piecewise = Sayings()
    changed = [piecewise.add([v]) for v in versions]
    assert {frozenset(v.statement for v in s.versions) for s in piecewise.all()} == at_once
    assert [len(c) for c in changed] == [1, 1, 1]
    assert [len(c[0].versions) for c in changed] == [1, 2, 3]


def test_adding_a_statement_again_changes_nothing() -> None:
    versions = family("one quotation, an outlet cuts its end")
    found = Sayings()
    found.add(versions)
    before = found.all()
    assert found.add(versions) == ()
    assert found.all() == before


def test_order_of_input_does_not_matter() -> None:
    versions = family("a name in two spellings, the office alone beside the name")
    assert sayings(versions) == sayings(versions[::-1])


def test_the_earliest_version_comes_first_and_the_fullest_name_is_kept() -> None:
    saying = sayings(family("a quotation comes back after years"))[0]
    assert [v.published for v in saying.versions] == ["2009-05-01", "2019-05-01"]
    assert saying.name == saying.versions[1].names[0]


def test_versions_that_somebody_joined_are_one_saying() -> None:
    versions = family("two different statements of one speaker on one subject")
    saying = saying_of(versions[::-1])
    assert saying.versions == tuple(versions)
    assert [(d.before, d.after) for d in saying.differences] == [("a#1", "b#1")]


def test_articles_of_one_text_report_one_event() -> None:
    versions = family("a loose paraphrase, alone")
    group = CopyGroup(id="g", members=tuple(CopyMember(article=v.article, relation="edited") for v in versions))
    assert len(sayings(versions)) == 2
    assert len(sayings(versions, copies=[group])) == 1


def test_no_statements_no_sayings() -> None:
    assert sayings([]) == ()
    empty = Version(statement="x#1", article="x")
    assert [s.id for s in sayings([empty])] == ["x#1"]


@given(st.randoms(use_true_random=False), st.integers(1, 5))
@settings(max_examples=25, deadline=None)
def test_the_order_in_which_articles_come_does_not_matter(shuffled: random.Random, parcel: int) -> None:
    """All families at once, as articles of one ledger, in any order and in parcels of any size."""
    articles: dict[str, list[Version]] = {}
    for number, case in enumerate(FAMILIES):
        for one in case["versions"]:
            articles.setdefault(f"{number}{one['id'][0]}", []).append(version({**one, "id": f"{number}{one['id']}"}))
    at_once = sayings([v for found in articles.values() for v in found])
    order = sorted(articles)
    shuffled.shuffle(order)
    grown = Sayings()
    for start in range(0, len(order), parcel):
        grown.add([v for article in order[start : start + parcel] for v in articles[article]])
    assert {s.id: s for s in grown.all()} == {s.id: s for s in at_once}
