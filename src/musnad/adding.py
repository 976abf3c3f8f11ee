"""Reading many articles for a ledger: over several processes, in the order they were given, batch by batch.

Each worker reads and packs; this process alone writes. A worker that loses its parent ends; a parent that is killed
leaves a ledger with whole batches.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from typing import Any

from musnad.errors import LedgerError, MusnadError
from musnad.keep.pack import Packed, pack
from musnad.mistakes import guarded
from musnad.settings import GARBAGE
from musnad.types import Article

CHUNK = 16  # articles that go to a worker at a time
BATCH = 128  # articles in a transaction, at most
PATIENCE = 1.0  # seconds until a smaller batch is written
_AHEAD = 2  # chunks that wait at each worker
_ALONE = 24  # articles that one process reads faster than several


def packed(items: Iterable[Article | MusnadError], authority: tuple[str, ...] = ()) -> Iterator[Packed | MusnadError]:
    """Read articles in this process; where one cannot be read, the error that says why."""
    from musnad.many import bundles, read_bundle

    for bundle in bundles(items):
        for item, reading in zip(bundle, read_bundle(bundle, authority), strict=True):
            if isinstance(reading, MusnadError):
                yield reading
            elif isinstance(item, Article):
                yield guarded(partial(pack, item, reading), item)


def packed_all(
    inputs: Iterable[Article | MusnadError], *, jobs: int = 0, authority: tuple[str, ...] = ()
) -> Iterator[Packed | MusnadError]:
    """Read ``inputs`` in order.

    Args:
        inputs: articles, and errors of inputs that gave none, which pass through.
        jobs: processes; 0 for one a core.
        authority: the user's files of actors.
    """
    jobs = jobs or cores()
    given = iter(inputs)
    first = list(islice(given, _ALONE)) if jobs > 1 else []
    if jobs == 1 or len(first) < _ALONE:
        yield from packed(_chained(first, given), authority)
        return
    yield from _spread(_chained(first, given), jobs, authority)


def batches(found: Iterable[Packed | MusnadError]) -> Iterator[list[Packed | MusnadError]]:
    """What is written together: at most ``BATCH`` articles, or those of ``PATIENCE`` seconds."""
    batch: list[Packed | MusnadError] = []
    begun = time.monotonic()
    for item in found:
        batch.append(item)
        if len(batch) >= BATCH or time.monotonic() - begun > PATIENCE:
            yield batch
            batch, begun = [], time.monotonic()
    if batch:
        yield batch


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _chained(first: list[Any], rest: Iterator[Any]) -> Iterator[Any]:
    yield from first
    yield from rest


def _spread(
    given: Iterator[Article | MusnadError], jobs: int, authority: tuple[str, ...]
) -> Iterator[Packed | MusnadError]:
    """Read chunk after chunk at the workers in turn, and give what they made in that order."""
    workers = [_Worker(authority) for _ in range(jobs)]
    waiting: deque[_Worker] = deque()
    turn = 0
    try:
        while True:
            while len(waiting) < jobs * _AHEAD:
                chunk = list(islice(given, CHUNK))
                if not chunk:
                    break
                workers[turn].send(chunk)
                waiting.append(workers[turn])
                turn = (turn + 1) % jobs
            if not waiting:
                return
            yield from waiting.popleft().receive()
    finally:
        for worker in workers:
            worker.end()


class _Worker:
    """A process that reads chunks.

    A thread sends them: where a pipe is full both ways, one who sends and receives in turn would wait for ever.
    """

    def __init__(self, authority: tuple[str, ...]) -> None:
        context = get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_work, args=(other, authority), daemon=True)
        self._process.start()
        other.close()
        self._given: SimpleQueue[list[Article | MusnadError] | None] = SimpleQueue()
        self._sender = Thread(target=self._pass_on, daemon=True)
        self._sender.start()

    def send(self, chunk: list[Article | MusnadError]) -> None:
        """Give it a chunk."""
        self._given.put(chunk)

    def _pass_on(self) -> None:
        while (chunk := self._given.get()) is not None:
            try:
                self._pipe.send(chunk)
            except OSError:
                return  # the worker is gone: ``receive`` tells

    def receive(self) -> list[Packed | MusnadError]:
        """What it made of the chunk that was given first."""
        try:
            made = self._pipe.recv()
        except (EOFError, OSError) as error:
            remedy = "run the same command again with --jobs 1; what was acknowledged is kept"
            raise LedgerError("a reading process died", remedy=remedy) from error
        if isinstance(made, MusnadError):
            raise made
        found: list[Packed | MusnadError] = made
        return found

    def end(self) -> None:
        """Stop it."""
        self._given.put(None)
        self._sender.join(1)
        if self._sender.is_alive():  # it waits for a worker that waits for us
            self._process.terminate()
            self._sender.join()
        self._pipe.close()
        self._process.join(1)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join()


def _work(pipe: Connection, authority: tuple[str, ...]) -> None:
    """What a worker does until its parent is gone."""
    import gc
    import signal

    gc.set_threshold(GARBAGE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    while True:
        try:
            chunk = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            made: Any = list(packed(chunk, authority))
        except MusnadError as error:
            made = error
        try:
            pipe.send(made)
        except OSError:
            return
