"""The values of a text: times, quantities and places, each by the finders and settlers of its kind."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from musnad.find.context import Context
from musnad.find.numbers import numerals
from musnad.find.quantities import quantities
from musnad.find.times import times
from musnad.settle.times import settle_times
from musnad.settle.units import settled

KINDS = ("times", "quantities", "places")
_SET = "set"  # three times a day is a set of times, and a quantity


def values_of(ctx: Context, published: str | None, kinds: Collection[str] = KINDS) -> dict[str, Any]:
    """The values of these kinds, as fields of a ``Reading``.

    Args:
        published: the day of publication (ISO 8601), or None.
    """
    found: dict[str, Any] = {}
    counted = numerals(ctx.words)
    said = times(ctx, counted)
    if "times" in kinds:
        found["times"] = settle_times(ctx, said, published)
    if "quantities" in kinds:
        found["quantities"] = settled(ctx, quantities(ctx, counted, [(t.first, t.end) for t in said if t.rule != _SET]))
    return found
