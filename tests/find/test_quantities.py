"""Quantities: what is counted, bounds, ranges, duals, tolls; and numbers that count nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_cases import Case, cases, cut, listed, rows

import musnad
from musnad.errors import UsageError
from musnad.types import Quantity

SENTENCES = [row["text"] for row in rows("find_quantities")]


def described(text: str) -> list[str]:
    """Quantities as cases write them: words, value or bounds, then unit, toll and party where there are any."""
    found = []
    for q in musnad.find_quantities(text):
        number = str(q.value) if q.low is None and q.high is None else f"{_end(q.low)}-{_end(q.high)}"
        rest = [said for said in (q.unit, q.toll, q.party) if said]
        found.append(" ".join([f"{cut(text, q.span)} = {number}", *rest]))
    return found


def _end(bound: float | None) -> str:
    return "" if bound is None else str(bound)


@cases("find_quantities")
def test_quantities(case: Case) -> None:
    assert described(case["text"]) == listed(case["quantities"])


def test_a_reading_has_its_quantities() -> None:
    text = " ".join(SENTENCES[:4])
    reading = musnad.read(text)
    assert reading.quantities == musnad.find_quantities(text)
    assert len(reading.quantities) >= 5
    plain = reading.to_dict()["quantities"][0]
    assert set(plain) >= {"span", "value", "low", "high", "of", "unit", "toll", "party"}


def test_what_is_no_string_is_refused() -> None:
    with pytest.raises(UsageError):
        musnad.find_quantities(b"12")  # type: ignore[arg-type]


def holds(text: str, found: tuple[Quantity, ...]) -> None:
    """What is true of all quantities of all texts."""
    for q in found:
        assert 0 <= q.span[0] < q.span[1] <= len(text)
        assert q.of is None or q.span[0] <= q.of[0] < q.of[1] <= len(text)
        assert (q.value, q.low, q.high) != (None, None, None)
        assert q.value is None or (q.low is None and q.high is None)
        if q.low is not None and q.high is not None:
            assert q.low < q.high
        assert q.evidence


words = st.sampled_from(sorted({word for sentence in SENTENCES for word in sentence.split()}))


@settings(max_examples=150, deadline=None)
@given(st.lists(words, max_size=50))
def test_any_mixture_of_words(parts: list[str]) -> None:
    text = " ".join(parts)
    found = musnad.find_quantities(text)
    holds(text, found)
    assert [q.span for q in found] == sorted(q.span for q in found)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789 .,:/%$-\n" + chr(0x660) + chr(0x66B) + chr(0x66C), max_size=200))
def test_nothing_but_digits(text: str) -> None:
    found = musnad.find_quantities(text)
    holds(text, found)
    assert all(q.unit for q in found), "digits alone count nothing but percent and money"


@pytest.mark.parametrize("piece", ["9", "9 ", "1,", "3-", "5 % "])
def test_time_is_bounded(piece: str) -> None:
    start = time.perf_counter()
    musnad.find_quantities(piece * 20_000)
    assert time.perf_counter() - start < 10
