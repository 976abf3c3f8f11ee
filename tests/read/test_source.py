"""Inputs: every file and every line gives an article or the reason why not, in order, and nothing crashes."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from read_tables import cases

from musnad.errors import InputError, UsageError
from musnad.read.source import articles
from musnad.settings import LIMITS
from musnad.types import Article

TEXTS = [case["text"] for case in cases("read_encodings")]
TEXT = TEXTS[0]


def line(**fields: Any) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def piped(data: bytes, **options: Any) -> list[Article | InputError]:
    return list(articles(["-"], stdin=io.BytesIO(data), **options))


def one(data: bytes, **options: Any) -> Article:
    (found,) = piped(data, **options)
    assert isinstance(found, Article), found
    return found


def codes(found: list[Article | InputError]) -> list[str]:
    return [entry.code if isinstance(entry, InputError) else "" for entry in found]


def test_plain_text_letter_for_letter(tmp_path: Path) -> None:
    text = f" {TEXT}\r\n\r\n{TEXTS[1]}\t\n"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    (found,) = articles([str(path)], outlet="O", published="2016-11-03T23:00:00Z")
    assert isinstance(found, Article)
    assert (found.text, found.outlet, found.published, found.source) == (text, "O", "2016-11-03", str(path))
    assert found.id == hashlib.sha256(text.encode()).hexdigest()[:16]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1256", "iso8859-6"])
def test_plain_text_in_any_encoding(encoding: str) -> None:
    text = TEXT.encode(encoding, "ignore").decode(encoding)
    assert one(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1256"])
def test_jsonl_in_any_encoding(encoding: str) -> None:
    data = "".join(f'{{"text": "{text}", "id": "{n}"}}\n' for n, text in enumerate(TEXTS[:2]))
    plain = data.encode(encoding, "ignore").decode(encoding)
    found = piped(plain.encode(encoding))
    assert [a.text for a in found if isinstance(a, Article)] == [json.loads(row)["text"] for row in plain.splitlines()]


def test_a_carriage_return_between_the_fields_ends_no_record() -> None:
    data = f'{{"id": "1",\r"text": "{TEXT}"}}\r\n'
    assert one(data.encode()).id == one(data.encode("utf-16")).id == "1"


def test_jsonl_fields() -> None:
    url = "https://example.com/1"
    found = one(line(id=7, text=TEXT, title="T", outlet="O", published="2018-02-28T23:55:09+04:00", url=url, more=[1]))
    assert (found.id, found.title, found.outlet, found.published, found.url) == ("7", "T", "O", "2018-02-28", url)
    assert found.source == "standard input:1" and found.notes == ()


def test_given_fields_fill_gaps_only() -> None:
    options = {"outlet": "given", "published": "2020-01-01"}
    own = one(line(text=TEXT, outlet="own", published="2018-02-28"), **options)
    assert (own.outlet, own.published) == ("own", "2018-02-28")
    bare = one(line(text=TEXT), **options)
    assert (bare.outlet, bare.published) == ("given", "2020-01-01")


@pytest.mark.parametrize("bad", ["soon", 20160101, 1.5, ["2016"], "2016-13-45"])
def test_bad_dates(bad: object) -> None:
    found = one(line(text=TEXT, published=bad))
    assert found.published is None
    assert [note.code for note in found.notes] == ["bad-date"]


def test_date_from_the_dateline() -> None:
    case = next(case for case in cases("read_datelines") if case["date"])
    found = one(line(text=case["text"]))
    assert found.published == case["date"]
    assert [note.code for note in found.notes] == ["date-from-dateline"]
    assert one(line(text=case["text"], published="2001-02-03")).published == "2001-02-03"


def test_bad_lines_between_good_ones() -> None:
    good = line(text=TEXT)
    rows = [
        good, b"{bad\n", b"[1]\n", b'"x"\n', b"null\n", line(title="x"), line(text=None), line(text=5), line(text=" "),
        line(text="English only, sorry"), b"\n", b"[" * 50_000 + b"\n", b'{"text": ' + b"9" * 9000 + b"}\n",
        b'{"text": "\xff\xfe\x00"}\n', good.rstrip(),
    ]  # fmt: skip
    found = piped(b"".join(rows))
    assert codes(found) == [
        "", *["bad-record"] * 7, "empty-input", "unsupported-language", *["bad-record"] * 2, codes(found)[12], "",
    ]  # fmt: skip
    assert [str(e.value) for e in found if isinstance(e, InputError)][:3] == [f"standard input:{n}" for n in (2, 3, 4)]
    last = found[-1]
    assert isinstance(last, Article) and last.source == "standard input:15"
    assert all(e.remedy for e in found if isinstance(e, InputError))


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    data = json.dumps(
        {"text": f"\ud800{TEXT}\udfff", "title": "a\ud83d", "id": "\udc00", "outlet": "\U0001f600"}
    ).encode()
    found = one(data)
    assert found.text == f"\ufffd{TEXT}\ufffd"
    assert (found.title, found.id, found.outlet) == ("a\ufffd", "\ufffd", "\U0001f600")
    assert [note.code for note in found.notes] == ["lone-surrogate"] * 2
    assert found.notes[0].span == (0, 1)
    repr(found).encode()


def test_fields_of_another_type_are_left_out_with_a_note() -> None:
    found = one(line(text=TEXT, title=["x"], url=3, id=None))
    assert (found.title, found.url) == (None, None)
    assert [note.code for note in found.notes] == ["bad-field"] * 2


def test_folder_sorted_and_recursive(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "empty").mkdir()
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden.txt", ".git/x.txt", "c"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "d.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    (tmp_path / "e.jsonl.gz").write_bytes(gzip.compress(line(text=TEXT) * 2))
    (tmp_path / "loop").symlink_to(tmp_path)
    found = list(articles([str(tmp_path)]))
    seen = [str(e.value if isinstance(e, InputError) else e.source).removeprefix(f"{tmp_path}/") for e in found]
    assert seen == ["a.txt", "b/1.txt", "b/2.txt", "c", "d.png", "e.jsonl.gz:1", "e.jsonl.gz:2", "loop"]
    assert codes(found) == ["", "", "", "", "binary-input", "", "", "unreadable-path"]


def test_unreadable_and_empty(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    (tmp_path / "zero.txt").touch()
    (tmp_path / "blank.jsonl").write_bytes(b"\n \n")
    (tmp_path / "cut.txt.gz").write_bytes(gzip.compress(TEXT.encode())[:-9])
    (tmp_path / "no.gz").write_text(TEXT, encoding="utf-8")
    names = ["none", "zero.txt", "blank.jsonl", "missing", "cut.txt.gz", "no.gz", "nul\0name"]
    found = list(articles([str(tmp_path / name) for name in names]))
    assert codes(found) == ["empty-input"] * 3 + ["unreadable-path"] * 4


def test_a_pipe_given_as_a_path() -> None:
    read, write = os.pipe()
    os.write(write, TEXT.encode())
    os.close(write)
    (found,) = articles([f"/dev/fd/{read}"])
    os.close(read)
    assert isinstance(found, Article) and found.text == TEXT


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = type(LIMITS)(max_bytes=500)
    for module in ("source", "records"):
        monkeypatch.setattr(f"musnad.read.{module}.LIMITS", small)
    long = line(text=TEXT * 9)
    assert codes(piped(line(text=TEXT) + long + line(text=TEXT))) == ["", "too-large", ""]
    assert codes(piped(TEXT.encode() * 9)) == ["too-large"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", json.dumps([{"text": TEXT}, {"text": TEXTS[1]}]).encode()),
        ("a.json", line(text=TEXT) + line(text=TEXTS[1])),
        ("a.ndjson", line(text=TEXT) + line(text=TEXTS[1])),
        ("a", line(text=TEXT) + line(text=TEXTS[1])),
    ],
)
def test_forms_of_json(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    found = list(articles([str(tmp_path / name)]))
    assert [a.text for a in found if isinstance(a, Article)] == TEXTS[:2]


def test_one_json_record_over_many_lines(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"text": TEXT}, indent=1), encoding="utf-8")
    (found,) = articles([str(tmp_path / "a.json")])
    assert isinstance(found, Article) and found.text == TEXT


def test_text_that_begins_like_json_or_html_is_text() -> None:
    for text in (f"{{{TEXT}}}", f"< {TEXT} >", f"[{TEXT}]"):
        assert one(text.encode()).text == text


def test_format_may_be_forced() -> None:
    row = line(text=TEXT)
    assert one(row, input_format="text").text == row.decode()
    with pytest.raises(UsageError):
        piped(b"", input_format="pdf")


def test_html_by_content_and_by_name(tmp_path: Path) -> None:
    pytest.importorskip("resiliparse")
    page = f"<!DOCTYPE html><title>T</title><body><article>{''.join(f'<p>{t}</p>' for t in TEXTS * 2)}</article>"
    found = one(page.encode())
    assert found.text == "\n".join(TEXTS * 2) and found.title == "T"
    (tmp_path / "a.HTM").write_bytes(page.encode("cp1256", "ignore"))
    (named,) = articles([str(tmp_path / "a.HTM")], outlet="O")
    assert isinstance(named, Article) and named.title == "T" and named.outlet == "O"


def test_inputs_are_read_one_by_one() -> None:
    """A long stream is never held in memory."""
    row = line(text=TEXT * 20)

    class Endless(io.RawIOBase):
        left = 4000

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            if self.left <= 0:
                return 0
            self.left -= 1
            buffer[: len(row)] = row
            return len(row)

    tracemalloc.start()
    count = sum(1 for _ in articles(["-"], stdin=io.BufferedReader(Endless(), len(row))))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 4000
    assert peak < 4_000_000 < 4000 * len(row)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([None, "text", "jsonl"]))
def test_no_bytes_crash(data: bytes, input_format: str | None) -> None:
    for found in piped(data, input_format=input_format):
        assert isinstance(found, (Article, InputError))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=100), st.sampled_from(TEXTS))
def test_jsonl_text_comes_back_letter_for_letter(noise: str, text: str) -> None:
    (found,) = piped(json.dumps({"text": text + noise}).encode())
    if isinstance(found, Article):
        assert len(found.text) == len(text + noise)
        assert found.text == (text + noise).encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass")
