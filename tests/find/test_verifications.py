"""Passages about verification, by status; and passages that only look like them."""

from __future__ import annotations

from reading_cases import Case, cases, cut, listed, reading


@cases("find_verifications")
def test_verifications(case: Case) -> None:
    found = [(v.status, cut(case["text"], v.span)) for v in reading(case["text"]).verifications]
    wanted = [item.split("=") for item in listed(case["verifications"])]
    assert [status for status, _ in found] == [status for status, _ in wanted], found
    assert all(words in span for (_, span), (_, words) in zip(found, wanted, strict=True)), found
