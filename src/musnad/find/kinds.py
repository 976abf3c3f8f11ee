"""What kind of statement a frame is: its form, its act, and whether its source is unnamed.

Each is a choice between labels by the same log-linear model; the features are the evidence that the guidelines
name: marks and complementisers for the form, the cue's lexicon row and the first words of the content for the
act, the words of the mention for anonymity.
"""

from __future__ import annotations

from collections.abc import Sequence

from musnad.find.bounds import bucket
from musnad.find.context import CLOSE, COLON, OPEN, Context
from musnad.find.mentions import Frame
from musnad.types import ACTS, FORMS

ANONYMITY = ("named", "unnamed")
LABELS = {"form": FORMS, "act": ACTS, "anonymous": ANONYMITY}


def labelled(labels: Sequence[str], features: Sequence[str]) -> list[list[str]]:
    """One candidate per label: the features, each joined to the label."""
    return [[f"{label}/{f}" for f in features] for label in labels]


def form_features(ctx: Context, frame: Frame) -> list[str]:
    """Marks, complementisers and colons at the edges of the content, and how much of it is quoted."""
    first, end = frame.spans[0][0], frame.spans[-1][1]
    before, after = ctx.symbol(first - 1), ctx.symbol(end)
    t = ctx.tags[first]
    particle = t.particle if t else ""
    quoted = longest = pieces = 0
    verb = False
    whole = ctx.openers.get(first - 1)
    inner = [q for q in ctx.quotes if q.open >= first - 1 and q.open < end and q.depth == 0]
    for q in inner:
        size = min(q.close, end) - q.open - 1
        quoted += size
        longest = max(longest, size)
        pieces += 1
        verb = verb or any(t is not None and t.particle for t in ctx.tags[q.open + 1 : min(q.close, end)])
    words = end - first
    share = "0" if not quoted else "1" if quoted >= words - 1 else "h" if quoted * 2 > words else "l"
    wrapped = "-" if whole is None else "=" if whole.close in (end, end - 1) else "<" if whole.close < end else ">"
    heads = sorted({ctx.symbol(q.open - 1) for q in inner if q.open >= first})
    colon = ctx.symbol(first - 2) == COLON or before == COLON
    return [
        "b",
        f"w{wrapped}",
        f"w{wrapped}{share}",
        f"w{wrapped}{particle}",
        f"w{wrapped}{colon}",
        f"s{share}",
        f"s{share}{particle}",
        f"l{bucket(longest)}",
        f"l{bucket(longest)}{verb}",
        f"l{bucket(longest)}{wrapped}",
        f"n{min(pieces, 3)}",
        f"p{before}",
        f"p{before}{particle}",
        f"pa{before}{after}",
        f"c{colon}{particle}",
        f"c{colon}{particle}{share}",
        f"in{ctx.inside[frame.site.token] >= 0}{wrapped}",
        f"k{frame.kind}{share}",
        f"sd{frame.side}{share}",
        *(f"h{h}|{bucket(longest)}" for h in heads),
    ]


def act_features(ctx: Context, frame: Frame) -> list[str]:
    """The cue's lemma and lexicon act, what opens the content, and its first words."""
    site, cue = frame.site, frame.site.cue
    first = frame.spans[0][0]
    opening = ctx.form(first)
    out = ["b", f"a{cue.act}", f"a{cue.act}|{cue.kind}", f"l{cue.lemma}", f"l{cue.lemma}|{opening}"]
    out.append(f"f{ctx.form(site.token)}")
    out += [f"o{opening}|{cue.act}", f"q{ctx.symbol(first - 1) == OPEN}|{cue.act}", f"s{frame.side}|{cue.act}"]
    out += [f"w{ctx.form(i)}" for i in range(first, min(first + 4, frame.spans[0][1]))]
    out += [f"n{ctx.form(site.end)}", f"n{ctx.form(site.end)}|{cue.lemma}", f"r{cue.row}"]
    t = ctx.tags[first]
    if t is not None:
        out += [f"p{t.proclitic}{t.particle}|{cue.lemma}", f"c{t.fine}|{cue.act}", f"b{t.bare}"]
    return out


def anonymous_features(ctx: Context, frame: Frame, mention: tuple[int, int] | None) -> list[str]:
    """The words of the mention: its head, names and titles in it, definiteness, number."""
    cue = frame.site.cue
    if mention is None:
        return ["null", f"nk{cue.kind}{cue.voice}", f"nl{cue.lemma}"]
    first, end = mention
    head = ctx.tags[first]
    tags = [t for t in ctx.tags[first:end] if t is not None]
    lexical: set[str] = set()
    for t in tags:
        lexical |= t.lexical
    out = ["b", f"z{bucket(end - first)}", f"h{head.bare if head else ctx.form(first)}"]
    if head is not None:
        out += [f"c{head.fine}", f"d{head.definite}{head.proclitic}", f"c{head.fine}|{bucket(end - first)}"]
        out += [f"cd{head.symbol}|{head.definite}"]
    out += [f"w{t.bare}" for t in tags[:8]]
    out += [f"x{t.fine}" for t in tags[1:7]]
    out += [f"y{name}" for name in lexical]
    out += [f"g{'given' in lexical}{'anonymous' in lexical}{'title' in lexical}"]
    out += [f"hl{name}" for name in (head.lexical if head else ())]
    return out


__all__ = ["CLOSE", "LABELS", "act_features", "anonymous_features", "form_features", "labelled"]
