"""The package as a whole: quick to import, lazy, its call and its names."""

from __future__ import annotations

import datetime
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

import musnad
from musnad.call import iso_date
from musnad.errors import EmptyInput, UnsupportedLanguage, UsageError
from musnad.settings import GARBAGE


def seconds(code: str) -> float:
    """The best of five runs of a fresh interpreter."""

    def run() -> float:
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return time.perf_counter() - begun

    return min(run() for _ in range(5))


def test_import_is_quick() -> None:
    assert seconds("import musnad") - seconds("pass") < 0.1


def test_import_loads_next_to_nothing() -> None:
    code = "import sys, musnad; print(*sorted(m for m in sys.modules if m.startswith('musnad')))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert loaded == ["musnad", "musnad.read"]


def test_every_public_name_is_there() -> None:
    for name in musnad.__all__:
        assert getattr(musnad, name) is not None
    assert set(musnad.__all__) <= set(dir(musnad))
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = musnad.no_such_name  # type: ignore[attr-defined]


def test_the_call_and_its_package_share_a_name() -> None:
    import musnad.read.fold

    assert callable(musnad.read)
    assert callable(musnad.read.fold.fold)


@pytest.mark.parametrize(("run", "own"), [("musnad.read({0!r})", False), ("cli.main(['read', '-'])", True)])
def test_cyclic_garbage_is_looked_for_seldom_in_processes_of_its_own_alone(run: str, own: bool) -> None:
    text = "\u0642\u0627\u0644 \u0627\u0644\u0648\u0632\u064a\u0631 \u0625\u0646\u0647 \u0633\u064a\u0639\u0648\u062f."
    told = "print(gc.get_threshold()[0], file=sys.stderr)"
    code = f"import gc, sys, musnad; from musnad import cli; {run.format(text)}; {told}"
    done = subprocess.run([sys.executable, "-c", code], input=text.encode(), capture_output=True, check=True)
    assert (int(done.stderr.split()[-1]) == GARBAGE) is own


def test_all_versions_are_one() -> None:
    from musnad.pipeline import VERSION

    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert musnad.__version__ == project["version"] == VERSION


@pytest.mark.parametrize(
    ("given", "date"),
    [
        ("2016-11-03", "2016-11-03"),
        ("2016-11-03T23:55:09+04:00", "2016-11-03"),
        ("03.11.2016", "2016-11-03"),
        (datetime.date(2016, 11, 3), "2016-11-03"),
        (datetime.datetime(2016, 11, 3, 12), "2016-11-03"),
    ],
)
def test_dates_are_taken_in_iso_form(given: str | datetime.date, date: str) -> None:
    assert iso_date(given) == date


@pytest.mark.parametrize("given", ["", "yesterday", "2016", "2016-11", "2016-13-01", "2016-02-30", 2016])
def test_other_dates_are_refused(given: str) -> None:
    with pytest.raises(UsageError) as caught:
        iso_date(given)
    assert caught.value.remedy


def test_bad_texts_are_refused_with_a_code() -> None:
    with pytest.raises(EmptyInput):
        musnad.read("  \n ")
    with pytest.raises(UnsupportedLanguage):
        musnad.read("The minister said that the dam was safe, and that engineers would inspect it on Tuesday.")
    with pytest.raises(UsageError):
        musnad.read(b"bytes")  # type: ignore[arg-type]
