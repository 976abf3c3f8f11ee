"""Conditional log-linear models that choose one candidate of a set (Berger, Della Pietra & Della Pietra 1996).

A decision has candidates, each a list of feature strings; a model has a weight per feature. The candidate with
the largest sum wins; the softmax of the sums is its probability. Inference is dictionary look-ups, so it
costs microseconds, needs no numeric library, and every decision can be explained by its features.
"""

from __future__ import annotations

import gzip
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from musnad.errors import ModelError

_FILE = Path(__file__).with_name("weights.tsv.gz")
VERSION = "1"

Weights = Mapping[str, float]
Features = Sequence[str]


@dataclass(frozen=True, slots=True)
class Choice:
    """The outcome of one decision.

    Attributes:
        index: place of the chosen candidate.
        probability: its softmax probability, 0 to 1.
        margin: its log-odds over the best other candidate.
        scores: the sums of all candidates.
    """

    index: int
    probability: float
    margin: float
    scores: tuple[float, ...]


def total(weights: Weights, features: Features) -> float:
    """The sum of the weights of ``features``."""
    get = weights.get
    value = 0.0
    for name in features:
        value += get(name, 0.0)
    return value


def decide(scores: Sequence[float]) -> Choice:
    """The best of ``scores`` (the first among equals). ``scores`` must not be empty."""
    best = max(range(len(scores)), key=scores.__getitem__)
    top = scores[best]
    second = max((s for i, s in enumerate(scores) if i != best), default=top - 20.0)
    mass = sum(math.exp(s - top) for s in scores)
    return Choice(best, 1.0 / mass, top - second, tuple(scores))


def choose(weights: Weights, candidates: Sequence[Features]) -> Choice:
    """Score ``candidates`` and take the best."""
    return decide([total(weights, c) for c in candidates])


def heaviest(weights: Weights, features: Features, *, most: int = 8) -> tuple[tuple[str, float], ...]:
    """The features with the largest weights by absolute value, for explanations."""
    known = [(name, weights[name]) for name in features if name in weights]
    return tuple(sorted(known, key=lambda pair: -abs(pair[1]))[:most])


@lru_cache(maxsize=1)
def models() -> Mapping[str, Weights]:
    """All models of the package, by name; read once.

    The file has lines ``#version N``, ``#model NAME`` and ``feature<TAB>weight`` (thousandths).

    Raises:
        ModelError: the file is missing, damaged or of another version.
    """
    try:
        lines = gzip.decompress(_FILE.read_bytes()).decode("utf-8").split("\n")
    except (OSError, EOFError, ValueError) as error:
        raise ModelError("cannot read the weights", value=str(_FILE), remedy="reinstall musnad") from error
    return parse(lines)


def parse(lines: Sequence[str]) -> Mapping[str, Weights]:
    """Read the lines of a weight file; see ``models``."""
    if not lines or lines[0] != f"#version {VERSION}":
        raise ModelError("the weights are of another version", value=lines[:1], remedy="reinstall musnad")
    found: dict[str, dict[str, float]] = {}
    current: dict[str, float] = {}
    for line in lines[1:]:
        if line.startswith("#model "):
            current = found.setdefault(line[7:], {})
        elif line:
            name, _, weight = line.rpartition("\t")
            current[name] = int(weight) / 1000
    return MappingProxyType(found)


def dump(weights: Mapping[str, Mapping[str, float]]) -> str:
    """The text of a weight file; features of weight zero are left out, names sorted."""
    lines = [f"#version {VERSION}"]
    for model in sorted(weights):
        lines.append(f"#model {model}")
        lines += [f"{k}\t{round(v * 1000)}" for k, v in sorted(weights[model].items()) if round(v * 1000)]
    return "\n".join(lines) + "\n"
