"""What kind of statement a frame is: its form, its act, and whether its source is unnamed.

Each is a choice between labels by the same log-linear model; the features are the evidence that the guidelines
name: marks and complementisers for the form, the cue's lexicon row and the first words of the content for the
act, the words of the mention for anonymity.
"""

from __future__ import annotations

from collections.abc import Sequence

from musnad.find.context import CLOSE, COLON, OPEN, Context
from musnad.find.mentions import Frame
from musnad.find.scale import bucket
from musnad.find.tags import Cue
from musnad.model.maxent import Described, Group, Values, spelled
from musnad.types import ACTS, FORMS

ANONYMITY = ("named", "unnamed")
LABELS = {"form": FORMS, "act": ACTS, "anonymous": ANONYMITY}


def labelled(labels: Sequence[str], features: Sequence[str]) -> list[list[str]]:
    """One candidate per label: the features, each joined to the label."""
    return [[f"{label}/{f}" for f in features] for label in labels]


def _marks(wrapped: str, share: str, particle: str, colon: bool) -> list[str]:
    return [
        "b",
        f"w{wrapped}",
        f"w{wrapped}{share}",
        f"w{wrapped}{particle}",
        f"w{wrapped}{colon}",
        f"s{share}",
        f"s{share}{particle}",
        f"c{colon}{particle}",
        f"c{colon}{particle}{share}",
    ]


def _quoted(longest: str, verb: bool, wrapped: str, pieces: int) -> list[str]:
    return [f"l{longest}", f"l{longest}{verb}", f"l{longest}{wrapped}", f"n{pieces}"]


def _edges(before: str, particle: str, after: str) -> list[str]:
    return [f"p{before}", f"p{before}{particle}", f"pa{before}{after}"]


def _shape(inside: bool, wrapped: str, kind: str, side: str, share: str) -> list[str]:
    return [f"in{inside}{wrapped}", f"k{kind}{share}", f"sd{side}{share}"]


FORM: tuple[Group, ...] = (_marks, _quoted, _edges, _shape)


def form_values(ctx: Context, frame: Frame) -> Described:
    """Marks, complementisers and colons at the edges of the content, and how much of it is quoted (``FORM``)."""
    first, end = frame.spans[0][0], frame.spans[-1][1]
    before, after = ctx.symbol(first - 1), ctx.symbol(end)
    t = ctx.tags[first]
    particle = t.particle if t else ""
    quoted = longest = 0
    verb = False
    whole = ctx.openers.get(first - 1)
    inner = [q for q in ctx.quotes if q.open >= first - 1 and q.open < end and q.depth == 0]
    for q in inner:
        size = min(q.close, end) - q.open - 1
        quoted += size
        longest = max(longest, size)
        verb = verb or any(t is not None and t.particle for t in ctx.tags[q.open + 1 : min(q.close, end)])
    words = end - first
    share = "0" if not quoted else "1" if quoted >= words - 1 else "h" if quoted * 2 > words else "l"
    wrapped = "-" if whole is None else "=" if whole.close in (end, end - 1) else "<" if whole.close < end else ">"
    heads = sorted({ctx.symbol(q.open - 1) for q in inner if q.open >= first})
    colon = ctx.symbol(first - 2) == COLON or before == COLON
    length = bucket(longest)
    values: tuple[Values, ...] = (
        (wrapped, share, particle, colon),
        (length, verb, wrapped, min(len(inner), 3)),
        (before, particle, after),
        (ctx.inside[frame.site.token] >= 0, wrapped, frame.kind, frame.side, share),
    )
    return values, tuple(f"h{h}|{length}" for h in heads)


def form_features(ctx: Context, frame: Frame) -> list[str]:
    """The features of ``form_values``."""
    return spelled(FORM, form_values(ctx, frame))


def _cue(cue: Cue, form: str) -> list[str]:
    return ["b", f"a{cue.act}", f"a{cue.act}|{cue.kind}", f"l{cue.lemma}", f"r{cue.row}", f"f{form}"]


def _opening(form: str, act: str, lemma: str) -> list[str]:
    return [f"l{lemma}|{form}", f"o{form}|{act}"]


def _side(opens: bool, side: str, act: str) -> list[str]:
    return [f"q{opens}|{act}", f"s{side}|{act}"]


def _next(form: str, lemma: str) -> list[str]:
    return [f"n{form}", f"n{form}|{lemma}"]


def _first(proclitic: str, particle: str, fine: str, bare: str, lemma: str, act: str) -> list[str]:
    return [f"p{proclitic}{particle}|{lemma}", f"c{fine}|{act}", f"b{bare}"]


ACT: tuple[Group, ...] = (_cue, _opening, _side, _next, _first)


def act_values(ctx: Context, frame: Frame) -> Described:
    """The cue's lemma and lexicon act, what opens the content, and its first words (``ACT``)."""
    site, cue = frame.site, frame.site.cue
    first = frame.spans[0][0]
    t = ctx.tags[first]
    values: tuple[Values, ...] = (
        (cue, ctx.form(site.token)),
        (ctx.form(first), cue.act, cue.lemma),
        (ctx.symbol(first - 1) == OPEN, frame.side, cue.act),
        (ctx.form(site.end), cue.lemma),
        (t.proclitic, t.particle, t.fine, t.bare, cue.lemma, cue.act) if t is not None else None,
    )
    return values, tuple([f"w{form}" for form in ctx.words.forms[first : min(first + 4, frame.spans[0][1])]])


def act_features(ctx: Context, frame: Frame) -> list[str]:
    """The features of ``act_values``."""
    return spelled(ACT, act_values(ctx, frame))


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


__all__ = [
    "ACT", "CLOSE", "FORM", "LABELS", "act_features", "act_values", "anonymous_features", "form_features",
    "form_values", "labelled",
]  # fmt: skip
