"""Tables of cases for the finders and settlers: how they are read, marked and checked.

Every table has the columns ``case`` (``yes``: what the table is about is there; ``no``: it only looks so) and
``today``: ``fails`` marks a case that should clearly hold and does not yet hold with the models of the day, ``close``
one that holds so narrowly that retrained models may lose it. Both are run as expected failures that may hold; the
floors in ``test_case_tables`` see to it that they do not all go.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

import pytest

import musnad
from musnad.find.context import Context, context
from musnad.pipeline import split
from musnad.read.words import words
from musnad.types import Reading, Span, Statement

FOLDER = Path(__file__).parent / "cases"
NONE = "-"
# Marks at the edges of a content are no part of what a case states.
EDGES = " \n\t.\u060c,:;\u061b\"'\u00ab\u00bb\u201c\u201d+()"
Case = dict[str, str]


def rows(name: str) -> list[Case]:
    """The rows of ``tests/cases/NAME.tsv``; an escaped ``\\n`` in a cell is a line end."""
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        found = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert found and all(None not in row and None not in row.values() for row in found), f"{name}.tsv is ragged"
    return [{key: value.replace("\\n", "\n") for key, value in row.items()} for row in found]


def cases(name: str, *, today: str = "today") -> pytest.MarkDecorator:
    """One test per row of a table; rows whose column ``today`` says otherwise than ``holds`` may fail."""
    params = []
    for number, row in enumerate(rows(name), 2):
        marks = [] if row[today] == "holds" else [pytest.mark.xfail(reason=f"{row[today]} today", strict=False)]
        params.append(pytest.param(row, id=f"{number}-{row['about'].replace(' ', '-')}", marks=marks))
    return pytest.mark.parametrize("case", params)


@lru_cache(maxsize=512)
def reading(text: str, outlet: str | None = None) -> Reading:
    """The reading of ``text``, made once."""
    return musnad.read(text, outlet=outlet)


@lru_cache(maxsize=512)
def context_of(text: str) -> Context:
    """The tokens, tags and quotations of ``text``."""
    return context(words(text, split=split))


def listed(cell: str, separator: str = " || ") -> list[str]:
    """The items of a cell; ``-`` is none."""
    return [] if cell == NONE else cell.split(separator)


def cut(text: str, span: Span | None) -> str:
    """The words of a span, ``-`` for none."""
    return text[span[0] : span[1]] if span else NONE


def trimmed(text: str) -> str:
    """``text`` without marks at its edges."""
    return text.strip(EDGES) or NONE


def of_cue(found: Reading, cue: str) -> Statement:
    """The only statement with that cue."""
    those = [s for s in found.statements if cut(found.text, s.cue) == cue]
    assert len(those) == 1, f"{len(those)} statements with {cue}: {[cut(found.text, s.cue) for s in found.statements]}"
    return those[0]


def known_as(found: Reading, key: str | None) -> set[str]:
    """All names of an entity."""
    entity = found.entity(key)
    return {entity.name, *entity.aliases} if entity else {NONE}


def written(text: str) -> list[tuple[str, ...]]:
    """The statements of a text as cases write them: form, cue, content, speaker."""
    found = []
    for s in reading(text).statements:
        content = " + ".join(trimmed(cut(text, span)) for span in s.content)
        found.append((s.form, cut(text, s.cue), content, cut(text, s.speaker.span if s.speaker else None)))
    return found


def wanted(case: Case) -> list[tuple[str, ...]]:
    """The statements that a case states."""
    return [tuple(item.split(" / ")) for item in listed(case["statements"])]
