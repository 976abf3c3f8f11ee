"""Who speaks where no mention stands: the speaker carried over by a bare verb, a participle or a pronoun.

Every earlier speaker of the article is a candidate, the latest first; so are the names that stood last before the
cue (``settle.topics``), and *nobody* (agentless passives).
Features are those of classic pronoun resolution (Lappin & Leass 1994): recency, the same clause and paragraph,
nesting, and agreement in gender and number.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from musnad.find.contents import bucket
from musnad.find.context import Context
from musnad.find.mentions import Frame
from musnad.settle.heads import agreement, number_and_gender
from musnad.settle.names import core, words_of
from musnad.settle.topics import Topic

MOST = 8
MOST_NAMES = 5
REACH = 80
Range = tuple[int, int]


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


def none_features(ctx: Context, frame: Frame) -> list[str]:
    """Features of *nobody is named*."""
    cue = frame.site.cue
    return [
        "N",
        f"Nl{cue.lemma}",
        f"Nk{cue.kind}{cue.voice}",
        f"Nf{ctx.form(frame.site.token)}",
        f"Nt{cue.tense}{cue.kind}",
    ]


def turn_features(
    ctx: Context, frame: Frame, turn: Turn, rank: int, statements: int, level: str = "", peers: int = 0
) -> list[str]:
    """Features of meaning the speaker of ``turn``.

    Args:
        rank: how many other speakers were heard since.
        statements: how many statements lie between.
        level: where the statement and ``turn`` are nested (see ``_level``).
        peers: how many other speakers were heard since on the level of ``turn``.
    """
    site, cue = frame.site, frame.site.cue
    other = turn.frame
    t = ctx.tags[site.token]
    conj = t.conjunction if t else ""
    same_unit = ctx.units[site.token] == ctx.units[other.site.token]
    gap = ctx.words.paragraphs[site.token] - ctx.words.paragraphs[other.site.token]
    gender = f"{cue.gender}{turn.gender}" if cue.kind in "va" else "-"
    number = f"{cue.number}{turn.number}" if cue.kind in "va" else "-"
    inside = "o" if turn.outer else "n" if turn.nested else "-"
    start = site.token - ctx.units[site.token][0] < 2
    head = ctx.tags[turn.mention[0]] if turn.mention is not None else None
    lexical = "+".join(sorted(head.lexical & _SHOWN)) if head is not None else ""
    conjoined = f"{cue.kind}{conj}{start}"
    follows = f"{other.spans[-1][1] <= site.token}{other.site.token <= site.token}"
    return [
        *_level_features(f"{level}{min(peers, 3)}", f"{cue.kind}{conj}", rank, f"{conjoined}|{same_unit}"),
        f"v{level}|{other.site.cue.kind}{cue.kind}",
        f"h{lexical}r{min(rank, 2)}",
        f"hk{lexical}{cue.kind}{inside}",
        f"a{cue.act}{other.site.cue.act}r{min(rank, 2)}",
        f"w{conjoined}|{follows}|{inside}",
        f"w{conjoined}|{follows}|{min(rank, 2)}{gap == 0}",
        f"x{conjoined}|{turn.mention is None}|{same_unit}|{min(rank, 2)}",
        f"y{ctx.symbol(site.token - 1)}r{min(rank, 2)}{inside}",
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
        f"b{other.site.token > site.token}{same_unit}",
        f"q{ctx.inside[site.token] >= 0}{inside}",
        f"z{bucket(abs(site.token - other.site.token))}",
    ]


def _level_features(level: str, cue: str, rank: int, place: str) -> list[str]:
    return [f"v{level}", f"v{level}|{cue}", f"v{level}|{min(rank, 3)}", f"v{level}|{place}"]


def _level(turn: Turn, outers: Sequence[Turn]) -> str:
    """Whether the statement in question is nested (``i``) or not (``t``), and where ``turn`` stands to it.

    ``o`` around it, ``s`` nested in the same statement, ``n`` nested elsewhere, ``t`` not nested.
    """
    if turn.outer:
        place = "o"
    elif any(a <= turn.frame.site.token < b for o in outers for a, b in o.frame.spans):
        place = "s"
    else:
        place = "n" if turn.nested else "t"
    return ("i" if outers else "t") + place


def topic_features(ctx: Context, frame: Frame, topic: Range, rank: int, turn: Turn | None) -> list[str]:
    """Features of meaning the one whom ``topic`` names.

    Args:
        rank: how many other names stand between it and the cue.
        turn: the latest earlier statement, or None.
    """
    site, cue = frame.site, frame.site.cue
    first, end = topic
    t = ctx.tags[first]
    unit = ctx.units[first]
    same = unit == ctx.units[site.token]
    leads = first - unit[0] < 3
    later = turn is None or turn.frame.site.token < first
    gender, number = number_and_gender(ctx, topic)
    lexical = sorted(t.lexical & _SHOWN) if t else []
    conj = (u.conjunction if (u := ctx.tags[site.token]) else "") + str(site.token - ctx.units[site.token][0] < 2)
    out = [
        "T",
        f"Tr{min(rank, 4)}{same}",
        f"Tr{min(rank, 4)}{same}{leads}{later}",
        f"Tk{cue.kind}{same}{later}{conj}",
        f"Tp{ctx.symbol(first - 1)}",
        f"Tpf{ctx.fine[first - 1] if first else '<'}",
        f"Tc{ctx.fine[first]}",
        f"Tg{cue.gender}{gender}{cue.number}{number}",
        f"Tq{bool(t and t.proclitic)}{same}",
        f"Tl{turn is None}{same}{leads}",
        f"Tz{bucket(site.token - end)}",
        f"Tv{cue.gender}{ctx.form(first - 1)[-1:]}{leads}",
        f"Tv{cue.gender}{cue.number}{ctx.fine[first]}",
        f"Tn{ctx.symbol(end)}{same}",
        f"Ti{any(a <= first < b for a, b in turn.frame.spans) if turn else '-'}{same}",
    ]
    return out + [f"Tx{name}{cue.kind}{leads}" for name in lexical]


_SHOWN = frozenset(("title", "given", "head", "organisation", "group", "agency", "outlet", "country", "anonymous"))


def table(
    ctx: Context, frame: Frame, turns: Sequence[Turn], names: Sequence[Topic]
) -> tuple[tuple[Turn | Topic, ...], list[list[str]]]:
    """The candidates (a turn per earlier speaker, then names) and their features; *nobody* stands first.

    Args:
        turns: earlier statements in reading order, and outer ones.
        names: all names of the text (``settle.topics``).
    """
    found: list[Turn | Topic] = []
    features = [none_features(ctx, frame)]
    seen: set[int] = set()
    known: list[Range] = []
    outers = [t for t in turns if t.outer]
    heard: dict[str, set[int]] = {}
    last = turns[-1] if turns else None
    recent = _recent(frame, names)
    again: set[Topic] = set()
    for back, turn in enumerate(reversed(turns)):
        if turn.mention is not None:
            known.append(turn.mention)
        level = _level(turn, outers)
        peers = heard.setdefault(level, set())
        since = len(peers - {turn.who})
        peers.add(turn.who)
        if turn.who in seen or len(found) >= MOST:
            continue
        named = [n for n in recent if _same(n.words, turn.words)]
        again.update(named)
        features.append(
            turn_features(ctx, frame, turn, len(seen), back, level, since)
            + _again_features(ctx, frame, turn, recent, named)
            + _weight_features(frame, turn, len(turns), min(len(seen), 2))
        )
        seen.add(turn.who)
        found.append(turn)
    rank = 0
    for topic in recent:
        if topic in again or any(topic.first < b and a < topic.end for a, b in known):
            continue
        if rank >= MOST_NAMES:
            break
        features.append(topic_features(ctx, frame, topic.range, rank, last))
        found.append(topic)
        rank += 1
    return tuple(found), features


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


def _same(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and (a <= b or b <= a)


def _again_features(
    ctx: Context, frame: Frame, turn: Turn, recent: Sequence[Topic], named: Sequence[Topic]
) -> list[str]:
    """Whether the speaker of ``turn`` was named again since, and where (``recent`` and ``named``: the last first)."""
    cue, other = frame.site.cue, turn.frame
    later = [n for n in named if n.first > other.site.token and n.range != turn.mention]
    if not later:
        return [f"o-{cue.kind}", f"o-{bool(recent)}"]
    n = later[0]
    unit = ctx.units[n.first]
    same = unit == ctx.units[frame.site.token]
    leads = n.first - unit[0] < 3
    told = any(a <= n.first < b for a, b in other.spans)
    rank = min(recent.index(n), 3)
    return [f"o{rank}{same}", f"o{leads}{same}{told}", f"o{leads}{same}{told}{cue.kind}", f"o{rank}{leads}{told}"]


def _weight_features(frame: Frame, turn: Turn, statements: int, rank: int) -> list[str]:
    """How much of the article the speaker of ``turn`` has said so far."""
    kind = frame.site.cue.kind
    said = min(turn.said, 4)
    most = 2 * (turn.said + 1) > statements
    return [f"k{said}r{rank}", f"k{most}r{rank}", f"k{turn.first}{most}{kind}", f"k{turn.first}r{rank}"]


def seen_from(turn: Turn, frame: Frame) -> Turn:
    """``turn`` as ``frame`` sees it: with ``outer`` set where the frame lies inside its content."""
    outer = turn.frame is not frame and any(a <= frame.site.token < b for a, b in turn.frame.spans)
    return replace(turn, outer=outer) if outer != turn.outer else turn
