"""Tokens found by the classes of characters: the same as a pattern finds one by one, with exact source offsets."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from musnad.read.fold import fold
from musnad.read.tokens import tokens
from musnad.read.words import words

TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,:/]\d+)*|\n\s*|\.{2,}|''|[^\w\s]")
# Letters, digits of two scripts, separators, dots, quotes, spaces, letters that folding drops, changes and multiplies.
SIGNS = "ab1\u0662\u00b2\u2167.,:/'\"_- \t\n\r\u00a0\u2028\u0628\u0629\u0623\u0640\u064b\u200f\ufefb\ufdfa\ud800"
TEXTS = st.text(st.one_of(st.sampled_from(SIGNS), st.characters()), max_size=40)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("")
@example("1.2.3..4:5,\n \n''' 12/. .5")
@example("\u0628\u064b\n\u200f\n \u064b\ufefb\u0628\u0629\u064b\u0628")
def test_tokens_are_those_of_the_pattern(text: str) -> None:
    layer = fold(text)
    found = list(TOKEN.finditer(layer.text))
    cut = words(text)
    assert tokens(text).text == layer.text
    assert cut.forms == tuple("/n" if m[0][0] == "\n" else m[0] for m in found)
    assert list(zip(cut.starts, cut.ends, strict=True)) == [layer.back(*m.span()) for m in found]


def test_a_ta_marbuta_inside_a_word_is_seen_under_vowel_signs() -> None:
    seen: list[str] = []

    def split(words: object, /, *, source: str = "") -> dict[str, tuple[int, ...]]:
        seen.append(source)
        return {"\u0628\u062d\u0631\u0647\u0628\u062d\u0631": (4,)} if source else {}

    text = "\u0628\u062d\u0631\u0629\u064b\u0628\u062d\u0631"
    assert words(text, split=split).ends == (5, 8)
    assert seen == ["", text.replace("\u064b", "")]
