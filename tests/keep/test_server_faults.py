"""What goes wrong around a ledger on a server: it dies, is full of others, damaged, newer, or may not be written."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from postgresql import Server, execute, installed, new_database

from musnad.errors import LedgerBusy, LedgerDamaged, LedgerLost, LedgerMissing, LedgerNewer, LedgerReadOnly
from musnad.keep import store
from musnad.ledger import Ledger

ROOT = Path(__file__).parents[2]
Archive = Callable[[int], Path]
Named = Callable[[], str]


@pytest.fixture
def own() -> Iterator[Server]:
    """A server that may be broken."""
    if not installed() or os.environ.get("MUSNAD_TEST_POSTGRESQL"):
        pytest.skip("PostgreSQL is not installed")
    with Server() as server:
        yield server


def begin(*args: str | Path) -> subprocess.Popen[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "musnad", *map(str, args)]
    return subprocess.Popen(command, env=env, stderr=subprocess.PIPE, stdout=subprocess.PIPE)


def counts(where: str) -> tuple[int, int, int]:
    with Ledger(where) as ledger:
        assert ledger.verify() == []
        found = ledger.stats()
        return found["articles"], found["versions"], found["readings"]


def test_killed_writers_lose_and_double_nothing(server: Named, archive: Archive) -> None:
    where, size, kept = server(), 120, 0
    chance, source = random.Random(7), archive(120)
    Ledger(where, create=True).close()
    for _ in range(4):
        running = begin("add", source, "--ledger", where, "--jobs", "1", "-q")
        time.sleep(chance.uniform(0.5, 2.0))
        os.kill(running.pid, signal.SIGKILL)
        running.communicate()
        now = counts(where)
        assert now[0] == now[1] == now[2] >= kept
        kept = now[0]
    done = begin("add", source, "--ledger", where, "--jobs", "1", "-q")
    assert (done.communicate(), done.returncode)[1] == 0
    assert counts(where) == (size, size, size)


def test_two_writers_and_four_readers(server: Named, archive: Archive) -> None:
    where, size = server(), 60
    source = archive(size)
    Ledger(where, create=True).close()
    writers = [begin("add", source, "--ledger", where, "--jobs", "1", "-q") for _ in range(2)]
    readers = [begin("stats", "--ledger", where) for _ in range(4)]
    for running in (*readers, *writers):
        told = running.communicate()[1]
        assert running.returncode == 0, told
    assert counts(where) == (size, size, size)


def test_a_server_that_dies_is_told_and_loses_nothing(own: Server, archive: Archive) -> None:
    where = new_database(own.url)
    source = archive(200)
    with Ledger(where, create=True) as ledger:
        kept: list[int] = []

        def told(done: object, batch: list[object]) -> None:
            kept.append(len(batch))
            own.kill()

        with pytest.raises(LedgerLost):
            ledger.add([source], jobs=1, told=told)
        with pytest.raises((LedgerLost, LedgerMissing)):
            ledger.stats()
        own.start()
        assert counts(where)[0] == sum(kept) > 0
        assert ledger.add([source], jobs=1).new == 200 - sum(kept)
    assert counts(where) == (200, 200, 200)


def test_a_damaged_page_is_told(own: Server, archive: Archive) -> None:
    where = new_database(own.url)
    with Ledger(where, create=True) as ledger:
        ledger.add([archive(40)], jobs=1)
    execute(where, "CHECKPOINT")
    own.kill()
    files = [path for path in own.data.glob("base/*/*") if path.is_file() and path.name.isdecimal()]
    for path in sorted(files, key=lambda path: path.stat().st_mtime)[-90:]:
        data = bytearray(path.read_bytes())
        if b"musnad 0." in data:  # the table of readings
            data[4000:4200] = b"\xa5" * 200
            path.write_bytes(data)
    own.start()
    with Ledger(where) as ledger:
        with pytest.raises(LedgerDamaged):
            list(ledger.readings())
        with pytest.raises(LedgerDamaged):
            ledger.verify()


def test_a_ledger_of_a_newer_version(server: Named) -> None:
    where = server()
    Ledger(where, create=True).close()
    execute(where, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LedgerNewer, match="9999"):
        Ledger(where, create=True)


def test_a_ledger_that_may_only_be_read(running: Server, server: Named, archive: Archive) -> None:
    where = server()
    with Ledger(where, create=True) as ledger:
        ledger.add([archive(8)], jobs=1)
    name = "r" + os.urandom(4).hex()
    for sql in (f"CREATE ROLE {name} LOGIN", f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}"):
        execute(where, sql)
    with Ledger(where.replace("//musnad@", f"//{name}@")) as ledger:
        assert ledger.stats()["articles"] == 8 and ledger.find("")
        assert list(ledger.sayings())
        with pytest.raises(LedgerReadOnly):
            ledger.add([archive(9)], jobs=1)
    done = begin("add", archive(9), "--ledger", where.replace("//musnad@", f"//{name}@"))
    told = done.communicate()[1].decode()
    assert done.returncode == 2 and "ledger-read-only" in told and "Traceback" not in told


def test_a_writer_does_not_wait_for_ever(server: Named, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    where = server()
    monkeypatch.setattr(store, "_WAIT", 0.2)
    with Ledger(where, create=True) as ledger, Ledger(where) as other:
        with other.store.writing(), pytest.raises(LedgerBusy):
            ledger.add([archive(2)], jobs=1)
        assert ledger.add([archive(2)], jobs=1).new == 2


def test_a_reader_does_not_wait_for_a_writer(place: Named, archive: Archive) -> None:
    with Ledger(place(), create=True) as ledger, Ledger(ledger.store.where) as other:
        ledger.add([archive(4)], jobs=1)
        found: list[int] = []
        with ledger.store.writing() as connection:
            connection.exec_driver_sql("DELETE FROM statement")
            reader = threading.Thread(target=lambda: found.append(len(other.find(""))))
            reader.start()
            reader.join(20)
        assert found and found[0] > 4


def test_no_ledger_there(server: Named) -> None:
    with pytest.raises(LedgerMissing, match="database"):
        Ledger(server())
    with pytest.raises(LedgerMissing):
        Ledger("postgresql://nobody@127.0.0.1:1/none", create=True)
    with pytest.raises(LedgerMissing):
        Ledger(server() + "x", create=True)
