"""`musnad decide` and `musnad voices` as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import ROOT, run

CASE = json.loads((ROOT / "tests" / "cases" / "keep_decide.json").read_text(encoding="utf-8"))


@pytest.fixture
def where(tmp_path: Path) -> str:
    archive = tmp_path / "archive.jsonl"
    archive.write_text("\n".join(json.dumps(a) for a in CASE["articles"]), encoding="utf-8")
    path = str(tmp_path / "l.db")
    assert run("add", archive, "--ledger", path, "-q", "--jobs", "1").status == 0
    return path


def test_decide_tells_what_was_decided_by_whom(where: str) -> None:
    done = run("decide", "correct", "k1#s1", "act=deny", "--note", "N", "--by", "Mona", "--ledger", where)
    assert (done.status, done.err) == (0, "")
    assert "Mona" in done.out and "k1#s1" in done.out and "act = deny" in done.out
    run("decide", "undo", "1", "--ledger", where, MUSNAD_BY="Karim")
    rows = json.loads(run("decide", "list", "--format", "json", "--ledger", where).out)
    assert [(row["by"], row["verb"], row["undone_by"]) for row in rows] == [
        ("Mona", "correct", 2),
        ("Karim", "undo", None),
    ]
    assert run("decide", "list", "k1#s1", "--ledger", where, "--format", "jsonl").out.count("\n") == 1
    assert "\u0635\u064f\u062d\u062d" in run("decide", "list", "--lang", "ar", "--ledger", where).out


def test_voices_tell_why_they_are_one(where: str) -> None:
    merged = run("decide", "merge", CASE["minister"], CASE["other_spelling"], "--by", "Mona", "--ledger", where)
    assert merged.status == 0
    shown = run("voices", CASE["other_spelling"], "--ledger", where)
    assert CASE["minister"] in shown.out and "decided" in shown.out and "Mona" in shown.out
    assert len(run("voices", "--ledger", where, "--format", "jsonl").out.splitlines()) == 3
    assert run("voice", CASE["other_spelling"], "--ledger", where, "--format", "jsonl").out.count("\n") == 3


@pytest.mark.parametrize(
    "args", [("sing",), ("correct", "k1#s1", "deny"), ("accept", "k1#s99"), ("merge", "k1#s1"), ("undo", "9")]
)
def test_what_cannot_be_decided_says_what_to_do(where: str, args: tuple[str, ...]) -> None:
    done = run("decide", *args, "--by", "x", "--ledger", where)
    assert done.status == 2 and done.out == "" and "Traceback" not in done.err
    assert "bad-usage" in done.err or "invalid choice" in done.err


def test_lists_as_csv_and_parquet(where: str, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    for verb in (("find",), ("sayings",), ("copies",), ("alarms",), ("voices",), ("failed",), ("decide", "list")):
        out = tmp_path / "list.parquet"
        done = run(*verb, "--ledger", where, "-o", out)
        assert done.err == "" and done.status in (0, 1)
        told = run(*verb, "--ledger", where, "--format", "csv").out
        assert parquet.read_table(out).schema.names == told.splitlines()[0].split(",")
    out = tmp_path / "found.parquet"
    assert run("check", CASE["dam"], "--ledger", where, "-o", out).status == 0
    assert set(parquet.read_table(out)["statement"].to_pylist()) == {"k1#s1", "k2#s1"}


def test_differences_have_no_colour_in_pipes(where: str) -> None:
    told = run("versions", "k2#s1", "--ledger", where, FORCE="1")
    assert told.status == 0 and "\x1b" not in told.out and "{+" in told.out and "[-" in told.out


def test_help_shows_examples() -> None:
    told = run("decide", "--help").out
    assert "musnad decide merge" in told and "undo" in told and "--by" in told
