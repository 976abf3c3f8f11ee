"""The database behind a ledger: opening it, bringing it up to date, transactions, and what can go wrong.

The embedded ledger is one SQLite file in WAL mode: readers never wait, one writer at a time, and a transaction is
on the disk before it is acknowledged (``synchronous = FULL``). A server is PostgreSQL; writers take turns there too.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from musnad.errors import (
    LedgerBusy,
    LedgerDamaged,
    LedgerError,
    LedgerFull,
    LedgerLost,
    LedgerMissing,
    LedgerNewer,
    LedgerReadOnly,
    MissingExtra,
    MusnadError,
)

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

_WAIT = 60  # seconds until a writer gives up
_LOCK = 0x6D75736E6164  # of writers on a server
_SERVER = re.compile(r"postgres(?:ql)?(?:\+\w+)?://", re.I)
_PASSWORD = re.compile(r"(?<=:)[^:@/]*(?=@)")


class Store:
    """One open database.

    Args:
        where: path of a file, or URL of a PostgreSQL database.
        create: whether to make the ledger where there is none.

    Raises:
        LedgerError: it cannot be opened (see ``errors``).
        MissingExtra: SQLAlchemy, Alembic or the driver is not installed.
    """

    def __init__(self, where: str, *, create: bool = False) -> None:
        self.where = where
        self.server = bool(_SERVER.match(where))
        self.shown = _PASSWORD.sub("...", where) if self.server else where
        if not self.server:
            self._look_at_file(create)
        with self._told():
            self.engine = self._engine()
            self._up_to_date(create)

    def close(self) -> None:
        """Let the database go."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the ledger."""
        with self._told(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self, *, wait: bool = True) -> Iterator[Connection]:
        """A transaction that writes; the only one at a time. All of it is kept, or nothing.

        Args:
            wait: whether to wait for another program that writes.

        Raises:
            LedgerBusy: another program writes, for a minute or, without ``wait``, now.
        """
        with self._told(), self.engine.connect() as plain:
            connection = plain.execution_options(musnad_writes=True)
            if not self.server:
                self._patience(connection, _WAIT if wait else 0)
            try:
                with connection.begin():
                    if self.server and not self._locked(connection, wait):
                        raise LedgerBusy("another program writes to the ledger", value=self.shown, remedy="try again")
                    yield connection
            finally:
                if not self.server and not wait:
                    self._patience(connection, _WAIT)

    def _patience(self, connection: Connection, seconds: int) -> None:
        """How long SQLite waits for another writer; set outside of any transaction."""
        raw: Any = connection.connection.driver_connection
        raw.execute(f"PRAGMA busy_timeout = {1000 * seconds}")

    def _locked(self, connection: Connection, wait: bool) -> bool:
        """Whether this transaction is the one that writes on the server."""
        if wait:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(1000 * _WAIT)}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            return True
        return bool(connection.exec_driver_sql(f"SELECT pg_try_advisory_xact_lock({_LOCK})").scalar_one())

    def _look_at_file(self, create: bool) -> None:
        path = Path(self.where)
        if path.is_dir():
            raise LedgerError("a folder is no ledger", value=self.where, remedy="name a file")
        if not path.exists() or path.stat().st_size == 0:
            if not create:
                raise LedgerMissing("there is no ledger", value=self.where, remedy="make it with musnad add PATH...")
            if not path.parent.exists():
                raise LedgerError("there is no such folder", value=str(path.parent), remedy="make it, or name another")
            return
        try:
            with path.open("rb") as file:
                head = file.read(16)
        except OSError as error:
            raise LedgerError(f"cannot read: {error.strerror}", value=self.where, remedy="check the file") from error
        if head != b"SQLite format 3\0":
            raise LedgerDamaged("the file is no ledger", value=self.where, remedy="name the file that musnad add made")
        if _of_others(path):
            raise LedgerDamaged("the database is no ledger", value=self.where, remedy="name what musnad add made")

    def _engine(self) -> Engine:
        try:
            from sqlalchemy import create_engine, event
            from sqlalchemy.pool import QueuePool
        except ImportError as error:
            raise _missing("SQLAlchemy", "ledger") from error
        if self.server:
            url = "postgresql+pg8000://" + _SERVER.sub("", self.where, count=1)
            try:
                return create_engine(url)
            except ImportError as error:
                raise _missing("pg8000", "postgresql") from error
        path = Path(self.where).absolute()
        readable = path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
        mode = "?immutable=1" if readable else ""
        target = f"file:{_quoted(path)}{mode}"

        def connect() -> sqlite3.Connection:
            return sqlite3.connect(target, uri=True, timeout=_WAIT, isolation_level=None, check_same_thread=False)

        engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)
        event.listen(engine, "connect", _prepare(readable))
        event.listen(engine, "begin", _begin)
        return engine

    def _up_to_date(self, create: bool) -> None:
        """Bring the tables to the form that this version knows."""
        from musnad.keep.tables import REVISION

        with self.reading() as connection:
            found = self._revision(connection)
        if found == REVISION:
            return
        if found is not None and found > REVISION:
            raise LedgerNewer(
                f"the ledger has form {found}, this musnad knows {REVISION}",
                value=self.shown,
                remedy="use a newer musnad",
            )
        if found is None and not create:
            raise LedgerMissing("there is no ledger in this database", value=self.shown, remedy="musnad add PATH...")
        try:
            from alembic import command
            from alembic.config import Config
        except ImportError as error:
            raise _missing("Alembic", "ledger") from error
        with self.writing() as connection:
            if self._revision(connection) == REVISION:  # another program was faster
                return
            settings = Config()
            settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
            settings.attributes["connection"] = connection
            command.upgrade(settings, REVISION)

    def _revision(self, connection: Connection) -> str | None:
        from sqlalchemy import inspect

        if "alembic_version" not in inspect(connection).get_table_names():
            return None
        row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
        return str(row[0]) if row else None

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Errors of the database as errors of the ledger."""
        try:
            yield
        except MusnadError:
            raise
        except Exception as error:
            told = self._translated(error)
            if told is None:
                raise
            raise told from error

    def _translated(self, error: Exception) -> LedgerError | None:
        try:
            from sqlalchemy.exc import DBAPIError, SQLAlchemyError
        except ImportError:
            return None
        if not isinstance(error, (SQLAlchemyError, sqlite3.Error)) and not (self.server and isinstance(error, OSError)):
            return None
        cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
        told = cause.args[0] if cause.args else ""
        said = str(told.get("M", told) if isinstance(told, dict) else cause).split("\n")[0]
        low = said.lower()
        for words, kind, message, remedy in _CAUSES:
            if any(word in low for word in words):
                return kind(message, value=self.shown, remedy=remedy)
        return LedgerError(f"the database says: {said[:200]}", value=self.shown, remedy="check the ledger")


_CAUSES: tuple[tuple[tuple[str, ...], type[LedgerError], str, str], ...] = (
    (("disk is full", "no space left", "disk i/o error", "disk full"), LedgerFull, "the disk is full or fails",
     "make room and run the same command again; what was acknowledged is kept"),
    (("readonly", "read-only", "permission denied"), LedgerReadOnly, "the ledger may not be written",
     "check the permissions of the file, or of the user of the database"),
    (("malformed", "not a database", "corrupt", "invalid page"), LedgerDamaged, "the file is damaged",
     "restore a copy, or save what can be read with musnad dump and load it into a new ledger"),
    (("locked", "busy", "lock timeout"), LedgerBusy, "another program writes to the ledger",
     "wait for it, then try again"),
    (("unable to open",), LedgerError, "the file cannot be opened", "check the path and its permissions"),
    (("network error", "terminating connection", "connection is closed", "server closed", "broken pipe",
      "reset by peer", "starting up", "shutting down", "in recovery", "communication error", "timed out"), LedgerLost,
     "the server does not answer any more", "see that it runs, then run the same command again; what was acknowledged "
     "is kept"),
    (("could not connect", "connection refused", "can't create a connection", "password authentication",
      "does not exist"), LedgerMissing, "the database does not answer", "check the URL, and that the server runs"),
)  # fmt: skip


def _missing(name: str, extra: str) -> MissingExtra:
    return MissingExtra(f"{name} is not installed", remedy=f"pip install 'musnad[{extra}]'")


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path))


def _of_others(path: Path) -> bool:
    """Whether a file of SQLite holds tables, but none of a ledger; looked at without touching it."""
    try:
        connection = sqlite3.connect(f"file:{_quoted(path.absolute())}?mode=ro", uri=True, timeout=_WAIT)
    except sqlite3.Error:
        return False  # opening it for good tells why
    try:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error:
        return False
    finally:
        connection.close()
    return bool(names) and "alembic_version" not in names


def _prepare(readable: bool) -> Any:
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        if readable:
            connection.execute("PRAGMA query_only = ON")
            return
        connection.execute("PRAGMA page_size = 8192")  # of a new file
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = OFF")  # rows are checked by ``Ledger.verify``, not on every insert
        connection.execute("PRAGMA cache_size = -65536")

    return prepare


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("musnad_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
