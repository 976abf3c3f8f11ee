"""Weights of features by their codes, looked up for all candidates at once.

A hash table in arrays: the upper bits of a code choose a bucket of two places, the lower bits are compared with what
stands in them. Codes of buckets that hold more than two are kept apart in order, and found by bisection.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from musnad.model.templates import Templates, feature_code

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from musnad.model.maxent import Weights
    from musnad.model.templates import Codes

_SPARSE = 8  # buckets for each weight: few hold more than two
_LANE = 32  # bits apart: two models share a number, so that one look-up adds up both
_LOW, _HALF = (1 << _LANE) - 1, 1 << (_LANE - 1)
_FULL = (1 << 64) - 1  # stands where a bucket holds more than two
_PER_UNIT = 1000  # weights are kept in thousandths, so that sums are exact


class Table:
    """The weights of one or several models over the same features.

    Attributes:
        lanes: how many models.
    """

    __slots__ = ("_apart", "_apart_weights", "_prints", "_shift", "_weights", "lanes")

    def __init__(self, models: Sequence[Weights]) -> None:
        import numpy as np

        self.lanes = len(models)
        features = {f: n for n, f in enumerate(dict.fromkeys(f for m in models for f in m))}
        codes = np.fromiter(map(feature_code, features), np.int64, len(features)).view(np.uint64)
        lanes = np.zeros((self.lanes + self.lanes % 2, len(features)), np.int64)
        for lane, model in zip(lanes, models, strict=False):
            places = np.fromiter(map(features.__getitem__, model), np.int64, len(model))
            lane[places] = np.rint(np.fromiter(model.values(), np.float64, len(model)) * _PER_UNIT)
        order = np.argsort(codes)
        codes, lanes = codes[order], lanes[:, order]
        bits = max(8, (len(features) * _SPARSE).bit_length() - 1)
        self._shift = np.uint64(64 - bits)
        buckets = (codes >> self._shift).view(np.int64)
        nth = np.arange(len(codes)) - np.searchsorted(buckets, buckets)
        full = np.bincount(buckets, minlength=1 << bits) > 2
        apart = full[buckets]
        prints = np.zeros((2, 1 << bits), np.uint64)
        prints[nth[~apart], buckets[~apart]] = codes[~apart] & np.uint64(_LOW)
        self._prints = prints[0] | (prints[1] << np.uint64(_LANE))
        self._prints[full] = _FULL
        self._apart = codes[apart]
        self._weights, self._apart_weights = [], []
        for even, odd in zip(lanes[::2], lanes[1::2], strict=True):
            # one model alone needs no more than half a number
            pair = (even + (odd << _LANE)).astype(np.int64 if self.lanes > 1 else np.int32)
            own = np.zeros((1 << bits, 2), pair.dtype)
            own[buckets[~apart], nth[~apart]] = pair[~apart]
            self._weights.append(own.ravel())
            self._apart_weights.append(pair[apart])

    def sums(self, codes: Codes) -> NDArray[np.float64]:
        """The sum of the weights of each candidate in each model: lanes × candidates.

        Args:
            codes: templates × candidates.
        """
        import numpy as np

        own = codes.view(np.uint64)
        buckets = own >> self._shift
        stored = self._prints.take(buckets.view(np.int64), mode="clip")
        prints = own.astype(np.uint32)
        second = (stored >> np.uint64(_LANE)).astype(np.uint32) == prints
        hit = second | (stored.astype(np.uint32) == prints)
        places = buckets.view(np.int64) * 2 + second
        totals = [np.add.reduce(w.take(places, mode="clip") * hit, dtype=np.int64) for w in self._weights]
        full = np.flatnonzero(stored == _FULL)
        if len(full) and len(self._apart):
            sought = own.ravel()[full]
            at = np.minimum(np.searchsorted(self._apart, sought), len(self._apart) - 1)
            found = np.flatnonzero(self._apart[at] == sought)
            candidates = full[found] % own.shape[1]
            for total, pair in zip(totals, self._apart_weights, strict=True):
                np.add.at(total, candidates, pair[at[found]])
        lanes: list[Any] = totals if self.lanes == 1 else []
        for total in totals if self.lanes > 1 else ():
            low = ((total + _HALF) & _LOW) - _HALF
            lanes += [low, (total - low) >> _LANE]
        scores: NDArray[np.float64] = np.array(lanes[: self.lanes], np.float64) / _PER_UNIT
        return scores

    def scores(self, templates: Templates, matrix: Codes) -> NDArray[np.float64]:
        """The sums of all candidates with these columns: lanes × candidates."""
        return self.sums(templates.codes(matrix))


def table(models: Sequence[Weights]) -> Table:
    """The table of some models; kept for each list of models."""
    key = tuple(map(id, models))
    found = _TABLES.get(key)
    if found is None or any(a is not b for a, b in zip(found[0], models, strict=True)):
        if len(_TABLES) >= _MOST_TABLES:
            _TABLES.clear()
        _TABLES[key] = found = (tuple(models), Table(models))
    return found[1]


_MOST_TABLES = 32
_TABLES: dict[tuple[int, ...], tuple[tuple[Weights, ...], Table]] = {}  # a cache, not a setting
