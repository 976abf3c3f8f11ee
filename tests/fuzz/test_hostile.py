"""Hostile inputs: a reading with notes or a coded error, in bounded time, never a crash."""

from __future__ import annotations

import io
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import musnad
from musnad.cli import main
from musnad.errors import InputError
from musnad.types import Reading

LETTERS = "".join(map(chr, range(0x0621, 0x064B)))
SAMPLE = (Path(__file__).parents[2] / "examples" / "dam.txt").read_text(encoding="utf-8")
SECONDS = 20.0  # for one input, on a loaded machine
# Fuzz longer with MUSNAD_FUZZ=5000 (examples for each property).
EXAMPLES = int(os.environ.get("MUSNAD_FUZZ", "60"))

fuzz = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
signs = st.sampled_from(
    list("\"'«»“”‘’()[]{}:\u060c.\u061b…-–/#@_\n\t \u200f\u202e\u2066\u0640\u064e\u00ad\x00\ud800\udfff")
)
words = st.sampled_from(SAMPLE.split())
texts = st.lists(st.one_of(words, words, signs, st.text(max_size=6)), max_size=120).map(" ".join)


def check(reading: Reading) -> None:
    """What holds of every reading."""
    size = len(reading.text)
    entities = {e.id for e in reading.entities}
    statements = {s.id for s in reading.statements}

    def inside(span: tuple[int, int] | None) -> bool:
        return span is None or 0 <= span[0] < span[1] <= size

    assert len(statements) == len(reading.statements)
    for s in reading.statements:
        assert s.content and inside(s.cue) and all(map(inside, s.content))
        assert list(s.content) == sorted(s.content)
        for party in (s.speaker, s.addressee):
            assert party is None or (inside(party.span) and (party.entity is None or party.entity in entities))
        assert s.medium is None or inside(s.medium.span)
        assert s.chain[0].role == "outlet" and s.chain[-1].role == "speaker"
        assert all(inside(link.span) and (link.entity is None or link.entity in entities) for link in s.chain)
        assert s.confidence is None or 0 <= s.confidence <= 1
        assert s.verification is None or s.verification in {v.id for v in reading.verifications}
    for v in reading.verifications:
        assert inside(v.span)
        assert v.target is None or (inside(v.target.span) and set(v.target.medium_of) <= statements)
    assert all(inside(m) for e in reading.entities for m in e.mentions)


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Fail after ``seconds`` instead of waiting for the end."""

    def stop(*_: object) -> None:
        pytest.fail(f"no result after {seconds:.0f} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def check_read(text: str) -> Reading | InputError:
    """The reading of ``text`` or the coded error, in time."""
    try:
        with limited(SECONDS):
            reading = musnad.read(text)
    except InputError as error:
        assert error.code and str(error)
        return error
    assert reading.text == text
    check(reading)
    return reading


@fuzz
@given(texts)
def test_messy_articles(text: str) -> None:
    check_read(text)


@fuzz
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    check_read(text)


@fuzz
@given(st.integers(0, len(SAMPLE)), st.integers(0, len(SAMPLE)), st.text(max_size=3))
def test_the_sample_with_a_hole(start: int, end: int, patch: str) -> None:
    check_read(SAMPLE[: min(start, end)] + patch + SAMPLE[max(start, end) :])


HUGE: dict[str, Callable[[], str]] = {
    "one word of ten million letters": lambda: LETTERS[5] * 10_000_000,
    "one word of a million letters": lambda: LETTERS[5] * 1_000_000,
    "a million quotation marks": lambda: '"' * 1_000_000,
    "a million opening marks and words": lambda: f"«{LETTERS[7]}{LETTERS[8]} " * 250_000,
    "an article with a million quotation marks": lambda: SAMPLE + '"' * 1_000_000,
    "nested brackets": lambda: SAMPLE + "(" * 100_000 + SAMPLE + ")" * 100_000,
    "a million lines": lambda: f"{LETTERS[3]}\n" * 900_000,
    "a million vowels": lambda: SAMPLE + "\u064e" * 1_000_000,
    "a sentence of a hundred thousand words": lambda: " ".join(SAMPLE.replace(".", " ").split() * 400),
    "cues only": lambda: (SAMPLE.split()[4] + " ") * 100_000,
    "bidi controls": lambda: "".join(c + "\u202e\u2066" for c in SAMPLE * 20),
    "lone surrogates": lambda: "\ud800".join(SAMPLE * 20),
}


@pytest.mark.parametrize("name", HUGE)
def test_huge_inputs_in_bounded_time(name: str) -> None:
    check_read(HUGE[name]())


def test_mixed_directions_keep_their_offsets() -> None:
    text = SAMPLE.replace(" ", " OPEC-2 \u200e", 3).replace("\n", "\r\n")
    result = check_read(text)
    assert isinstance(result, Reading) and result.statements


def bombs() -> dict[str, bytes]:
    """Files that are more than they seem."""
    body = SAMPLE.encode()
    return {
        "empty.txt": b"",
        "blank.txt": b" \n\t\n",
        "binary.txt": bytes(range(256)) * 400,
        "image.html": b"\x89PNG\r\n\x1a\n" + bytes(5000),
        "nested.html": b"<html><body>" + b"<div>" * 100_000 + body + b"</div>" * 100_000,
        "attribute.html": b"<html><body><p data-x='" + b"x" * 3_000_000 + b"'>" + body + b"</p></body></html>",
        "entities.html": b"<html><body><p>" + b"&amp;" * 300_000 + body + b"</p></body></html>",
        "unclosed.html": b"<html><body><article><p>" + body + b"<p>" * 50_000,
        "not-arabic.txt": b"The minister said that the dam was safe. " * 20,
        "utf16.txt": SAMPLE.encode("utf-16"),
        "cp1256.txt": SAMPLE.encode("cp1256", "replace"),
        "bad.jsonl": b'{"text": \n\xff\xfe{}\n[]\nnull\n12\n"x"\n{"text": 5}\n{"id": 1}\n',
        "deep.jsonl": b"[" * 200_000 + b"\n" + json.dumps({"id": "deep", "text": SAMPLE}).encode() + b"\n",
    }


def test_hostile_files_cost_no_other_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = []
    for name, data in bombs().items():
        for path, content in ((tmp_path / name, data), (tmp_path / f"{name}.good.txt", SAMPLE.encode())):
            path.write_bytes(content)
            paths.append(str(path))
    begun = time.perf_counter()
    status = main(["read", *paths, "--format", "jsonl"])
    assert time.perf_counter() - begun < SECONDS * len(paths)
    out, err = capsys.readouterr()
    readings = [json.loads(line) for line in out.splitlines()]
    assert status == 1
    assert sum(r["text"] == SAMPLE for r in readings) >= len(bombs())
    assert "deep" in {r["id"] for r in readings}
    assert "Traceback" not in err and "internal-error" not in err
    for name in ("empty.txt", "blank.txt", "binary.txt", "image.html", "not-arabic.txt"):
        assert any(name in line for line in err.splitlines() if "good" not in line), f"{name} is not named:\n{err}"


@settings(max_examples=max(10, EXAMPLES // 3), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(st.binary(max_size=80), st.just(json.dumps({"text": SAMPLE}).encode())), max_size=6))
def test_any_lines_of_jsonl(tmp_path_factory: pytest.TempPathFactory, rows: list[bytes]) -> None:
    rows = [row.replace(b"\n", b"").replace(b"\r", b"") for row in rows]
    path = tmp_path_factory.mktemp("fuzz") / "rows.jsonl"
    path.write_bytes(b"\n".join(rows) + b"\n")
    out = path.with_name("out.jsonl")
    good = sum(row.startswith(b'{"text"') for row in rows)
    status = main(["read", str(path), "--quiet", "-o", str(out)])
    assert status == 2 if not good else status in (0, 1)
    assert sum(json.loads(line)["text"] == SAMPLE for line in io.StringIO(out.read_text(encoding="utf-8"))) >= good
