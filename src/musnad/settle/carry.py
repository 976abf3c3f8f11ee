"""Who speaks where no mention stands: the speaker carried over by a bare verb, a participle or a pronoun.

Every earlier speaker of the article is a candidate, the latest first; so are the names that stood last before the
cue (``settle.topics``), and *nobody* (agentless passives).
Features are those of classic pronoun resolution (Lappin & Leass 1994): recency, the same clause and paragraph,
nesting, and agreement in gender and number.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from musnad.find.context import Context
from musnad.find.mentions import Frame
from musnad.find.scale import bucket
from musnad.find.tags import Cue
from musnad.model.maxent import Described, Group, Values, Weights, grouped, memos, spelled
from musnad.settle.carry_groups import NOBODY, TOPIC, TURN
from musnad.settle.heads import agreement, number_and_gender
from musnad.settle.names import core, words_of
from musnad.settle.topics import Topic

MOST = 8
MOST_NAMES = 5
REACH = 80
Range = tuple[int, int]


class Turn(NamedTuple):
    """An earlier statement whose speaker may be meant again.

    Attributes:
        frame: its frame.
        who: number of its speaker's entity.
        mention: tokens of the mention, None where it was carried over itself.
        gender, number: of the mention, as far as its head shows them.
        outer: whether the statement in question lies inside its content.
        nested: whether it lies inside another statement.
        words: the content words of all mentions of its speaker so far.
        said: how many statements its speaker had made before it.
        first: whether its speaker was the first of the article.
    """

    frame: Frame
    who: int
    mention: tuple[int, int] | None
    gender: str
    number: str
    outer: bool
    nested: bool
    words: frozenset[str] = frozenset()
    said: int = 0
    first: bool = False


def turn(
    ctx: Context, frame: Frame, who: int, mention: tuple[int, int] | None, *, nested: bool, earlier: Sequence[Turn]
) -> Turn:
    """The turn of ``who`` in ``frame``, with what the ``earlier`` ones tell of him."""
    gender, number = agreement(ctx, frame, mention)
    words = words_of(ctx, *core(ctx, *mention)) if mention is not None else frozenset()
    before = next((t for t in reversed(earlier) if t.who == who), None)
    if before is None:
        return Turn(frame, who, mention, gender, number, False, nested, words, 0, not earlier)
    if gender not in _SURE and before.gender in _SURE:
        gender = before.gender
    if mention is None:
        number = before.number or number
    return Turn(frame, who, mention, gender, number, False, nested, words | before.words, before.said + 1, before.first)


_SURE = frozenset(("m", "f"))


@dataclass(slots=True)  # never changed; made in a third of the time
class _Asked:
    """What all candidates of one decision share: the statement in question and its cue.

    Attributes:
        unit: the unit of the cue; ``start`` whether the cue opens it.
        conj: the conjunction written to the cue.
        opening: its kind, its conjunction and ``start``.
        quoted: whether it stands in a quotation.
        before: the symbol before it.
    """

    frame: Frame
    cue: Cue
    token: int
    unit: Range
    start: bool
    conj: str
    opening: str
    quoted: bool
    before: str


def _asked(ctx: Context, frame: Frame) -> _Asked:
    at = frame.site.token
    t, unit, cue = ctx.tags[at], ctx.units[at], frame.site.cue
    start, conj = at - unit[0] < 2, t.conjunction if t else ""
    opening = f"{cue.kind}{conj}{start}"
    return _Asked(frame, cue, at, unit, start, conj, opening, ctx.inside[at] >= 0, ctx.symbol(at - 1))


def _nobody_values(ctx: Context, asked: _Asked) -> Described:
    """*Nobody is named*."""
    cue = asked.cue
    return ((cue.lemma, cue.kind, cue.voice, ctx.form(asked.token), cue.tense),), ()


def _turn_values(
    ctx: Context, asked: _Asked, turn: Turn, rank: int, statements: int, level: str, peers: int
) -> tuple[Values, ...]:
    """Meaning the speaker of ``turn``: the values of the first groups.

    Args:
        rank: how many other speakers were heard since.
        statements: how many statements lie between.
        level: where the statement and ``turn`` are nested (see ``_level``).
        peers: how many other speakers were heard since on the level of ``turn``.
    """
    cue, other, at, start, conj = asked.cue, turn.frame, asked.token, asked.start, asked.conj
    kind, spoke, place = cue.kind, other.site.cue, other.site.token
    same = asked.unit == ctx.units[place]
    gap = ctx.words.paragraphs[at] - ctx.words.paragraphs[place]
    agrees = (cue.gender, turn.gender, cue.number, turn.number) if kind in "va" else _NO_AGREEMENT
    inside = "o" if turn.outer else "n" if turn.nested else "-"
    head = ctx.tags[turn.mention[0]] if turn.mention is not None else None
    ended, earlier, bare = other.spans[-1][1] <= at, place <= at, turn.mention is None
    low, few = min(rank, 2), min(rank, 3)
    return (
        (level, min(peers, 3), spoke.kind, kind, conj, start, min(rank, 5), inside, same),
        (_shown(head.lexical) if head is not None else "", low, kind, inside),
        (cue.act, spoke.act, low),
        (asked.opening, ended, earlier, inside, low, gap == 0, bare, same, bucket(abs(at - place))),
        (asked.before, low, inside),
        (inside, min(statements, 6), kind, start, cue.tense, cue.person, asked.quoted),
        (*agrees, few),
        (min(gap, 3), few, spoke.kind, kind, other.side, asked.frame.side, same),
        (cue.lemma, low),
    )


_NO_AGREEMENT = ("-", "", "-", "")


@lru_cache(maxsize=4_096)
def _shown(lexical: frozenset[str]) -> str:
    """The classes of a mention's first word that tell candidates apart."""
    return "+".join(sorted(lexical & _SHOWN))


def _level(turn: Turn, outers: Sequence[Turn]) -> str:
    """Whether the statement in question is nested (``i``) or not (``t``), and where ``turn`` stands to it.

    ``o`` around it, ``s`` nested in the same statement, ``n`` nested elsewhere, ``t`` not nested.
    """
    if turn.outer:
        place = "o"
    elif outers and any(_holds(o.frame, turn.frame.site.token) for o in outers):
        place = "s"
    else:
        place = "n" if turn.nested else "t"
    return ("i" if outers else "t") + place


def _topic_values(ctx: Context, asked: _Asked, topic: Range, rank: int, turn: Turn | None) -> Described:
    """Meaning the one whom ``topic`` names.

    Args:
        rank: how many other names stand between it and the cue.
        turn: the latest earlier statement, or None.
    """
    cue = asked.cue
    first, end = topic
    t = ctx.tags[first]
    unit = ctx.units[first]
    same = unit == asked.unit
    leads = first - unit[0] < 3
    later = turn is None or turn.frame.site.token < first
    gender, number = number_and_gender(ctx, topic)
    inside = "-" if turn is None else str(_holds(turn.frame, first))
    values: tuple[Values, ...] = (
        (min(rank, 4), same, leads, later),
        (cue.kind, same, later, asked.conj, asked.start),
        (ctx.symbol(first - 1), ctx.fine(first - 1)),
        (ctx.fine(first), cue.gender, cue.number),
        (cue.gender, gender, cue.number, number),
        (bool(t and t.proclitic), same, leads, turn is None, inside, bucket(asked.token - end)),
        (cue.gender, ctx.form(first - 1)[-1:], leads),
        (ctx.symbol(end), same),
        (_shown(t.lexical) if t else "", cue.kind, leads),
    )
    return values, ()


_SHOWN = frozenset(("title", "given", "head", "organisation", "group", "agency", "outlet", "country", "anonymous"))


def described(
    ctx: Context, frame: Frame, turns: Sequence[Turn], names: Sequence[Topic]
) -> tuple[tuple[Turn | Topic, ...], list[Described]]:
    """The candidates (a turn per earlier speaker, then names) and their descriptions; *nobody* stands first.

    Args:
        turns: earlier statements in reading order, and outer ones.
        names: all names of the text (``settle.topics``).
    """
    asked = _asked(ctx, frame)
    found: list[Turn | Topic] = []
    values = [_nobody_values(ctx, asked)]
    seen: set[int] = set()
    known: list[Range] = []
    outers = [t for t in turns if t.outer]
    heard: dict[str, set[int]] = {}
    recent = _recent(frame, names)
    named_in = [(n, n.words) for n in recent if n.words] if turns else []
    again: set[int] = set()
    for back, turn in enumerate(reversed(turns)):
        if turn.mention is not None:
            known.append(turn.mention)
        if len(found) >= MOST:
            continue
        level = _level(turn, outers)
        peers = heard.setdefault(level, set())
        since = len(peers) - (turn.who in peers)
        peers.add(turn.who)
        if turn.who in seen:
            continue
        own_words = turn.words
        named = [n for n, words in named_in if words <= own_words or own_words <= words] if own_words else []
        again.update(n.first for n in named)
        own = _turn_values(ctx, asked, turn, len(seen), back, level, since)
        more = (_again_values(ctx, asked, turn, recent, named), _weight_values(asked, turn, len(turns), len(seen)))
        values.append(((*own, *more), ()))
        seen.add(turn.who)
        found.append(turn)
    last = turns[-1] if turns else None
    rank = 0
    taken = {i for first, end in known for i in range(first, end)}
    for topic in recent:
        if topic.first in again or not taken.isdisjoint(range(topic.first, topic.end)):
            continue
        if rank >= MOST_NAMES:
            break
        values.append(_topic_values(ctx, asked, topic.range, rank, last))
        found.append(topic)
        rank += 1
    return tuple(found), values


def _groups(found: Sequence[Turn | Topic]) -> list[tuple[Group, ...]]:
    """The groups of features of *nobody* and of the candidates."""
    return [NOBODY, *(TURN if isinstance(c, Turn) else TOPIC for c in found)]


def scores(found: Sequence[Turn | Topic], values: Sequence[Described], weights: Weights) -> list[float]:
    """The scores of what ``described`` gives."""
    sums = {groups: memos(weights, groups) for groups in (NOBODY, TURN, TOPIC)}
    return [grouped(sums[groups], weights, v) for groups, v in zip(_groups(found), values, strict=True)]


def table(
    ctx: Context, frame: Frame, turns: Sequence[Turn], names: Sequence[Topic]
) -> tuple[tuple[Turn | Topic, ...], list[list[str]]]:
    """The candidates of ``described`` and their features, for training and explanations."""
    found, values = described(ctx, frame, turns, names)
    return found, [spelled(groups, v) for groups, v in zip(_groups(found), values, strict=True)]


def _recent(frame: Frame, names: Sequence[Topic]) -> list[Topic]:
    """The names shortly before the cue of ``frame``, the last first."""
    cue = frame.site.token
    end = bisect_left(names, cue, key=lambda n: n.first)
    found = []
    for n in reversed(names[:end]):
        if cue - n.end > REACH:
            break
        found.append(n)
    return found


def _again_values(ctx: Context, asked: _Asked, turn: Turn, recent: Sequence[Topic], named: Sequence[Topic]) -> Values:
    """Whether the speaker of ``turn`` was named again since, and where (``recent`` and ``named``: the last first)."""
    since = turn.frame.site.token
    for n in named:
        if n.first > since and n.range != turn.mention:
            break
    else:
        return None, bool(recent), False, False, asked.cue.kind
    unit = ctx.units[n.first]
    rank = min(recent.index(n), 3)
    return rank, unit == asked.unit, n.first - unit[0] < 3, _holds(turn.frame, n.first), asked.cue.kind


def _weight_values(asked: _Asked, turn: Turn, statements: int, rank: int) -> Values:
    """How much of the article the speaker of ``turn`` has said so far."""
    return min(turn.said, 4), 2 * (turn.said + 1) > statements, turn.first, asked.cue.kind, min(rank, 2)


def _holds(frame: Frame, token: int) -> bool:
    """Whether ``token`` stands in the content of ``frame``."""
    for first, end in frame.spans:  # noqa: SIM110  # asked of every earlier turn: `any` takes three times as long
        if first <= token < end:
            return True
    return False


def seen_from(turn: Turn, frame: Frame) -> Turn:
    """``turn`` as ``frame`` sees it: with ``outer`` set where the frame lies inside its content."""
    outer = turn.frame is not frame and _holds(turn.frame, frame.site.token)
    return turn._replace(outer=outer) if outer != turn.outer else turn
