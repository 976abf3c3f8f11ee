"""Units: codes, canonical amounts, and money that is not converted."""

from __future__ import annotations

import pytest
from reading_cases import Case, cases, listed

import musnad
from musnad.lexicon.loader import rows
from musnad.settle.units import convert, unit_code


@cases("settle_units")
def test_units(case: Case) -> None:
    found = [q.canonical for q in musnad.find_quantities(case["text"]) if q.canonical is not None]
    written = []
    for m in found:
        bounds = m.low is not None or m.high is not None
        ends = f"{'' if m.low is None else m.low}-{'' if m.high is None else m.high}"
        written.append(f"{ends if bounds else m.value} {m.unit}")
    assert written == listed(case["measures"])


@pytest.mark.parametrize("row", rows("quantities/units"), ids=lambda r: f"{r.line}")
def test_every_unit_converts(row: object) -> None:
    assert convert(None, row) is None  # type: ignore[arg-type]
    one = convert(1, row)  # type: ignore[arg-type]
    assert isinstance(one, (int, float))
    if not row["offset"]:  # type: ignore[index]
        assert one > 0
        assert convert(10, row) == pytest.approx(10 * one)  # type: ignore[arg-type]


def test_base_units_are_their_own() -> None:
    bases = [row for row in rows("quantities/units") if row["code"] and row["code"] == row["canonical"]]
    assert len(bases) > 20
    assert all(convert(7, row) == 7 for row in bases)


def test_no_unit_has_no_code() -> None:
    assert unit_code(None) is None
