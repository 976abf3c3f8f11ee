"""Which words near a cue name the one who passed the words on.

Agencies, channels and papers that are named as the place of a report (a final attribution, a verb of passing on,
a medium of the press that was spoken to). The outer speaker of a nested statement is a relay too; that follows
from the nesting and is settled in ``settle.chains``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from musnad.find.columns import HAS_PARTICLE, IS_TAG, PASSING, RELAYING
from musnad.find.context import CLOSE, OPEN, Context
from musnad.find.grid import Grid
from musnad.find.mentions import STOPS, Frame, window
from musnad.find.near import Near
from musnad.lexicon.loader import index, rows
from musnad.read.fold import fold_word

_AFTER, _BEFORE, _BEYOND = 40, 45, 16
Range = tuple[int, int]


def may_open(grid: Grid, near: Near) -> Any:
    """At which of the tokens near frames the mention of a relay may begin: near the cue, or just after the content."""
    listed = near.has(RELAYING) | ((near.left & PASSING) != 0)
    noun = near.has(IS_TAG) & ~near.has(HAS_PARTICLE)
    return noun & listed & near.within((0, _AFTER), (0, _BEFORE + 1), (0, _BEYOND))


_CLAUSES = frozenset(("comp", "quote", "colon"))
_PRESS = frozenset(("agency", "outlet"))


def press(ctx: Context, mention: Range | None, *, credits: bool = False) -> Range | None:
    """The part of an addressee or medium that names an outlet or agency of the press, or None.

    Words told to a medium of the press come through it (``told Reuters``, ``in an interview with the channel X``).
    """
    if mention is None:
        return None
    tags = [(i, t) for i in range(*mention) if (t := ctx.tags[i]) is not None]
    if any("platform" in t.lexical or "platform~" in t.lexical for _, t in tags):
        return None  # what somebody posts there is his own
    heads = _press_heads(credits)
    for i, t in tags:
        if t.lexical & _PRESS or any(s in heads or f"{s} {ctx.form(i + 1)}" in heads for s in t.stems):
            return (i, mention[1])
    return None


@lru_cache(maxsize=1)
def _passing_verbs() -> Mapping[str, frozenset[str]]:
    """Folded lemma of each verb of passing on → the prepositions that name whose words they are."""
    found = {}
    prepositions = {
        f for f, entries in index("grammar/particles", "form").items() if entries[0]["class"] == "preposition"
    }
    for row in rows("speech/relays"):
        if row["class"] == "verb" and row["strength"] != "1" and row.get("lemma"):
            found[fold_word(row["lemma"])] = prepositions.intersection(fold_word(g) for g in row.all("government"))
    return MappingProxyType({k: frozenset(v) for k, v in found.items() if v})


def passed_on(ctx: Context, frame: Frame, speaker: Range | None) -> tuple[Range, Range] | None:
    """Where one clause names both who passes words on and whose words they are: ``(speaker, relay)``, else None.

    Either the verb is one of passing on and names the source after its preposition (*R reported from X that*), or a
    phrase of passing on stands between the subject and the content (*R said, quoting X, that*); there the one of
    the press is the relay.
    """
    if speaker is None or frame.side != "after" or frame.site.cue.kind != "v" or speaker[0] < frame.site.end:
        return None
    if frame.kind not in _CLAUSES:
        return None
    first, limit = window(ctx, frame)
    prepositions = _passing_verbs().get(frame.site.cue.lemma, frozenset())
    if ctx.form(speaker[0] - 1) in prepositions and speaker[0] - 1 > first:
        subject = subject_from(ctx, first, speaker[0] - 1)
        return (speaker, subject) if subject is not None else None
    start = max(first, speaker[0])
    between = ctx.words.forms[start:limit]
    if _quoting().isdisjoint(between) and prepositions.isdisjoint(between):
        return None
    for i in range(start + 1, limit - 1):
        phrase = ctx.symbol(i) == "preposition" and ctx.symbol(i - 1) != "preposition" and ctx.form(i - 1) in _quoting()
        if not phrase and not (ctx.form(i) in prepositions and ctx.symbol(i) == "preposition"):
            continue
        source = _source(ctx, i + 1, limit)
        if source is None:
            return None
        subject = (speaker[0], min(speaker[1], i - 1 if phrase else i))
        if subject[1] <= subject[0]:
            return None
        if phrase and (told := press(ctx, source)) is not None:
            return subject, told
        return (source, subject) if not phrase or press(ctx, subject) is not None else None
    return None


def credited(ctx: Context, frame: Frame, prepositions: Sequence[int]) -> tuple[Range, int] | None:
    """Who an attribution beside the statement credits with it: *X said, according to what agency R carried, that*.

    It stands between the cue and the content or right after the content, opens with a listed preposition, and names
    a medium of the press, or anybody as the subject of a verb of passing on; a person who *said* so is no relay.
    The result is the mention and the token at which the attribution opens; ``prepositions`` are those of the text that
    alone may open one, in order (``columns.CREDITS``).
    """
    first, limit = window(ctx, frame)
    places = [(first, limit)]
    if frame.side == "after":
        end = frame.spans[-1][1]
        places.append((end, min(ctx.units[end - 1][1], end + _BEYOND)))
    for low, high in places:
        for i in prepositions[bisect_left(prepositions, low) : bisect_left(prepositions, high - 1)]:
            start, passing = i + 1, False
            if start < high and (u := ctx.tags[start]) is not None and u.particle and ctx.cues(start + 1):
                passing = any(c.lemma in _passing_verbs() for c in ctx.cues(start + 1))
                start += 2
            elif any(c.lemma in _passing_verbs() for c in ctx.cues(start)):
                start, passing = start + 1, True
            mention = subject_from(ctx, start, high)
            if mention is not None and (passing or press(ctx, mention, credits=True) == mention):
                return mention, i
    return None


def subject_from(ctx: Context, first: int, limit: int) -> Range | None:
    """The mention of a subject from token ``first`` on, up to a mark, a particle or a word of time."""
    end = first
    while end < limit:
        t = ctx.tags[end]
        if t is None and ctx.symbols[end] not in (OPEN, CLOSE, "("):
            break
        if t is not None and (t.particle or "time" in t.lexical) and end > first:
            break
        end += 1
    while end > first and not ctx.is_word(end - 1):
        end -= 1
    t = ctx.tags[first] if first < end else None
    return (first, end) if t is not None and not t.particle else None


def _source(ctx: Context, first: int, limit: int) -> Range | None:
    """The mention from token ``first`` to the next mark, complementiser or the content."""
    end = first
    while end < limit and ctx.symbols[end] not in STOPS and ctx.symbols[end] not in (",", ":", "complementiser"):
        end += 1
    while end > first and not ctx.is_word(end - 1):
        end -= 1
    return (first, end) if end > first else None


@lru_cache(maxsize=1)
def _quoting() -> frozenset[str]:
    """First words of the phrases of passing on that end in a preposition of source (*quoting from*)."""
    phrases = (
        fold_word(r.key).split() for r in rows("speech/relays") if r["class"] == "preposition" and r.get("government")
    )
    return frozenset(p[0] for p in phrases if len(p) == 2 and len(p[1]) > 1)


@lru_cache(maxsize=2)
def _press_heads(credits: bool) -> frozenset[str]:
    """Folded head nouns of outlets and agencies, with and without the article."""
    article = chr(0x627) + chr(0x644)
    found = {
        form
        for form, entries in index("speech/documents", "noun", "plural").items()
        if entries[0]["kind"] == "periodical"
    }
    table = index("speech/press", "noun", "plural")
    found |= {form for form, entries in table.items() if not credits or entries[0]["credits"] == "yes"}
    return frozenset(found | {article + f for f in found} | {chr(0x644) + chr(0x644) + f for f in found})
