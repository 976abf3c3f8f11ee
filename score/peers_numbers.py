"""Numbers against the test suites of other projects: Recognizers-Text (Microsoft) and Duckling (Meta), in Arabic.

usage: python score/peers_numbers.py [--peers FOLDER] [--errors N] [--min]

Recognizers-Text ``NumberModel`` and ``PercentModel``: a case passes if the same words are found with the same values,
as many as expected, also where the suite itself ignores the values. Duckling ``Numeral``: each phrase alone must be
one number of the expected value. Cases whose expected value is wrong for news stand with the reason in
``peers_numbers.tsv``; they are counted apart and never as passed.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from musnad.call import find_quantities
from musnad.find.numbers import numerals
from musnad.find.ratios import Ratio, ratios
from musnad.pipeline import split
from musnad.read.words import Words, words
from musnad.types import Quantity

ROOT = Path(__file__).resolve().parent
PEERS = ROOT.parent.parent / "shared" / "data" / "peers"
DISPUTED = ROOT / "peers_numbers.tsv"
FLOORS = {"NumberModel": 0.85, "PercentModel": 0.85, "Duckling": 0.90}
_LETTERS = re.compile(r"[^\w%.,/^+-]")
_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its suite, its input, and (words, value) of every number expected in it."""

    suite: str
    text: str
    wanted: tuple[tuple[str, float], ...]


def number_cases(peers: Path) -> Iterator[Case]:
    """The cases of the three suites."""
    folder = peers / "recognizers" / "Specs" / "Number" / "Arabic"
    for suite in ("NumberModel", "PercentModel"):
        for case in json.loads((folder / f"{suite}.json").read_text(encoding="utf-8-sig")):
            wanted = [(r["Text"], float(r["Resolution"]["value"].rstrip("%"))) for r in case["Results"]]
            yield Case(suite, case["Input"], tuple(wanted))
    for line in (peers / "duckling" / "arabic.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["dimension"] == "Numeral":
            value = float(entry["expected"].split(None, 1)[1].strip("()"))
            for phrase in entry["phrases"]:
                yield Case("Duckling", phrase, ((phrase, value),))


def found(case: Case) -> list[tuple[str, float]]:
    """(words, value) of every number that musnad finds in the input of ``case``."""
    cut = words(case.text, split=split)
    if case.suite == "PercentModel":
        shares = [q for q in find_quantities(case.text) if q.unit == "%" and q.value is not None]
        return [(_without_of(case.text, q), q.value) for q in shares if q.value is not None]
    joined = ratios(cut, numerals(cut))
    out = []
    for n in joined:
        if isinstance(n, Ratio):
            out.append((_text(cut, n.first, n.end), n.value))
        elif n.kind not in ("ordinal", "vague") and n.value is not None:
            out.append((_text(cut, n.first, n.end), -n.value if n.minus else n.value))
    return out


def _without_of(text: str, share: Quantity) -> str:
    """The words of a share without what it is a share of: the suite has no such part."""
    start, end = share.span
    if share.of is not None and share.of[0] > start:
        end = text.rindex(" ", start, share.of[0] - 1)
    return text[start:end]


def _text(cut: Words, first: int, end: int) -> str:
    a, b = cut.span(first, end)
    return cut.source[a:b]


def _same(wanted: tuple[str, float], got: tuple[str, float]) -> bool:
    """Whether words and value agree; fused clitics, spaces, signs and invisible marks apart."""
    a, b = (_LETTERS.sub("", unicodedata.normalize("NFKC", text)).strip(".,-") for text, _ in (wanted, got))
    return (a.endswith(b) or b.endswith(a)) and math.isclose(wanted[1], got[1], rel_tol=1e-6, abs_tol=_CLOSE**2)


def passes(case: Case) -> bool:
    """Whether musnad finds what the case expects, no more and no less."""
    got = found(case)
    return len(got) == len(case.wanted) and all(_same(w, g) for w, g in zip(case.wanted, got, strict=True))


def disputed() -> dict[tuple[str, str], str]:
    """(suite, input) → why its expected value is wrong for news."""
    with DISPUTED.open(encoding="utf-8", newline="") as lines:
        return {
            (row["suite"], row["input"]): row["reason"]
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        }


def figures(peers: Path, errors: int = 0) -> dict[str, tuple[int, int, int]]:
    """Suite → cases passed, cases in all, cases disputed (part of all, never of passed)."""
    reasons = disputed()
    counts: dict[str, list[int]] = {}
    for case in number_cases(peers):
        count = counts.setdefault(case.suite, [0, 0, 0])
        count[1] += 1
        if (case.suite, case.text.replace("\t", " ").strip()) in reasons:
            count[2] += 1
        elif passes(case):
            count[0] += 1
        elif errors > 0:
            errors -= 1
            print(f"  {case.suite}: {case.text!r} wanted {list(case.wanted)} got {found(case)}")
    return {suite: (a, b, c) for suite, (a, b, c) in counts.items()}


def main() -> int:
    """Print a line a suite; with ``--min`` exit 1 where one falls short of its floor."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--peers", type=Path, default=PEERS)
    parser.add_argument("--errors", type=int, default=0, help="print so many cases that fail")
    parser.add_argument("--min", action="store_true", help="exit 1 where a suite falls short")
    args = parser.parse_args()
    short = False
    for suite, (good, size, apart) in figures(args.peers, args.errors).items():
        rate = good / size
        print(f"{suite} {good}/{size} {rate:.3f} (disputed {apart}, without them {good / (size - apart):.3f})")
        short = short or rate < FLOORS[suite]
    return 1 if args.min and short else 0


if __name__ == "__main__":
    sys.exit(main())
