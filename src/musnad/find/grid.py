"""Texts as columns of codes: what the models that choose among places are told of each token.

The columns of a word depend on its tag alone and are kept by tag, so that a text is one gather from an array. Rows for
what lies before and behind each text let neighbours be looked up without asking whether they exist. Several texts lie
side by side, since an operation on an array costs nearly the same for eight texts as for one; a single text is a
special case of several.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from musnad.find.columns import (
    AHEAD,
    AHEAD_SHIFT,
    AT,
    CLOSED,
    CLOSES,
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
    VALUES_SHIFT,
    cue_row,
    forget_kinds,
)  # fmt: skip
from musnad.find.context import Context
from musnad.find.cues import Site
from musnad.find.rows import EDGE, TOKENS, Rows, token_rows
from musnad.find.scale import bucket
from musnad.find.valuewords import KINDS
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
_BIG = 64


_CUES = Rows(len(CUE_COLUMNS))  # a cache, not a setting


@dataclass(frozen=True, slots=True)
class Grid:
    """Texts as columns.

    Finders number the tokens of each text from 0; here all tokens have one row of *places*. The place of a token is
    its number and the base of its text; ``EDGE`` places before and behind each text stand for what lies beyond it.

    Attributes:
        texts: the texts.
        bases: the place of the first token of each.
        rows: for each place the number of its row.
        array: ``COLUMNS`` × rows.
        bits: for each place the last column.
        inside: for each place the number of the innermost quotation around it, -1 outside.
        first, end: the bounds of the unit of each place.
        behind: for each place that behind the last token of its text.
        opening: for each place the number of the quotation whose mark stands there, -1 where there is none.
        quote_open, quote_close: places of the marks of each quotation; one more at the end, for *none* (-1).
        last_word: for each place the one after the last word or number before it, the base of the text without one.
        next_word: for each place itself or the next word or number, the place behind the text without one.
        may_end: for each place whether something closes before it, right behind a word: a mark, a new clause, a cue.
        counts: name → how many tokens of a kind stand before each place (``commas`` ...).
    """

    texts: Sequence[Context]
    bases: Sequence[int]
    rows: Places
    array: Codes
    bits: Places
    inside: Places
    first: Places
    end: Places
    behind: Places
    opening: Places
    quote_open: Places
    quote_close: Places
    last_word: Places
    next_word: Places
    may_end: Any
    counts: Any

    def at(self, places: Places) -> Callable[[str], Codes]:
        """The columns by name at ``places``."""
        array, rows = self.array, self.rows.take(places, mode="clip")

        def column(name: str) -> Codes:
            found: Codes = array[AT[name]].take(rows, mode="clip")
            return found

        return column

    def bit(self, mask: int, at: Places) -> Places:
        """Whether the places ``at`` have one of the bits of ``mask``."""
        found: Places = (self.bits.take(at, mode="clip") & mask) != 0
        return found

    def tokens(self, mask: int) -> list[list[int]]:
        """For each text the tokens that have one of the bits of ``mask``, in order."""
        import numpy as np

        places = ((self.bits & mask) != 0).nonzero()[0]
        bounds = np.searchsorted(places, [*self.bases, len(self.bits)]).tolist()
        return [(places[a:b] - base).tolist() for base, (a, b) in zip(self.bases, pairwise(bounds), strict=True)]

    def kinds(self) -> Places:
        """What stands in each place may be in values, as bits (``find.valuewords``)."""
        found: Places = (self.bits >> VALUES_SHIFT) & KINDS
        return found

    def bounds(self) -> list[tuple[int, int]]:
        """The places of the first token of each text and behind the last one."""
        return [(base, base + len(ctx)) for base, ctx in zip(self.bases, self.texts, strict=True)]


def grid(texts: Sequence[Context]) -> Grid:
    """Set texts out in columns, side by side; at least one."""
    import numpy as np

    if trim() or TOKENS.count > MOST_ROWS:
        _forget()
    rows, bases = token_rows(texts)
    size = len(rows)
    bits = TOKENS.array[-1].take(rows, mode="clip")
    inside, opening = (np.full(size, -1, np.int64) for _ in range(2))
    quotes: list[tuple[int, int]] = []
    for ctx, base in zip(texts, bases, strict=True):
        behind = base + len(ctx)
        for number, q in enumerate(ctx.quotes, len(quotes)):  # inner ones after those around them
            inside[base + q.open : min(base + q.close + 1, behind)] = number
        quotes += [(q.open + base, q.close + base) for q in ctx.quotes]
    opened, closed = np.array([*quotes, (-1, -1)], np.int64).T
    opening[opened[:-1]] = np.arange(len(quotes))
    first, end = _units(texts, bases)

    held = np.zeros((len(_COUNTED), size), np.int64)
    before = held[:, 1:]
    np.right_shift(bits[:-1], [[mask.bit_length() - 1] for mask in _COUNTED.values()], out=before)
    before &= 1
    np.cumsum(before, axis=1, out=before)
    brackets, marks = _last(bits)
    counts = SimpleNamespace(**dict(zip(_COUNTED, held, strict=True)), brackets=brackets, marks=marks)
    is_word, after_word, places = (bits & IS_WORD) != 0, np.zeros(size, bool), np.arange(size)
    after_word[1:] = is_word[:-1]
    ends = [base + len(ctx) for base, ctx in zip(bases, texts, strict=True)]
    last, following = np.where(after_word, places, 0), np.where(is_word, places, size)
    last[bases], following[ends] = bases, ends  # no text sees the words of another
    return Grid(
        texts=texts, bases=bases, rows=rows, array=TOKENS.array, bits=bits, inside=inside, first=first, end=end,
        behind=np.repeat(ends, np.diff([0, *(end + EDGE for end in ends)])),
        opening=opening, quote_open=opened, quote_close=closed,
        last_word=np.maximum.accumulate(last), next_word=np.minimum.accumulate(following[::-1])[::-1],
        may_end=after_word & ((bits & MAY_END) != 0),
        counts=counts,
    )  # fmt: skip


def _forget() -> None:
    """Forget all rows."""
    for t in TOKENS.owners:
        t.row = -1
    TOKENS.clear()
    _CUES.clear()
    tables.clear()
    forget_kinds()


def _units(texts: Sequence[Context], bases: Sequence[int]) -> tuple[Places, Places]:
    """The first token and the end of the unit of each place, -1 beyond the texts."""
    import numpy as np

    found: list[tuple[int, int, int]] = []  # first, end, size
    for ctx, base in zip(texts, bases, strict=True):
        found.append((-1, -1, EDGE))
        at = 0
        while at < len(ctx):
            first, end = ctx.units[at]
            found.append((first + base, end + base, end - first))
            at = end
        found.append((-1, -1, EDGE))
    first, end, sizes = np.array(found, np.int64).T
    return np.repeat(first, sizes), np.repeat(end, sizes)


def _last(bits: Places) -> Places:
    """For each place that of the last bracket before it where that opens, else -1; the same of all marks."""
    import numpy as np

    opens, sides = np.array([[[OPENS], [OPENED]], [[OPENS | CLOSES], [OPENED | CLOSED]]])
    places = np.where(bits & sides, np.arange(len(bits)) * 2 + ((bits & opens) != 0), -1)
    last = np.full_like(places, -1)
    np.maximum.accumulate(places[:, :-1], axis=1, out=last[:, 1:])
    return np.where(last & 1, last >> 1, -1)


@dataclass(frozen=True, slots=True)
class Sites:
    """Possible cues of texts as columns.

    Attributes:
        sites: the cues, as their texts number tokens.
        texts: the number of the text of each.
        array: ``CUE_COLUMNS`` × cues.
        base: the place of the first token of the text of each.
        token, after: the places of the first token and of the token after the last.
    """

    sites: Sequence[Site]
    texts: Sequence[int]
    array: Codes
    base: Places
    token: Places
    after: Places

    def __len__(self) -> int:
        return len(self.sites)

    def column(self, name: str) -> Codes:
        """A column of all cues."""
        found: Codes = self.array[_CUE_AT[name]]
        return found

    def governs(self) -> Codes:
        """The codes of the words that the cues govern: up to six × cues."""
        found: Codes = self.array[_CUE_AT["governs0"] : _CUE_AT["governs0"] + GOVERNED]
        return found

    def of(self, numbers: Places) -> Sites:
        """The columns of the cues with these numbers, which may recur (``sites`` and ``texts`` stay as they are)."""
        found = (column.take(numbers) for column in (self.base, self.token, self.after))
        return Sites(self.sites, self.texts, self.array.take(numbers, axis=1), *found)

    def only(self, numbers: Sequence[int]) -> Sites:
        """The cues with these numbers."""
        import numpy as np

        sites, texts = [self.sites[n] for n in numbers], [self.texts[n] for n in numbers]
        return replace(self.of(np.array(numbers, np.int64)), sites=sites, texts=texts)


_CUE_AT = {name: n for n, name in enumerate(CUE_COLUMNS)}


def sites_of(grid: Grid, sites: Sequence[Sequence[Site]]) -> Sites:
    """Set the cues of each text out in columns, those of all texts in one row."""
    import numpy as np

    flat, texts = [s for own in sites for s in own], [n for n, own in enumerate(sites) for _ in own]
    numbers: list[Any] = [_CUES.numbers.get(id(s.cue)) for s in flat]
    if None in numbers:
        new = {id(s.cue): s.cue for s, number in zip(flat, numbers, strict=True) if number is None}
        _CUES.numbers.update(zip(new, _CUES.add([cue_row(cue) for cue in new.values()]), strict=True))
        _CUES.owners += new.values()
        numbers = [_CUES.numbers[id(s.cue)] for s in flat]
    token, after = np.array([s.token for s in flat], np.int64), np.array([s.end for s in flat], np.int64)
    base = np.array(grid.bases, np.int64).take(np.array(texts, np.int64))
    array = _CUES.array.take(numbers, axis=1) if flat else np.zeros((len(CUE_COLUMNS), 0), np.int64)
    return Sites(flat, texts, array, base, token + base, after + base)


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
