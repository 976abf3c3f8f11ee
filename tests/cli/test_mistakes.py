"""A mistake of musnad's own in one article costs none of the others."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from command import texts

import musnad.many
from musnad.cli import main
from musnad.types import Article, Reading


def test_an_internal_error_is_named_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read = musnad.many.read_together

    def fails_on_b(articles: Sequence[Article], *, authority: tuple[str, ...]) -> list[Reading]:
        if any(article.id == "b" for article in articles):
            raise KeyError("\ud800 lost")
        return read(articles, authority=authority)

    monkeypatch.setattr(musnad.many, "read_together", fails_on_b)
    path = tmp_path / "three.jsonl"
    path.write_text("\n".join(json.dumps({"id": i, "text": texts()["good"]}) for i in "abc"), encoding="utf-8")
    assert main(["read", str(path), "--format", "jsonl"]) == 1
    out, err = capsys.readouterr()
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["a", "c"]
    assert "internal-error" in err and "KeyError" in err and "three.jsonl:2" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("missing", ["sqlalchemy", "alembic", "zstandard"])
def test_a_ledger_without_its_extra_names_it(missing: str, tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(texts()["good"], encoding="utf-8")
    code = f"import sys; sys.modules[{missing!r}] = None; from musnad.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "add", str(story), "--ledger", str(tmp_path / "news.db")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "missing-extra" in done.stderr and "musnad[ledger]" in done.stderr
