"""How fast a large ledger answers: ``find`` and ``check`` on a ledger grown to a million statements.

usage: python score/ledger_speed.py LEDGER.db [--statements 1000000] [--questions 100]

The ledger (a file made by ``musnad add``) is copied; its articles are repeated under new ids, each with statements of
words drawn from those of the ledger, as often as they occur there. Questions are neighbouring words of real statements.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import Counter
from itertools import accumulate
from pathlib import Path

from musnad.keep.fulltext import stems
from musnad.keep.search import Wanted
from musnad.ledger import Ledger


def grow(path: Path, wanted: int, words: list[list[str]], chance: random.Random) -> int:
    """Repeat the articles of the ledger at ``path`` until it has ``wanted`` statements; gives their number."""
    counts = Counter(word for own in words for word in own)
    names, weights = list(counts), list(accumulate(counts.values()))
    sizes = [len(own) for own in words]
    with sqlite3.connect(path, isolation_level=None) as c:
        c.execute("PRAGMA synchronous = OFF")
        step = {
            t: c.execute(f"SELECT max(id) FROM {t}").fetchone()[0]
            for t in ("article", "edition", "reading", "statement")
        }
        each = c.execute("SELECT count(*) FROM statement").fetchone()[0]
        last = step["statement"]
        for k in range(1, wanted // each + 1):
            c.execute("BEGIN")
            c.execute("INSERT INTO article SELECT id + ?, key || '~' || ?, NULL FROM article WHERE id <= ?",
                      (k * step["article"], k, step["article"]))  # fmt: skip
            c.execute("INSERT INTO edition (id, article, number, text, raw, title, outlet, published, moment, url,"
                      " source, added) SELECT id + ?, article + ?, number, text, raw, title, outlet, published,"
                      " moment, url, source, added FROM edition WHERE id <= ?",
                      (k * step["edition"], k * step["article"], step["edition"]))  # fmt: skip
            c.execute("INSERT INTO reading SELECT id + ?, edition + ?, reader, made, body, versions, current"
                      " FROM reading WHERE id <= ?",
                      (k * step["reading"], k * step["edition"], step["reading"]))  # fmt: skip
            c.execute("INSERT INTO statement SELECT id + ?, reading + ?, number, voice, relay, form, act, status,"
                      " anonymous, confidence, said, rejected FROM statement WHERE id <= ?",
                      (k * last, k * step["reading"], last))  # fmt: skip
            made = (" ".join(chance.choices(names, cum_weights=weights, k=size)) for size in sizes)
            c.executemany("INSERT INTO fulltext (rowid, stems) VALUES (?, ?)",
                          ((k * last + n + 1, told) for n, told in enumerate(made)))  # fmt: skip
            c.execute("COMMIT")
        total: int = c.execute("SELECT count(*) FROM statement").fetchone()[0]
    return total


def told(name: str, seconds: list[float]) -> None:
    """Print the median and the 99th percentile in milliseconds."""
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    print(f"{name}.median_ms {cuts[49] * 1e3:.1f}\n{name}.p99_ms {cuts[98] * 1e3:.1f}")


def main() -> int:
    """Grow a ledger and ask it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--questions", type=int, default=100)
    args = parser.parse_args()
    chance = random.Random(4)
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "grown.db"
        shutil.copy(args.ledger, path)
        with Ledger(str(path)) as ledger:
            versions = list(ledger.versions())
            words = [stems(v.tokens) for v in versions]
        begun = time.monotonic()
        print(f"statements {grow(path, args.statements, words, chance)}")
        print(f"grown in {time.monotonic() - begun:.0f} s; file {path.stat().st_size / 1e6:.0f} MB")
        asked = [v for v in chance.sample(versions, len(versions)) if len(v.tokens) >= 8][: args.questions]
        pairs = [" ".join(v.tokens[i : i + 2]) for v in asked for i in [chance.randrange(len(v.tokens) - 1)]]
        with Ledger(str(path)) as ledger:
            ledger.find(pairs[0]), ledger.check(asked[0].words)  # what is loaded once
            for name, ask in (
                ("find", lambda v, p: ledger.find(p, Wanted(limit=20))),
                ("find.one-word", lambda v, p: ledger.find(p.split()[0], Wanted(limit=20))),
                ("find.act", lambda v, p: ledger.find(p, Wanted(limit=20, act="deny"))),
                ("check", lambda v, p: ledger.check(v.words)),
            ):
                seconds = []
                for version, pair in zip(asked, pairs, strict=True):
                    begun = time.perf_counter()
                    ask(version, pair)
                    seconds.append(time.perf_counter() - begun)
                told(name, seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
