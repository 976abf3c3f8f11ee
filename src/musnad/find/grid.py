"""One text as columns of codes: what the models that choose among places are told of each token.

The columns of a word depend on its tag alone and are kept by tag, so that a text is one gather from an array. Rows for
what lies before and behind the text let neighbours be looked up without asking whether they exist.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from musnad.find.columns import (
    AHEAD,
    AHEAD_SHIFT,
    AT,
    CLOSED,
    CLOSES,
    COLUMNS,
    CUE_COLUMNS,
    GIVEN,
    GOVERNED,
    HAS_CUES,
    HAS_PARTICLE,
    IS_COMMA,
    IS_FINAL,
    IS_LINE,
    IS_LOOSE,
    IS_STOP,
    IS_WORD,
    MAY_END,
    MOST_ROWS,
    OPENED,
    OPENS,
    RELATIVE,
    TITLE,
    class_row,
    cue_row,
    mark_row,
    tag_row,
)  # fmt: skip
from musnad.find.context import Context
from musnad.find.cues import Site
from musnad.find.scale import bucket
from musnad.model.codes import code, trim

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Codes = NDArray[np.int64]
    Places = NDArray[np.int64]

_COUNTED = {
    "commas": IS_COMMA, "loose": IS_LOOSE, "finals": IS_FINAL, "cues": HAS_CUES, "particles": HAS_PARTICLE,
    "lines": IS_LINE, "stops": IS_STOP, "titles": TITLE, "given": GIVEN, "relatives": RELATIVE,
}  # fmt: skip
_BEFORE, _BEHIND = ("<", "<"), (">", ">")  # what lies beyond the text
_BIG = 64


class _Rows:
    """Rows by what they describe, in one growing array (columns × rows)."""

    __slots__ = ("array", "numbers", "owners", "width")

    def __init__(self, width: int) -> None:
        self.width = width
        self.clear()

    def clear(self) -> None:
        """Forget all rows."""
        self.numbers: dict[object, int] = {}
        self.owners: list[object] = []  # keys are identities: what they name must live on
        self.array: Any = None

    def add(self, new: Mapping[object, tuple[object, Sequence[int]]]) -> None:
        """Put in more rows: what they describe → what must live on as long as they do, and the row."""
        import numpy as np

        if not new:
            return
        first, end = len(self.numbers), len(self.numbers) + len(new)
        if self.array is None or end > self.array.shape[1]:
            grown = np.zeros((self.width, max(1024, 2 * end)), np.int64)
            if self.array is not None:
                grown[:, :first] = self.array[:, :first]
            self.array = grown
        self.array[:, first:end] = np.array([row for _, row in new.values()], np.int64).T
        self.numbers.update(zip(new, range(first, end), strict=True))
        self.owners += [owner for owner, _ in new.values()]


_TOKENS, _CUES = _Rows(len(COLUMNS)), _Rows(len(CUE_COLUMNS))  # caches, not settings


@dataclass(frozen=True, slots=True)
class Grid:
    """A text as columns.

    Attributes:
        ctx: the text.
        array: ``COLUMNS`` × tokens; the first row is that of *before the text*, the last one that of *behind it*.
        bits: the last column.
        inside: for each token the number of the innermost quotation around it, -1 outside.
        first, end: the bounds of the unit of each token.
        quote_open, quote_close: tokens of the marks of each quotation; one more at the end, for *none* (-1).
        last_word: for each token (and the end of the text) the token after the last word or number before it.
        next_word: for each token itself or the next word or number, the size of the text where there is none.
        may_end: for each token whether something closes before it, right behind a word: a mark, a new clause, a cue.
        counts: name → how many tokens of a kind stand before each token (``commas`` ...).
    """

    ctx: Context
    array: Codes
    bits: Places
    inside: Places
    first: Places
    end: Places
    quote_open: Places
    quote_close: Places
    last_word: Places
    next_word: Places
    may_end: Any
    counts: Any

    def at(self, tokens: Places) -> Callable[[str], Codes]:
        """The columns by name at ``tokens``; what lies beyond the text counts as one token on each side."""
        array, places = self.array, tokens + 1

        def column(name: str) -> Codes:
            found: Codes = array[AT[name]].take(places, mode="clip")
            return found

        return column

    def bit(self, mask: int, at: Places) -> Places:
        """Whether the tokens ``at`` have one of the bits of ``mask``."""
        found: Places = (self.bits.take(at + 1, mode="clip") & mask) != 0
        return found


def grid(ctx: Context) -> Grid:
    """Set a text out in columns."""
    import numpy as np

    if trim() or len(_TOKENS.numbers) > MOST_ROWS:
        _TOKENS.clear()
        _CUES.clear()
        tables.clear()
        class_row.cache_clear()
    known = _TOKENS.numbers
    keys = [id(t) if t is not None else pair
            for t, pair in zip(ctx.tags, zip(ctx.symbols, ctx.words.forms, strict=True), strict=True)]  # fmt: skip
    numbers = [*map(known.get, (_BEFORE, *keys, _BEHIND))]
    if None in numbers:
        _describe(ctx)
        numbers = [*map(known.get, (_BEFORE, *keys, _BEHIND))]
    array = _TOKENS.array.take(np.array(numbers, np.int64), axis=1, mode="clip")
    bits = array[-1]
    units = np.fromiter(chain.from_iterable(ctx.units), np.int64, 2 * len(ctx)).reshape(-1, 2)
    quotes = [(q.open, q.close) for q in ctx.quotes]
    opened = np.array([*quotes, (-1, -1)], np.int64)

    held = np.zeros((len(_COUNTED), len(ctx) + 1), np.int64)
    np.cumsum((bits[1:-1] & np.array([[mask] for mask in _COUNTED.values()])) != 0, axis=1, out=held[:, 1:])
    counts = SimpleNamespace(
        **dict(zip(_COUNTED, held, strict=True)), brackets=_last(bits, OPENS, CLOSES), marks=_last(bits, OPENED, CLOSED)
    )
    size = len(ctx)
    is_word = (bits & IS_WORD) != 0
    last = np.where(is_word[:-1], np.arange(size + 1), 0)
    following = np.where(is_word[1:], np.arange(size + 1), size)
    return Grid(
        ctx=ctx, array=array, bits=bits, inside=np.array(ctx.inside, np.int64), first=units[:, 0], end=units[:, 1],
        quote_open=opened[:, 0], quote_close=opened[:, 1],
        last_word=np.maximum.accumulate(last), next_word=np.minimum.accumulate(following[::-1])[::-1],
        may_end=is_word[:-1] & ((bits[1:] & MAY_END) != 0),
        counts=counts,
    )  # fmt: skip


def _describe(ctx: Context) -> None:
    """Set out the tokens that were not seen before."""
    known = _TOKENS.numbers
    new: dict[object, tuple[object, Sequence[int]]] = {}
    for t, symbol, form in zip(
        (None, None, *ctx.tags), ("<", ">", *ctx.symbols), ("<", ">", *ctx.words.forms), strict=True
    ):
        key: object = (symbol, form) if t is None else id(t)
        if key not in known and key not in new:
            new[key] = t, mark_row(symbol, form) if t is None else tag_row(t)
    _TOKENS.add(new)


def _last(bits: Places, opens: int, closes: int) -> Places:
    """For each token the place of the last mark before it where that opens, else -1."""
    import numpy as np

    own = bits[1:-1]
    places = np.where(own & (opens | closes), np.arange(len(own)) * 2 + ((own & opens) != 0), -1)
    last = np.concatenate(([-1], np.maximum.accumulate(places))) if len(places) else np.array([-1])
    return np.where(last & 1, last >> 1, -1)


@dataclass(frozen=True, slots=True)
class Sites:
    """Possible cues as columns.

    Attributes:
        sites: the cues.
        array: ``CUE_COLUMNS`` × cues.
        token, after: first token and the token after the last.
    """

    sites: Sequence[Site]
    array: Codes
    token: Places
    after: Places

    def column(self, name: str) -> Codes:
        """A column of all cues."""
        found: Codes = self.array[_CUE_AT[name]]
        return found

    def governs(self) -> Codes:
        """The codes of the words that the cues govern: up to six × cues."""
        found: Codes = self.array[_CUE_AT["governs0"] : _CUE_AT["governs0"] + GOVERNED]
        return found

    def of(self, numbers: Places) -> Sites:
        """The cues with these numbers, which may recur (``sites`` stays as it is)."""
        return Sites(self.sites, self.array.take(numbers, axis=1), self.token.take(numbers), self.after.take(numbers))


_CUE_AT = {name: n for n, name in enumerate(CUE_COLUMNS)}


def sites_of(sites: Sequence[Site]) -> Sites:
    """Set cues out in columns."""
    import numpy as np

    known = _CUES.numbers
    _CUES.add({id(s.cue): (s.cue, cue_row(s.cue)) for s in sites if id(s.cue) not in known})
    if not sites:
        none = np.zeros(0, np.int64)
        return Sites(sites, np.zeros((len(CUE_COLUMNS), 0), np.int64), none, none)
    numbers, token, after = np.array([(known[id(s.cue)], s.token, s.end) for s in sites], np.int64).T
    return Sites(sites, _CUES.array.take(numbers, axis=1, mode="clip"), token, after)


class _Tables(dict[object, Any]):
    """Codes of numbers and other small closed sets, by name."""


tables = _Tables()  # a cache, not a setting


def numbered(values: Places, high: int = _BIG, low: int = 0) -> Codes:
    """The codes of numbers, those beyond ``low`` and ``high`` taken as these."""
    found = tables.get((low, high))
    if found is None:
        found = tables[low, high] = coded([str(n) for n in range(low, high + 1)])
    out: Codes = found.take(values - low if low else values, mode="clip")
    return out


def bucketed(values: Places) -> Codes:
    """The codes of numbers on a coarse scale (``scale.bucket``)."""
    found = tables.get("buckets")
    if found is None:
        found = tables["buckets"] = coded([bucket(n) for n in range(-1, _BIG + 1)])
    out: Codes = found.take(values + 1, mode="clip")
    return out


def flags(values: Any) -> Codes:
    """The codes of truth values."""
    import numpy as np

    out: Codes = np.where(values, code("True"), code("False"))
    return out


def chosen(conditions: Sequence[Any], strings: Sequence[str], otherwise: str) -> Codes:
    """For each place the code of the string of the first condition that holds."""
    import numpy as np

    out: Codes = np.full(conditions[0].shape, code(otherwise), np.int64)
    for condition, string in zip(reversed(conditions), reversed(strings), strict=True):
        out[condition] = code(string)
    return out


def coded(strings: Sequence[str]) -> Codes:
    """The codes of strings."""
    import numpy as np

    return np.array(list(map(code, strings)), np.int64)


def ahead_listed(found: Places) -> Codes:
    """The classes of ``AHEAD`` in bits, joined to strings."""
    import numpy as np

    names = tables.get("ahead")
    if names is None:
        joined = ["+".join(name for n, name in enumerate(AHEAD) if bits >> n & 1) for bits in range(1 << len(AHEAD))]
        names = tables["ahead"] = np.array([code(j) for j in joined], np.int64)
    out: Codes = names.take((found >> AHEAD_SHIFT) & ((1 << len(AHEAD)) - 1))
    return out
