"""Write ``lexicon/data/places/usage.txt.gz``: how news uses the names of the gazetteer.

    python tools/count_places.py --sources DIR [--check] COLLECTION...

A COLLECTION is a file of JSON lines with a ``text``, plain or gzip (those of ``words/sources``); every second article
is read (half a minute for 76,840). For each name are written: how often it stands, how often right after *in* or with
the preposition *b-* written to it, how often right after a class noun that is no part of names (*town of*). Only counts
leave the collections, and none of a name that stands less than four times. DIR: see ``tools/build_gazetteer.py``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from build_gazetteer import USAGE, all_names, find_sources

from musnad.find.placewords import ALIF, BA, FA, LAM, PREPOSITIONS, WAW
from musnad.lexicon.loader import rows
from musnad.read.fold import fold, fold_word

LEAST = 4
FIRST, LAST = chr(0x0621), chr(0x064A)
RUN = re.compile(f"[{FIRST}-{LAST}]+|[^\\s{FIRST}-{LAST}]")
IN = FA + chr(0x064A)


def texts(paths: list[Path]) -> Iterator[str]:
    """The folded text of every second article."""
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number % 2 == 0:
                    yield fold(json.loads(line)["text"]).text


def count(names: set[str], found: Iterator[str]) -> dict[str, tuple[int, int, int]]:
    """Name → uses, uses after *in*, uses after an open class noun that is no part of names."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in names:
        lengths[name.split()[0]].add(name.count(" ") + 1)
    open_ = [r for r in rows("places/classes") if r["part"] == "no" and r["open"] not in ("no", "sure")]
    nouns = {fold_word(n) for r in open_ for n in r.all("noun") + r.all("plural")}

    @cache
    def readings(word: str) -> tuple[tuple[str, str], ...]:
        out = [("", word)] if word in lengths else []
        for conjunction in ("", WAW, FA):
            rest = word[len(conjunction) :]
            if not word.startswith(conjunction) or len(rest) < 3:
                continue
            if conjunction and rest in lengths:
                out.append((conjunction, rest))
            if len(rest) > 3 and rest[0] in PREPOSITIONS:
                out += [(rest[0], stem) for stem in (rest[1:],) if stem in lengths]
                out += [(LAM, stem) for stem in (ALIF + rest[1:],) if rest[:2] == LAM * 2 and stem in lengths]
        return tuple(out)

    uses: tuple[Counter[str], ...] = (Counter(), Counter(), Counter())
    for text in found:
        words = RUN.findall(text)
        at = 0
        while at < len(words):
            at += _one(words, at, readings(words[at]), lengths, names, nouns, uses)
    return {name: (n, uses[1][name], uses[2][name]) for name, n in uses[0].items() if n >= LEAST}


def _one(
    words: list[str],
    at: int,
    readings: tuple[tuple[str, str], ...],
    lengths: dict[str, set[int]],
    names: set[str],
    nouns: set[str],
    uses: tuple[Counter[str], ...],
) -> int:
    """Count the name at ``at``; returns how many words it takes, 1 where there is none."""
    for clitic, word in readings:
        for length in sorted(lengths[word], reverse=True):
            name = " ".join([word, *words[at + 1 : at + length]])
            if at + length <= len(words) and name in names:
                uses[0][name] += 1
                before = words[at - 1] if at else ""
                if clitic == BA or (not clitic and before == IN):
                    uses[1][name] += 1
                elif not clitic and (before in nouns or (before[:1] in (WAW, BA, LAM) and before[1:] in nouns)):
                    uses[2][name] += 1
                return length
    return 1


def main() -> int:
    """Write the table, or compare it; returns the exit status."""
    parser = argparse.ArgumentParser(description="Count how news uses names of places.")
    parser.add_argument("collections", type=Path, nargs="+")
    parser.add_argument("--sources", type=Path, help="folder with the unpacked packages")
    parser.add_argument("--check", action="store_true", help="compare with the committed file and write nothing")
    given = parser.parse_args()
    sources = find_sources(given.sources)
    if sources is None:
        print("the sources of the gazetteer were not found: give --sources", file=sys.stderr)
        return 2
    found = count(all_names(sources), texts(sorted(given.collections)))
    text = "".join(f"{name}\t{a}\t{b}\t{c}\n" for name, (a, b, c) in sorted(found.items()))
    if given.check:
        same = gzip.decompress(USAGE.read_bytes()).decode() == text
        print(f"{USAGE}: {'equals a recount' if same else 'differs from a recount: run tools/count_places.py'}")
        return 0 if same else 1
    USAGE.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{USAGE}: {len(found)} names")
    return 0


if __name__ == "__main__":
    sys.exit(main())
