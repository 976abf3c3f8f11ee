"""Names of places in a text: names of the gazetteer in their place, and unknown names after a class noun (*town of*).

Words are looked up with and without the clitics written to them. How much a mention needs around it is told by the
level of its name (``tools/build_gazetteer.py``); the words that license it are in ``places/cues`` and
``places/classes``, those after which it names a body or a paper in ``places/bodies``. A capital needs a word that
only places follow, for it may speak for its government. What place a name means is settled in ``settle.gazetteer``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from musnad.find.context import COMMA, DASH, DIGITS, LINE, Context
from musnad.lexicon.gazetteer import entry, gazetteer, place
from musnad.lexicon.loader import rows
from musnad.read.fold import fold_word
from musnad.read.joins import word_count
from musnad.read.words import WORD
from musnad.types import Span

FREE, CUED, CLASSED = 3, 2, 1
_MOST_TYPES = 65_536
_WAW, _FA, _BA, _LAM, _KAF, _ALIF = (chr(c) for c in (0x648, 0x641, 0x628, 0x644, 0x643, 0x627))
_ARTICLE = _ALIF + _LAM
_PREPOSITIONS = (_BA, _LAM, _KAF)
_SHORTEST = 3
_RARE, _RATIO = 64, 3
"""A rarer word may be an unknown name; a word so many times more usual than its rest has no clitic."""
_LEAD = 6
"""Tokens at the head of a text in which a dateline may stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlace:
    """A mention of a place.

    Attributes:
        first, end: its tokens.
        span: its code points, without clitics.
        name: folded name, as listed (or as written where unknown).
        numbers: places of the gazetteer that have the name, weightiest first; () where it is unknown.
        noun: the class that a noun before it gives (``city``, ``region`` ...), or None.
        rule: why it is taken for a place.
        row: the row of the table that the rule rests on, or None.
    """

    first: int
    end: int
    span: Span
    name: str
    numbers: tuple[int, ...]
    noun: str | None
    rule: str
    row: str | None


@dataclass(frozen=True, slots=True)
class _Start:
    """A way to read a word as the beginning of a name: clitic letters before it, the word, lengths of names."""

    letters: int
    word: str
    lengths: str
    clitic: str


@lru_cache(maxsize=_MOST_TYPES)
def _starts(form: str) -> tuple[_Start, ...]:
    """The readings of a folded word as the beginning of a listed name, the whole word first."""
    table = gazetteer().lengths
    found = [_Start(0, form, table[form], "")] if form in table else []
    usual = word_count(form)
    for conjunction in ("", _WAW, _FA):
        if not form.startswith(conjunction) or len(form) <= len(conjunction) + 2:
            continue
        rest = form[len(conjunction) :]
        if conjunction and rest in table:
            found.append(_Start(1, rest, table[rest], conjunction))
        if rest[0] in _PREPOSITIONS and len(rest) > _SHORTEST:
            clitic = conjunction + rest[0]
            if rest[1:] in table and (usual < _RARE or usual <= _RATIO * word_count(rest[1:])):
                found.append(_Start(len(clitic), rest[1:], table[rest[1:]], clitic))
            whole = _ALIF + rest[1:]
            if rest.startswith(_LAM + _LAM) and whole in table:  # the article has lost its first letter
                found.append(_Start(len(conjunction), whole, table[whole], clitic))
    return tuple(found)


@cache
def _classes() -> Mapping[str, tuple[str, bool, bool, str]]:
    """Folded class noun, bare or with clitics → kind, whether it belongs to the name, whether it is open, row."""
    found: dict[str, tuple[str, bool, bool, str]] = {}
    for row in rows("places/classes"):
        for noun in row.all("noun"):
            found.setdefault(fold_word(noun), (row["kind"], row["part"] == "yes", row["open"] == "yes", row.id))
    return MappingProxyType(found)


@cache
def _cues() -> Mapping[str, tuple[str, str]]:
    """Folded word before a place → class and row."""
    return MappingProxyType({fold_word(r.key): (r["class"], r.id) for r in rows("places/cues")})


@cache
def _bodies() -> Mapping[str, str]:
    """Folded noun of a body → the scope in which a name after it is no place (``all``, ``towns``)."""
    return MappingProxyType({fold_word(n): r["scope"] for r in rows("places/bodies") for n in r.all("noun")})


@cache
def _capitals() -> frozenset[str]:
    """Folded capitals, which may stand for their governments."""
    return frozenset(fold_word(n) for r in rows("names/countries") for n in r.all("capital"))


@cache
def _seats() -> frozenset[str]:
    """Folded sites that stand for the government in them."""
    return frozenset(fold_word(n) for r in rows("places/seats") for n in r.all("name"))


@cache
def _countries() -> frozenset[str]:
    found = {fold_word(n) for r in rows("names/countries") for n in (r["name"], *r.all("variants"))}
    return frozenset(found | {fold_word(n) for r in rows("places/countries") for n in r.all("name")})


def bare_noun(form: str, table: Mapping[str, object]) -> str | None:
    """The key of ``table`` that ``form`` is, alone or behind a conjunction and a preposition; None where it is none."""
    if form in table:
        return form
    for letters in (1, 2):
        head = form[:letters]
        if len(form) > letters + 2 and all(c in (_WAW, _FA, *_PREPOSITIONS) for c in head) and form[letters:] in table:
            return form[letters:]
    return None


def places(ctx: Context) -> tuple[FoundPlace, ...]:
    """The mentions of places in ``ctx``, in the order of the text."""
    found: list[FoundPlace] = []
    forms, kinds = ctx.words.forms, ctx.words.kinds
    size, done = len(forms), 0
    for i, form in enumerate(forms):
        if i < done or kinds[i] != WORD:
            continue
        starts = _starts(form)
        mention = _listed(ctx, i, starts, found) if starts else None
        if mention is None and i and form not in _classes():
            mention = _unknown(ctx, i)
        if mention is not None and mention.end <= size:
            found.append(mention)
            done = mention.end
    return tuple(found)


def _listed(ctx: Context, i: int, starts: tuple[_Start, ...], found: list[FoundPlace]) -> FoundPlace | None:
    """The listed name that begins at token ``i`` and is a place there."""
    names = gazetteer().names
    longest: tuple[int, _Start, str] | None = None
    for start in starts:
        for digit in start.lengths:
            length = int(digit)
            if longest is not None and length <= longest[0]:
                break
            name = start.word if length == 1 else _joined(ctx, i, start.word, length)
            if name is not None and name in names:
                longest = (length, start, name)
                break
    if longest is None:
        return None
    length, start, name = longest
    licence = _licence(ctx, i, i + length, start, name, found)
    if licence is None:
        return None
    noun, rule, row = licence
    return FoundPlace(
        first=i, end=i + length, span=_span(ctx, i, i + length, start.letters), name=name, numbers=entry(name)[0],
        noun=noun, rule=rule, row=row,
    )  # fmt: skip


def _joined(ctx: Context, i: int, word: str, length: int) -> str | None:
    """``word`` and the tokens after ``i`` as one name of ``length`` words; None across marks and lines."""
    end = i + length
    if end > len(ctx) or any(kind != WORD for kind in ctx.words.kinds[i + 1 : end]):
        return None
    return " ".join((word, *ctx.words.forms[i + 1 : end]))


def _span(ctx: Context, first: int, end: int, letters: int) -> Span:
    """Source span of tokens ``[first, end)`` without the first ``letters`` letters."""
    a, b = ctx.span(first, end)
    source = ctx.words.folded.source
    while letters and a < b - 1:
        letters -= 1
        a += 1
        while a < b - 1 and not source[a].isalnum():
            a += 1
    return (a, b)


def _licence(
    ctx: Context, i: int, end: int, start: _Start, name: str, found: list[FoundPlace]
) -> tuple[str | None, str, str | None] | None:
    """Why the listed name is a place here: class given by a noun, rule, row; None where it is none."""
    before = ctx.form(i - 1) if ctx.is_word(i - 1) else ""
    country = name in _countries()
    numbers, level, share = entry(name)
    if before and not start.clitic:
        body = bare_noun(before, _bodies())
        if body is not None and (_bodies()[body] == "all" or not country):
            return None
        noun = _noun_before(ctx, i)
        if noun is not None:
            kind, _, _, row = _classes()[noun]
            return kind, "class-noun", row
    if i <= _LEAD and _is_dateline(ctx, i, end):
        return None, "dateline", None
    stands_for = not country and (name in _capitals() or name in _seats())
    if level == FREE and not stands_for:
        t = ctx.tags[i - 1] if i else None
        if not country and t is not None and not start.clitic and "given" in t.lexical and not t.particle:
            return None  # a family name
        return None, "listed", None
    if _gentilic_after(ctx, end, numbers):
        return None, "gentilic", None
    if level == CLASSED:
        return None
    cue = _cue(ctx, i, before, start)
    if cue in ("in", "to") or (cue == "at" and not stands_for and (share is not None or level == FREE)):
        return None, "cue", None
    if (cue == "move" or (cue == "at" and _moves(ctx, i - 1))) or (not cue and not start.clitic and _moves(ctx, i)):
        return None, "move", None
    if _in_list(ctx, i, start, found):
        return None, "list", None
    return None


def _gentilic_after(ctx: Context, end: int, numbers: tuple[int, ...]) -> bool:
    """Whether the feminine gentilic of a country that has such a place follows (*Tyre, the Lebanese one*)."""
    t = ctx.tags[end] if end < len(ctx) else None
    if t is None or not t.definite or t.proclitic or t.conjunction or "gentilic" not in t.lexical:
        return False
    iso = _feminine().get(t.form[len(_ARTICLE) :])
    return iso is not None and any(place(n).country == iso for n in numbers)


@cache
def _feminine() -> Mapping[str, str]:
    """Folded feminine gentilic, without the article → ISO 3166-1 of its country."""
    return MappingProxyType({fold_word(f): r["iso"] for r in rows("names/countries") for f in r.all("feminine")})


def _noun_before(ctx: Context, i: int) -> str | None:
    """The class noun right before token ``i``; a gentilic may stand between (*the Russian capital Moscow*)."""
    noun = bare_noun(ctx.form(i - 1), _classes())
    if noun is None and i > 1 and ctx.is_word(i - 2):
        t = ctx.tags[i - 1]
        if t is not None and t.definite and "gentilic" in t.lexical:
            noun = bare_noun(ctx.form(i - 2), _classes())
    return noun


def _moves(ctx: Context, i: int) -> bool:
    """Whether a word of going and coming stands just before token ``i``."""
    for k in range(i - 1, max(-1, i - 4), -1):
        if not ctx.is_word(k):
            return False
        cue = bare_noun(ctx.form(k), _cues())
        if cue is not None:
            return _cues()[cue][0] == "move"
    return False


def _cue(ctx: Context, i: int, before: str, start: _Start) -> str:
    """The class of the word that licenses a place at token ``i``; "" where there is none."""
    if start.clitic[-1:] == _BA:
        return "in"
    if start.clitic[-1:] == _LAM:
        return "at"
    if start.clitic or not before:
        return ""
    cue = bare_noun(before, _cues())
    return _cues()[cue][0] if cue is not None else ""


def _is_dateline(ctx: Context, i: int, end: int) -> bool:
    """Whether the name is followed by what parts a dateline from the text."""
    if any(ctx.words.kinds[k] == WORD for k in range(i)):
        return False
    return ctx.symbol(end) in (DASH, "(", ":", "/", LINE, COMMA, DIGITS)


def _in_list(ctx: Context, i: int, start: _Start, found: list[FoundPlace]) -> bool:
    """Whether the name is joined by a conjunction or a comma to a place right before it."""
    if not found:
        return False
    last = found[-1]
    if last.rule == "listed" and last.noun is None and last.name in _countries():
        return False
    gap = i - last.end
    if gap == 0:
        return start.clitic == _WAW
    return gap == 1 and ctx.symbols[i - 1] == COMMA and start.clitic in ("", _WAW)


def _unknown(ctx: Context, i: int) -> FoundPlace | None:
    """An unknown name right after an open class noun."""
    before = ctx.form(i - 1) if ctx.is_word(i - 1) else ""
    noun = bare_noun(before, _classes()) if before else None
    if noun is None:
        return None
    kind, part, open_, row = _classes()[noun]
    if not open_ or not _may_be_name(ctx, i):
        return None
    end = i + 1
    first = i - 1 if part else i
    letters = len(before) - len(noun) if part else 0
    return FoundPlace(
        first=first, end=end, span=_span(ctx, first, end, letters), name=ctx.form(i), numbers=(), noun=kind,
        rule="unknown-after-class", row=row,
    )  # fmt: skip


def _may_be_name(ctx: Context, i: int) -> bool:
    """Whether an unknown word can be the name of a place."""
    t = ctx.tags[i]
    if t is None or t.particle or t.cues or t.lexical or t.conjunction or t.proclitic or len(t.form) < _SHORTEST:
        return False
    return word_count(t.form) < _RARE
