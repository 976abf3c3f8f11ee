"""Features as templates over columns, worked out for all candidates at once.

A template such as ``Sd{side}|{distance}`` makes one feature of each candidate from the values in its columns. A value
is the code of a string (``model.codes``); the code of a feature is that of its template plus its values times a
multiplier of their place (multiply-shift hashing: Dietzfelbinger et al. 1997), so that the features of a thousand
candidates are a few additions of arrays. In files, training and explanations features are strings: the template with
``GLUE`` around its values (``Sd`` ``␟A␟`` ``|`` ``␟12␟``), so that the values can be told apart again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from musnad.model.codes import ABSENT, code, names

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Codes = NDArray[np.int64]

GLUE = "\x1f"
_MULTIPLIERS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F,
                0xE7037ED1A0B428DB)  # fmt: skip
_PLACE = re.compile(r"\{(\w+)\}")
_WRAP = 1 << 64


def _signed(number: int) -> int:
    """The same 64 bits as a signed number."""
    number %= _WRAP
    return number - _WRAP if number >= _WRAP >> 1 else number


def feature_code(feature: str) -> int:
    """The code of a feature that is spelled with ``GLUE`` around its values, as a signed 64-bit number."""
    parts = feature.split(GLUE)
    total = code(GLUE.join(parts[::2]))
    for value, multiplier in zip(parts[1::2], _MULTIPLIERS, strict=False):
        total += code(value) * multiplier
    return _signed(total)


class Templates:
    """Templates over the same columns.

    Attributes:
        columns: the names of the columns that they use.
    """

    __slots__ = ("_constants", "_depths", "_literals", "_places", "columns")

    def __init__(self, *templates: str) -> None:
        """Take templates, several in one string with white space between them.

        ``{list@}`` stands for the columns ``list1`` to ``list4``: a value may be in several lists, and each makes a
        feature of its own.

        Raises:
            ValueError: a template has more values than there are multipliers.
        """
        every = [t.replace("@", n) for text in templates for t in text.split() for n in ("1234" if "@" in t else "1")]
        every.sort(key=lambda t: -t.count("{"))
        pieces = [_PLACE.split(t) for t in every]
        if any(len(p) // 2 > len(_MULTIPLIERS) for p in pieces):
            raise ValueError("a template has too many values")
        self.columns: tuple[str, ...] = tuple(dict.fromkeys(name for p in pieces for name in p[1::2]))
        at = {name: n for n, name in enumerate(self.columns)}
        self._literals = tuple(tuple(p[::2]) for p in pieces)
        self._places = tuple(tuple(at[name] for name in p[1::2]) for p in pieces)
        self._constants: Any = None
        self._depths: Any = None

    def _prepare(self) -> None:
        import numpy as np

        depth = max((len(p) for p in self._places), default=0)
        self._depths = tuple(
            (np.array([p[d] for p in self._places if len(p) > d]), np.int64(_signed(_MULTIPLIERS[d])))
            for d in range(depth)
        )
        self._constants = np.array([code(GLUE.join(x)) for x in self._literals], dtype=np.int64)[:, None]

    def matrix(self, found: Mapping[str, Codes]) -> Codes:
        """The columns as one array: columns × candidates."""
        import numpy as np

        return np.array([found[name] for name in self.columns])

    def codes(self, matrix: Codes) -> Codes:
        """The codes of the features of all candidates: templates × candidates; ``matrix`` is from ``matrix``."""
        import numpy as np

        if self._constants is None:
            self._prepare()
        out = np.repeat(self._constants, matrix.shape[1], axis=1)
        for places, multiplier in self._depths:
            values = matrix.take(places, axis=0)
            values *= multiplier
            out[: len(places)] += values
        return out

    def spelled(self, matrix: Codes) -> list[list[str]]:
        """The features of each candidate as strings, those with an absent value left out."""
        known = names()
        out = []
        for column in matrix.T.tolist():
            values = [None if c == ABSENT else GLUE + known[c] + GLUE for c in column]
            out.append(list(self._strings(values)))
        return out

    def listed(self, matrix: Codes) -> list[list[int]]:
        """The codes of the features of each candidate, those with an absent value left out."""
        import numpy as np

        codes, absent = self.codes(matrix), matrix == ABSENT
        missing = np.zeros(codes.shape, bool)
        for places, _ in self._depths:
            missing[: len(places)] |= absent.take(places, axis=0)
        return [own[~gone].tolist() for own, gone in zip(codes.T, missing.T, strict=True)]

    def spell(self, row: int, values: Sequence[str]) -> str:
        """The feature of one template, by its row in ``codes``; ``values`` are the columns of a candidate, glued."""
        literals = self._literals[row]
        return "".join([literals[0], *(values[p] + x for p, x in zip(self._places[row], literals[1:], strict=True))])

    def _strings(self, values: Sequence[str | None]) -> Iterable[str]:
        for literals, places in zip(self._literals, self._places, strict=True):
            own = [values[p] for p in places]
            if None not in own:
                yield "".join([literals[0], *(str(v) + x for v, x in zip(own, literals[1:], strict=True))])


Tell = Callable[[Templates, Any], list[list[Any]]]  # how features are told: as strings (``spelled``), or as codes


def shown(feature: str) -> str:
    """A feature as people see it."""
    return feature.replace(GLUE, "")
