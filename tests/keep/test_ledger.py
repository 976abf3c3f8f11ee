"""The ledger on both databases: nothing twice, nothing lost, and the same again after a dump."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import stories

from musnad.errors import BadDump, BinaryInput, UsageError
from musnad.keep.search import Wanted
from musnad.keep.versions import versions_of
from musnad.ledger import Ledger
from musnad.pipeline import read_article
from musnad.show.formats import dumps
from musnad.types import Article

Place = Callable[[], str]
Archive = Callable[[int], Path]


def story(number: int, **changed: str) -> Article:
    given = stories("keep_stories")[number]
    article = Article(text=given["text"], id=given["id"], outlet=given["outlet"], published=given["published"])
    return replace(article, **changed)  # type: ignore[arg-type]


def lines(ledger: Ledger) -> list[str]:
    return [dumps(record) for record in ledger.dump()]


def test_what_is_added_is_kept_as_it_was_read(place: Place) -> None:
    articles = [story(n) for n in range(4)]
    with Ledger(place(), create=True) as ledger:
        assert ledger.add(articles=articles, jobs=1).new == 4
        kept = list(ledger.readings())
        assert [json.loads(dumps(read_article(a).to_dict())) for a in articles] == kept
        assert list(ledger.versions()) == [v for reading in kept for v in versions_of(reading)]
        assert [t.text for t in ledger.texts()] == [a.text for a in articles]
        assert ledger.verify() == []


def test_the_same_articles_twice_are_one(place: Place, archive: Archive) -> None:
    path = archive(30)
    with Ledger(place(), create=True) as ledger:
        first = ledger.add([path], jobs=1)
        before = lines(ledger)
        again = ledger.add([path, path], jobs=1)
        assert (first.new, again.new, again.known) == (30, 0, 60)
        assert lines(ledger) == before
        twice = ledger.add(articles=[story(0), story(0)], jobs=1)
        assert (twice.new, twice.known) == (1, 1)


def test_several_processes_keep_what_one_keeps(tmp_path: Path, archive: Archive) -> None:
    path = archive(50)
    with Ledger(str(tmp_path / "one.db"), create=True) as one, Ledger(str(tmp_path / "two.db"), create=True) as two:
        assert one.add([path], jobs=1).new == two.add([path], jobs=2).new == 50
        assert list(one.readings()) == list(two.readings())


def test_other_words_under_one_url_are_a_new_edition(place: Place) -> None:
    first = story(0, url="https://example.org/1")
    changed = replace(first, text=first.text + first.text[:60], id="another-id")
    with Ledger(place(), create=True) as ledger:
        done = ledger.add(articles=[first, changed], jobs=1)
        assert (done.new, done.editions) == (1, 1)
        found = ledger.article("another-id")
        assert found["id"] == first.id
        assert [e["text"] for e in found["editions"]] == [first.text, changed.text]
        assert [r["current"] for e in found["editions"] for r in e["readings"]] == [False, True]
        assert [reading["text"] for reading in ledger.readings()] == [changed.text]
        assert ledger.add(articles=[first, changed], jobs=1).known == 2
        assert ledger.verify() == []


def test_two_articles_with_one_id_are_two(place: Place) -> None:
    with Ledger(place(), create=True) as ledger:
        done = ledger.add(articles=[story(0, id="1"), story(1, id="1"), story(2, id="1")], jobs=1)
        assert (done.new, done.editions) == (3, 0)
        assert len({reading["id"] for reading in ledger.readings()}) == 3
        assert ledger.add(articles=[story(1, id="1")], jobs=1).known == 1


def test_one_text_of_several_outlets_is_as_many_articles(place: Place) -> None:
    given = [story(0), story(0, outlet="Q"), story(0, outlet="R")]
    with Ledger(place(), create=True) as ledger:
        assert ledger.add(articles=given, jobs=1).new == 3
        assert ledger.add(articles=given, jobs=1).known == 3
        assert len({reading["id"] for reading in ledger.readings()}) == 3
        assert ledger.verify() == []


def test_articles_of_one_batch_know_each_other(place: Place) -> None:
    first = story(0, url="https://example.org/1")
    edited = replace(first, text=first.text + first.text[:60], id="b")
    given = [first, edited, replace(edited, url=None), replace(first, id="c"), story(1, id="c"), story(1, id="c")]
    with Ledger(place(), create=True) as ledger:
        done = ledger.add(articles=given, jobs=1)
        assert (done.new, done.editions, done.known) == (2, 1, 3)
        assert [len(ledger.article(key)["editions"]) for key in (first.id, "b", "c")] == [2, 2, 1]
        for one in given[:3]:
            assert ledger.add(articles=[one], jobs=1).known == 1
        assert ledger.verify() == []


def test_what_cannot_be_read_is_kept_with_its_reason(place: Place) -> None:
    error = BinaryInput("the input is no text", value="x.bin", remedy="give text")
    with Ledger(place(), create=True) as ledger:
        done = ledger.add(articles=[error, story(0), Article(text="plain English words", id="e")], jobs=1)
        assert (done.new, done.failed) == (1, 2)
        ledger.add(articles=[error], jobs=1)
        found = [(row["code"], row["source"]) for row in ledger.failed()]
        assert found == [("binary-input", "x.bin"), ("unsupported-language", "e")]


def test_a_dump_loaded_and_dumped_again_is_the_same(place: Place, tmp_path: Path) -> None:
    page = story(1, url="https://example.org/2")
    edited = replace(page, text=page.text + page.text[:80], raw=b"<html>\x00")
    with Ledger(place(), create=True) as ledger, Ledger(str(tmp_path / "other.db"), create=True) as other:
        ledger.add(articles=[page, edited, story(0), BinaryInput("none", value="x")], jobs=1)
        written = lines(ledger)
        other.load(written)
        assert lines(other) == written
        assert list(other.versions()) == list(ledger.versions())
        assert len(other.find("")) == len(ledger.find("")) > 3
        with pytest.raises(BadDump, match="not empty"):
            other.load(written)


@pytest.mark.parametrize("damage", ["", "[1]", '{"kind": "something"}', '{"kind": "musnad-ledger", "form": 99}'])
def test_what_is_no_dump_changes_nothing(place: Place, damage: str) -> None:
    with Ledger(place(), create=True) as ledger:
        with pytest.raises(BadDump):
            ledger.load([damage] if damage else [])
        good = lines(ledger)
        with pytest.raises(BadDump):
            ledger.load([*good, '{"kind": "article", "id": "a", "url": null, "also": []}', "{"])
        assert ledger.stats()["articles"] == 0


def test_rereading_replaces_no_reading(place: Place) -> None:
    with Ledger(place(), create=True) as ledger:
        ledger.add(articles=[story(0), story(1)], jobs=1)
        assert ledger.reread(jobs=1).reread == 0
        with ledger.store.writing() as connection:
            connection.exec_driver_sql("UPDATE reading SET reader = 'musnad 0.0.1'")
        assert ledger.reread(jobs=1).reread == 2
        assert ledger.reread(jobs=1).reread == 0
        (edition,) = ledger.article(story(0).id)["editions"]
        assert [(r["reader"], r["current"]) for r in edition["readings"]] == [
            ("musnad 0.0.1", False),
            ("musnad 0.1.0", True),
        ]
        assert ledger.verify() == []
        assert len({row["id"] for row in ledger.find("", Wanted(limit=0))}) == len(ledger.find("", Wanted(limit=0)))


@pytest.mark.parametrize("case", stories("keep_searches"), ids=lambda c: str(c["id"]))
def test_search_words(place: Place, case: dict[str, str]) -> None:
    with Ledger(place(), create=True) as ledger:
        ledger.add(articles=[story(n) for n in range(4)], jobs=1)
        assert bool(ledger.find(case["words"])) is case["found"]


def test_filters_narrow_and_unknown_ones_are_refused(place: Place) -> None:
    with Ledger(place(), create=True) as ledger:
        ledger.add(articles=[story(n, published=f"2026-03-1{n}") for n in range(4)], jobs=1)
        everything = ledger.find("", Wanted(limit=0))
        for wanted, holds in (
            (Wanted(act="deny"), lambda s: s["act"] == "deny"),
            (Wanted(form="direct"), lambda s: s["form"] == "direct"),
            (Wanted(anonymous=True), lambda s: s["anonymous"]),
            (Wanted(since="2026-03-12"), lambda s: s["published"] >= "2026-03-12"),
            (Wanted(until="2026-03-11"), lambda s: s["published"] <= "2026-03-11"),
            (Wanted(outlet=story(0).outlet), lambda s: s["outlet"] == story(0).outlet),
            (
                Wanted(relay="agency/reuters"),
                lambda s: any(c["role"] == "relay" for c in s["chain"]) and s["anonymous"],
            ),
        ):
            found = ledger.find("", wanted)
            assert found and found == [s for s in everything if holds(s)], wanted
        name = next(s["voice"]["name"] for s in everything if s["act"] == "deny")
        spoken = ledger.voice(name)
        assert {s["voice"]["name"] for s in spoken} == {name}
        assert ledger.voices(name)[0]["statements"] == len(spoken)
        assert ledger.trace(spoken[0]["id"]) == spoken[0]
        for bad in (Wanted(act="sing"), Wanted(voice="nobody at all")):
            with pytest.raises(UsageError):
                ledger.find("", bad)
