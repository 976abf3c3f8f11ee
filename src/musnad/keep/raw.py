"""The bytes of an input, kept beside the text that was taken from them: only what they have more than the text.

A text file is its text in some encoding, a line of JSON holds it in some spelling of JSON: then the bytes before and
after it are kept, and how it was written. Of a page the text is the dictionary (RFC 1950) of its compression. What is
kept so gives the same bytes back, or it is not kept so: that is tried on every input.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType

from musnad.keep.blobs import Blob, compress, expand_any

BESIDE = "beside1"
_LEVEL = 6
_WINDOW = 32_768  # bytes that zlib looks back
_LENGTH = 4  # bytes of a length
_BY_DICTIONARY = b"z"


def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _ascii(text: str) -> str:
    return json.dumps(text)[1:-1]


_WAYS: Mapping[bytes, Callable[[str], bytes]] = MappingProxyType({
    b"u": lambda text: text.encode(),
    b"j": lambda text: _json(text).encode(),
    b"s": lambda text: _json(text).replace("/", "\\/").encode(),
    b"a": lambda text: _ascii(text).encode(),
    b"p": lambda text: _ascii(text).replace("/", "\\/").encode(),  # as PHP writes
    b"r": lambda text: text.replace("\n", "\r\n").encode(),
    b"w": lambda text: text.encode("cp1256"),
    b"i": lambda text: text.encode("iso8859-6"),
    b"l": lambda text: text.encode("utf-16-le"),
    b"b": lambda text: text.encode("utf-16-be"),
})  # fmt: skip
"""How a text may be written in the bytes that it was taken from, by the letter under which that is kept."""


def raw_blob(raw: bytes, text: str, own: Blob) -> Blob:
    """``raw`` as it is kept.

    Args:
        raw: the bytes of an input.
        text: what was read in them.
        own: ``text`` as it is kept.
    """
    hash = hashlib.sha256(raw).hexdigest()
    if hash == own.hash:
        return own
    for way, write in _WAYS.items():
        try:
            inner = write(text)
        except UnicodeEncodeError:
            continue
        at = raw.find(inner)
        if at >= 0:
            around = len(raw[:at]).to_bytes(_LENGTH, "big") + raw[:at] + raw[at + len(inner) :]
            return Blob(hash=hash, data=way + compress(around), codec=BESIDE, base=own.hash)
    packer = zlib.compressobj(_LEVEL, zdict=_dictionary(text))
    return Blob(hash=hash, data=_BY_DICTIONARY + packer.compress(raw) + packer.flush(), codec=BESIDE, base=own.hash)


def raw_bytes(data: bytes, text: str) -> bytes:
    """The bytes of which ``raw_blob`` kept ``data`` beside ``text``.

    Raises:
        ValueError: the data are damaged.
    """
    way, packed = data[:1], data[1:]
    if way == _BY_DICTIONARY:
        unpacker = zlib.decompressobj(zdict=_dictionary(text))
        try:
            return unpacker.decompress(packed) + unpacker.flush()
        except zlib.error as error:
            raise ValueError(str(error)) from error
    if way not in _WAYS:
        raise ValueError(f"unknown way {way!r}")
    around = expand_any(packed)
    stop = _LENGTH + int.from_bytes(around[:_LENGTH], "big")
    return around[_LENGTH:stop] + _WAYS[way](text) + around[stop:]


def _dictionary(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")[-_WINDOW:]
