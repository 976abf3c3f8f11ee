"""Readings as they are kept: the values of each record in a row, and the names of the fields once for each kind.

Written so, a reading takes half the room and the time of its plain JSON (``docs/reading.md``); ``unpack_body`` gives
that back. The names stand in every reading, so that it can be read when the fields of records have changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any, get_args, get_origin, get_type_hints

from musnad.types import Reading

_ASIDE = ("Reading", "text")  # kept apart
_KIND, _MANY = ":", "*"  # "speaker:Party" is a row of the kind Party, "chain:Link*" a list of them
_Field = tuple[str, str | None, bool]


def pack_body(reading: Reading) -> bytes:
    """A reading without its text, as JSON in UTF-8."""
    return f"{_head()}{_encode(reading)}}}".encode("utf-8", "surrogatepass")


def unpack_body(content: str | bytes) -> dict[str, Any]:
    """The plain form of a reading without its text, in whichever form it is kept.

    Raises:
        ValueError: the content is damaged.
    """
    plain: dict[str, Any] = json.loads(content)
    kinds = plain.get("kinds")
    if kinds is None:
        return plain
    known = {kind: [_field(name) for name in names] for kind, names in kinds.items()}
    return _record(known, Reading.__name__, plain["reading"])


def _record(kinds: Mapping[str, list[_Field]], kind: str, row: list[Any]) -> dict[str, Any]:
    made = {}
    for (name, inner, many), value in zip(kinds[kind], row, strict=True):
        if inner is None or value is None:
            made[name] = value
        elif many:
            made[name] = [_record(kinds, inner, one) for one in value]
        else:
            made[name] = _record(kinds, inner, value)
    return made


def _field(name: str) -> _Field:
    plain, _, kind = name.partition(_KIND)
    return plain, kind.removesuffix(_MANY) or None, kind.endswith(_MANY)


@cache
def _head() -> str:
    """What every kept reading begins with: the kinds of records, each with its fields."""
    kinds: dict[str, list[str]] = {}
    waiting: list[type] = [Reading]
    while waiting:
        kind = waiting.pop()
        names = kinds.setdefault(kind.__name__, [])
        for name, hint in get_type_hints(kind).items():
            if (kind.__name__, name) == _ASIDE:
                continue
            inner, many = _records_in(hint)
            names.append(f"{name}{_KIND}{inner.__name__}{_MANY if many else ''}" if inner else name)
            if inner and inner.__name__ not in kinds:
                waiting.append(inner)
    told = json.dumps({"kinds": kinds}, separators=(",", ":"))
    return f'{told[:-1]},"reading":'


def _records_in(hint: Any) -> tuple[type | None, bool]:
    """The kind of records that a field with this type holds, and whether it holds a list of them."""
    if isinstance(hint, type) and is_dataclass(hint):
        return hint, False
    for part in get_args(hint):
        inner, _ = _records_in(part)
        if inner is not None:
            return inner, get_origin(hint) is tuple
    return None, False


@cache
def _values(kind: Any) -> Callable[[Any], Any]:
    return attrgetter(*(f.name for f in fields(kind) if (kind.__name__, f.name) != _ASIDE))


def _row(record: Any) -> Any:
    kind: Any = type(record)
    return _values(kind)(record)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False, default=_row).encode
