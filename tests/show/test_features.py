"""Names of features: a table of cases, and a table without gaps or quarrels."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from musnad.lexicon.loader import Row, rows
from musnad.show.features import class_numbers, named, parse, say

CASES = Path(__file__).parents[1] / "cases" / "show_features.tsv"
TEMPLATES = [row for row in rows("show/features") if not row["model"].startswith("@")]


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def members() -> dict[str, str]:
    """The words of the classes that the cases use, as the first case with that class shows them."""
    row = next(r for r in cases() if r["code"] == "nc245")
    other = next(r for r in cases() if r["code"] == "p60")
    return {
        "f245": row["english"].rpartition("(like ")[2].rstrip(")"),
        "c60": other["english"].rpartition("(like ")[2].rstrip(")"),
    }


@pytest.mark.parametrize("case", cases(), ids=lambda c: f"{c['model']}-{c['code']}")
def test_a_feature_in_words(case: dict[str, str]) -> None:
    for lang, column in (("en", "english"), ("ar", "arabic")):
        name, values = named(case["model"], case["code"], lang, members())  # type: ignore[arg-type]
        assert name + (": " + " · ".join(values) if values else "") == case[column]
    assert (parse(case["model"], case["code"]) is not None) is (case["case"] == "yes")


@pytest.mark.parametrize("row", TEMPLATES, ids=lambda r: f"{r['model']}-{r['prefix']}{r['values']}")
def test_the_example_of_a_template_is_its_own(row: Row) -> None:
    """No other row takes the codes of this one: an earlier or longer prefix would hide it."""
    found = parse(row["model"], row["example"])
    assert found is not None and found[0].row is row


def test_no_two_rows_are_one() -> None:
    keys = [(row["model"], row["prefix"], row["values"]) for row in rows("show/features")]
    assert len(set(keys)) == len(keys)


def test_every_model_has_names() -> None:
    models = {row["model"] for row in TEMPLATES}
    assert models == {"start", "end", "mention", "mention-end", "form", "act", "anonymous", "carry", "confidence"}


def test_word_classes_are_told_apart_from_numbers() -> None:
    assert class_numbers("start", "nc245") == ("f245",)
    assert class_numbers("start", "p60") == ("c60",)
    assert class_numbers("form", "pa60.") == ("c60",)
    assert class_numbers("start", "r3") == ()
    assert class_numbers("start", "f60") == (), "a number as written is no class"


def test_unknown_values_stand_as_they_are() -> None:
    assert say("slot", "cue", "ar") != "cue" == say("slot", "cue", "en")
    assert say("slot", "no-such-slot", "ar") == "no-such-slot"
