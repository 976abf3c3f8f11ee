"""Statements in columns: what is compared of many statements, made ready at once, in a form that can be kept.

Words, stems and roots are numbers made of their letters alone, so that columns of other days and processes can be put
beside one another. A word tells the less, the more statements of its article have it. All bits are multiples of 1/64,
so that sums of them are the same in any order.
"""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple, Self
from zlib import crc32

from musnad.find.numberwords import number_words
from musnad.keep.records import Version
from musnad.keep.shingles import different, np
from musnad.keep.stems import stem_of
from musnad.keep.voices import speaker

Array = np.ndarray[Any, Any]

WINDOW = 12  # days of one bucket, and between statements that find each other by words
_MASK = 0x7FFFFFFF
GRAIN = 64.0  # in a bit
_TENTHS = 10.0
_TELLING, _PROBES, _FEW_WORDS = 4.0, 12, 4  # bits of words that are looked up, how many; statements that give all
_RUN, _RUNS = 4, 4  # words of a run; runs of a statement
_MIX = np.uint64(0x9E3779B97F4A7C15)
_FUNCTION, _NEGATION, _NUMERIC = 1, 2, 4
QUOTED = 1  # a flag of a statement
_MOST_WORDS = 1 << 19  # that are remembered

HEAD = np.dtype([
    ("number", "<i8"), ("article", "<i8"), ("day", "<i4"), ("act", "<u4"),
    ("speaker", "<i4"), ("total", "<f4"), ("flags", "u1"), ("tokens", "<u2"), ("stems", "<u2"), ("negated", "<u2"),
    ("numerals", "<u2"), ("runs", "u1"),
])  # fmt: skip
STEM = np.dtype([("stem", "<u4"), ("root", "<u4"), ("grains", "<u2"), ("tenths", "u1")])
LISTS: Mapping[str, Any] = {
    "tokens": np.dtype("<u2"),
    "stems": STEM,
    "negated": np.dtype("<u4"),
    "numerals": np.dtype("<u2"),
    "runs": np.dtype("<i8"),
}


class Plain(NamedTuple):
    """What is compared of one statement: its number and its article's, and as in ``records.Version``."""

    number: int
    article: int
    published: str | None
    act: str
    tokens: Sequence[str]
    quoted: bool
    speaker: str


def plain_of(version: Version, number: int, article: int) -> Plain:
    """``version`` as it is compared."""
    return Plain(
        number, article, version.published, version.act, version.tokens, any(version.quoted),
        speaker(version.voice, version.office, version.country, version.names, version.anonymous),
    )  # fmt: skip


@cache
def day_of(published: str) -> int:
    """The number of a day; -1 for what is no date."""
    try:
        return datetime.date.fromisoformat(published[:10]).toordinal()
    except ValueError:
        return -1


def code(letters: str) -> int:
    """The number of a word, 31 bits."""
    return crc32(letters.encode("utf-8", "surrogatepass")) & _MASK


class Words:
    """The words of statements, each looked at once."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._columns: tuple[array[Any], ...] = tuple(array(kind) for kind in "IIIdB")

    def places(self, tokens: Sequence[str]) -> Array:
        """Where each word stands in ``columns``."""
        if len(self._places) > _MOST_WORDS:
            self.__init__()  # type: ignore[misc]
        known = self._places
        for word in set(tokens).difference(known):
            known[word] = len(known)
            self._add(word)
        return np.fromiter(map(known.__getitem__, tokens), dtype=np.int64, count=len(tokens))

    def columns(self) -> tuple[Array, ...]:
        """Code, code of the stem, of the root, bits, and kind of every word."""
        return tuple(np.array(column) for column in self._columns)

    def _add(self, word: str) -> None:
        s = stem_of(word)
        numeric = word[:1].isdecimal() or word in number_words()
        kind = s.function * _FUNCTION | s.negation * _NEGATION | numeric * _NUMERIC
        for column, value in zip(self._columns, (code(word), code(s.stem), code(s.root), s.bits, kind), strict=True):
            column.append(value)


@dataclass(frozen=True, eq=False, kw_only=True)
class Columns:
    """Statements in columns; those of one article stand together.

    Attributes:
        heads: one row a statement (``HEAD``): numbers, day, counts of what it has in the other columns.
        tokens: all words, in 16 bits, by which runs of words are compared.
        stems: the different stems of each statement that are no grammar, by root (``STEM``): with what they tell here,
            in 1/64 bits; the most telling roots, which are looked up, with tenths of bits, others with 0.
        negated: the roots of words that a negation stands before.
        numerals: the words that may be numbers, as in ``tokens``.
        runs: numbers of a few runs of telling words, of statements that quote.
        speakers: the different speakers (``keep.voices.speaker``).
    """

    heads: Array
    tokens: Array
    stems: Array
    negated: Array
    numerals: Array
    runs: Array
    speakers: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.heads)

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Several one after the other."""
        places: dict[str, int] = {}
        heads = []
        for part in parts:
            own = np.array([places.setdefault(speaker, len(places)) for speaker in part.speakers], dtype=np.int32)
            head = part.heads.copy()
            if len(head):
                head["speaker"] = own[head["speaker"]]
            heads.append(head)
        rest = {name: np.concatenate([getattr(part, name) for part in parts]) for name in LISTS}
        return cls(heads=np.concatenate(heads), **rest, speakers=tuple(places))

    def taken(self, rows: Array) -> Self:
        """Some statements, in their order."""
        heads = self.heads[rows].copy()
        wanted, back = np.unique(heads["speaker"], return_inverse=True)
        heads["speaker"] = back
        rest = {n: getattr(self, n)[spread(self.begins[n][rows], heads[n].astype(np.int64))] for n in LISTS}
        return type(self)(heads=heads, **rest, speakers=tuple(self.speakers[k] for k in wanted))

    @cached_property
    def begins(self) -> dict[str, Array]:
        """Where what each statement has in a list begins."""
        counts = {name: self.heads[name].astype(np.int64) for name in LISTS}
        return {name: np.cumsum(own) - own for name, own in counts.items()}

    def rows(self, name: str) -> Array:
        """For each row of a column its statement."""
        found: Array = np.repeat(np.arange(len(self.heads)), self.heads[name])
        return found

    @property
    def quoted(self) -> Array:
        """Which statements have words in quotation marks."""
        return (self.heads["flags"] & QUOTED) > 0

    @property
    def buckets(self) -> Array:
        """The number of twelve days that each statement is of; 0 where its day is not known."""
        days = self.heads["day"]
        found: Array = np.where(days < 0, 0, days // WINDOW)
        return found


def spread(starts: Array, counts: Array) -> Array:
    """Every place of the ranges that begin at ``starts``."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    places: Array = np.arange(total) + np.repeat(starts - (ends - counts), counts)
    return places


def first_of(keys: Array) -> Array:
    """The places in a sorted array at which another key begins."""
    if not len(keys):
        return np.empty(0, dtype=np.int64)
    return np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))


def columns_of(given: Sequence[Plain], words: Words) -> Columns:
    """Make statements ready; all statements of an article come together."""
    heads = np.zeros(len(given), dtype=HEAD)
    speakers: dict[str, int] = {}
    acts: dict[str, int] = {}
    told = [
        (
            one.number, one.article, day_of(one.published) if one.published else -1,
            acts.get(one.act) or acts.setdefault(one.act, code(one.act)),
            speakers.setdefault(one.speaker, len(speakers)), 0.0, one.quoted * QUOTED, len(one.tokens), 0, 0, 0, 0,
        )
        for one in given
    ]  # fmt: skip
    heads[:] = told
    flat = [word for one in given for word in one.tokens]
    places = words.places(flat)
    codes, stems, roots, bits, kinds = (column[places] for column in words.columns())
    of = np.repeat(np.arange(len(given)), heads["tokens"])
    telling = np.flatnonzero((kinds & _FUNCTION) == 0)
    weights = _weights(heads, of, roots, bits)
    own, negated = _negated(of, kinds, roots)
    heads["negated"] = np.bincount(own, minlength=len(given))
    numeric = (kinds & _NUMERIC) > 0
    heads["numerals"] = _per(of[numeric], len(given))
    stemmed, found = _stems(of[telling], stems[telling], roots[telling], weights[telling])
    heads["stems"] = _per(stemmed, len(given))
    heads["total"] = np.bincount(stemmed, weights=found["grains"], minlength=len(given)) / GRAIN
    _probe(found, stemmed, of[telling], roots[telling], bits[telling])
    ran, runs = _runs(of[telling], roots[telling], (heads["flags"] & QUOTED) > 0)
    heads["runs"] = _per(ran, len(given))
    return Columns(
        heads=heads,
        tokens=codes.astype(np.uint16),
        stems=found,
        negated=negated,
        numerals=codes[numeric].astype(np.uint16),
        runs=runs,
        speakers=tuple(speakers),
    )


def _per(of: Array, count: int) -> Array:
    return np.bincount(of, minlength=count)


def _weights(heads: Array, of: Array, roots: Array, bits: Array) -> Array:
    """What every word tells in 1/64 bits, the less, the more statements of its article have its root."""
    article = np.cumsum(np.concatenate(([0], heads["article"][1:] != heads["article"][:-1])))
    pairs = different(of.astype(np.uint64) << np.uint64(32) | roots)
    inside = article[(pairs >> np.uint64(32)).astype(np.int64)].astype(np.uint64) << np.uint64(32)
    every = np.sort(inside | (pairs & np.uint64(0xFFFFFFFF)))
    first = first_of(every)
    keys, often = every[first], np.diff(np.concatenate((first, [len(every)])))
    wanted = article[of].astype(np.uint64) << np.uint64(32) | roots
    count = often[np.searchsorted(keys, wanted)]
    weights: Array = np.round(bits / (1.0 + np.log2(count)) * GRAIN).astype(np.int64)
    return weights


def _negated(of: Array, kinds: Array, roots: Array) -> tuple[Array, Array]:
    """The roots of the words that a negation stands before, words of grammar between them left out."""
    before = np.flatnonzero((kinds & _NEGATION) > 0)
    words = np.flatnonzero((kinds & (_FUNCTION | _NEGATION)) == 0)
    if not len(before) or not len(words):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.uint32)
    after = np.searchsorted(words, before)
    kept = after < len(words)
    before, found = before[kept], words[after[kept]]
    found = np.unique(found[of[found] == of[before]])
    keys = np.unique(of[found].astype(np.uint64) << np.uint64(32) | roots[found])
    return (keys >> np.uint64(32)).astype(np.int64), (keys & np.uint64(_MASK)).astype(np.uint32)


def _stems(of: Array, stems: Array, roots: Array, weights: Array) -> tuple[Array, Array]:
    """The different stems of each statement, by root, each with the most that one of its words tells."""
    order = np.lexsort((-weights, stems, roots, of))
    of, stems, roots, weights = of[order], stems[order], roots[order], weights[order]
    first = first_of(of.astype(np.uint64) << np.uint64(32) | stems)
    found = np.empty(len(first), dtype=STEM)
    found["stem"], found["root"], found["grains"], found["tenths"] = stems[first], roots[first], weights[first], 0
    return of[first], found


def _probe(found: Array, stemmed: Array, of: Array, roots: Array, bits: Array) -> None:
    """Mark the most telling roots of each statement, each at its first stem; short statements give all.

    Args:
        found: the stems, as ``_stems`` gives them; ``stemmed``: their statements.
        of, roots, bits: statement, root, and what it tells in the news, of every telling word.
    """
    keys = stemmed.astype(np.uint64) << np.uint64(32) | found["root"]
    first = first_of(keys)
    own, told = stemmed[first], np.zeros(len(first))
    np.maximum.at(told, np.searchsorted(keys[first], of.astype(np.uint64) << np.uint64(32) | roots), bits)
    words = _per(of, int(own[-1]) + 1 if len(own) else 0)
    kept = np.flatnonzero((told >= _TELLING) | (words[own] < _FEW_WORDS))
    kept = kept[np.lexsort((found["root"][first[kept]], -told[kept], own[kept]))]
    begins = first_of(own[kept])
    rank = np.arange(len(kept)) - np.repeat(begins, np.diff(np.concatenate((begins, [len(kept)]))))
    chosen = kept[rank < _PROBES]
    found["tenths"][first[chosen]] = np.round(told[chosen] * _TENTHS)


def _runs(of: Array, roots: Array, quoted: Array) -> tuple[Array, Array]:
    """A few runs of telling words of statements that quote, chosen by their numbers, so that copies choose the same
    (Broder 1997)."""
    last = len(of) - _RUN + 1
    if last <= 0:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    begin = np.flatnonzero((of[:last] == of[_RUN - 1 :]) & quoted[of[:last]])
    number = np.zeros(len(begin), dtype=np.uint64)
    for k in range(_RUN):
        number = (number ^ roots[begin + k].astype(np.uint64)) * _MIX
        number ^= number >> np.uint64(29)
    keys = number >> np.uint64(1)
    order = np.lexsort((keys, of[begin]))
    own, keys = of[begin][order], keys[order]
    first = np.flatnonzero(np.concatenate(([True], (own[1:] != own[:-1]) | (keys[1:] != keys[:-1])))[: len(own)])
    own, keys = own[first], keys[first]
    counts = np.bincount(own, minlength=len(quoted))
    rank = np.arange(len(own)) - np.repeat(np.cumsum(counts) - counts, counts)
    return own[rank < _RUNS], keys[rank < _RUNS].astype(np.int64)
