"""Weights of features by their codes, looked up for all candidates at once.

A perfect hash table in arrays, by displacement (Fox, Heath, Chen & Daoud 1992): the upper bits of a code choose a
multiplier, the upper bits of the product its slot. Multipliers are tried until all codes of the table have slots of
their own, so that a look-up needs no second place, and a table is small enough to stay near the processor.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from musnad.errors import ModelError
from musnad.model.templates import Templates, feature_code

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from musnad.model.maxent import Weights
    from musnad.model.templates import Codes

_SHARING = 3  # codes, on average, that share a multiplier
_LOAD = 0.75  # slots are taken, at most
_LANE = 32  # bits apart: two models share a number, so that one look-up adds up both
_LOW, _HALF = (1 << _LANE) - 1, 1 << (_LANE - 1)
PER_UNIT = 1000  # weights are kept in thousandths, so that sums are exact
_BITS = 64


class Table:
    """The weights of one or several models over the same features.

    Attributes:
        lanes: how many models.
    """

    __slots__ = ("_multipliers", "_prints", "_shares", "_shift", "_weights", "lanes")

    def __init__(self, models: Sequence[Weights]) -> None:
        import numpy as np

        self.lanes = len(models)
        features = {f: n for n, f in enumerate(dict.fromkeys(f for m in models for f in m))}
        codes = np.fromiter(map(feature_code, features), np.int64, len(features)).view(np.uint64)
        lanes = np.zeros((self.lanes + self.lanes % 2, len(features)), np.int64)
        for lane, model in zip(lanes, models, strict=False):
            places = np.fromiter(map(features.__getitem__, model), np.int64, len(model))
            lane[places] = np.rint(np.fromiter(model.values(), np.float64, len(model)) * PER_UNIT)
        size = max(4, int(len(features) / _LOAD).bit_length())
        self._shares = np.uint64(_BITS - max(4, (len(features) // _SHARING).bit_length()))
        self._shift = np.uint64(_BITS - size)
        self._multipliers, slots = _placed(codes, self._shares, self._shift)
        self._prints = np.zeros(1 << size, np.uint32)
        self._prints[slots] = codes.astype(np.uint32)
        self._weights = []
        for even, odd in zip(lanes[::2], lanes[1::2], strict=True):
            # one model alone needs no more than half a number
            own = np.zeros(1 << size, np.int64 if self.lanes > 1 else np.int32)
            own[slots] = even + (odd << _LANE)
            self._weights.append(own)

    def sums(self, templates: Templates, matrix: Codes) -> NDArray[np.int64]:
        """The sums of the weights of all candidates with these columns, in thousandths: lanes × candidates."""
        import numpy as np

        own = templates.codes(matrix).view(np.uint64)
        places = self._multipliers.take((own >> self._shares).view(np.int64), mode="clip")
        places *= own
        places >>= self._shift
        slots = places.view(np.int64)
        hit = self._prints.take(slots, mode="clip") == own.astype(np.uint32)
        totals = []
        for weights in self._weights:
            found = weights.take(slots, mode="clip")
            found *= hit
            totals.append(np.add.reduce(found, dtype=np.int64))
        lanes: list[Any] = totals if self.lanes == 1 else []
        for total in totals if self.lanes > 1 else ():
            low = ((total + _HALF) & _LOW) - _HALF
            lanes += [low, (total - low) >> _LANE]
        return np.array(lanes[: self.lanes], np.int64)

    def scores(self, templates: Templates, matrix: Codes) -> NDArray[np.float64]:
        """The same as numbers."""
        return self.sums(templates, matrix) / PER_UNIT


def _placed(codes: Any, shares: Any, shift: Any) -> tuple[Any, Any]:
    """The multiplier of each share of ``codes``, which are all different, and the slot of each code.

    The largest shares come first, while most slots are free. All shares of a size try a multiplier at once; those whose
    slots are free, and not wanted by a later one too, take them.
    """
    import numpy as np

    order = np.argsort(codes)
    codes = codes[order]
    if (codes[1:] == codes[:-1]).any():
        raise ModelError("two features share a code", value=len(codes), remedy="train anew without one of them")
    size = np.bincount((codes >> shares).view(np.int64), minlength=1 << (_BITS - int(shares)))
    first = np.cumsum(size) - size
    multipliers, slots = np.ones(len(size), np.uint64), np.zeros(len(codes), np.int64)
    places = 1 << (_BITS - int(shift))
    free, owner = np.ones(places, bool), np.zeros(places, np.int64)
    trials = np.random.default_rng(len(codes))
    for number in range(size.max(initial=0), 0, -1):
        left = np.flatnonzero(size == number)
        while len(left):
            multiplier = trials.integers(1 << (_BITS - 1), dtype=np.uint64) * np.uint64(2) + np.uint64(1)
            members = first[left, None] + np.arange(number)
            wanted = ((codes[members] * multiplier) >> shift).view(np.int64)
            ordered = np.sort(wanted)
            own = (ordered[:, 1:] != ordered[:, :-1]).all(axis=1)
            fitting = np.flatnonzero(free[wanted].all(axis=1) & own)
            owner[wanted[fitting]] = fitting[:, None]
            fitting = fitting[(owner[wanted[fitting]] == fitting[:, None]).all(axis=1)]
            free[wanted[fitting]] = False
            multipliers[left[fitting]], slots[members[fitting]] = multiplier, wanted[fitting]
            left = np.delete(left, fitting)
    found = np.empty_like(slots)
    found[order] = slots
    return multipliers, found


def table(models: Sequence[Weights]) -> Table:
    """The table of some models; kept for each list of models."""
    key = tuple(map(id, models))
    found = _TABLES.get(key)
    if found is None or any(a is not b for a, b in zip(found[0], models, strict=True)):
        if len(_TABLES) >= _MOST_TABLES:
            _TABLES.clear()
        _TABLES[key] = found = (tuple(models), Table(models))
    return found[1]


def label_table(weights: Weights, labels: Sequence[str]) -> Table:
    """The table of a model that chooses between labels: a lane for each, from weights of features ``label/feature``."""
    key = (id(weights), tuple(labels))
    found = _LABEL_TABLES.get(key)
    if found is None or found[0] is not weights:
        lanes: dict[str, dict[str, float]] = {label: {} for label in labels}
        for name, weight in weights.items():
            label, _, feature = name.partition("/")
            lanes[label][feature] = weight
        if len(_LABEL_TABLES) >= _MOST_TABLES:
            _LABEL_TABLES.clear()
        _LABEL_TABLES[key] = found = (weights, Table(list(lanes.values())))
    return found[1]


_MOST_TABLES = 32
_TABLES: dict[tuple[int, ...], tuple[tuple[Weights, ...], Table]] = {}  # a cache, not a setting
_LABEL_TABLES: dict[tuple[int, tuple[str, ...]], tuple[Weights, Table]] = {}  # a cache, not a setting
