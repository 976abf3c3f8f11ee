"""Who an article is talking about: names that may be meant by a later verb or pronoun though they said nothing yet."""

from __future__ import annotations

from musnad.find.context import Context

_HEADS = frozenset(("title", "given", "head", "organisation", "group", "agency", "outlet", "country", "anonymous"))
_LONGEST = 9
Range = tuple[int, int]


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
            if u is None or u.particle or u.conjunction or (u.cues and u.cues[0].kind == "v" and u.cues[0].strength == 3):
                break
            end += 1
        found.append((i, end))
        i = end
    return tuple(found)
