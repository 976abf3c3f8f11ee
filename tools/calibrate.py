"""Fit the model of confidence on held-out outlets, and write what it is worth into ``docs/confidence.md``.

    python tools/calibrate.py [--folds N] [--limit N] [--keep FILE]    cross-validate, fit, write
    python tools/calibrate.py --refit FILE                             fit on kept observations, write
    python tools/calibrate.py --gain                                   also: with and without own annotations

The outlets of the training articles are dealt into folds. For each fold all models are trained on the other
outlets and read its articles: every statement read is then right or wrong as ``../shared/gold/score.py`` judges
(content overlaps by half or more, speaker right), and a logistic regression ties that to
``settle.confidence.evidence``.
The tables judge each fold by a regression fitted on the other folds. Writes ``src/musnad/model/calibration.py``.
Needs numpy and scipy (tools only).
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
from corpus import SHARED, Gold, Sample, annotations, gold
from train import train

from musnad.errors import InputError
from musnad.pipeline import analyse, read_article
from musnad.settle.confidence import evidence
from musnad.types import Article, Entity

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "src" / "musnad" / "model" / "calibration.py"
DOC = ROOT / "docs" / "confidence.md"
L2 = 2.0
BINS = 10
GAINS = ("attributed", "overlap", "exact", "speaker", "form", "act", "relay", "addressee", "medium", "verification")
Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Seen:
    """One statement read in a held-out article: its evidence, and whether it was right."""

    right: bool
    form: str
    carried: bool
    fold: str
    evidence: dict[str, float]


@lru_cache(maxsize=1)
def judge() -> Any:
    """The module ``score.py`` of the gold."""
    sys.path.insert(0, str(SHARED / "gold"))
    return importlib.import_module("score")


def deal(samples: Sequence[Sample], folds: int) -> dict[str, int]:
    """Outlet → fold, so that the folds hold about as many statements each; the same for the same samples."""
    sizes: Counter[str] = Counter()
    for s in samples:
        sizes[s.outlet] += len(s.statements) + 1
    loads = [0] * folds
    fold_of = {}
    for outlet, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        fold_of[outlet] = loads.index(min(loads))
        loads[fold_of[outlet]] += size
    return fold_of


def names_of(sample: Sample, g: Gold) -> list[str]:
    """What the speaker of ``g`` is called: the full name where it stands, else the mentions."""
    if g.who is None:
        return []
    spans = list(sample.names[g.who][:1]) if g.who < len(sample.names) else []
    spans += [g.speaker] if g.speaker else []
    if not spans:
        spans = [o.speaker for o in sample.statements if o.who == g.who and o.speaker]
    return [sample.text[a:b] for a, b in spans]


def as_gold(sample: Sample) -> dict[str, Any]:
    """A sample in the form that ``score.py`` compares with."""

    def cut(span: tuple[int, int]) -> str:
        return sample.text[span[0] : span[1]]

    statements = []
    for g in sample.statements:
        names = names_of(sample, g)
        row = {"form": g.form, "cue_span": g.cue, "content_spans": g.content, "act": g.act, "anonymous": g.anonymous}
        row |= {"speaker_name": names[0] if names else None, "speaker": cut(g.speaker) if g.speaker else None}
        row |= {"speaker_span": g.speaker, "addressee_span": g.addressee, "medium_span": g.medium}
        statements.append({**row, "relays": [cut(r) for r in g.relays]})
    found = [{"span": span, "status": status, "text": cut(span)} for span, status in sample.verifications]
    return {"id": sample.id, "text": sample.text, "statements": statements, "verifications": found}


def right_speaker(g: Mapping[str, Any], text: str, span: tuple[int, int] | None, who: Entity | None) -> bool:
    """Whether the speaker is right, as in ``score.py``."""
    if span and g["speaker_span"] and judge().overlaps(span, g["speaker_span"]):
        return True
    names = [text[slice(*span)]] if span else []
    if who is not None:
        names += [who.name, *who.aliases, *(text[a:b] for a, b in who.mentions)]
    wanted = [n for n in (g["speaker_name"], g["speaker"]) if n]
    if not wanted:
        return not names
    return any(judge().same_name(n, w) for n in names for w in wanted)


def observe(sample: Sample, weights: Weights, fold: str) -> Iterator[Seen]:
    """What was read in a held-out article, each statement with its evidence and whether it is right."""
    state = analyse(sample.text, weights=weights)
    ctx, text = state.ctx, sample.text
    golds = as_gold(sample)["statements"]
    wanted = [judge().covered(text, g["content_spans"]) for g in golds]
    given = [judge().covered(text, [ctx.span(*r) for r in s.frame.spans]) for s in state.slots]
    pairs = sorted(
        ((len(a & b) / len(a | b), i, j) for i, a in enumerate(wanted) for j, b in enumerate(given) if a & b),
        reverse=True,
    )
    match: dict[int, int] = {}
    for jaccard, i, j in pairs:
        if jaccard >= 0.5 and j not in match and i not in match.values():
            match[j] = i
    for n, s in enumerate(state.slots):
        who = state.resolved.speakers[n]
        entity = state.resolved.entities[who] if who is not None else None
        span = ctx.span(*s.speaker) if s.speaker else None
        right = n in match and right_speaker(golds[match[n]], text, span, entity)
        yield Seen(right, s.form, s.speaker is None, fold, evidence(ctx, state.slots, state.resolved, n))


def tally(samples: Iterable[Sample], weights: Weights, into: Any) -> None:
    """Add the figures of ``score.py`` on ``samples`` to the tally ``into``."""
    for sample in samples:
        article = Article(id=sample.id, text=sample.text, outlet=sample.outlet or None)
        judge().score(as_gold(sample), read_article(article, weights=weights).to_dict(), into)


def cross_validate(folds: int, limit: int, gain: bool) -> tuple[list[Seen], dict[str, dict[str, float]]]:
    """Train and read fold by fold.

    Args:
        folds: number of folds.
        limit: use about that many articles only; 0 for all.
        gain: also train without the project's own annotations.

    Returns:
        Everything seen in held-out articles; and the figures of score.py on the gold articles held out, with the
        models trained on ``all`` and, with ``gain``, on ``gold`` alone.
    """
    sets = {"gold": list(gold("train")), "own": list(annotations())}
    if limit:
        step = max(1, sum(map(len, sets.values())) // limit)
        sets = {name: found[::step] for name, found in sets.items()}
    fold_of = deal([*sets["gold"], *sets["own"]], folds)
    tallies = {"all": judge().Tally(), **({"gold": judge().Tally()} if gain else {})}
    seen: list[Seen] = []
    for k in range(folds):
        begun = time.perf_counter()
        test = {name: [s for s in found if fold_of[s.outlet] == k] for name, found in sets.items()}
        rest = {name: [s for s in found if fold_of[s.outlet] != k] for name, found in sets.items()}
        weights = train([*rest["gold"], *rest["own"]], log=False)
        for name, samples in test.items():
            for sample in samples:
                try:
                    seen += observe(sample, weights, f"{name}-{k}")
                except InputError as error:
                    print(f"{sample.id}: {error}", file=sys.stderr)
        tally(test["gold"], weights, tallies["all"])
        if gain:
            tally(test["gold"], train(rest["gold"], log=False), tallies["gold"])
        sizes = ", ".join(f"{len(samples)} {name}" for name, samples in test.items())
        print(f"fold {k + 1} of {folds}: {sizes} articles, {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    return seen, {name: t.figures() for name, t in tallies.items()}


def fit(seen: Sequence[Seen], *, l2: float = L2, steps: int = 30) -> dict[str, float]:
    """Logistic regression by Newton's method with an L2 penalty on all weights but the bias.

    Inputs seen in fewer than 20 statements are left out.
    """
    counts = Counter(name for s in seen for name in s.evidence)
    names = sorted(name for name, n in counts.items() if n >= 20)
    at = {name: k for k, name in enumerate(names)}
    x = np.zeros((len(seen), len(names)))
    for row, s in enumerate(seen):
        for name, value in s.evidence.items():
            if name in at:
                x[row, at[name]] = value
    y = np.array([s.right for s in seen], dtype=float)
    penalty = np.full(len(names), l2)
    penalty[at["bias"]] = 1e-6
    w = np.zeros(len(names))
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - y) + penalty * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return {name: round(float(v), 4) for name, v in zip(names, w, strict=True)}


def predicted(weights: Mapping[str, float], seen: Iterable[Seen]) -> list[float]:
    """The confidence of each statement."""
    odds = (sum(weights.get(name, 0.0) * v for name, v in s.evidence.items()) for s in seen)
    return [float(1 / (1 + np.exp(-z))) for z in odds]


def judged(seen: Sequence[Seen]) -> list[tuple[float, Seen]]:
    """Each statement with the confidence that a regression on the other folds gives it."""
    folds = sorted({s.fold.rpartition("-")[2] for s in seen})
    out = []
    for k in folds:
        mine = [s for s in seen if s.fold.rpartition("-")[2] == k]
        weights = fit([s for s in seen if s.fold.rpartition("-")[2] != k])
        out += list(zip(predicted(weights, mine), mine, strict=True))
    return out


def figures(rows: Sequence[tuple[float, Seen]]) -> tuple[int, float, float, float, float, float]:
    """Number, share right, mean confidence, Brier score, expected calibration error, and area under the ROC curve."""
    p = np.array([r[0] for r in rows])
    y = np.array([r[1].right for r in rows], dtype=float)
    error = sum(abs(y[m].mean() - p[m].mean()) * m.mean() for m in _masks(p) if m.any())
    order = np.argsort(p)
    ranks = np.empty(len(p))
    ranks[order] = np.arange(1, len(p) + 1)
    n1, n0 = y.sum(), len(y) - y.sum()
    area = (ranks[y == 1].sum() - n1 * (n1 + 1) / 2) / (n1 * n0) if n1 and n0 else float("nan")
    return len(rows), y.mean(), p.mean(), float(((p - y) ** 2).mean()), float(error), float(area)


def _masks(p: Any) -> list[Any]:
    place = np.minimum((p * BINS).astype(int), BINS - 1)
    return [place == k for k in range(BINS)]


def tables(rows: Sequence[tuple[float, Seen]]) -> str:
    """The reliability table and the table by kinds of statements, in Markdown."""
    p = np.array([r[0] for r in rows])
    y = np.array([r[1].right for r in rows], dtype=float)
    out = ["| confidence | mean | share right | statements |", "|---|---|---|---|"]
    for k, mask in enumerate(_masks(p)):
        if mask.any():
            low, high = k / BINS, (k + 1) / BINS
            out.append(f"| {low:.1f} to {high:.1f} | {p[mask].mean():.3f} | {y[mask].mean():.3f} | {mask.sum()} |")
    parts: dict[str, list[tuple[float, Seen]]] = defaultdict(list)
    for row in rows:
        s = row[1]
        named = "speaker carried over" if s.carried else "speaker named"
        for name in ("all", s.form, named, _SETS[s.fold.partition("-")[0]]):
            parts[name].append(row)
    out += ["", "| statements | n | share right | mean confidence | Brier | ECE | AUC |"]
    out.append("|---|---|---|---|---|---|---|")
    for name in ("all", "direct", "indirect", "mixed", "speaker named", "speaker carried over", *_SETS.values()):
        if parts[name]:
            n, *values = figures(parts[name])
            out.append(f"| {name} | {n} | " + " | ".join(f"{v:.3f}" for v in values) + " |")
    return "\n".join(out)


_SETS = {"gold": "articles of the gold", "own": "articles annotated here", "dev": "articles of dev"}


def rendered(weights: Mapping[str, float]) -> str:
    """The text of ``model/calibration.py``."""
    rows = "".join(f'        "{name}": {value},\n' for name, value in sorted(weights.items()))
    return f'''"""Weights of the confidence model; written by ``tools/calibrate.py``, not by hand."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {{
{rows}    }}
)
'''


def replaced(text: str, name: str, inner: str) -> str:
    """``text`` with ``inner`` between the marks ``<!-- name -->`` and ``<!-- /name -->``."""
    before, found, rest = text.partition(f"<!-- {name} -->\n")
    _, ended, after = rest.partition(f"<!-- /{name} -->")
    if not found or not ended:
        raise SystemExit(f"calibrate: {DOC} has no place for {name} (<!-- {name} --> ... <!-- /{name} -->)")
    return f"{before}<!-- {name} -->\n{inner}\n<!-- /{name} -->{after}"


def gain_table(found: Mapping[str, Mapping[str, float]]) -> str:
    """Figures on gold articles of held-out outlets, without and with the project's own annotations, in Markdown."""
    out = ["| figure | gold alone | gold and own | gain |", "|---|---|---|---|"]
    for name in GAINS:
        key = f"{name}.f1" if f"{name}.f1" in found["all"] else f"{name}.acc"
        a, b = found["gold"][key], found["all"][key]
        out.append(f"| `{key}` | {a:.3f} | {b:.3f} | {b - a:+.3f} |")
    return "\n".join(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--limit", type=int, default=0, metavar="N", help="about N articles only; writes nothing")
    parser.add_argument("--gain", action="store_true", help="also train without the project's own annotations")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="keep what was seen, as JSONL")
    parser.add_argument("--refit", type=Path, metavar="FILE", help="fit on kept observations, train nothing")
    args = parser.parse_args()
    gains: dict[str, dict[str, float]] = {}
    if args.refit:
        seen = [Seen(**json.loads(line)) for line in args.refit.read_text(encoding="utf-8").splitlines()]
    else:
        seen, gains = cross_validate(args.folds, args.limit, args.gain)
    if args.keep:
        args.keep.write_text("".join(json.dumps(asdict(s)) + "\n" for s in seen), encoding="utf-8")
    weights, held_out = fit(seen), tables(judged(seen))
    print(held_out)
    if args.gain and gains:
        print(gain_table(gains))
    if args.limit:
        return
    OUT.write_text(rendered(weights), encoding="utf-8")
    dev = [s for sample in gold("dev") for s in observe(sample, _shipped(), "dev-0")]
    text = replaced(DOC.read_text(encoding="utf-8"), "held-out", held_out)
    text = replaced(text, "dev", tables(list(zip(predicted(weights, dev), dev, strict=True))))
    if args.gain and gains:
        text = replaced(text, "gain", gain_table(gains))
    DOC.write_text(text, encoding="utf-8")


def _shipped() -> Weights:
    from musnad.model.maxent import models

    return models()


if __name__ == "__main__":
    main()
