"""Every input is kept byte for byte, beside its text, on both databases."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import stories
from hypothesis import given
from hypothesis import strategies as st

from musnad.errors import UsageError
from musnad.keep.blobs import blob
from musnad.keep.raw import raw_blob, raw_bytes
from musnad.ledger import Ledger
from musnad.read.source import articles
from musnad.types import Article

Place = Callable[[], str]
TEXT = stories("keep_stories")[0]["text"] + "\n" + stories("keep_edits")[4]["text"]
RECORD = {"id": "r1", "text": TEXT, "outlet": "Q", "published": "2026-03-01T09:30:00+03:00"}
FILES = {
    "plain.txt": TEXT.encode(),
    "marked.txt": b"\xef\xbb\xbf" + TEXT.encode(),
    "windows.txt": TEXT.replace("\n", "\r\n").encode("cp1256"),
    "wide.txt": b"\xff\xfe" + TEXT.encode("utf-16-le"),
    "line.jsonl": json.dumps(RECORD, ensure_ascii=False).encode(),
    "ascii.jsonl": json.dumps(RECORD).encode(),
    "php.jsonl": json.dumps(RECORD).replace("/", "\\/").encode(),
    "spaced.json": json.dumps(RECORD, ensure_ascii=False, indent=2).encode(),
    "page.html": f"<html><head><title>t</title></head><body><article><p>{'</p><p>'.join([TEXT] * 3)}</p></article>"
    "</body></html>".encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_files_come_back_as_they_were_given(place: Place, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name])
    with Ledger(place(), create=True) as ledger:
        assert ledger.add([path], jobs=1).new == 1
        (key,) = [reading["id"] for reading in ledger.readings()]
        assert ledger.input(key) == FILES[name]
        assert ledger.verify() == []


def test_lines_and_members_come_back_one_by_one(place: Place, tmp_path: Path) -> None:
    records = [json.dumps(RECORD | {"id": f"n{n}", "text": f"{TEXT} {n}"}, ensure_ascii=n % 2 == 0) for n in range(4)]
    (tmp_path / "a.jsonl").write_text("\n".join(records[:2]) + "\r\n", encoding="utf-8")
    (tmp_path / "b.json").write_text(f" [\n {records[2]} ,\n{records[3]}\n]", encoding="utf-8")
    with Ledger(place(), create=True) as ledger:
        ledger.add([tmp_path / "a.jsonl", tmp_path / "b.json"], jobs=1)
        assert [ledger.input(f"n{n}").decode() for n in range(4)] == records


def test_wide_and_packed_lines(tmp_path: Path) -> None:
    lines = [json.dumps(RECORD | {"id": f"n{n}"}, ensure_ascii=False) for n in range(2)]
    (tmp_path / "w.jsonl").write_bytes("\n".join(lines).encode("utf-16"))
    (tmp_path / "z.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    found = list(articles([str(tmp_path / "w.jsonl"), str(tmp_path / "z.jsonl.gz")]))
    assert [a.raw for a in found if isinstance(a, Article)] == [
        *(line.encode("utf-16-le") for line in lines),
        *(line.encode() for line in lines),
    ]


def test_what_was_no_file_has_no_bytes(place: Place) -> None:
    with Ledger(place(), create=True) as ledger:
        ledger.add(articles=[Article(text=TEXT, id="a")], jobs=1)
        with pytest.raises(UsageError, match="not given as a file"):
            ledger.input("a")
        with pytest.raises(UsageError, match="no such edition"):
            ledger.input("a", edition=2)
        with pytest.raises(UsageError, match="no such article"):
            ledger.input("b")


def test_inputs_go_through_a_dump(place: Place, tmp_path: Path) -> None:
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    with Ledger(place(), create=True) as ledger, Ledger(str(tmp_path / "other.db"), create=True) as other:
        ledger.add([tmp_path / name for name in FILES], jobs=1)
        written = [json.dumps(record) for record in ledger.dump()]
        other.load(written)
        assert [json.dumps(record) for record in other.dump()] == written
        for reading in ledger.readings():
            assert other.input(reading["id"]) == ledger.input(reading["id"])


@given(
    st.text(max_size=40), st.binary(max_size=20), st.binary(max_size=20), st.sampled_from(("utf-8", "cp1256", "json"))
)
def test_any_bytes_beside_any_text(text: str, before: bytes, after: bytes, encoding: str) -> None:
    inner = json.dumps(text).encode() if encoding == "json" else text.encode(encoding, "replace")
    raw = before + inner + after
    own = blob(text.encode("utf-8", "surrogatepass"))
    kept = raw_blob(raw, text, own)
    assert kept == own if raw == text.encode() else raw_bytes(kept.data, text) == raw


def test_a_line_costs_little_beside_its_text() -> None:
    story = stories("keep_stories")[1]
    raw = json.dumps(story, ensure_ascii=False).encode()
    kept = raw_blob(raw, story["text"], blob(story["text"].encode()))
    assert len(kept.data) < len(raw) // 4


def test_characters_that_databases_refuse_cost_no_article(place: Place) -> None:
    odd = Article(text=TEXT.replace(" ", " \0", 3), id="a\0", title="t\0\ud800", outlet="o\0", url="u\0", source="s\0")
    bad = Article(text="plain English words", id="e\0", source="x\0.txt")
    with Ledger(place(), create=True) as ledger:
        done = ledger.add(articles=[odd, bad, odd], jobs=1)
        assert (done.new, done.known, done.failed) == (1, 1, 1)
        (reading,) = ledger.readings()
        assert reading["text"] == odd.text and reading["id"] == "a\N{REPLACEMENT CHARACTER}"
        assert ledger.find("") and ledger.verify() == []
