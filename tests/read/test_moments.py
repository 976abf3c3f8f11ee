"""The hour of publication is taken where it is given, and nowhere else."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from musnad.read.markup import extract
from musnad.read.moments import publication_moment
from musnad.read.source import articles
from musnad.types import Article

CASES = Path(__file__).parents[1] / "cases" / "read_moments.tsv"
with CASES.open(encoding="utf-8") as table:
    ROWS = list(csv.DictReader(table, delimiter="\t"))
with (CASES.parent / "keep_edits.jsonl").open(encoding="utf-8") as stories:
    TEXT = str(json.loads(stories.readlines()[5])["text"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["about"])
def test_moments(row: dict[str, str]) -> None:
    assert publication_moment(row["given"]) == (row["moment"] or None)


def test_an_article_keeps_day_and_hour(tmp_path: Path) -> None:
    given = ("2026-03-02T08:05:00+03:00", "2026-03-02", None, 5)
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps({"text": TEXT, "published": p}) for p in given), encoding="utf-8")
    found = [(a.published, a.moment) for a in articles([str(path)]) if isinstance(a, Article)]
    assert found == [("2026-03-02", given[0]), ("2026-03-02", None), (None, None), (None, None)]


def test_a_page_keeps_the_hour_that_it_declares() -> None:
    page = "<html><head>{}</head><body><article>" + f"<p>{TEXT}</p>" * 4 + "</article></body></html>"
    meta = '<meta property="article:published_time" content="2026-03-02T08:05:00+03:00">'
    for head, wanted in ((meta, "2026-03-02T08:05:00+03:00"), (meta.replace("T08:05:00+03:00", ""), None)):
        article = extract(page.replace("{}", head))
        assert (article.published, article.moment) == ("2026-03-02", wanted)
