"""What every table must look like: its columns and the values that they may hold."""

from __future__ import annotations

from musnad.lexicon.schemas.authority import AUTHORITY
from musnad.lexicon.schemas.base import COMMON, REGIONS, Schema
from musnad.lexicon.schemas.names import NAMES
from musnad.lexicon.schemas.numbers import NUMBERS
from musnad.lexicon.schemas.places import PLACES
from musnad.lexicon.schemas.speech import SPEECH
from musnad.lexicon.schemas.times import TIMES

__all__ = ["COMMON", "REGIONS", "SCHEMAS", "Schema"]

SCHEMAS: dict[str, Schema] = {**SPEECH, **NAMES, **AUTHORITY, **NUMBERS, **TIMES, **PLACES}
"""Table → its contract. Tables of other packages (``read/...``, ``words/...``) only need the common columns, unless
a script writes them."""
