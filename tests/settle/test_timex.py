"""Values of time expressions on a given day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.find.when import Clock, When
from musnad.settle.timex import Anchor, clock, duration, settle

TODAY = date(2021, 5, 20)  # a Thursday


@pytest.mark.parametrize(
    ("when", "tense", "wanted"),
    [
        (When(weekday=4), 0, "2021-05-20"),
        (When(weekday=2), 0, "2021-05-18"),
        (When(weekday=2), 1, "2021-05-25"),
        (When(weekday=4, rel="past"), 0, "2021-05-13"),
        (When(weekday=4, rel="next"), 0, "2021-05-27"),
        (When(offset=-2), 0, "2021-05-18"),
        (When(offset=-1, weekday=3), 0, "2021-05-19"),
        (When(offset=1, weekday=5), 0, "2021-05-21"),
        (When(month=3, rel="past"), 0, "2021-03"),
        (When(month=11, rel="past"), 0, "2020-11"),
        (When(month=3, rel="next"), 0, "2022-03"),
        (When(month=11), 0, "2020-11"),
        (When(month=11), 1, "2021-11"),
        (When(month=7, day=4), 0, "2021-07-04"),
        (When(unit="Y", rel="past"), 0, "2020"),
        (When(unit="M", rel="next"), 0, "2021-06"),
        (When(unit="W", rel="past"), 0, "2021-W19"),
        (When(unit="Q", rel="past"), 0, "2021-Q1"),
        (When(unit="Q", nth=-1, of=When(year=2022)), 0, "2022-Q4"),
        (When(unit="weekday", weekday=2, nth=3, of=When(year=2014, month=9)), 0, "2014-09-16"),
        (When(unit="D", nth=-1, of=When(year=2015, month=10)), 0, "2015-10-31"),
        (When(unit="CE", rel="past"), 0, "19"),
        (When(decade=80), 0, "198"),
        (When(season="SU", rel="past"), 0, "2020-SU"),
        (When(holiday="fitr"), 0, "2021-05-13"),
        (When(holiday="fitr", rel="next"), 0, "2022-05-02"),
        (When(year=1436, calendar="hijri", month=10, day=25), 0, "2015-08-10"),
        (When(kind="ref", ref="LATER"), 0, "PAST_REF"),
        (When(kind="ref", ref="LATER"), 1, "FUTURE_REF"),
        (When(kind="duration", amounts=((2.0, "Y"),), shift=-1), 0, "2019"),
        (When(kind="duration", amounts=((1.0, "W"),), shift=-1), 0, "2021-W19"),
        (When(kind="duration", amounts=((1.5, "Y"),), shift=-1), 0, "2019-11"),
        (When(kind="duration", amounts=((None, "D"),), shift=-1), 0, "PAST_REF"),
        (When(part="EV", offset=-1), 0, "2021-05-19TEV"),
        (When(clock=Clock(hour=5, half="PM"), offset=0), 0, "2021-05-20T17:00"),
    ],
)
def test_values(when: When, tense: int, wanted: str) -> None:
    found = settle(when, Anchor(today=TODAY, tense=tense))
    assert found is not None and found.value == wanted


@pytest.mark.parametrize(
    "when",
    [
        When(year=2020, month=2, day=31),
        When(year=0),
        When(year=10**7),
        When(year=1436, calendar="hijri", month=1, day=31),
        When(year=1200, calendar="hijri", month=1, day=3),
        When(unit="weekday", weekday=3, nth=5, of=When(year=2014, month=9)),
        When(unit="D", back=True),
        When(kind="duration", amounts=((10.0**9, "Y"),)),
        When(kind="duration", amounts=((10.0**4, "Y"),), shift=-1),
        When(offset=0, clock=Clock(hour=25)),
    ],
)
def test_no_value(when: When) -> None:
    assert settle(when, Anchor(today=TODAY)) is None


@pytest.mark.parametrize(
    "when", [When(weekday=4), When(offset=0), When(unit="Y", rel="past"), When(month=3, rel="past")]
)
def test_no_value_without_a_day(when: When) -> None:
    assert settle(when, Anchor()) is None and settle(when, Anchor(today=TODAY)) is not None


def test_the_same_day_again() -> None:
    found = settle(When(unit="D", back=True), Anchor(today=TODAY, last="1999-03-04"))
    assert found is not None and found.value == "1999-03-04"


@pytest.mark.parametrize(
    ("amounts", "wanted"),
    [
        (((2.0, "Y"),), "P2Y"),
        (((1.5, "Y"),), "P18M"),
        (((1.5, "TH"),), "PT1H30M"),
        (((0.5, "TH"),), "PT30M"),
        (((None, "D"),), "PXD"),
        (((None, "TH"),), "PTXH"),
        (((2.0, "DE"),), "P2DE"),
        (((1.0, "Y"), (2.0, "M")), "P1Y2M"),
        (((1.0, "D"), (3.0, "TH")), "P1DT3H"),
    ],
)
def test_durations(amounts: tuple[tuple[float | None, str], ...], wanted: str) -> None:
    assert duration(amounts) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (Clock(hour=12, half="AM"), "00:00"),
        (Clock(hour=12, half="PM"), "12:00"),
        (Clock(hour=3, minute=5, second=7, half="PM", zone="Z"), "15:05:07Z"),
        (Clock(hour=24), "24:00"),
        (Clock(hour=25), None),
    ],
)
def test_clocks(said: Clock, wanted: str | None) -> None:
    assert clock(said) == wanted


@given(st.dates(), st.integers(1, 12), st.integers(1, 31), st.sampled_from(["", "past", "next", "this"]))
def test_days_of_the_month_never_fail(today: date, month: int, day: int, rel: str) -> None:
    found = settle(When(month=month, day=day, rel=rel), Anchor(today=today))
    assert found is None or found.value[5:] == f"{month:02d}-{day:02d}"


def test_a_hijri_month_covers_its_own_days() -> None:
    found = settle(When(calendar="hijri", month=9, year=1440), Anchor())
    assert found is not None and found.value == "2019-05"
    assert found.days == (date(2019, 5, 6), date(2019, 6, 3))
    assert settle(When(calendar="hijri", month=9, year=2019), Anchor()) == found
