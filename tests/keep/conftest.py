"""Ledgers to test with: a file, and a database of a PostgreSQL server where one is installed (``postgresql.py``)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from postgresql import Server, installed, new_database

MISSING = "PostgreSQL is not installed"
CASES = Path(__file__).parents[1] / "cases"


def stories(name: str) -> list[dict[str, str]]:
    """The cases of a table under ``tests/cases``."""
    with (CASES / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture
def archive(tmp_path: Path) -> Callable[[int], Path]:
    """A file with that many articles, all different."""

    def write(size: int) -> Path:
        path = tmp_path / f"archive-{size}.jsonl"
        plots = stories("keep_stories")
        with path.open("w", encoding="utf-8") as out:
            for n in range(size):
                story = plots[n % len(plots)]
                filled = {key: value.replace("{n}", str(n + 100)) for key, value in story.items()}
                out.write(json.dumps(filled, ensure_ascii=False) + "\n")
        return path

    return write


@pytest.fixture(scope="session")
def running() -> Iterator[Server]:
    """A PostgreSQL server of our own; tests that need one are skipped where none is installed."""
    if not installed():
        pytest.skip(MISSING)
    with Server() as server:
        yield server


@pytest.fixture
def server(running: Server) -> Callable[[], str]:
    """Names a new, empty database each time."""
    return lambda: new_database(running.url)


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Names a fresh place for a ledger each time, in a file or on a server."""
    if request.param == "file":
        names = iter(range(100))
        return lambda: str(tmp_path / f"ledger-{next(names)}.db")
    found: Callable[[], str] = request.getfixturevalue("server")
    return found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was not tested for want of a server."""
    skipped = [r for r in terminalreporter.stats.get("skipped", ()) if MISSING in str(r.longrepr)]
    if skipped:
        terminalreporter.write_line(f"{MISSING}: {len(skipped)} tests of ledgers on a server were left out")
