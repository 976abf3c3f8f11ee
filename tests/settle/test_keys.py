"""Keys of names: spellings of one name share one, names of two people do not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from reading_cases import Case, cases, rows

from musnad.lexicon.loader import index
from musnad.read.fold import fold_word
from musnad.settle.keys import body_key, name_alone, person_key, romanised

TEXT = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x06FF), max_size=40)


@cases("settle_keys")
def test_keys(case: Case) -> None:
    shared = person_key(case["one"]) == person_key(case["other"])
    assert shared is (case["case"] == "yes")


def test_there_are_enough_names_of_both_kinds() -> None:
    found = [row["case"] for row in rows("settle_keys")]
    assert found.count("yes") >= 120 and found.count("no") >= 80


@given(TEXT)
def test_any_text_has_a_key_that_folding_does_not_change(text: str) -> None:
    assert person_key(text) == person_key(fold_word(text))


@given(TEXT)
def test_any_text_is_romanised_without_arabic_letters(text: str) -> None:
    assert not any(0x0620 <= ord(c) < 0x064B for c in romanised(text) if fold_word(c) in index("names/sounds"))


@given(TEXT)
def test_a_name_alone_is_part_of_the_name(text: str) -> None:
    assert set(name_alone(text).split()) <= set(text.split())


@cases("settle_romanised")
def test_romanised(case: Case) -> None:
    assert (romanised(case["name"]) == case["latin"]) is (case["case"] == "yes")


def test_the_key_of_a_body_has_no_articles() -> None:
    words = [row["one"].split()[0] for row in rows("settle_keys")[:3]]
    article = "".join(map(chr, (0x627, 0x644)))
    assert body_key([article + word for word in words]).count(article) == 0
