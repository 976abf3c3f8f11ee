"""Places where content may begin, described for the model that chooses among them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from musnad.find.bounds import AFTER, Start, before_end, bucket
from musnad.find.context import COMMA, LINE, STOP, Context
from musnad.find.cues import Site
from musnad.find.gates import Gates
from musnad.find.start_groups import START_GROUPS
from musnad.find.tags import Tag
from musnad.model.maxent import Described, Values

_PARTIES = frozenset(
    ("title", "head", "given", "country", "agency", "outlet", "group", "organisation", "anonymous", "document")
)


@dataclass(slots=True)
class Seen:
    """What stands between the cue and a candidate.

    Attributes:
        at: the token up to which the marks count.
        kinds: how many candidates of each kind came before.
        governed: how many of those the cue governs.
        commas, line, stop: the marks.
    """

    at: int
    kinds: dict[str, int] = field(default_factory=dict)
    governed: int = 0
    commas: int = 0
    line: bool = False
    stop: bool = False

    def to(self, ctx: Context, end: int) -> None:
        """Go on up to token ``end``."""
        if end > self.at:
            passed = ctx.symbols[self.at : end]
            self.commas += passed.count(COMMA)
            self.line = self.line or LINE in passed
            self.stop = self.stop or STOP in passed
            self.at = end


def start_values(ctx: Context, site: Site, start: Start, seen: Seen, gates: Gates) -> Described:
    """One beginning (``START_GROUPS``); ``seen`` counts the candidates before it on its side of the cue."""
    i, kind, cue = start.token, start.kind, site.cue
    word, lemma = cue.kind, cue.lemma
    t = ctx.tags[i]
    fine, symbols = ctx.fine, ctx.symbols
    single: tuple[str, ...]
    key = ctx.words.forms[i] if t is not None and (t.particle or t.cues) else symbols[i]
    before = symbols[i - 1] if i else "<"
    follow = i + 1 < len(fine)
    side = start.side[0] + kind
    after = start.side == AFTER
    low, high = (site.end, i) if after else (i, site.token)
    seen.to(ctx, high)
    near, far = bisect_left(gates.likely, low), bisect_left(gates.likely, high)
    order = seen.kinds.get(kind, 0)
    comps, quotes = min(seen.kinds.get("comp", 0), 2), min(seen.kinds.get("quote", 0), 2)
    crossing = ctx.inside[i] != ctx.inside[site.token]
    distance = bucket(high - low)
    governed = _governed_values(site, t, i, ctx, kind, order, seen) if cue.government else None
    seen.kinds[kind] = order + 1
    values = (
        (side, word, cue.strength, lemma, cue.act),
        (side, order, word, kind, cue.takes, cue.object),
        (side, distance, word),
        (key, word, distance),
        (key, order),
        (fine[i], kind),
        (before, fine[i - 1] if i else "<", kind),
        (symbols[i + 1] if follow else ">", fine[i + 1] if follow else ">", kind),
        (kind, min(seen.commas, 3), min(far - near, 3), word, start.side[0]),
        (kind, word, comps, quotes, seen.line, seen.stop, crossing),
        (gates.likely[far - 1] - high if far > near else 0, kind),
        governed,
        (t.lexical, kind, word, cue.takes, distance) if t is not None and t.lexical else None,
        (_party_at(ctx.tags[low]) if low < high else "", kind, distance),
        *(_quote_values(ctx, i, lemma) if kind == "quote" else (None, None)),
        None if after else _not_after_values(ctx, site, side),
    )
    single = (f"Sf{key}|{lemma}", f"Sp{before}|{key}", f"Spf{ctx.words.forms[i - 1] if i else '<'}|{kind}")
    if after and 1 <= high - low <= 3:
        single += (f"Sw{'_'.join(symbols[low:high])}|{kind}",)
    return values, single


def _party_at(t: Tag | None) -> str:
    """The classes of people and bodies that the first word after the cue is listed in."""
    if t is None or not t.lexical:
        return ""
    return "+".join(sorted(t.lexical & _PARTIES))


def _governed_values(site: Site, t: Tag | None, i: int, ctx: Context, kind: str, order: int, seen: Seen) -> Values:
    government = site.cue.government
    governed = ctx.words.forms[i] in government
    if t is not None and not governed:
        governed = t.bare in government or t.proclitic in government
    earlier = min(seen.governed, 2)
    if governed:
        seen.governed += 1
    return (governed, kind, order, site.cue.kind, earlier)


def _not_after_values(ctx: Context, site: Site, side: str) -> Values:
    cue = site.cue
    last = ctx.symbol(before_end(ctx, site))
    return (side, ctx.symbol(site.token - 1), cue.kind, cue.lemma, cue.strength, last, ctx.symbol(site.end))


def _quote_values(ctx: Context, i: int, lemma: str) -> tuple[Values, Values]:
    """The quotation that opens before token ``i``: its size, what stands before and after it."""
    q = ctx.openers.get(i - 1)
    size = bucket(q.close - q.open - 1 if q else 0)
    own = (size, ctx.symbol(i - 2), ctx.form(i - 2))
    return own, None if q is None else (ctx.symbol(q.close + 1), size, lemma)


__all__ = ["START_GROUPS", "Seen", "start_values"]
