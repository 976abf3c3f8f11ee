"""Decoding: every encoding comes back letter for letter, whatever label it carries, and no bytes crash it."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from read_tables import cases

from musnad.errors import BinaryInput
from musnad.read.decode import decode, is_wide, plausibility

TEXTS = [case["text"] for case in cases("read_encodings")]
SINGLE = ["cp1256", "iso8859-6"]
WIDE = ["utf-16-le", "utf-16-be"]
PROSE = "".join(TEXTS)


def plain(text: str, encoding: str) -> str:
    """``text`` without what ``encoding`` cannot write."""
    return text.encode(encoding, "ignore").decode(encoding)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
@pytest.mark.parametrize("encoding", ["utf-8", *WIDE, *SINGLE])
def test_undeclared(text: str, encoding: str) -> None:
    text = plain(text, encoding)
    read, name, notes = decode(text.encode(encoding))
    assert (read, name) == (text, encoding)
    assert [note.code for note in notes] == ([] if encoding == "utf-8" else ["encoding-guessed"])


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
@pytest.mark.parametrize("encoding", ["utf-8", *WIDE, *SINGLE])
@pytest.mark.parametrize("label", ["windows-1256", "ISO-8859-6", "utf-8", "windows-1252", "iso-8859-1", "utf-16"])
def test_declared_rightly_or_wrongly(text: str, encoding: str, label: str) -> None:
    text = plain(text, encoding)
    read, name, notes = decode(text.encode(encoding), declared=label)
    assert (read, name) == (text, encoding)
    right = codecs.lookup(label).name[:6] == encoding[:6] and label != "windows-1252"
    assert [note.code for note in notes] == ["wrong-encoding"] or right


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_marks(mark: bytes, encoding: str) -> None:
    assert decode(mark + TEXTS[0].encode(encoding)) == (TEXTS[0], encoding, ())


def test_newlines_stay() -> None:
    text = "\r\n".join(TEXTS) + "\r\x0b\x0c\x85\u2028"
    assert decode(text.encode())[0] == text


def test_damaged_utf8_is_repaired_in_place() -> None:
    data = bytearray(TEXTS[0].encode())
    data[21:22] = b"\xff"
    text, name, notes = decode(bytes(data))
    assert name == "utf-8"
    assert [n.code for n in notes] == ["undecodable-bytes"]
    at = notes[0].span
    assert at is not None and text[at[0] : at[1]] == "\N{REPLACEMENT CHARACTER}"
    assert text.endswith(TEXTS[0][-60:])


def test_cut_off_utf8() -> None:
    text, name, notes = decode(TEXTS[0].encode()[:-2] + b"\xd8")
    assert (name, text[:50]) == ("utf-8", TEXTS[0][:50])
    assert notes[-1].code == "undecodable-bytes"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n%\xe2\xe3",
        b"\x89PNG\r\n\x1a\n\0\0",
        b"PK\x03\x04\x14\0",
        bytes(range(256)) * 8,
        b"\0" * 100,
        b"\x7fELF\x02",
    ],
)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(BinaryInput) as caught:
        decode(data)
    assert caught.value.code == "binary-input" and caught.value.remedy


def test_labels_that_name_no_encoding() -> None:
    for label in ("no-such", "base64", "rot13", "unicode_escape", "utf-7", "\0", "x" * 9000):
        text, _, notes = decode(TEXTS[0].encode(), declared=label)
        assert text == TEXTS[0]
        assert [note.code for note in notes] == ["unknown-encoding"]


def test_latin_text_is_not_forced_into_arabic() -> None:
    french = "Le barrage a été contrôlé à l'été, où l'équipe a vérifié les vannes. " * 5
    assert decode(french.encode("cp1252"), declared="iso-8859-1")[0] == french


def test_plausibility_tells_the_tables_apart() -> None:
    data = plain(PROSE, "iso8859-6").encode("iso8859-6")
    assert plausibility(data.decode("iso8859-6")) > plausibility(data.decode("cp1256")) + 1


def test_is_wide() -> None:
    assert is_wide(TEXTS[0].encode("utf-16-le")) == "utf-16-le"
    assert is_wide(TEXTS[0].encode()) is None
    assert is_wide(codecs.BOM_UTF8 + TEXTS[0].encode()) is None
    assert is_wide(TEXTS[0].encode("cp1256")) is None


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_crash(data: bytes) -> None:
    try:
        text, name, _ = decode(data)
    except BinaryInput:
        return
    assert isinstance(text, str)
    codecs.lookup(name)


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=200))
def test_utf8_round_trip(text: str) -> None:
    if text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}"):
        text = text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}")
    data = text.encode()
    if data.startswith((b"RIFF", b"ID3", b"%PDF", b"GIF8", b"OggS", b"Rar!", b"BZh9", b"PK", b"wOF")):
        return
    assert decode(data)[0] == text


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(PROSE) - 90), st.integers(40, 400), st.sampled_from([*SINGLE, *WIDE]))
def test_any_stretch_of_prose_round_trips(start: int, length: int, encoding: str) -> None:
    text = plain(PROSE[start : start + length], encoding)
    assert decode(text.encode(encoding))[0] == text
