"""The command: inputs, outputs, exit statuses, and no traceback ever."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command import ROOT, run, texts
from jsonschema import Draft202012Validator

from musnad.show.schema import schema


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(texts()["good"], encoding="utf-8")
    return path


def test_read_shows_the_statements(story: Path) -> None:
    done = run("read", story)
    assert done.status == 0
    assert "statements: 2" in done.out
    assert "chain:" in done.out and "←" in done.out
    assert "\x1b" not in done.out
    assert done.err.startswith("musnad: 1 article read, 2 statements")


def test_labels_are_arabic_on_demand(story: Path) -> None:
    assert "statements:" not in run("read", story, "--lang", "ar").out
    assert "statements:" not in run("read", story, LANG="ar_EG.UTF-8", LC_ALL="ar_EG.UTF-8").out


def test_jsonl_fits_the_schema_and_keeps_the_text(story: Path) -> None:
    done = run("read", story, "--format", "jsonl", "--published", "2026-03-10", "--outlet", "Q")
    (line,) = done.out.splitlines()
    reading = json.loads(line)
    Draft202012Validator(schema()).validate(reading)
    assert reading["text"] == texts()["good"]
    assert (reading["published"], reading["outlet"]) == ("2026-03-10", "Q")
    for statement in reading["statements"]:
        assert statement["chain"][0]["role"] == "outlet" and statement["chain"][0]["name"] == "Q"


def test_json_of_one_is_an_object_and_of_two_an_array(story: Path, tmp_path: Path) -> None:
    assert json.loads(run("read", story, "--format", "json").out)["statements"]
    assert len(json.loads(run("read", story, story, "--format", "json").out)) == 2


def test_html_is_one_page(story: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    done = run("read", story, "-o", out)
    assert done.status == 0 and done.out == ""
    page = out.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>") and page.rstrip().endswith("</html>")


def test_standard_input_is_read_with_and_without_a_dash() -> None:
    given = texts()["good"].encode()
    assert "statements: 2" in run("read", "-", given=given).out
    assert "statements: 2" in run("read", given=given).out


def test_one_bad_input_costs_no_other(story: Path, tmp_path: Path) -> None:
    empty, missing = tmp_path / "empty.txt", tmp_path / "missing.txt"
    empty.write_text("", encoding="utf-8")
    done = run("read", empty, story, missing, "--format", "jsonl")
    assert done.status == 1
    assert len(done.out.splitlines()) == 1
    lines = done.err.splitlines()
    assert len(lines) == 3
    assert "empty-input" in lines[0] and "empty.txt" in lines[0]
    assert "unreadable-path" in lines[1] and "missing.txt" in lines[1]
    assert "2 inputs set aside" in lines[2]


def test_bad_lines_between_good_ones(tmp_path: Path) -> None:
    rows = [
        json.dumps({"id": "a", "text": texts()["good"]}),
        "{broken",
        "[1, 2]",
        json.dumps({"id": "b"}),
        json.dumps({"id": "c", "text": texts()["second"], "outlet": None, "published": "2026-01-02T03:04:05Z"}),
    ]
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    done = run("read", path, "--format", "jsonl")
    assert done.status == 1
    readings = [json.loads(line) for line in done.out.splitlines()]
    assert [r["id"] for r in readings] == ["a", "c"]
    assert readings[1]["published"] == "2026-01-02"
    assert done.err.count("bad-record") == 4  # three lines and the summary
    assert "Traceback" not in done.err


def test_nothing_read_is_a_failure(tmp_path: Path) -> None:
    done = run("read", tmp_path / "missing.txt")
    assert done.status == 2
    assert done.out == ""


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("read", "x.txt", "--published", "yesterday"),
        ("read", "x.txt", "--format", "pdf"),
        ("read", "x.txt", "-o", "."),
        ("explain", "x.txt"),
        ("explain", "x.txt", "s1"),
        ("nonsense",),
    ],
)
def test_calls_that_make_no_sense(args: tuple[str, ...]) -> None:
    done = run(*args)
    assert done.status == 2
    assert done.err and "Traceback" not in done.err
    assert done.out == ""


def test_quiet_names_only_what_is_set_aside(story: Path, tmp_path: Path) -> None:
    assert run("read", story, "--quiet").err == ""
    assert len(run("read", story, tmp_path / "missing.txt", "-q").err.splitlines()) == 1


def test_lone_surrogates_reach_no_output_as_an_error(tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    text = texts()["good"].replace(" ", " \ud800", 1)
    path.write_text(json.dumps({"id": "odd", "title": "\udfff", "text": text}), encoding="utf-8")
    for kind in ("text", "json", "jsonl", "html"):
        done = run("read", path, "--format", kind)
        assert done.status == 0, done.err
    reading = json.loads(run("read", path, "--format", "jsonl").out)
    assert len(reading["text"]) == len(text)


def test_explain_tells_rules_and_rows(story: Path) -> None:
    done = run("explain", story, "s1")
    assert done.status == 0
    assert "cue" in done.out and "content" in done.out and "rule: " in done.out
    assert run("explain", story, "1").out == done.out
    unknown = run("explain", story, "s99")
    assert unknown.status == 2 and "s99" in unknown.err and "s2" in unknown.err


def test_explain_asks_which_article(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    rows = [{"id": "a", "text": texts()["good"]}, {"id": "b", "text": texts()["second"]}]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    asked = run("explain", path, "s1")
    assert asked.status == 2 and "--article" in asked.err
    assert run("explain", path, "s1", "--article", "b").status == 0
    assert run("explain", path, "s1", "--article", "z").status == 2


def test_schema_and_version() -> None:
    assert json.loads(run("schema").out) == schema()
    assert run("--version").out.startswith("musnad ")


@pytest.mark.parametrize("args", [("--help",), ("read", "--help"), ("explain", "--help")])
def test_help_has_examples(args: tuple[str, ...]) -> None:
    done = run(*args)
    assert done.status == 0 and "examples:" in done.out and "musnad " in done.out


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    row = json.dumps({"text": texts()["good"]})
    path.write_text("\n".join([row] * 400), encoding="utf-8")
    command = [sys.executable, "-m", "musnad", "read", str(path), "--format", "jsonl"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as program:
        assert program.stdout and program.stderr
        program.stdout.readline()
        program.stdout.close()
        errors = program.stderr.read().decode()
        assert program.wait(60) == 141
    assert "Traceback" not in errors and "Error" not in errors


def test_interrupting_says_what_was_done(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "musnad", "read", "-", "--format", "jsonl"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as program:
        time.sleep(1.5)
        program.send_signal(signal.SIGINT)
        _, errors = program.communicate(timeout=60)
        assert program.returncode == 130
    assert "stopped" in errors.decode() and "Traceback" not in errors.decode()


def test_a_failed_run_leaves_the_old_output(story: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old", encoding="utf-8")
    assert run("read", story, "-o", tmp_path / "no-folder" / "x.jsonl").status == 2
    assert out.read_text(encoding="utf-8") == "old"
    assert run("read", story, "-o", out).status == 0
    assert json.loads(out.read_text(encoding="utf-8"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.jsonl", "story.txt"]


def test_a_table_of_actors_gives_its_keys(tmp_path: Path) -> None:
    story = ROOT / "examples" / "dam.txt"
    done = run("read", story, "--format", "jsonl", "--authority", ROOT / "examples" / "my-actors.tsv", "-q")
    assert done.status == 0
    assert "my/refai" in {entity["ids"].get("key") for entity in json.loads(done.out)["entities"]}


def test_a_broken_table_of_actors_is_told_before_anything_is_read(story: Path, tmp_path: Path) -> None:
    actors = tmp_path / "actors.tsv"
    actors.write_text("id\tname\tcountry\nmy/one\tName\tIraq\n", encoding="utf-8")
    done = run("read", story, "--authority", actors)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"musnad: bad-authority: {actors}:2: the country is no code")
    assert "Traceback" not in done.err


def test_only_values_as_rows(story: Path) -> None:
    done = run("read", story, "--only", "times", "--format", "jsonl", "--published", "2026-03-10")
    assert done.status == 0
    row = json.loads(done.out)
    assert row["published"] == "2026-03-10" and "statements" not in row and "quantities" not in row
    assert [(t["type"], t["value"]) for t in row["times"]] == [("DATE", "2026-03-14")]
    assert done.err.startswith("musnad: 1 article read, 1 time in")


def test_only_values_as_lines(story: Path) -> None:
    done = run("read", story, "--only", "times,quantities", "--published", "2026-03-10", "--quiet")
    assert done.status == 0 and "DATE 2026-03-14" in done.out and not done.err


@pytest.mark.parametrize("args", [("--only", "dates"), ("--only", ","), ("--only", "times", "--format", "html")])
def test_only_knows_its_kinds_and_formats(story: Path, args: tuple[str, ...]) -> None:
    done = run("read", story, *args)
    assert done.status == 2 and not done.out and "bad-usage" in done.err


def test_explain_a_time(story: Path) -> None:
    path = story.with_suffix(".jsonl")
    path.write_text(json.dumps({"text": texts()["good"], "published": "2026-03-10"}), encoding="utf-8")
    done = run("explain", path, "t1")
    assert done.status == 0 and "DATE 2026-03-14" in done.out and "time-date" in done.out and "times/words" in done.out
    assert run("explain", path, "t9").status == 2
