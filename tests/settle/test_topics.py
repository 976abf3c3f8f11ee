"""Names of a text that may be meant by a role, a short name or a verb: where they end, and who is named in full."""

from __future__ import annotations

import pytest
from reading_cases import context_of

from musnad.settle.heads import style_of
from musnad.settle.topics import Topic, in_full, topics


def spelt(text: str) -> list[tuple[str, str | None]]:
    ctx = context_of(text)
    return [(ctx.text(*t.range), ctx.text(*t.name) if t.name else None) for t in topics(ctx)]


def named(first: int, end: int, words: str, name: tuple[int, int] | None) -> Topic:
    return Topic(context_of("."), first, end, name, frozenset(words))


def case(name: str) -> str:
    from reading_cases import rows

    return next(r["text"] for r in rows("settle_speakers") if r["about"] == name)


def test_a_title_reaches_its_name_over_its_further_words() -> None:
    ctx = context_of(case("a general word for him"))
    first = topics(ctx)[0]
    assert first.name is not None and first.name[0] > first.first + 3
    assert first.name[1] == first.end
    assert len(first.words) >= 5


def test_the_nearest_before_is_meant_and_only_then_one_after() -> None:
    near, far = named(10, 14, "abcd", (12, 14)), named(2, 5, "abc", (3, 5))
    later = named(40, 44, "abx", (42, 44))
    names = (far, near, later)
    assert in_full(frozenset("ab"), 20, names, longer_than=0) is near
    assert in_full(frozenset("ab"), 7, names, longer_than=0) is far
    assert in_full(frozenset("ab"), 1, (near, later), longer_than=0) is near
    assert in_full(frozenset("x"), 1, names, longer_than=0) is later


@pytest.mark.parametrize("words", ["", "abcd", "z"])
def test_who_is_not_named_in_full_stays_unknown(words: str) -> None:
    names = (named(2, 6, "abcd", (3, 5)), named(8, 9, "zq", None))
    assert (in_full(frozenset(words), 20, names, longer_than=2)) is None


def test_a_family_name_alone_counts_where_the_text_gives_it_in_full() -> None:
    from reading_cases import rows

    text = next(r["text"] for r in rows("settle_entities") if r["about"].startswith("a foreign family name"))
    found = spelt(text)
    assert len(found) >= 2
    assert found[0][1] is not None
    alone = found[0][1].split()[-1]
    assert alone in [name for name, _ in found[1:]]
    assert alone not in [name for name, _ in spelt(text.split(".")[1])]


def test_styles_are_told_from_other_titles_with_a_pronoun() -> None:
    ctx = context_of(case("a style with a pronoun"))
    tagged = [(ctx.text(i, i + 1), style_of(t)) for i, t in enumerate(ctx.tags) if t is not None]
    assert [bool(style) for word, style in tagged if word.startswith(chr(0x645) + chr(0x639) + chr(0x627))] == [
        False,
        True,
    ]
    assert sum(bool(style) for _, style in tagged) == 1
