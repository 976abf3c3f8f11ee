"""Bytes as they are kept: under the hash of what they hold, compressed."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

CODEC = "zlib1"
_LEVEL = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """Bytes under the hash of what they hold, compressed.

    Attributes:
        hash: SHA-256 of the content, 64 hexadecimal digits.
        data: the content as ``codec`` writes it.
        base: hash of the content beside which it is written so, or None.
    """

    hash: str
    data: bytes
    codec: str = CODEC
    base: str | None = None


def blob(content: bytes) -> Blob:
    """``content`` under its SHA-256."""
    return Blob(hash=hashlib.sha256(content).hexdigest(), data=compress(content))


def compress(content: bytes) -> bytes:
    """``content`` with the dictionary of ``CODEC``."""
    packer = _packer().copy()
    packed: bytes = packer.compress(content) + packer.flush()
    return packed


def expand(codec: str, data: bytes) -> bytes:
    """What ``compress`` was given.

    Raises:
        ValueError: the data are damaged, or of an unknown codec.
    """
    if codec != CODEC:
        raise ValueError(f"unknown codec {codec}")
    unpacker = zlib.decompressobj(zdict=_dictionary())
    try:
        return unpacker.decompress(data) + unpacker.flush()
    except zlib.error as error:
        raise ValueError(str(error)) from error


@lru_cache(maxsize=1)
def _packer() -> Any:
    """A packer that has taken in the dictionary, to be copied: that is faster than to take it in anew."""
    return zlib.compressobj(_LEVEL, zdict=_dictionary())


@lru_cache(maxsize=1)
def _dictionary() -> bytes:
    """What readings often hold, the most usual last (RFC 1950, preset dictionary): short texts pack far better."""
    return (Path(__file__).parent / "zlib1.dict").read_bytes()
