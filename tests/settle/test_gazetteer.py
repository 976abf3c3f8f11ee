"""The gazetteer and the choice among namesakes."""

from __future__ import annotations

import gzip
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from reading_cases import Case, cases, context_of

from musnad.lexicon.gazetteer import FILE, entry, gazetteer, place
from musnad.lexicon.loader import DATA, rows
from musnad.read.fold import fold_word
from musnad.settle.places import places_of

ROOT = Path(__file__).parents[2]
SOURCES = "MUSNAD_GAZETTEER_SOURCES"


@cases("settle_gazetteer")
def test_namesakes(case: Case) -> None:
    """``place`` means the place of that country and kind; ``-`` where the country must stay unknown."""
    text = case["text"]
    found, _ = places_of(context_of(text))
    meant = [p for p in found if text[p.span[0] : p.span[1]] == case["place"]]
    assert [(p.country or "-", p.kind) for p in meant] == [(case["country"], case["kind"])]


def test_every_own_place_is_listed() -> None:
    """Names of a sea or a disputed place belong to it alone, so that a province of the name is not entered."""
    never = {fold_word(r["name"]) for r in rows("places/common") if r["needs"] == "never"}
    names = gazetteer().names
    shared = {fold_word(r["name"]) for t in ("regions", "waters") for r in rows(f"places/{t}") if not r.get("country")}
    for table in ("towns", "regions", "sites", "waters"):
        for row in rows(f"places/{table}"):
            spelt = [" ".join(fold_word(n).replace("-", " ").split()) for n in (row["name"], *row.all("variants"))]
            if never & set(spelt) or len(spelt[0]) < 3 or (row.get("country") and shared & set(spelt)):
                continue
            name = next((n for n in spelt if n in names), "")
            numbers, level, share = entry(name) if name in names else ((), 0, None)
            assert numbers, row.id
            assert level in (1, 2, 3) and (share is None or 0 <= share <= 100)
            countries = {place(n).country for n in numbers}
            assert (row.get("country") or None) in countries or len(numbers) > 5, row.id


def test_places_are_whole() -> None:
    lines = len(gazetteer().places)
    assert lines > 20_000 and len(gazetteer().names) > 20_000
    for number in range(0, lines, 7):
        known = place(number)
        assert known.kind in ("country", "region", "city", "site", "other")
        assert known.country is None or (len(known.country) == 2 and known.country.isupper())
        assert (known.latitude is None) == (known.longitude is None)
        assert known.latitude is None or (-90 <= known.latitude <= 90 and -180 <= known.longitude <= 180)
        assert known.parent is None or place(known.parent).kind == "region"


def test_numbers_of_names_are_places() -> None:
    lines = len(gazetteer().places)
    for name in list(gazetteer().names)[::5]:
        numbers, _, _ = entry(name)
        assert (numbers or " " in name) and all(0 <= n < lines for n in numbers) and len(set(numbers)) == len(numbers)


def test_every_country_has_a_place() -> None:
    known = {place(n).country for n in range(len(gazetteer().places)) if "\tcountry\t" in gazetteer().places[n]}
    assert known == {row["iso"] for row in rows("names/countries")}


def test_size_in_the_package() -> None:
    assert sum(path.stat().st_size for path in (DATA / "places").iterdir()) < 8_000_000


def test_quick_to_load() -> None:
    """A generous bound for slow machines; the aim is 150 ms."""
    code = (
        "import time; from musnad.lexicon.gazetteer import gazetteer; "
        "a = time.perf_counter(); gazetteer(); print(time.perf_counter() - a)"
    )
    best = min(
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout) for _ in "123"
    )
    assert best < 0.5


def test_not_loaded_before_it_is_needed() -> None:
    code = "import musnad.find.places, musnad.lexicon.gazetteer as g; assert g.gazetteer.cache_info().currsize == 0"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_committed_equals_a_rebuild() -> None:
    path = ROOT / "tools" / "build_gazetteer.py"
    spec = importlib.util.spec_from_file_location("build_gazetteer", path)
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    sys.modules["build_gazetteer"] = tool
    spec.loader.exec_module(tool)
    given = os.environ.get(SOURCES)
    sources = tool.find_sources(Path(given) if given else None)
    if sources is None:
        pytest.skip(f"the sources are not here; {SOURCES} may name a folder with them")
    assert tool.build(sources) == gzip.decompress(FILE.read_bytes()).decode()
