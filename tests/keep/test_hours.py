"""Hours of publication decide what came first; days decide where an hour is not known."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import stories

from musnad.keep.moments import order, surely_before
from musnad.keep.origins import origin
from musnad.keep.records import Text
from musnad.ledger import Ledger

Place = Callable[[], str]
DAY = "2026-03-02"


def test_order() -> None:
    line = [
        ("2026-03-01", None),
        (DAY, None),  # any hour of the day: it may be the first
        (DAY, "2026-03-02T11:00:00+03:00"),
        (DAY, "2026-03-02T08:30:00+00:00"),
        (DAY, "2026-03-02T09:00:00"),
        ("2026-03-03", None),
        (None, None),
    ]
    assert sorted(line, key=lambda one: order(*one)) == line
    sure = [surely_before(a, b) for a, b in pairwise(line)]
    assert sure == [True, False, True, True, True, False]
    assert not any(surely_before(one, one) for one in line)


@pytest.mark.parametrize(
    ("second", "earliest"),
    [((DAY, "2026-03-02T10:00:00"), True), ((DAY, None), False), (("2026-03-03", None), True), ((None, None), False)],
)
def test_earliest_is_said_only_where_it_is_sure(second: tuple[str | None, str | None], earliest: bool) -> None:
    text = stories("keep_edits")[3]["text"]
    texts = [
        Text(article="a", text=text, published=DAY, moment="2026-03-02T09:00:00"),
        Text(article="b", text=text, published=second[0], moment=second[1]),
    ]
    best, reasons = origin(texts, [12, 12])
    assert ("earliest: 2026-03-02T09:00:00" in reasons) is earliest
    assert best == (1 if second == (DAY, None) else 0)


def test_the_first_appearance_is_by_hour(place: Place, tmp_path: Path) -> None:
    story = stories("keep_stories")[0]
    hours = ("2026-03-02T12:00:00+03:00", "2026-03-02T09:30:00+00:00", "2026-03-02T07:00:00+00:00", DAY)
    path = tmp_path / "a.jsonl"
    rows = [story | {"id": f"a{n}", "outlet": f"O{n}", "published": hour} for n, hour in enumerate(hours)]
    path.write_text("\n".join(json.dumps(row) for row in rows[:3]), encoding="utf-8")
    with Ledger(place(), create=True) as ledger:
        ledger.add([path], jobs=1)
        words = ledger.find("")[0]["words"]
        (saying,) = [s for s in ledger.check(words)["sayings"] if len(s["versions"]) == 3]
        assert saying["first"]["article"] == "a2"
        assert [v["published_at"] for v in saying["versions"]] == [hours[2], hours[0], hours[1]]
        assert {v["published"] for v in saying["versions"]} == {DAY}
        assert [s["article"] for s in ledger.timeline(words)] == ["a2", "a0", "a1"]
        (group,) = ledger.copies()
        assert [a["published_at"] for a in group["articles"] if a["origin"]] == [hours[2]]
        found = {s["article"]: (s["published"], s["published_at"]) for s in ledger.find(words)}
        assert found["a0"] == (DAY, hours[0])
