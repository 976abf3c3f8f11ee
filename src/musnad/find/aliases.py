"""Two names that the text itself equates: ``X (Y)``, ``X "Y"``, ``X, known as Y``.

Patterns come from ``speech/aliases.tsv`` (phrases that introduce a second name); brackets and quotation marks
right after a proper name do the same without a phrase.
"""

from __future__ import annotations

from musnad.find.context import CLOSE, COMMA, OPEN, Context
from musnad.lexicon.loader import index

Range = tuple[int, int]
_LONGEST_LEFT, _LONGEST_RIGHT = 9, 6
_HEADS = frozenset(("organisation", "group", "agency", "outlet", "title", "country"))
_STOP = frozenset(("complementiser", "conjunction", "relative", "pronoun", "demonstrative", "negation"))


def aliases(ctx: Context) -> tuple[tuple[Range, Range], ...]:
    """Pairs of token ranges ``(fuller name, other name)`` in text order."""
    found: list[tuple[Range, Range]] = []
    phrases = index("speech/aliases", "form")
    heads = {form.split()[0] for form in phrases}
    for i, form in enumerate(ctx.words.forms):
        pair = None
        if form == "(" or ctx.symbols[i] == OPEN:
            pair = _bracketed(ctx, i)
        elif form in heads or (ctx.tags[i] is not None and ctx.tags[i].bare in heads):  # type: ignore[union-attr]
            pair = _phrased(ctx, i, phrases)
        if pair is not None:
            found.append(pair)
    return tuple(found)


def _bracketed(ctx: Context, i: int) -> tuple[Range, Range] | None:
    """``X (Y)`` and ``X "Y"``: an organisation's name followed by its short name or acronym."""
    close = ctx.openers[i].close if i in ctx.openers else next((k for k in range(i + 1, min(i + 8, len(ctx))) if ctx.words.forms[k] == ")"), None)
    if close is None or not 1 <= close - i - 1 <= _LONGEST_RIGHT:
        return None
    first, last = i + 1, close
    while first < last and ctx.symbols[first] in (OPEN, "("):
        first += 1
    while last > first and ctx.symbols[last - 1] in (CLOSE, ")", COMMA):
        last -= 1
    if first >= last or any(ctx.words.kinds[k] == "n" for k in range(first, last)):
        return None
    if any(ctx.tags[k] is not None and ctx.tags[k].particle for k in range(first, last)):  # type: ignore[union-attr]
        return None
    left = name_before(ctx, i)
    if left is None:
        return None
    lexical = _lexical(ctx, first, last)
    bracket = ctx.words.forms[i] == "("
    named = _lexical(ctx, left[0], left[0] + 1) & _HEADS
    if not named or (not bracket and not lexical & {"agency", "outlet", "group"}):
        return None
    return left, (first, last)


def name_before(ctx: Context, i: int) -> Range | None:
    """The name that ends right before token ``i``: back to the nearest head noun of organisations or titles."""
    best = None
    for k in range(i - 1, max(-1, i - 1 - _LONGEST_LEFT), -1):
        t = ctx.tags[k]
        if t is None or t.particle in _STOP:
            break
        if t.lexical & _HEADS and not t.definite:
            best = k
            if t.conjunction or t.proclitic:
                break
        elif t.particle or (t.cues and t.cues[0].kind == "v" and t.cues[0].strength == 3):
            break
    return (best, i) if best is not None and i - best >= 2 else None


def _phrased(ctx: Context, i: int, phrases: object) -> tuple[Range, Range] | None:
    """``X, known as Y``."""
    for form in phrases:  # type: ignore[attr-defined]
        parts = form.split()
        if all(_same(ctx, i + k, part) for k, part in enumerate(parts)):
            first = i + len(parts)
            break
    else:
        return None
    while first < len(ctx) and not ctx.is_word(first):
        if ctx.symbols[first] not in (OPEN, "(", ":"):
            return None
        first += 1
    if first >= len(ctx):
        return None
    opener = ctx.openers.get(first - 1)
    last = opener.close if opener else first
    if opener is None:
        while last < min(len(ctx), first + 4) and ctx.tags[last] is not None and not ctx.tags[last].particle:  # type: ignore[union-attr]
            last += 1
    left_end = i
    while left_end > 0 and not ctx.is_word(left_end - 1):
        left_end -= 1
    left = name_before(ctx, left_end) or _given_before(ctx, left_end)
    return (left, (first, last)) if left is not None and last > first else None


def _given_before(ctx: Context, end: int) -> Range | None:
    first = end
    while first > 0 and ctx.tags[first - 1] is not None and "given" in ctx.tags[first - 1].lexical:  # type: ignore[union-attr]
        first -= 1
    return (first, end) if first < end else None


def _same(ctx: Context, k: int, part: str) -> bool:
    t = ctx.tags[k] if k < len(ctx) else None
    return t is not None and part in (t.form, t.bare)


def _lexical(ctx: Context, first: int, last: int) -> set[str]:
    found: set[str] = set()
    for k in range(first, last):
        t = ctx.tags[k]
        if t is not None:
            found |= t.lexical
    return found
