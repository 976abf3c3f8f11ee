"""What a possible cue is worth before anybody looks for its content, and what the likely cues around it tell.

Most words of the lexicon of reporting mostly report nothing. A first model weighs each possible cue by its own
form and its neighbours; the hopeless ones are dropped, and the rest are described by this weight and by the
likely cues beside them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

from musnad.find.bounds import bucket
from musnad.find.context import COLON, OPEN, Context
from musnad.find.cues import Site
from musnad.find.gate_groups import AROUND_GROUPS, CUE_GROUPS
from musnad.model.maxent import Described, Values

_AHEAD = 30
_GOVERNED_BREAKS = frozenset((OPEN, COLON))


@dataclass(frozen=True, slots=True)
class Gates:
    """What the possible cues of a text are worth by their own features alone.

    Attributes:
        logits: log-odds that a cue reports something, by its token.
        likely: the tokens of those that rather do than not, in order.
        nulls: what the features of a cue alone add to the score of *no statement*, by its token.
    """

    logits: Mapping[int, float]
    likely: tuple[int, ...]
    nulls: Mapping[int, float] = field(default_factory=dict)

    @classmethod
    def of(cls, logits: Mapping[int, float], nulls: Mapping[int, float] | None = None) -> Gates:
        """Sort out the likely ones."""
        return cls(logits, tuple(sorted(k for k, v in logits.items() if v > 0.0)), nulls or {})

    def between(self, low: int, high: int) -> tuple[int, ...]:
        """The likely cues in ``[low, high)``."""
        return self.likely[bisect_left(self.likely, low) : bisect_left(self.likely, high)]


def cue_values(ctx: Context, site: Site) -> Described:
    """A cue alone: what it is and what stands beside it (``CUE_GROUPS``)."""
    i, cue, end = site.token, site.cue, site.end
    t = ctx.tags[i]
    conj = t.conjunction if t else ""
    first, last = ctx.units[i]
    ahead = ctx.symbols[end : min(last, end + _AHEAD)]
    met, distance, cues, following = _outlook(ctx, site, ahead)
    kind, lemma, few = cue.kind, cue.lemma, min(cues, 2)
    before, after = ctx.symbol(i - 1), ctx.symbol(end)
    values = (
        (ctx.form(i), ctx.fine[i], conj, site.cues, cue),
        (before, kind),
        (after, ctx.fine[end] if end < len(ctx) else ">"),
        ("complementiser" in ahead, OPEN in ahead, kind, cue.strength, cue.act, lemma),
        (ctx.inside[i] >= 0, i - first < 2, kind, conj),
        (met, bucket(distance), few, kind, cue.strength),
        (met, few, lemma),
    )
    return values, (
        f"pf{ctx.form(i - 1)}",
        f"nf{ctx.form(end)}",
        f"pn{before}|{after}",
        f"of{following}|{lemma}" if following else "of-",
        f"of{following}|{met}",
    )


def _outlook(ctx: Context, site: Site, ahead: tuple[str, ...]) -> tuple[str, int, int, str]:
    """What a cue meets first to its right (a word that it governs or a mark), how far, past how many other cues."""
    government = site.cue.government
    cues = 0
    following = ""
    for distance, (symbol, t) in enumerate(zip(ahead, ctx.tags[site.end : site.end + len(ahead)], strict=True)):
        if t is None:
            if symbol in _GOVERNED_BREAKS:
                return symbol, distance, cues, following
            continue
        if t.particle == "complementiser" or t.form in government or (t.proclitic and t.proclitic in government):
            return (t.form if t.particle else t.proclitic), distance, cues, following
        if t.cues and t.cues[0].kind in "va":
            cues += 1
            following = following or t.cues[0].lemma
    return "-", 0, cues, following


def around_values(ctx: Context, site: Site, gates: Gates) -> tuple[Values, ...]:
    """How likely a cue is itself, and the likely cues around it (``AROUND_GROUPS``)."""
    own = gates.logits.get(site.token, 0.0)
    first, end = ctx.units[site.token]
    low, at = bisect_left(gates.likely, first), bisect_left(gates.likely, site.token)
    later = bisect_left(gates.likely, site.token + 1)
    high = bisect_left(gates.likely, end)
    level = str(max(-6, min(6, round(own))))
    kind, strength = site.cue.kind, site.cue.strength
    return (
        (level, kind, ctx.inside[site.token] >= 0),
        (min(at - low, 3), min(high - later, 3), level, kind, strength),
        (
            _neighbour(ctx, gates.likely[at - 1], site.token) if at > low else "-",
            _neighbour(ctx, gates.likely[later], site.token) if high > later else "-",
            kind,
        ),
    )


def _neighbour(ctx: Context, token: int, own: int) -> str:
    """The kind of another cue with its distance."""
    t = ctx.tags[token]
    return (t.cues[0].kind + t.conjunction if t is not None and t.cues else "-") + bucket(abs(own - token))


__all__ = ["AROUND_GROUPS", "CUE_GROUPS", "Gates", "around_values", "cue_values"]
