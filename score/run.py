"""Read the annotated articles and compare the figures with the floors.

usage: python score/run.py [--gold DIR] [--errors N] [--pin] [--readme]

Runs musnad over dev, train and seed of the gold folder, lets its score.py judge the readings, and prints the
table of the issue: what was reached on ``dev``, the pinned figure, the floor and the aim. ``score/floors.json``
pins figures together with a fingerprint of the gold they were reached on: a fall of more than 0.005 below a
pinned figure is a failure, and so is a pin that was made on another gold. Rules and models are made on
``train``: its figures are printed for comparison and prove nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from musnad.pipeline import read_article
from musnad.show.formats import dumps
from musnad.types import Article

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
OUT = HERE / "out"
SETS = ("dev", "train", "seed")
PINNED = ("dev", "seed")
SLACK = 0.005
README, MAKEFILE = HERE.parent / "README.md", HERE.parent / "Makefile"
SHOWN = 6  # statements of the sample in the README

# The figures of the issues: name → (floor, aim).
TABLE: dict[str, tuple[float, float]] = {
    "attributed.f1": (0.80, 0.90),
    "overlap.f1": (0.87, 0.94),
    "exact.f1": (0.70, 0.82),
    "overlap.direct.f1": (0.90, 0.96),
    "overlap.indirect.f1": (0.82, 0.91),
    "overlap.mixed.f1": (0.88, 0.94),
    "speaker.acc": (0.88, 0.95),
    "relay.f1": (0.75, 0.90),
    "addressee.f1": (0.70, 0.85),
    "medium.f1": (0.70, 0.85),
    "verification.f1": (0.75, 0.90),
    "act.acc": (0.82, 0.92),
    "form.acc": (0.92, 0.97),
    "anonymous.acc": (0.92, 0.97),
    "alias.acc": (0.60, 0.85),
    "time.f1": (0.80, 0.92),
    "time.span.f1": (0.88, 0.95),
    "quantity.f1": (0.80, 0.92),
    "place.f1": (0.82, 0.92),
}


def main() -> int:
    """Score, print, compare; 0 if nothing fell, 1 if something did, 2 if there is nothing to compare with."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"), help="folder of score.py and the articles")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print up to N misses of each kind on dev")
    parser.add_argument("--pin", action="store_true", help="write the figures reached to score/floors.json")
    parser.add_argument("--readme", action="store_true", help="rewrite the scores and the example in README.md")
    args = parser.parse_args()
    if not (args.gold / "score.py").is_file():
        print(
            f"score: no score.py in {args.gold}: name the folder of the annotated articles with --gold", file=sys.stderr
        )
        return 2
    OUT.mkdir(exist_ok=True)
    figures = {name: score(args.gold, name, args.errors if name == "dev" else 0) for name in SETS}
    prints = {name: fingerprint(args.gold / f"{name}.jsonl") for name in PINNED}
    if args.pin:
        pin(figures, prints)
    if args.readme:
        refresh(figures["dev"])
    problems = falls(figures, prints)
    print(shown(figures))
    for problem in problems:
        print(f"score: {problem}", file=sys.stderr)
    return 1 if problems else 0


def score(gold: Path, name: str, errors: int) -> dict[str, float]:
    """The figures of score.py on the set ``name``; prints its misses."""
    source, target = gold / f"{name}.jsonl", OUT / f"{name}.jsonl"
    begun = time.perf_counter()
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
    with target.open("w", encoding="utf-8") as out:
        for row in rows:
            given = {k: row.get(k) for k in ("title", "outlet", "published", "url")}
            reading = read_article(Article(id=row["id"], text=row["text"], **given))
            out.write(dumps(reading.to_dict()) + "\n")
    print(f"{name}: {len(rows)} articles read in {time.perf_counter() - begun:.1f} s", file=sys.stderr)
    command = [sys.executable, str(gold / "score.py"), str(source), str(target), "--errors", str(errors)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if run.returncode:
        raise SystemExit(f"score: score.py failed on {name}: {run.stderr.strip() or run.stdout.strip()}")
    figures = {}
    for line in run.stdout.splitlines():
        if line.startswith(" "):
            print(line)
            continue
        key, _, value = line.rpartition(" ")
        figures[key] = float(value)
    return figures


def fingerprint(path: Path) -> str:
    """SHA-256 of a gold file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def pin(figures: dict[str, dict[str, float]], prints: dict[str, str]) -> None:
    """Write the figures of the table to ``floors.json``; what was once reached on the same gold is never lowered."""
    kept = {name: {k: figures[name][k] for k in TABLE if k in figures[name]} for name in PINNED}
    before: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    for name in PINNED:
        if before.get("gold", {}).get(name) == prints[name]:
            for key, value in before["figures"].get(name, {}).items():
                kept[name][key] = max(value, kept[name].get(key, 0.0))
    FLOORS.write_text(json.dumps({"gold": prints, "figures": kept}, indent=2) + "\n", encoding="utf-8")


def falls(figures: dict[str, dict[str, float]], prints: dict[str, str]) -> list[str]:
    """What is wrong against ``floors.json``: a changed gold, a figure that fell, nothing pinned."""
    if not FLOORS.is_file():
        return ["nothing is pinned yet: run make pin"]
    pinned: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))
    problems = []
    for name in PINNED:
        if pinned["gold"].get(name) != prints[name]:
            problems.append(f"{name}.jsonl is not the gold that score/floors.json was pinned on: look, then make pin")
            continue
        for key, floor in pinned["figures"][name].items():
            reached = figures[name].get(key, 0.0)
            if reached < floor - SLACK:
                problems.append(f"{name} {key} fell from {floor:.3f} to {reached:.3f}")
    return problems


def shown(figures: dict[str, dict[str, float]]) -> str:
    """The table for the terminal."""
    pinned = json.loads(FLOORS.read_text(encoding="utf-8"))["figures"]["dev"] if FLOORS.is_file() else {}
    rows = [f"{'figure':<22}{'dev':>7}{'pinned':>8}{'floor':>7}{'aim':>6}   {'train':>6}{'seed':>7}"]
    for key, (floor, aim) in TABLE.items():
        reached = figures["dev"].get(key)
        sign = " " if reached is None else "★" if reached >= aim else "✓" if reached >= floor else "✗"
        dev, train, seed = (_cell(figures[name].get(key)) for name in SETS)
        goal = f"{_cell(pinned.get(key)):>8}{floor:>7.2f}{aim:>6.2f} {sign}"
        rows.append(f"{key:<22}{dev:>7}{goal} {train:>6}{seed:>7}")
    rows.append("★ aim reached   ✓ floor reached   ✗ below the floor")
    return "\n".join(rows)


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def refresh(figures: dict[str, float]) -> None:
    """Put the scores of the day and the sample as it is read today into README.md."""
    rows = ["| figure | musnad | floor | aim |", "|---|---|---|---|"]
    for key, (floor, aim) in TABLE.items():
        rows.append(f"| `{key}` | {_cell(figures.get(key))} | {floor:.2f} | {aim:.2f} |")
    text = README.read_text(encoding="utf-8")
    text = replaced(text, "scores", "\n".join(rows))
    README.write_text(replaced(text, "example", f"```\n{example()}\n```"), encoding="utf-8")


def replaced(text: str, name: str, inner: str) -> str:
    """``text`` with ``inner`` between the marks ``<!-- name -->`` and ``<!-- /name -->``."""
    before, found, rest = text.partition(f"<!-- {name} -->\n")
    _, ended, after = rest.partition(f"<!-- /{name} -->")
    if not found or not ended:
        raise SystemExit(f"score: {README} has no place for the {name} (<!-- {name} --> ... <!-- /{name} -->)")
    return f"{before}<!-- {name} -->\n{inner}\n<!-- /{name} -->{after}"


def example() -> str:
    """What ``make read`` prints for the sample: its head, its first statements and its verifications."""
    from musnad.show.text import render

    found = re.search(
        r'^SAMPLE := (\S+) --outlet "(.+)" --published (\S+)$', MAKEFILE.read_text(encoding="utf-8"), re.M
    )
    if found is None:
        raise SystemExit("score: the Makefile names no SAMPLE")
    path, outlet, published = found.groups()
    text = (MAKEFILE.parent / path).read_text(encoding="utf-8")
    blocks = render(read_article(Article(text=text, outlet=outlet, published=published))).rstrip().split("\n\n")
    statements = [n for n, block in enumerate(blocks) if n and block.lstrip("\u200e \u200f")[:1].isdecimal()]
    kept = blocks[: statements[:SHOWN][-1] + 1] if statements else blocks[:1]
    rest = blocks[statements[-1] + 1 :] if statements else []
    call = f'$ musnad read {path} --outlet "{outlet}" --published {published}'
    return "\n\n".join([f"{call}\n{kept[0]}", *kept[1:], " [...]", *rest])


if __name__ == "__main__":
    raise SystemExit(main())
