"""One look-up for all finders of values: it tells what each finder would find by itself."""

from __future__ import annotations

import pytest

from musnad.find.kept import Kept
from musnad.find.numberwords import number_words
from musnad.find.placestarts import place_word
from musnad.find.placewords import ALIF, ARTICLE, BA, FA, KAF, LAM, WAW, classes
from musnad.find.timewords import time_stems, time_word
from musnad.find.valuewords import value_words
from musnad.find.wordless import sign, sign_stems
from musnad.lexicon.gazetteer import gazetteer

HEADS = (
    "", WAW, FA, BA, LAM, KAF, ARTICLE, WAW + BA, FA + LAM, WAW + ARTICLE, BA + ARTICLE, WAW + BA + ARTICLE, LAM + LAM,
    WAW + LAM + LAM, ALIF,
)  # fmt: skip


@pytest.mark.parametrize("head", HEADS)
def test_one_look_up_tells_what_every_finder_finds(head: str) -> None:
    stems = {*time_stems(), *classes(), *list(gazetteer().firsts)[::20], *list(number_words())[::10]}
    forms = [head + stem for stem in (*stems, *list(sign_stems())[::10], "2016/02/22", "17", "%", ".")]
    known = value_words()
    found = 0
    for form in forms:
        number = form[0].isdecimal() or form in number_words()
        alone = (number, sign(form) is not None, time_word(form), place_word(form))
        said = known[form]
        assert (tuple(said) if said is not None else (False, False, None, None)) == alone, form
        found += said is not None
    assert found > 50  # a lone alif is no clitic: few words begin so


def test_what_is_kept_has_a_bound() -> None:
    asked: list[str] = []

    def make(form: str) -> int:
        asked.append(form)
        return len(form)

    kept = Kept(make, 3)
    assert [kept[form] for form in ("a", "bb", "a", "ccc", "bb")] == [1, 2, 1, 3, 2] and asked == ["a", "bb", "ccc"]
    assert kept["dddd"] == 4 and len(kept) == 1
