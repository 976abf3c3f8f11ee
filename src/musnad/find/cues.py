"""Places where a reporting word stands: candidates, not yet decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from musnad.find.context import Context
from musnad.find.tags import NOUN, PARTICIPLE, PREPOSITION, VERB, Alone, Cue, Tag

_NO_HEADS: frozenset[str] = frozenset()
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


def sites(ctx: Context, tokens: Iterable[int] | None = None) -> tuple[Site, ...]:
    """All possible cues of a text, in order.

    Args:
        tokens: the tokens that can be reporting words, where they are known.
    """
    tags, forms = ctx.tags, ctx.words.forms
    found = []
    for i in range(len(tags)) if tokens is None else tokens:
        t = tags[i]
        if t is None or not t.cues:
            continue
        cues, best, heads = t.alone or _alone(t)
        if heads and i + 1 < len(forms) and ((after := forms[i + 1])[:2] in heads or after[0] in heads):
            cues = tuple([c for c in t.cues if not c.further or _follow(forms, i + 1, c.further)])
            best = min(cues, key=_rank, default=None)
            if best is not None:
                found.append(Site(i, i + 1 + _own(best.further), best, cues))
        elif best is not None:
            found.append(Site(i, i + 1, best, cues))
    return tuple(found)


def _alone(t: Tag) -> Alone:
    """The readings of a word as a cue of one word, once and for all: ``find.gates`` describes equal objects once."""
    cues, heads = t.cues, _NO_HEADS
    if cues[-1].further:  # prepositions of several words stand last
        cues = tuple([c for c in t.cues if not c.further])
        heads = frozenset([c.further[0][:2] for c in t.cues if c.further])
    t.alone = cues, cues[0] if len(cues) == 1 else min(cues, key=_rank, default=None), heads
    return t.alone


def _own(further: tuple[str, ...]) -> int:
    """How many further words belong to the cue alone: a last one-letter preposition is fused to what it governs."""
    return len(further) - 1 if further and len(further[-1]) == 1 else len(further)


def _rank(cue: Cue) -> tuple[int, int]:
    return _ORDER[cue.kind], -cue.strength


def _follow(forms: Sequence[str], at: int, further: tuple[str, ...]) -> bool:
    """Whether words of a multi-word cue stand from token ``at`` on, with or without endings."""
    return at + len(further) <= len(forms) and all(forms[at + k].startswith(word) for k, word in enumerate(further))


__all__ = ["Site", "sites"]
