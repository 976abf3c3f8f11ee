"""Times of a text: the table of cases, month names of all traditions, and texts that hold no time at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_cases import Case, cases, cut, listed
from reading_cases import rows as table

import musnad
from musnad.lexicon.loader import rows
from musnad.settle.calendar import from_hijri, hijri_month


def marks(text: str, published: str | None) -> list[str]:
    """The times of a text as cases write them."""
    return [f"{cut(text, t.span)} = {t.value}" for t in musnad.find_times(text, published=published)]


@cases("find_times")
def test_cases(case: Case) -> None:
    published = None if case["published"] == "-" else case["published"]
    assert marks(case["text"], published) == listed(case["times"])


TRADITIONS = ("egypt", "levant", "tunisia", "algeria", "morocco", "libya")
FRAMES = table("times_months")
MONTHS = [row for row in rows("read/months") if row["calendar"] == "gregorian" and row["region"] != "english"]


@pytest.mark.parametrize("tradition", TRADITIONS)
def test_every_tradition_has_twelve_months(tradition: str) -> None:
    assert {int(row["month"]) for row in MONTHS if tradition in row["region"].split()} == set(range(1, 13))


@pytest.mark.parametrize("row", MONTHS, ids=lambda row: row["name"])
def test_months_with_and_without_year(row: object) -> None:
    name, month = row["name"], int(row["month"])  # type: ignore[index]
    for frame in FRAMES:
        text = frame["text"].format(month=name)
        published = "2021-05-20" if frame["year"] == "near" else None
        found = musnad.find_times(text, published=published)
        assert len(found) == 1, text
        year = {"near": found[0].value[:4], "none": "XXXX"}.get(frame["year"], frame["year"])
        day = f"-{int(frame['day']):02d}" if frame["day"] else ""
        assert found[0].value == f"{year}-{month:02d}{day}", text


@pytest.mark.parametrize("month", range(1, 13))
def test_twin_names_are_one_date(month: int) -> None:
    by_region = {
        region: next(r["name"] for r in MONTHS if region in r["region"].split() and int(r["month"]) == month)
        for region in TRADITIONS
    }
    egypt, levant = by_region["egypt"], by_region["levant"]
    for twin in (f"{egypt}/{levant}", f"{levant}/{egypt}", f"{egypt} / {levant}", f"{levant} ({egypt})"):
        text = f"17 {twin} 2016"
        assert marks(text, None) == [f"{text} = 2016-{month:02d}-17"]


HIJRI = [row for row in rows("read/months") if row["calendar"] == "hijri"]


@pytest.mark.parametrize("row", HIJRI, ids=lambda row: row["name"])
def test_hijri_dates(row: object) -> None:
    name, month = row["name"], int(row["month"])  # type: ignore[index]
    era = table("times_months")[0]["era"]
    for year in (1400, 1436, 1445):
        for day in (1, 15, 29):
            wanted = from_hijri(year, month, day)
            assert wanted is not None
            found = musnad.find_times(f"{day} {name} {year} {era}")
            assert [t.value for t in found] == [wanted.isoformat()]
        whole = hijri_month(year, month)
        assert whole is not None and 28 <= (whole[1] - whole[0]).days <= 29


@given(st.text(alphabet="0123456789 \n.,:/-", max_size=200))
def test_figures_alone_do_no_harm(text: str) -> None:
    for one in musnad.find_times(text, published="2021-05-20"):
        assert 0 <= one.span[0] < one.span[1] <= len(text) and one.value


@pytest.mark.parametrize("figures", ["9" * 100, "1" * 100 + "/" + "2" * 100, "0" * 100, " ".join(["7" * 100] * 5)])
def test_huge_numbers_have_no_value(figures: str) -> None:
    assert musnad.find_times(figures, published="2021-05-20") == ()


WORDS = [form for row in rows("times/words") for form in row.all("form")] + [r["name"] for r in MONTHS + HIJRI]


PARTS = st.one_of(st.sampled_from(WORDS), st.integers(0, 10**12).map(str), st.sampled_from(",/-():"))


@given(st.lists(PARTS, max_size=14))
def test_any_row_of_time_words_is_read(parts: list[str]) -> None:
    text = " ".join(parts)
    for published in (None, "2021-05-20", "1900-01-01", "2100-12-31"):
        last = 0
        for one in musnad.find_times(text, published=published):
            assert last <= one.span[0] < one.span[1] <= len(text)
            assert one.value and (one.begin is None or one.end is None or one.begin <= one.end)
            last = one.span[1]


def test_a_day_without_publication_has_no_value() -> None:
    text = table("find_times")[0]["text"]
    assert musnad.find_times(text) == () and len(musnad.find_times(text, published="2021-05-20")) == 1


def test_ranges_point_to_their_end() -> None:
    text = next(r["text"] for r in table("find_times") if r["about"] == "two years of a range")
    first, second = musnad.find_times(text, published="2021-05-20")
    assert first.until == second.id and second.until is None
    assert (first.begin, first.end) == ("2013-01-01", "2013-12-31")


def test_every_time_names_its_row() -> None:
    for row in table("find_times"):
        for one in musnad.find_times(row["text"], published="2021-05-20"):
            assert one.evidence and one.evidence[0].rule.startswith("time-")


@pytest.mark.parametrize("cls", ["edge", "ordinal", "part", "unit", "this", "weekday", "anchor", "month"])
def test_long_runs_of_one_word_are_read_in_bounded_depth(cls: str) -> None:
    form = next((r.all("form")[0] for r in rows("times/words") if r["class"] == cls), MONTHS[0]["name"])
    text = " ".join([form] * 2000)
    assert all(0 <= a < b <= len(text) for a, b in (t.span for t in musnad.find_times(text, published="2021-05-20")))
