"""When something was said, and times inside direct speech read against that day."""

from __future__ import annotations

from reading_cases import Case, cases, cut, rows

import musnad


@cases("settle_said")
def test_cases(case: Case) -> None:
    reading = musnad.read(case["text"], published=case["published"])
    assert reading.statements
    by_id = {t.id: t for t in reading.times}
    found = {by_id[s.time] for s in reading.statements if s.time is not None}
    assert [f"{cut(reading.text, t.span)} = {t.value}" for t in found] == (
        [] if case["said"] == "-" else [case["said"]]
    )


def test_speech_is_read_against_the_day_it_was_spoken() -> None:
    quoted = next(r["text"] for r in rows("said_quotes"))
    reading = musnad.read(quoted, published="2021-05-20")
    assert [t.value for t in reading.times] == ["2021-05-17", "2021-05-18"]
    plain = next(r["text"] for r in rows("said_quotes") if r["case"] == "no")
    assert [t.value for t in musnad.read(plain, published="2021-05-20").times] == ["2021-05-17", "2021-05-21"]
