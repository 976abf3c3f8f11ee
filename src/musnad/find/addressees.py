"""Which words near a cue name the one who is spoken to."""

from __future__ import annotations

from typing import Any

from musnad.find.columns import (
    DATIVE,
    ENDS_IN_LAM,
    HAS_PARTICLE,
    IS_LAM,
    IS_PREPOSITION,
    IS_TAG,
    NO_NOUN,
    PROCLITIC,
    TOLD,
)
from musnad.find.context import Context
from musnad.find.cuewords import LAM, VERB
from musnad.find.grid import Grid
from musnad.find.mentions import Frame
from musnad.find.near import AFTER, BEFORE, Near
from musnad.find.tags import tag

_AFTER, _BEFORE = 30, 22
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


def may_open(grid: Grid, near: Near) -> Any:
    """At which of the tokens near frames the mention of an addressee may begin.

    Between cue and content: a dative, an object of address, a medium of the press. Before the cue: a noun after a
    preposition.
    """
    counts, after = grid.counts.finals, near.frames.cues.after
    same = counts.take(near.place) == counts.take(after).take(near.owner)  # sentence
    preposition = (near.left & IS_PREPOSITION) != 0
    told = near.has(DATIVE | TOLD) | near.cue("takes", "addressee") | preposition
    told |= ((near.left & ENDS_IN_LAM) != 0) | ((near.second & IS_LAM) != 0)
    behind = (near.part == AFTER) & same & told & ~near.has(NO_NOUN)
    ahead = (near.part == BEFORE) & ~near.has(HAS_PARTICLE) & (near.has(PROCLITIC) | preposition)
    return near.has(IS_TAG) & near.within((0, _AFTER), (1, _BEFORE + 1)) & (behind | ahead)


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


def told_clause(ctx: Context, frame: Frame) -> tuple[int, int] | None:
    """Those who are told, where a clause right after a verb names them (*said to those who had come: ...*), or None."""
    site, (first, _) = frame.site, frame.spans[0]
    t = ctx.tags[site.end] if site.end < first else None
    if t is None or site.cue.kind != VERB or t.form[0] != LAM or LAM in site.cue.government:
        return None
    if t.particle != "relative" and tag(_ALIF + t.form[1:]).particle != "relative":
        return None
    stop = next((k for k in range(site.end, min(first, site.end + _CLAUSE_WORDS)) if not ctx.is_word(k)), first)
    return (site.end, stop) if site.end + 1 < stop <= site.end + _CLAUSE_WORDS else None


_CLAUSE_WORDS = 9
_ALIF = chr(0x627)
