"""Places where content may end, described for the model that chooses among them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from musnad.find.bounds import AROUND, Start, bucket
from musnad.find.context import CLOSE, COLON, COMMA, DASH, LINE, SEMICOLON, STOP, Context
from musnad.find.cues import Site
from musnad.find.end_groups import END_GROUPS
from musnad.find.quotes import Quote
from musnad.find.tags import Tag
from musnad.model.maxent import Described, Values

_FINAL = frozenset((STOP, LINE, "!", "?", "\u061f"))
_AHEAD = frozenset(("medium", "remark", "agency", "outlet", "time", "adverbial"))
_LOOSE = frozenset((SEMICOLON, COLON, DASH))


@dataclass(frozen=True, slots=True)
class Others:
    """The statements of a text as the choice of ends sees them.

    Attributes:
        tokens: the tokens of their cues, in order.
        kinds: side and kind of each.
        firsts: first token of the content of each.
        taken: ends of content that stands before its cue → the last such cue.
    """

    tokens: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    firsts: tuple[int, ...] = ()
    taken: Mapping[int, int] = field(default_factory=dict)


NO_OTHERS = Others()


@dataclass(slots=True)
class Run:
    """What the content holds up to the end in question.

    Attributes:
        at: the token up to which the rest counts.
        commas, loose, stops, cues: marks and possible cues inside.
        open: 1 inside a bracket.
    """

    at: int
    commas: int = 0
    loose: int = 0
    open: int = 0
    cues: int = 0
    stops: int = 0

    def to(self, ctx: Context, e: int) -> None:
        """Go on up to token ``e``."""
        for symbol, t in zip(ctx.symbols[self.at : e], ctx.tags[self.at : e], strict=True):
            if t is not None:
                if t.cues:
                    self.cues += 1
            elif symbol == COMMA:
                self.commas += 1
            elif symbol == "(":
                self.open = 1
            elif symbol == ")":
                self.open = 0
            elif symbol in _LOOSE:
                self.loose += 1
            elif symbol in _FINAL:
                self.stops = min(self.stops + 1, 3)
        self.at = e


def end_table(ctx: Context, site: Site, start: Start, found: Sequence[int], others: Others) -> Iterator[Described]:
    """Content from ``start`` up to each token of ``found`` in order (``END_GROUPS``)."""
    begin = start.token if start.side != AROUND else site.end
    kind, cue, lemma = start.kind, site.cue.kind, site.cue.lemma
    symbols, forms, fine, tags, size = ctx.symbols, ctx.words.forms, ctx.fine, ctx.tags, len(ctx.symbols)
    opening, led = ctx.openers.get(begin - 1), ctx.openers.get(begin + 1)
    count, run = len(found), Run(begin)
    for order, e in enumerate(found):
        run.to(ctx, e)
        nxt, form, cluster, look = (symbols[e], forms[e], fine[e], tags[e]) if e < size else (">", ">", ">", None)
        after = symbols[e + 1] if e + 1 < size else ">"
        word, mark, step = "w", "", 1
        if look is None:  # a mark: the word behind it matters
            word = mark = nxt
            form, cluster, look = (forms[e + 1], fine[e + 1], tags[e + 1]) if e + 1 < size else (">", cluster, None)
            step = 2
        last = nxt in _FINAL or e >= ctx.units[e - 1][1] or (nxt == CLOSE and after in _FINAL)
        final = "F" if last else "-"
        quote, inside, broken = _quotation(ctx, begin, e, opening, led)
        ncue = strength = connector = ""
        if look is not None:
            if look.cues:
                ncue, strength = look.cues[0].kind + look.conjunction, str(look.cues[0].strength)
            if look.cues or look.particle:
                connector = form
        values: tuple[Values, ...] = (
            (nxt, kind, cue),
            (nxt, after, kind),
            (mark, cluster),
            (quote, nxt, after),
            (quote, nxt, final, kind, broken, inside),
            (final, kind, cue, lemma),
            (bucket(e - begin), final, kind, nxt),
            (ncue, strength, word, nxt, kind, cue, run.cues > 0),
            (min(order, 6), nxt),
            (symbols[e - 1], nxt),
            (fine[e - 1],),
            (min(run.commas, 4), min(run.loose, 3), min(count - order, 4), final, nxt),
            (run.open, run.stops, nxt, kind, final),
            *_other_values(ctx, site, begin, e, others, word),
        )
        single = (f"Ef{nxt}|{form}", f"Epf{forms[e - 1]}", f"Ela{lemma}|{nxt}|{connector}")
        if look is None:
            yield (*values, None, None, None, None), single
        else:
            two = symbols[e + step] if e + step < size else ">"
            seen = _look_values(ctx, e, look, word, quote, kind, cue)
            yield values + seen, (*single, f"Ext{word}|{look.symbol}|{two}")


def _look_values(ctx: Context, e: int, look: Tag, word: str, quote: str, kind: str, cue: str) -> tuple[Values, ...]:
    """The word after the end, or after the mark that stands there, and the listed words ahead."""
    conj = look.conjunction
    listed = ""
    found = [u.lexical for u in ctx.tags[e : e + 4] if u is not None and not u.lexical.isdisjoint(_AHEAD)]
    if found:
        listed = "+".join(sorted(_AHEAD.intersection(frozenset().union(*found))))
    return (
        (word, look.particle + conj, kind, cue),
        (word, look.bare, quote, look.symbol, conj) if conj else None,
        (look.lexical, word) if look.lexical else None,
        (listed, look.particle, kind, word, quote),
    )


def _quotation(ctx: Context, begin: int, e: int, opening: Quote | None, led: Quote | None) -> tuple[str, bool, bool]:
    """Where the quotation that opens the content ends, whether another is inside up to ``e``, and still open.

    ``opening`` is the quotation that opens right before the content, ``led`` the one that its first word leads to.
    """
    quote = "0"
    if opening is not None:
        quote = "=" if e == opening.close else "<" if e < opening.close else ">"
    elif led is not None:  # a complementiser leads to it
        quote = "c=" if e in (led.close, led.close + 1) else "c<" if e < led.close else "c>"
    inner = ctx.inside[e - 1]
    if inner < 0:
        return quote, False, False
    q = ctx.quotes[inner]
    inside = (opening is None or q is not opening) and q.close > e - 1 and q.open >= begin
    return quote, inside, inside and q.close != e


def _other_values(ctx: Context, site: Site, begin: int, e: int, others: Others, word: str) -> tuple[Values, Values]:
    """The other statements around an end: where the next one's cue stands, which lie inside."""
    ahead, distance, own = "-", 9, site.token
    tokens = others.tokens
    low, high = bisect_left(tokens, begin), bisect_left(tokens, e)
    for n in range(high, min(high + 2, len(tokens))):
        k = tokens[n]
        if k < e + 5 and k != own:
            t = ctx.tags[k]
            ahead, distance = others.kinds[n] + (t.conjunction if t else ""), k - e
            break
    inside = high - low
    if inside and begin <= own < e:
        inside -= 1
    cut = 0
    for n in range(max(low, high - 3), high):
        if tokens[n] != own and others.kinds[n][0] == "a" and others.firsts[n] >= e:
            cut = 1
    closer = others.taken.get(e, -1)
    taken = int(closer >= e and closer != own)
    return (ahead, distance, word, min(inside, 3), site.cue.kind), (cut, taken, word)


__all__ = ["END_GROUPS", "NO_OTHERS", "Others", "end_table"]
