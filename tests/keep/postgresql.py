"""A PostgreSQL server to test with: started on a free loopback port by an unprivileged user, and gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

_PATIENCE = 60.0  # seconds until a server that does not answer has failed


def _program(name: str) -> str | None:
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: [*map(int, p.parent.name.split("."))])
    found = [home / name for home in reversed(homes) if (home / name).exists()]
    return str(found[0]) if found else shutil.which(name)


def installed() -> bool:
    """Whether there is a server to start, or ``MUSNAD_TEST_POSTGRESQL`` names one that runs."""
    return bool(os.environ.get("MUSNAD_TEST_POSTGRESQL") or (_program("initdb") and _program("postgres")))


class Server:
    """A running server.

    Attributes:
        url: up to the name of the database.
    """

    def __init__(self, *options: str) -> None:
        self.url = os.environ.get("MUSNAD_TEST_POSTGRESQL", "").rstrip("/")
        self.ours = not self.url
        if not self.ours:
            return
        self._user = _unprivileged()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self.url = f"postgresql://musnad@127.0.0.1:{self._port}"
        self.home = Path(tempfile.mkdtemp(prefix="musnad-pg-"))
        self._log = self.home / "log"
        self._log.touch()
        if self._user is not None:
            for path in (self.home, self._log):
                shutil.chown(path, self._user)
        self.data = self.home / "data"
        self._options = options
        self._run(
            "initdb", "-D", self.data, "-U", "musnad", "-A", "trust", "-E", "UTF8", "--locale=C", "-N", "-k"
        ).wait()
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = ("-c", "fsync=off", *self._options)
        self._running = self._run(
            "postgres", "-D", self.data, "-p", str(self._port), "-h", "127.0.0.1", "-k", self.home, *options
        )
        until = time.monotonic() + _PATIENCE
        while not self._answers():
            if self._running.poll() is not None or time.monotonic() > until:
                told = self._log.read_text(encoding="utf-8", errors="replace")
                raise RuntimeError(f"PostgreSQL is installed, but does not start:\n{told}")
            time.sleep(0.05)

    def kill(self) -> None:
        """End it at once, as a failing machine would, with all its processes."""
        self._running.send_signal(signal.SIGQUIT)
        self._running.wait(_PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.ours:
            if self._running.poll() is None:
                self.kill()
            shutil.rmtree(self.home, ignore_errors=True)

    def _run(self, name: str, *args: str | Path) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            command = [str(_program(name)), *map(str, args)]
            return subprocess.Popen(command, stdout=log, stderr=log, user=self._user, cwd=self.home)

    def _answers(self) -> bool:
        import pg8000.dbapi

        try:
            pg8000.dbapi.connect(user="musnad", host="127.0.0.1", port=self._port, database="postgres").close()
        except (pg8000.dbapi.Error, OSError):
            return False
        return True


def new_database(url: str) -> str:
    """The URL of a new, empty database on the server at ``url``."""
    name = "t" + os.urandom(6).hex()
    execute(f"{url}/postgres", f"CREATE DATABASE {name}")
    return f"{url}/{name}"


def execute(url: str, sql: str) -> None:
    """Run one command in the database at ``url``, past the ledger."""
    from sqlalchemy import create_engine

    engine = create_engine(url.replace("postgresql:", "postgresql+pg8000:"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(sql)
    engine.dispose()


def _unprivileged() -> str | None:
    """Who runs the server: root may not; None for whoever runs the tests."""
    if os.getuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"
