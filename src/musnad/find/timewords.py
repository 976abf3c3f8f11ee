"""Words of time expressions and the grid of them that the grammar of ``find.times`` runs over.

Each folded word form is looked up once (``times/words``, ``read/months``) with its proclitics and the article
taken off in every way that the tables allow; the readings are kept. All later work happens where a reading was
found, so that its cost follows the time words of a text and not its length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from musnad.find.context import Context
from musnad.find.numbers import Numeral
from musnad.find.when import When
from musnad.lexicon.loader import Row, rows
from musnad.read.fold import fold_word
from musnad.read.words import NUMBER

_WAW, _FA, _BA, _LAM, _KAF = (chr(c) for c in (0x648, 0x641, 0x628, 0x644, 0x643))
_ARTICLE = chr(0x627) + chr(0x644)
_PARTS = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_FIXED = frozenset(("ref", "day", "to", "between", "from", "future", "age", "length", "anchor", "and", "the", "of"))
_MOST = 32_768
_LONGEST_NUMBER = 9  # digits

FIGURE = "#"

Hit = tuple[int, When]


class Starts(NamedTuple):
    """A rule of the grammar, and the classes of words that it may begin with."""

    name: str
    read: Callable[[Grid, int], Hit | None]
    classes: frozenset[str]


def starts(name: str, read: Callable[[Grid, int], Hit | None], *beginnings: str) -> Starts:
    """A rule with its first classes."""
    return Starts(name, read, frozenset(beginnings))


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading of a word, or of a phrase that begins with it, as a time word.

    Attributes:
        cls: its class (``unit``, ``month`` ...); ``value`` and ``number``: the cells of its row.
        row: lexicon row, ``table:key``.
        rest: the further words of a phrase, folded.
        clitic: conjunction and preposition letters taken off.
        definite: whether the article was taken off, or the form itself carries it.
        region: where a month name is used.
    """

    cls: str
    value: str
    number: str
    row: str
    rest: tuple[str, ...] = ()
    clitic: str = ""
    definite: bool = False
    region: str = ""


def _sense(row: Row, cls: str, parts: list[str]) -> Sense:
    return Sense(cls, row["value"], row.get("number"), row.id, tuple(parts[1:]), region=row.get("region"))


@lru_cache(maxsize=1)
def _entries() -> Mapping[str, tuple[Sense, ...]]:
    """First word of each form → its readings, longest phrases first."""
    found: dict[str, list[Sense]] = {}
    for row in rows("times/words"):
        for form in row.all("form"):
            parts = _PARTS.findall(fold_word(form))
            found.setdefault(parts[0], []).append(_sense(row, row["class"], parts))
    for row in rows("read/months"):
        parts = _PARTS.findall(fold_word(row["name"]))
        sense = Sense("month", row["month"], row["calendar"], row.id, tuple(parts[1:]), region=row["region"])
        found.setdefault(parts[0], []).append(sense)
    return MappingProxyType({k: tuple(sorted(v, key=lambda s: -len(s.rest))) for k, v in found.items()})


def _cuts(form: str) -> list[tuple[str, bool, str]]:
    """The ways to take clitics and the article off: letters taken off, whether the article was one, what is left."""
    found = []
    for conjunction in ("", form[0]) if form[0] in (_WAW, _FA) and len(form) > 2 else ("",):
        rest = form[len(conjunction) :]
        found.append((conjunction, False, rest))
        if rest.startswith(_ARTICLE):
            found.append((conjunction, True, rest[2:]))
        elif rest.startswith(_LAM + _LAM):
            found.append((conjunction + _LAM, True, rest[2:]))
        elif rest[0] in (_BA, _LAM, _KAF) and len(rest) > 2:
            found.append((conjunction + rest[0], False, rest[1:]))
            if rest[1:].startswith(_ARTICLE):
                found.append((conjunction + rest[0], True, rest[3:]))
    return found


@lru_cache(maxsize=_MOST)
def senses(form: str) -> tuple[Sense, ...]:
    """The readings of a folded word form as a time word, those with fewer clitics first."""
    entries = _entries()
    found: list[Sense] = []
    for clitic, definite, stem in _cuts(form):
        for entry in entries.get(stem, ()):
            if definite and entry.cls == "month" and entry.number != "hijri":
                continue
            if clitic and clitic[-1] in (_BA, _LAM, _KAF) and len(stem) < 3:
                continue
            if clitic or definite:
                found.append(replace(entry, clitic=clitic, definite=definite))
            else:
                found.append(replace(entry, definite=(entry.rest or (form,))[-1].startswith(_ARTICLE)))
    return tuple(sorted(found, key=lambda s: len(s.clitic)))


@lru_cache(maxsize=_MOST)
def classes(form: str) -> frozenset[str]:
    """The classes of a folded word form as a time word."""
    return frozenset(s.cls for s in senses(form))


@lru_cache(maxsize=_MOST)
def applying(rules: tuple[Starts, ...], form: str, counts: bool) -> tuple[Starts, ...]:
    """The rules that may begin at a word: those with one of its classes among theirs; a number is of class ``#``."""
    here = classes(form) | {FIGURE} if counts else classes(form)
    return tuple(rule for rule in rules if not here.isdisjoint(rule.classes))


class Grid:
    """The tokens of a text with their readings as time words.

    Attributes:
        forms, kinds: as in ``Words``.
        at: the readings of each token.
        numbers: first token → end and value of the numbers; ``definite_numbers``: those that carry the article.
        depth: how many dates are being read inside one another.
    """

    __slots__ = ("at", "ctx", "definite_numbers", "depth", "forms", "kinds", "number_clitics", "numbers", "size")

    def __init__(self, ctx: Context, numerals: Iterable[Numeral] = ()) -> None:
        self.ctx = ctx
        self.depth = 0
        self.forms = ctx.words.forms
        self.kinds = ctx.words.kinds
        self.size = len(self.forms)
        self.at = [senses(form) for form in self.forms]
        counted = [n for n in numerals if n.value is not None and n.kind != "ordinal" and not n.minus]
        self.numbers = {n.first: (n.end, n.value) for n in counted if n.value is not None}
        self.number_clitics = {n.first: n.clitic for n in counted}
        self.definite_numbers = frozenset(n.first for n in counted if n.article)

    def get(self, i: int, cls: str, clitics: str | None = None) -> Sense | None:
        """The first reading of class ``cls`` at ``i``.

        Args:
            clitics: the letters that may have been taken off; None: any.
        """
        if i >= self.size or i < 0:
            return None
        for s in self.at[i]:
            if s.cls != cls or (clitics is not None and s.clitic != clitics):
                continue
            if not s.rest or self.forms[i + 1 : i + 1 + len(s.rest)] == s.rest:
                return s
        return None

    def rules(self, i: int, rules: tuple[Starts, ...]) -> tuple[Starts, ...]:
        """Those of ``rules`` that may begin at token ``i``."""
        return applying(rules, self.forms[i], self.kinds[i] == NUMBER or i in self.numbers) if i < self.size else ()

    def inner(self, i: int, cls: str) -> Sense | None:
        """The reading of class ``cls`` at ``i`` without clitics: for words inside an expression."""
        return self.get(i, cls, "")

    def free(self, i: int, allow: str = "") -> bool:
        """Whether token ``i`` may continue an expression: a number, or a time word with no clitic but ``allow``."""
        if i >= self.size:
            return False
        if self.kinds[i] == NUMBER or self.number_clitics.get(i, "-") in ("", _ARTICLE, allow):
            return True
        return any(not s.clitic or s.clitic == allow for s in self.at[i])

    def form(self, i: int) -> str:
        """The folded form at ``i``, "" beyond the text."""
        return self.forms[i] if 0 <= i < self.size else ""

    def number(self, i: int) -> tuple[int, float] | None:
        """End and value of the number that begins at ``i``: plain digits, or a numeral in words."""
        if i >= self.size:
            return None
        if self.kinds[i] == NUMBER:
            form = self.forms[i]
            if form.isdecimal() and i not in self.numbers:
                return (i + 1, int(form)) if len(form) <= _LONGEST_NUMBER else None
        return self.numbers.get(i)

    def glued(self, i: int) -> bool:
        """Whether no space stands between token ``i`` and the one before it."""
        words = self.ctx.words
        return 0 < i < self.size and words.ends[i - 1] == words.starts[i]


def clitic_letters() -> tuple[str, str, str, str]:
    """The letters of and, in, to and as, that are written to the next word."""
    return _WAW, _BA, _LAM, _KAF
