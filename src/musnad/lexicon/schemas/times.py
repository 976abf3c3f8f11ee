"""Tables of time words."""

from __future__ import annotations

from musnad.lexicon.schemas.base import Schema

_CLASSES = (
    "unit", "ordinal", "ten", "nth", "weekday", "day", "rel", "few", "same", "samepre", "this", "that", "edge", "part",
    "partword", "point", "ref", "set", "each", "times", "anchor", "length", "approx", "bound", "vague", "fraction",
    "minus", "hour", "half", "zone", "zoneplace", "zonehead", "era", "same-day", "monthword", "first-of", "of-it",
    "season", "decade", "to", "between", "from", "of", "age", "future", "school", "common", "lead", "skip", "at",
    "dayname", "noyear", "the", "and", "or", "holiday", "in-a-row", "odd", "early", "whole", "century", "beside",
)  # fmt: skip

TIMES: dict[str, Schema] = {
    "times/words": Schema(
        columns=("form", "class", "value", "number"),
        required=("form", "class"),
        values={
            "class": _CLASSES,
            "number": (
                "s", "d", "p", "a", "clock", "first", "join", "vague", "early", "late", "ref", "in", "ago", "close",
                "adverb", "weak", "within", "before", "after", "c", "n",
            ),
        },
        unique=("form", "class", "number"),
        forms=("form",),
    ),
}  # fmt: skip
