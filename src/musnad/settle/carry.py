"""Who speaks where no mention stands: the speaker carried over by a bare verb, a participle or a pronoun.

Every earlier speaker of the article is a candidate, the latest first, and so is *nobody* (agentless passives).
Features are those of classic pronoun resolution (Lappin & Leass 1994): recency, the same clause and paragraph,
nesting, and agreement in gender and number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from musnad.find.contents import bucket
from musnad.find.context import Context
from musnad.find.mentions import Frame

MOST = 8


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier statement whose speaker may be meant again.

    Attributes:
        frame: its frame.
        who: number of its speaker's entity.
        mention: tokens of the mention, None where it was carried over itself.
        gender, number: of the mention, as far as its head shows them.
        outer: whether the statement in question lies inside its content.
        nested: whether it lies inside another statement.
    """

    frame: Frame
    who: int
    mention: tuple[int, int] | None
    gender: str
    number: str
    outer: bool
    nested: bool


def none_features(ctx: Context, frame: Frame) -> list[str]:
    """Features of *nobody is named*."""
    cue = frame.site.cue
    return ["N", f"Nl{cue.lemma}", f"Nk{cue.kind}{cue.voice}", f"Nf{ctx.form(frame.site.token)}", f"Nt{cue.tense}{cue.kind}"]


def turn_features(ctx: Context, frame: Frame, turn: Turn, rank: int, statements: int) -> list[str]:
    """Features of meaning the speaker of ``turn``.

    Args:
        rank: how many other speakers were heard since.
        statements: how many statements lie between.
    """
    site, cue = frame.site, frame.site.cue
    other = turn.frame
    paragraphs = ctx.words.paragraphs
    t = ctx.tags[site.token]
    conj = t.conjunction if t else ""
    same_unit = ctx.units[site.token] == ctx.units[other.site.token]
    gap = paragraphs[site.token] - paragraphs[other.site.token]
    gender = f"{cue.gender}{turn.gender}" if cue.kind in "va" else "-"
    number = f"{cue.number}{turn.number}" if cue.kind in "va" else "-"
    inside = "o" if turn.outer else "n" if turn.nested else "-"
    start = site.token - ctx.units[site.token][0] < 2
    back = other.site.token > site.token
    return [
        f"r{min(rank, 5)}",
        f"r{min(rank, 5)}{inside}",
        f"r{min(rank, 5)}{cue.kind}{conj}",
        f"r{min(rank, 5)}{start}{conj}",
        f"r{min(rank, 5)}u{same_unit}{cue.kind}",
        f"s{min(statements, 6)}{inside}",
        f"i{inside}",
        f"i{inside}{cue.kind}",
        f"i{inside}{cue.kind}{start}",
        f"i{inside}{cue.tense}{cue.person}",
        f"g{gender}",
        f"g{gender}r{min(rank, 3)}",
        f"m{number}",
        f"m{number}r{min(rank, 3)}",
        f"u{same_unit}{inside}",
        f"p{min(gap, 3)}{min(rank, 3)}",
        f"c{other.site.cue.kind}{cue.kind}{same_unit}",
        f"d{other.side}{frame.side}{same_unit}",
        f"l{cue.lemma}r{min(rank, 2)}",
        f"n{turn.mention is None}r{min(rank, 2)}",
        f"b{back}{same_unit}",
        f"q{ctx.inside[site.token] >= 0}{inside}",
        f"z{bucket(abs(site.token - other.site.token))}",
    ]


def table(ctx: Context, frame: Frame, turns: Sequence[Turn]) -> tuple[tuple[Turn, ...], list[list[str]]]:
    """The candidates (one turn per speaker, the latest first) and their features; *nobody* stands first.

    Args:
        turns: earlier statements in reading order, and outer ones.
    """
    found: list[Turn] = []
    features = [none_features(ctx, frame)]
    seen: set[int] = set()
    for back, turn in enumerate(reversed(turns)):
        if turn.who in seen:
            continue
        features.append(turn_features(ctx, frame, turn, len(seen), back))
        seen.add(turn.who)
        found.append(turn)
        if len(found) >= MOST:
            break
    return tuple(found), features


def seen_from(turn: Turn, frame: Frame) -> Turn:
    """``turn`` as ``frame`` sees it: with ``outer`` set where the frame lies inside its content."""
    outer = turn.frame is not frame and any(a <= frame.site.token < b for a, b in turn.frame.spans)
    return replace(turn, outer=outer) if outer != turn.outer else turn
