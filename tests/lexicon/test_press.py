"""Names of the press: which outlet or agency they mean, and of which family it is."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from musnad.lexicon.authority import name_words
from musnad.lexicon.press import family_of, last_named, name_of, named, press_id

CASES = Path(__file__).parents[1] / "cases" / "keep_press.tsv"
with CASES.open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["about"])
def test_names(row: dict[str, str]) -> None:
    found = press_id(row["name"])
    assert (found or "", family_of(found) or "") == (row["press"], row["family"])


def test_a_key_of_the_press_wins_and_others_do_not() -> None:
    name = ROWS[0]["name"]
    assert press_id(name, key="agency/afp") == "agency/afp"
    assert press_id(name, key="person/x") == press_id(name)
    assert press_id(None) is None and family_of(None) is None


def test_the_name_that_begins_in_time() -> None:
    first, second = name_words(ROWS[-1]["name"]), name_words(ROWS[0]["name"])
    assert named((*first, *second), 1) is None
    assert named((*first, *second), 2) == ROWS[0]["press"]


def test_the_agency_named_last() -> None:
    words = (*name_words(ROWS[0]["name"]), *name_words(ROWS[8]["name"]), *name_words(ROWS[9]["name"]))
    assert last_named(words, ("agency",)) == ROWS[8]["press"]
    assert last_named(words, ("outlet",)) is None


def test_every_press_has_a_name_to_show() -> None:
    for row in ROWS:
        if row["press"]:
            assert name_of(row["press"])
    assert name_of("agency/none") is None
