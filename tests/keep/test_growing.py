"""Groups that grow with a ledger are those of grouping all at once, in whatever order and parcels articles come."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from conftest import stories
from sqlalchemy import func, select

from musnad.keep import tables
from musnad.keep.copies import copies
from musnad.keep.records import CopyGroup, CopyMember
from musnad.keep.sayings import sayings
from musnad.ledger import Ledger
from musnad.types import Article

Place = Callable[[], str]
Groups = tuple[set[frozenset[tuple[str, str]]], set[frozenset[str]]]


def articles() -> list[Article]:
    """Two families of copies, sayings in several wordings, and the parts of round-ups."""
    family = [Article(**case) for case in stories("keep_family")]
    parts, *cases = stories("keep_copies")
    told = [
        Article(id=f"{n}-{one['id']}", outlet=one["outlet"], published=one["published"],
                text="\n".join(parts["parts"][name] for name in one["parts"]))  # type: ignore[index]
        for n, case in enumerate(cases[:6])
        for one in case["articles"]  # type: ignore[attr-defined]
    ]  # fmt: skip
    wired = [
        Article(**{key: one[key] for key in ("id", "outlet", "published", "title", "text")})
        for case in stories("keep_families")[:6]
        for one in case["articles"]  # type: ignore[attr-defined]
    ]
    return list({one.id: one for one in (*family, *told, *wired)}.values())


def groups_of(ledger: Ledger) -> Groups:
    copied = {frozenset((a["id"], a["relation"]) for a in group["articles"]) for group in ledger.copies()}
    said = {frozenset(v["statement"] for v in saying["versions"]) for saying in ledger.sayings()}
    return copied, said


def counts(ledger: Ledger) -> list[int]:
    """How many rows there are of each table that groups are made of."""
    kept = (tables.sketch, tables.shingle, tables.near, tables.link, tables.copy, tables.saying)
    with ledger.store.reading() as connection:
        return [int(connection.execute(select(func.count()).select_from(table)).scalar_one()) for table in kept]


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger(str(tmp_path_factory.mktemp("growing") / "once.db"), create=True) as ledger:
        ledger.add(articles=articles(), jobs=1)
        yield ledger


def test_the_ledger_finds_what_memory_finds(at_once: Ledger) -> None:
    copied, said = groups_of(at_once)
    found = copies(at_once.texts())
    assert len(found) > 5
    assert copied == {frozenset((m.article, m.relation) for m in group.members) for group in found}
    with at_once.store.reading() as connection:
        a, b = tables.article.alias(), tables.article.alias()
        query = select(a.c.key, b.c.key).select_from(tables.near).join(a, tables.near.c.a == a.c.id)
        pairs = connection.execute(query.join(b, tables.near.c.b == b.c.id)).all()
    alike = [
        CopyGroup(id=str(n), members=tuple(CopyMember(article=x, relation="") for x in p)) for n, p in enumerate(pairs)
    ]
    assert said == {
        frozenset(v.statement for v in s.versions) for s in sayings(tuple(at_once.versions()), copies=alike)
    }
    assert sum(len(group) > 1 for group in said) > 5


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_and_the_parcels_do_not_matter(at_once: Ledger, place: Place, seed: int) -> None:
    drawn = random.Random(seed)
    given = articles()
    drawn.shuffle(given)
    with Ledger(place(), create=True) as ledger:
        while given:
            size = drawn.choice((1, 2, 5, 17))
            ledger.add(articles=given[:size], jobs=1)
            given = given[size:]
        assert groups_of(ledger) == groups_of(at_once)
        assert counts(ledger) == counts(at_once)


def test_what_came_without_growing_is_joined_when_asked_for(at_once: Ledger, place: Place) -> None:
    """As after a run that was killed between a batch and its groups, or a dump that was loaded."""
    with Ledger(place(), create=True) as ledger:
        ledger.load(_lines(at_once))
        assert counts(ledger) == [0] * 6
        assert groups_of(ledger) == groups_of(at_once)
        assert ledger.grow() and counts(ledger) == counts(at_once)


def _lines(ledger: Ledger) -> Iterator[str]:
    return (json.dumps(one, ensure_ascii=False) + "\n" for one in ledger.dump())


def test_a_new_edition_takes_the_place_of_the_old_one(place: Place) -> None:
    first, second, third, *_ = (Article(**case) for case in stories("keep_family"))
    before = replace(second, url="https://x/1")
    after = replace(before, text="\n".join(second.text.split("\n")[1:]) + "\n" + third.text)
    with Ledger(place(), create=True) as ledger, Ledger(place(), create=True) as fresh:
        ledger.add(articles=[first, before], jobs=1)
        assert len(groups_of(ledger)[0]) == 1
        ledger.add(articles=[after], jobs=1)
        fresh.add(articles=[first, after], jobs=1)
        assert groups_of(ledger) == groups_of(fresh)
        assert counts(ledger) == counts(fresh)


def test_what_people_decide_on_a_statement_counts_in_its_saying(place: Place) -> None:
    with Ledger(place(), create=True) as ledger:
        ledger.add(articles=[Article(**case) for case in stories("keep_family")], jobs=1)
        assert any({"h1#s1", "h2#s1"} <= group for group in groups_of(ledger)[1])
        ledger.decide("correct", ["h2#s1"], values={"statement": "no"}, by="x")
        assert not any("h2#s1" in group for group in groups_of(ledger)[1])
        ledger.undo(1, by="x")
        assert any({"h1#s1", "h2#s1"} <= group for group in groups_of(ledger)[1])


def test_a_ledger_that_may_not_be_written_is_grouped_in_memory(
    at_once: Ledger, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger(place(), create=True) as ledger:
        ledger.load(_lines(at_once))
        monkeypatch.setattr(ledger, "grow", lambda: False)
        assert groups_of(ledger)[0] == groups_of(at_once)[0]
        assert counts(ledger) == [0] * 6
