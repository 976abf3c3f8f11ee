"""Where the content of a reported statement begins and ends.

For each possible cue a model chooses between *no statement* and the places where content may begin; given the
beginning, another chooses the end. Both are conditional log-linear choices (``model.maxent``): ``bounds`` holds
the grammar that proposes candidates, ``gates``, ``starts`` and ``ends`` describe them, and here the candidates of all
cues of some texts are scored at once, or spelled out in features for training and explanations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from musnad.find.bounds import AFTER, AROUND, BEFORE, KINDS, SIDES, Start, Starts, before_end, ends, starts
from musnad.find.ends import END_TEMPLATES, NO_OTHERS, Others, end_columns, end_grammar
from musnad.find.gates import (
    AROUND_TEMPLATES,
    CUE_TEMPLATES,
    READING_TEMPLATES,
    Gates,
    around_columns,
    cue_columns,
    reading_columns,
    readings,
)
from musnad.find.grid import Grid, Sites
from musnad.find.starts import START_TEMPLATES, start_columns
from musnad.model.codes import code
from musnad.model.maxent import Weights
from musnad.model.table import PER_UNIT, table
from musnad.model.templates import Tell, Templates

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from musnad.find.grid import Places


def cue_features(grid: Grid, cues: Sites, tell: Tell = Templates.spelled) -> list[list[Any]]:
    """Features of cues alone: what they are and what stands beside them."""
    if not len(cues):
        return []
    beside = tell(CUE_TEMPLATES, cue_columns(grid, cues))
    return [a + b for a, b in zip(tell(READING_TEMPLATES, reading_columns(cues)), beside, strict=True)]


def gates_of(grid: Grid, cues: Sites, models: Mapping[str, Weights]) -> Gates:
    """What each cue is worth alone: under the gate, and for the later choice of *no statement*."""
    import numpy as np

    if not len(cues):
        return Gates.of(cues, np.zeros(0), np.zeros(0))
    own, (first, number) = table([models["gate"], models["start"]]), readings(cues)
    alone = own.sums(READING_TEMPLATES, reading_columns(cues.only(first.tolist())))
    sums = alone.take(number, axis=1) + own.sums(CUE_TEMPLATES, cue_columns(grid, cues))
    return Gates.of(cues, *(sums / PER_UNIT))


def all_start_features(
    grid: Grid, cues: Sites, gates: Gates, tell: Tell = Templates.spelled
) -> list[tuple[tuple[Start, ...], list[list[Any]]]]:
    """For each cue its beginnings with their features; the features of *no statement* stand first."""
    if not len(cues):
        return []
    found = starts(grid, cues)
    none = cue_features(grid, cues, tell)
    around = tell(AROUND_TEMPLATES, around_columns(grid, cues, gates))
    table = tell(START_TEMPLATES, start_columns(grid, cues, found, gates)) if len(found.token) else []
    return [
        (found.of(n), [none[n] + around[n], *table[a:b]]) for n, (a, b) in enumerate(pairwise(found.bounds))
    ]  # fmt: skip


def start_scores(grid: Grid, cues: Sites, gates: Gates, weights: Weights) -> tuple[Starts | None, list[list[float]]]:
    """The beginnings of all cues, and for each cue their scores; *no statement* stands first.

    ``gates`` are from ``gates_of``. Without cues there are no beginnings.
    """
    if not len(cues):
        return None, []
    own, found = table([weights]), starts(grid, cues)
    around = own.scores(AROUND_TEMPLATES, around_columns(grid, cues, gates))[0]
    none = (gates.nulls.take(gates.numbers(cues)) + around).tolist()
    scores: list[float] = []
    if len(found.token):
        sums = own.scores(START_TEMPLATES, start_columns(grid, cues, found, gates))[0]
        scores = (sums + _grammar(cues, found)).tolist()
    return found, [[level, *scores[a:b]] for level, (a, b) in zip(none, pairwise(found.bounds), strict=True)]


def _grammar(cues: Sites, found: Starts) -> NDArray[np.float64]:
    """Log-odds that grammar adds to each beginning.

    The direct object of a verb of address is who is told; what is told opens with a complementiser after it.
    """
    import numpy as np

    told = (cues.column("takes") == code("addressee")).take(found.owner)
    return np.where(told & (found.kind == KINDS.index("comp")) & (found.side == SIDES.index(AFTER)), _COMPLEMENT, 0.0)


_COMPLEMENT = 0.5


def all_end_features(
    grid: Grid, cues: Sites, firsts: Sequence[Start], others: Others = NO_OTHERS, tell: Tell = Templates.spelled
) -> list[tuple[tuple[int, ...], list[list[Any]]]]:
    """For each cue, which has a beginning, the ends with their features; ``others`` are all statements."""
    owner, places = ends(grid, cues, firsts)
    features = tell(END_TEMPLATES, end_columns(grid, cues, firsts, owner, places, others)) if len(owner) else []
    return _by_cue(cues, owner, places, features)


def end_scores(
    grid: Grid, cues: Sites, firsts: Sequence[Start], others: Others, weights: Weights
) -> list[tuple[tuple[int, ...], list[float]]]:
    """For each cue, which has a beginning, the ends of its content with their scores."""
    owner, places = ends(grid, cues, firsts)
    if not len(owner):
        return _by_cue(cues, owner, places, [])
    columns = end_columns(grid, cues, firsts, owner, places, others)
    scores = table([weights]).scores(END_TEMPLATES, columns)[0] + end_grammar(grid, cues, firsts, owner, places)
    return _by_cue(cues, owner, places, scores.tolist())


def start_rules(grid: Grid, cues: Sites) -> list[list[float]]:
    """For each cue what grammar adds to its beginnings, for explanations; *no statement* stands first."""
    found = starts(grid, cues)
    added = _grammar(cues, found).tolist()
    return [[0.0, *added[a:b]] for a, b in pairwise(found.bounds)]


def end_rules(grid: Grid, cues: Sites, firsts: Sequence[Start]) -> list[tuple[tuple[int, ...], list[float]]]:
    """For each cue, which has a beginning, the ends with what grammar adds to them, for explanations."""
    owner, places = ends(grid, cues, firsts)
    return _by_cue(cues, owner, places, end_grammar(grid, cues, firsts, owner, places).tolist() if len(owner) else [])


def _by_cue(cues: Sites, owner: Places, places: Places, told: list[Any]) -> list[tuple[tuple[int, ...], list[Any]]]:
    """For each cue its ends, as its text numbers tokens, with what is told of them."""
    import numpy as np

    tokens = (places - cues.base.take(owner)).tolist()
    bounds = pairwise(np.searchsorted(owner, np.arange(len(cues) + 1)).tolist())
    return [(tuple(tokens[a:b]), told[a:b]) for a, b in bounds]


__all__ = [
    "AFTER",
    "AROUND",
    "BEFORE",
    "NO_OTHERS",
    "Gates",
    "Others",
    "Start",
    "all_end_features",
    "all_start_features",
    "before_end",
    "cue_features",
    "end_rules",
    "end_scores",
    "ends",
    "gates_of",
    "start_rules",
    "start_scores",
    "starts",
]  # fmt: skip
