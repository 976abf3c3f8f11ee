"""Where the content of a reported statement begins and ends: candidates and their features.

For each possible cue the model chooses between *no statement* and the places where content may begin: after the
cue (a complementiser, a preposition, a quotation, a colon, a bare clause), before it (a final attribution takes
the sentence before it) or around it (an attribution in commas within its own content). Given the beginning, it
chooses the end among the places where something closes. Both are conditional log-linear choices
(``model.maxent``); the candidate generators hold the grammar, the features the preferences.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

from musnad.find.context import CLOSE, COLON, COMMA, DASH, LINE, OPEN, SEMICOLON, STOP, Context
from musnad.find.cues import Site
from musnad.find.tags import NOUN, PREPOSITION, VERB

AFTER, BEFORE, AROUND = "after", "before", "around"
_REACH = 40
_FAR, _NEAR = 16, 7
_BARE = frozenset(("direct",))
_MOST_ENDS = 48
_LONGEST = 160
_BREAKS = frozenset((COMMA, SEMICOLON, COLON, STOP, DASH, "!", "?", "\u061f", "(", ")", "[", "]", "..", "...", LINE, CLOSE, OPEN))
_FINAL = frozenset((STOP, LINE, "!", "?", "\u061f"))


@dataclass(frozen=True, slots=True)
class Gates:
    """What the possible cues of a text are worth by their own features alone.

    Attributes:
        logits: log-odds that a cue reports something, by its token.
        likely: the tokens of those that rather do than not, in order.
    """

    logits: Mapping[int, float]
    likely: tuple[int, ...]

    @classmethod
    def of(cls, logits: Mapping[int, float]) -> Gates:
        """Sort out the likely ones."""
        return cls(logits, tuple(sorted(k for k, v in logits.items() if v > 0.0)))

    def between(self, low: int, high: int) -> tuple[int, ...]:
        """The likely cues in ``[low, high)``."""
        return self.likely[bisect_left(self.likely, low) : bisect_left(self.likely, high)]


_PARTIES = frozenset(("title", "head", "given", "country", "agency", "outlet", "group", "organisation", "anonymous", "document"))


@dataclass(frozen=True, slots=True)
class Start:
    """A place where content may begin.

    Attributes:
        side: ``after``, ``before`` or ``around`` the cue.
        token: first token of the content.
        kind: what licenses it (``comp``, ``prep``, ``quote``, ``colon``, ``next``, ``bare``, ``unit`` ...).
    """

    side: str
    token: int
    kind: str


def bucket(n: int) -> str:
    """A number on a coarse, roughly logarithmic scale, as a short string."""
    if n < 6:
        return str(n)
    return "8" if n < 9 else "12" if n < 13 else "20" if n < 21 else "30" if n < 31 else "50" if n < 51 else "99"


def start_kind(ctx: Context, i: int, site: Site) -> str | None:
    """What licenses content to begin at token ``i`` after the cue, or None."""
    before = ctx.symbol(i - 1)
    if before == OPEN:
        return "quote"
    if before == COLON or (ctx.symbol(i - 2) == COLON and before in (LINE, DASH)):
        return "colon"
    t = ctx.tags[i]
    if t is None:
        return None
    if t.particle == "complementiser":
        return "comp"
    distance = i - site.end
    if distance > _FAR:
        return None
    if t.particle == "preposition" and not t.conjunction:
        return "prep"
    if t.proclitic:
        return "procl"
    if distance == 0:
        return "next"
    if not _takes_clause(site):
        return None
    if distance <= _NEAR:
        return "near"
    return "verb" if t.cues or t.particle else None


def _takes_clause(site: Site) -> bool:
    """Whether the cue may govern a bare clause or object, with nothing before it."""
    cue = site.cue
    return cue.kind != VERB or not cue.government or bool(cue.government & _BARE)


def starts(ctx: Context, site: Site) -> tuple[Start, ...]:
    """All places where the content of ``site`` may begin, nearest first, then those before the cue."""
    found: list[Start] = []
    first, end = ctx.units[site.token]
    horizon = min(end, site.end + _REACH)
    if end < len(ctx) and ctx.symbol(end - 1) in (COLON, LINE):
        horizon = min(len(ctx), end + 4)
    own = ctx.inside[site.token]
    for i in range(site.end, horizon):
        if not ctx.is_word(i):
            continue
        if own >= 0 and ctx.inside[i] != own and ctx.quotes[own].close < i:
            break
        kind = start_kind(ctx, i, site)
        if kind:
            found.append(Start(AFTER, i, kind))
    if end < len(ctx) and horizon == end:
        opening = next((q for q in ctx.quotes if end <= q.open <= end + 1), None)
        if opening is not None:
            found.append(Start(AFTER, opening.open + 1, "nextquote"))
    return tuple(found) + _before(ctx, site, first)


def _before(ctx: Context, site: Site, first: int) -> tuple[Start, ...]:
    if site.token - first < 3:
        return ()
    found: list[Start] = []
    while first < site.token and not ctx.is_word(first):
        first += 1
    found.append(Start(BEFORE, first, "unit"))
    if ctx.symbol(site.token - 1) in (COMMA, DASH, "("):
        found.append(Start(AROUND, first, "unit"))
    return tuple(found)


def before_end(ctx: Context, site: Site) -> int:
    """The token after the last word of content that stands before the cue."""
    end = site.token
    while end > 0 and not ctx.is_word(end - 1):
        end -= 1
    return end


def cue_features(ctx: Context, site: Site) -> list[str]:
    """Features of a cue alone: what it is and what stands beside it."""
    i, cue = site.token, site.cue
    t = ctx.tags[i]
    conj = t.conjunction if t else ""
    lemma = cue.lemma
    first, end = ctx.units[i]
    has_comp = any(ctx.symbols[k] == "complementiser" for k in range(site.end, min(end, site.end + 30)))
    has_quote = any(ctx.symbols[k] == OPEN for k in range(site.end, min(end, site.end + 30)))
    grammar = f"{cue.kind}{cue.tense[:2]}{cue.person}{cue.voice[:1]}"
    before, after = ctx.symbol(i - 1), ctx.symbol(site.end)
    out = [
        "b",
        f"l{lemma}",
        f"f{ctx.form(i)}",
        f"k{cue.kind}",
        f"s{cue.kind}{cue.strength}",
        f"g{grammar}",
        f"lg{lemma}{grammar}",
        f"p{before}",
        f"pf{ctx.form(i - 1)}",
        f"pk{before}|{cue.kind}",
        f"n{after}",
        f"nf{ctx.form(site.end)}",
        f"nc{ctx.fine[site.end] if site.end < len(ctx) else '>'}",
        f"pn{before}|{after}",
        f"cj{conj}{cue.kind}{cue.strength}",
        f"c{has_comp}{has_quote}{cue.kind}{cue.strength}",
        f"c{has_comp}{has_quote}{cue.kind}{cue.act}",
        f"cl{has_comp}{lemma}",
        f"q{ctx.inside[i] >= 0}{cue.kind}",
        f"ini{i - first < 2}{cue.kind}{conj}",
        f"ob{cue.object}{cue.kind}{cue.takes}",
        f"t{ctx.fine[i]}",
        f"r{len(site.cues)}",
    ]
    out += [f"ll{c.row}" for c in site.cues[1:]]
    return out + _outlook(ctx, site, end)


def _outlook(ctx: Context, site: Site, end: int) -> list[str]:
    """What a cue meets first to its right: a word that it governs, a quotation, or another cue."""
    cue = site.cue
    cues = 0
    following = ""
    met = "-"
    distance = 0
    for k in range(site.end, min(end, site.end + 30)):
        t = ctx.tags[k]
        if t is None:
            if ctx.symbols[k] in (OPEN, COLON):
                met, distance = ctx.symbols[k], k - site.end
                break
            continue
        if t.particle == "complementiser" or t.form in cue.government or (t.proclitic and t.proclitic in cue.government):
            met, distance = (t.form if t.particle else t.proclitic), k - site.end
            break
        if t.cues and t.cues[0].kind in "va":
            cues += 1
            following = following or t.cues[0].lemma
    near = bucket(distance)
    return [
        f"o{met}|{cue.kind}{cue.strength}",
        f"o{met}|{cue.lemma}",
        f"o{met}|{near}|{min(cues, 2)}",
        f"o{met}|{near}|{cue.kind}{cue.strength}",
        f"oc{min(cues, 2)}|{cue.lemma}",
        f"of{following}|{cue.lemma}" if following else "of-",
        f"of{following}|{met}",
    ]


def _cue_kind(ctx: Context, token: int) -> str:
    t = ctx.tags[token]
    return t.cues[0].kind + t.conjunction if t is not None and t.cues else "-"


def gate_features(ctx: Context, site: Site, gates: Gates) -> list[str]:
    """Features of the likely cues around a cue, and of how likely it is itself."""
    own = gates.logits.get(site.token, 0.0)
    first, end = ctx.units[site.token]
    earlier, later = gates.between(first, site.token), gates.between(site.token + 1, end)
    before, after = len(earlier), len(later)
    previous = f"{_cue_kind(ctx, earlier[-1])}{bucket(site.token - earlier[-1])}" if earlier else "-"
    following = f"{_cue_kind(ctx, later[0])}{bucket(later[0] - site.token)}" if later else "-"
    level = str(max(-6, min(6, round(own))))
    kind = f"{site.cue.kind}{site.cue.strength}"
    return [
        f"G{level}",
        f"G{level}{site.cue.kind}",
        f"Gb{min(before, 3)}{kind}",
        f"Ga{min(after, 3)}{kind}",
        f"Gp{previous}|{site.cue.kind}",
        f"Gf{following}|{site.cue.kind}",
        f"Gl{min(before, 2)}{min(after, 2)}|{level}",
        f"Gi{ctx.inside[site.token] >= 0}{level}",
    ]


def start_features(ctx: Context, site: Site, start: Start, seen: dict[str, int], gates: Gates) -> list[str]:
    """Features of one beginning; ``seen`` counts the kinds of candidates before it."""
    i, cue = start.token, site.cue
    kind = start.kind
    t = ctx.tags[i]
    form, symbol = ctx.form(i), ctx.symbol(i)
    lemma = cue.lemma
    side = start.side[0] + kind
    key = form if t is not None and (t.particle or t.cues) else symbol
    low, high = (site.end, i) if start.side == AFTER else (i, site.token)
    between = ctx.symbols[low:high]
    commas = between.count(COMMA)
    likely = gates.between(low, high)
    cues = len(likely)
    order = seen.get(kind, 0)
    crossing = ctx.inside[i] != ctx.inside[site.token]
    distance = bucket(high - low)
    out = [
        f"S{side}",
        f"S{side}|{cue.kind}",
        f"S{side}|{lemma}",
        f"S{side}|{cue.act}",
        f"S{side}|{cue.kind}{cue.strength}",
        f"S{side}|{order}",
        f"S{side}|{order}|{cue.kind}",
        f"Sd{side}|{distance}",
        f"Sd{side}|{distance}|{cue.kind}",
        f"Sf{key}",
        f"Sf{key}|{lemma}",
        f"Sf{key}|{cue.kind}",
        f"Sf{key}|{order}",
        f"Sfd{key}|{distance}",
        f"Sc{ctx.fine[i]}|{kind}",
        f"Sp{ctx.symbol(i - 1)}|{kind}",
        f"Sp{ctx.symbol(i - 1)}|{key}",
        f"Spf{ctx.form(i - 1)}|{kind}",
        f"Spc{ctx.fine[i - 1] if i else '<'}|{kind}",
        f"Sn{ctx.symbol(i + 1)}|{kind}",
        f"Snc{ctx.fine[i + 1] if i + 1 < len(ctx) else '>'}|{kind}",
        f"Sm{min(commas, 3)}|{kind}",
        f"Sm{min(commas, 3)}|{kind}|{cue.kind}",
        f"Sq{min(cues, 3)}|{kind}",
        f"Sq{min(cues, 2)}|{kind}|{cue.kind}|{start.side[0]}",
        f"Sqn{min(likely[-1] - high, 0) if likely else 9}|{kind}" if likely else "Sqn-",
        f"Sx{crossing}{kind}",
        f"Sco{min(seen.get('comp', 0), 2)}{min(seen.get('quote', 0), 2)}{kind}",
        f"Sqo{min(seen.get('quote', 0), 2)}{kind}|{cue.kind}",
        f"Sl{LINE in between}{STOP in between}{kind}",
    ]
    if cue.government:
        governed = form in cue.government or (t is not None and (t.bare in cue.government or t.proclitic in cue.government))
        out.append(f"Sg{governed}{kind}")
        out.append(f"Sg{governed}{kind}|{order}|{cue.kind}")
        out.append(f"Sg{governed}{kind}|{min(seen.get('governed', 0), 2)}")
        if governed:
            seen["governed"] = seen.get("governed", 0) + 1
    if t is not None and t.lexical:
        for name in t.lexical:
            out += [f"Slx{name}|{kind}", f"Slx{name}|{kind}|{cue.kind}{cue.takes}|{distance}"]
    out.append(f"Sto{cue.takes}{cue.object}|{kind}|{order}")
    out.append(f"Stl{'+'.join(sorted(u.lexical & _PARTIES)) if (u := ctx.tags[low]) is not None and low < high else ''}|{kind}|{distance}")
    if kind == "quote":
        q = ctx.openers.get(i - 1)
        size = q.close - q.open - 1 if q else 0
        out += [f"Sz{bucket(size)}", f"Sz{bucket(size)}|{ctx.symbol(i - 2)}", f"Sy{ctx.symbol(i - 2)}", f"Syf{ctx.form(i - 2)}"]
        if q is not None:
            after = ctx.symbol(q.close + 1)
            out += [f"Sza{after}", f"Sza{after}|{bucket(size)}", f"Szl{after}|{lemma}"]
    if 1 <= high - low <= 3 and start.side == AFTER:
        out.append(f"Sw{'_'.join(between)}|{kind}")
    if start.side != AFTER:
        gap = ctx.symbol(site.token - 1)
        out += [f"Sb{side}|{gap}|{cue.kind}", f"Sb{side}|{gap}|{lemma}", f"Sbq{side}|{ctx.symbol(before_end(ctx, site))}|{cue.kind}{cue.strength}"]
        out.append(f"Sbn{side}|{ctx.symbol(site.end)}|{cue.kind}")
    seen[kind] = order + 1
    return out


def all_start_features(ctx: Context, site: Site, gates: Gates) -> tuple[tuple[Start, ...], list[list[str]]]:
    """The beginnings of ``site`` with their features; the features of *no statement* stand first."""
    candidates = starts(ctx, site)
    seen: dict[str, int] = {}
    features = [cue_features(ctx, site) + gate_features(ctx, site, gates)]
    before_seen: dict[str, int] = {}
    for s in candidates:
        features.append(start_features(ctx, site, s, seen if s.side == AFTER else before_seen, gates))
    return candidates, features


def ends(ctx: Context, site: Site, start: Start) -> tuple[int, ...]:
    """Places where content from ``start`` may end, as the token after its last word, in order."""
    if start.side == BEFORE:
        return (before_end(ctx, site),)
    begin = start.token if start.side == AFTER else site.end
    unit_end = ctx.units[begin][1]
    horizon = unit_end
    opening = ctx.openers.get(begin - 1)
    if opening is not None and ctx.units[begin][0] <= opening.open:
        horizon = max(horizon, min(opening.close + 1, len(ctx)))
        if opening.close < len(ctx):
            horizon = max(horizon, ctx.units[opening.close][1])
    if start.kind in ("colon", "nextquote", "quote"):
        paragraph = ctx.words.paragraphs[begin]
        while horizon < len(ctx) and ctx.words.paragraphs[horizon] == paragraph and horizon - begin < _LONGEST:
            horizon = ctx.units[horizon][1]
    found: list[int] = []
    for e in range(begin + 1, min(horizon, begin + 260) + 1):
        if not ctx.is_word(e - 1):
            continue
        if e >= horizon or _may_end(ctx, e):
            found.append(e)
    last = horizon
    while last > begin and not ctx.is_word(last - 1):
        last -= 1
    if last > begin and last not in found:
        found.append(last)
    return tuple(found[:_MOST_ENDS])


def _may_end(ctx: Context, e: int) -> bool:
    """Whether something closes before token ``e``: a mark, a new clause, or another cue."""
    if ctx.symbols[e] in _BREAKS:
        return True
    t = ctx.tags[e]
    if t is None:
        return False
    if t.cues or t.conjunction:
        return True
    return bool(t.lexical & _CONNECTORS) or t.particle in ("conjunction", "preposition", "adverb", "relative")


_AHEAD = frozenset(("medium", "remark", "agency", "outlet", "time", "adverbial"))
_CONNECTORS = frozenset(("remark", "adverbial", "time"))


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


def _other_features(ctx: Context, site: Site, begin: int, e: int, others: Others, nxt: str) -> list[str]:
    """Features of the other statements around an end: where the next one's cue stands, which lie inside."""
    ahead, distance = "-", 9
    low, high = bisect_left(others.tokens, begin), bisect_left(others.tokens, e)
    for n in range(high, min(high + 2, len(others.tokens))):
        k = others.tokens[n]
        if k < e + 5 and k != site.token:
            t = ctx.tags[k]
            ahead, distance = others.kinds[n] + (t.conjunction if t else ""), k - e
            break
    own = low <= bisect_left(others.tokens, site.token) < high
    inside = high - low - own
    cut = int(any(others.kinds[n][0] == "a" and others.firsts[n] >= e for n in range(max(low, high - 3), high)
                  if others.tokens[n] != site.token))
    closer = others.taken.get(e, -1)
    taken = int(closer >= e and closer != site.token)
    return [
        f"A{ahead}{distance}|{nxt}",
        f"A{ahead}|{nxt}",
        f"A{ahead}{distance}|{min(inside, 2)}",
        f"Ai{min(inside, 3)}|{nxt}",
        f"Ai{min(inside, 3)}|{site.cue.kind}",
        f"Ac{cut}",
        f"At{taken}",
        f"At{taken}|{nxt}",
    ]


def end_features(
    ctx: Context, site: Site, start: Start, e: int, order: int, count: int, state: dict[str, int], others: Others
) -> list[str]:
    """Features of content from ``start`` up to token ``e``."""
    begin = start.token if start.side != AROUND else site.end
    cue = site.cue
    kind = start.kind
    nxt, prev = ctx.symbol(e), ctx.symbol(e - 1)
    nform = ctx.form(e)
    after, aform = ctx.symbol(e + 1), ctx.form(e + 1)
    t, t1 = (ctx.tags[e] if e < len(ctx) else None), (ctx.tags[e + 1] if e + 1 < len(ctx) else None)
    lookahead = t1 if t is None else t
    ncue = "" if lookahead is None or not lookahead.cues else lookahead.cues[0].kind + lookahead.conjunction
    nstrength = "" if not ncue else str(lookahead.cues[0].strength)  # type: ignore[union-attr]
    length = e - begin
    opening = ctx.openers.get(begin - 1)
    quote = "0" if opening is None else "=" if e == opening.close else "<" if e < opening.close else ">"
    inner = ctx.inside[e - 1]
    inside = inner >= 0 and (opening is None or ctx.quotes[inner] is not opening) and ctx.quotes[inner].close > e - 1 and ctx.quotes[inner].open >= begin
    broken = inside and ctx.quotes[inner].close != e
    last = e >= ctx.units[e - 1][1] or nxt in _FINAL or (nxt == CLOSE and ctx.symbol(e + 1) in _FINAL)
    final = "F" if last else "-"
    connector = nform if lookahead is None or lookahead is t else aform
    cluster = ctx.fine[e + 1] if t is None and e + 1 < len(ctx) else (ctx.fine[e] if e < len(ctx) else ">")
    commas, semis = state["commas"], state["other"]
    out = [
        f"E{nxt}",
        f"E{nxt}|{kind}",
        f"E{nxt}|{cue.kind}",
        f"E{nxt}|{after}",
        f"E{nxt}|{after}|{kind}",
        f"Ef{nxt}|{aform if t is None else nform}",
        f"Ec{nxt if t is None else ''}|{cluster}",
        f"Eq{quote}",
        f"Eq{quote}|{nxt}",
        f"Eq{quote}|{nxt}|{after}",
        f"Eq{quote}|{final}|{kind}",
        f"Ebr{broken}",
        f"Ein{inside}|{nxt}",
        f"EF{final}",
        f"EF{final}|{kind}|{cue.kind}",
        f"EF{final}|{cue.lemma}",
        f"EF{final}|{bucket(length)}",
        f"Ecu{ncue}|{nxt if t is None else 'w'}",
        f"Ecu{ncue}{nstrength}|{nxt if t is None else 'w'}|{kind}",
        f"El{bucket(length)}|{kind}",
        f"El{bucket(length)}|{nxt}",
        f"Eo{min(order, 6)}|{nxt}",
        f"Ep{prev}|{nxt}",
        f"Epc{ctx.fine[e - 1]}",
        f"Epf{ctx.form(e - 1)}",
        f"Em{min(commas, 4)}|{nxt}",
        f"Em{min(commas, 4)}|{final}",
        f"Eso{min(semis, 3)}|{final}",
        f"Er{min(count - order, 4)}|{final}",
        f"Epa{state['open']}|{nxt}",
        f"Ela{cue.lemma}|{nxt}|{connector if lookahead is not None and (lookahead.particle or lookahead.cues) else ''}",
        f"Ev{state['cues'] > 0}|{nxt}|{ncue}",
        f"Ek{cue.kind}{kind}|{nxt}|{ncue}",
        f"Esp{state['stops']}|{kind}|{final}",
    ]
    if lookahead is not None:
        part = lookahead.particle
        out.append(f"Ex{nxt if t is None else 'w'}|{part}{lookahead.conjunction}")
        out.append(f"Exk{nxt if t is None else 'w'}|{part}{lookahead.conjunction}|{kind}|{cue.kind}")
        if lookahead.conjunction:
            out.append(f"Exw{nxt if t is None else 'w'}|{clusters_of(lookahead.bare)}")
            out.append(f"Exq{quote}|{lookahead.symbol}|{lookahead.conjunction}")
        for name in lookahead.lexical:
            out.append(f"Exl{name}|{nxt if t is None else 'w'}")
        ahead = [u for u in ctx.tags[e : e + 4] if u is not None]
        listed = sorted({n for u in ahead for n in u.lexical & _AHEAD})
        out.append(f"Exm{'+'.join(listed)}|{part}|{kind}")
        out.append(f"Exn{'+'.join(listed)}|{nxt if t is None else 'w'}|{quote}")
        two = ctx.symbol(e + (2 if t is None else 1))
        out.append(f"Ext{nxt if t is None else 'w'}|{lookahead.symbol}|{two}")
    return out + _other_features(ctx, site, begin, e, others, nxt if t is None else "w")


def clusters_of(bare: str) -> str:
    """Fine class of a bare form."""
    from musnad.find.tags import tag

    return tag(bare).fine


def all_end_features(
    ctx: Context, site: Site, start: Start, others: Others = NO_OTHERS
) -> tuple[tuple[int, ...], list[list[str]]]:
    """The ends of content from ``start`` with their features; ``others`` are the other statements of the text."""
    found = ends(ctx, site, start)
    begin = start.token if start.side != AROUND else site.end
    state = {"commas": 0, "other": 0, "open": 0, "cues": 0, "stops": 0}
    features, at = [], begin
    for order, e in enumerate(found):
        for k in range(at, e):
            symbol = ctx.symbols[k]
            if symbol == COMMA:
                state["commas"] += 1
            elif symbol == "(":
                state["open"] = 1
            elif symbol == ")":
                state["open"] = 0
            elif symbol in (SEMICOLON, COLON, DASH):
                state["other"] += 1
            elif symbol in _FINAL:
                state["stops"] = min(state["stops"] + 1, 3)
            elif ctx.tags[k] is not None and ctx.tags[k].cues:  # type: ignore[union-attr]
                state["cues"] += 1
        at = e
        features.append(end_features(ctx, site, start, e, order, len(found), state, others))
    return found, features


__all__ = ["AFTER", "AROUND", "BEFORE", "NOUN", "PREPOSITION", "VERB", "Start", "all_end_features", "all_start_features", "ends", "starts"]
