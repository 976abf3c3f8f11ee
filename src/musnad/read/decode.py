"""Bytes → text: which encoding it is, told from the bytes themselves before any label is believed.

Order of trust: a byte order mark; UTF-16 by its regular high bytes; well-formed UTF-8 (text in another encoding
is almost never well-formed UTF-8 by accident); damaged UTF-8; last the single-byte encodings, among which the
reading wins whose letters are distributed as in Arabic news (``lexicon/data/read/letters.tsv``), since
windows-1256 read as ISO-8859-6 or the reverse gives Arabic letters too, but the wrong ones.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from functools import lru_cache
from math import log
from types import MappingProxyType

from musnad.errors import BinaryInput
from musnad.lexicon.loader import rows
from musnad.types import Note

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    b"%PDF-", b"\x89PNG", b"PK\x03\x04", b"\x1f\x8b\x08", b"\x7fELF", b"GIF8", b"\xff\xd8\xff", b"BZh9",
    b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!\x1a", b"\xd0\xcf\x11\xe0\xa1\xb1", b"SQLite format 3\x00", b"RIFF", b"OggS",
    b"ID3", b"wOFF", b"wOF2", b"\x00\x00\x01\x00", b"\x28\xb5\x2f\xfd", b"\xca\xfe\xba\xbe",
)  # fmt: skip
_SINGLE_BYTE = ("cp1256", "iso8859-6")
_WHATWG = {
    "x-cp1256": "cp1256", "iso-8859-6-i": "iso8859-6", "iso-8859-6-e": "iso8859-6", "asmo-708": "iso8859-6",
    "iso8859-1": "cp1252", "ascii": "cp1252",
}  # fmt: skip
_TEXT_CODECS = re.compile(r"(utf|cp|iso8859|mac|ascii|koi8|gb|hz|big5|euc|shift|tis|johab|ptcp|kz)[\w-]{0,20}\Z")
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\r\x0b\x0c\x1a\x1b")
_HIGH = re.compile(rb"[\x80-\xff]")
_UTF8_UNIT = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SAMPLE = 1 << 15
_MAX_CONTROLS = 0.02  # share of control bytes beyond which bytes are no text
_WORDS = re.compile(r"[^\W\d_]+")
_FLOOR = -14.0  # log-odds of a letter that Arabic news never has there
_PLAUSIBLE = -4.6  # mean log-probability of a letter; Arabic lies near -3.0, a wrong single-byte table below -5.5


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, str, tuple[Note, ...]]:
    """Turn bytes into text, whatever their encoding is and whatever they claim it to be.

    Args:
        data: the whole input, or one line of it.
        declared: the encoding that a header or ``<meta>`` names, or None.

    Returns:
        The text letter for letter (without a byte order mark; line ends as they are), the Python name of the
        encoding, and notes: ``encoding-guessed``, ``wrong-encoding``, ``unknown-encoding``, ``undecodable-bytes``.

    Raises:
        BinaryInput: the bytes are no text.
    """
    label, notes = _label(declared)
    for mark, name in _BOMS:
        if data.startswith(mark):
            text, more = _lenient(data[len(mark) :], name)
            return text, name, (*notes, *_mismatch(label, name), *more)
    _refuse_signature(data)
    if not _HIGH.search(data) and b"\0" not in data:
        _refuse_controls(data)
        return data.decode("ascii"), "utf-8", notes
    wide = _wide(data)
    if wide:
        text, more = _lenient(data, wide)
        return text, wide, (*notes, *_told(label, wide), *more)
    _refuse_controls(data)
    try:
        return data.decode("utf-8"), "utf-8", (*notes, *_mismatch(label, "utf-8"))
    except UnicodeDecodeError:
        pass
    name = "utf-8" if _mostly_utf8(data) else _single_byte(data, label)
    text, more = _lenient(data, name)
    return text, name, (*notes, *_told(label, name), *more)


def is_wide(data: bytes) -> str | None:
    """The name of the UTF-16 or UTF-32 form that ``data`` is in, by its mark or its bytes; else None."""
    if data.startswith(codecs.BOM_UTF8):
        return None
    return next((name for mark, name in _BOMS if data.startswith(mark)), None) or _wide(data)


def plausibility(text: str) -> float:
    """How far the letters of ``text`` are distributed as in Arabic news.

    Returns:
        Mean log-probability (natural) of a letter beyond ASCII in its place in the word; Arabic prose lies
        between -3.6 and -2.8. ``_FLOOR`` where there is no such letter.
    """
    table = _letters()
    total, count = 0.0, 0
    for word in _WORDS.findall(text):
        if word.isascii():
            continue
        last = len(word) - 1
        for at, char in enumerate(word):
            chances = table.get(char)
            total += _FLOOR if chances is None else chances[0 if at == last else 1]
        count += last + 1
    return total / count if count else _FLOOR


@lru_cache(maxsize=1)
def _letters() -> Mapping[str, tuple[float, float]]:
    """Letter → log-probability at the end of a word, and elsewhere."""
    found = {}
    for row in rows("read/letters"):
        share, final = int(row["per_million"]) / 1e6, float(row["final"])
        found[row["letter"]] = (
            max(_FLOOR, log(share * final * 4 + 1e-9)),
            max(_FLOOR, log(share * (1 - final) * 4 / 3 + 1e-9)),
        )
    return MappingProxyType(found)


def _label(declared: str | None) -> tuple[str | None, tuple[Note, ...]]:
    """The Python name of a declared encoding; a note where it names none."""
    wanted = (declared or "").strip().strip("\"'").lower()
    if not wanted:
        return None, ()
    try:
        name = _WHATWG.get(wanted) or codecs.lookup(wanted[:40]).name
    except (LookupError, ValueError):
        name = ""
    name = _WHATWG.get(name, name)
    if not _TEXT_CODECS.match(name) or name == "utf-7":
        return None, (Note(code="unknown-encoding", text=f"the declared encoding {wanted[:40]!r} is not known"),)
    return name, ()


def _mismatch(label: str | None, name: str) -> tuple[Note, ...]:
    if label is None or label == name or (label[:6], name[:6]) in {("utf-16", "utf-16"), ("utf-32", "utf-32")}:
        return ()
    return (Note(code="wrong-encoding", text=f"declared as {label}, read as {name}"),)


def _told(label: str | None, name: str) -> tuple[Note, ...]:
    """What to say of an encoding that only the bytes tell."""
    if label is not None:
        return _mismatch(label, name)
    return () if name == "utf-8" else (Note(code="encoding-guessed", text=f"no encoding is declared; read as {name}"),)


def _lenient(data: bytes, name: str) -> tuple[str, tuple[Note, ...]]:
    """Decode with U+FFFD for what cannot be decoded, and say where the first one is."""
    try:
        return data.decode(name), ()
    except UnicodeDecodeError:
        pass
    text = data.decode(name, errors="replace")
    at = text.find("\N{REPLACEMENT CHARACTER}")
    lost = text.count("\N{REPLACEMENT CHARACTER}")
    told = f"{lost} places could not be decoded as {name}"
    return text, (Note(code="undecodable-bytes", text=told, span=(at, at + 1)),)


def _refuse_signature(data: bytes) -> None:
    if data.startswith(_SIGNATURES):
        kind = next(s for s in _SIGNATURES if data.startswith(s))
        if kind in (b"RIFF", b"ID3", b"OggS", b"BZh9") and data[:4096].isascii() and b"\0" not in data[:4096]:
            return
        raise _binary(data)


def _refuse_controls(data: bytes) -> None:
    """Raise where control bytes are more than text ever holds."""
    if len(data) - len(data.translate(None, _CONTROLS)) > max(2, _MAX_CONTROLS * len(data)):
        raise _binary(data)


def _binary(data: bytes) -> BinaryInput:
    return BinaryInput(
        "the bytes are no text in any encoding that musnad reads",
        value=data[:24],
        remedy="give plain text, HTML or JSONL; extract the text of PDF or Word files first",
    )


def _wide(data: bytes) -> str | None:
    """``utf-16-le`` or ``utf-16-be`` where one byte of each pair is a high byte of Arabic or ASCII text."""
    sample = data[: _SAMPLE & ~1]
    if len(sample) < 4 or (b"\0" not in sample and b"\x06" not in sample):
        return None
    usual = b"\x00\x06\x20\xfb\xfe\x25"
    for name, high, low in (("utf-16-le", sample[1::2], sample[0::2]), ("utf-16-be", sample[0::2], sample[1::2])):
        pairs = len(high)
        telling = high.count(0) + high.count(6)
        if (
            telling >= 0.8 * pairs
            and pairs - len(high.translate(None, usual)) >= 0.97 * pairs
            and low.count(0) + low.count(6) < 0.25 * pairs
            and len(low.translate(None, _CONTROLS)) >= 0.7 * pairs
        ):
            return name
    return None


def _sample(data: bytes) -> bytes:
    """A stretch of ``data`` with letters beyond ASCII."""
    first = _HIGH.search(data)
    return data[first.start() : first.start() + _SAMPLE] if first else data[:_SAMPLE]


def _mostly_utf8(data: bytes) -> bool:
    """Whether ``data`` is UTF-8 with some damage: nearly all bytes beyond ASCII stand in whole sequences."""
    sample = _sample(data)
    high = len(_HIGH.findall(sample))
    whole = sum(len(unit) for unit in _UTF8_UNIT.findall(sample))
    return whole >= 0.8 * high


def _single_byte(data: bytes, label: str | None) -> str:
    """The single-byte encoding in which ``data`` reads most like Arabic.

    Where none does, the declared one, else what resiliparse (if installed) makes of it, else windows-1252.
    """
    sample = _sample(data)
    scores = {name: _score(sample, name) for name in _SINGLE_BYTE}
    best = max(scores, key=lambda name: (scores[name], name == label))
    if scores[best] >= _PLAUSIBLE:
        return best
    if label and not label.startswith(("utf", "ascii")):
        return label
    return _detected(sample) or ("cp1252" if scores[best] < 2 * _PLAUSIBLE else best)


def _score(sample: bytes, name: str) -> float:
    text = sample.decode(name, errors="replace")
    wrong = text.count("\N{REPLACEMENT CHARACTER}")
    return plausibility(text) - 10.0 * wrong / max(1, len(sample))


def _detected(sample: bytes) -> str | None:
    try:
        from resiliparse.parse.encoding import detect_encoding
    except ImportError:
        return None
    name, _ = _label(detect_encoding(sample))
    return None if name is None or name.startswith(("utf", "ascii")) else name
