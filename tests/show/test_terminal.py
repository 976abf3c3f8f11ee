"""The terminal view: what it says, in which order, and what it keeps back."""

from __future__ import annotations

import unicodedata

import pytest

from musnad.show.bidi import Line, Segment, choose_order, draw, shown, width, wrap, wrap_segments
from musnad.show.labels import LANGS, label
from musnad.show.text import Look, render
from musnad.types import ACTS, FORMS, STATUSES, Reading

BET, MARK = "\u0628", "\u064e"  # an Arabic letter and a short vowel


def quoted(reading: Reading, number: int) -> str:
    start, end = reading.statements[number].content[0]
    return reading.text[start:end]


def test_every_statement_is_shown_with_its_speaker(given_readings: dict[str, Reading]) -> None:
    reading = given_readings["dam"]
    text = " ".join(render(reading, look=Look(columns=400)).split())
    for number, statement in enumerate(reading.statements):
        assert " ".join(quoted(reading, number).split()) in text
        entity = reading.entity(statement.speaker.entity if statement.speaker else None)
        assert entity and entity.name in text
    assert "⚠ unverified" in text and "anonymous source" in text and "outlet doubts" in text


def test_only_verbatim_speech_gets_quotation_marks(given_readings: dict[str, Reading]) -> None:
    reading = given_readings["dam"]
    text = render(reading, look=Look(columns=400))
    assert f"«{quoted(reading, 4)}»" in text
    assert f"«{quoted(reading, 0)}" not in text


def test_folded_words_are_shown_only_on_demand(given_readings: dict[str, Reading]) -> None:
    reading = given_readings["overlap"]
    secret = quoted(reading, 2)
    assert secret not in render(reading)
    assert "8 words folded" in render(reading)
    assert secret in render(reading, look=Look(unfold=True))


def test_folded_words_stay_folded_inside_a_longer_statement(given_readings: dict[str, Reading]) -> None:
    reading = given_readings["overlap"]
    start, end = reading.statements[2].content[0]
    outer = type(reading.statements[0])(
        id="s4", form="direct", cue=reading.statements[0].cue, content=((start - 3, end + 3),), speaker=None
    )
    longer = Reading(id="x", text=reading.text, statements=(*reading.statements, outer))
    assert quoted(reading, 2) not in render(longer)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("order", ["logical", "visual"])
def test_no_line_is_wider_than_the_screen(given_readings: dict[str, Reading], lang: str, order: str) -> None:
    look = Look(lang=lang, order=order, columns=60)  # type: ignore[arg-type]
    for reading in given_readings.values():
        assert all(width(line) <= 60 for line in render(reading, look=look).splitlines())


def test_a_reading_without_statements_says_so(given_readings: dict[str, Reading]) -> None:
    assert label("view.no-statements", "en") in render(given_readings["empty"])


def test_visual_order_is_the_order_of_cells() -> None:
    first, second = "\u0627\u0628", "\u062a"
    line = Line((Segment(first), Segment(" "), Segment(second)), rtl=True, indent=2)
    drawn = draw(line, order="visual", columns=20, colour=False)
    letters = [unicodedata.normalize("NFKC", c) for c in drawn if not c.isspace()]
    assert letters == ["\u062a", "\u0628", "\u0627"]
    assert len(drawn) == 18  # flush right, less the indent


def test_visual_order_keeps_marks_on_their_letters() -> None:
    out = shown(BET + MARK + BET, rtl=True)
    plain = unicodedata.normalize("NFKC", out)
    assert plain.index(MARK) == len(plain) - 1  # the first letter stands last, its mark right behind it


def test_logical_order_keeps_arabic_neighbours_apart() -> None:
    line = Line((Segment(BET), Segment(" ← "), Segment(BET)))
    assert draw(line, order="logical", columns=40, colour=False) == f"\u200e{BET}\u200e ← {BET}"


def test_quotation_marks_go_with_their_words_on_a_left_to_right_line() -> None:
    line = Line((Segment(f'{BET} "{BET}"'),))
    assert draw(line, order="logical", columns=40, colour=False).endswith('"\u200f\u200e')
    # In cells: the closing mark stands left of all letters.
    assert draw(line, order="visual", columns=40, colour=False).startswith('"')


@pytest.mark.parametrize(
    ("option", "tty", "env", "order"),
    [
        ("auto", False, {}, "logical"),
        ("auto", True, {"TERM": "xterm-256color"}, "visual"),
        ("auto", True, {"VTE_VERSION": "6003"}, "logical"),
        ("auto", True, {"VTE_VERSION": "5202"}, "visual"),
        ("auto", True, {"VTE_VERSION": "odd"}, "visual"),
        ("auto", True, {"KONSOLE_VERSION": "220401"}, "logical"),
        ("auto", True, {"TERM_PROGRAM": "Apple_Terminal"}, "logical"),
        ("terminal", True, {}, "logical"),
        ("visual", False, {"VTE_VERSION": "6003"}, "visual"),
    ],
)
def test_the_order_is_guessed_from_the_terminal(option: str, tty: bool, env: dict[str, str], order: str) -> None:
    assert choose_order(option, tty=tty, env=env) == order


def test_wrapping_loses_no_word() -> None:
    text = "one two " + "x" * 25 + " three"
    rows = list(wrap(text, 10))
    assert all(width(row) <= 10 for row in rows)
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")
    segments = [Segment("one two"), Segment(" · "), Segment("three four five six")]
    rows_of_segments = list(wrap_segments(segments, 12))
    assert all(sum(width(s.text) for s in row) <= 12 for row in rows_of_segments)
    joined = "".join(s.text for row in rows_of_segments for s in row)
    assert joined.replace(" ", "") == "onetwo·threefourfivesix"


def test_colour_only_where_wanted(given_readings: dict[str, Reading]) -> None:
    assert "\x1b" not in render(given_readings["dam"])
    assert "\x1b[" in render(given_readings["dam"], look=Look(colour=True))


@pytest.mark.parametrize("lang", LANGS)
def test_every_value_of_the_contract_has_a_label(lang: str) -> None:
    keys = [f"act.{a}" for a in ACTS] + [f"form.{f}" for f in FORMS] + [f"status.{s}" for s in STATUSES]
    for key in keys:
        words = label(key, lang)  # type: ignore[arg-type]
        assert words != key.partition(".")[2] or lang == "en", key
    assert label("act.unheard-of", lang) == "unheard-of"  # type: ignore[arg-type]
