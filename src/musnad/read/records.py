"""How records of JSON stand in a file: on lines, or as members of a list."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import IO

from musnad.settings import LIMITS

_AFTER = re.compile(r"[ \t\r\n]*(?:,[ \t\r\n]*)?")  # between the members of a list


def lines(stream: IO[bytes], wide: str | None) -> Iterator[bytes | int]:
    """The lines of a stream as UTF-8 or single-byte text; the limit in place of a line beyond it."""
    if wide:
        texts = io.TextIOWrapper(stream, encoding=wide, errors="replace", newline="\n")
        while text := texts.readline(LIMITS.max_bytes):
            yield text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}").encode("utf-8", "surrogatepass")
        return
    while line := stream.readline(LIMITS.max_bytes + 1):
        if len(line) <= LIMITS.max_bytes:
            yield line
            continue
        yield LIMITS.max_bytes
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 20)


def members(text: str) -> list[tuple[int, int]]:
    """Where the members of a list stand in ``text``, which is one in JSON."""
    decoder = json.JSONDecoder()
    found: list[tuple[int, int]] = []
    at = _AFTER.match(text, text.index("[") + 1).end()  # type: ignore[union-attr]
    while text[at] != "]":
        end = decoder.raw_decode(text, at)[1]
        found.append((at, end))
        at = _AFTER.match(text, end).end()  # type: ignore[union-attr]
    return found


def encoded(text: str, encoding: str) -> bytes:
    """A part of a file as it stood there; in UTF-8 where it was damaged."""
    try:
        return text.encode(encoding, "surrogatepass")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
