"""Amounts in canonical units: metres, kilograms, square and cubic metres, degrees Celsius, ISO 4217 codes for money.

Factors stand in ``quantities/units`` (UCUM; BIPM, The International System of Units, 9th edition). Money is not
converted: rates change, so the canonical amount of money is the amount in its own currency.
"""

from __future__ import annotations

from decimal import Decimal

from musnad.find.context import Context
from musnad.find.numberwords import number_words
from musnad.find.tallies import FoundQuantity
from musnad.lexicon.loader import Row
from musnad.types import Measure, Quantity, Span, evidence

_DIGITS = 15  # significant digits kept of a converted amount


def unit_code(row: Row | None) -> str | None:
    """The code of a unit as said (UCUM, ISO 4217, ``%``); None where the name alone does not tell the currency."""
    return (row.get("code") or None) if row is not None else None


def canonical(found: FoundQuantity) -> Measure | None:
    """The amounts of ``found`` in the canonical unit of its dimension; None without a unit that has one."""
    row = found.unit
    if row is None or not row.get("canonical"):
        return None
    return Measure(
        unit=row["canonical"],
        value=convert(found.value, row),
        low=convert(found.low, row),
        high=convert(found.high, row),
    )


def convert(amount: int | float | None, row: Row) -> int | float | None:
    """``amount`` of the unit ``row`` in its canonical unit; whole numbers come back as ``int``."""
    if amount is None:
        return None
    exact = Decimal(str(amount)) * Decimal(row["factor"]) + Decimal(row.get("offset") or 0)
    kept = Decimal(f"{exact:.{_DIGITS}g}")
    return int(kept) if kept == kept.to_integral_value() else float(kept)


def _span(ctx: Context, first: int, end: int) -> Span:
    """Source span without fused clitics: number words know theirs (one begins with a letter that is no conjunction)."""
    word = number_words().get(ctx.words.forms[first])
    return ctx.span(first, end) if word is not None and not word.clitic else ctx.bare_span(first, end)


def settled(ctx: Context, found: tuple[FoundQuantity, ...]) -> tuple[Quantity, ...]:
    """The quantities of a text as records: spans in code points, units as codes, amounts in canonical units."""
    return tuple(
        Quantity(
            span=_span(ctx, q.first, q.end),
            value=q.value,
            low=q.low,
            high=q.high,
            of=ctx.bare_span(*q.of) if q.of is not None else None,
            unit=unit_code(q.unit),
            canonical=canonical(q),
            toll=q.toll,
            party=q.party,
            evidence=(
                evidence("quantity", f"quantity-{q.rule}"),
                *(evidence(slot, "lexicon", row) for slot, row in q.rows),
            ),
        )
        for q in found
    )
