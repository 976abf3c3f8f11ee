"""Runs the command in this process or as a program of its own."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "cli_texts.tsv"


@dataclass(frozen=True)
class Outcome:
    """What a run left behind."""

    status: int
    out: str
    err: str


@lru_cache(maxsize=1)
def texts() -> dict[str, str]:
    """The short articles of the tests by name."""
    with CASES.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["name"]: row["text"] for row in rows}


def run(*args: str | Path, given: bytes = b"", **env: str) -> Outcome:
    """Run ``musnad ARGS`` as a program, with ``given`` on standard input."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **env}
    command = [sys.executable, "-m", "musnad", *map(str, args)]
    done = subprocess.run(command, input=given, capture_output=True, env=environment, timeout=120, check=False)
    return Outcome(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
