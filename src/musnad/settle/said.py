"""When something was said: the time expression that stands by the cue of a statement, outside what is reported.

Only what stands between cue and content, or opens the sentence right before the cue, is taken: other times of the
sentence may belong to anything. Times inside direct speech are then read against that day.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from musnad.find.context import Context
from musnad.find.timewords import senses
from musnad.settle.calendar import extent
from musnad.types import Span, Statement, Time

_FARTHEST = 14  # tokens from a cue to the time after it
_LEAD = 3  # tokens between a time that opens a sentence and the cue
_APART = frozenset(("relative", "complementiser", "condition"))
_ELSEWHEN = frozenset(("anchor", "length"))  # words that count from, or last until, another time
_DAY = len("2016-11-03")


def with_times(ctx: Context, statements: Sequence[Statement], times: Sequence[Time]) -> tuple[Statement, ...]:
    """The statements, each with the id of the time at which it was said where one stands by its cue."""
    points = [t for t in times if t.type in ("DATE", "TIME") and (t.begin is not None or t.value.startswith("PAST"))]
    if not points:
        return tuple(statements)
    starts = [t.span[0] for t in points]
    out = []
    for s in statements:
        if not any(c.kind == "v" for c in ctx.cues(_token(ctx, s.cue[0]))):
            out.append(s)
            continue
        found = _after(ctx, s, points, starts) or _before(ctx, s, points, starts)
        out.append(replace(s, time=found.id) if found is not None else s)
    return tuple(out)


def _token(ctx: Context, at: int) -> int:
    return bisect_right(ctx.words.starts, at) - 1


def _after(ctx: Context, s: Statement, points: Sequence[Time], starts: Sequence[int]) -> Time | None:
    """The first time after the cue and before the content, with no clause of its own between them."""
    cue = _token(ctx, s.cue[0])
    unit_end = ctx.units[cue][1]
    ahead = [a for a, _ in s.content if a >= s.cue[1]]
    stop = min(ahead) if ahead else (ctx.words.ends[unit_end - 1] if unit_end else s.cue[1])
    i = bisect_left(starts, s.cue[1])
    if i >= len(points) or points[i].span[1] > stop or _inside(points[i].span, s.content):
        return None
    first = _token(ctx, points[i].span[0])
    if first - cue > _FARTHEST or first >= unit_end:
        return None
    mention = s.speaker.span if s.speaker is not None else None
    if mention is not None and mention[0] < points[i].span[0] and points[i].span[1] < mention[1]:
        return None
    return points[i] if _plain(ctx, cue + 1, first) else None


def _before(ctx: Context, s: Statement, points: Sequence[Time], starts: Sequence[int]) -> Time | None:
    """The time that opens the sentence right before the cue."""
    cue = _token(ctx, s.cue[0])
    i = bisect_left(starts, s.cue[0]) - 1
    if i < 0 or _inside(points[i].span, s.content):
        return None
    first, last = _token(ctx, points[i].span[0]), _token(ctx, points[i].span[1] - 1)
    opens = 0 <= first - ctx.units[cue][0] <= 1
    return points[i] if opens and 0 < cue - last <= _LEAD and _plain(ctx, last + 1, cue) else None


def _plain(ctx: Context, first: int, end: int) -> bool:
    """Whether no other clause, quotation or cue begins among tokens ``[first, end)``."""
    for k in range(first, end):
        t = ctx.tags[k]
        if ctx.symbols[k] in ("Q(", ":", ";", "."):
            return False
        if t is None:
            continue
        if t.particle in _APART or any(x.cls in _ELSEWHEN and not x.rest for x in senses(t.form)):
            return False
        if any(c.kind in "va" and c.strength > 1 for c in t.cues):
            return False
    return True


def _inside(span: Span, spans: Sequence[Span]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in spans)


def spoken_days(
    ctx: Context, statements: Sequence[Statement], times: Sequence[Time]
) -> tuple[tuple[int, int, date], ...]:
    """Token ranges of direct speech whose day is known, with that day."""
    by_id = {t.id: t for t in times}
    found = []
    for s in statements:
        said = by_id.get(s.time or "")
        if said is None or s.form != "direct" or len(said.value.partition("T")[0]) != _DAY:
            continue
        span = extent(said.value)
        if span is not None:
            found += [(_token(ctx, a), _token(ctx, b - 1) + 1, span[0]) for a, b in s.content]
    return tuple(found)
