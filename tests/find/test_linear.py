"""The first stages take time in proportion to the text, and exact offsets survive it, however hostile the text."""

from __future__ import annotations

import time

import pytest

from musnad.find.context import context
from musnad.find.cues import sites
from musnad.read.words import words

WORD = chr(0x643) + chr(0x62A) + chr(0x628)
VOWEL = chr(0x64E)
HOSTILE = {
    "straight marks": '"',
    "open marks": "\u00ab",
    "open marks in paragraphs": "\u00ab" * 300 + "\n",
    "nested": f"\u00ab{WORD} ",
    "mixed marks": f"\u00ab\"'\u201c{WORD}\u00bb",
    "one sentence": WORD + " ",
    "one word": WORD,
    "vowels": WORD[0] + VOWEL,
    "line breaks": "\n",
    "stops": f"{WORD[0]}.{WORD[1]}. ",
    "underscores": WORD[0] + "_",
    "ligatures": chr(0xFDF2),
}
SIZE = 60_000


def seconds(text: str) -> float:
    began = time.process_time()
    sites(context(words(text)))
    return time.process_time() - began


@pytest.mark.parametrize("name", HOSTILE)
def test_four_times_the_text_takes_about_four_times_as_long(name: str) -> None:
    unit = HOSTILE[name]
    seconds(unit)
    small = min(seconds(unit * (SIZE // len(unit))) for _ in range(2))
    large = seconds(unit * (4 * SIZE // len(unit)))
    assert large < 9 * small + 0.1, f"{small:.2f} s, then {large:.2f} s for four times the text"


@pytest.mark.parametrize("name", HOSTILE)
def test_offsets_hold(name: str) -> None:
    text = HOSTILE[name] * (600 // len(HOSTILE[name])) + WORD
    found = words(text)
    assert list(found.starts) == sorted(found.starts)
    assert all(0 <= a < b <= len(text) for a, b in zip(found.starts, found.ends, strict=True))
    ctx = context(found)
    assert len(ctx.inside) == len(ctx.units) == len(found)
    for i, number in enumerate(ctx.inside):
        around = [n for n, q in enumerate(ctx.quotes) if q.open <= i <= q.close]
        assert number == (around[-1] if around else -1)
