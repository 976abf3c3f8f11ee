"""Reading over several processes."""

from __future__ import annotations

import json
import os
from pathlib import Path
from threading import Thread

import pytest

from musnad.adding import packed_all
from musnad.keep.pack import Packed
from musnad.types import Article

_LARGE = 60_000  # bytes: a chunk of such articles is more than a pipe holds


def articles(count: int) -> list[Article]:
    lines = (Path(__file__).parent / "cases" / "pipeline_articles.jsonl").read_text(encoding="utf-8").splitlines()
    text = json.loads(lines[0])["text"]
    return [Article(text=f"{text} {n}", id=f"a{n}", raw=os.urandom(_LARGE)) for n in range(count)]


def test_large_articles_block_nobody() -> None:
    """What goes to a worker and what comes back may both be more than a pipe holds."""
    pytest.importorskip("zstandard")
    given, found = articles(96), []
    reader = Thread(target=lambda: found.extend(packed_all(given, jobs=2)), daemon=True)
    reader.start()
    reader.join(60)
    assert not reader.is_alive(), "two processes wait for each other"
    assert [item.article.id for item in found if isinstance(item, Packed)] == [a.id for a in given]


def test_workers_end_with_what_is_asked_of_them() -> None:
    made = packed_all(articles(96), jobs=2)
    first = next(made)
    made.close()  # type: ignore[attr-defined]
    assert isinstance(first, Packed)
