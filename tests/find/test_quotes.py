"""Quotations: every style of marks, and marks that quote nothing."""

from __future__ import annotations

from reading_cases import Case, cases, context_of, listed


@cases("find_quotes")
def test_quotes(case: Case) -> None:
    ctx = context_of(case["text"])
    found = [ctx.text(q.open + 1, q.close).strip() + (">" if not q.closed else "") for q in ctx.quotes]
    wanted = [w.removesuffix(">") + (">" if w.endswith(">") else "") for w in listed(case["quotes"])]
    assert found == wanted


@cases("find_quotes")
def test_quotes_nest_and_fill_the_context(case: Case) -> None:
    ctx = context_of(case["text"])
    for n, q in enumerate(ctx.quotes):
        assert 0 <= q.open < q.close <= len(ctx) and ctx.openers[q.open] == q
        assert ctx.inside[q.open] >= 0
        for other in ctx.quotes[n + 1 :]:
            apart = other.open >= q.close
            inner = other.close <= q.close and other.depth > q.depth
            assert apart or inner, "quotations cross"
