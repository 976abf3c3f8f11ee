"""Second names that a text gives, and brackets and marks that give none."""

from __future__ import annotations

from reading_cases import Case, cases, context_of, listed

from musnad.find.aliases import aliases


@cases("find_aliases")
def test_aliases(case: Case) -> None:
    ctx = context_of(case["text"])
    assert [f"{ctx.text(*a)} = {ctx.text(*b)}" for a, b in aliases(ctx)] == listed(case["pairs"])
