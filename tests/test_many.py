"""Many articles read side by side: each has the reading that it has alone, and none costs another."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mixtures import SENTENCES, small, texts
from reading_cases import FOLDER

import musnad
from musnad import many
from musnad.errors import EmptyInput, InputError, MissingExtra, MusnadError, UnsupportedLanguage, UsageError
from musnad.types import Article

with (FOLDER / "pipeline_articles.jsonl").open(encoding="utf-8") as lines:
    ROWS = [json.loads(line) for line in lines]
ARTICLES = [Article(text=row["text"], id=row["id"], published="2016-11-03", outlet="Sample Daily") for row in ROWS]
FOREIGN = "The minister said that the dam was safe, and that engineers would inspect it on Tuesday."


def alone(article: str | Article) -> object:
    """What reading one article gives: its reading as data, or the kind of its error."""
    try:
        found = musnad.read(article) if isinstance(article, str) else many.read_together([article])[0]
        return found.to_dict()
    except InputError as error:
        return type(error), error.message


def together(articles: list[str | Article | MusnadError]) -> list[object]:
    found = musnad.read_many(articles)
    return [(type(r), r.message) if isinstance(r, MusnadError) else r.to_dict() for r in found]


def test_whole_articles() -> None:
    """More than one bundle, with their dates and outlets, and the evidence of every value."""
    articles = [*ARTICLES, *(a.text for a in ARTICLES)] * 3
    found = together([*articles])
    assert len(found) == len(articles) > many.MOST
    assert found == [alone(a) for a in articles]
    assert found[0] != found[1]


@small
@given(st.lists(texts | st.sampled_from([*SENTENCES, "", " \n", FOREIGN]), max_size=11))
def test_any_texts(given: list[str]) -> None:
    assert together([*given]) == [alone(text) for text in given]


def test_what_cannot_be_read_is_named_in_its_place() -> None:
    gone = EmptyInput("gone", value="x.jsonl:7")
    good = SENTENCES[0]
    items = [good, FOREIGN, Article(text="", id="a", source="y.txt"), gone, good]
    first, foreign, empty, passed, last = musnad.read_many(items)
    assert isinstance(first, musnad.Reading) and first == last and first.statements
    assert isinstance(foreign, UnsupportedLanguage) and foreign.value == FOREIGN[:60]
    assert isinstance(empty, EmptyInput) and empty.value == "y.txt"
    assert passed is gone


def test_a_mistake_costs_its_own_article_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    read = many.read_together

    def fails(articles: list[Article], *, authority: tuple[str, ...]) -> list[musnad.Reading]:
        if any(a.id == "b" for a in articles):
            raise KeyError("lost")
        return read(articles, authority=authority)

    monkeypatch.setattr(many, "read_together", fails)
    found = [*musnad.read_many(Article(text=SENTENCES[0], id=i) for i in "abc")]
    assert [r.code if isinstance(r, MusnadError) else r.id for r in found] == ["a", "internal-error", "c"]


def test_other_things_are_refused() -> None:
    for item in (b"bytes", None, Article(text=b"bytes")):  # type: ignore[arg-type]
        with pytest.raises(UsageError):
            next(musnad.read_many([item]))  # type: ignore[list-item]
    with pytest.raises(UsageError):
        musnad.read_many([], authority="no/such/file.tsv")


def test_bundles_are_small() -> None:
    long, short = Article(text="x" * many.MOST_CHARS), Article(text="x" * (many.MOST_CHARS // 4))
    tiny = Article(text="x")
    sizes = [len(b) for b in many.bundles([tiny, long, tiny, *[short] * 6, *[tiny] * 20])]
    assert sizes[:3] == [1, 1, 4] and max(sizes) == many.MOST and sum(sizes) == 29
    items = [tiny, EmptyInput("gone"), long, tiny] * 9
    assert [item for bundle in many.bundles(items) for item in bundle] == items


def test_what_stands_before_a_failing_source_is_read() -> None:
    def source() -> Iterator[Article]:
        yield Article(text=SENTENCES[0], id="a")
        raise MissingExtra("no reader of pages")

    found = many.read_all(source())
    first = next(found)
    assert isinstance(first, musnad.Reading) and first.id == "a"
    with pytest.raises(MissingExtra):
        next(found)


def test_nothing_is_taken_before_it_is_asked_for() -> None:
    taken: list[str] = []
    found = musnad.read_many(taken.append(text) or text for text in SENTENCES[:20])  # type: ignore[func-returns-value]
    assert taken == []
    next(found)
    assert 0 < len(taken) <= many.MOST
