"""Which texts are read: Arabic ones, whatever their letters look like, and no others."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from read_tables import cases

from musnad.errors import EmptyInput, InputError, TooLarge, UnsupportedLanguage
from musnad.read.language import check_text
from musnad.settings import LIMITS

CASES = cases("read_languages")
ARABIC = CASES[0]["text"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["example"])
def test_languages(case: dict[str, str]) -> None:
    if not case["error"]:
        check_text(case["text"])
        return
    with pytest.raises(InputError) as caught:
        check_text(case["text"])
    assert caught.value.code == case["error"]
    assert caught.value.remedy
    if case["example"] in ("Persian", "Urdu", "Central Kurdish", "Pashto"):
        assert case["example"] in caught.value.message


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u200f\ufeff", "\0\0"])
def test_nothing_is_empty(text: str) -> None:
    with pytest.raises(EmptyInput):
        check_text(text)


def test_limits() -> None:
    check_text((ARABIC * 40_000)[: LIMITS.max_chars])
    with pytest.raises(TooLarge):
        check_text("a" * (LIMITS.max_chars + 1))


def test_half_of_the_letters_is_enough() -> None:
    letters = "".join(char for char in ARABIC if char.isalpha())
    check_text(letters + "x" * (len(letters) - 1))
    with pytest.raises(UnsupportedLanguage):
        check_text(letters + "x" * (len(letters) + 1))


def test_bounded_time() -> None:
    began = time.perf_counter()
    for text in ('"' * 1_000_000, "a" * 2_000_000, ARABIC[:4] * 500_000, " " * 2_000_000, "\u200b" * 2_000_000):
        try:
            check_text(text)
        except InputError:
            continue
    assert time.perf_counter() - began < 3


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_only_input_errors(text: str) -> None:
    try:
        check_text(text)
    except InputError as error:
        assert error.code in ("empty-input", "unsupported-language")
