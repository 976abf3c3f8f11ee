"""Places where a reporting word stands: candidates, not yet decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from musnad.find.context import Context
from musnad.find.kept import Kept
from musnad.find.tags import NOUN, PARTICIPLE, PREPOSITION, VERB, Cue, tag

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
    if tokens is None:
        tokens = [i for i, t in enumerate(tags) if t is not None and t.cues]
    known, found = _alone(), []
    for i in tokens:
        form = forms[i]
        cues, best, heads = known[form]
        if heads and i + 1 < len(forms) and forms[i + 1][0] in heads:
            cues = tuple([c for c in ctx.cues(i) if not c.further or _follow(forms, i + 1, c.further)])
            best = min(cues, key=_rank, default=None)
            if best is not None:
                found.append(Site(i, i + 1 + _own(best.further), best, cues))
        elif best is not None:
            found.append(Site(i, i + 1, best, cues))
    return tuple(found)


@lru_cache(maxsize=1)
def _alone() -> Kept[tuple[tuple[Cue, ...], Cue | None, frozenset[str]]]:
    """Folded form → its readings as a cue of one word, the one that stands first, and first letters of second words.

    Equal readings are one object: ``find.gates`` describes it once for all the places where it stands.
    """

    def described(form: str) -> tuple[tuple[Cue, ...], Cue | None, frozenset[str]]:
        every = cues = tag(form).cues
        heads = _NO_HEADS
        if every[-1].further:  # prepositions of several words stand last
            cues = tuple([c for c in every if not c.further])
            heads = frozenset([c.further[0][0] for c in every if c.further])
        return cues, cues[0] if len(cues) == 1 else min(cues, key=_rank, default=None), heads

    return Kept(described)


def _own(further: tuple[str, ...]) -> int:
    """How many further words belong to the cue alone: a last one-letter preposition is fused to what it governs."""
    return len(further) - 1 if further and len(further[-1]) == 1 else len(further)


def _rank(cue: Cue) -> tuple[int, int]:
    return _ORDER[cue.kind], -cue.strength


def _follow(forms: Sequence[str], at: int, further: tuple[str, ...]) -> bool:
    """Whether words of a multi-word cue stand from token ``at`` on, with or without endings."""
    return at + len(further) <= len(forms) and all(forms[at + k].startswith(word) for k, word in enumerate(further))


__all__ = ["Site", "sites"]
