"""Fit a conditional log-linear model: L2-regularised maximum likelihood by L-BFGS (numpy and scipy, tools only)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from musnad.model.codes import ABSENT
from musnad.model.codes import names as code_names
from musnad.model.templates import GLUE, Templates

Feature = str | int


@dataclass(slots=True)
class Decisions:
    """Training decisions: for each, the features of every candidate and the place of the right one.

    Features are strings, or codes of templates (``model.templates``), which take a tenth of the room and the time.
    """

    groups: list[list[np.ndarray]] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)

    def add(self, features: Sequence[Sequence[Feature] | np.ndarray], right: int) -> None:
        """Add one decision."""
        self.groups.append([self._codes(own) for own in features])
        self.right.append(right)

    def _codes(self, features: Sequence[Feature] | np.ndarray) -> np.ndarray:
        if isinstance(features, np.ndarray):
            return features
        if features and isinstance(features[0], str):
            own = {self._named(str(f)) for f in features}
            return np.fromiter(own, np.int64, len(own))
        return np.array(features, np.int64)

    def _named(self, feature: str) -> int:
        number = _NUMBERS.setdefault(feature, len(_NUMBERS))  # no code of a template is so small
        self.names[number] = feature
        return number


_NUMBERS: dict[str, int] = {}  # a cache


class Recorder:
    """Tells features as codes, and remembers the columns that they came from, so that the few that matter get names."""

    def __init__(self) -> None:
        self._told: list[tuple[Templates, Any]] = []

    def __call__(self, templates: Templates, matrix: Any) -> list[list[int]]:
        self._told.append((templates, matrix))
        return templates.listed(matrix)

    def names(self, wanted: set[int]) -> dict[int, str]:
        """The features with the given codes as strings.

        Raises:
            KeyError: the strings of some code were forgotten (``model.codes.trim``).
        """
        known, found = code_names(), dict[int, str]()
        left = np.array(sorted(wanted), np.int64)
        for templates, matrix in self._told:
            codes = templates.codes(matrix)
            rows, columns = np.isin(codes, left).nonzero()
            fresh, at = np.unique(codes[rows, columns], return_index=True)
            for number, row, column in zip(fresh.tolist(), rows[at], columns[at], strict=True):
                values = ["" if c == ABSENT else GLUE + known[c] + GLUE for c in matrix[:, column].tolist()]
                found[number] = templates.spell(row, values)
            left = np.setdiff1d(left, fresh, assume_unique=True)
        return found


def fit(
    data: Decisions, *, l2: float = 1.0, min_count: int = 2, iterations: int = 120, recorder: Recorder | None = None
) -> dict[str, float]:
    """The weights of the features seen in at least ``min_count`` candidates; ``recorder`` names coded ones."""
    weights = fit_codes(data, l2=l2, min_count=min_count, iterations=iterations)
    names = data.names if recorder is None else data.names | recorder.names(set(weights) - data.names.keys())
    return {names[c]: w for c, w in sorted(weights.items(), key=lambda pair: names[pair[0]])}


def fit_codes(data: Decisions, *, l2: float = 1.0, min_count: int = 2, iterations: int = 120) -> dict[int, float]:
    """The weights of features by their codes."""
    candidates = [own for group in data.groups for own in group]
    sizes_of = np.fromiter(map(len, candidates), np.int64, len(candidates))
    every = np.concatenate(candidates) if candidates else np.zeros(0, np.int64)
    codes, indices, counts = np.unique(every, return_inverse=True, return_counts=True)
    kept = counts >= min_count
    column = np.cumsum(kept) - 1
    owner = np.repeat(np.arange(len(candidates)), sizes_of)[kept[indices]]
    indices, codes = column[indices[kept[indices]]], codes[kept]
    n = len(candidates)
    pointers = np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=n))))
    matrix = sparse.csr_matrix((np.ones(len(indices)), indices, pointers), shape=(n, len(codes)))
    transposed = matrix.T.tocsr()
    sizes = np.array([len(group) for group in data.groups])
    first = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    gold_rows = first + np.array(data.right)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ w
        top = np.maximum.reduceat(scores, first)
        mass = np.exp(scores - np.repeat(top, sizes))
        total = np.add.reduceat(mass, first)
        p = mass / np.repeat(total, sizes)
        value = -(scores[gold_rows] - top - np.log(total)).sum() + 0.5 * l2 * float(w @ w)
        p[gold_rows] -= 1
        return value, transposed @ p + l2 * w

    result = minimize(
        loss, np.zeros(len(codes)), jac=True, method="L-BFGS-B", options={"maxiter": iterations, "maxcor": 8}
    )
    return {int(c): float(w) for c, w in zip(codes, result.x, strict=True) if abs(w) >= 0.008}
