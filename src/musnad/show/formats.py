"""Readings as the four output formats: each a stream of parts, so that memory stays flat."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from musnad.show.text import Look
from musnad.types import Reading

_SURROGATE = re.compile("[\ud800-\udfff]")

Formatter = Callable[[Iterable[Reading], Look], Iterator[str]]


def dumps(value: Any, *, indent: int | None = None) -> str:
    """JSON with Arabic as it stands; lone surrogates, which UTF-8 cannot carry, as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def as_text(readings: Iterable[Reading], look: Look) -> Iterator[str]:
    """The terminal view, a blank line between articles."""
    from musnad.show.text import render

    for number, reading in enumerate(readings):
        yield ("\n" if number else "") + render(reading, look=look)


def as_jsonl(readings: Iterable[Reading], _: Look) -> Iterator[str]:
    """One reading a line."""
    for reading in readings:
        yield dumps(reading.to_dict()) + "\n"


def as_json(readings: Iterable[Reading], _: Look) -> Iterator[str]:
    """One indented object; of several readings an array of objects; of none an empty array."""
    rest = iter(readings)
    first = next(rest, None)
    second = next(rest, None)
    if first is None:
        yield "[]\n"
    elif second is None:
        yield dumps(first.to_dict(), indent=2) + "\n"
    else:
        yield "[\n" + dumps(first.to_dict(), indent=2)
        yield ",\n" + dumps(second.to_dict(), indent=2)
        for reading in rest:
            yield ",\n" + dumps(reading.to_dict(), indent=2)
        yield "\n]\n"


def as_html(readings: Iterable[Reading], look: Look) -> Iterator[str]:
    """One self-contained page."""
    from musnad.show.html import page_parts

    yield from page_parts(readings, lang=look.lang)


FORMATS: dict[str, Formatter] = {"text": as_text, "json": as_json, "jsonl": as_jsonl, "html": as_html}
SUFFIXES = {".txt": "text", ".json": "json", ".jsonl": "jsonl", ".html": "html", ".htm": "html"}
