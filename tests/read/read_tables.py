"""The tables of cases of ``read/``."""

from __future__ import annotations

import csv
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "cases"


def cases(name: str) -> list[dict[str, str]]:
    """The rows of ``tests/cases/NAME.tsv`` as dicts; an escaped ``\\n`` in a cell is a line end."""
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        found = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert found and all(None not in row and None not in row.values() for row in found), f"{name}.tsv is ragged"
    return [{key: value.replace("\\n", "\n") for key, value in row.items()} for row in found]
