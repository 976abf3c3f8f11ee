"""A quantity as the finders make it: a number with its bound, what it counts, and what became of those counted."""

from __future__ import annotations

from dataclasses import dataclass

from musnad.find.approximations import Bound
from musnad.find.context import Context
from musnad.find.counted import Counted, Range
from musnad.find.numbers import Numeral
from musnad.find.tolls import party, toll
from musnad.lexicon.loader import Row
from musnad.types import Toll


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundQuantity:
    """A quantity as tokens, before units are settled.

    Attributes:
        first, end: tokens of the whole, ``[first, end)``.
        value, low, high: see ``types.Quantity``.
        of: tokens of what is counted.
        unit: the row of the unit, or None.
        toll, party: see ``types.Quantity``.
        rule: how it was found.
        rows: (slot, row) of the tables that decided.
    """

    first: int
    end: int
    value: int | float | None = None
    low: int | float | None = None
    high: int | float | None = None
    of: Range | None = None
    unit: Row | None = None
    toll: Toll | None = None
    party: str | None = None
    rule: str = "number"
    rows: tuple[tuple[str, str], ...] = ()


def bounded(ctx: Context, n: Numeral, counted: Counted, bound: Bound | None, first: int) -> FoundQuantity:
    """``n`` with its bound put into value, low and high.

    Args:
        ctx: the text.
        n: the number.
        counted: what it counts.
        bound: what bounds it, or None.
        first: first token of the whole.
    """
    value, low, high = n.value, n.low, n.high
    if n.minus and value is not None:
        value = -value
    rows: tuple[tuple[str, str], ...] = (("value", n.row),) if n.row else ()
    end = max(n.end, counted.end)
    if bound is not None:
        rows += (("low" if bound.effect == "low" else "high" if bound.effect == "high" else "value", bound.row),)
        end = max(end, bound.end)
        if n.kind != "vague":
            if bound.effect == "low":
                value, low = None, value
            elif bound.effect == "high":
                value, high = None, value
    return tallied(ctx, first, end, counted, value=value, low=low, high=high, rule=n.kind, rows=rows)


def tallied(
    ctx: Context,
    first: int,
    end: int,
    counted: Counted,
    *,
    value: int | float | None = None,
    low: int | float | None = None,
    high: int | float | None = None,
    rule: str,
    rows: tuple[tuple[str, str], ...] = (),
) -> FoundQuantity:
    """The quantity with what its noun or unit tells."""
    if counted.noun is not None:
        rows += (("of", counted.noun.row),)
    if counted.unit is not None:
        rows += (("unit", counted.unit.id),)
    kind = toll(ctx, first, counted)
    side = party(ctx, counted)
    rows += tuple((slot, found[1]) for slot, found in (("toll", kind), ("party", side)) if found is not None)
    return FoundQuantity(
        first=first,
        end=end,
        value=value,
        low=low,
        high=high,
        of=counted.of,
        unit=counted.unit,
        toll=kind[0] if kind else None,
        party=side[0] if side else None,
        rule=rule,
        rows=rows,
    )
