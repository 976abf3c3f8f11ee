"""What goes wrong around a ledger: killed writers, several at once, full disks, files that are no ledger."""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from musnad.errors import LedgerBusy, LedgerDamaged, LedgerError, LedgerFull, LedgerMissing, LedgerNewer, LedgerReadOnly
from musnad.keep import store
from musnad.ledger import Ledger

ROOT = Path(__file__).parents[2]
Archive = Callable[[int], Path]


def begin(*args: str | Path, **more: object) -> subprocess.Popen[bytes]:
    """Start ``musnad ARGS`` in a process group of its own."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "musnad", *map(str, args)]
    return subprocess.Popen(command, env=env, stderr=subprocess.PIPE, stdout=subprocess.PIPE, **more)  # type: ignore[call-overload, no-any-return]


def counts(path: Path) -> tuple[int, int, int]:
    with Ledger(str(path)) as ledger:
        assert ledger.verify() == []
        found = ledger.stats()
        return found["articles"], found["versions"], found["readings"]


def test_killed_writers_lose_and_double_nothing(tmp_path: Path, archive: Archive) -> None:
    path, size, kept = tmp_path / "l.db", 120, 0
    chance = random.Random(7)
    source = archive(size)
    for _ in range(8):
        running = begin("add", source, "--ledger", path, "--jobs", "1", "-q")
        time.sleep(chance.uniform(0.2, 2.0))
        os.kill(running.pid, signal.SIGKILL)
        running.communicate()
        if path.exists() and path.stat().st_size:
            try:
                now = counts(path)
            except LedgerMissing:
                continue
            assert now[0] == now[1] == now[2] >= kept
            kept = now[0]
    done = begin("add", source, "--ledger", path, "--jobs", "1", "-q")
    assert (done.communicate(), done.returncode)[1] == 0
    assert counts(path) == (size, size, size)


def test_what_a_batch_acknowledged_is_there_after_a_kill(tmp_path: Path, archive: Archive) -> None:
    code = (
        "import os, sys; from musnad.ledger import Ledger\n"
        "told = lambda kept, batch: os.write(1, b'%d\\n' % kept.new)\n"
        "Ledger(sys.argv[1], create=True).add([sys.argv[2]], jobs=1, told=told)\n"
    )
    path = tmp_path / "l.db"
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen([sys.executable, "-c", code, path, archive(400)], env=env, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        told = int(running.stdout.readline())
        running.kill()
    assert told > 0 and counts(path)[0] >= told


def test_two_writers_and_four_readers(tmp_path: Path, archive: Archive) -> None:
    path, size = tmp_path / "l.db", 60
    source = archive(size)
    Ledger(str(path), create=True).close()
    writers = [begin("add", source, "--ledger", path, "--jobs", "1", "-q") for _ in range(2)]
    readers = [begin("stats", "--ledger", path) for _ in range(4)]
    for running in (*readers, *writers):
        told = running.communicate()[1]
        assert running.returncode == 0, told
    assert counts(path) == (size, size, size)


def test_interrupted_writers_stop_with_what_they_have(tmp_path: Path, archive: Archive) -> None:
    path = tmp_path / "l.db"
    running = begin("add", archive(3000), "--ledger", path, "--jobs", "2", start_new_session=True)
    while not path.exists() or not path.with_name("l.db-wal").exists():
        time.sleep(0.05)
    time.sleep(3)
    os.killpg(running.pid, signal.SIGINT)
    told = running.communicate(timeout=30)[1].decode()
    assert running.returncode == 130, told
    assert "Traceback" not in told and "stopped" in told
    counts(path)


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path, archive: Archive) -> None:
    path = tmp_path / "l.db"
    with Ledger(str(path), create=True) as ledger:
        ledger.add([archive(20)], jobs=1)

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))

    running = begin("add", archive(300), "--ledger", path, "--jobs", "1", "-q", preexec_fn=limit)
    told = running.communicate()[1].decode()
    assert running.returncode == 2
    assert f"{LedgerFull.code}:" in told and "Traceback" not in told
    assert counts(path)[0] >= 20


def test_no_ledger_there(tmp_path: Path) -> None:
    with pytest.raises(LedgerMissing):
        Ledger(str(tmp_path / "none.db"))
    with pytest.raises(LedgerError, match="folder"):
        Ledger(str(tmp_path), create=True)
    with pytest.raises(LedgerError, match="no such folder"):
        Ledger(str(tmp_path / "a" / "b.db"), create=True)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_ledger_is_left_alone(tmp_path: Path) -> None:
    plain, other = tmp_path / "story.txt", tmp_path / "other.db"
    plain.write_text("words of a story, no ledger", encoding="utf-8")
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE mine (x)")
    connection.close()
    for path in (plain, other):
        before = path.read_bytes()
        with pytest.raises(LedgerDamaged):
            Ledger(str(path), create=True)
        assert path.read_bytes() == before


def test_a_ledger_of_a_newer_version(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    Ledger(str(path), create=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(LedgerNewer, match="9999"):
        Ledger(str(path), create=True)


def test_a_damaged_page_is_told(tmp_path: Path, archive: Archive) -> None:
    path = tmp_path / "l.db"
    with Ledger(str(path), create=True) as ledger:
        ledger.add([archive(100)], jobs=1)
    data = bytearray(path.read_bytes())
    for page in range(8, len(data) // 4096):
        data[page * 4096 : page * 4096 + 2048] = b"\xa5" * 2048
    path.write_bytes(data)
    with pytest.raises(LedgerDamaged), Ledger(str(path)) as ledger:
        list(ledger.readings())
        ledger.add([archive(110)], jobs=1)
    done = begin("find", "--ledger", path)
    told = done.communicate()[1].decode()
    assert done.returncode == 2 and "ledger-damaged" in told and "Traceback" not in told


def test_a_ledger_that_may_only_be_read(tmp_path: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "l.db"
    with Ledger(str(path), create=True) as ledger:
        ledger.add([archive(8)], jobs=1)
    monkeypatch.setattr(store.os, "access", lambda *_: False)  # root may write everywhere
    with Ledger(str(path)) as ledger:
        assert ledger.stats()["articles"] == 8 and ledger.find("")
        with pytest.raises(LedgerReadOnly):
            ledger.add([archive(9)], jobs=1)


def test_a_writer_does_not_wait_for_ever(tmp_path: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "l.db"
    monkeypatch.setattr(store, "_WAIT", 0.2)
    with Ledger(str(path), create=True) as ledger, Ledger(str(path)) as other:
        with other.store.writing(), pytest.raises(LedgerBusy):
            ledger.add([archive(2)], jobs=1)
        assert ledger.add([archive(2)], jobs=1).new == 2
