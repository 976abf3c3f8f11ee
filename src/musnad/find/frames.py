"""Frames: cues that report something, with what they report.

Puts the decisions of ``contents`` together and settles their rivalry: a second attribution of the same words
makes no second statement.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from musnad.find import contents
from musnad.find.columns import HAS_CUES
from musnad.find.contents import AFTER, AROUND, BEFORE, Gates, Others, Start
from musnad.find.context import COMMA, DASH, Context
from musnad.find.cues import Site, sites
from musnad.find.grid import Grid, Sites, sites_of
from musnad.find.mentions import Frame
from musnad.model.maxent import Choice, Weights, decide

_SAME = 0.8
_NEAR = 40  # neighbours among which a statement can be nested: bounded, so that time stays linear
_MOST_CUES = 40  # possible cues of one sentence that are looked at, the likeliest first
_RIVALS = 8  # statements of the same words stand near each other
# Log-odds taken from "no statement": recall of statements counts as much as precision. Chosen on dev.
BIAS = 1.0
# Log-odds below which a possible cue is dropped unseen: about two thirds of them; attributed.f1 on dev 0.788 → 0.787.
GATE = -3.0


@dataclass(slots=True)  # never changed; a frozen one takes twice as long to make
class Found:
    """A frame with the choices that made it."""

    frame: Frame
    start: Choice
    end: Choice | None


def frames(grid: Grid, models: Mapping[str, Weights], *, bias: float = BIAS) -> tuple[tuple[Found, ...], ...]:
    """For each text all frames in the order of their cues.

    Words that hardly ever report are dropped by their own features; the rest decide, knowing the likely cues around
    them, whether and where their content begins, and then, knowing the other statements, where it ends.
    """
    possible, gates = gated(grid, models)
    numbers, firsts, choices = [], [], []
    for first, cues in _blocks(possible):
        found, scores = contents.start_scores(grid, cues, gates, models["start"])
        for n, own in enumerate(scores):
            own[0] -= bias
            choice = decide(own)
            if choice.index and found is not None:
                numbers.append(first + n)
                firsts.append(found.at(found.bounds[n] + choice.index - 1))
                choices.append(choice)
    return _finished(grid, possible.only(numbers), firsts, choices, models["end"])


def _blocks(cues: Sites) -> Iterator[tuple[int, Sites]]:
    """The cues so many at a time that what describes their candidates stays small, and the number of the first."""
    if len(cues) <= _MOST_AT_ONCE:
        yield 0, cues
        return
    for first in range(0, len(cues), _MOST_AT_ONCE):
        yield first, cues.only(range(first, min(first + _MOST_AT_ONCE, len(cues))))


_MOST_AT_ONCE = 1024  # three times as many as a bundle of news has


def _finished(
    grid: Grid, begun: Sites, firsts: Sequence[Start], choices: Sequence[Choice], weights: Weights
) -> tuple[tuple[Found, ...], ...]:
    """For each text the frames with the ends of their content."""
    others = others_of(grid, begun, firsts)
    ending = [n for n, start in enumerate(firsts) if start.side != BEFORE]
    ends: dict[int, tuple[tuple[int, ...], list[float]]] = {}
    for first, cues in _blocks(begun.only(ending)):
        numbers = ending[first : first + len(cues)]
        scored = contents.end_scores(grid, cues, [firsts[n] for n in numbers], others, weights)
        ends.update(zip(numbers, scored, strict=True))
    found: list[list[Found]] = [[] for _ in grid.texts]
    for n, (text, site, start, choice) in enumerate(zip(begun.texts, begun.sites, firsts, choices, strict=True)):
        ctx = grid.texts[text]
        end_choice, last = None, contents.before_end(ctx, site)
        if start.side != BEFORE:
            places, scores = ends[n]
            if not places:
                continue
            end_choice = decide(scores)
            last = places[end_choice.index]
        spans = _spans(ctx, site, start, last)
        if spans:
            found[text].append(Found(Frame(site, spans, start.side, start.kind), choice, end_choice))
    return tuple(map(_rivals_settled, found))


def others_of(grid: Grid, begun: Sites, firsts: Sequence[Start]) -> Others:
    """The statements of texts as the choice of ends sees them."""
    ordered = sorted(range(len(begun)), key=begun.token.tolist().__getitem__)
    tokens, before = begun.token.tolist(), grid.last_word.take(begun.token).tolist()
    return Others(
        tokens=tuple(tokens[n] for n in ordered),
        kinds=tuple(firsts[n].side[0] + begun.sites[n].cue.kind for n in ordered),
        taken={before[n]: tokens[n] for n in ordered if firsts[n].side == BEFORE},
    )


def gated(grid: Grid, models: Mapping[str, Weights]) -> tuple[Sites, Gates]:
    """The possible cues that are not hopeless, and the log-odds of all of them."""
    tokens = grid.tokens(HAS_CUES)
    found = sites_of(grid, [sites(ctx, own) for ctx, own in zip(grid.texts, tokens, strict=True)])
    gates = contents.gates_of(grid, found, models)
    crowds: dict[int, list[int]] = {}
    units, worth = grid.first.take(found.token).tolist(), gates.logits.tolist()
    for n in (gates.logits > GATE).nonzero()[0].tolist():
        crowds.setdefault(units[n], []).append(n)
    for crowd in crowds.values():
        if len(crowd) > _MOST_CUES:
            crowd.sort(key=lambda n: (-worth[n], n))
            del crowd[_MOST_CUES:]
            crowd.sort()
    return found.only([n for crowd in crowds.values() for n in crowd]), gates


def _spans(ctx: Context, site: Site, start: Start, last: int) -> tuple[tuple[int, int], ...]:
    if start.side != AROUND:
        return ((start.token, last),) if last > start.token else ()
    left = (start.token, contents.before_end(ctx, site))
    mark = ctx.symbol(site.token - 1)
    resume = site.end
    while resume < last and ctx.symbol(resume) != (mark if mark in (COMMA, DASH) else ")"):
        resume += 1
    while resume < last and not ctx.is_word(resume):
        resume += 1
    spans = (left, (resume, last)) if resume < last else (left,)
    return tuple(s for s in spans if s[1] > s[0])


def _rivals_settled(found: list[Found]) -> tuple[Found, ...]:
    """Of frames with nearly the same content only the surest stays."""
    keep: list[Found] = []
    for f in found:
        near = range(max(0, len(keep) - _RIVALS), len(keep))
        rival = next((k for k in near if _rivals(f.frame, keep[k].frame)), None)
        if rival is None:
            keep.append(f)
        elif f.start.margin > keep[rival].start.margin:
            keep[rival] = f
    return tuple(sorted(keep, key=lambda f: f.frame.site.token))


def _rivals(frame: Frame, other: Frame) -> bool:
    """Whether two frames report the same words; one inside the other is nested, no rival."""
    return _alike(frame.spans, other.spans) and not encloses(other, frame) and not encloses(frame, other)


def _alike(a: Sequence[tuple[int, int]], b: Sequence[tuple[int, int]]) -> bool:
    """Whether two lists of disjoint token ranges cover nearly the same tokens."""
    if a[0][0] >= b[-1][1] or b[0][0] >= a[-1][1]:
        return False
    common = sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a for y in b)
    return common >= _SAME * (sum(y - x for x, y in (*a, *b)) - common)


def encloses(outer: Frame, inner: Frame) -> bool:
    """Whether ``inner`` is reported inside the content of ``outer``."""
    if outer is inner:
        return False
    return any(a <= inner.site.token < b for a, b in outer.spans)


def enclosing(frames: Sequence[Frame]) -> tuple[tuple[int, ...], ...]:
    """For each of ``frames``, in the order of their cues, the numbers of its neighbours that enclose it."""
    tokens = [f.site.token for f in frames]
    found: list[list[int]] = [[] for _ in frames]
    for k, f in enumerate(frames):
        for a, b in f.spans:
            for n in range(bisect_left(tokens, a), bisect_left(tokens, b)):
                if n != k and n - _NEAR <= k < n + _NEAR:
                    found[n].append(k)
    return tuple(map(tuple, found))


__all__ = ["AFTER", "Found", "encloses", "enclosing", "frames", "others_of"]
