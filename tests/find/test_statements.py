"""Statements of whole sentences: form, cue, content and speaker; and sentences in which nobody is reported."""

from __future__ import annotations

from reading_cases import Case, cases, cut, listed, reading, trimmed


def written(text: str) -> list[tuple[str, ...]]:
    """The statements of a text as a case writes them."""
    found = []
    for s in reading(text).statements:
        content = " + ".join(trimmed(cut(text, span)) for span in s.content)
        found.append((s.form, cut(text, s.cue), content, cut(text, s.speaker.span if s.speaker else None)))
    return found


@cases("find_statements")
def test_statements(case: Case) -> None:
    assert written(case["text"]) == [tuple(item.split(" / ")) for item in listed(case["statements"])]
