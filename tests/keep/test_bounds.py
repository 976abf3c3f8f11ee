"""What holds for the interval of any saying."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.keep.independence import independence
from musnad.keep.records import CopyGroup, CopyMember, Saying, Source, Version

RELAYS = st.sampled_from(("AFP", "Reuters", "Kyodo", "Coast Herald", None))
MEDIA = st.sampled_from(("document", "post", "audio", "video", "press conference", "speech", None))
OUTLETS = st.sampled_from(("CNN Arabic", "BBC Arabic", "Al Hadath", "Al Arabiya", "Harbour News", None))


@st.composite
def chains(draw: st.DrawFn) -> tuple[str | None, tuple[Source, ...]]:
    """An outlet, and a chain from it to the speaker."""
    outlet, relay, medium = draw(OUTLETS), draw(RELAYS), draw(MEDIA)
    links = [Source(role="outlet", name=outlet, kind=draw(st.sampled_from(("told", None))))]
    if relay is not None:
        general = draw(st.booleans())
        links.append(Source(role="relay", name=relay, unnamed=general, kind="press" if general else None))
    if medium is not None:
        links.append(Source(role="medium", name=medium, kind=medium))
    return outlet, (*links, Source(role="speaker", name="Mayor"))


def saying(given_chains: list[tuple[str | None, tuple[Source, ...]]]) -> Saying:
    versions = tuple(
        Version(statement=f"a{n}#s1", article=f"a{n}", outlet=outlet, chain=chain)
        for n, (outlet, chain) in enumerate(given_chains)
    )
    return Saying(id="s", voice=None, name=None, versions=versions)


@given(st.lists(chains(), min_size=1, max_size=7), st.randoms(use_true_random=False))
def test_bounds_hold_in_any_order(found: list[tuple[str | None, tuple[Source, ...]]], random: object) -> None:
    one = saying(found)
    got = independence(one)
    assert 0 <= got.at_least <= got.at_most <= len(found)
    shuffled = list(one.versions)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = independence(replace(one, versions=tuple(shuffled)))
    assert (again.at_least, again.at_most) == (got.at_least, got.at_most)


@given(st.lists(chains(), min_size=1, max_size=7))
def test_every_lineage_stands_in_one_origin_or_is_unnamed(found: list[tuple[str | None, tuple[Source, ...]]]) -> None:
    got = independence(saying(found))
    inside = [statement for origin in got.origins for statement in origin.versions]
    assert len(inside) == len(set(inside)) <= len(found)
    assert len(got.origins) == got.at_most or (not got.origins and (got.at_least, got.at_most) == (0, 1))
    assert got.origins or got.unnamed


@given(st.lists(chains(), min_size=2, max_size=6))
def test_one_text_is_at_most_one_origin(found: list[tuple[str | None, tuple[Source, ...]]]) -> None:
    one = saying(found)
    members = tuple(CopyMember(article=v.article, relation="verbatim") for v in one.versions)
    assert independence(one, copies=[CopyGroup(id="g", members=members)]).at_most == 1


def test_no_versions_no_origins() -> None:
    got = independence(saying([]))
    assert (got.at_least, got.at_most, got.origins) == (0, 0, ())


@pytest.mark.parametrize("relation", ["partial", "contains"])
def test_a_part_of_a_text_connects_two_agencies(relation: str) -> None:
    speaker = Source(role="speaker", name="Mayor")
    one = saying([("X", (Source(role="relay", name=name), speaker)) for name in ("AFP", "Reuters")])
    assert independence(one).at_least == 2
    members = (CopyMember(article="a0", relation="verbatim"), CopyMember(article="a1", relation=relation))
    got = independence(one, copies=[CopyGroup(id="g", members=members)])
    assert (got.at_least, got.at_most) == (1, 2)
