"""Kills ``musnad add`` at random moments, opens the ledger each time, and counts what is lost or doubled.

usage: python score/ledger_kills.py ARTICLES.jsonl [--times 200] [--size 600] [--jobs 1]

After every kill the ledger must open, pass ``Ledger.verify``, and hold at least what it held before. When all articles
are in, a new ledger is begun, until there were as many kills as asked for; each finished ledger must dump the same
articles as one that nobody disturbed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from musnad.errors import LedgerMissing
from musnad.ledger import Ledger


def texts(path: Path) -> list[str]:
    """The ids and texts that a ledger holds, as one hash each, in order."""
    with Ledger(str(path)) as ledger:
        assert ledger.verify() == [], ledger.verify()
        return [hashlib.sha256(f"{t.article}\0{t.text}".encode()).hexdigest() for t in ledger.texts()]


def main() -> int:
    """Run the kills and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--size", type=int, default=600)
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    chance = random.Random(4)
    with tempfile.TemporaryDirectory() as home:
        source = Path(home) / "articles.jsonl"
        with args.articles.open(encoding="utf-8") as lines:
            source.write_text("".join(islice(lines, args.size)), encoding="utf-8")
        whole = Path(home) / "whole.db"
        with Ledger(str(whole), create=True) as ledger:
            ledger.add([source], jobs=args.jobs)
            wanted_stats = ledger.stats()
        wanted = texts(whole)
        kills = lost = doubled = finished = number = 0
        while kills < args.times:
            number += 1
            path, before = Path(home) / f"l{number}.db", 0
            while True:
                command = [sys.executable, "-m", "musnad", "add", source, "--ledger", path, "--jobs", str(args.jobs)]
                running = subprocess.Popen([*command, "-q"], stderr=subprocess.DEVNULL, start_new_session=True)
                try:
                    running.wait(chance.uniform(0.3, 6.0))
                except subprocess.TimeoutExpired:
                    os.kill(running.pid, signal.SIGKILL)
                    running.wait()
                    kills += 1
                ended = running.returncode in (0, 1)
                try:
                    found = texts(path)
                except LedgerMissing:
                    found = []
                lost += max(0, before - len(found)) + len(set(found) - set(wanted))
                doubled += len(found) - len(set(found))
                before = len(found)
                if ended or kills >= args.times:
                    break
            if not ended:
                subprocess.run([*command, "-q"], stderr=subprocess.DEVNULL, check=False)
                found = texts(path)
            finished += 1
            with Ledger(str(path)) as ledger:
                stats = ledger.stats()
            lost += len(set(wanted) - set(found))
            doubled += sum(stats[k] != wanted_stats[k] for k in ("articles", "versions", "readings", "statements"))
            for part in Path(home).glob(f"l{number}.db*"):
                part.unlink()
            print(f"{time.strftime('%H:%M:%S')} kills {kills} ledgers {finished} lost {lost} doubled {doubled}")
    print(f"kills {kills}\nledgers.finished {finished}\narticles.lost {lost}\nreadings.doubled {doubled}")
    return int(bool(lost or doubled))


if __name__ == "__main__":
    sys.exit(main())
