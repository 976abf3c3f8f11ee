"""What a ledger knows across articles, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from conftest import stories

from musnad.errors import UsageError
from musnad.ledger import Ledger
from musnad.types import Article

Place = Callable[[], str]


@pytest.fixture
def ledger(place: Place) -> Iterator[Ledger]:
    with Ledger(place(), create=True) as made:
        made.add(articles=[Article(**case) for case in stories("keep_family")], jobs=1)  # type: ignore[arg-type]
        yield made


def test_copies_are_found_and_kept(ledger: Ledger) -> None:
    (group,) = ledger.copies()
    assert {a["id"]: a["relation"] for a in group["articles"]} == {"h1": "verbatim", "h2": "verbatim"}
    assert [a["id"] for a in group["articles"] if a["origin"]] == ["h1"] and group["origin_reasons"]
    assert list(ledger.copies()) == [group]
    assert ledger.stats()["copies"] == 1


def test_every_statement_is_in_exactly_one_saying(ledger: Ledger) -> None:
    first = list(ledger.sayings())
    statements = [v["statement"] for saying in first for v in saying["versions"]]
    assert sorted(statements) == sorted(v.statement for v in ledger.versions())
    assert len(set(statements)) == len(statements)
    assert {"h1#s1", "h2#s1"} <= {v["statement"] for v in next(s for s in first if s["id"] == "h1#s1")["versions"]}
    assert list(ledger.sayings()) == first
    json.dumps(first)


def test_groups_are_made_anew_when_articles_come(ledger: Ledger) -> None:
    before = len(list(ledger.sayings()))
    last = stories("keep_family")[3]
    ledger.add(articles=[Article(**(last | {"id": "h9", "outlet": "Q"}))], jobs=1)  # type: ignore[arg-type]
    assert len(list(ledger.sayings())) == before
    assert len(list(ledger.copies())) == 2


@pytest.mark.parametrize("case", stories("keep_checks"), ids=lambda c: str(c["id"]))
def test_check(ledger: Ledger, case: dict[str, str]) -> None:
    found = ledger.check(case["words"])
    assert found["query"] == case["words"]
    assert (found["sayings"][0]["first"]["article"] if found["sayings"] else None) == case["first"]
    assert sorted({v["article"] for s in found["sayings"] for v in s["versions"]}) == case["articles"]


def test_check_tells_the_dropped_negation_and_one_source(ledger: Ledger) -> None:
    found = ledger.check(stories("keep_checks")[0]["words"])["sayings"]
    assert found[0]["independent"]["at_least"] == 1
    changes = {c["class"] for s in found for v in s["versions"] for c in v["differences"]}
    assert "negation" in changes


def test_versions_and_sources_of_a_statement(ledger: Ledger) -> None:
    whole = ledger.versions_of("h2#s1")
    assert {"h1#s1", "h2#s1"} <= {v["statement"] for v in whole["versions"]}
    assert ledger.sources("h2#s1") == whole
    assert whole["independent"]["origins"][0]["versions"]
    for bad in ("h2#s99", "none#s1", "h2"):
        with pytest.raises(UsageError):
            ledger.versions_of(bad)
    with pytest.raises(UsageError):
        ledger.check(" . ")


def test_alarms_name_articles_of_the_ledger(ledger: Ledger) -> None:
    found = list(ledger.alarms())
    assert [alarm["articles"] for alarm in found if alarm["kind"] == "headline"] == [["h4"]]
    (answer,) = ledger.check(stories("keep_checks")[2]["words"])["sayings"]
    assert "headline" in {alarm["kind"] for alarm in answer["alarms"]}
    assert {key for alarm in found for key in alarm["articles"]} <= {"h1", "h2", "h3", "h4"}
