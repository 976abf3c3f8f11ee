"""What people decide counts at once, outlasts new readings and dumps, and can be taken back: on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from musnad.errors import UsageError
from musnad.keep.decisions import Decision, Ruling, holding, regrouped
from musnad.keep.pack import pack
from musnad.keep.search import Wanted
from musnad.ledger import Ledger
from musnad.pipeline import read_article
from musnad.show.formats import dumps
from musnad.types import Article

Place = Callable[[], str]
CASES = Path(__file__).parents[1] / "cases"
CASE: dict[str, Any] = json.loads((CASES / "keep_decide.json").read_text(encoding="utf-8"))
ARTICLES = [Article(**given) for given in CASE["articles"]]
FIRST, SECOND = CASE["first"], CASE["second"]


@pytest.fixture
def ledger(place: Place) -> Iterator[Ledger]:
    with Ledger(place(), create=True) as made:
        made.add(articles=ARTICLES, jobs=1)
        yield made


def ids(found: list[dict[str, Any]]) -> list[str]:
    return sorted(s["id"] for s in found)


def spoken(ledger: Ledger, name: str) -> list[str]:
    try:
        return ids(ledger.voice(name))
    except UsageError:
        return []


def together(ledger: Ledger, one: str, other: str) -> bool:
    """Whether two statements are of one saying, by every verb that says so."""
    by_versions = other in {v["statement"] for v in ledger.versions_of(one)["versions"]}
    home = {v["statement"]: s["id"] for s in ledger.sayings() for v in s["versions"]}
    assert (home[one] == home[other]) is by_versions
    return by_versions


def test_a_corrected_statement_counts_as_corrected_everywhere(ledger: Ledger) -> None:
    values = {"speaker": CASE["engineer"], "act": "deny", "status": "denied", "said": "2026-05-30"}
    made = ledger.decide("correct", [FIRST], values=values, by="Maryam", note="heard it")
    assert (made["id"], made["by"], made["note"], made["targets"], made["applies"]) == (
        1, "Maryam", "heard it", [FIRST], True,
    )  # fmt: skip
    shown = ledger.trace(FIRST)
    assert (shown["voice"]["name"], shown["act"], shown["status"]) == (CASE["engineer"], "deny", "denied")
    assert shown["decided"] == [{"id": 1, "verb": "correct", "by": "Maryam", "made": made["made"]}]
    assert shown["chain"][-1]["name"] == CASE["engineer"] and shown["chain"][-1]["role"] == "speaker"
    assert spoken(ledger, CASE["engineer"]) == [FIRST, "k1#s2"]
    assert spoken(ledger, CASE["minister"]) == [SECOND]
    assert ids(ledger.find("", Wanted(act="deny"))) == ids(ledger.find("", Wanted(status="denied"))) == [FIRST]
    assert ledger.timeline("", Wanted(voice=CASE["engineer"]))[0]["said"] == "2026-05-30"
    changes = {d["class"] for v in ledger.versions_of(SECOND)["versions"] for d in v["differences"]}
    assert "speaker" in changes
    assert {"speaker"} <= {c for s in ledger.sayings() for d in s["differences"] for c in d["classes"]}
    names = {v["statement"]: v["chain"][-1]["name"] for v in ledger.sources(SECOND)["versions"]}
    assert names[FIRST] == CASE["engineer"]
    assert CASE["engineer"] in {s["voice"]["name"] for s in ledger.check(CASE["dam"])["sayings"]} | set(names.values())


def test_a_speaker_may_be_new_or_nobody(ledger: Ledger) -> None:
    ledger.decide("correct", [FIRST], values={"speaker": CASE["stranger"]}, by="x")
    assert spoken(ledger, CASE["stranger"]) == [FIRST]
    ledger.decide("correct", [FIRST], values={"speaker": "none", "anonymous": "yes"}, by="x")
    assert spoken(ledger, CASE["stranger"]) == []
    assert ids(ledger.find("", Wanted(anonymous=True))) == [FIRST]
    assert ledger.trace(FIRST)["voice"] == {"id": None, "name": None, "key": None}


def test_what_is_no_statement_is_found_nowhere(ledger: Ledger) -> None:
    before = ledger.stats()["current_statements"]
    ledger.decide("correct", [FIRST], values={"statement": "no"}, by="x")
    assert FIRST not in ids(ledger.find("", Wanted(limit=0)))
    assert FIRST not in {v["statement"] for s in ledger.sayings() for v in s["versions"]}
    assert [v["statement"] for s in ledger.check(CASE["dam"])["sayings"] for v in s["versions"]] == [SECOND]
    assert ledger.stats()["current_statements"] == before - 1
    with pytest.raises(UsageError):
        ledger.trace(FIRST)
    ledger.undo(1, by="y")
    assert ledger.trace(FIRST)["decided"] == [] and together(ledger, FIRST, SECOND)


def test_undo_is_a_decision_that_can_be_undone(ledger: Ledger) -> None:
    ledger.decide("correct", [FIRST], values={"act": "deny"}, by="x")
    assert ledger.undo(1, by="y")["targets"] == ["1"]
    assert ledger.trace(FIRST)["act"] == "say"
    ledger.undo(2, by="z", note="it was right")
    assert ledger.trace(FIRST)["act"] == "deny"
    told = [(d["id"], d["verb"], d["by"], d["undone_by"], d["applies"]) for d in ledger.decisions()]
    assert told == [(1, "correct", "x", None, True), (2, "undo", "y", 3, False), (3, "undo", "z", None, True)]
    assert [d["id"] for d in ledger.decisions(FIRST)] == [1]
    with pytest.raises(UsageError, match="already"):
        ledger.undo(2, by="x")


def test_sayings_are_merged_and_split(ledger: Ledger) -> None:
    assert together(ledger, FIRST, SECOND) and not together(ledger, FIRST, "k3#s1")
    ledger.decide("split", [SECOND], by="x")
    assert not together(ledger, FIRST, SECOND)
    ledger.decide("merge", [FIRST, "k3#s1"], by="x")
    assert together(ledger, "k3#s1", FIRST) and not together(ledger, FIRST, SECOND)
    found = ledger.check(CASE["fields"])["sayings"][0]
    assert {v["statement"] for v in found["versions"]} == {FIRST, "k3#s1"}
    ledger.decide("merge", [SECOND, "k3#s1"], by="x")
    assert together(ledger, FIRST, SECOND) and together(ledger, SECOND, "k3#s1")
    ledger.undo(3, by="x")
    assert together(ledger, FIRST, "k3#s1") and not together(ledger, FIRST, SECOND)
    ledger.undo(1, by="x")
    assert together(ledger, FIRST, SECOND)


def test_voices_are_merged_and_split(ledger: Ledger) -> None:
    mine, other = CASE["minister"], CASE["other_spelling"]
    assert spoken(ledger, mine) == [FIRST, SECOND] and spoken(ledger, other) == ["k3#s1"]
    ledger.decide("merge", [mine, other], by="x")
    assert spoken(ledger, mine) == spoken(ledger, other) == [FIRST, SECOND, "k3#s1"]
    keys = {s["voice"]["id"] for s in ledger.voice(other)}
    assert len(keys) == 1 and {s["voice"]["key"] for s in ledger.voice(other)} > keys
    assert {s["voice"]["id"] for s in ledger.sayings() if s["id"] == "k3#s1"} == keys
    (voice,) = ledger.voices(other)
    assert voice["statements"] == 3 and {mine, other} <= set(voice["names"])
    assert [(one["rule"], one["evidence"][0]["by"]) for one in voice["merged"]] == [("decision", "x")]
    ledger.decide("merge", [mine, CASE["engineer"]], by="x")
    assert len(spoken(ledger, mine)) == 4
    ledger.decide("split", [other], by="x")
    assert spoken(ledger, other) == ["k3#s1"] and len(spoken(ledger, mine)) == 3
    ledger.undo(3, by="x")
    assert len(spoken(ledger, other)) == 4


def test_decisions_find_their_statement_in_a_new_edition(ledger: Ledger) -> None:
    ledger.decide("correct", [FIRST], values={"act": "promise", "speaker": CASE["stranger"]}, by="x")
    ledger.decide("split", [SECOND], by="x")
    ledger.add(articles=[replace(ARTICLES[0], text=CASE["before"] + ARTICLES[0].text)], jobs=1)
    assert ledger.trace("k1#s1")["act"] == "deny" and ledger.trace("k1#s2")["act"] == "promise"
    assert spoken(ledger, CASE["stranger"]) == ["k1#s2"]
    assert not together(ledger, "k1#s2", SECOND)
    assert [d["targets"] for d in ledger.decisions()] == [["k1#s2"], [SECOND]]
    assert all(d["applies"] for d in ledger.decisions())


def another_reading(act: str, *, drop: bool = False) -> Any:
    """The first article as a later reader may read it: with another act, or without the first statement."""
    reading = read_article(ARTICLES[0])
    first, *rest = reading.statements
    kept = rest if drop else [replace(first, act=act), *rest]  # type: ignore[arg-type]
    later = replace(reading, reader={"name": "musnad", "version": "99"}, statements=tuple(kept))
    return pack(ARTICLES[0], later)


def test_what_was_accepted_outlasts_a_reader_that_reads_otherwise(ledger: Ledger) -> None:
    ledger.decide("accept", [FIRST], by="x")
    assert ledger.put([another_reading("threaten")], again=True).reread == 1
    assert ledger.trace(FIRST)["act"] == "say"
    assert ids(ledger.find("", Wanted(act="threaten"))) == []
    ledger.undo(1, by="x")
    assert ledger.trace(FIRST)["act"] == "threaten"
    assert ids(ledger.find("", Wanted(act="threaten"))) == [FIRST]


def test_a_decision_on_a_statement_that_is_gone_waits(ledger: Ledger) -> None:
    ledger.decide("correct", [FIRST], values={"act": "deny"}, by="x")
    ledger.put([another_reading("say", drop=True)], again=True)
    assert [d["applies"] for d in ledger.decisions()] == [False]
    assert ids(ledger.find("", Wanted(act="deny"))) == []


def test_rereading_keeps_decisions(ledger: Ledger) -> None:
    ledger.decide("correct", [FIRST], values={"act": "deny"}, by="x")
    ledger.decide("merge", [CASE["minister"], CASE["other_spelling"]], by="x")
    with ledger.store.writing() as connection:
        connection.exec_driver_sql("UPDATE reading SET reader = 'musnad 0.0.1'")
    assert ledger.reread(jobs=1).reread == 3
    assert ids(ledger.find("", Wanted(act="deny"))) == [FIRST]
    assert spoken(ledger, CASE["minister"]) == [FIRST, SECOND, "k3#s1"]
    assert ledger.verify() == []


def test_a_dump_carries_decisions_and_they_count_where_it_is_loaded(ledger: Ledger, place: Place) -> None:
    ledger.decide("correct", [FIRST], values={"speaker": CASE["stranger"]}, by="x", note="why")
    ledger.decide("merge", [CASE["minister"], CASE["other_spelling"]], by="x")
    ledger.decide("split", [SECOND], by="x")
    ledger.undo(3, by="x")
    written = [dumps(record) for record in ledger.dump()]
    with Ledger(place(), create=True) as other:
        other.load(written)
        assert [dumps(record) for record in other.dump()] == written
        assert list(other.decisions()) == list(ledger.decisions())
        for name in (CASE["stranger"], CASE["other_spelling"]):
            assert spoken(other, name) == spoken(ledger, name) != []
        assert list(other.sayings()) == list(ledger.sayings())


@pytest.mark.parametrize(
    ("verb", "targets", "values"),
    [
        ("sing", ["k1#s1"], {}),
        ("accept", [], {}),
        ("accept", ["k1#s9"], {}),
        ("accept", ["k9#s1"], {}),
        ("accept", ["k1#s1", "k2#s1"], {}),
        ("accept", ["k1#s1"], {"act": "deny"}),
        ("accept", ["person/nobody"], {}),
        ("correct", ["k1#s1"], {}),
        ("correct", ["k1#s1"], {"act": "sing"}),
        ("correct", ["k1#s1"], {"colour": "red"}),
        ("correct", ["k1#s1"], {"anonymous": "perhaps"}),
        ("correct", ["k1#s1"], {"said": "some day"}),
        ("merge", ["k1#s1"], {}),
        ("merge", ["k1#s1", "person/nobody"], {}),
        ("split", ["k3#s2"], {}),
        ("undo", ["7"], {}),
        ("undo", ["k1#s1"], {}),
    ],
)
def test_what_cannot_be_decided_is_refused(
    ledger: Ledger, verb: str, targets: list[str], values: dict[str, str]
) -> None:
    with pytest.raises(UsageError):
        ledger.decide(verb, targets, values=values, by="x")
    with pytest.raises(UsageError):
        ledger.decide("accept", [FIRST], by=" ")
    assert list(ledger.decisions()) == []


def decided(number: int, verb: str, target: str = "") -> Decision:
    return Decision(id=number, verb=verb, target=target, value={}, by="", made="")


def test_what_holds() -> None:
    one, two, three = decided(1, "merge"), decided(2, "split"), decided(3, "undo", "1")
    assert holding([one, two]) == (one, two)
    assert holding([one, two, three]) == (two,)
    assert holding([one, two, three, decided(4, "undo", "3")]) == (one, two)
    assert holding([one, two, three, decided(4, "undo", "3"), decided(5, "undo", "4")]) == (two,)


@pytest.mark.parametrize(
    ("parts", "rulings", "groups"),
    [
        (["abc", "d"], [], ["abc", "d"]),
        (["abc", "d"], [("cd", "")], ["abcd"]),
        (["abc", "d"], [("c", "ab")], ["ab", "c", "d"]),
        (["abcd"], [("cd", "ab")], ["ab", "cd"]),
        (["abc"], [("c", "ab"), ("bc", "")], ["a", "bc"]),
        (["abc"], [("c", "ab"), ("abc", "")], ["abc"]),
        (["ab", "cd"], [("abcd", ""), ("d", "abc")], ["abc", "d"]),
        (["ab", "c"], [("bx", ""), ("xc", "")], ["ab", "c"]),
    ],
)
def test_groups_as_decided(parts: list[str], rulings: list[tuple[str, str]], groups: list[str]) -> None:
    made = regrouped(parts, [Ruling(together=tuple(t), apart=tuple(a)) for t, a in rulings])
    assert ["".join(group) for group in made] == groups
