"""Silent edits: other words or another headline under the same address are kept beside what was there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from conftest import stories

from musnad.ledger import Ledger
from musnad.types import Article

Place = Callable[[], str]
FIRST, SECOND, RETITLED = stories("keep_edits")[:3]


def article(story: dict[str, str] = FIRST, **changed: str | bytes | None) -> Article:
    given = Article(text=story["text"], id="1", title=story["title"], outlet="Q", url="https://example.org/1")
    return replace(given, **changed)  # type: ignore[arg-type]


def test_what_was_changed_is_told(place: Place) -> None:
    with Ledger(place(), create=True) as ledger:
        assert list(ledger.edits()) == []
        done = ledger.add(articles=[article(), article(SECOND)], jobs=1)
        assert (done.new, done.editions) == (1, 1)
        (edited,) = ledger.edits()
        (change,) = edited["changes"]
        assert (edited["id"], edited["title"], change["number"]) == ("1", SECOND["title"], 2)
        assert change["title"] == {"was": FIRST["title"], "is": SECOND["title"]}
        assert change["words"] == {"cut": 1, "added": 2}
        cut, added = change["statements"]["cut"], change["statements"]["added"]
        assert [len(cut), len(added)] == [1, 1]
        assert SECOND["word"] in added[0] and SECOND["word"] not in cut[0]
        assert [v.article for v in ledger.versions()] == ["1", "1"]


def test_another_headline_alone_is_an_edition(place: Place) -> None:
    with Ledger(place(), create=True) as ledger:
        given = [article(), article(RETITLED)]
        assert ledger.add(articles=given, jobs=1).editions == 1
        assert [e["title"] for e in ledger.article("1")["editions"]] == [a.title for a in given]
        again = ledger.add(articles=[*given, article(title=None)], jobs=1)
        assert (again.new, again.editions, again.known) == (0, 0, 3)
        with ledger.store.writing() as connection:
            connection.exec_driver_sql("UPDATE reading SET reader = 'musnad 0.0.1'")
        assert ledger.reread(jobs=1).reread == 1
        current = [r["current"] for e in ledger.article("1")["editions"] for r in e["readings"]]
        assert current == [False, False, True]
        assert ledger.verify() == []


def test_the_input_of_each_edition_is_kept(place: Place) -> None:
    story = stories("keep_stories")[0]["text"]
    first = article(text=story, raw=b"<p>1</p>" + story.encode())
    second = article(text=story + story[:80], raw=b"<p>2</p>" + story.encode())
    with Ledger(place(), create=True) as ledger:
        ledger.add(articles=[first, second], jobs=1)
        assert [ledger.input("1", edition=n) for n in (1, 2)] == [first.raw, second.raw]
        assert ledger.input("1") == second.raw
