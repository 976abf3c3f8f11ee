"""Which words near a cue name the one who passed the words on.

Agencies, channels and papers that are named as the place of a report (a final attribution, a verb of passing on,
a medium of the press that was spoken to). The outer speaker of a nested statement is a relay too; that follows
from the nesting and is settled in ``settle.chains``.
"""

from __future__ import annotations

from musnad.find.context import Context
from musnad.find.mentions import STOPS, Frame, window

_AFTER, _BEFORE, _BEYOND = 40, 45, 16
_LISTED = frozenset(("agency", "outlet", "organisation", "head", "document", "anonymous"))


def starts(ctx: Context, frame: Frame) -> tuple[int, ...]:
    """Tokens at which the mention of a relay may begin: near the cue, and just after the content."""
    first, limit = window(ctx, frame)
    site = frame.site
    unit = ctx.units[site.token]
    found = [i for i in range(first, min(limit, first + _AFTER)) if ctx.symbols[i] not in STOPS and _may(ctx, i)]
    low = max(unit[0], site.token - _BEFORE)
    found += [i for i in range(site.token - 1, low - 1, -1) if _may(ctx, i)]
    if frame.side == "after" and frame.spans:
        end = frame.spans[-1][1]
        last = ctx.units[end - 1][1]
        found += [i for i in range(end, min(last, end + _BEYOND)) if i >= first and i not in found and _may(ctx, i)]
    return tuple(found)


def _may(ctx: Context, i: int) -> bool:
    t = ctx.tags[i]
    if t is None or t.particle:
        return False
    if t.lexical & _LISTED or t.proclitic:
        return True
    before = ctx.tags[i - 1] if i else None
    return before is not None and (bool(before.cues) or before.particle == "preposition")
