"""Words of time expressions and the grid of them that the grammar of ``find.times`` runs over.

Each folded word form is looked up once (``times/words``, ``read/months``) with its proclitics and the article
taken off in every way that the tables allow; the readings are kept. All later work happens where a reading was
found, so that its cost follows the time words of a text and not its length.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from musnad.find.context import Context
from musnad.find.kept import Kept
from musnad.find.numbers import Numeral
from musnad.find.when import When
from musnad.lexicon.loader import Row, rows
from musnad.read.fold import fold_word
from musnad.read.words import NUMBER

if TYPE_CHECKING:
    from musnad.find.timerules import Rules, Starts

_WAW, _FA, _BA, _LAM, _KAF = (chr(c) for c in (0x648, 0x641, 0x628, 0x644, 0x643))
_ARTICLE = chr(0x627) + chr(0x644)
_PARTS = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_PREPOSITIONS = frozenset((_BA, _LAM, _KAF))
_OPENERS = frozenset((_WAW, _FA, _ARTICLE[0], *_PREPOSITIONS))  # first letters of a clitic or of the article
_LONGEST_NUMBER = 9  # digits
_END = ("",)  # what stands behind the last token

FIGURE = "#"

Hit = tuple[int, When]


class Sense(NamedTuple):
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


def names(s: Sense, definite: bool) -> tuple[str, ...]:
    """By what rules may ask for a sense: its class, also with its value, its number and whether it is definite."""
    return s.cls, f"{s.cls}:{s.value}", f"{s.cls}/{s.number}", f"{'the' if definite else 'a'} {s.cls}"


@lru_cache(maxsize=1)
def time_stems() -> Mapping[str, tuple[Sense, ...]]:
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


def _cuts(form: str, known: Container[str]) -> list[tuple[str, bool, str]]:
    """The ways to take clitics and the article off that leave a known word: letters taken off, whether the article
    was one, what is left."""
    found = _cut("", form, known)
    return found + _cut(form[0], form[1:], known) if form[0] in (_WAW, _FA) and len(form) > 2 else found


def _cut(conjunction: str, rest: str, known: Container[str]) -> list[tuple[str, bool, str]]:
    """The ways to take a preposition and the article off what stands after a conjunction."""
    found = [(conjunction, False, rest)] if rest in known else []
    first = rest[0]
    if first == _ARTICLE[0]:
        if rest[1:2] == _LAM and rest[2:] in known:
            found.append((conjunction, True, rest[2:]))
    elif rest[:2] == _LAM + _LAM:
        if rest[2:] in known:
            found.append((conjunction + _LAM, True, rest[2:]))
    elif first in _PREPOSITIONS and len(rest) > 2:
        if rest[1:] in known:
            found.append((conjunction + first, False, rest[1:]))
        if rest[1:3] == _ARTICLE and rest[3:] in known:
            found.append((conjunction + first, True, rest[3:]))
    return found


class TimeWord(NamedTuple):
    """A word type as a time word.

    Attributes:
        senses: its readings, those with fewer clitics first.
        named: class → its readings of that class, in the same order.
        classes: the names of its classes; ``counted``: with the one of numbers, for where it is the first word of one;
            ``alone``: for where nothing follows that goes on, with all ``names`` of its senses.
        clitics: the letters taken off in its readings; ``clitic``: those of the first reading.
        seconds: the second words of the phrases that begin with it.
        single: the same without phrases, for where none follows; None for a word that begins none.
    """

    senses: tuple[Sense, ...]
    named: Mapping[str, tuple[Sense, ...]]
    classes: frozenset[str]
    counted: frozenset[str]
    alone: frozenset[str]
    clitics: frozenset[str]
    clitic: str
    seconds: frozenset[str]
    single: TimeWord | None


_FIGURES = frozenset((FIGURE,))
_NONE: frozenset[str] = frozenset()
_NUMBER = TimeWord((), MappingProxyType({}), _FIGURES, _FIGURES, _NONE, _NONE, "", _NONE, None)
_DATE = _NUMBER._replace(alone=_FIGURES)  # a year, or figures with marks in them
_YEAR = len("2016")


@lru_cache(maxsize=1)
def time_words() -> Kept[TimeWord | None]:
    """Folded word form → what it is as a time word; None for words that are none."""
    return Kept(time_word)


def time_word(form: str) -> TimeWord | None:
    """What a folded word form is as a time word; not kept."""
    found = _senses(form)
    if form[0].isdecimal():
        plain = len(form) != _YEAR and form.isdecimal()
        return _made(found, _FIGURES) if found else _NUMBER if plain else _DATE
    return _made(found, frozenset()) if found else None


def _made(found: tuple[Sense, ...], classes: frozenset[str], whole: TimeWord | None = None) -> TimeWord:
    """The record of these readings; ``whole``: that of all readings of the word, where these are some of them."""
    named: dict[str, tuple[Sense, ...]] = {}
    for s in found:
        named[s.cls] = (*named.get(s.cls, ()), s)
    seconds = frozenset(s.rest[0] for s in found if s.rest)
    here = _same(classes.union(named))
    word = TimeWord(
        senses=found,
        named=named,
        classes=here,
        counted=_same(here | _FIGURES),
        alone=_same(classes.union(*(names(s, s.definite) for s in found))),
        clitics=whole.clitics if whole is not None else frozenset(s.clitic for s in found),
        clitic=whole.clitic if whole is not None else found[0].clitic,
        seconds=seconds,
        single=None,
    )
    if not seconds:
        return word
    return word._replace(single=_made(tuple(s for s in found if not s.rest), classes, word))


@lru_cache(maxsize=4096)
def _same(classes: frozenset[str]) -> frozenset[str]:
    """The one record of equal sets of classes: as a key it is found without comparing."""
    return classes


def senses(form: str) -> tuple[Sense, ...]:
    """The readings of a folded word form as a time word, those with fewer clitics first."""
    found = time_words()[form]
    return found.senses if found is not None else ()


def _senses(form: str) -> tuple[Sense, ...]:
    entries = time_stems()
    if form[0] not in _OPENERS:
        return tuple(_with(entry, form, "", False) for entry in entries[form]) if form in entries else ()
    cuts = _cuts(form, entries)
    if not cuts:
        return ()
    found = [
        _with(entry, form, clitic, definite)
        for clitic, definite, stem in cuts
        for entry in entries[stem]
        if not (definite and entry.cls == "month" and entry.number != "hijri")
        and not (len(stem) < 3 and clitic and clitic[-1] in _PREPOSITIONS)
    ]
    return tuple(sorted(found, key=lambda s: len(s.clitic)))


def _with(entry: Sense, form: str, clitic: str, definite: bool) -> Sense:
    """The reading with what was taken off."""
    if clitic or definite:
        return Sense(*entry[:5], clitic, definite, entry.region)
    return entry._replace(definite=True) if (entry.rest or (form,))[-1].startswith(_ARTICLE) else entry


class _Readings(dict[int, TimeWord | None]):
    """Token → what it is as a time word; without phrases where none follows. Looked up where somebody asks."""

    __slots__ = ("forms", "parts", "words")

    def __init__(self, forms: Sequence[str], parts: bytes) -> None:
        super().__init__()
        self.forms = forms
        self.parts = parts
        self.words = time_words()

    def __missing__(self, i: int) -> TimeWord | None:
        forms = self.forms
        if not 0 <= i < len(forms) or not self.parts[i]:
            self[i] = None
            return None
        word = self.words[forms[i]]
        # words that begin phrases are common ones, and mostly begin none
        if word is not None and word.single is not None and (forms[i + 1 : i + 2] or _END)[0] not in word.seconds:
            word = word.single
        self[i] = word
        return word


class Grid:
    """The tokens of a text with their readings as time words.

    ``parts`` says of each token whether it may be a part of a time, ``ends`` whether a time that it opens goes no
    further (``find.valuewords``).

    Attributes:
        forms, kinds: as in ``Words``.
        at: token → what it is as a time word, None for other words and beyond the text.
        numbers: first token → end and value of the numbers; ``definite_numbers``: those that carry the article.
        ends: for each token whether no time that it opens goes on behind it.
        depth: how many dates are being read inside one another.
    """

    __slots__ = (
        "at",
        "ctx",
        "definite_numbers",
        "depth",
        "ends",
        "forms",
        "kinds",
        "number_clitics",
        "numbers",
        "size",
    )

    def __init__(self, ctx: Context, numerals: Iterable[Numeral] = (), parts: bytes = b"", ends: bytes = b"") -> None:
        self.ctx = ctx
        self.depth = 0
        self.forms = forms = ctx.words.forms
        self.kinds = ctx.words.kinds
        self.size = len(forms)
        self.at = _Readings(forms, parts or b"\1" * len(forms))
        self.ends = ends or bytes(len(forms))
        counted = [n for n in numerals if n.value is not None and n.kind != "ordinal" and not n.minus]
        self.numbers = {n.first: (n.end, n.value) for n in counted if n.value is not None}
        self.number_clitics = {n.first: n.clitic for n in counted}
        self.definite_numbers = frozenset(n.first for n in counted if n.article)

    def get(self, i: int, cls: str, clitics: str | None = None) -> Sense | None:
        """The first reading of class ``cls`` at ``i``.

        Args:
            clitics: the letters that may have been taken off; None: any.
        """
        word = self.at[i]
        if word is None or cls not in word.classes:
            return None
        for s in word.named[cls]:
            if clitics is not None and s.clitic != clitics:
                continue
            if not s.rest or self.forms[i + 1 : i + 1 + len(s.rest)] == s.rest:
                return s
        return None

    def rules(self, i: int, rules: Rules) -> tuple[Starts, ...]:
        """Those of ``rules`` that may begin at token ``i``."""
        word = self.at[i]
        if word is None:
            return rules.followed[_FIGURES] if i in self.numbers and not self.ends[i] else ()
        if self.ends[i] and not word.seconds:
            return rules.alone[word.alone]
        return rules.followed[word.counted if i in self.numbers else word.classes]

    def inner(self, i: int, cls: str) -> Sense | None:
        """The reading of class ``cls`` at ``i`` without clitics: for words inside an expression."""
        word = self.at[i]
        return self.get(i, cls, "") if word is not None and cls in word.classes else None

    def free(self, i: int, allow: str = "") -> bool:
        """Whether token ``i`` may continue an expression: a number, or a time word with no clitic but ``allow``."""
        if i >= self.size:
            return False
        if self.kinds[i] == NUMBER or self.number_clitics.get(i, "-") in ("", _ARTICLE, allow):
            return True
        word = self.at[i]
        return word is not None and ("" in word.clitics or allow in word.clitics)

    def units(self, i: int) -> tuple[Sense, ...]:
        """The readings of token ``i`` as a unit of time in one word."""
        word = self.at[i]
        return tuple(s for s in word.named.get("unit", ()) if not s.rest) if word is not None else ()

    def clitic(self, i: int) -> str:
        """The letters taken off at token ``i`` in its first reading."""
        word = self.at[i]
        return word.clitic if word is not None else ""

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
