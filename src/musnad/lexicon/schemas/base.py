"""What the contract of a table is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

COMMON = ("source", "region", "example")
REGIONS = ("all", "egypt", "gulf", "iraq", "levant", "maghreb", "sudan", "yemen", "world")
STANCES = ("neutral", "endorsing", "doubting")
GENDERS = ("m", "f", "both")
NUMBERS = ("s", "d", "p", "any")
MEDIA = (
    "audio",
    "video",
    "statement",
    "interview",
    "press conference",
    "speech",
    "post",
    "report",
    "letter",
    "other",
)
KINDS = ("person", "organisation", "group", "place", "office", "document", "unnamed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """The contract of one table.

    Attributes:
        columns: its columns, without the common ones (source, region, example).
        required: columns that may not be empty.
        values: column → the values that each alternative in its cells may have.
        unique: the columns that together tell the rows apart.
        forms: the columns whose spellings the example must show at least one of; empty where none is checked.
        generated: whether a script writes it; then the common columns may be missing.
    """

    columns: tuple[str, ...]
    required: tuple[str, ...] = ()
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unique: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    generated: bool = False
