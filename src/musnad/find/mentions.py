"""Mentions that fill a slot of a frame: the features by which their first and last words are chosen.

A frame is a cue with its content. The finders of its slots (``speakers``, ``addressees``, ``media``, ``relays``)
say where a mention may begin; this module describes such a beginning, *no mention*, and the possible ends to the
models (``mention_groups`` says how the descriptions become features).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from musnad.find import mention_groups as groups
from musnad.find.bounds import bucket
from musnad.find.context import CLOSE, COLON, COMMA, LINE, OPEN, STOP, Context
from musnad.find.cues import Site
from musnad.find.tags import Tag
from musnad.model.maxent import Described, Labeller, Values, Weights, grouped, memos, spelled

_LONGEST = 34
STOPS = frozenset((STOP, LINE, "!", "?", "\u061f"))
_EDGE = frozenset((COMMA, COLON, STOP, LINE, "(", ")", "-", OPEN, CLOSE, ";", "[", "]"))


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue with its content: what the finders of the other slots start from.

    Attributes:
        site: the cue.
        spans: token ranges ``[first, end)`` of the content.
        side: where the content stands (``after``, ``before``, ``around``).
        kind: what opens the content.
    """

    site: Site
    spans: tuple[tuple[int, int], ...]
    side: str
    kind: str


def window(ctx: Context, frame: Frame) -> tuple[int, int]:
    """Tokens between the cue and what ends the reporting clause after it: ``[first, end)``."""
    site = frame.site
    first = site.end
    limit = ctx.units[site.token][1]
    begin = next((s for s, _ in frame.spans if s >= site.end), None)
    if begin is not None:
        limit = min(limit, begin)
    return first, max(first, min(limit, first + 60))


def places_near(
    ctx: Context, frame: Frame, may: Callable[[Context, int], bool], *, after: int, before: int, beyond: int
) -> tuple[int, ...]:
    """Tokens near a frame that ``may`` begin a mention: up to the content, before the cue, just after the content.

    ``after``, ``before`` and ``beyond`` say how many tokens far.
    """
    first, limit = window(ctx, frame)
    token = frame.site.token
    found = [i for i in range(first, min(limit, first + after)) if may(ctx, i)]
    low = max(ctx.units[token][0], token - before)
    found += [i for i in range(token, low - 1, -1) if may(ctx, i)]
    if frame.side == "after" and frame.spans:
        end = frame.spans[-1][1]
        last = min(ctx.units[end - 1][1], end + beyond)
        found += [i for i in range(end, last) if i >= first and i not in found and may(ctx, i)]
    return tuple(found)


_FEMININE = (chr(0x647), chr(0x627) + chr(0x62A))
_SHOWN = frozenset((
    "title", "head", "agency", "outlet", "group", "organisation", "country", "gentilic", "given", "given?", "time",
    "medium", "adverbial",
))  # fmt: skip


def _shown(t: Tag | None) -> str:
    """The classes of a word that matter for mentions, joined."""
    return "" if t is None or not t.lexical else "+".join(sorted(t.lexical & _SHOWN))


def null_values(ctx: Context, frame: Frame) -> Described:
    """*No mention* (``groups.NULL``)."""
    site, cue = frame.site, frame.site.cue
    first, limit = window(ctx, frame)
    t = ctx.tags[site.token]
    conj = t.conjunction if t else ""
    gap = bucket(limit - first)
    after, kind, takes = ctx.symbol(first), cue.kind, cue.takes
    initial = site.token - ctx.units[site.token][0] < 2
    there = first < len(ctx)
    values = (
        (cue.lemma, kind, conj),
        (gap, kind, frame.side, frame.kind, after),
        (after, ctx.form(first), ctx.fine[first] if there else ">"),
        (ctx.symbol(site.token - 1), ctx.form(site.token - 1)),
        (ctx.form(site.token), cue.tense, cue.person, cue.number, cue.voice, kind),
        (initial, kind, conj, gap),
        (cue.object, kind, takes, conj, after, _shown(ctx.tags[first]) if there else ""),
    )
    return values, ()


def start_values(ctx: Context, frame: Frame, i: int) -> Described:
    """A mention that begins at token ``i`` (``groups.START``)."""
    site, cue, token = frame.site, frame.site.cue, frame.site.token
    t, kind, takes = ctx.tags[i], cue.kind, cue.takes
    after = i >= site.end
    low, high, side = (site.end, i, "A") if after else (i, token, "B")
    symbols, forms, fine = ctx.symbols, ctx.words.forms, ctx.fine
    distance = bucket(high - low)
    before, pform, pfine = (symbols[i - 1], forms[i - 1], fine[i - 1]) if i else ("<", "<", "<")
    follow, nfine = (symbols[i + 1], fine[i + 1]) if i + 1 < len(fine) else (">", ">")
    commas, cues, particles = _between(ctx, low, high) if low < high else (0, 0, 0)
    definite, proclitic, conj, particle, bare, own, strength = False, "", "", "", forms[i], "", 0
    lexical: Values = None
    if t is not None:
        definite, proclitic, conj, particle, bare = t.definite, t.proclitic, t.conjunction, t.particle, t.bare
        if t.cues:
            own, strength = t.cues[0].kind, t.cues[0].strength
        if t.lexical:
            lexical = (side, t.lexical, takes, distance, kind, proclitic)
    single: tuple[str, ...] = (f"Sf{side}{forms[i]}", f"Spf{side}{pform}")
    if 1 <= high - low <= 2:
        single += (f"Sz{side}{'_'.join(symbols[low:high])}", f"Szf{side}{'_'.join(forms[low:high])}")
    if before == "preposition":
        single += (f"Spl{side}{pform}|{cue.lemma}",)
    gap: Values = None
    if not after:
        gap = (ctx.symbol(token - 1), before, kind)
        single += (f"Sbf{ctx.form(token - 1)}", f"Sbc{pform}|{kind}|{cues}")
    same = ctx.inside[i] == ctx.inside[token]
    values = (
        (side, frame.side[0], kind, cue.lemma, distance),
        (side, fine[i], distance, kind),
        (side, symbols[i], before),
        (side, symbols[i], follow),
        (side, before, kind),
        (side, pfine),
        (side, nfine),
        (side, commas, cues, particles, kind, conj, definite, same, own, strength),
        (side, particle, proclitic, kind, distance, cue.gender, cue.number, bare.endswith(_FEMININE), definite),
        (side, takes, cue.object, distance, frame.kind),
        lexical,
        gap,
    )
    return values, single


def _between(ctx: Context, low: int, high: int) -> tuple[int, int, int]:
    """How many commas, possible cues and particles stand in ``[low, high)``, up to 3, 3 and 4."""
    cues = particles = 0
    for t in ctx.tags[low:high]:
        if t is not None:
            if t.cues:
                cues += 1
            if t.particle:
                particles += 1
    return min(ctx.symbols[low:high].count(COMMA), 3), min(cues, 3), min(particles, 4)


def _orders(frame: Frame, starts: Sequence[int]) -> Iterator[Values]:
    """For each possible first word how many stand before it on its side of the cue."""
    kind = frame.site.cue.kind
    after = before = 0
    for i in starts:
        if i >= frame.site.end:
            yield ("A", min(after, 6), kind)
            after += 1
        else:
            yield ("B", min(before, 6), kind)
            before += 1


Kept = dict[int, list[float]]


def _sums(ctx: Context, frame: Frame, i: int, shared: Labeller, kept: Kept) -> list[float]:
    """The sums of token ``i``, -1 for *no mention*, in each of the models; ``kept`` holds those asked for before."""
    found = kept.get(i)
    if found is None:
        if i < 0:
            found = shared.grouped(groups.NULL, null_values(ctx, frame))
        else:
            found = shared.grouped(groups.START, start_values(ctx, frame, i))
        kept[i] = found
    return found


def start_table(ctx: Context, frame: Frame, starts: Sequence[int]) -> list[list[str]]:
    """Features of *no mention* and of each possible first word, in this order."""
    features = [spelled(groups.NULL, null_values(ctx, frame))]
    for i, order in zip(starts, _orders(frame, starts), strict=True):
        features.append(spelled(groups.START, start_values(ctx, frame, i)) + spelled(groups.ORDER, ((order,), ())))
    return features


def start_scores(
    ctx: Context, frame: Frame, starts: Sequence[int], shared: Labeller, number: int, weights: Weights, kept: Kept
) -> list[float]:
    """Scores of *no mention* and of each possible first word.

    Args:
        shared: the models of all slots together (``model.maxent.joint``).
        number: the place of the model of this slot among them.
        weights: this model alone.
        kept: what was worked out about tokens for other slots of the same frame.
    """
    scores = [_sums(ctx, frame, -1, shared, kept)[number]]
    (orders,) = memos(weights, groups.ORDER)
    for i, order in zip(starts, _orders(frame, starts), strict=True):
        scores.append(_sums(ctx, frame, i, shared, kept)[number] + orders[order])
    return scores


def mention_ends(ctx: Context, frame: Frame, first: int) -> tuple[int, ...]:
    """Tokens after the last word of a mention that begins at ``first``."""
    site = frame.site
    limit = window(ctx, frame)[1] if first >= site.end else site.token
    if first >= site.end and frame.side != "after":
        limit = ctx.units[site.token][1]
    found = []
    for e in range(first + 1, min(limit, first + _LONGEST) + 1):
        if ctx.is_word(e - 1) or ctx.symbols[e - 1] in (")", CLOSE):
            found.append(e)
        if e < len(ctx) and ctx.symbols[e] in STOPS:
            break
    return tuple(found) or (first + 1,)


@dataclass(slots=True)
class _Run:
    """What a mention holds up to the end in question."""

    at: int
    commas: int = 0
    open: int = 0
    title: int = 0
    given: int = 0
    relative: int = 0

    def to(self, ctx: Context, e: int) -> None:
        """Go on up to token ``e``."""
        for k in range(self.at, e):
            symbol, t = ctx.symbols[k], ctx.tags[k]
            if symbol == COMMA:
                self.commas = min(self.commas + 1, 3)
            elif symbol in ("(", OPEN):
                self.open = 1
            elif symbol in (")", CLOSE):
                self.open = 0
            if t is not None:
                self.title = 1 if "title" in t.lexical else self.title
                self.given = min(self.given + ("given" in t.lexical), 3)
                self.relative = 1 if t.particle == "relative" else self.relative
        self.at = e


def end_values(ctx: Context, first: int, e: int, run: _Run, limits: tuple[int, int], lemma: str = "") -> Described:
    """A mention ``[first, e)`` (``groups.END``); ``limits`` are the tokens of the cue and of the content after it."""
    symbols, forms, fine, size = ctx.symbols, ctx.words.forms, ctx.fine, len(ctx.symbols)
    nxt, nform, nfine, t = (symbols[e], forms[e], fine[e], ctx.tags[e]) if e < size else (">", ">", ">", None)
    after = symbols[e + 1] if e + 1 < size else ">"
    prev, pfine, p = symbols[e - 1], fine[e - 1], ctx.tags[e - 1]
    edge = "L" if e in limits else "e" if nxt in _EDGE else "-"
    npart = (t.particle or t.proclitic) + t.conjunction if t else nxt
    cue = "" if t is None or not t.cues else t.cues[0].kind + str(t.cues[0].strength)
    length = bucket(e - first)
    lexical, previous = _shown(t), _shown(p)
    beyond: Values = None
    if t is None and e + 1 < size:
        u = ctx.tags[e + 1]
        beyond = (nxt, fine[e + 1], None if u is None else f"{_shown(u)}|{u.particle}{u.conjunction}{u.definite}")
    mark = nxt if t is None else ""
    values = (
        (edge, length, fine[first]),
        (nxt, after, run.commas, edge, run.open),
        (nfine,),
        (pfine,),
        (npart, run.commas, run.open, cue),
        (p.definite if p else "", t.definite if t else "", mark),
        (previous, lexical),
        (run.title, run.relative, nxt, edge),
        (run.given, previous, nxt if t is None else lexical),
        beyond,
    )
    single = (
        f"Enf{nform}",
        f"Ecc{pfine}|{nfine}",
        f"Epcn{pfine}|{nxt}",
        f"Epn{prev}|{nxt}",
        f"Epnl{prev}|{nxt}|{length}",
    )
    return values, (*single, f"Evg{nform}|{lemma}") if nxt == "preposition" else single


def _end_values(ctx: Context, frame: Frame, first: int, found: Sequence[int]) -> Iterator[Described]:
    run = _Run(first)
    limits = (frame.site.token, next((s for s, _ in frame.spans if s >= frame.site.end), -1))
    for e in found:
        run.to(ctx, e)
        yield end_values(ctx, first, e, run, limits, frame.site.cue.lemma)


def end_table(ctx: Context, frame: Frame, first: int) -> tuple[tuple[int, ...], list[list[str]]]:
    """The ends of a mention with their features."""
    found = mention_ends(ctx, frame, first)
    return found, [spelled(groups.END, values) for values in _end_values(ctx, frame, first, found)]


def end_scores(ctx: Context, frame: Frame, first: int, weights: Weights) -> tuple[tuple[int, ...], list[float]]:
    """The ends of a mention with their scores."""
    found = mention_ends(ctx, frame, first)
    sums = memos(weights, groups.END)
    return found, [grouped(sums, weights, values) for values in _end_values(ctx, frame, first, found)]
