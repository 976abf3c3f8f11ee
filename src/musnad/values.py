"""The values of a text: times, quantities and places, each by the finders and settlers of its kind."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from musnad.find.context import Context
from musnad.find.numbers import numerals
from musnad.find.quantities import quantities
from musnad.find.times import times
from musnad.find.valuewords import ValueTokens
from musnad.settle.places import places_of
from musnad.settle.said import spoken_days, with_times
from musnad.settle.times import settle_times
from musnad.settle.units import settled
from musnad.types import Entity, Statement

KINDS = ("times", "quantities", "places")
_SET = "set"  # three times a day is a set of times, and a quantity


def values_of(
    ctx: Context,
    known: ValueTokens,
    published: str | None,
    kinds: Collection[str] = KINDS,
    statements: Sequence[Statement] = (),
    entities: Sequence[Entity] | None = None,
) -> dict[str, Any]:
    """The values of these kinds, as fields of a ``Reading``.

    Args:
        known: its tokens that may be parts of values.
        published: the day of publication (ISO 8601), or None.
        statements: those of the text: they are given back, each with the time at which it was said, as far as told;
            times inside direct speech are read against that day.
        entities: the entities of the reading, given back with those of the places; None where it has none.
    """
    found: dict[str, Any] = {}
    counted = numerals(ctx.words, known.numbers)
    said = times(ctx, counted, known.parts, known.ends, known.times)
    if "times" in kinds:
        found["times"] = settle_times(ctx, said, published)
        found["statements"] = with_times(ctx, statements, found["times"])
        if spoken := spoken_days(ctx, found["statements"], found["times"]):
            found["times"] = settle_times(ctx, said, published, spoken)
            found["statements"] = with_times(ctx, statements, found["times"])
    if "quantities" in kinds:
        taken = [(t.first, t.end) for t in said if t.rule != _SET]
        found["quantities"] = settled(ctx, quantities(ctx, counted, taken, known.counts))
    if "places" in kinds:
        found["places"], named = places_of(ctx, entities, known)
        if entities is not None:
            found["entities"] = named
    return found
