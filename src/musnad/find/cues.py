"""Places where a reporting word stands: candidates, not yet decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from musnad.find.context import Context
from musnad.find.tags import NOUN, PARTICIPLE, PREPOSITION, VERB, Cue

_ORDER = {VERB: 0, PARTICIPLE: 1, PREPOSITION: 2, NOUN: 3}


@dataclass(slots=True)  # never changed; a frozen one takes twice as long to make
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
    forms = ctx.words.forms
    found = []
    for i, t in enumerate(ctx.tags):
        if t is None or not t.cues:
            continue
        cues = t.cues
        if cues[-1].further:  # prepositions of several words stand last
            after = forms[i + 1] if i + 1 < len(forms) else ""
            cues = tuple([
                c for c in cues
                if not c.further or (after.startswith(c.further[0]) and _follow(forms, i + 2, c.further[1:]))
            ])  # fmt: skip
        if cues:
            best = cues[0] if len(cues) == 1 else min(cues, key=_rank)
            found.append(Site(i, i + 1 + _own(best.further), best, cues))
    return tuple(found)


def _own(further: tuple[str, ...]) -> int:
    """How many further words belong to the cue alone: a last one-letter preposition is fused to what it governs."""
    return len(further) - 1 if further and len(further[-1]) == 1 else len(further)


def _rank(cue: Cue) -> tuple[int, int]:
    return _ORDER[cue.kind], -cue.strength


def _follow(forms: Sequence[str], at: int, further: tuple[str, ...]) -> bool:
    """Whether words of a multi-word cue stand from token ``at`` on, with or without endings."""
    return at + len(further) <= len(forms) and all(forms[at + k].startswith(word) for k, word in enumerate(further))


__all__ = ["Site", "sites"]
