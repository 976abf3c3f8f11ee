"""The counted tables: what is committed is what the tool wrote, and the tool counts right."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from read_tables import cases

from musnad.lexicon.loader import DATA, rows
from musnad.read.fold import fold_word

ROOT = Path(__file__).parent.parent.parent
TOOL = ROOT / "tools" / "build_words.py"
COLLECTIONS = ROOT.parent / "shared" / "data" / "full"
PAIR = next(case["example"] for case in cases("read_joins") if case["kind"] == "join")


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_words", TOOL)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_words"] = module
    spec.loader.exec_module(module)
    return module


def test_committed_tables_are_those_of_the_tool() -> None:
    tables = [row for row in rows("words/sources") if row["source"] == "table"]
    assert {row["file"] for row in tables} == {"types.txt.gz", "pairs.txt.gz", "letters.tsv"}
    for row in tables:
        path = next(DATA.glob(f"*/{row['file']}"))
        assert hashlib.sha256(path.read_bytes()).hexdigest() == row["sha256"], row["file"]


def test_the_collections_are_those_that_were_counted() -> None:
    if not COLLECTIONS.is_dir():
        pytest.skip("the collections are not here")
    for row in rows("words/sources"):
        if row["source"] == "collection":
            assert hashlib.sha256((COLLECTIONS / row["file"]).read_bytes()).hexdigest() == row["sha256"], row["file"]


@pytest.mark.skipif("MUSNAD_REBUILD" not in os.environ, reason="counts for 80 s; set MUSNAD_REBUILD=1")
def test_a_rebuild_gives_the_same() -> None:
    paths = sorted(map(str, COLLECTIONS.glob("*.jsonl.gz")))
    assert subprocess.run([sys.executable, str(TOOL), "check", *paths], check=False).returncode == 0


def test_counting(tool: ModuleType, tmp_path: Path) -> None:
    left, right = PAIR.split()
    texts = [f"{left} {right}. {right}, {left}"] * 120 + [left + right] * 7
    path = tmp_path / "c.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(json.dumps({"text": text}) for text in texts).encode()))
    counts = tool.count([path])
    a, b = fold_word(left), fold_word(right)
    assert counts.types == {a: 240, b: 240, a + b: 7}
    assert counts.pairs == {(a, b): 120}, "a mark between two words parts them"
    assert counts.finals[left[-1]] == 240 if left[-1] != right[-1] else 480
    assert sum(counts.letters.values()) == 240 * len(left + right) + 7 * len(left + right)
    assert tool.kept_pairs(counts) == {(a, b): 120}


def test_letters_add_up() -> None:
    table = rows("read/letters")
    assert abs(sum(int(row["per_million"]) for row in table) - 1_000_000) < 40
    assert all(0 <= float(row["final"]) <= 1 for row in table)


def test_size_in_the_package() -> None:
    assert sum(path.stat().st_size for path in (DATA / "words").iterdir()) < 1_500_000
