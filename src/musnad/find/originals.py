"""Names in Latin letters after an Arabic one: its original spelling, a translation, or an acronym."""

from __future__ import annotations

from musnad.find.context import COMMA, Context
from musnad.find.named import Range, body_before, head_kind, spelt_before, with_listed

Pair = tuple[Range, Range]
_ACRONYM = 8


def latin_words(ctx: Context, first: int, last: int) -> tuple[str, ...]:
    """The words of ``[first, last)`` where all are in Latin letters, else ()."""
    source = ctx.words.source
    if ctx.is_word(first) and not source[ctx.words.starts[first]].isascii():
        return ()
    found = tuple(source[ctx.words.starts[k] : ctx.words.ends[k]] for k in range(first, last) if ctx.is_word(k))
    return found if found and all(w.isascii() for w in found) and any(w.isalpha() for w in found) else ()


def original(ctx: Context, end: int, inside: Range, latin: tuple[str, ...], chained: Range | None) -> tuple[Pair, ...]:
    """A name and its original spelling, translation or acronym in Latin letters."""
    if chained is not None:
        return ((chained, inside),)
    while end > 0 and not ctx.is_word(end - 1) and ctx.symbols[end - 1] not in (COMMA, ":", ")", "/n"):
        end -= 1
    spelt = spelt_before(ctx, end, latin)
    if spelt is not None:
        before = ctx.tags[spelt[0] - 1] if spelt[0] else None
        with_head = before is not None and not before.definite and head_kind(before)
        wider: tuple[Pair, ...] = (((spelt[0] - 1, spelt[1]), inside),) if with_head else ()
        return ((spelt, inside), *wider)
    left = body_before(ctx, end)
    if left is None or _dateline(ctx, left) or left[1] - left[0] < 2:
        return ()
    return with_listed(ctx, left, inside) if is_acronym(latin) or (len(latin) > 1 and latin[0][:1].isupper()) else ()


def is_acronym(latin: tuple[str, ...]) -> bool:
    """Whether the Latin words are one word of capitals."""
    return len(latin) == 1 and sum(c.isupper() for c in latin[0]) > 1 and len(latin[0]) <= _ACRONYM


def _dateline(ctx: Context, left: Range) -> bool:
    """Whether the words before the brackets are the place of a dateline rather than a body."""
    t = ctx.tags[left[0]]
    return t is None or bool(t.lexical & {"country", "country~"})
