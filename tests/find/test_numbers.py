"""Numbers in digits and in words, both ways round, and texts of nothing but digits."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_cases import Case, cases, listed, rows

from musnad.find.numbers import Numeral, numerals
from musnad.find.numberwords import number_words
from musnad.find.ratios import Ratio, ratios
from musnad.pipeline import split
from musnad.read.words import words

SPELLING = {int(row["value"]): (row["masculine"], row["feminine"]) for row in rows("spelling_numbers")}
AND = " " + chr(0x648)


def found(text: str) -> tuple[Numeral, ...]:
    return numerals(words(text, split=split))


def described(text: str) -> list[str]:
    """Numerals as cases write them: words, sign and value or bounds, kind unless cardinal, ``weak``."""
    cut = words(text, split=split)
    out = []
    for n in numerals(cut):
        a, b = cut.span(n.first, n.end)
        value = f"{n.low}-{n.high}" if n.value is None else f"{'-' * n.minus}{n.value}"
        kind = "" if n.kind == "cardinal" else f" {n.kind}"
        out.append(f"{text[a:b]} = {value}{kind}{' weak' * n.weak}")
    return out


@cases("find_numbers")
def test_numbers(case: Case) -> None:
    assert described(case["text"]) == listed(case["numbers"])


@cases("find_ratios")
def test_ratios(case: Case) -> None:
    cut = words(case["text"], split=split)
    joined = [n for n in ratios(cut, numerals(cut)) if isinstance(n, Ratio)]
    said = [(case["text"][slice(*cut.span(n.first, n.end))], n) for n in joined]
    assert [f"{text} = {round(n.value, 6)} {n.link}" for text, n in said] == listed(case["numbers"])


def spelt(value: int, gender: int) -> str:
    """``value`` below ten million in Arabic words."""
    if value in SPELLING and value % 1000:
        return SPELLING[value][gender]
    parts = []
    for scale in (1_000_000, 1000):
        count, value = divmod(value, scale)
        if count in (1, 2):
            parts.append(SPELLING[count * scale][gender])
        elif count:
            parts.append(f"{spelt(count, 0)} {SPELLING[3 * scale if count <= 10 else scale][gender]}")
    if value >= 100:
        parts.append(SPELLING[value // 100 * 100][gender])
    rest = value % 100
    if rest in SPELLING:
        parts.append(SPELLING[rest][gender])
    elif rest:
        parts += [SPELLING[rest % 10][gender], SPELLING[rest - rest % 10][gender]]
    return AND.join(parts)


@settings(max_examples=400, deadline=None)
@given(st.integers(1, 9_999_999), st.sampled_from((0, 1)))
def test_words_are_read_back(value: int, gender: int) -> None:
    text = spelt(value, gender)
    assert [n.value for n in found(text)] == [value], text


@pytest.mark.parametrize("gender", [0, 1])
def test_small_words_are_read_back(gender: int) -> None:
    for value in (*range(1, 1001), 1001, 2002, 11_011, 100_000, 200_200, 3_000_003, 9_999_999):
        assert [n.value for n in found(spelt(value, gender))] == [value], spelt(value, gender)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**15), st.sampled_from((0x30, 0x660, 0x6F0)))
def test_digits_of_every_script(value: int, zero: int) -> None:
    text = "".join(chr(zero + int(d)) for d in str(value))
    assert [n.value for n in found(text)] == [value]
    grouped = f"{value:,}".replace(",", chr(0x66C))
    assert [n.value for n in found(grouped)] == [value]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789 .,:/-\n" + chr(0x660) + chr(0x66B) + chr(0x66C) + chr(0x60C), max_size=300))
def test_nothing_but_digits(text: str) -> None:
    cut = words(text, split=split)
    last = 0
    for n in numerals(cut):
        assert last <= n.first < n.end <= len(cut)
        assert n.value is not None and n.value < 10**21
        last = n.end
    assert all(isinstance(n.value, (int, float)) for n in ratios(cut, numerals(cut)))


@pytest.mark.parametrize("size", [19, 100, 5000])
def test_endless_digits_are_no_number(size: int) -> None:
    assert found("9" * size) == ()


def test_time_is_bounded() -> None:
    word = spelt(100_000, 0)
    text = AND.join([word] * 4000)
    start = time.perf_counter()
    assert len(found(text)) > 1000
    assert time.perf_counter() - start < 5


def test_every_row_is_reachable() -> None:
    known = {word.row.partition(":")[2] for word in number_words().values()}
    assert known >= {row for value in SPELLING.values() for cell in value for row in cell.split()}
