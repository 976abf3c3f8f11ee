"""Build the tables of word and letter counts from collections of Arabic news.

    python tools/build_words.py build   COLLECTION...   write the tables (needs wordfreq; 80 s for 76,840 articles)
    python tools/build_words.py check   COLLECTION...   exit 1 where a rebuild differs from what is committed

A COLLECTION is a file of JSON lines with a ``text``, plain or gzip. Written are, under ``lexicon/data``:

``words/types.txt.gz``  folded word types by count, rounded down to a power of two
``words/pairs.txt.gz``  folded neighbours that stand side by side often
``read/letters.tsv``    letters with their share and how often they end a word
``words/sources.tsv``   fingerprints of the collections and of these tables, so that a test sees a change by hand

Only counts leave the collections: no sentence, and no pair that fewer than eight places share. Types that are
themselves joined words (twenty times rarer than their pair, and ten times by wordfreq) are left out, so that they
are split. wordfreq (pip install wordfreq) only checks: none of its figures is written.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

# The tool runs from a checkout that need not be installed.
from musnad.lexicon.loader import rows  # noqa: E402
from musnad.read.fold import fold_word  # noqa: E402
from musnad.read.joins import SHORTEST  # noqa: E402

DATA = ROOT / "src" / "musnad" / "lexicon" / "data"
MIN_TYPE = 6  # occurrences of a type that is kept
MAX_TYPE_CHARS = 24
MIN_PAIR = 8  # occurrences of a pair that is kept
MIN_PAIR_WORD = 100  # occurrences of each word of such a pair
JOIN_RATIO = 20  # so many times rarer than its pair, a type is a joined word
MAX_JOIN = 2000  # a type more common than this is a word
FIRST, LAST = chr(0x0621), chr(0x064A)
RUN = re.compile(f"[{FIRST}-{LAST}]+|[^\\s{FIRST}-{LAST}]")
RAW = re.compile(f"[{FIRST}-{chr(0x063A)}{chr(0x0641)}-{LAST}]+")


@dataclass(slots=True)
class Counts:
    """What is counted over the collections.

    Attributes:
        types: folded words.
        pairs: folded words side by side, with nothing but a space between them.
        letters: letters as spelt.
        finals: letters at the end of a word, as spelt.
    """

    types: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    letters: Counter[str] = field(default_factory=Counter)
    finals: Counter[str] = field(default_factory=Counter)


def texts(paths: list[Path]) -> Iterator[str]:
    """The texts of all collections, in order."""
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]


def count(paths: list[Path]) -> Counts:
    """Count words and letters, then pairs of words that are kept."""
    found = Counts()
    for text in texts(paths):
        found.types.update(w for w in RUN.findall(fold_word(text)) if FIRST <= w[0] <= LAST)
        for word in RAW.findall(text):
            found.letters.update(word)
            found.finals[word[-1]] += 1
    common = {word for word, times in found.types.items() if times >= MIN_PAIR_WORD}
    for text in texts(paths):
        words = RUN.findall(fold_word(text))
        found.pairs.update((a, b) for a, b in pairwise(words) if a in common and b in common)
    return found


def kept_pairs(counts: Counts) -> dict[tuple[str, str], int]:
    """The pairs that are written, with their counts."""
    short = {fold_word(row["form"]) for row in rows("read/joins") if row["class"] == "second-by-pair"}
    return {
        (a, b): times
        for (a, b), times in counts.pairs.items()
        if times >= MIN_PAIR and len(a) >= 2 and (len(b) >= 3 or b in short) and len(a) + len(b) >= SHORTEST
    }


def joined_types(counts: Counts, pairs: dict[tuple[str, str], int]) -> set[str]:
    """The types that are joined words themselves; prints them for review."""
    from wordfreq import zipf_frequency

    by_join: dict[str, tuple[int, str, str]] = {}
    for (a, b), times in pairs.items():
        by_join[a + b] = max(by_join.get(a + b, (0, "", "")), (times, a, b))
    found = {}
    for word, times in counts.types.items():
        pair = by_join.get(word)
        if pair and MIN_TYPE <= times < MAX_JOIN and len(word) >= SHORTEST and pair[0] >= JOIN_RATIO * times:
            found[word] = pair
    rare = {w for w, (_, a, b) in found.items() if zipf_frequency(w, "ar") <= zipf_frequency(f"{a} {b}", "ar") - 1}
    print(f"{len(found)} types are joins by count; wordfreq agrees on {len(rare)}:", *sorted(rare), file=sys.stderr)
    return rare


def tables(counts: Counts) -> dict[Path, bytes]:
    """The content of every table, by path."""
    pairs = kept_pairs(counts)
    joined = joined_types(counts, pairs)
    by_count: dict[int, list[str]] = defaultdict(list)
    for word, times in counts.types.items():
        if times >= MIN_TYPE and len(word) <= MAX_TYPE_CHARS and word not in joined:
            by_count[1 << (times.bit_length() - 1)].append(word)
    by_left: dict[str, list[str]] = defaultdict(list)
    for a, b in pairs:
        by_left[a].append(b)
    types_lines = [f"{times}\t{' '.join(sorted(words))}" for times, words in sorted(by_count.items())]
    pair_lines = [f"{left}\t{' '.join(sorted(rights))}" for left, rights in sorted(by_left.items())]
    return {
        DATA / "words" / "types.txt.gz": packed(types_lines),
        DATA / "words" / "pairs.txt.gz": packed(pair_lines),
        DATA / "read" / "letters.tsv": letters(counts).encode("utf-8"),
    }


def packed(lines: list[str]) -> bytes:
    """Lines as gzip without time or name, so that a rebuild is the same to the byte."""
    return gzip.compress("\n".join(lines).encode("utf-8"), 9, mtime=0)


def letters(counts: Counts) -> str:
    """The table of letters."""
    total = sum(counts.letters.values())
    lines = [
        "# generated by tools/build_words.py",
        "letter\tper_million\tfinal\tsource\tregion\texample",
    ]
    for letter, times in sorted(counts.letters.items(), key=lambda item: (-item[1], item[0])):
        share = f"{counts.finals[letter] / times:.3f}"
        source = "counted over 76,840 news articles"
        lines.append(f"{letter}\t{round(times * 1e6 / total)}\t{share}\t{source}\tall\t{letter}")
    return "\n".join(lines) + "\n"


def sources(paths: list[Path], made: dict[Path, bytes]) -> bytes:
    """The table of fingerprints (sha256) of what was counted and of what came of it."""
    lines = ["# generated by tools/build_words.py", "file\tsha256\tsource\tregion\texample"]
    lines += [f"{path.name}\t{digest(path.read_bytes())}\tcollection\tall\t{path.name}" for path in paths]
    lines += [f"{path.name}\t{digest(content)}\ttable\tall\t{path.name}" for path, content in made.items()]
    return ("\n".join(lines) + "\n").encode("utf-8")


def digest(content: bytes) -> str:
    """sha256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def main(arguments: list[str] | None = None) -> int:
    """Build or check; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=["build", "check"])
    parser.add_argument("collections", nargs="+", type=Path, metavar="COLLECTION")
    asked = parser.parse_args(arguments)
    paths = sorted(asked.collections)
    made = tables(count(paths))
    made[DATA / "words" / "sources.tsv"] = sources(paths, made)
    differing = [path for path, content in made.items() if not path.exists() or path.read_bytes() != content]
    if asked.verb == "check":
        for path in differing:
            print(f"differs from a rebuild: {path}", file=sys.stderr)
        return 1 if differing else 0
    for path in differing:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made[path])
    for path, content in made.items():
        print(f"{path.name}\t{len(content)} bytes", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
