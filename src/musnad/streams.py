"""What the command reads and where it writes."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from musnad.errors import MissingExtra, MusnadError, UsageError
from musnad.mistakes import own_mistake
from musnad.types import Article


def inputs(
    paths: Sequence[str], kind: str | None = None, published: str | None = None, outlet: str | None = None
) -> Iterator[Article | MusnadError]:
    """The articles of ``paths``; what goes wrong with one path costs no other."""
    from musnad.read.source import articles

    stdin = getattr(sys.stdin, "buffer", None)
    for path in paths:
        try:
            yield from articles([path], stdin=stdin, input_format=kind, published=published, outlet=outlet)
        except MissingExtra as error:
            yield MissingExtra(error.message, value=path, remedy=error.remedy)
        except MusnadError:
            raise
        except Exception as error:
            yield own_mistake(error, path)


@contextmanager
def output(name: str | None) -> Iterator[IO[str]]:
    """Standard output, or a file that appears under its name only when it is whole."""
    if name is None or name == "-":
        yield sys.stdout
        return
    target = Path(name)
    if target.is_dir():
        raise UsageError("the output is a folder", value=name, remedy="name a file")
    if target.exists() and not target.is_file():
        with target.open("w", encoding="utf-8", errors="replace") as out:
            yield out
        return
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as out:
            yield out
        umask = os.umask(0)
        os.umask(umask)
        Path(draft).chmod(0o666 & ~umask)
        Path(draft).replace(target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
