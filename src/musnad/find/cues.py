"""Places where a reporting word stands: candidates, not yet decisions."""

from __future__ import annotations

from dataclasses import dataclass

from musnad.find.context import Context
from musnad.find.tags import NOUN, PARTICIPLE, PREPOSITION, VERB, Cue
from musnad.lexicon.loader import rows
from musnad.read.fold import fold_word

_ORDER = {VERB: 0, PARTICIPLE: 1, PREPOSITION: 2, NOUN: 3}


@dataclass(frozen=True, slots=True)
class Site:
    """A possible cue.

    Attributes:
        token: its head word.
        end: the token after its last word (multi-word cues such as prepositional phrases).
        cue: the reading that stands first: verb before participle before preposition before noun.
        cues: all readings.
    """

    token: int
    end: int
    cue: Cue
    cues: tuple[Cue, ...]


def sites(ctx: Context) -> tuple[Site, ...]:
    """All possible cues of a text, in order."""
    found = []
    for i, t in enumerate(ctx.tags):
        if t is None or not t.cues:
            continue
        cues = tuple(c for c in t.cues if _complete(ctx, i, c))
        if cues:
            best = min(cues, key=lambda c: (_ORDER[c.kind], -c.strength))
            found.append(Site(i, i + _length(best), best, cues))
    return tuple(found)


def _words(cue: Cue) -> tuple[str, ...]:
    """The words of a multi-word cue; its first word alone for others."""
    key = fold_word(cue.row.partition(":")[2])
    return tuple(key.split())


def _length(cue: Cue) -> int:
    return len(_words(cue)) if cue.kind == PREPOSITION else 1


def _complete(ctx: Context, i: int, cue: Cue) -> bool:
    """Whether the further words of a multi-word cue follow."""
    if cue.kind != PREPOSITION:
        return True
    return all(ctx.form(i + k).startswith(word) for k, word in enumerate(_words(cue)) if k)


__all__ = ["Site", "rows", "sites"]
