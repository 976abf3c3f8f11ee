"""Calendars: what is a day and what is none, Hijri dates against the library, feasts against known dates."""

from __future__ import annotations

from datetime import date

import pytest
from hijridate import Hijri
from hypothesis import given
from hypothesis import strategies as st

from musnad.settle import calendar as cal


@given(st.integers(1343, 1500), st.integers(1, 12), st.integers(1, 30))
def test_hijri_dates_are_those_of_the_library(year: int, month: int, day: int) -> None:
    try:
        wanted = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        assert cal.from_hijri(year, month, day) is None
    else:
        assert cal.from_hijri(year, month, day) == date(wanted.year, wanted.month, wanted.day)


@pytest.mark.parametrize("given_date", [(1342, 1, 1), (1501, 1, 1), (1436, 13, 1), (1436, 1, 31), (1436, 0, 1)])
def test_no_hijri_date_outside_the_table(given_date: tuple[int, int, int]) -> None:
    assert cal.from_hijri(*given_date) is None


@pytest.mark.parametrize("given_date", [(2015, 2, 29), (2015, 2, 31), (0, 1, 1), (10000, 1, 1), (2015, 13, 1)])
def test_no_such_day(given_date: tuple[int, int, int]) -> None:
    assert cal.day(*given_date) is None


@pytest.mark.parametrize(
    ("key", "year", "wanted"),
    [
        ("easter", 2013, "2013-03-31"),
        ("easter", 2024, "2024-03-31"),
        ("orthodox-easter", 2021, "2021-05-03"),
        ("fitr", 2013, "2013-08-08"),
        ("adha", 2013, "2013-10-15"),
        ("hijri-new-year", 2019, "2019-08-31"),
        ("ramadan", 2019, "2019-05-06"),
        ("christmas", 2020, "2020-12-25"),
    ],
)
def test_feasts(key: str, year: int, wanted: str) -> None:
    found = cal.holiday(key, year)
    assert found is not None and found.isoformat() == wanted


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2016", "2016-01-01", "2016-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2016-11-03TMO", "2016-11-03", "2016-11-03"),
        ("2016-W44", "2016-10-31", "2016-11-06"),
        ("2016-W44-WE", "2016-11-05", "2016-11-06"),
        ("2016-Q2", "2016-04-01", "2016-06-30"),
        ("2016-H2", "2016-07-01", "2016-12-31"),
        ("2016-WI", "2016-12-01", "2017-02-28"),
        ("198", "1980-01-01", "1989-12-31"),
        ("19", "1900-01-01", "1999-12-31"),
    ],
)
def test_extents(value: str, first: str, last: str) -> None:
    found = cal.extent(value)
    assert found is not None and (found[0].isoformat(), found[1].isoformat()) == (first, last)


@pytest.mark.parametrize("value", ["PAST_REF", "P2Y", "XXXX-05-01", "", "2016-02-31", "2016-13", "0000", "2016-W60"])
def test_no_extent(value: str) -> None:
    assert cal.extent(value) is None


@given(st.dates(), st.integers(-(10**6), 10**6))
def test_months_are_added_within_the_calendar(start: date, months: int) -> None:
    moved = cal.add_months(start, months)
    whole = start.year * 12 + start.month - 1 + months
    if moved is None:
        assert not 12 <= whole < 120_000
    else:
        assert moved.year * 12 + moved.month - 1 == whole and moved.day <= start.day
