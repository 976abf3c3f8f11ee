"""What the tools share that build a table from the names of arabic-name-romanizer: arguments, writing, comparing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path


def write_or_check(
    build: Callable[[Path], str], target: Path, head: str, *, what: str, script: str, source: Path | None
) -> int:
    """Write the table that ``build`` makes, or compare it with the committed one; returns the exit status.

    Args:
        head: the comment at the top of the table.
        what: what the table holds, for ``--help``.
        script: file name of the tool, for messages.
        source: the usual place of ``names.sqlite3``, or None.
    """
    parser = argparse.ArgumentParser(description=f"Build the table of {what}.")
    parser.add_argument("--source", type=Path, default=source, help="path of names.sqlite3")
    parser.add_argument("--check", action="store_true", help="compare with the committed table and write nothing")
    given = parser.parse_args()
    if given.source is None or not given.source.exists():
        print("names.sqlite3 not found: install arabic-name-romanizer or give --source", file=sys.stderr)
        return 2
    text = build(given.source)
    if not given.check:
        target.write_text(text, encoding="utf-8", newline="\n")
        print(f"{target}: {text.count(chr(10)) - head.count(chr(10)) - 1} names")
        return 0
    same = target.exists() and target.read_text(encoding="utf-8") == text
    print(f"{target}: {'equals a rebuild' if same else f'differs from a rebuild: run tools/{script}'}")
    return 0 if same else 1
