"""Tables of numbers and of what is counted and measured."""

from __future__ import annotations

from musnad.lexicon.schemas.base import Schema
from musnad.types import TOLLS

PARTIES = (
    "civilians", "women", "children", "military", "police", "security", "fighters", "protesters", "activists",
    "journalists", "medics", "workers", "students", "migrants", "refugees", "displaced", "foreigners", "settlers",
)  # fmt: skip

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
    "numbers/ratios": Schema(
        columns=("word", "class", "value"),
        required=("word", "class"),
        values={"class": ("over", "of", "every", "whole", "part", "parts")},
        unique=("word",),
        forms=("word",),
    ),
    "quantities/nouns": Schema(
        columns=("noun", "plural", "dual", "kind", "party", "toll"),
        required=("noun", "kind"),
        values={"kind": ("person", "thing"), "party": PARTIES, "toll": TOLLS},
        unique=("noun",),
        forms=("noun", "plural"),
    ),
    "quantities/bounds": Schema(
        columns=("phrase", "effect", "place"),
        required=("phrase", "effect", "place"),
        values={"effect": ("low", "high", "about"), "place": ("before", "after")},
        unique=("phrase", "place"),
    ),
    "quantities/tolls": Schema(
        columns=("word", "kind", "place"),
        required=("word", "kind", "place"),
        values={"kind": TOLLS, "place": ("before", "after")},
        unique=("word", "place"),
        forms=("word",),
    ),
    "quantities/words": Schema(
        columns=("word", "class"),
        required=("word", "class"),
        values={
            "class": (
                "time",
                "age",
                "label",
                "ordinal",
                "change",
                "number",
                "remainder",
                "between",
                "to",
                "or",
                "people",
                "one",
                "two",
                "pair",
                "share",
                "strong label",
                "whole",
                "stop",
                "spared",
                "annexed",
                "reach",
                "with them",
                "one of them",
            )
        },
        unique=("word", "class"),
        forms=("word",),
    ),
    "quantities/units": Schema(
        columns=("unit", "forms", "code", "dimension", "canonical", "factor", "offset"),
        required=("unit", "dimension", "factor"),
        values={
            "dimension": (
                "length",
                "area",
                "volume",
                "mass",
                "temperature",
                "speed",
                "power",
                "energy",
                "data",
                "level",
                "ratio",
                "money",
            )
        },
        unique=("unit",),
        forms=("unit", "forms"),
    ),
}
