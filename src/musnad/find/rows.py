"""What is told of tokens and cues, row by row in one array: worked out once, and gathered by the number of the row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from musnad.find.columns import COLUMNS, mark_row, tag_row
from musnad.find.context import Context

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Places = NDArray[np.int64]

_BEFORE, _BEHIND = ("<", "<"), (">", ">")  # what lies beyond the text
EDGE = 6  # rows on each side of a text: no neighbour that is looked at, nor two texts of one another, are nearer


class Rows:
    """Rows of codes in one growing array, columns × rows."""

    __slots__ = ("array", "count", "numbers", "owners", "width")

    def __init__(self, width: int) -> None:
        self.width = width
        self.clear()

    def clear(self) -> None:
        """Forget all rows."""
        self.count = 0
        self.numbers: dict[object, int] = {}  # by what they describe; that of a word stands in its tag
        self.owners: list[Any] = []  # keys that are identities: what they name must live on
        self.array: Any = None

    def add(self, rows: Sequence[Sequence[int]]) -> range:
        """Put in more rows; their numbers."""
        import numpy as np

        first, end = self.count, self.count + len(rows)
        if self.array is None or end > self.array.shape[1]:
            grown = np.zeros((self.width, max(1024, 2 * end)), np.int64)
            if self.array is not None:
                grown[:, :first] = self.array[:, :first]
            self.array = grown
        if rows:
            self.array[:, first:end] = np.array(rows, np.int64).T
        self.count = end
        return range(first, end)


TOKENS = Rows(len(COLUMNS))  # a cache, not a setting


def token_rows(texts: Sequence[Context]) -> tuple[Places, list[int]]:
    """The number of the row of each place, and the place of the first token of each text."""
    import numpy as np

    marks = TOKENS.numbers
    for edge in (_BEFORE, _BEHIND):
        if edge not in marks:
            (marks[edge],) = TOKENS.add([mark_row(*edge)])
    numbers: list[int] = []
    bases = []
    for ctx in texts:
        numbers += [marks[_BEFORE]] * EDGE
        bases.append(base := len(numbers))
        numbers += [-1 if t is None else t.row for t in ctx.tags]
        for i in ctx.words.others:
            numbers[base + i] = marks.get((ctx.symbols[i], ctx.words.forms[i]), -1)
        numbers += [marks[_BEHIND]] * EDGE
    rows: Places = np.array(numbers, np.int64)
    unknown = (rows < 0).nonzero()[0].tolist()
    if unknown:
        rows[unknown] = _described(texts, bases, unknown)
    return rows, bases


def _described(texts: Sequence[Context], bases: Sequence[int], places: Sequence[int]) -> list[int]:
    """The rows of tokens that were not seen before."""
    keys: list[Any] = []
    for place in places:
        n = bisect_right(bases, place) - 1
        ctx, i = texts[n], place - bases[n]
        keys.append(ctx.tags[i] or (ctx.symbols[i], ctx.words.forms[i]))
    new = dict.fromkeys(keys)
    numbers = dict(
        zip(new, TOKENS.add([mark_row(*k) if isinstance(k, tuple) else tag_row(k) for k in new]), strict=True)
    )
    for key, number in numbers.items():
        if isinstance(key, tuple):
            TOKENS.numbers[key] = number
        else:
            key.row = number
            TOKENS.owners.append(key)
    return [numbers[key] for key in keys]
