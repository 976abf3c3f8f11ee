"""Find copies and compare them with the reference groups and hard negatives.

usage: python score/copies.py [--data DIR] [--full]

Reads ``copies.jsonl`` (groups of articles that are one text) and ``near_pairs_low_similarity.jsonl`` (pairs that
share text but are no copies) and prints precision, recall and F1 over pairs, and the share of the hard negatives that
were put into one group. The halves of even and odd group numbers are shown apart; both were in view when the rules
were chosen, so neither is unseen. The weaker of the two counts.
A pair counts as found if a group has both articles. Articles outside the reference are not judged.

By default only the articles of the two files are entered. ``--full`` enters all collections (about 77,000 articles),
prints the time, and how it grows from 10,000 of them: taken evenly (which have far fewer copies each), and in stretches
as they come (which have nearly as many).
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from musnad.keep.copies import copies
from musnad.keep.records import CopyGroup, Text
from musnad.read.moments import publication_moment

SMALL = 10_000
FLOOR, AIM = 0.90, 0.96
FALSE_FLOOR, FALSE_AIM = 0.02, 0.005


def main() -> int:
    """Print the figures; 1 if one is below its floor, 2 if there is nothing to measure on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the collections")
    parser.add_argument("--full", action="store_true", help="enter all articles of the collections")
    options = parser.parse_args()
    if not (options.data / "copies.jsonl").exists():
        print(f"nothing to measure on in {options.data}", file=sys.stderr)
        return 2
    reference = _reference(options.data)
    negatives = {frozenset((pair["a"], pair["b"])) for pair in _lines(options.data / "near_pairs_low_similarity.jsonl")}
    wanted = None if options.full else {a for p in negatives for a in p} | {a for g in reference.values() for a in g}
    texts = [text for text in _texts(options.data) if wanted is None or text.article in wanted]
    seconds, groups = _timed(texts)
    print(f"{len(texts):,} articles, {len(groups):,} groups, {seconds:.1f} s")
    if options.full:
        step = max(1, len(texts) // SMALL)
        _growth("taken evenly", seconds, len(texts), [texts[k::step][:SMALL] for k in range(3)])
        stretches = [texts[k : k + SMALL] for k in range(0, len(texts) - SMALL + 1, SMALL)]
        _growth("in stretches", seconds, len(texts), stretches)
    return _judge(reference, negatives, groups)


def _judge(reference: dict[str, list[str]], negatives: set[frozenset[str]], groups: Iterable[CopyGroup]) -> int:
    group_of = {article: name for name, articles in reference.items() for article in articles}
    found = {frozenset(p) for g in groups for p in combinations(sorted({m.article for m in g.members}), 2)}
    worst = 1.0
    for name, parity in (("even", 0), ("odd", 1)):
        mine = {g: a for g, a in reference.items() if int(g.lstrip("g")) % 2 == parity}
        true = {frozenset(p) for articles in mine.values() for p in combinations(sorted(articles), 2)}
        claimed = {p for p in found if p <= group_of.keys() and any(group_of[a] in mine for a in p)}
        right = len(true & claimed)
        precision, recall = right / max(1, len(claimed)), right / len(true)
        f1 = 2 * right / (len(true) + len(claimed))
        worst = min(worst, f1)
        print(f"{name}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f} (floor {FLOOR}, aim {AIM})")
    false = len(negatives & found) / len(negatives)
    print(f"false merges among {len(negatives):,} hard negatives: {false:.2%}", end=" ")
    print(f"(floor {FALSE_FLOOR:.1%}, aim {FALSE_AIM:.1%})")
    return int(worst < FLOOR or false > FALSE_FLOOR)


def _growth(name: str, seconds: float, size: int, parts: list[list[Text]]) -> None:
    """Print how ``seconds`` for ``size`` articles compare with what parts of them take, on average."""
    found = [_timed(part) for part in parts]
    small = sum(time for time, _ in found) / sum(len(part) for part in parts)
    groups = sum(len(made) for _, made in found) / sum(len(part) for part in parts)
    growth = seconds / size / small
    print(f"{SMALL:,} articles {name}: {small * SMALL:.1f} s, {groups * SMALL:.0f} groups; {growth:.2f} x linear (1.3)")


def _timed(texts: list[Text]) -> tuple[float, tuple[CopyGroup, ...]]:
    start = time.process_time()
    groups = copies(texts)
    return time.process_time() - start, groups


def _reference(data: Path) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for record in _lines(data / "copies.jsonl"):
        groups.setdefault(record["group"], []).append(record["id"])
    return groups


def _texts(data: Path) -> Iterator[Text]:
    for path in sorted((data / "full").glob("*.jsonl.gz")):
        for record in _lines(path):
            yield Text(
                article=record["id"],
                text=record["text"],
                outlet=record["outlet"],
                published=record["published"],
                moment=publication_moment(record["published"] or ""),
                title=record["title"],
            )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


if __name__ == "__main__":
    sys.exit(main())
