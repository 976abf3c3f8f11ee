"""Descriptive labels of a statement, for analysts: what its words do, by a documented lexicon.

A label describes the reported words; it neither judges the speaker nor repeats the words. ``speech/labels.tsv``
holds the triggers: acts, cue lemmas, or words that must stand together in the content.
"""

from __future__ import annotations

from functools import lru_cache

from musnad.find.context import Context
from musnad.find.slots import Slots
from musnad.lexicon.loader import rows
from musnad.read.fold import fold_word


@lru_cache(maxsize=1)
def _triggers() -> tuple[tuple[str, str, frozenset[str]], ...]:
    """``(label, class, folded words)`` of each row."""
    return tuple(
        (r["label"], r["class"], frozenset(fold_word(w) for w in r.all("words"))) for r in rows("speech/labels")
    )


def labels(ctx: Context, s: Slots) -> tuple[str, ...]:
    """The labels of statement ``s``, each once, in the order of the table."""
    bare = {t.bare for a, b in s.frame.spans for t in ctx.tags[a:b] if t is not None}
    lemmas = {c.lemma for c in s.frame.site.cues}
    found: dict[str, None] = {}
    objects = {label for label, kind, words in _triggers() if kind == "object" and bare & words}
    with_object = {label for label, kind, _ in _triggers() if kind == "object"}
    for label, kind, words in _triggers():
        hit = (
            (kind == "act" and s.act in words)
            or (kind == "lemma" and bool(lemmas & words))
            or (kind == "word" and bool(bare & words))
        )
        if hit and (label not in with_object or label in objects):
            found[label] = None
    return tuple(found)
