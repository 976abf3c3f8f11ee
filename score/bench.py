"""Speed, memory, start and size of musnad, side by side with other tools on the same texts.

usage: python score/bench.py [--data FILE] [--articles N] [--peers N]

The peers do other work than musnad; the ratios say what reading an article costs in terms of well-known steps:
``dateparser.search_dates``, lemmatisation with ``simplemma``, extraction with ``trafilatura`` of the same
texts wrapped in HTML. All run in one process, on one core, after a warm-up.
"""

from __future__ import annotations

import argparse
import gc
import html
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from musnad.many import bundles, read_all, read_bundle
from musnad.pipeline import analyse_all, read_article
from musnad.settings import GARBAGE
from musnad.types import Article
from musnad.values import Valued, values_of

ROOT = Path(__file__).parents[1]
WANTED_RATE, WANTED_MEMORY, WANTED_IMPORT, WANTED_SIZE = 150, 400, 0.1, 130
_PARTS = 400  # articles on which statements and values are told apart
SLOW_ENOUGH = 20.0  # seconds after which a peer has been measured well enough


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/articles.jsonl"), help="JSONL with texts")
    parser.add_argument("--articles", type=int, default=0, help="articles for the rate of musnad (all)")
    parser.add_argument("--peers", type=int, default=60, help="articles for the rates of the peers")
    parser.add_argument("--no-size", action="store_true", help="do not install the package to weigh it")
    parser.add_argument("--memory-of", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--one-by-one", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.memory_of:
        return memory_of(args.memory_of)
    if not args.one_by_one:  # first of all: a process counts the peak of the one that started it as its own
        subprocess.run([sys.executable, __file__, "--memory-of", str(args.data)], check=True)
    texts = [json.loads(line)["text"] for line in args.data.read_text(encoding="utf-8").splitlines() if line.strip()]
    # Every n-th text, so that all outlets are among them.
    many = args.articles or len(texts)
    sample = texts[:: max(1, len(texts) // many)][:many]
    gc.set_threshold(GARBAGE)  # as the command does
    if args.one_by_one:  # in a process of its own, to which all words are new
        print(rate(_musnad, sample))
        return 0
    mean = sum(map(len, texts)) / len(texts)
    print(f"{len(texts)} articles, {mean:.0f} characters on average; {os.cpu_count()} cores, one used")
    few = sample[:: max(1, len(sample) // args.peers)][: args.peers]
    own = rate_of_many(sample)
    print(f"{'tool':<34}{'articles/s':>11}{'musnad is':>14}")
    print(f"{'musnad.read_many':<34}{own:>11.1f}{'':>14}{_verdict(own >= WANTED_RATE, f'at least {WANTED_RATE}')}")
    command = [sys.executable, __file__, "--data", str(args.data), "--articles", str(args.articles), "--one-by-one"]
    single = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(f"{'musnad.read, one by one':<34}{single:>11.1f}{own / single:>11.2f} x")
    found, valued = parts(sample[:: max(1, len(sample) // _PARTS)])
    ratio, alone = valued / found, 1 / found
    enough = _verdict(alone >= WANTED_RATE, f"at least {WANTED_RATE}")
    print(f"{'its statements alone':<34}{alone:>11.1f}{'':>14}{enough}")
    print(f"{'its times, quantities, places':<34}{1 / valued:>11.1f}{ratio:>11.2f} x the time of statements"
          f"{_verdict(ratio <= 1, 'at most 1')}")  # fmt: skip
    for name, make in PEERS.items():
        try:
            work = make()
        except ImportError as error:
            print(f"{name:<34}{'-':>11}   not installed: {error.name}")
            continue
        peer = rate(work, few)
        print(f"{name:<34}{peer:>11.1f}{own / peer:>11.2f} x")
    spent = start()
    print(f"import musnad: {spent * 1000:.0f} ms{_verdict(spent < WANTED_IMPORT, 'under 100 ms')}", flush=True)
    if not args.no_size:
        weigh()
    return 0


def _verdict(good: bool, wanted: str) -> str:
    return f"  {'ok' if good else 'FALLS SHORT'} ({wanted})"


def _musnad(text: str) -> object:
    return read_article(Article(text=text))


def _dateparser() -> Callable[[str], object]:
    from dateparser.search import search_dates

    return lambda text: search_dates(text, languages=["ar"])


def _simplemma() -> Callable[[str], object]:
    import simplemma

    return lambda text: simplemma.text_lemmatizer(text, lang="ar")


def _trafilatura() -> Callable[[str], object]:
    import trafilatura

    def work(text: str) -> object:
        body = "".join(f"<p>{html.escape(p)}</p>" for p in text.split("\n"))
        page = f"<html lang='ar'><head><title>x</title></head><body><article>{body}</article></body></html>"
        return trafilatura.extract(page)

    return work


PEERS: dict[str, Callable[[], Callable[[str], object]]] = {
    "dateparser.search_dates": _dateparser,
    "simplemma.text_lemmatizer": _simplemma,
    "trafilatura.extract": _trafilatura,
}


def rate(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """Articles per second, after a warm-up on five of them; stops early where that takes long."""
    for text in texts[:5]:
        work(text)
    gc.collect()
    done, begun = 0, time.perf_counter()
    for text in texts:
        work(text)
        done += 1
        if time.perf_counter() - begun > SLOW_ENOUGH:
            break
    return done / (time.perf_counter() - begun)


def rate_of_many(texts: Sequence[str]) -> float:
    """Articles per second that ``musnad read`` and ``musnad add`` read in one process, after a warm-up on five."""
    for text in texts[:5]:
        _musnad(text)
    gc.collect()
    begun = time.perf_counter()
    done = sum(1 for _ in read_all(Article(text=text) for text in texts))
    return done / (time.perf_counter() - begun)


def parts(texts: Sequence[str]) -> tuple[float, float]:
    """Seconds of processor time an article for its statements (the whole reading less its values) and for its values.

    Values are timed once more on texts that were just read; what new words cost them counts as statements.
    """
    for text in texts[:5]:
        (state,) = analyse_all([text])
        values_of([Valued(state.ctx, state.valued, None)])
    gc.collect()
    found = valued = 0.0
    for bundle in bundles(Article(text=text) for text in texts):
        begun = time.process_time()
        read_bundle(bundle)
        found += time.process_time() - begun
        states = analyse_all([article.text for article in bundle if isinstance(article, Article)])
        begun = time.process_time()
        values_of([Valued(state.ctx, state.valued, None) for state in states])
        valued += time.process_time() - begun
    return (found - valued) / len(texts), valued / len(texts)


def start() -> float:
    """Seconds that ``import musnad`` adds to starting Python: the best of seven."""

    def run(code: str) -> float:
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return time.perf_counter() - begun

    return min(run("import musnad") for _ in range(7)) - min(run("pass") for _ in range(7))


def memory_of(data: Path) -> int:
    """Read all of ``data`` as the command does, and print the peak of resident memory at quarters of the way."""
    from musnad.read.source import articles

    peaks, lines = [], sum(1 for _ in data.open("rb"))
    for n, _ in enumerate(read_all(articles([str(data)])), 1):
        if n % max(1, lines // 4) == 0:
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    way = " → ".join(f"{p:.0f}" for p in peaks)
    print(
        f"peak memory over {lines} articles: {way} MB{_verdict(peaks[-1] < WANTED_MEMORY, f'under {WANTED_MEMORY} MB')}"
    )
    return 0


def weigh() -> None:
    """Install the core package into an empty environment, and weigh and time it."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        before, begun = size(Path(folder)), time.perf_counter()
        command: list[Any] = [Path(folder) / "bin/python", "-m", "pip", "install", "--quiet", ROOT]
        subprocess.run([*command, "--disable-pip-version-check"], check=True)
        grown, spent = size(Path(folder)) - before, time.perf_counter() - begun
        verdict = _verdict(grown < WANTED_SIZE, f"under {WANTED_SIZE} MB")
        print(f"core install: {grown:.1f} MB unpacked in {spent:.0f} s{verdict}")


def size(folder: Path) -> float:
    """Megabytes of the files in ``folder``."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink()) / 1e6


if __name__ == "__main__":
    raise SystemExit(main())
