"""Which words near a cue name the one who is spoken to."""

from __future__ import annotations

from musnad.find.context import Context
from musnad.find.mentions import STOPS, Frame, window
from musnad.find.tags import Tag

_AFTER, _BEFORE = 30, 22
_NO_NOUN = frozenset(("complementiser", "conjunction", "preposition", "relative"))
_TOLD = frozenset(("agency", "outlet", "outlet?"))
_LAM = chr(0x644)
_SPEECH = frozenset(("quote", "colon", "nextquote"))
_CLAUSE = frozenset(
    (
        "auxiliary",
        "negation",
        "complementiser",
        "demonstrative",
        "pronoun",
        "question",
        "conjunction",
        "condition",
        "adverb",
    )
)
_LONGEST = 7


def _whom(t: Tag) -> bool:
    """Whether a word is *to whoever*: a relative with the preposition of address."""
    return t.particle == "relative" and t.form[0] == _LAM


def _may(ctx: Context, frame: Frame, i: int, t: Tag) -> bool:
    """Whether token ``i`` can be one who is spoken to: a dative, an object of address, a medium of the press."""
    if t.proclitic == _LAM or _whom(t) or frame.site.cue.takes == "addressee" or not t.lexical.isdisjoint(_TOLD):
        return True
    return ctx.symbol(i - 1) == "preposition" or ctx.form(i - 1).endswith(_LAM) or ctx.form(i - 2) == _LAM


def starts(ctx: Context, frame: Frame) -> tuple[int, ...]:
    """Tokens at which the mention of an addressee may begin: between cue and content, then before the cue."""
    first, limit = window(ctx, frame)
    found = []
    for i in range(first, min(limit, first + _AFTER)):
        if ctx.symbols[i] in STOPS:
            break
        t = ctx.tags[i]
        if t is not None and (t.particle not in _NO_NOUN or _whom(t)) and _may(ctx, frame, i, t):
            found.append(i)
    site = frame.site
    start = max(ctx.units[site.token][0], site.token - _BEFORE)
    for i in range(site.token - 1, start - 1, -1):
        t = ctx.tags[i]
        if t is not None and not t.particle and (t.proclitic or ctx.symbol(i - 1) == "preposition"):
            found.append(i)
    return tuple(found)


def vocative(ctx: Context, frame: Frame) -> tuple[int, int] | None:
    """The one whom direct speech calls at its beginning (*O people of the village, ...*), or None."""
    first, end = frame.spans[0]
    if frame.kind not in _SPEECH or ctx.symbols[first] != "vocative":
        return None
    start = first + 1
    while start < end and ctx.symbols[start] == "vocative":
        start += 1
    stop = start
    while stop < min(end, start + _LONGEST):
        t = ctx.tags[stop]
        if t is None or t.particle in _CLAUSE or (stop > start and t.cues and t.cues[0].kind == "v" and not t.definite):
            break
        stop += 1
    while stop > start + 1 and ctx.symbols[stop - 1] == "preposition":
        stop -= 1
    return (start, stop) if stop > start else None
