"""Group the statements of the annotated pairs of articles into sayings and score them.

usage: python score/sayings.py [--gold DIR] [--pairs develop|held] [--errors N] [--out FILE]

Reads ``sayings_articles.jsonl`` of the gold folder with musnad, groups the statements (``keep.sayings``), writes them
in the form of ``musnad sayings --format jsonl`` and lets ``score_sayings.py`` judge them. Errors were read on the pairs
of ``DEVELOP`` alone; thresholds were chosen with the figures of all pairs in view, so ``held`` is no blind test.
Independence is counted without copy groups here.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from musnad.keep.independence import independence
from musnad.keep.records import Saying
from musnad.keep.sayings import sayings
from musnad.keep.versions import versions_of
from musnad.pipeline import read_article
from musnad.types import Article, Reading

OUT = Path(__file__).parent / "out"
DEVELOP = ("p00", "p02", "p04", "p08", "p12", "p16", "p30", "p32", "p34", "p36")


def readings(path: Path) -> list[Reading]:
    """The articles of a JSON Lines file, read."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        known = {key: article.get(key) for key in ("id", "text", "title", "outlet", "published", "url")}
        found.append(read_article(Article(**known)))
    return found


def plain(saying: Saying) -> dict[str, Any]:
    """``saying`` in the form of ``musnad sayings --format jsonl``."""
    counted = independence(saying)
    return {
        "id": saying.id,
        "voice": {"id": saying.voice, "name": saying.name},
        "versions": [
            {"statement": v.statement, "article": v.article, "form": v.form, "words": v.words, "content": v.content}
            for v in saying.versions
        ],
        "differences": [{"from": d.before, "to": d.after, "classes": d.classes} for d in saying.differences],
        "independent": {"at_least": counted.at_least, "at_most": counted.at_most},
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, group, score; the exit code of the scorer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--pairs", choices=("develop", "held"))
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    articles = readings(options.gold / "sayings_articles.jsonl")
    versions = [v for reading in articles for v in versions_of(reading)]
    began = time.perf_counter()
    found = sayings(versions)
    print(f"{len(versions)} statements, {len(found)} sayings, {time.perf_counter() - began:.2f} s")
    out = options.out / "sayings.jsonl"
    out.write_text("".join(json.dumps(plain(s), ensure_ascii=False) + "\n" for s in found), encoding="utf-8")
    gold = options.gold / "sayings.jsonl"
    if options.pairs:
        lines = gold.read_text(encoding="utf-8").splitlines()
        kept = [x for x in lines if (json.loads(x)["pair"] in DEVELOP) is (options.pairs == "develop")]
        gold = options.out / f"sayings_{options.pairs}.jsonl"
        gold.write_text("\n".join(kept) + "\n", encoding="utf-8")
    judge = [sys.executable, str(options.gold / "score_sayings.py"), str(gold)]
    judge += [str(options.gold / "sayings_articles.jsonl"), str(out), "--errors", str(options.errors)]
    return subprocess.run(judge, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
