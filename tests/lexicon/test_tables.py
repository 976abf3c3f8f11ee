"""The tables hold what they should: cases for every table, the checker, and the tables that scripts write."""

from __future__ import annotations

import csv
import importlib.util
import subprocess
import sys
import time
from pathlib import Path

import pytest

from musnad.lexicon import checker, loader
from musnad.lexicon.schema import SCHEMAS
from musnad.read.fold import fold_word
from musnad.types import ACTS

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases"


def cases(name: str) -> list[dict[str, str]]:
    with (CASES / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


WORDS = cases("lexicon_words")


@pytest.mark.parametrize("case", WORDS, ids=lambda c: f"{c['table']}-{c['word']}-{c['has']}")
def test_words(case: dict[str, str]) -> None:
    found = loader.index(case["table"], *case["columns"].split(",")).get(fold_word(case["word"]), ())
    column, sign, value = case["has"].partition("=")
    if sign:
        found = tuple(row for row in found if value in row.all(column))
    assert bool(found) is (case["found"] == "yes")


def test_every_table_has_cases_of_both_kinds() -> None:
    wanted = {(table, found) for table in SCHEMAS for found in ("yes", "no")}
    assert wanted == {(case["table"], case["found"]) for case in WORDS}


@pytest.mark.parametrize("case", cases("lexicon_shows"), ids=lambda c: f"{c['form']}-{c['example']}")
def test_shows(case: dict[str, str]) -> None:
    assert checker.shows(case["example"], [case["form"]]) is (case["shown"] == "yes")


def test_the_checker_finds_nothing() -> None:
    assert checker.check() == []


@pytest.mark.parametrize(
    ("table", "least"),
    [("speech/verbs", 300), ("speech/participles", 70), ("names/agencies", 40), ("names/outlets", 200),
     ("names/groups", 100), ("names/organisations", 120), ("names/countries", 249)],
)  # fmt: skip
def test_coverage(table: str, least: int) -> None:
    assert len(loader.rows(table)) >= least


def test_every_act_has_verbs_and_nouns() -> None:
    for table in ("speech/verbs", "speech/nouns"):
        assert {row["act"] for row in loader.rows(table)} == set(ACTS)


def test_verb_forms_are_quick_to_read() -> None:
    """A generous bound for slow machines; the aim is 60 ms."""
    start = time.perf_counter()
    found = loader.read_table(loader.DATA / "speech" / "verb_forms.tsv", "speech/verb_forms")
    assert len(found) > 20_000
    assert time.perf_counter() - start < 0.5


def rebuild(script: str) -> subprocess.CompletedProcess[str]:
    path = str(ROOT / "tools" / script)
    return subprocess.run([sys.executable, path, "--check"], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("script", "package"), [("build_verbs.py", "mazini"), ("build_names.py", "arabic_name_romanizer")]
)
def test_generated_tables_equal_a_rebuild(script: str, package: str) -> None:
    if importlib.util.find_spec(package) is None:
        pytest.skip(f"{package} is not installed")
    done = rebuild(script)
    assert done.returncode == 0, done.stdout + done.stderr
