"""Copies: families of articles, and what must hold for any texts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musnad.keep.copies import Copies, copies
from musnad.keep.records import CopyGroup, Text
from musnad.keep.sketches import FREQUENT, OWN
from musnad.read.moments import publication_moment

LINES = [
    json.loads(line) for line in (Path(__file__).parents[1] / "cases" / "keep_copies.jsonl").open(encoding="utf-8")
]
PARTS: dict[str, str] = LINES[0]["parts"]
FAMILIES: list[dict[str, Any]] = LINES[1:]


def texts_of(family: dict[str, Any]) -> list[Text]:
    return [
        Text(
            article=one["id"],
            outlet=one["outlet"],
            published=one["published"],
            moment=publication_moment(one["published"] or ""),
            text="\n".join(PARTS[part] for part in one["parts"]),
        )
        for one in family["articles"]
    ]


def plain(groups: Iterable[CopyGroup]) -> set[frozenset[tuple[str, str, bool]]]:
    return {frozenset((m.article, m.relation, m.origin) for m in group.members) for group in groups}


def words(name: str, count: int) -> str:
    return " ".join(f"{name}{i}" for i in range(count))


@pytest.mark.parametrize("family", FAMILIES, ids=lambda f: f["name"])
def test_families(family: dict[str, Any]) -> None:
    groups = copies(texts_of(family))
    expected = {
        frozenset((article, relation, article == group["origin"]) for article, relation in group["members"].items())
        for group in family["groups"]
    }
    assert plain(groups) == expected
    for group, wanted in zip(groups, family["groups"], strict=True):
        if "reasons" in wanted:
            assert [reason.split(":")[0] for reason in group.reasons] == wanted["reasons"]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda f: f["name"])
def test_one_by_one_gives_the_same(family: dict[str, Any]) -> None:
    texts = texts_of(family)
    found = Copies()
    seen: dict[str, CopyGroup] = {}
    for text in texts:
        for group in found.add([text]):
            seen[group.id] = group
        for key in found.gone:
            del seen[key]
    assert found.groups == copies(texts)
    assert {g.id: g for g in found.groups} == seen


def test_texts_may_be_fetched() -> None:
    texts = texts_of(FAMILIES[0])
    store = {text.article: text for text in texts}
    found = Copies(fetch=store.__getitem__)
    found.add(texts[:2])
    found.add(texts[2:])
    assert found.groups == copies(texts)


def test_an_article_counts_once() -> None:
    texts = texts_of(FAMILIES[0])
    found = Copies()
    found.add(texts)
    assert found.add(texts) == ()
    assert found.gone == ()
    assert len(found) == len(texts)


def test_formulas_of_many_texts_are_no_evidence() -> None:
    formula = words("rule", 120)
    texts = [Text(article=f"{k}", text=f"{words(f'own{k}x', 80)} {formula}") for k in range(FREQUENT + 40)]
    late = Copies()
    late.add(texts[: FREQUENT + 20])
    assert [
        g for g in late.add(texts[FREQUENT + 20 :]) if any(int(m.article) >= FREQUENT + 20 for m in g.members)
    ] == []


def test_what_an_outlet_puts_under_its_articles_is_no_evidence() -> None:
    links = words("link", 90)
    texts = [Text(article=f"{k}", outlet="Al-Nahr", text=f"{words(f'own{k}x', 80)} {links}") for k in range(OWN + 4)]
    assert copies(texts) == ()
    apart = [replace(text, outlet=f"outlet {text.article}") for text in texts]
    assert len(copies(apart)) == 1  # the same words in as many outlets are a text that they share


def test_a_text_that_very_many_have_is_still_one_text() -> None:
    texts = [Text(article=f"{k}", text=words("same", 100)) for k in range(2 * FREQUENT)]
    (group,) = copies(texts)
    assert len(group.members) == 2 * FREQUENT
    assert {m.relation for m in group.members} == {"verbatim"}


def test_short_texts_do_not_draw_long_ones_apart() -> None:
    story = words("story", 300)
    texts = [
        Text(article="flash", text=words("story", 40)),
        Text(article="other", text=f"{words('story', 40)} {words('other', 200)}"),
        Text(article="a", text=story),
        Text(article="b", text=f"{words('new', 30)} {story[len(words('story', 30)) :]}"),
    ]
    (group,) = [g for g in copies(texts) if any(m.article == "a" for m in g.members)]
    assert {"a", "b"} <= {m.article for m in group.members}
    assert "other" not in {m.article for m in group.members}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=40), max_size=8), st.integers(1, 4))
def test_groups_hold_known_articles_once_and_one_origin(pieces: list[list[str]], size: int) -> None:
    texts = [Text(article=f"{k}", text=" ".join(p * size)) for k, p in enumerate(pieces)]
    known = {text.article for text in texts}
    seen: list[str] = []
    for group in copies(texts):
        articles = [m.article for m in group.members]
        assert len(set(articles)) == len(articles) >= 2
        assert set(articles) <= known
        assert group.id in articles
        assert sum(m.origin for m in group.members) == 1
        assert {m.relation for m in group.members} <= {"verbatim", "edited", "partial", "contains"}
        seen += [m.article for m in group.members if m.relation != "contains"]
    assert len(seen) == len(set(seen))
