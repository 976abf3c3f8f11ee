"""Score how many independent origins sayings have, on gold pairs of statements; apart from how sayings are found.

usage: python score/independence.py [--gold FOLDER] [--errors] [--half even|odd]

A gold pair becomes a saying of the two versions that musnad's readings of the two articles have for it (at least half
of the words of the shorter content, as in ``score_sayings.py``), so that the figures are those of
``keep/independence.py`` and of the chains. ``--half`` takes every second pair of articles.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from musnad import read
from musnad.keep.independence import independence
from musnad.keep.records import Saying, Version
from musnad.keep.versions import versions_of

WORD = re.compile(r"\w+")
GOLD = Path(__file__).parents[2] / "shared" / "gold"


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def words(text: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    """The offsets of the words that the spans touch."""
    spans = list(spans)
    return {m.start() for m in WORD.finditer(text) if any(s < m.end() and m.start() < e for s, e in spans)}


def best(versions: Iterable[Version], text: str, piece: str) -> Version | None:
    """The version that covers a piece of the text best, or None."""
    start = text.index(piece)
    gold = words(text, [(start, start + len(piece))])
    found = [
        (len(w & gold) / min(len(w), len(gold)), len(w & gold), v) for v in versions if (w := words(text, v.content))
    ]
    share, _, version = max(found, key=lambda f: (f[0] >= 0.5, f[1]), default=(0.0, 0, None))
    return version if share >= 0.5 else None


def main() -> int:
    """Read, score, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--half", choices=("even", "odd"))
    given = parser.parse_args()
    articles = {a["id"]: a for a in lines(given.gold / "sayings_articles.jsonl")}
    pairs = lines(given.gold / "sayings.jsonl")
    if given.half:
        pairs = pairs[0 if given.half == "even" else 1 :: 2]
    known: dict[str, tuple[Version, ...]] = {}
    total = scored = right = over = 0
    for pair in pairs:
        for side in "ab":
            a = articles[pair[side]]
            known[a["id"]] = versions_of(
                read(a["text"], id=a["id"], outlet=a["outlet"], published=a.get("published"), title=a.get("title"))
            )
        for gold in pair["origins"]:
            total += 1
            item = pair["same"][gold["same"]]
            two = [best(known[pair[s]], articles[pair[s]]["text"], item[s]) for s in "ab"]
            versions = tuple(v for v in two if v is not None)
            if len(versions) < 2:
                continue
            got = independence(Saying(id="s", voice=None, name=None, versions=versions))
            scored += 1
            good = (got.at_least, got.at_most) == (gold["at_least"], gold["at_most"])
            right += good
            over += got.at_least > gold["at_least"]
            if given.errors and not good:
                print(pair["pair"], "gold", gold["at_least"], gold["at_most"], "got", got, "|", gold["reason"])
                for v in versions:
                    print("    ", [(s.role, s.name, s.key, s.kind, s.rule) for s in v.chain])
    print(f"origins {total}\nscored {scored}")
    print(f"interval.right {right / max(scored, 1):.3f}\ninterval.overcount {over / max(scored, 1):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
