"""Fill the code map of ARCHITECTURE.md: every module with the first sentence of its docstring.

usage: python tools/code_map.py
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "musnad"
TARGET = ROOT / "ARCHITECTURE.md"
FOLDERS = ("", "read", "find", "settle", "keep", "lexicon", "model", "show")
FIRST = ("__init__.py", "__main__.py", "call.py", "cli.py", "progress.py", "pipeline.py", "trace.py", "types.py")
BEGIN, END = "|---|---|\n", "| `lexicon/data/`"
LONGEST = 170  # characters of a description


def order(path: Path) -> tuple[int, int, str]:
    """Where a module stands in the map: by folder, the way in first."""
    name = path.relative_to(SOURCE).as_posix()
    folder = name.split("/")[0] if "/" in name else ""
    return (
        FOLDERS.index(folder) if folder in FOLDERS else len(FOLDERS),
        FIRST.index(name) if name in FIRST else len(FIRST),
        name,
    )


def row(path: Path) -> str:
    """The row of one module; empty for a module without code."""
    text = path.read_text(encoding="utf-8")
    if not text.strip():
        return ""
    doc = (ast.get_docstring(ast.parse(text)) or "").split("\n\n")[0]
    told = re.sub(r"\s+", " ", doc).replace("``", "`").replace("|", "\\|")
    if len(told) > LONGEST:
        told = told[: LONGEST - 2].rsplit(" ", 1)[0] + " …"
    return f"| `{path.relative_to(SOURCE).as_posix()}` | {told} |\n"


def main() -> None:
    """Rewrite the map."""
    text = TARGET.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    rows = "".join(row(path) for path in sorted(SOURCE.rglob("*.py"), key=order))
    TARGET.write_text(head + BEGIN + rows + END + tail, encoding="utf-8")


if __name__ == "__main__":
    main()
