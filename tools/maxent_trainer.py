"""Fit a conditional log-linear model: L2-regularised maximum likelihood by L-BFGS (numpy and scipy, tools only)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse
from scipy.optimize import minimize


@dataclass(slots=True)
class Decisions:
    """Training decisions: for each, the features of every candidate and the place of the right one."""

    groups: list[list[list[str]]] = field(default_factory=list)
    right: list[int] = field(default_factory=list)

    def add(self, features: list[list[str]], right: int) -> None:
        """Add one decision."""
        self.groups.append(features)
        self.right.append(right)

    def subset(self, keep: list[int]) -> Decisions:
        """The decisions with the given numbers."""
        return Decisions([self.groups[k] for k in keep], [self.right[k] for k in keep])


def fit(data: Decisions, *, l2: float = 1.0, min_count: int = 2, iterations: int = 120) -> dict[str, float]:
    """The weights of the features seen in at least ``min_count`` candidates."""
    counts: Counter[str] = Counter()
    for group in data.groups:
        for features in group:
            counts.update(set(features))
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= min_count))}
    indices: list[int] = []
    pointers, starts, right, n = [0], [], [], 0
    for group, gold in zip(data.groups, data.right, strict=True):
        starts.append(n)
        right.append(n + gold)
        for features in group:
            indices.extend({index[f] for f in features if f in index})
            pointers.append(len(indices))
        n += len(group)
    matrix = sparse.csr_matrix((np.ones(len(indices)), indices, pointers), shape=(n, len(index)))
    transposed = matrix.T.tocsr()
    first = np.array(starts)
    sizes = np.diff(np.array([*starts, n]))
    gold_rows = np.array(right)

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
        loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": iterations, "maxcor": 8}
    )
    return {f: float(result.x[i]) for f, i in index.items() if abs(result.x[i]) >= 0.008}
