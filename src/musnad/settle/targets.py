"""What a verification is about, and who checked or answered.

The target is found by its head noun: the phrase after the verb of checking that names a medium, pictures, reports
or a claim. A medium ties the verification to the statements made in it; a denial to the statement that denies;
a bare demonstrative (*this report*) to the statement before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from musnad.find.context import Context
from musnad.find.relays import press
from musnad.find.slots import Slots
from musnad.find.verifications import FoundVerification
from musnad.settle.entities import Resolved
from musnad.settle.names import words_of
from musnad.types import Evidence, Party, Statement, Target, Verification

_HEADS = frozenset(("medium", "document"))
_LONGEST = 8


def settle_verifications(
    ctx: Context,
    slots: Sequence[Slots],
    resolved: Resolved,
    found: Sequence[FoundVerification],
    statements: Sequence[Statement],
) -> tuple[tuple[Statement, ...], tuple[Verification, ...]]:
    """Give each verification its target and its checker, and each statement that it concerns its id."""
    out: list[Verification] = []
    concerned: dict[int, str] = {}
    for n, v in enumerate(found):
        key = f"v{n + 1}"
        target = _target(ctx, v)
        numbers = _statements(ctx, slots, v, target)
        for k in numbers:
            concerned.setdefault(k, key)
        out.append(
            Verification(
                id=key,
                span=ctx.span(v.first, v.end),
                status=v.status,  # type: ignore[arg-type]
                by=_by(ctx, slots, resolved, v),
                target=Target(
                    span=ctx.span(*target) if target else None,
                    medium_of=tuple(statements[k].id for k in numbers),
                ),
                evidence=(Evidence(slot="status", rule="model-verification", row=v.row, score=round(v.margin, 3)),),
            )
        )
    tied = tuple(replace(s, verification=concerned[k]) if k in concerned else s for k, s in enumerate(statements))
    return tied, tuple(out)


def _target(ctx: Context, v: FoundVerification) -> tuple[int, int] | None:
    """Tokens of the noun phrase that names what was checked: no outlet of the press.

    Who declines to comment does so *on* something: a bare noun there is no target.
    """
    for i in range(v.first + 1, v.end):
        t = ctx.tags[i]
        if t is None or press(ctx, (i, i + 1)) is not None:
            continue
        if v.status == "no-comment" and not t.proclitic and not _after_preposition(ctx, i):
            continue
        if t.lexical & _HEADS and (t.definite or t.proclitic or ctx.symbol(i - 1) == "demonstrative"):
            end = i + 1
            while end < min(v.end, i + _LONGEST):
                u = ctx.tags[end]
                if u is None or u.particle or u.conjunction:
                    break
                end += 1
            return (i, end)
    return None


def _after_preposition(ctx: Context, i: int) -> bool:
    """Whether a preposition stands before the word at ``i``, or before its demonstrative."""
    return ctx.symbol(i - 1 - (ctx.symbol(i - 1) == "demonstrative")) == "preposition"


def _statements(
    ctx: Context, slots: Sequence[Slots], v: FoundVerification, target: tuple[int, int] | None
) -> tuple[int, ...]:
    """Numbers of the statements that the passage concerns."""
    if v.statement is not None:
        return ()
    if target is None:
        return ()
    words = words_of(ctx, *target)
    same = [
        n
        for n, s in enumerate(slots)
        if s.medium is not None and s.medium[0] < v.first and words & words_of(ctx, *s.medium)
    ]
    return tuple(same)


def _by(ctx: Context, slots: Sequence[Slots], resolved: Resolved, v: FoundVerification) -> Party | None:
    """Who checked or answered: the speaker of the denial that the passage is."""
    if v.statement is None:
        return None
    s, who = slots[v.statement], resolved.speakers[v.statement]
    if who is None:
        return None
    return Party(span=ctx.span(*s.speaker) if s.speaker else None, entity=resolved.entities[who].id)
