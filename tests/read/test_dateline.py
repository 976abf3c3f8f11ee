"""Datelines and dates: every tradition of months, and prose that only looks like a dateline."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from read_tables import cases

from musnad.lexicon.loader import rows
from musnad.read.dateline import find_dateline, is_source_line, publication_date

DATELINES = cases("read_datelines")


def cut(text: str, span: tuple[int, int] | None) -> str:
    return text[span[0] : span[1]] if span else ""


@pytest.mark.parametrize("case", DATELINES, ids=lambda case: case["example"])
@pytest.mark.parametrize("before", ["", "\u200f\u202b", "\n "])
def test_datelines(case: dict[str, str], before: str) -> None:
    text = before + case["text"]
    found = find_dateline(text)
    if not case["dateline"]:
        assert found is None
        return
    assert found is not None
    assert cut(text, found.span).strip("\n \u200f\u202b") == case["dateline"].strip()
    assert cut(text, found.place_span) == case["place"]
    assert cut(text, found.agency_span) == case["agency"]
    assert (found.date or "") == case["date"]
    assert text[found.span[1] :][:1].strip(), "prose begins where the dateline ends"


@pytest.mark.parametrize("case", cases("read_dates"), ids=lambda case: f"{case['example']} {case['date']}")
def test_dates(case: dict[str, str]) -> None:
    assert publication_date(case["text"]) == (case["date"] or None)


@pytest.mark.parametrize("row", rows("read/months"), ids=lambda row: f"{row['calendar']}-{row['month']}-{row.line}")
def test_every_month_of_the_table_is_read(row: object) -> None:
    month, calendar, name = row["month"], row["calendar"], row["name"]  # type: ignore[index]
    expected = f"1999-{int(month):02}-07" if calendar == "gregorian" else None
    assert publication_date(f"7 {name} 1999") == expected
    assert 1 <= int(month) <= 12


def test_source_lines() -> None:
    sources = [case["agency"] for case in DATELINES if case["agency"]]
    assert all(map(is_source_line, sources))
    assert is_source_line(" / ".join(sources[:2]))
    assert not is_source_line(DATELINES[0]["text"])
    assert not is_source_line("")


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_written_dates_come_back(day: date) -> None:
    assert publication_date(day.isoformat()) == day.isoformat()
    assert publication_date(f"{day.day}/{day.month}/{day.year}") == day.isoformat()


_PIECES = st.sampled_from([w for case in DATELINES for w in case["text"].split()] + list("-\u2013:()/\u060c\n \u0640"))


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=25).map(" ".join) | st.text(max_size=80))
def test_spans_lie_in_the_text(text: str) -> None:
    found = find_dateline(text)
    publication_date(text)
    if found is None:
        return
    start, end = found.span
    assert 0 <= start < end <= len(text)
    for span in (found.place_span, found.agency_span):
        assert span is None or start <= span[0] < span[1] <= end


def test_long_input_takes_no_time() -> None:
    began = time.perf_counter()
    for text in ("- " * 500_000, "(" * 1_000_000, "1" * 1_000_000, " " * 1_000_000, "a" * 1_000_000):
        find_dateline(text)
        publication_date(text)
    assert time.perf_counter() - began < 1
