"""Screens of the ledger: differences in colour and in signs, classes in both languages, from right to left."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from musnad.keep.differences import CLASSES
from musnad.keep.wordwise import OPS, steps
from musnad.show import ledger as views
from musnad.show.bidi import width
from musnad.show.labels import LANGS, label
from musnad.show.text import Look

_CASES = Path(__file__).parents[1] / "cases" / "keep_steps.jsonl"
BEFORE, AFTER = (json.loads(_CASES.read_text(encoding="utf-8").splitlines()[2])[name] for name in ("before", "after"))
_PAINT = re.compile("\x1b\\[[0-9;]*m")


def saying(after: str = AFTER) -> dict[str, Any]:
    def version(name: str, text: str, told: list[dict[str, str]]) -> dict[str, Any]:
        changes = [{"class": "number", "was": "30", "is": "13"}] if told else []
        return {
            "statement": name, "article": "a", "outlet": "O", "published": "2026-01-01", "form": "direct",
            "words": text, "steps": told, "differences": changes,
        }  # fmt: skip

    versions = [version("a#s1", BEFORE, []), version("b#s1", after, steps(BEFORE, after))]
    counted = {"at_least": 1, "at_most": 2}
    return {"voice": {"id": "person/x", "name": "N"}, "independent": counted, "versions": versions, "similarity": 1.0}


def drawn(look: Look, row: dict[str, Any] | None = None) -> str:
    return "".join(views.versions(row or saying(), look))


def test_signs_tell_without_colour() -> None:
    plain = drawn(Look())
    assert "[-30-]" in plain and "{+13+}" in plain and "\x1b" not in plain


def test_colour_marks_the_same_words() -> None:
    painted = drawn(Look(colour=True))
    assert "\x1b[31m[-30-]\x1b[0m" in painted and "\x1b[32m{+13+}\x1b[0m" in painted
    assert _PAINT.sub("", painted) == drawn(Look())


def test_differences_run_from_right_to_left() -> None:
    line = next(row for row in drawn(Look(order="visual", columns=60)).splitlines() if "[-30-]" in row)
    assert line.startswith("  ") and width(line) == 60 - 4
    assert line.index("{+13+}") < line.index("[-30-]") < len(line) - 4


@pytest.mark.parametrize("lang", LANGS)
def test_classes_are_named_in_both_languages(lang: Any) -> None:
    names = {label(f"change.{name}", lang) for name in {*CLASSES, *OPS} - {"same"}}
    assert len(names) == len({*CLASSES, *OPS}) - 1
    assert not names & ({*CLASSES} - {"cut", "added", "replaced", "reordered", "moved"})
    assert label("change.number", lang) in drawn(Look(lang=lang))


def test_long_differences_keep_to_the_columns() -> None:
    look = Look(columns=40, colour=True)
    rows = _PAINT.sub("", drawn(look, saying(" ".join([AFTER] * 12)))).splitlines()
    assert len(rows) > 10 and max(width(row) for row in rows) <= 40


def test_editions_show_what_was_changed() -> None:
    edition = {"number": 1, "added": "2026", "outlet": None, "title": None, "changes": []}
    row = {"id": "a", "editions": [edition, edition | {"number": 2, "changes": [steps(BEFORE, AFTER)]}]}
    shown = "".join(views.editions(row, Look()))
    assert shown.count("[-30-]") == 1 and shown.count("a \u00b7") == 2
