"""Places where content may begin, described for the model that chooses among them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
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
        passed = ctx.symbols[self.at : end]
        self.commas += passed.count(COMMA)
        self.line = self.line or LINE in passed
        self.stop = self.stop or STOP in passed
        self.at = end


def start_table(ctx: Context, site: Site, candidates: Sequence[Start], gates: Gates) -> Iterator[Described]:
    """The possible beginnings of ``site`` in order (``START_GROUPS``)."""
    cue, token, likely, tags = site.cue, site.token, gates.likely, ctx.tags
    fine, symbols, forms, inside, size = ctx.fine, ctx.symbols, ctx.words.forms, ctx.inside, len(ctx.fine)
    word, lemma, takes, strength, own = cue.kind, cue.lemma, cue.takes, cue.strength, inside[token]
    following = _party_at(tags[site.end]) if site.end < size else ""
    seen = Seen(site.end)
    for start in candidates:
        i, kind = start.token, start.kind
        after = start.side == AFTER
        if not after and seen.at != token:
            seen = Seen(i)  # all candidates before the cue begin at one token
        low, high = (site.end, i) if after else (i, token)
        if high > seen.at:
            seen.to(ctx, high)
        t = tags[i]
        key = forms[i] if t is not None and (t.particle or t.cues) else symbols[i]
        before, pfine, pform = (symbols[i - 1], fine[i - 1], forms[i - 1]) if i else ("<", "<", "<")
        nxt, nfine = (symbols[i + 1], fine[i + 1]) if i + 1 < size else (">", ">")
        side = start.side[0] + kind
        near, far = bisect_left(likely, low), bisect_left(likely, high)
        earlier = seen.kinds
        order = earlier.get(kind, 0)
        comps, quotes = min(earlier.get("comp", 0), 2), min(earlier.get("quote", 0), 2)
        distance = bucket(high - low)
        party = "" if low >= high else following if after else _party_at(tags[low])
        values = (
            (side, word, strength, lemma, cue.act),
            (side, order, word, kind, takes, cue.object),
            (side, distance, word),
            (key, word, distance),
            (key, order),
            (fine[i], kind),
            (before, pfine, kind),
            (nxt, nfine, kind),
            (kind, min(seen.commas, 3), min(far - near, 3), word, side[0]),
            (kind, word, comps, quotes, seen.line, seen.stop, inside[i] != own),
            (likely[far - 1] - high if far > near else 0, kind),
            _governed_values(site, t, i, ctx, kind, order, seen) if cue.government else None,
            (t.lexical, kind, word, takes, distance) if t is not None and t.lexical else None,
            (party, kind, distance),
            *(_quote_values(ctx, i, lemma) if kind == "quote" else _NO_QUOTE),
            None if after else _not_after_values(ctx, site, side),
        )
        earlier[kind] = order + 1
        single: tuple[str, ...] = (f"Sf{key}|{lemma}", f"Sp{before}|{key}", f"Spf{pform}|{kind}")
        if after and 1 <= high - low <= 3:
            single += (f"Sw{'_'.join(symbols[low:high])}|{kind}",)
        yield values, single


_NO_QUOTE = (None, None)


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


__all__ = ["START_GROUPS", "start_table"]
