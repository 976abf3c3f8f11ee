"""The places of a reading: one for each different name, at its first mention, and one entity for each place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Literal

from musnad.find.context import Context
from musnad.find.places import places
from musnad.find.valuewords import ValueTokens
from musnad.settle.gazetteer import Settled, settle_places
from musnad.types import Entity, Place, Span, evidence


def places_of(
    ctx: Context, entities: Sequence[Entity] | None = None, known: ValueTokens | None = None
) -> tuple[tuple[Place, ...], tuple[Entity, ...]]:
    """The places of ``ctx``, and ``entities`` with those of the places added.

    Args:
        entities: the entities of the reading so far; None where places are wanted without entities.
        known: its tokens that may be parts of values, if known.
    """
    source = ctx.words.source
    groups: dict[tuple[object, ...], list[Settled]] = {}
    first: dict[tuple[str, str | None], Settled] = {}
    openers, peoples = (known.places, known.gentilics) if known is not None else (None, None)
    for settled in settle_places(ctx, places(ctx, openers), peoples):
        first.setdefault((settled.found.name, settled.country), settled)
        groups.setdefault(_identity(settled), []).append(settled)
    if entities is None:
        return tuple(_place(source, s, None) for s in first.values()), ()
    named, ids = _with_entities(source, groups, entities)
    return tuple(_place(source, s, ids[_identity(s)]) for s in first.values()), named


def _identity(settled: Settled) -> tuple[object, ...]:
    """What tells one place from another: its line in the gazetteer, else name and country."""
    if settled.known is not None:
        return (settled.known.number,)
    return (settled.found.name, settled.country)


_PRECISION: Mapping[str, Literal["country", "region", "place"]] = MappingProxyType(
    {"country": "country", "region": "region", "other": "region", "city": "place", "site": "place"}
)


def _place(source: str, settled: Settled, entity: str | None) -> Place:
    f, known = settled.found, settled.known
    return Place(
        span=f.span,
        name=known.name if known is not None else source[f.span[0] : f.span[1]],
        country=settled.country,
        kind=settled.kind,  # type: ignore[arg-type]
        latitude=known.latitude if known is not None else None,
        longitude=known.longitude if known is not None else None,
        geonames=known.geonames if known is not None else None,
        entity=entity,
        basis=settled.basis,  # type: ignore[arg-type]
        precision=_PRECISION[settled.kind] if known is not None and known.latitude is not None else None,
        evidence=(
            evidence("place", f.rule, f.row),
            evidence("country", settled.basis or "unknown"),
        ),
    )


def _with_entities(
    source: str, groups: dict[tuple[object, ...], list[Settled]], entities: Sequence[Entity]
) -> tuple[tuple[Entity, ...], dict[tuple[object, ...], str]]:
    """``entities`` and one more for each place that none of them is; place → id of its entity."""
    out = list(entities)
    at: dict[Span, int] = {m: n for n, e in enumerate(out) if e.kind == "place" for m in e.mentions}
    ids: dict[tuple[object, ...], str] = {}
    for key, group in groups.items():
        spans = tuple(s.found.span for s in group)
        registers = _registers(group[0])
        same = next((at[span] for span in spans if span in at), None)
        if same is not None:
            mentions = tuple(sorted({*out[same].mentions, *spans}))
            out[same] = replace(out[same], mentions=mentions, ids={**out[same].ids, **registers})
        else:
            same = len(out)
            known = group[0].known
            spelt = [source[a:b] for a, b in spans]
            name = known.name if known is not None and known.name in spelt else max(spelt, key=len)
            aliases = tuple(dict.fromkeys(s for s in spelt if s != name))
            out.append(
                Entity(id=f"e{same + 1}", kind="place", name=name, aliases=aliases, mentions=spans, ids=registers)
            )
        ids[key] = out[same].id
    return tuple(out), ids


def _registers(settled: Settled) -> dict[str, object]:
    """Codes of the place in other registers: ISO 3166-1 of its country, number at GeoNames; its key of the two."""
    found: dict[str, object] = {}
    if settled.country is not None:
        found["iso3166"] = settled.country
    if settled.known is not None and settled.known.geonames is not None:
        found["geonames"] = settled.known.geonames
    if settled.kind == "country" and "iso3166" in found:
        found["key"] = f"place/{settled.country}"
    elif "geonames" in found:
        found["key"] = f"place/{found['geonames']}"
    return found
