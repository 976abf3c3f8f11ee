"""Conditional log-linear models that choose one candidate of a set (Berger, Della Pietra & Della Pietra 1996).

A decision has candidates, each a list of feature strings; a model has a weight per feature. The candidate with
the largest sum wins; the softmax of the sums is its probability. Inference is dictionary look-ups, so it
costs microseconds, needs no numeric library, and every decision can be explained by its features.

Features come in groups that depend on the same few values (``Group``). The sum of a group is worked out from its
feature strings once for each set of values and kept (``Memo``): candidates share most of their values with
earlier ones, so that scoring one is a handful of look-ups instead of forty.
"""

from __future__ import annotations

import gzip
import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from operator import getitem
from pathlib import Path
from sys import byteorder
from types import MappingProxyType

from musnad.errors import ModelError

_FILE = Path(__file__).with_name("weights.tsv.gz")
VERSION = "2"
_HEAD = "#model "
_ZEROS = repeat(0)
_LANE = 32
_HALF = 1 << (_LANE - 1)
ALONE = 20.0  # the margin of a candidate without rivals

Weights = Mapping[str, float]
Features = Sequence[str]
Values = tuple[Hashable, ...] | None
Group = Callable[..., list[str]]
_MOST_SUMS = 16_384  # kept for each group of features


@dataclass(slots=True)
class Choice:
    """The outcome of one decision; not frozen: a hundred an article are made, each in a third of the time.

    Attributes:
        index: place of the chosen candidate.
        margin: its log-odds over the best other candidate.
        scores: the sums of all candidates.
    """

    index: int
    margin: float
    scores: tuple[float, ...]

    @property
    def probability(self) -> float:
        """The softmax probability of the chosen candidate, 0 to 1."""
        top = self.scores[self.index]
        return 1.0 / sum(math.exp(s - top) for s in self.scores)


def total(weights: Weights, features: Features) -> float:
    """The sum of the weights of ``features``."""
    return sum(map(weights.get, features, _ZEROS))  # the loop runs in C: most of the reader's time is spent here


class Memo(dict[Values, float]):
    """Sums of one group of features by the values that they depend on; bounded.

    Attributes:
        weights: the weights of the features.
        group: gives the features for some values. Values of None stand for no features.
    """

    __slots__ = ("group", "weights")

    def __init__(self, weights: Weights, group: Group) -> None:
        super().__init__()
        self.weights, self.group = weights, group

    def __missing__(self, values: Values) -> float:
        if len(self) >= _MOST_SUMS:
            self.clear()
        found: float = 0
        if values is not None:
            get = self.weights.get
            for feature in self.group(*values):
                found += get(feature, 0)
        self[values] = found
        return found


Memos = tuple[Memo, ...]


def memos(weights: Weights, groups: tuple[Group, ...]) -> Memos:
    """The sums of ``groups`` under a model; kept for each model and set of groups."""
    key = (id(weights), groups)
    found = _MEMOS.get(key)
    if found is None or found[0] is not weights:
        if len(_MEMOS) >= _MOST_MODELS:
            _MEMOS.clear()
        _MEMOS[key] = found = (weights, tuple(Memo(weights, g) for g in groups))
    return found[1]


# A candidate: values aligned with groups of features, and single features of open classes, which seldom recur.
Described = tuple[tuple[Values, ...], tuple[str, ...]]


def grouped(sums: Memos, weights: Weights, candidate: Described) -> float:
    """The sum of the weights of a candidate's features; ``sums`` are those of its groups under ``weights``."""
    values, single = candidate
    return sum(map(weights.get, single, _ZEROS), sum(map(getitem, sums, values)))  # both loops run in C


def spelled(groups: tuple[Group, ...], candidate: Described) -> list[str]:
    """The feature strings of a candidate, for training and explanations."""
    values, single = candidate
    out = [f for group, own in zip(groups, values, strict=True) if own is not None for f in group(*own)]
    return [*out, *single]


def decide(scores: Sequence[float]) -> Choice:
    """The best of ``scores`` (the first among equals). ``scores`` must not be empty."""
    if len(scores) == 1:
        return Choice(0, ALONE, tuple(scores))
    second, top = sorted(scores)[-2:]
    return Choice(scores.index(top), top - second, tuple(scores))


@dataclass(frozen=True, slots=True)
class Labeller:
    """A model that chooses between fixed labels: one look-up per feature serves all of them.

    The weights of a feature are packed into one whole number, in thousandths and ``_LANE`` bits apart, so that
    adding up these numbers adds up the weights for each label. A sum must stay within two million.

    Attributes:
        rows: feature → its weights for the labels.
        size: how many labels there are.
    """

    rows: Mapping[str, int]
    size: int

    def scores(self, features: Features) -> list[float]:
        """The sum for each label."""
        return self.unpacked(sum(map(self.rows.get, features, _ZEROS)))

    def unpacked(self, packed: int) -> list[float]:
        """The sums in a sum of rows."""
        raised = packed + _raise(self.size)  # no lane is below zero
        lanes = memoryview(raised.to_bytes(self.size * _LANE // 8, byteorder)).cast("I")
        found = [(lane - _HALF) / 1000 for lane in lanes]
        return found if byteorder == "little" else found[::-1]


@lru_cache(maxsize=64)
def _raise(size: int) -> int:
    """``_HALF`` in every lane."""
    return sum(_HALF << (_LANE * n) for n in range(size))


def _packed(weights: Iterable[float], size: int) -> list[dict[float, int]]:
    """For each of ``size`` labels each of ``weights`` in its lane; few of them differ."""
    numbers = [(weight, round(weight * 1000)) for weight in set(weights)]
    return [{weight: number << (_LANE * n) for weight, number in numbers} for n in range(size)]


def labeller(weights: Weights, labels: Sequence[str]) -> Labeller:
    """Turn weights of features ``label/feature`` into a labeller; kept for each model and set of labels."""
    key = (id(weights), tuple(labels))
    found = _LABELLERS.get(key)
    if found is None or found[0] is not weights:
        places = {label: n for n, label in enumerate(labels)}
        lanes = _packed(weights.values(), len(labels))
        rows: dict[str, int] = {}
        for name, weight in weights.items():
            label, _, feature = name.partition("/")
            rows[feature] = rows.get(feature, 0) + lanes[places[label]][weight]
        made = Labeller(rows, len(labels))
        if len(_LABELLERS) >= _MOST_MODELS:
            _LABELLERS.clear()
        _LABELLERS[key] = found = (weights, made)
    return found[1]


_MOST_MODELS = 128
_MEMOS: dict[tuple[int, tuple[Group, ...]], tuple[Weights, Memos]] = {}  # a cache, not a setting
_LABELLERS: dict[tuple[int, tuple[str, ...]], tuple[Weights, Labeller]] = {}  # a cache, not a setting


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
        text = gzip.decompress(_FILE.read_bytes()).decode("utf-8")
    except (OSError, EOFError, ValueError) as error:
        raise ModelError("cannot read the weights", value=str(_FILE), remedy="reinstall musnad") from error
    return parse(text)


def parse(text: str) -> Mapping[str, Weights]:
    """Read the text of a weight file; see ``models``."""
    version, *blocks = text.split("\n" + _HEAD)
    if version.rstrip("\n") != f"#version {VERSION}":
        raise ModelError("the weights are of another version", value=version[:60], remedy="reinstall musnad")
    bodies: dict[str, list[str]] = {}
    name = ""
    for block in blocks:
        first, more, body = block.partition("\n")
        if "\t" not in first:
            name = first
            bodies[name] = [body] if more else []
        elif name:
            bodies[name].append(_HEAD + block)  # a feature that looks like the head of a model
    return MappingProxyType({name: _weights("\n".join(parts), name) for name, parts in bodies.items()})


def _weights(body: str, name: str) -> Weights:
    """The weights in the lines of one model; cutting a whole text up is faster than walking its lines."""
    cells = body.rstrip("\n").replace("\n", "\t").split("\t") if body else []
    try:
        numbers = {cell: int(cell) / 1000 for cell in set(cells[1::2])}
        return dict(zip(cells[::2], map(numbers.__getitem__, cells[1::2]), strict=True))
    except ValueError as error:
        raise ModelError("the weights are damaged", value=name, remedy="reinstall musnad") from error


def dump(weights: Mapping[str, Mapping[str, float]]) -> str:
    """The text of a weight file; features of weight zero are left out, names sorted."""
    lines = [f"#version {VERSION}"]
    for model in sorted(weights):
        lines.append(_HEAD + model)
        lines += [f"{k}\t{round(v * 1000)}" for k, v in sorted(weights[model].items()) if round(v * 1000)]
    return "\n".join(lines) + "\n"
