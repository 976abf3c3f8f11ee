"""Where the content of a reported statement may begin and end: the candidates that the models choose among.

Content may begin after the cue (a complementiser, a preposition, a quotation, a colon, a bare clause), before it
(a final attribution takes the sentence before it) or around it (an attribution in commas within its own content).
It may end where something closes: a mark, a new clause, another cue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from musnad.find.columns import (
    COMPLEMENTISER,
    HAS_CUES,
    HAS_PARTICLE,
    IS_COLON,
    IS_COMMA,
    IS_DASH,
    IS_LINE,
    IS_OPEN,
    IS_TAG,
    IS_WORD,
    OPENS,
    PREPOSITION_ALONE,
    PROCLITIC,
)
from musnad.find.context import Context
from musnad.find.cues import Site
from musnad.find.grid import Grid, Sites

if TYPE_CHECKING:
    from musnad.find.grid import Places

AFTER, BEFORE, AROUND = "after", "before", "around"
SIDES = (AFTER, BEFORE, AROUND)
KINDS = ("quote", "colon", "comp", "prep", "procl", "next", "near", "verb", "nextquote", "unit")
_QUOTE, _COLON, _COMP, _PREP, _PROCL, _NEXT, _NEARBY, _VERB, _NEXTQUOTE, _UNIT = range(len(KINDS))
_REACH, _BEHIND_LINE = 40, 4
_FAR, _NEAR = 16, 7
_LEAST_BEFORE = 3
_MOST_ENDS = 48
_LONGEST, _LONGEST_RUN = 160, 260
_AROUND_MARKS = IS_COMMA | IS_DASH | OPENS
_RUN_ON = frozenset(("colon", "nextquote", "quote"))


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


@dataclass(frozen=True, slots=True)
class Starts:
    """The places where the content of some cues may begin: for each cue those after it, nearest first, then the rest.

    Attributes:
        cues: the cues.
        owner: the number of the cue of each.
        token: place of the first token of the content.
        side, kind: places in ``SIDES`` and ``KINDS``.
        bounds: where the candidates of each cue begin, and where those of the last one end.
    """

    cues: Sites
    owner: Places
    token: Places
    side: Places
    kind: Places
    bounds: list[int]

    def of(self, cue: int) -> tuple[Start, ...]:
        """The candidates of one cue."""
        return tuple(self.at(n) for n in range(self.bounds[cue], self.bounds[cue + 1]))

    def at(self, number: int) -> Start:
        """One candidate by its number among all."""
        token = self.token[number] - self.cues.base[self.owner[number]]
        return Start(SIDES[self.side[number]], int(token), KINDS[self.kind[number]])


def starts(grid: Grid, cues: Sites) -> Starts:
    """All places where the content of ``cues`` may begin."""
    import numpy as np

    first, end, behind = (bound.take(cues.token) for bound in (grid.first, grid.end, grid.behind))
    horizon = np.minimum(end, cues.after + _REACH)
    runs_on = (end < behind) & grid.bit(IS_COLON | IS_LINE, end - 1)
    horizon = np.where(runs_on, np.minimum(behind, end + _BEHIND_LINE), horizon)
    row, column, kind = _after(grid, cues, horizon)
    owner, token, rank = [row], [cues.after.take(row) + column], [column]
    side, kinds = [np.zeros(len(row), np.int64)], [kind]

    def more(where: Any, tokens: Places, *values: int) -> None:
        numbers = where.nonzero()[0]
        owner.append(numbers)
        token.append(tokens.take(numbers))
        for column_, value in zip((side, kinds, rank), values, strict=True):
            column_.append(np.full(len(numbers), value, np.int64))

    opening = grid.opening.take(end)
    opening = np.where(opening >= 0, opening, grid.opening.take(end + 1))
    more((horizon == end) & (end < behind) & (opening >= 0), grid.quote_open.take(opening) + 1, 0, _NEXTQUOTE, 1 << 20)
    there, unit = cues.token - first >= _LEAST_BEFORE, np.minimum(grid.next_word.take(first), cues.token)
    more(there, unit, 1, _UNIT, 2 << 20)
    around = there & grid.bit(_AROUND_MARKS, cues.token - 1) & (cues.after < behind)  # something must follow the cue
    more(around, unit, 2, _UNIT, 3 << 20)
    owners = np.concatenate(owner)
    order = np.lexsort((np.concatenate(rank), owners))
    owners = owners[order]
    return Starts(
        cues=cues, owner=owners, token=np.concatenate(token)[order], side=np.concatenate(side)[order],
        kind=np.concatenate(kinds)[order],
        bounds=np.searchsorted(owners, np.arange(len(cues.sites) + 1)).tolist(),
    )  # fmt: skip


def _after(grid: Grid, cues: Sites, horizon: Places) -> tuple[Places, Places, Places]:
    """Places after the cues, up to ``horizon``: number of the cue, distance from it, and what licenses each."""
    import numpy as np

    width = max(1, int((horizon - cues.after).max(initial=1)))
    distance = np.arange(width)
    at = cues.after[:, None] + distance
    bits = grid.bits.take(at, mode="clip")
    before, second = grid.bits.take(at - 1, mode="clip"), grid.bits.take(at - 2, mode="clip")
    own = grid.inside.take(cues.token)
    close = np.where(own >= 0, grid.quote_close.take(own), 1 << 40)[:, None]
    inside = grid.inside.take(at, mode="clip")
    may = (at < horizon[:, None]) & ((bits & IS_WORD) != 0) & ((at <= close) | (inside == own[:, None]))
    comp = (bits & COMPLEMENTISER) != 0
    opened, lined = (before & IS_OPEN) != 0, (before & (IS_LINE | IS_DASH)) != 0
    colon = ((before & IS_COLON) != 0) | (lined & ((second & IS_COLON) != 0))
    clause = cues.column("bare_clause")[:, None] != 0
    kind = np.full(at.shape, -1, np.int64)
    kind[clause & ((bits & (HAS_CUES | HAS_PARTICLE)) != 0)] = _VERB
    kind[clause & (distance <= _NEAR)] = _NEARBY
    kind[:, 0] = _NEXT
    kind[(bits & PROCLITIC) != 0] = _PROCL
    kind[(bits & PREPOSITION_ALONE) != 0] = _PREP
    kind[:, _FAR + 1 :] = -1
    kind[comp] = _COMP
    kind[(bits & IS_TAG) == 0] = -1
    kind[colon] = _COLON
    kind[opened] = _QUOTE
    kind[~may] = -1
    row, column = (kind >= 0).nonzero()
    return row, column, kind[row, column]


def before_end(ctx: Context, site: Site) -> int:
    """The token after the last word of content that stands before the cue."""
    end = site.token
    while end > 0 and not ctx.is_word(end - 1):
        end -= 1
    return end


def ends(grid: Grid, cues: Sites, starts: Sequence[Start]) -> tuple[Places, Places]:
    """Where content of ``cues`` that begins at ``starts`` may end.

    Returns:
        The number of the cue of each, ascending, and the place after its last word, in order.
    """
    import numpy as np

    told = list(zip(cues.sites, cues.texts, starts, strict=True))
    tokens = [s.token if s.side == AFTER else site.end for site, _, s in told]
    reach = [_horizon(grid.texts[text], first, s.kind) for (_, text, s), first in zip(told, tokens, strict=True)]
    begin, horizon = np.array(tokens, np.int64) + cues.base, np.array(reach, np.int64) + cues.base
    high = np.minimum(horizon, begin + _LONGEST_RUN)
    closing = np.append(grid.may_end.nonzero()[0], 1 << 40)
    low = np.searchsorted(closing, begin + 1)
    size = np.searchsorted(closing, np.where(high == horizon, high, high + 1)) - low
    last = grid.last_word.take(horizon)
    more = (last > begin) & ((size == 0) | (closing.take(low + size - 1) != last))
    final = np.array([s.side == BEFORE for s in starts], bool)  # ends where the words before its cue do
    last = np.where(final, grid.last_word.take(cues.token), last)
    size = np.where(final, 0, np.minimum(size, _MOST_ENDS))
    sizes = size + (final | (more & (size < _MOST_ENDS)))
    owner = np.repeat(np.arange(len(starts)), sizes)
    rank = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    inner = closing.take(low.take(owner) + rank)
    return owner, np.where(rank < size.take(owner), inner, last.take(owner))


def _horizon(ctx: Context, begin: int, kind: str) -> int:
    """How far content that begins at ``begin`` may reach: its unit, its quotation, its paragraph."""
    size = len(ctx)
    horizon = ctx.units[begin][1]
    opening = ctx.openers.get(begin - 1)
    if opening is not None and ctx.units[begin][0] <= opening.open:
        horizon = max(horizon, min(opening.close + 1, size))
        if opening.close < size:
            horizon = max(horizon, ctx.units[opening.close][1])
    if kind in _RUN_ON:
        paragraphs = ctx.words.paragraphs
        while horizon < size and paragraphs[horizon] == paragraphs[begin] and horizon - begin < _LONGEST:
            horizon = ctx.units[horizon][1]
    return horizon


__all__ = [
    "AFTER", "AROUND", "BEFORE", "KINDS", "SIDES", "Start", "Starts", "before_end", "ends", "starts",
]  # fmt: skip
