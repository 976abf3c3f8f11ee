"""Decisions and merged voices as the tables hold them, laid over what readings say."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from musnad.keep import tables
from musnad.keep.decisions import Decision, Overlay, fields, holding, overlay_of
from musnad.keep.records import Version

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

Roots = Mapping[tuple[int, str], tuple[str, str]]
"""(Reading, or 0 for all; key of a voice) → key and name of the voice that it is one with."""
_AT_ONCE = 500  # values in one condition


def rooted(versions: Iterable[Version], roots: Roots, reading: int) -> tuple[Version, ...]:
    """The statements of one reading with the voices that are one under one key."""
    return tuple(_rooted(v, roots, reading) for v in versions) if roots else tuple(versions)


def root_of(key: str | None, roots: Roots, reading: int) -> str | None:
    """The key of the voice that ``key`` is one with in a reading."""
    if key is None:
        return None
    found = roots.get((reading, key)) or roots.get((0, key))
    return found[0] if found else key


def _rooted(version: Version, roots: Roots, reading: int) -> Version:
    voice = root_of(version.voice, roots, reading)
    keys = [root_of(s.key, roots, reading) for s in version.chain]
    if voice == version.voice and all(key == s.key for key, s in zip(keys, version.chain, strict=True)):
        return version
    chain = tuple(replace(s, key=key) for key, s in zip(keys, version.chain, strict=True))
    return replace(version, voice=voice, chain=chain)


def shown(statement: dict[str, Any], fixes: Sequence[Decision]) -> dict[str, Any] | None:
    """A statement as ``keep.search`` shows it, as people corrected it, with their decisions; None where it is none."""
    values = fields(fixes)
    if not values.get("statement", True):
        return None
    voice, chain = statement["voice"], statement["chain"]
    if "voice" in values and (values["voice"] is None or values["voice"] != voice["id"]):
        voice = {"id": values["voice"], "name": values["name"]}
        last = {**(chain[-1] if chain else {}), "role": "speaker", "entity": None, "span": None, "name": voice["name"]}
        chain = [*(link for link in chain if link["role"] != "speaker"), last]
    given: dict[str, Any] = {
        name: values[name] for name in ("act", "form", "status", "anonymous", "said") if name in values
    }
    told = [{"id": d.id, "verb": d.verb, "by": d.by, "made": d.made} for d in fixes]
    return {**statement, **given, "voice": voice, "chain": chain, "decided": told}


def decisions_in(connection: Connection) -> list[Decision]:
    """All decisions, in order."""
    from sqlalchemy import select

    return [
        Decision(id=int(r.id), verb=r.verb, target=r.target, value=json.loads(r.value), by=r.by, made=r.made)
        for r in connection.execute(select(tables.decision).order_by(tables.decision.c.id))
    ]


def overlay_in(connection: Connection) -> Overlay:
    """What the decisions that hold say of statements and sayings."""
    return overlay_of(holding(decisions_in(connection)))


def roots_in(
    connection: Connection, keys: Iterable[str] | None = None, readings: Collection[int] | None = None
) -> Roots:
    """Which voices are one with another: all, or those with some keys; everywhere, and in some readings or in all."""
    from sqlalchemy import select

    link, v = tables.voice_link.c, tables.voice.c
    root = tables.voice.alias("root")
    query = select(link.reading, v.key, root.c.key.label("root"), root.c.name)
    query = query.join_from(tables.voice_link, tables.voice, link.voice == v.id)
    query = query.join(root, link.root == root.c.id)
    if readings is not None and len(readings) < _AT_ONCE:
        query = query.where(link.reading.in_([0, *readings]))
    if keys is None:
        return {(int(r.reading), r.key): (r.root, r.name) for r in connection.execute(query)}
    wanted = sorted(set(keys))
    found: dict[tuple[int, str], tuple[str, str]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        for r in connection.execute(query.where(v.key.in_(wanted[start : start + _AT_ONCE]))):
            found[int(r.reading), r.key] = (r.root, r.name)
    return found


def keys_of(versions: Iterable[Version]) -> set[str]:
    """The keys of all voices that versions name."""
    return {key for v in versions for key in (v.voice, *(s.key for s in v.chain)) if key}
