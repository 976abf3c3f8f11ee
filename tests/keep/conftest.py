"""Ledgers to test with: a file, and a PostgreSQL database where one is installed."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

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


def _found(name: str) -> str | None:
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return shutil.which(name) or next((str(home / name) for home in homes if (home / name).exists()), None)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server of our own, up to the name of the database."""
    given = os.environ.get("MUSNAD_TEST_POSTGRESQL")
    if given:
        yield given.rstrip("/")
        return
    initdb, postgres = _found("initdb"), _found("postgres")
    if initdb is None or postgres is None:
        pytest.skip("PostgreSQL is not installed")
    user = "postgres" if os.getuid() == 0 else None
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = Path(tempfile.mkdtemp(prefix="musnad-pg-"))
    if user:
        shutil.chown(home, user)
    data = home / "data"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "user": user, "cwd": home}
    made = subprocess.run([initdb, "-D", data, "-U", "musnad", "-A", "trust", "-E", "UTF8", "--locale=C"], **quiet)  # type: ignore[call-overload]
    if made.returncode:
        pytest.skip("initdb does not run here")
    options = ["-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", home, "-F"]
    running = subprocess.Popen([postgres, *options], **quiet)  # type: ignore[call-overload]
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                running.poll()
                subprocess.run(["sleep", "0.1"], check=True)
        yield f"postgresql://musnad@127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(20)
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Names a fresh place for a ledger each time, in a file or on a server."""
    if request.param == "file":
        names = iter(range(100))
        return lambda: str(tmp_path / f"ledger-{next(names)}.db")
    server: str = request.getfixturevalue("server")
    from sqlalchemy import create_engine, text

    def fresh() -> str:
        name = "t" + os.urandom(6).hex()
        engine = create_engine(server.replace("postgresql:", "postgresql+pg8000:") + "/postgres")
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return f"{server}/{name}"

    return fresh
