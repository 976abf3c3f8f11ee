"""Names that others give or that are changed: ``they call the X "Y"`` and ``the name of X is changed to Y``."""

from __future__ import annotations

from musnad.find.context import Context
from musnad.find.named import Range, head_kind, words_like
from musnad.find.tags import Tag

_BACK, _LONGEST, _SEARCH = 4, 8, 3_000


def renamed(ctx: Context, i: int) -> tuple[Range, Range] | None:
    """The names that are equated round the word at ``i`` (*name*, *term*, *title*); None where none are."""
    t = ctx.tags[i]
    if t is None or t.bare not in words_like("label"):
        return None
    verbs = [ctx.tags[k] for k in range(max(0, i - _BACK), i)]
    if _any_of(verbs, "naming"):
        return _called(ctx, i)
    return _changed(ctx, i) if _any_of(verbs[-1:], "changing") else None


def _any_of(tags: list[Tag | None], kind: str) -> bool:
    return any(t is not None and {t.form, t.bare} & words_like(kind) for t in tags)


def _called(ctx: Context, i: int) -> tuple[Range, Range] | None:
    """``the name "Y" on X``: Y in marks, X a body, a group or a person."""
    opener = ctx.openers.get(i + 1)
    if opener is None or opener.close + 2 >= len(ctx) or opener.close - opener.open - 1 > _LONGEST:
        return None
    on = ctx.tags[opener.close + 1]
    first = opener.close + 2
    t = ctx.tags[first]
    if on is None or on.form not in words_like("upon") or t is None:
        return None
    if head_kind(t) in ("", "place") and "given" not in t.lexical:
        return None
    return (first, _run(ctx, first)), (i + 2, opener.close)


def _changed(ctx: Context, i: int) -> tuple[Range, Range] | None:
    """``the name of X to Y``; a bare *the institute* stands for the fullest such name that the text gave before."""
    to = next(
        (k for k in range(i + 2, min(i + _LONGEST, len(ctx))) if ctx.form(k) in words_like("into")),
        None,
    )
    if to is None or to + 1 >= len(ctx) or not ctx.is_word(i + 1):
        return None
    old: Range | None = (i + 1, to)
    t = ctx.tags[i + 1]
    if _run(ctx, i + 1) < to:
        return None
    if to - i == 2:
        old = _antecedent(ctx, i + 1) if t is not None and t.definite and head_kind(t) else None
    opener = ctx.openers.get(to + 1)
    new = (to + 2, opener.close) if opener is not None else (to + 1, _run(ctx, to + 1))
    if old is None or new[1] <= new[0] or new[1] - new[0] > _LONGEST:
        return None
    head = ctx.tags[new[0]]
    return (old, new) if opener is not None or head_kind(head) or (head is not None and head.lexical) else None


def _antecedent(ctx: Context, i: int) -> Range | None:
    """The longest name before token ``i`` that begins with its word: the word and the definite words after it."""
    wanted = ctx.tags[i]
    best: Range | None = None
    for k in range(max(0, i - _SEARCH), i):
        t = ctx.tags[k]
        if t is None or wanted is None or wanted.bare not in (t.bare, t.form, *t.stems):
            continue
        end = _run(ctx, k)
        if end - k > 1 and (best is None or end - k > best[1] - best[0]):
            best = (k, end)
    return best


def _run(ctx: Context, first: int) -> int:
    """The end of the name that begins at ``first``: its first word and the definite words and names after it."""
    end = first + 1
    while end < min(len(ctx), first + _LONGEST):
        t = ctx.tags[end]
        if t is None or t.particle or not (t.definite or t.lexical & {"given", "country"}):
            break
        end += 1
    return end
