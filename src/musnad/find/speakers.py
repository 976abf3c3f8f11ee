"""Which words beside a cue name the speaker.

Arabic reporting clauses are verb-initial, so the mention mostly stands right after the cue; it stands before it
in clauses with a topic, after auxiliaries and in relative clauses, and not at all where the verb carries it
alone. The model chooses between *no mention* and the possible first words, then the last word.
"""

from __future__ import annotations

from typing import Any

from musnad.find.columns import (
    BARE_VERB,
    BEFORE_NOUNS,
    CONJOINED,
    HAS_CUES,
    HAS_PARTICLE,
    IS_TAG,
    NO_SUBJECT,
    NO_SUBJECT_OF_VERBS,
    PROCLITIC,
    TITLE,
    WRITTEN,
)
from musnad.find.grid import Grid
from musnad.find.near import AFTER, BEFORE, Near
from musnad.find.tags import NOUN, VERB

_AFTER, _BEFORE = 16, 40
_NEAR = 5


def may_open(grid: Grid, near: Near) -> Any:
    """At which of the tokens near frames the mention of the speaker may begin: after the cue, or before it."""
    counts, after = grid.counts.finals, near.frames.cues.after
    same = counts.take(near.place) == counts.take(after).take(near.owner)  # sentence
    never = near.has(NO_SUBJECT | BARE_VERB) | (near.has(NO_SUBJECT_OF_VERBS) & near.cue("kind", VERB))
    behind = (near.part == AFTER) & same & ~never
    # *reports that ...*: what reports is who reports
    own = (near.part == BEFORE) & (near.step == 0) & near.cue("kind", NOUN) & near.has(WRITTEN)
    ahead = (near.part == BEFORE) & (near.step > 0) & (~near.has(HAS_PARTICLE) | near.has(BEFORE_NOUNS | PROCLITIC))
    opens = ((near.left & IS_TAG) == 0) | ((near.left & (HAS_PARTICLE | HAS_CUES)) != 0)
    opens |= near.has(CONJOINED | TITLE) | (near.place == grid.first.take(near.place)) | (near.step <= _NEAR)
    return near.has(IS_TAG) & near.within((0, _AFTER), (0, _BEFORE + 1)) & (behind | own | (ahead & opens))
