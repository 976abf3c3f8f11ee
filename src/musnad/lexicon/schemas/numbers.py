"""Tables of numbers and of what is counted and measured."""

from __future__ import annotations

from musnad.lexicon.schemas.base import Schema

NUMBERS: dict[str, Schema] = {
    "numbers/words": Schema(
        columns=("word", "class", "value", "alone", "unlike"),
        required=("word", "class", "value", "alone"),
        values={
            "class": (
                "unit",
                "ten",
                "teen",
                "tens",
                "hundred",
                "scale",
                "plural",
                "pair",
                "vague",
                "fraction",
                "parts",
                "ordinal",
                "point",
                "minus",
            ),
            "alone": ("yes", "no"),
        },
        unique=("word",),
        forms=("word",),
    ),
}
