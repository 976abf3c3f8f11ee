"""Mentions that fill a slot of a frame: the features by which their first and last words are chosen.

A frame is a cue with its content. The finders of its slots (``speakers``, ``addressees``, ``media``, ``relays``)
say where a mention may begin; this module describes such a beginning, *no mention*, and the possible ends to the
models.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from musnad.find.contents import bucket
from musnad.find.context import CLOSE, COLON, COMMA, LINE, OPEN, STOP, Context
from musnad.find.cues import Site
from musnad.find.tags import Cue

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


def agreement(cue: Cue, form: str, definite: bool) -> str:
    """A rough agreement class of a verb with a noun: gender of the verb and ending of the noun."""
    feminine = form.endswith((chr(0x647), chr(0x627) + chr(0x62A)))
    return f"{cue.gender}{cue.number}{feminine}{definite}"


def null_features(ctx: Context, frame: Frame) -> list[str]:
    """Features of *no mention*."""
    site, cue = frame.site, frame.site.cue
    first, limit = window(ctx, frame)
    t = ctx.tags[site.token]
    conj = t.conjunction if t else ""
    gap = limit - first
    after = ctx.symbol(first)
    start = ctx.units[site.token][0]
    return [
        "b",
        f"l{cue.lemma}",
        f"k{cue.kind}",
        f"k{cue.kind}{conj}",
        f"g{bucket(gap)}",
        f"g{bucket(gap)}{cue.kind}",
        f"gk{bucket(gap)}{frame.side}{frame.kind}",
        f"a{after}",
        f"af{ctx.form(first)}",
        f"ac{ctx.fine[first] if first < len(ctx) else '>'}",
        f"p{ctx.symbol(site.token - 1)}",
        f"pf{ctx.form(site.token - 1)}",
        f"t{cue.tense[:2]}{cue.person}{cue.number}",
        f"i{site.token - start < 2}{cue.kind}{conj}",
        f"i{site.token - start < 2}{cue.kind}{conj}{bucket(gap)}",
        f"o{cue.object}{cue.kind}",
        f"ot{cue.object}{cue.takes}{conj}",
        f"ot{cue.takes}|{after}",
        f"ol{cue.takes}|{'+'.join(sorted(u.lexical & _SHOWN)) if first < len(ctx) and (u := ctx.tags[first]) is not None else ''}",
        f"s{frame.side}{cue.kind}",
        f"f{ctx.form(site.token)}",
        f"ag{bucket(gap)}|{after}",
        f"v{cue.voice}{cue.kind}",
    ]


def start_features(ctx: Context, frame: Frame, i: int) -> list[str]:
    """Features of a mention that begins at token ``i``."""
    site, cue = frame.site, frame.site.cue
    t = ctx.tags[i]
    after = i >= site.end
    low, high = (site.end, i) if after else (i, site.token)
    side = "A" if after else "B"
    between = ctx.symbols[low:high]
    distance = bucket(high - low)
    form, symbol, fine = ctx.form(i), ctx.symbols[i], ctx.fine[i]
    before, follow = ctx.symbol(i - 1), ctx.symbol(i + 1)
    commas = min(between.count(COMMA), 3)
    tags = [ctx.tags[k] for k in range(low, high)]
    cues = min(sum(1 for x in tags if x is not None and x.cues), 3)
    particles = min(sum(1 for x in tags if x is not None and x.particle), 4)
    definite = t.definite if t else False
    proclitic = t.proclitic if t else ""
    conj = t.conjunction if t else ""
    particle = t.particle if t else ""
    where = side + frame.side[0]
    same = ctx.inside[i] == ctx.inside[site.token]
    out = [
        f"S{where}",
        f"S{where}|{cue.kind}",
        f"S{side}|{cue.lemma}",
        f"Sd{side}{distance}",
        f"Sd{side}{distance}|{cue.kind}{frame.side[0]}",
        f"Sf{side}{form}",
        f"Sc{side}{fine}",
        f"Sc{side}{fine}|{distance}",
        f"Sc{side}{fine}|{cue.kind}",
        f"Ss{side}{symbol}",
        f"Sp{side}{before}",
        f"Spf{side}{ctx.form(i - 1)}",
        f"Spc{side}{ctx.fine[i - 1] if i else '<'}",
        f"Spk{side}{before}|{cue.kind}",
        f"Sn{side}{follow}",
        f"Snc{side}{ctx.fine[i + 1] if i + 1 < len(ctx) else '>'}",
        f"Sps{side}{before}|{symbol}",
        f"Ssn{side}{symbol}|{follow}",
        f"Sm{side}{commas}",
        f"Sq{side}{cues}|{particles}",
        f"Sy{side}{particle}{proclitic}",
        f"Sy{side}{particle}{proclitic}|{cue.kind}|{distance}",
        f"Sj{side}{conj}{definite}",
        f"Sw{side}{same}",
        f"Sg{side}{agreement(cue, t.bare if t else form, definite)}",
        f"Sgd{side}{agreement(cue, t.bare if t else form, definite)}|{distance}",
    ]
    out.append(f"Sto{side}{cue.takes}{cue.object}|{distance}|{frame.kind}")
    for name in t.lexical if t else ():
        out += [f"Slo{side}{name}|{cue.takes}", f"Sl{side}{name}", f"Sl{side}{name}|{distance}", f"Sl{side}{name}|{cue.kind}{proclitic}"]
    if t is not None and t.cues:
        out.append(f"Su{side}{t.cues[0].kind}{t.cues[0].strength}")
    if not after:
        out += [f"Sb{ctx.symbol(site.token - 1)}", f"Sbf{ctx.form(site.token - 1)}", f"Sbp{before}|{ctx.symbol(site.token - 1)}|{cue.kind}"]
        out += [f"Sbc{ctx.form(i - 1)}|{cue.kind}|{cues}", f"Sbm{commas}{cues}|{cue.kind}"]
    if 1 <= high - low <= 2:
        out.append(f"Sz{side}{'_'.join(between)}")
        out.append(f"Szf{side}{'_'.join(ctx.words.forms[low:high])}")
    return out


def start_table(
    ctx: Context, frame: Frame, starts: Sequence[int], described: dict[int, list[str]] | None = None
) -> list[list[str]]:
    """Features of *no mention* and of each possible first word, in this order.

    ``described`` keeps the features of tokens, which are the same for all slots of one frame.
    """
    kept = {} if described is None else described
    if -1 not in kept:
        kept[-1] = null_features(ctx, frame)
    features = [kept[-1]]
    orders = {True: 0, False: 0}
    kind = frame.site.cue.kind
    for i in starts:
        side = i >= frame.site.end
        own = kept.get(i)
        if own is None:
            own = kept[i] = start_features(ctx, frame, i)
        order = min(orders[side], 6)
        letter = "A" if side else "B"
        features.append([*own, f"So{letter}{order}", f"So{letter}{order}|{kind}"])
        orders[side] += 1
    return features


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


def end_features(ctx: Context, frame: Frame, first: int, e: int, state: dict[str, int]) -> list[str]:
    """Features of a mention ``[first, e)``."""
    site = frame.site
    prev, nxt, after = ctx.symbol(e - 1), ctx.symbol(e), ctx.symbol(e + 1)
    t, p = (ctx.tags[e] if e < len(ctx) else None), ctx.tags[e - 1]
    limit = e in (site.token, next((s for s, _ in frame.spans if s >= site.end), -1))
    edge = "L" if limit else "e" if nxt in _EDGE else "-"
    npart = (t.particle or t.proclitic) + t.conjunction if t else nxt
    cue = "" if t is None or not t.cues else t.cues[0].kind + str(t.cues[0].strength)
    length = bucket(e - first)
    lexical = "" if t is None else "+".join(sorted(t.lexical & _SHOWN))
    previous = "" if p is None else "+".join(sorted(p.lexical & _SHOWN))
    out = [
        f"E{edge}",
        f"E{edge}|{length}",
        f"En{nxt}",
        f"En{nxt}|{after}",
        f"Enf{ctx.form(e)}",
        f"Ec{ctx.fine[e] if e < len(ctx) else '>'}",
        f"Ecc{ctx.fine[e - 1]}|{ctx.fine[e] if e < len(ctx) else '>'}",
        f"Epc{ctx.fine[e - 1]}",
        f"Epcn{ctx.fine[e - 1]}|{nxt}",
        f"Epn{prev}|{nxt}",
        f"Epnl{prev}|{nxt}|{length}",
        f"El{length}",
        f"Ey{npart}",
        f"Ey{npart}|{state['commas']}{state['open']}",
        f"Eu{cue}|{npart}",
        f"Eb{state['open']}|{nxt}",
        f"Em{state['commas']}|{nxt}|{after}",
        f"Em{state['commas']}|{nxt}|{edge}",
        f"Ed{p.definite if p else ''}{t.definite if t else ''}|{nxt if t is None else ''}",
        f"Elx{previous}|{lexical}",
        f"Ets{state['title']}|{nxt}",
        f"Eg{state['given']}|{previous}|{nxt if t is None else lexical}",
        f"Er{state['relative']}|{edge}",
        f"Er{state['relative']}|{nxt}",
        f"Esc{ctx.fine[first]}|{edge}|{length}",
    ]
    if t is None and e + 1 < len(ctx):
        t1 = ctx.tags[e + 1]
        out.append(f"Ea{nxt}|{ctx.fine[e + 1]}")
        if t1 is not None:
            out.append(f"Eal{nxt}|{'+'.join(sorted(t1.lexical & _SHOWN))}|{t1.particle}{t1.conjunction}{t1.definite}")
    return out


_SHOWN = frozenset(("title", "head", "agency", "outlet", "group", "organisation", "country", "gentilic", "given", "given?", "time", "medium", "adverbial"))


def end_table(ctx: Context, frame: Frame, first: int) -> tuple[tuple[int, ...], list[list[str]]]:
    """The ends of a mention with their features."""
    found = mention_ends(ctx, frame, first)
    state = {"commas": 0, "open": 0, "title": 0, "given": 0, "relative": 0}
    features, at = [], first
    for e in found:
        for k in range(at, e):
            symbol, t = ctx.symbols[k], ctx.tags[k]
            if symbol == COMMA:
                state["commas"] = min(state["commas"] + 1, 3)
            elif symbol in ("(", OPEN):
                state["open"] = 1
            elif symbol in (")", CLOSE):
                state["open"] = 0
            if t is not None:
                state["title"] = 1 if "title" in t.lexical else state["title"]
                state["given"] = min(state["given"] + ("given" in t.lexical), 3)
                state["relative"] = 1 if t.particle == "relative" else state["relative"]
        at = e
        features.append(end_features(ctx, frame, first, e, state))
    return found, features
