"""What both views show of a statement."""

from __future__ import annotations

import pytest

from musnad.show.view import at, cards, folded_spans, pieces, printable
from musnad.types import Reading


def test_chain_runs_from_the_outlet_to_the_speaker(given_readings: dict[str, Reading]) -> None:
    card = cards(given_readings["dam"])[3]
    assert [node.role for node in card.chain] == ["outlet", "relay", "publisher", "medium", "speaker"]
    assert card.chain[0].name == given_readings["dam"].outlet
    assert card.chain[3].kind == "audio"
    assert all(node.name for node in card.chain)


def test_a_statement_without_a_chain_gets_the_shortest_one(given_readings: dict[str, Reading]) -> None:
    card = cards(given_readings["dam"])[0]
    assert [node.role for node in card.chain] == ["outlet", "speaker"]


def test_a_carried_over_speaker_is_named_but_not_written(given_readings: dict[str, Reading]) -> None:
    card = cards(given_readings["dam"])[2]
    assert card.speaker == given_readings["dam"].entities[1].name
    assert card.written is None


def test_verification_is_found_from_both_sides(given_readings: dict[str, Reading]) -> None:
    found = cards(given_readings["dam"])[3].verifications
    assert [v.id for v in found] == ["v1"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\t c", "a b c"),
        ("\x1b[31mred", "\ufffd[31mred"),
        ("x\u202ey\u2066z", "xyz"),
        ("\ud800", "\ufffd"),
        ("", ""),
    ],
)
def test_printable_text_cannot_drive_a_screen(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_pieces_cut_a_span_at_the_folded_ones() -> None:
    assert list(pieces((0, 10), [(2, 4), (8, 20)])) == [
        ((0, 2), False),
        ((2, 4), True),
        ((4, 8), False),
        ((8, 10), True),
    ]
    assert list(pieces((0, 10), [])) == [((0, 10), False)]
    assert list(pieces((5, 6), [(0, 9)])) == [((5, 6), True)]


def test_only_labelled_words_are_folded(given_readings: dict[str, Reading]) -> None:
    assert folded_spans(given_readings["dam"]) == ()
    assert folded_spans(given_readings["overlap"]) == given_readings["overlap"].statements[2].content


@pytest.mark.parametrize(
    ("text", "end", "shown"),
    [
        ('a "b c" d', 6, 'a "b c"'),
        ('a "b" c" d', 7, 'a "b" c'),
        ("a «b c» d", 6, "a «b c»"),
        ("a b» c", 3, "a b"),
        ("a (b) c", 4, "a (b)"),
        ("a (b", 4, "a (b"),
    ],
)
def test_a_quotation_inside_the_words_is_closed(text: str, end: int, shown: str) -> None:
    assert at(Reading(id="x", text=text), (0, end)) == shown
