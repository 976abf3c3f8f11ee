"""What words may be in values: no finder finds more where it looks at every word than where these words tell it to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_cases import context_of
from reading_cases import rows as table

from musnad.find.grid import grid
from musnad.find.kept import Kept
from musnad.find.numbers import numerals
from musnad.find.numberwords import number_words
from musnad.find.places import places
from musnad.find.placestarts import place_word
from musnad.find.placewords import ALIF, ARTICLE, BA, FA, KAF, LAM, WAW, classes
from musnad.find.quantities import quantities
from musnad.find.times import times
from musnad.find.timewords import time_stems, time_word
from musnad.find.valuewords import LONGER, NUMBER, PART, PLACE, SIGN, kinds_of, kinds_of_form, value_tokens
from musnad.find.wordless import sign, sign_stems
from musnad.lexicon.gazetteer import gazetteer
from musnad.lexicon.loader import rows
from musnad.settle.gazetteer import settle_places

HEADS = (
    "", WAW, FA, BA, LAM, KAF, ARTICLE, WAW + BA, FA + LAM, WAW + ARTICLE, BA + ARTICLE, WAW + BA + ARTICLE, LAM + LAM,
    WAW + LAM + LAM, ALIF,
)  # fmt: skip


@pytest.mark.parametrize("head", HEADS)
def test_no_finder_knows_a_word_as_more(head: str) -> None:
    stems = {*time_stems(), *classes(), *list(gazetteer().firsts)[::20], *list(number_words())[::10]}
    forms = [head + stem for stem in (*stems, *list(sign_stems())[::10], "2016/02/22", "17", "%", ".")]
    found = 0
    for form in forms:
        said, time, place = kinds_of_form(form), time_word(form), place_word(form)
        assert bool(said & NUMBER) == (form[0].isdecimal() or form in number_words()), form
        assert said & SIGN or sign(form) is None, form
        assert said & PART or time is None, form
        if place is not None:
            assert said & PLACE or not (place.single or place.is_noun), form
            assert said & LONGER or not place.seconds, form
        found += bool(said)
    assert found > 50  # a lone alif is no clitic: few words begin so


def assert_same(text: str) -> None:
    """The finders find the same in all words of ``text`` and in those that may be parts of values."""
    ctx = context_of(text)
    (known,) = value_tokens(kinds_of(ctx.words), [(0, len(ctx))])
    counted = numerals(ctx.words)
    assert numerals(ctx.words, known.numbers) == counted
    found = times(ctx, counted)
    assert times(ctx, counted, known.parts, known.ends, known.times) == found
    named = places(ctx)
    assert places(ctx, known.places) == named
    assert settle_places(ctx, named, known.gentilics) == settle_places(ctx, named)
    taken = [(t.first, t.end) for t in found]
    assert quantities(ctx, counted, taken, known.counts) == quantities(ctx, counted, taken)


@pytest.mark.parametrize("name", ["find_times", "find_quantities", "find_places", "find_numbers"])
def test_finders_miss_nothing(name: str) -> None:
    for case in table(name):
        assert_same(case["text"])


TIMES = [form for row in rows("times/words") for form in row.all("form")]
TOLD = [case["text"] for case in table("find_times")]
WORDS = sorted({word for text in TOLD for word in text.split()})
PIECES = st.one_of(
    st.sampled_from(TIMES), st.sampled_from(WORDS), st.sampled_from(list(number_words())),
    st.integers(0, 2100).map(str), st.sampled_from([*",/-():.\u060c\n\"", "16:39", "2016/02/22", "4/22"]),
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(PIECES, min_size=1, max_size=14))
def test_finders_miss_nothing_in_any_row_of_words(pieces: list[str]) -> None:
    assert_same(" ".join(pieces))


def test_texts_side_by_side_say_the_same_of_their_words() -> None:
    texts = [context_of(text) for text in TOLD[:20]]
    view = grid(texts)
    together = value_tokens(view.kinds(), view.bounds())
    assert together == [value_tokens(kinds_of(ctx.words), [(0, len(ctx))])[0] for ctx in texts]


def test_what_is_kept_has_a_bound() -> None:
    asked: list[str] = []

    def make(form: str) -> int:
        asked.append(form)
        return len(form)

    kept = Kept(make, 3)
    assert [kept[form] for form in ("a", "bb", "a", "ccc", "bb")] == [1, 2, 1, 3, 2] and asked == ["a", "bb", "ccc"]
    assert kept["dddd"] == 4 and len(kept) == 1
