"""Kills ``musnad add`` at random moments, opens the ledger each time, and counts what is lost or doubled.

usage: python score/ledger_kills.py ARTICLES.jsonl [--times 200] [--size 600] [--jobs 1]

Every second kill waits until a batch is being written (the log of the database is touched), lets up to three pass, and
falls within the next 30 ms; once all articles are in, ``musnad sayings`` is killed while it groups them. After every
kill the ledger must open, pass ``Ledger.verify`` (which looks at every kept byte), and hold at least what it held
before. When all articles are in, a new ledger is begun, until there were as many kills as asked for; each finished
ledger must hold the same articles, readings, statements and copy groups as one that nobody disturbed.
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

_MUSNAD = [sys.executable, "-m", "musnad"]


def texts(path: Path) -> list[str]:
    """The ids and texts that a ledger holds, as one hash each, in order."""
    with Ledger(str(path)) as ledger:
        assert ledger.verify() == [], ledger.verify()
        return [hashlib.sha256(f"{t.article}\0{t.text}".encode()).hexdigest() for t in ledger.texts()]


def run(command: list[str], path: Path, chance: random.Random, longest: float = 12.0) -> bool:
    """Start a command and kill it, at a random moment or while it writes; whether it ended before that."""
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    log, until = path.with_name(path.name + "-wal"), time.monotonic() + chance.uniform(0.3, longest)
    touched, writes = 0, chance.random() < 0.5
    skipped = chance.randrange(4)  # batches that are let through
    while running.poll() is None and time.monotonic() < until:
        now = log.stat().st_mtime_ns if writes and log.exists() else 0
        if now > touched > 0:
            skipped -= 1
            if skipped < 0:
                time.sleep(chance.uniform(0, 0.03))
                break
        touched = max(touched, now)
        time.sleep(0.002 if writes else 0.02)
    if running.poll() is not None:
        if running.returncode not in (0, 1):
            raise SystemExit(f"{command} ended with {running.returncode}")
        return True
    os.killpg(running.pid, signal.SIGKILL) if chance.random() < 0.5 else os.kill(running.pid, signal.SIGKILL)
    running.wait()
    return False


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
            wanted_groups = sorted(a["id"] for group in ledger.copies() for a in group["articles"])
        wanted = texts(whole)
        kills = lost = doubled = finished = number = grouping = 0
        while kills < args.times:
            number += 1
            path, before = Path(home) / f"l{number}.db", 0
            add = [*_MUSNAD, "add", str(source), "--ledger", str(path), "--jobs", str(args.jobs), "-q"]
            while True:
                ended = run(add, path, chance)
                kills += not ended
                try:
                    found = texts(path)
                except LedgerMissing:
                    found = []
                lost += max(0, before - len(found)) + len(set(found) - set(wanted))
                doubled += len(found) - len(set(found))
                before = len(found)
                if ended or kills >= args.times:
                    break
            subprocess.run(add, stderr=subprocess.DEVNULL, check=False)
            for _ in range(3):
                ended = run([*_MUSNAD, "sayings", "--ledger", str(path), "-o", f"{home}/out.jsonl"], path, chance, 3.0)
                kills, grouping = kills + (not ended), grouping + (not ended)
                found = texts(path)
            finished += 1
            with Ledger(str(path)) as ledger:
                stats = ledger.stats()
                groups = sorted(a["id"] for group in ledger.copies() for a in group["articles"])
            lost += groups != wanted_groups
            lost += len(set(wanted) - set(found))
            doubled += sum(stats[k] != wanted_stats[k] for k in ("articles", "versions", "readings", "statements"))
            for part in Path(home).glob(f"l{number}.db*"):
                part.unlink()
            print(f"{time.strftime('%H:%M:%S')} kills {kills} ledgers {finished} lost {lost} doubled {doubled}")
    print(f"kills {kills}\nkills.while-grouping {grouping}\nledgers.finished {finished}")
    print(f"articles.lost {lost}\nreadings.doubled {doubled}")
    return int(bool(lost or doubled))


if __name__ == "__main__":
    sys.exit(main())
