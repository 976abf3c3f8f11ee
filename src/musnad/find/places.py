"""Names of places in a text: names of the gazetteer where they name places, and unlisted names after a class noun.

Words are looked up with and without the clitics written to them. How much a mention needs around it is told by the
level of its name (``tools/build_gazetteer.py``); the words that license it are in ``places/cues`` and
``places/classes``, those after which it names a body or a paper in ``places/bodies``. A capital needs a word that
only places follow, for it may speak for its government. What place a name means is settled in ``settle.gazetteer``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from musnad.find.context import CLOSE, COMMA, DASH, DIGITS, LINE, OPEN, Context
from musnad.find.placestarts import Start, place_words
from musnad.find.placewords import (
    ARTICLE,
    BA,
    KAF,
    LAM,
    WAW,
    bodies,
    body,
    capitals,
    class_noun,
    classes,
    countries,
    cue,
    feminine,
)
from musnad.find.unlisted import after_class
from musnad.lexicon.gazetteer import entry, gazetteer, place
from musnad.read.words import WORD
from musnad.types import Span

FREE, CUED, CLASSED, NEVER = 3, 2, 1, 0
_LEAD = 6
"""Tokens at the head of a text in which a dateline may stand."""


class FoundPlace(NamedTuple):
    """A mention of a place.

    Attributes:
        first, end: its tokens.
        span: its code points, without clitics.
        name: folded name, as listed (or as written where unlisted).
        numbers: places of the gazetteer that have the name, weightiest first; () where it is unlisted.
        noun: the class that a noun before it gives (``city``, ``region`` ...), or None.
        rule: why it is taken for a place.
        row: the row of the table that the rule rests on, or None.
        inside: whether only a place inside that of ``numbers`` is named (the airport of a city).
    """

    first: int
    end: int
    span: Span
    name: str
    numbers: tuple[int, ...]
    noun: str | None
    rule: str
    row: str | None
    inside: bool = False


class _Listed(NamedTuple):
    """A listed name where it stands: its tokens, how its first word is read, and what the gazetteer says of it."""

    first: int
    end: int
    start: Start
    name: str
    numbers: tuple[int, ...]
    level: int
    share: int | None

    @property
    def country(self) -> bool:
        """Whether it is the name of a country."""
        return self.name in countries()

    @property
    def stands_for(self) -> bool:
        """Whether it may stand for a government."""
        return self.name in capitals() and place(self.numbers[0]).country is not None


def places(ctx: Context, openers: Iterable[int] | None = None) -> tuple[FoundPlace, ...]:
    """The mentions of places in ``ctx``, in the order of the text.

    Args:
        openers: its tokens that may begin a name or are class nouns, ascending (``find.valuewords``), if known.
    """
    found: list[FoundPlace] = []
    forms, kinds = ctx.words.forms, ctx.words.kinds
    done, joined, after_noun = 0, -1, -1
    size = len(forms)
    # most words that begin names are common ones: one in twenty goes on with the second word of such a name
    seconds, words = (*forms[1:], ""), place_words()
    known = {
        i: word
        for i in (range(size) if openers is None else openers)
        if (word := words[forms[i]]) and (word.single or word.is_noun or seconds[i] in word.seconds)
    }
    ahead = iter([*known, size])
    following, i = next(ahead), -1
    while True:
        # the next word that is known, or the one after a class noun or a name that such a noun shows
        here = following
        if i < after_noun < here:
            here = after_noun
        if i < joined < here:
            here = joined
        i = here
        if i == size:
            return tuple(found)
        if i == following:
            following = next(ahead)
        if i < done or kinds[i] != WORD:
            continue
        seen = known.get(i)
        name = _longest(ctx, i, seen.starts) if seen is not None and seen.starts else None
        mention = _mention(ctx, name, found) if name is not None and name.level != NEVER else None
        if name is not None and name.level == NEVER:
            done = name.end
        elif mention is None and i in (after_noun, joined):
            mention = _unlisted(ctx, i, joined)
        if seen is not None and seen.is_noun:
            after_noun = i + 1
        if mention is not None:
            found.append(mention)
            done = mention.end
            joined = done if mention.noun is not None else -1


def _longest(ctx: Context, i: int, starts: tuple[Start, ...]) -> _Listed | None:
    """The longest listed name that begins at token ``i``."""
    names, following = gazetteer().names, ctx.form(i + 1)
    best: tuple[int, Start, str] | None = None
    for start in starts:
        if start.single and best is None:
            best = (1, start, start.word)
        if following not in start.seconds:
            continue
        for length in start.longer:
            if best is not None and length <= best[0]:
                break
            name = _joined(ctx, i, start.word, length)
            if name is not None and name in names:
                best = (length, start, name)
                break
    if best is None:
        return None
    length, start, name = best
    return _Listed(i, i + length, start, name, *entry(name))


def _joined(ctx: Context, i: int, word: str, length: int) -> str | None:
    """``word`` and the tokens after ``i`` as one name of ``length`` words; None across marks and lines."""
    end = i + length
    if end > len(ctx) or any(kind != WORD for kind in ctx.words.kinds[i + 1 : end]):
        return None
    return " ".join((word, *ctx.words.forms[i + 1 : end]))


def _mention(ctx: Context, name: _Listed, found: list[FoundPlace]) -> FoundPlace | None:
    """The listed name as a place; None where it is none there."""
    before = ctx.form(name.first - 1) if ctx.is_word(name.first - 1) else ""
    bare = not name.start.clitic
    if before and bare and _is_of_body(ctx, name, before):
        return None
    noun = _noun_before(ctx, name.first) if bare else None
    if noun is None:
        rule = _rule(ctx, name, before, found)
        return _place(ctx, name, None, rule, None) if rule is not None else None
    said = classes()[noun]
    if said.open == "sure" and name.level == CLASSED:
        return None  # a modern state
    if said.part and said.kind == "site" and noun in before and ctx.form(name.first - 1).endswith(noun):
        return _with_noun(ctx, name, noun, known=name.level != CLASSED or name.stands_for)
    return _place(ctx, name, said.kind, "class-noun", said.row)


def _place(ctx: Context, name: _Listed, noun: str | None, rule: str, row: str | None) -> FoundPlace:
    span = ctx.cut_span(name.first, name.end, name.start.letters)
    return FoundPlace(name.first, name.end, span, name.name, name.numbers, noun, rule, row)


def _is_of_body(ctx: Context, name: _Listed, before: str) -> bool:
    """Whether the name is part of the name of a body, a paper or a person."""
    noun = body(before)
    if noun is not None and (bodies()[noun] == "all" or not name.country):
        return True
    return _is_outlet(ctx, name)


def _is_outlet(ctx: Context, name: _Listed) -> bool:
    """Whether the name is that of a paper or a channel too, and stands in quotation marks."""
    t = ctx.tags[name.first]
    if t is None or "outlet" not in t.lexical:
        return False
    return ctx.symbol(name.first - 1) == OPEN and ctx.symbol(name.end) == CLOSE


def _with_noun(ctx: Context, name: _Listed, noun: str, *, known: bool) -> FoundPlace:
    """The site that a noun and the name of a place name together (the airport of Sanaa)."""
    first = name.first - 1
    said = classes()[noun]
    span = ctx.cut_span(first, name.end, len(ctx.form(first)) - len(noun))
    numbers = name.numbers if known else ()
    return FoundPlace(first, name.end, span, f"{noun} {name.name}", numbers, said.kind, "class-noun", said.row, known)


def _rule(ctx: Context, name: _Listed, before: str, found: list[FoundPlace]) -> str | None:
    """Why a listed name without a class noun is a place where it stands; None where it is none."""
    i, end, start = name.first, name.end, name.start
    if _is_outlet(ctx, name):
        return None
    if i <= _LEAD and _is_dateline(ctx, i, end):
        return "dateline"
    said = _cue(before, start)
    if name.level == FREE and not name.stands_for:
        u = ctx.tags[i - 1] if i and not (found and found[-1].end == i) else None
        if not name.country and u is not None and not start.clitic and "given" in u.lexical and not u.particle:
            return None  # a family name
        return "cue" if said == "in" else "listed"
    if _gentilic_after(ctx, end, name.numbers):
        return "gentilic"
    if said == "front" and place(name.numbers[0]).kind == "site":
        return "cue"
    if name.level == CLASSED:
        return "list" if _beside(ctx, name, found) else None
    if said in ("in", "to") or (
        said == "at" and not name.stands_for and (name.share is not None or name.level == FREE)
    ):
        return "cue"
    if (said == "move" or (said == "at" and _moves(ctx, i if start.clitic else i - 1))) or (
        not said and not start.clitic and _moves(ctx, i)
    ):
        return "move"
    return "list" if _in_list(ctx, name, found) else None


def _gentilic_after(ctx: Context, end: int, numbers: tuple[int, ...]) -> bool:
    """Whether the feminine gentilic of a country that has such a place follows (*Tyre, the Lebanese one*)."""
    t = ctx.tags[end] if end < len(ctx) else None
    if t is None or not t.definite or t.proclitic or t.conjunction or "gentilic" not in t.lexical:
        return False
    iso = feminine().get(t.form[len(ARTICLE) :])
    return iso is not None and any(place(n).country == iso for n in numbers)


def _noun_before(ctx: Context, i: int) -> str | None:
    """The class noun right before token ``i``; a gentilic may stand between (*the Russian capital, Moscow*)."""
    if i > 1 and ctx.symbols[i - 1] == COMMA:  # the French capital, Paris
        i -= 1
    noun = class_noun(ctx.form(i - 1))
    t = ctx.tags[i - 1] if noun is None and i > 1 else None
    if t is not None and t.definite and "gentilic" in t.lexical and ctx.is_word(i - 2):
        return class_noun(ctx.form(i - 2))
    return noun


def _moves(ctx: Context, i: int) -> bool:
    """Whether a word of going and coming stands just before token ``i``."""
    for k in range(i - 1, max(-1, i - 4), -1):
        if not ctx.is_word(k):
            return False
        if found := cue(ctx.form(k)):
            return found == "move"
    return False


def _cue(before: str, start: Start) -> str:
    """The class of the word that licenses a place before it or written to it; "" where there is none."""
    letter = start.clitic[-1:]
    if letter in (BA, KAF):
        return "in"
    if letter == LAM:
        return "at"
    if start.clitic or not before:
        return ""
    return cue(before)


def _is_dateline(ctx: Context, i: int, end: int) -> bool:
    """Whether the name opens the text and is followed by what parts a dateline from it."""
    after = ctx.symbol(end)
    if any(kind == WORD for kind in ctx.words.kinds[:i]):  # an agency may stand first
        return ctx.symbol(i - 1) in (DASH, "/", LINE) and after in (DASH, ":", "/", "(")
    return after in (DASH, "(", ":", "/", LINE, COMMA, DIGITS)


def _in_list(ctx: Context, name: _Listed, found: list[FoundPlace]) -> bool:
    """Whether the name is joined by a conjunction or a comma to a place right before it that is no country."""
    if not found or (found[-1].rule == "listed" and found[-1].name in countries()):
        return False
    gap, clitic = name.first - found[-1].end, name.start.clitic
    if gap == 0:
        return clitic == WAW
    if gap == 1 and not clitic and cue(ctx.form(name.first - 1)) == "list":
        return True
    return gap == 1 and ctx.symbols[name.first - 1] == COMMA and clitic in ("", WAW)


def _beside(ctx: Context, name: _Listed, found: list[FoundPlace]) -> bool:
    """Whether a name that is a common word too is joined by a conjunction to a place of a country that has such."""
    if not found or found[-1].end != name.first or name.start.clitic != WAW or not found[-1].numbers:
        return False
    last = place(found[-1].numbers[0])
    return last.kind != "country" and any(place(n).country == last.country for n in name.numbers)


def _unlisted(ctx: Context, i: int, joined: int) -> FoundPlace | None:
    """The unlisted name of a place at token ``i``, after a class noun or joined to one that ends at ``joined``."""
    name = after_class(ctx, i, joined)
    if name is None:
        return None
    first, span = name.first, ctx.cut_span(name.first, name.end, name.letters)
    source = ctx.words.source[span[0] : span[1]]
    return FoundPlace(
        first=first, end=name.end, span=span, name=" ".join(ctx.words.forms[i : name.end]) if source else "",
        numbers=(), noun=name.noun.kind, rule="unlisted", row=name.noun.row,
    )  # fmt: skip
