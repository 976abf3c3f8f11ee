"""What a number counts: the noun after it, the definite noun before it, or people said elsewhere.

Arabic counts 3-10 with a plural, 11-99 with an accusative singular and whole hundreds with a genitive singular; a
number with the article follows its noun. Known nouns and units stand in ``quantities/nouns`` and ``quantities/units``;
other words are taken where their form fits the number and nothing speaks against a noun.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from musnad.find.context import CLOSE, OPEN, Context
from musnad.find.numbers import Numeral
from musnad.find.tags import Tag
from musnad.lexicon.loader import Row, index, rows
from musnad.read.fold import fold_word
from musnad.read.words import BREAK, MARK, NUMBER, WORD, words

Range = tuple[int, int]
What = Literal["noun", "unit", "part", "time", "none"]

_ALIF, _TA, _LAM = (chr(c) for c in (0x627, 0x647, 0x644))
_ARTICLE = _ALIF + _LAM
_DUAL = _ALIF + chr(0x646)
_OPEN_TA = chr(0x62A)
_CONJUNCTIONS = (chr(0x648), chr(0x641))
_BEFORE_DUAL = (chr(0x628), _LAM)
_CLITICS = frozenset((*_CONJUNCTIONS, *_BEFORE_DUAL))
_TWO_CLITICS = frozenset(c + p for c in _CONJUNCTIONS for p in _BEFORE_DUAL)
_PLURAL_VERB = _CONJUNCTIONS[0] + _ALIF
_PERCENT = "%"
_SHORTEST = 2
_LONGEST_OF = 4
_NO_NOUN = frozenset(("preposition", "pronoun"))
_FEW, _TENS, _HUNDRED = 10, 99, 100


class Noun(NamedTuple):
    """A form of a noun that news counts, or of a nationality."""

    number: str
    kind: str
    party: str
    toll: str
    row: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What stands beside a number.

    Attributes:
        what: ``noun``; ``unit``; ``part`` (of them, of the ...); ``time`` where it is a time or an age; ``none``.
        of: tokens of the thing counted, or None.
        end: the token after everything that belongs to it.
        noun: the known noun, or None.
        unit: the row of the unit, or None.
    """

    what: What
    of: Range | None = None
    end: int = 0
    noun: Noun | None = None
    unit: Row | None = None


@lru_cache(maxsize=1)
def nouns() -> dict[str, Noun]:
    """Folded form → the countable noun: singular with and without accusative ending, plural, dual; nationalities."""
    found: dict[str, Noun] = {}

    def enter(form: str, noun: Noun) -> None:
        folded = fold_word(form)
        found.setdefault(folded, noun)
        if noun.number == "s" and folded[-1] not in (_TA, _ALIF):
            found.setdefault(folded + _ALIF, noun)

    for row in rows("quantities/nouns"):
        for number, forms in (("s", (row.key,)), ("p", row.all("plural")), ("d", row.all("dual"))):
            for form in forms:
                enter(form, Noun(number, row["kind"], row.get("party"), row.get("toll"), row.id))
    for row in rows("names/countries"):
        for number, column, ending in (("s", "masculine", ""), ("p", "plural", ""), ("d", "masculine", _DUAL)):
            for form in row.all(column):
                enter(form + ending, Noun(number, "person", row["iso"], "", row.id))
    return found


def stems(form: str) -> tuple[str, ...]:
    """A folded word as written, and what is left of it without the letters of conjunctions and prepositions."""
    if form[:1] not in _CLITICS:
        return (form,)
    return (form, form[1:], form[2:]) if form[:2] in _TWO_CLITICS else (form, form[1:])


@lru_cache(maxsize=1)
def _duals() -> frozenset[str]:
    return frozenset(form for form, noun in nouns().items() if noun.number == "d")


def is_dual(form: str) -> bool:
    """Whether a folded word is the dual of a countable noun, with or without clitics."""
    return not _duals().isdisjoint(stems(form))


@lru_cache(maxsize=1)
def classes() -> dict[str, frozenset[str]]:
    """Folded word → the classes of ``quantities/words`` it has."""
    found: dict[str, set[str]] = {}
    for row in rows("quantities/words"):
        found.setdefault(fold_word(row.key), set()).add(row["class"])
    for form, entries in index("names/times", "word").items():
        if any(row["class"] == "month" and row["tradition"] != "libyan" for row in entries):
            found.setdefault(form.split()[0], set()).add("month")
    return {form: frozenset(names) for form, names in found.items()}


@lru_cache(maxsize=1)
def units() -> dict[str, tuple[tuple[tuple[str, ...], Row], ...]]:
    """First token → the units that begin with it, as tokens, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Row]]] = {}
    for row in rows("quantities/units"):
        for form in (row.key, *row.all("forms")):
            parts = words(form).forms
            found.setdefault(parts[0], []).append((parts, row))
    return {first: tuple(sorted(entries, key=lambda e: -len(e[0]))) for first, entries in found.items()}


def unit_at(ctx: Context, j: int) -> tuple[Row, int] | None:
    """The unit of measure or money that begins at token ``j``, and the token after it."""
    forms = ctx.words.forms
    if j >= len(forms):
        return None
    entries = units().get(forms[j], ())
    if not entries and forms[j].startswith(_ARTICLE):
        entries = tuple(entry for entry in units().get(forms[j][2:], ()) if len(entry[0]) == 1)
        return (entries[0][1], j + 1) if entries else None
    for parts, row in entries:
        end = j + len(parts)
        if forms[j:end] == parts and not (forms[j] == _PERCENT and _written_to(ctx, end)):
            return row, end
    return None


def _written_to(ctx: Context, end: int) -> bool:
    """Whether a word or number is written to what ends before token ``end``, as in addresses of pages."""
    words = ctx.words
    return end < len(words) and words.kinds[end] in (WORD, NUMBER) and words.starts[end] == words.ends[end - 1]


def percent() -> Row:
    """The row of per cent."""
    return units()[_PERCENT][0][1]


def percent_before(ctx: Context, i: int) -> Row | None:
    """The row of per cent, where it is said right before token ``i``."""
    forms = ctx.words.forms
    if i == 0 or (forms[i - 1] == _PERCENT and i > 1 and ctx.words.ends[i - 2] == ctx.words.starts[i - 1]):
        return None
    found = unit_at(ctx, i - 1) if forms[i - 1] != _PERCENT else (percent(), i)
    return found[0] if found is not None and found[1] == i and found[0]["dimension"] == "ratio" else None


def has(form: str, *names: str) -> bool:
    """Whether a word has one of the classes ``names`` of ``quantities/words``."""
    found = classes().get(form)
    return found is not None and not found.isdisjoint(names)


def plain(t: Tag) -> str:
    """A word without conjunction and preposition, with its article written out."""
    bare = t.bare[len(t.proclitic) :]
    return _ALIF + bare if t.proclitic == _LAM and bare.startswith(_LAM) and t.definite else bare


def noun_of(form: str) -> Noun | None:
    """The countable noun of a form, with or without the article."""
    known = nouns()
    found = known.get(form)
    if found is None and form.startswith(_ARTICLE):
        found = known.get(form[2:])
    return found


def after(ctx: Context, n: Numeral) -> Counted:
    """What stands after the number ``n``."""
    j = n.end
    size = len(ctx)
    if j + 1 < size and _passes(ctx, n, j):
        j += 1
    if j >= size or ctx.words.kinds[j] == BREAK:
        return Counted(what="none", end=n.end)
    found = unit_at(ctx, j)
    if found is not None and not _is_no_unit(ctx, j, n, found[1]):
        return _measured(ctx, j, *found)
    form = ctx.words.forms[j]
    if ctx.words.kinds[j] in (MARK, NUMBER):
        return Counted(what="none", end=n.end)
    if has(form, "time", "age", "month"):
        return Counted(what="time", end=j + 1)
    if has(form, "people"):
        return _part(ctx, j, n)
    if has(form, "remainder"):
        return Counted(what="part", end=j + 1)
    return _noun_after(ctx, j, n)


def _is_no_unit(ctx: Context, j: int, n: Numeral, end: int) -> bool:
    """Whether the word at ``j`` is a time, or has an article that a unit after ``n`` cannot have."""
    form = ctx.words.forms[j]
    counts_definite = n.kind == "vague" or n.scale > 1
    return (has(form, "time") and end == j + 1) or (form.startswith(_ARTICLE) and not counts_definite)


def _passes(ctx: Context, n: Numeral, j: int) -> bool:
    """Whether the mark at token ``j`` may stand between a number and what it counts."""
    if ctx.words.forms[j] == ")":
        if not n.first or ctx.words.forms[n.first - 1] != "(":
            return False
        noun = noun_of(ctx.words.forms[j + 1])
        return noun is not None or (n.first > 1 and has(ctx.words.forms[n.first - 2], "number"))
    return ctx.symbols[j] == OPEN or (ctx.symbols[j] == CLOSE and unit_at(ctx, j + 1) is not None)


def _measured(ctx: Context, j: int, row: Row, end: int) -> Counted:
    """A unit, and for shares what they are of."""
    if row["dimension"] != "ratio":
        return Counted(what="unit", of=(j, end), end=end, unit=row)
    k = end + 1 if end < len(ctx) and ctx.symbols[end] == CLOSE else end
    if k + 1 < len(ctx) and has(ctx.words.forms[k], "people") and ctx.words.kinds[k + 1] == WORD:
        last = phrase_end(ctx, k + 1)
        return Counted(what="unit", of=(k + 1, last), end=last, unit=row)
    return Counted(what="unit", end=end, unit=row)


def _part(ctx: Context, j: int, n: Numeral) -> Counted:
    """A number of the ... ."""
    k = j + 1
    if k < len(ctx) and ctx.symbols[k] == OPEN:
        k += 1
    if k >= len(ctx) or ctx.words.kinds[k] != WORD:
        return Counted(what="none", end=n.end)
    form, t = ctx.words.forms[k], ctx.tags[k]
    if has(form, "time", "age", "month"):
        return Counted(what="time", end=k + 1)
    if has(form, "between"):
        return Counted(what="part", end=k)
    if t is None or (t.particle and noun_of(form) is None):
        return Counted(what="none", end=n.end)
    end = phrase_end(ctx, k)
    return Counted(what="part", of=(k, end), end=end, noun=noun_of(form))


def _noun_after(ctx: Context, j: int, n: Numeral) -> Counted:
    """The noun right after a number, known or by its form."""
    form, t = ctx.words.forms[j], ctx.tags[j]
    none = Counted(what="none", end=n.end)
    if t is None:
        return none
    noun = noun_of(form) if t.particle not in _NO_NOUN else None
    joined = t.conjunction == _CONJUNCTIONS[0] or t.proclitic
    if noun is None and (t.particle or joined or len(form) <= _SHORTEST or has(form, "stop")):
        return none
    if noun is None and n.weak and not form.endswith(_ALIF + _OPEN_TA):
        return none
    if t.definite and form not in nouns() and not (n.kind == "vague" or n.scale > 1):
        return none
    if noun is None and (any(c.kind == "v" and c.strength > 1 for c in t.cues) or not agrees(form, n)):
        return none
    end = phrase_end(ctx, j, annexed=n.kind == "vague")
    return Counted(what="noun", of=(j, end), end=end, noun=noun)


def agrees(form: str, n: Numeral) -> bool:
    """Whether an unknown word can be the noun of ``n``: 11-99 take a singular with an accusative ending."""
    if n.kind == "vague" or n.value is None:
        return form.startswith(_ARTICLE)
    if isinstance(n.value, float):
        return True
    rest = n.value % _HUNDRED
    if _FEW < rest <= _TENS and n.scale == 1:
        return n.digits or form[-1] in (_ALIF, _TA)
    if n.scale > 1 or rest == 0:
        return True
    return n.value > _HUNDRED or n.value > 2


def phrase_end(ctx: Context, first: int, *, annexed: bool = True) -> int:
    """The end of a noun phrase: its noun and the words that agree with it in article or ending.

    Args:
        ctx: the text.
        first: token of the noun.
        annexed: whether a definite noun may follow an indefinite one.
    """
    head = ctx.tags[first]
    end = first + 1
    while head is not None and end < len(ctx) and end - first < _LONGEST_OF:
        t = ctx.tags[end]
        if t is None or t.particle or t.conjunction or t.proclitic or has(t.form, "time", "month", "stop"):
            break
        if any(c.kind == "v" and c.strength > 1 for c in t.cues):
            break
        if not (t.definite or "gentilic" in t.lexical or _same_ending(head.form, t.form)):
            break
        if t.definite and not head.definite and (not annexed or end - first > 1) and not _definite(ctx, first, end):
            break
        end += 1
    return end


def _definite(ctx: Context, first: int, end: int) -> bool:
    return any(t is not None and t.definite for t in ctx.tags[first:end])


def _same_ending(head: str, form: str) -> bool:
    return len(form) > _SHORTEST + 1 and form[-1] == head[-1] and form[-1] in (_ALIF, _TA) and form[-2:] != _PLURAL_VERB


def before(ctx: Context, n: Numeral) -> Counted | None:
    """The definite noun that a number with the article follows: the three dead; None for ordinals."""
    last = n.first
    while last > 0 and ctx.words.forms[last - 1] == _ARTICLE and ctx.words.ends[last - 1] == ctx.words.starts[last]:
        last -= 1
    first = last
    while first > 0 and last - first < _LONGEST_OF - 1:
        t = ctx.tags[first - 1]
        if t is not None and first == last and has(t.form, "with them"):
            first -= 1
            continue
        if t is None or t.particle or not t.definite:
            break
        first -= 1
        if noun_of(plain(t)) is not None or has(plain(t), "ordinal", "time"):
            break
    if first == last:
        return None
    head = ctx.words.forms[first]
    t = ctx.tags[first]
    if t is None or not t.definite:
        return None
    bare = plain(t)
    if any(has(form, "ordinal", "time", "month", "label") for form in (head, bare)):
        return Counted(what="time", end=n.end)
    noun = noun_of(bare)
    if n.digits or n.value is None or not _FEW - 8 < n.value < _FEW * 2:
        plural = noun is not None and noun.number == "p"
        if not plural and not bare.endswith((_ALIF + _OPEN_TA, chr(0x64A) + chr(0x646), chr(0x648) + chr(0x646))):
            return None
    elif noun is not None and noun.number == "s":
        return None
    return Counted(what="noun", of=(first, last), end=n.end, noun=noun)
