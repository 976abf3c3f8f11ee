"""Which words beside a cue name the speaker.

Arabic reporting clauses are verb-initial, so the mention mostly stands right after the cue; it stands before it
in clauses with a topic, after auxiliaries and in relative clauses, and not at all where the verb carries it
alone. The model chooses between *no mention* and the possible first words, then the last word.
"""

from __future__ import annotations

from musnad.find.context import Context
from musnad.find.mentions import STOPS, Frame, window
from musnad.find.tags import NOUN, VERB, Tag

_AFTER, _BEFORE = 16, 40
_NEAR = 5
_NEVER = frozenset(("complementiser", "conjunction", "relative", "negation", "auxiliary", "exception", "condition"))
_BEFORE_NOUNS = frozenset(("preposition", "quantifier", "demonstrative"))
_WRITTEN = frozenset(("document", "medium", "anonymous"))
_NOT_OF_VERBS = frozenset(("pronoun", "adverb", "question"))


def _may_open(frame: Frame, t: Tag) -> bool:
    """Whether a noun phrase that speaks may open with this word after the cue."""
    if t.particle in _NEVER or (t.particle in _NOT_OF_VERBS and frame.site.cue.kind == VERB):
        return False
    return not t.cues or t.cues[0].kind != VERB or t.cues[0].tense != "present" or t.definite or bool(t.lexical)


def starts(ctx: Context, frame: Frame) -> tuple[int, ...]:
    """Tokens at which the mention of the speaker may begin: after the cue, then before it, nearest first."""
    first, limit = window(ctx, frame)
    site = frame.site
    found = []
    tags, symbols = ctx.tags, ctx.symbols
    for i in range(first, min(limit, first + _AFTER)):
        t = tags[i]
        if t is None:
            if symbols[i] in STOPS:
                break
        elif _may_open(frame, t):
            found.append(i)
    if site.cue.kind == NOUN and (own := ctx.tags[site.token]) is not None and own.lexical & _WRITTEN:
        found.append(site.token)  # *reports that ...*: what reports is who reports
    start = ctx.units[site.token][0]
    for i in range(site.token - 1, max(start, site.token - _BEFORE) - 1, -1):
        t = tags[i]
        if t is None:
            continue
        if t.particle and t.particle not in _BEFORE_NOUNS and not t.proclitic:
            continue
        before = tags[i - 1] if i else None
        opens = before is None or before.particle or before.cues or t.conjunction or i == start
        if opens or site.token - i <= _NEAR or "title" in t.lexical:
            found.append(i)
    return tuple(found)
