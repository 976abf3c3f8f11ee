"""Who an article is talking about: names that may be meant by a later verb or pronoun though they said nothing yet."""

from __future__ import annotations

from musnad.find.context import COMMA, Context
from musnad.find.tags import Tag

_HEADS = frozenset(("title", "given", "head", "organisation", "group", "agency", "outlet", "country", "anonymous"))
_NAMES = frozenset(("given", "given?"))
_LONGEST = 9
Range = tuple[int, int]


def _with_apposition(ctx: Context, head: Tag, end: int) -> int:
    """The end of an office with the name that stands after it between commas."""
    if "title" not in head.lexical or end + 1 >= len(ctx) or ctx.symbols[end] != COMMA:
        return end
    stop = end + 1
    while stop < min(len(ctx), end + 5) and ctx.tags[stop] is not None and ctx.tags[stop].lexical & _NAMES:  # type: ignore[union-attr]
        stop += 1
    return stop if stop > end + 1 else end


def topics(ctx: Context) -> tuple[Range, ...]:
    """Token ranges of the names and offices in a text, in order: runs of words that a listed head opens."""
    found: list[Range] = []
    i, n = 0, len(ctx)
    while i < n:
        t = ctx.tags[i]
        if t is None or t.particle or not t.lexical & _HEADS:
            i += 1
            continue
        end = i + 1
        while end < min(n, i + _LONGEST):
            u = ctx.tags[end]
            if (
                u is None
                or u.particle
                or u.conjunction
                or (u.cues and u.cues[0].kind == "v" and u.cues[0].strength == 3)
            ):
                break
            end += 1
        end = _with_apposition(ctx, t, end)
        found.append((i, end))
        i = end
    return tuple(found)
