"""What the passages on verification in the sample article are about."""

from __future__ import annotations

from pathlib import Path

from reading_cases import cut, reading

SAMPLE = (Path(__file__).parents[2] / "examples" / "dam.txt").read_text(encoding="utf-8")


def test_the_recording_was_not_checked_and_a_bare_comment_is_about_nothing() -> None:
    found = reading(SAMPLE)
    about = {
        status: [cut(found.text, v.target.span) for v in found.verifications if v.status == status and v.target]
        for status in ("unverified", "no-comment")
    }
    unverified = next(v for v in found.verifications if v.status == "unverified")
    assert unverified.target is not None and unverified.target.medium_of
    assert [bool(target) for target in about["unverified"]] == [True]
    assert len(about["no-comment"]) == 2
    assert all(v.target is None or v.target.span is None for v in found.verifications if v.status == "no-comment")
