"""Where the content of a reported statement may begin and end: the candidates that the models choose among.

Content may begin after the cue (a complementiser, a preposition, a quotation, a colon, a bare clause), before it
(a final attribution takes the sentence before it) or around it (an attribution in commas within its own content).
It may end where something closes: a mark, a new clause, another cue.
"""

from __future__ import annotations

from dataclasses import dataclass

from musnad.find.context import CLOSE, COLON, COMMA, DASH, LINE, NUMBER, OPEN, SEMICOLON, STOP, WORD, Context
from musnad.find.cues import Site
from musnad.find.tags import VERB

AFTER, BEFORE, AROUND = "after", "before", "around"
_REACH = 40
_FAR, _NEAR = 16, 7
_BARE = frozenset(("direct",))
_MOST_ENDS = 48
_LONGEST, _LONGEST_RUN = 160, 260
_WORDS = frozenset((WORD, NUMBER))
_OPENING = frozenset((OPEN, COLON, LINE, DASH))
_BREAKS = frozenset(
    (COMMA, SEMICOLON, COLON, STOP, DASH, "!", "?", "\u061f", "(", ")", "[", "]", "..", "...", LINE, CLOSE, OPEN)
)
_AFTER_COLON = frozenset((LINE, DASH))
_CONNECTORS = frozenset(("remark", "adverbial", "time"))


_OPENERS = frozenset(("conjunction", "preposition", "adverb", "relative"))
_SCALE = (*"012345", *["8"] * 3, *["12"] * 4, *["20"] * 8, *["30"] * 10, *["50"] * 20)
_TOP = len(_SCALE)


@dataclass(frozen=True, slots=True)
class Start:
    """A place where content may begin.

    Attributes:
        side: ``after``, ``before`` or ``around`` the cue.
        token: first token of the content.
        kind: what licenses it (``comp``, ``prep``, ``quote``, ``colon``, ``next``, ``bare``, ``unit`` ...).
    """

    side: str
    token: int
    kind: str


def bucket(n: int) -> str:
    """A number on a coarse, roughly logarithmic scale, as a short string."""
    return _SCALE[n] if 0 <= n < _TOP else "99" if n > 0 else str(n)


def start_kind(ctx: Context, i: int, site: Site) -> str | None:
    """What licenses content to begin at token ``i`` after the cue, or None."""
    before = ctx.symbol(i - 1)
    if before == OPEN:
        return "quote"
    if before == COLON or (before in _AFTER_COLON and ctx.symbol(i - 2) == COLON):
        return "colon"
    t = ctx.tags[i]
    if t is None:
        return None
    if t.particle == "complementiser":
        return "comp"
    distance = i - site.end
    if distance > _FAR:
        return None
    if t.particle == "preposition" and not t.conjunction:
        return "prep"
    if t.proclitic:
        return "procl"
    if distance == 0:
        return "next"
    if not _takes_clause(site):
        return None
    if distance <= _NEAR:
        return "near"
    return "verb" if t.cues or t.particle else None


def _takes_clause(site: Site) -> bool:
    """Whether the cue may govern a bare clause or object, with nothing before it."""
    cue = site.cue
    return cue.kind != VERB or not cue.government or not cue.government.isdisjoint(_BARE)


def starts(ctx: Context, site: Site) -> tuple[Start, ...]:
    """All places where the content of ``site`` may begin, nearest first, then those before the cue."""
    found: list[Start] = []
    first, end = ctx.units[site.token]
    horizon = min(end, site.end + _REACH)
    if end < len(ctx) and ctx.symbol(end - 1) in (COLON, LINE):
        horizon = min(len(ctx), end + 4)
    own = ctx.inside[site.token]
    kinds, symbols, tags = ctx.words.kinds, ctx.symbols, ctx.tags
    far = site.end + _FAR
    for i in range(site.end, horizon):
        t = tags[i]
        if t is None and kinds[i] != NUMBER:
            continue
        if own >= 0 and ctx.inside[i] != own and ctx.quotes[own].close < i:
            break
        if i > far and (t is None or t.particle != "complementiser") and symbols[i - 1] not in _OPENING:
            continue
        kind = start_kind(ctx, i, site)
        if kind:
            found.append(Start(AFTER, i, kind))
    if end < len(ctx) and horizon == end:
        opening = ctx.openers.get(end) or ctx.openers.get(end + 1)
        if opening is not None:
            found.append(Start(AFTER, opening.open + 1, "nextquote"))
    return tuple(found) + _before(ctx, site, first)


def _before(ctx: Context, site: Site, first: int) -> tuple[Start, ...]:
    if site.token - first < 3:
        return ()
    found: list[Start] = []
    while first < site.token and not ctx.is_word(first):
        first += 1
    found.append(Start(BEFORE, first, "unit"))
    if ctx.symbol(site.token - 1) in (COMMA, DASH, "("):
        found.append(Start(AROUND, first, "unit"))
    return tuple(found)


def before_end(ctx: Context, site: Site) -> int:
    """The token after the last word of content that stands before the cue."""
    end = site.token
    while end > 0 and not ctx.is_word(end - 1):
        end -= 1
    return end


def ends(ctx: Context, site: Site, start: Start) -> tuple[int, ...]:
    """Places where content from ``start`` may end, as the token after its last word, in order."""
    if start.side == BEFORE:
        return (before_end(ctx, site),)
    begin = start.token if start.side == AFTER else site.end
    unit_end = ctx.units[begin][1]
    horizon = unit_end
    opening = ctx.openers.get(begin - 1)
    if opening is not None and ctx.units[begin][0] <= opening.open:
        horizon = max(horizon, min(opening.close + 1, len(ctx)))
        if opening.close < len(ctx):
            horizon = max(horizon, ctx.units[opening.close][1])
    if start.kind in ("colon", "nextquote", "quote"):
        paragraph = ctx.words.paragraphs[begin]
        while horizon < len(ctx) and ctx.words.paragraphs[horizon] == paragraph and horizon - begin < _LONGEST:
            horizon = ctx.units[horizon][1]
    found: list[int] = []
    kinds = ctx.words.kinds
    for e in range(begin + 1, min(horizon, begin + _LONGEST_RUN) + 1):
        if kinds[e - 1] not in _WORDS:
            continue
        if len(found) > _MOST_ENDS:
            break
        if e >= horizon or _may_end(ctx, e):
            found.append(e)
    last = horizon
    while last > begin and not ctx.is_word(last - 1):
        last -= 1
    if last > begin and last not in found:
        found.append(last)
    return tuple(found[:_MOST_ENDS])


def _may_end(ctx: Context, e: int) -> bool:
    """Whether something closes before token ``e``: a mark, a new clause, or another cue."""
    if ctx.symbols[e] in _BREAKS:
        return True
    t = ctx.tags[e]
    if t is None:
        return False
    if t.cues or t.conjunction:
        return True
    return t.particle in _OPENERS or not t.lexical.isdisjoint(_CONNECTORS)
