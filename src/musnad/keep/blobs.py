"""Bytes as they are kept: under the hash of what they hold, compressed.

New ones are compressed by Zstandard (RFC 8878) with a dictionary made of the project's own examples
(``tools/build_dictionary.py``); ledgers also hold what was compressed by zlib (RFC 1950) before.
"""

from __future__ import annotations

import hashlib
import zlib
from functools import lru_cache
from pathlib import Path
from threading import get_ident
from typing import Any, NamedTuple

from musnad.errors import MissingExtra

CODEC = "zstd1"
EARLIER = "zlib1"
_MAGIC = b"\x28\xb5\x2f\xfd"  # of Zstandard
_LEVEL = 3  # 6 saves a tenth of the room and takes four times as long
_LARGEST = 1 << 30  # bytes of content
_MOST_THREADS = 64


class Blob(NamedTuple):
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
    packed: bytes = _packer(get_ident()).compress(content)
    return packed


def expand(codec: str, data: bytes) -> bytes:
    """The content of a blob.

    Raises:
        ValueError: the data are damaged, or of an unknown codec.
    """
    if codec not in (CODEC, EARLIER):
        raise ValueError(f"unknown codec {codec}")
    return expand_any(data)


def expand_any(data: bytes) -> bytes:
    """What ``compress`` was given, now or by an earlier version.

    Raises:
        ValueError: the data are damaged.
    """
    try:
        if data[: len(_MAGIC)] == _MAGIC:
            if _zstandard().frame_content_size(data) > _LARGEST:
                raise ValueError("the content is said to be too large")
            content: bytes = _unpacker(get_ident()).decompress(data)
            return content
        unpacker = zlib.decompressobj(zdict=_dictionary(EARLIER))
        return unpacker.decompress(data) + unpacker.flush()
    except (zlib.error, _zstandard().ZstdError) as error:
        raise ValueError(str(error)) from error


# One for each thread, for they must not be shared; to make one takes longer than to use it.
@lru_cache(maxsize=_MOST_THREADS)
def _packer(_: int) -> Any:
    return _zstandard().ZstdCompressor(level=_LEVEL, dict_data=_shared(), write_checksum=True)


@lru_cache(maxsize=_MOST_THREADS)
def _unpacker(_: int) -> Any:
    return _zstandard().ZstdDecompressor(dict_data=_shared())


@lru_cache(maxsize=1)
def _shared() -> Any:
    return _zstandard().ZstdCompressionDict(_dictionary(CODEC))


@lru_cache(maxsize=2)
def _dictionary(codec: str) -> bytes:
    """What readings often hold: short texts pack far better."""
    return (Path(__file__).parent / f"{codec}.dict").read_bytes()


@lru_cache(maxsize=1)
def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError as error:
        raise MissingExtra("zstandard is not installed", remedy="pip install 'musnad[ledger]'") from error
    return zstandard
