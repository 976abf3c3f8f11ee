"""The JSON Schema of a reading (draft 2020-12), as the package carries it."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any


@lru_cache(maxsize=1)
def schema_text() -> str:
    """The schema as it is printed, with a line break at its end."""
    return Path(__file__).with_name("reading.schema.json").read_text(encoding="utf-8")


def schema() -> dict[str, Any]:
    """The schema as plain JSON values: a fresh copy."""
    loaded: dict[str, Any] = json.loads(schema_text())
    return loaded
