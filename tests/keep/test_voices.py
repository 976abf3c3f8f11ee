"""Voices that are one by rule: names in parts and spellings under one office, and offices by who held them."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from musnad.keep.identities import Held, Use, meant, same_persons, spelt_alike
from musnad.keep.search import Wanted
from musnad.ledger import Ledger
from musnad.settle.keys import parts
from musnad.types import Article

CASES = Path(__file__).parents[1] / "cases"
CASE: dict[str, Any] = json.loads((CASES / "keep_offices.json").read_text(encoding="utf-8"))
OFFICE = CASE["office"]
with (CASES / "keep_names.tsv").open(encoding="utf-8", newline="") as lines:
    NAMES = list(csv.DictReader(lines, delimiter="\t"))


@pytest.fixture
def ledger(place: Callable[[], str]) -> Iterator[Ledger]:
    with Ledger(place(), create=True) as made:
        made.add(articles=[Article(**given) for given in CASE["articles"]], jobs=1)
        yield made


def articles(found: list[dict[str, Any]]) -> list[str]:
    return sorted({s["article"] for s in found})


@pytest.mark.parametrize("name", ["full", "short", "latin"])
def test_every_name_finds_all_that_one_speaker_said(ledger: Ledger, name: str) -> None:
    found = ledger.voice(CASE[name])
    assert articles(found) == ["p1", "p2", "p3", "p4"]
    assert len({s["voice"]["id"] for s in found}) == 1
    assert {s["voice"]["key"].split("/")[0] for s in found} == {"person", "office"}


def test_links_tell_what_they_rest_on(ledger: Ledger) -> None:
    (voice,) = ledger.voices(CASE["full"])
    rules = {one["rule"]: one for one in voice["merged"]}
    assert set(rules) == {"spelling", "office", "part"}
    assert rules["spelling"]["readings"] is None
    assert rules["spelling"]["evidence"] == [{"office": OFFICE, "articles": ["p1", "p2"]}]
    assert rules["office"]["readings"] == 1
    assert {e["article"] for e in rules["office"]["evidence"]} == {"p1", "p2"}
    assert voice["statements"] == 4
    assert voice["seen"].keys() == set(voice["names"])
    assert (voice["seen"][CASE["full"]], voice["seen"][CASE["short"]]) == ("p1", "p2")


def test_an_office_means_who_held_it_then_or_is_named(ledger: Ledger) -> None:
    said = {s["article"]: s["voice"]["id"] for s in ledger.voice(OFFICE)}
    assert said.keys() == {"p3", "p5", "p6"}
    assert said["p5"] == said["p6"] == OFFICE  # years later; and the one before him
    assert said["p3"] == ledger.voices(CASE["full"])[0]["id"]
    assert articles(ledger.voice(CASE["later"])) == ["p7"]


def test_two_brothers_stay_two(ledger: Ledger) -> None:
    assert articles(ledger.voice(CASE["one_brother"])) == ["m1"]
    assert articles(ledger.voice(CASE["other_brother"])) == ["m2"]
    assert [v["merged"] for v in ledger.voices(CASE["one_brother"])] == [[]]


def test_sayings_and_answers_know_the_voice(ledger: Ledger) -> None:
    key = ledger.voice(CASE["short"])[0]["voice"]["id"]
    homes = {v["statement"]: s["voice"]["id"] for s in ledger.sayings() for v in s["versions"]}
    assert [homes[f"p{n}#s1"] for n in (1, 2, 3, 4)] == [key] * 4
    assert ledger.check(CASE["words"])["sayings"][0]["voice"]["id"] == key


def test_people_part_what_a_rule_joined(ledger: Ledger) -> None:
    ledger.decide("split", [CASE["short"]], by="x")
    assert articles(ledger.voice(CASE["short"])) == ["p2"]
    assert "p1" in articles(ledger.voice(CASE["full"])) and "p2" not in articles(ledger.voice(CASE["full"]))
    ledger.undo(1, by="x")
    ledger.decide("split", [OFFICE], by="x")
    assert articles(ledger.voice(CASE["short"])) == ["p1", "p2", "p4"]
    ledger.undo(3, by="x")
    assert articles(ledger.voice(CASE["short"])) == ["p1", "p2", "p3", "p4"]


def test_an_accepted_voice_stays_when_its_reason_is_gone(ledger: Ledger) -> None:
    ledger.decide("accept", [CASE["short"]], by="x")
    with ledger.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM holding")
        connection.exec_driver_sql("DELETE FROM derived")
    assert articles(ledger.voice(CASE["short"])) == ["p1", "p2"]


def test_agencies_that_are_one_are_one_source(place: Callable[[], str]) -> None:
    case = json.loads((CASES / "keep_agencies.json").read_text(encoding="utf-8"))
    with Ledger(place(), create=True) as ledger:
        ledger.add(articles=[Article(**given) for given in case["articles"]], jobs=1)

        def counted() -> tuple[int, list[list[str]]]:
            told = ledger.sources("r1#s1")["independent"]
            return told["at_most"], sorted(origin["versions"] for origin in told["origins"])

        def relayed(name: str) -> list[str]:
            return articles(ledger.find("", Wanted(relay=name)))

        assert counted() == (2, [["r1#s1", "r2#s1"], ["r3#s1"]])
        assert relayed(case["agency"]) == relayed(case["turned"]) == ["r1", "r2"]
        (voice,) = ledger.voices(case["turned"])
        assert [one["rule"] for one in voice["merged"]] == ["order"]
        ledger.decide("split", [case["turned"]], by="x")
        assert counted()[0] == 3 and relayed(case["agency"]) == ["r1"]
        ledger.decide("merge", [case["agency"], case["turned"], case["other"]], by="x")
        assert counted() == (1, [["r1#s1", "r2#s1", "r3#s1"]])
        assert relayed(case["other"]) == ["r1", "r2", "r3"]


def test_readers_do_not_wait_for_a_writer(place: Callable[[], str]) -> None:
    where = place()
    with Ledger(where, create=True) as ledger, Ledger(where) as reader:
        ledger.add(articles=[Article(**given) for given in CASE["articles"]], jobs=1)
        began = time.monotonic()
        with ledger.store.writing():
            assert articles(reader.voice(CASE["short"])) == ["p2"]  # links are not made yet
            assert reader.check(CASE["words"])["sayings"]
        assert time.monotonic() - began < 20
        assert articles(reader.voice(CASE["short"])) == ["p1", "p2", "p3", "p4"]


@pytest.mark.parametrize("row", NAMES, ids=lambda r: f"{r['one']} / {r['other']}")
def test_names(row: dict[str, str]) -> None:
    a, b = parts(row["one"]), parts(row["other"])
    assert bool(spelt_alike(a, b)) is bool(spelt_alike(b, a)) is (row["same"] == "yes")


def test_foreign_names_that_differ_in_vowels_and_g_are_one() -> None:
    found = same_persons([], {f"person/{n}": name for n, name in enumerate(CASE["foreign"])})
    assert [(group, told["rule"]) for group, told in found] == [(["person/0", "person/1"], "sound")]


def held(reading: int, person: str, day: int) -> Held:
    return Held(reading=reading, article=f"a{reading}", office=OFFICE, person=person, name=f"{person} b", day=day)


@pytest.mark.parametrize(
    ("told", "day", "expected"),
    [
        ([(1, "x", 100), (2, "x", 130)], 110, "x"),
        ([(1, "x", 100)], 101, None),
        ([(1, "x", 100), (2, "x", 130)], 300, None),
        ([(1, "x", 100), (2, "x", 110), (3, "y", 120)], 115, None),
        ([(1, "x", 100), (2, "x", 110), (3, "y", 120)], 130, None),
        ([(1, "x", 80), (2, "x", 90), (3, "x", 95), (4, "x", 96), (5, "x", 97), (6, "y", 105)], 101, None),
        ([(1, "x", 80), (2, "x", 90), (3, "x", 95), (4, "x", 96), (5, "y", 60), (6, "x", 105)], 101, "x"),
        ([(1, "x", 100), (2, "x", 130), (9, "", 110)], 110, None),
        ([(9, "x", 110), (1, "y", 110), (2, "y", 109)], 110, "x"),
        ([(9, "x", 110), (9, "y", 110)], 110, None),
    ],
)
def test_who_held_an_office(told: list[tuple[int, str, int]], day: int, expected: str | None) -> None:
    found = list(meant([held(*one) for one in told], [Use(reading=9, key=OFFICE, day=day)], lambda key: key))
    assert [link.root for link in found] == ([expected] if expected else [])
