"""The best candidates of many decisions at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Best:
    """The best candidates of decisions that have any.

    Attributes:
        decision: the numbers of these decisions, ascending.
        candidate: for each the number of its best candidate among all, the first among equals.
        score, second: its score and that of the next best candidate, minus infinity where there is none.
    """

    decision: Numbers
    candidate: Numbers
    score: Scores
    second: Scores


def best(scores: Scores, decisions: Numbers) -> Best:
    """The best of candidates with these ``scores``; ``decisions`` says for which each stands, in order."""
    import numpy as np

    if not len(scores):
        return Best(decisions, decisions, scores, scores)
    first = np.append(0, (decisions[1:] != decisions[:-1]).nonzero()[0] + 1)
    number = np.repeat(np.arange(len(first)), np.diff(first, append=len(scores)))
    top = np.maximum.reduceat(scores, first)
    at = (scores == top.take(number)).nonzero()[0]
    chosen = at[np.append(True, number[at[1:]] != number[at[:-1]])]
    others = scores.copy()
    others[chosen] = -np.inf
    return Best(decisions[first], chosen, top, np.maximum.reduceat(others, first))
