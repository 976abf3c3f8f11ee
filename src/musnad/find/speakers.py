"""Which words beside a cue name the speaker.

Arabic reporting clauses are verb-initial, so the mention mostly stands right after the cue; it stands before it
in clauses with a topic, after auxiliaries and in relative clauses, and not at all where the verb carries it
alone. The model chooses between *no mention* and the possible first words, then the last word.
"""

from __future__ import annotations

from musnad.find.context import Context
from musnad.find.mentions import STOPS, Frame, window

_AFTER, _BEFORE = 16, 40
_NEAR = 5


def starts(ctx: Context, frame: Frame) -> tuple[int, ...]:
    """Tokens at which the mention of the speaker may begin: after the cue, then before it, nearest first."""
    first, limit = window(ctx, frame)
    site = frame.site
    found = []
    for i in range(first, min(limit, first + _AFTER)):
        if ctx.symbols[i] in STOPS:
            break
        t = ctx.tags[i]
        if t is not None and t.particle not in ("complementiser", "conjunction") and ctx.is_word(i):
            found.append(i)
    start = ctx.units[site.token][0]
    for i in range(site.token - 1, max(start, site.token - _BEFORE) - 1, -1):
        t = ctx.tags[i]
        if t is None or not ctx.is_word(i):
            continue
        if t.particle and t.particle != "preposition" and not t.proclitic:
            continue
        before = ctx.tags[i - 1] if i else None
        opens = before is None or i == start or bool(before.particle) or bool(before.cues) or bool(t.conjunction)
        if opens or site.token - i <= _NEAR or "title" in t.lexical:
            found.append(i)
    return tuple(found)
