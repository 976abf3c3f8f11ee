"""Times against the test suites of other projects: Recognizers-Text (Microsoft) and Duckling (Meta), in Arabic.

usage: python score/peers_times.py [--peers FOLDER] [--errors N] [--file NAME] [--min]

The suites are chat and calendar language, not news, so expressions are read ``loose`` (see ``find.times``), and what
musnad settles to TIMEX3 values is mapped to the form that each suite expects: dates and clock times with the
alternatives of past and future, half-open intervals, seconds. *Parser* and *Model* cases pass if the words are found
and every expected resolution is met; *Extractor* cases if each expected expression is covered by at least half and
nothing else is found. Cases whose expected value is wrong for news stand with the reason in ``peers_times.tsv``; they
are counted apart and never as passed.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from peers_moments import Moments, Reading, duckling_moments

ROOT = Path(__file__).resolve().parent
PEERS = ROOT.parent.parent / "shared" / "data" / "peers"
DISPUTED = ROOT / "peers_times.tsv"
FLOORS = {"DateParser": 70 / 102, "others": 0.50, "Duckling": 0.70}
HOURLY = ("Time", "DateTime", "TimePeriod", "DateTimePeriod", "Set", "Merged", "DateTimeModel")
_HALF = 0.5
_DUCKLING_NOW = datetime(2013, 2, 12, 4, 30)
Resolution = dict[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """One case: suite, input, moment of speaking, and of each expected expression its words and resolutions."""

    suite: str
    text: str
    now: datetime
    wanted: tuple[tuple[str, int, tuple[Resolution, ...]], ...]
    valued: bool


def recognizers_cases(peers: Path) -> Iterator[Case]:
    """All cases of the 21 files."""
    for path in sorted((peers / "recognizers" / "Specs" / "DateTime" / "Arabic").glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8-sig")):
            said = (case.get("Context") or {}).get("ReferenceDateTime", "2016-11-07T00:00:00")
            wanted = tuple((r["Text"].strip(), r["Start"], _resolutions(r)) for r in case["Results"])
            yield Case(
                path.stem, case["Input"], datetime.fromisoformat(said[:19]), wanted, "Extractor" not in path.stem
            )


def _resolutions(result: dict[str, Any]) -> tuple[Resolution, ...]:
    """The alternatives that a case expects of one expression, each as kind of value → value."""
    value = result.get("Value") or result.get("Resolution")
    if not isinstance(value, dict):
        return ()
    if "FutureResolution" in value:
        return (value["FutureResolution"], value["PastResolution"])
    found = []
    for one in value.get("values") or ():
        kind = one.get("type", "")
        if "range" in kind:
            stem = {"daterange": "Date", "timerange": "Time", "datetimerange": "DateTime"}[kind]
            both = {f"start{stem}": one.get("start"), f"end{stem}": one.get("end")}
            found.append({k: v for k, v in both.items() if v})
        else:
            found.append({{"datetime": "dateTime"}.get(kind, kind): one.get("value", "")})
    return tuple(found)


def passes(case: Case) -> bool:
    """Whether musnad finds and settles what the case expects."""
    suite = case.suite.removesuffix("Parser").removesuffix("Extractor")
    reading = Reading.of(case.text, loose="hour" if suite in HOURLY else "day")
    return all(_met(case, reading, *one) for one in case.wanted) and (case.valued or not _spare(case, reading))


def _place(text: str, words: str, start: int) -> tuple[int, int]:
    """Where the expected words stand; some suites give them with slips."""
    at = text.find(words)
    if at < 0 and words.endswith(".0"):
        words = words[:-2]
        at = text.rfind(words)
    at = at if at >= 0 else max(start, 0)
    return at, at + len(words)


def _met(case: Case, reading: Reading, words: str, start: int, wanted: tuple[Resolution, ...]) -> bool:
    a, b = _place(case.text, words, start)
    near = reading.overlapping(a, b)
    covered = sum(min(b, y) - max(a, x) for x, y in (m.span for m in near))
    if not near or covered < _HALF * (b - a):
        return False
    if not case.valued:
        return True
    return all(any(m.resolves(expected, case.now) for m in near) for expected in wanted)


def _spare(case: Case, reading: Reading) -> list[Moments]:
    """What was found beside the expected expressions."""
    places = [_place(case.text, words, start) for words, start, _ in case.wanted]
    return [m for m in reading.moments if not any(a < m.span[1] and m.span[0] < b for a, b in places)]


def duckling_cases(peers: Path) -> Iterator[tuple[str, str | None]]:
    """Phrases of the dimension Time with what Duckling expects (None: no time)."""
    for line in (peers / "duckling" / "arabic.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["dimension"] == "Time":
            for phrase in entry["phrases"]:
                yield phrase, entry["expected"]


def disputed() -> dict[tuple[str, str], str]:
    """(suite, input) → why the expected value is wrong for news."""
    if not DISPUTED.exists():
        return {}
    with DISPUTED.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["suite"], row["input"]): row["reason"] for row in rows}


def run(peers: Path, *, errors: int, only: str) -> dict[str, float]:
    """Print one line a suite; the shares of the three figures of the issue."""
    aside, counts, apart = disputed(), defaultdict(Counter), Counter[str]()
    shown: Counter[str] = Counter()
    groups: dict[str, Counter[bool]] = defaultdict(Counter)
    for case in recognizers_cases(peers):
        good = passes(case)
        wrong = (case.suite, case.text) in aside
        apart[case.suite] += wrong and not good
        good = good and not wrong
        counts[case.suite][good] += 1
        groups["DateParser" if case.suite == "DateParser" else "others"][good] += 1
        if not good and not wrong and case.suite.startswith(only or case.suite) and shown[case.suite] < errors:
            shown[case.suite] += 1
            got = [(case.text[slice(*m.span)], m.told(case.now)) for m in Reading.of(case.text, loose="day").moments]
            print(f"  {case.suite}: {case.text} | wanted {[(w, r) for w, _, r in case.wanted]} | got {got}")
    for phrase, expected in duckling_cases(peers):
        good = duckling_moments(phrase, expected, _DUCKLING_NOW)
        wrong = ("Duckling", phrase) in aside
        apart["Duckling"] += wrong and not good
        good = good and not wrong
        counts["Duckling"][good] += 1
        groups["Duckling"][good] += 1
        if not good and not wrong and "Duckling".startswith(only or "Duckling") and shown["Duckling"] < errors:
            shown["Duckling"] += 1
            got = [(phrase[slice(*m.span)], m.told(_DUCKLING_NOW)) for m in Reading.of(phrase, loose="hour").moments]
            print(f"  Duckling: {phrase} | wanted {expected} | got {got}")
    for suite, found in counts.items():
        print(f"{suite:24} {found[True]:4} of {found.total():4}   wrong for news: {apart[suite]}")
    shares = {name: found[True] / found.total() for name, found in groups.items()}
    for name, share in shares.items():
        print(f"{name:24} {share:.1%} (floor {FLOORS[name]:.0%})")
    return shares


def main() -> int:
    """Run the suites; 1 where ``--min`` is asked and a floor is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path, default=PEERS)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--file", default="")
    parser.add_argument("--min", action="store_true")
    args = parser.parse_args()
    shares = run(args.peers, errors=args.errors, only=args.file)
    short = [name for name, share in shares.items() if share < FLOORS[name]]
    if args.min and short:
        print(f"falls short: {', '.join(short)}")
    return 1 if args.min and short else 0


if __name__ == "__main__":
    sys.exit(main())
