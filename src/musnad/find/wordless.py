"""Quantities without a number: duals (two persons), pairs, one of those counted before, and a single dead or wounded.

The dual of an indefinite noun counts two. In the oblique case it looks like a plural for many nouns of persons; then
only vowel signs or the number two after it tell. In the construct state the dual has lost its last letter
(``quantities/words``, class ``annexed``, lists what follows such nouns of persons).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from musnad.find.approximations import bound_after, bound_before
from musnad.find.context import OPEN, Context
from musnad.find.counted import Counted, Noun, after, classes, has, is_dual, nouns, phrase_end, stems
from musnad.find.numbers import Numeral
from musnad.find.tallies import FoundQuantity, bounded, tallied
from musnad.find.tolls import is_toll_word, toll_words

_ALIF, _TA, _NUN, _YA, _WAW = (chr(c) for c in (0x627, 0x62A, 0x646, 0x64A, 0x648))
_FATHA, _SUKUN = "\u064e", "\u0652"
_DUAL, _REACH = 2, 6
_DUAL_SIGN, _CONSTRUCT, _VOWELLED, _PAIR, _ONE, _TOLL = "dual", "construct", "vowelled", "pair", "one of them", "toll"


@lru_cache(maxsize=1)
def _signs() -> dict[str, tuple[str, Noun | None]]:
    """Folded form without clitics → what it may be the sign of, and its noun."""
    found: dict[str, tuple[str, Noun | None]] = {}
    for form, noun in nouns().items():
        if noun.number == "d":
            found[form] = (_DUAL_SIGN, noun)
    for form, noun in nouns().items():
        if noun.number == "d" and form.endswith(_ALIF + _NUN) and (noun.kind == "person" or form[-3] == _TA):
            for ending in (_ALIF, _YA):
                found.setdefault(form[:-2] + ending, (_CONSTRUCT, noun))
        elif noun.number == "p" and noun.kind == "person" and form.endswith(_YA + _NUN):
            found.setdefault(form, (_VOWELLED, noun))
    return found


@lru_cache(maxsize=1)
def _fixed() -> dict[str, str]:
    """Folded form → what it is the sign of, as it stands."""
    found = {form: name for form, names in classes().items() for name in (_PAIR, _ONE) if name in names}
    return dict.fromkeys(toll_words(), _TOLL) | found


def sign_stems() -> Iterable[str]:
    """What is left of the words that ``sign`` knows without clitics, and those that it knows as they stand."""
    return (*_signs(), *_fixed())


def sign(form: str) -> tuple[str, Noun | None] | None:
    """What a folded word may be the sign of, and its noun; None for a word that is no sign of a quantity."""
    fixed = _fixed().get(form, "")
    if fixed and fixed != _TOLL:
        return fixed, None
    known = _signs()
    found = [known[stem] for stem in stems(form) if stem in known]
    if found:
        return next((one for one in found if one[0] == _DUAL_SIGN), found[0])
    return (_TOLL, None) if fixed else None


def unnumbered(ctx: Context, i: int) -> FoundQuantity | None:
    """The quantity that the word at token ``i`` is the sign of."""
    found = sign(ctx.words.forms[i])
    if found is None:
        return None
    said, noun = found
    if said == _PAIR:
        return _pair(ctx, i)
    if said == _ONE:
        return _one_of_them(ctx, i)
    if said == _TOLL or noun is None:
        return _single(ctx, i + 1)
    if said == _CONSTRUCT:
        return _construct(ctx, i, noun)
    if said == _VOWELLED and not _has_dual_vowels(ctx, i):
        return None
    return _dual(ctx, i, noun)


def _has_dual_vowels(ctx: Context, i: int) -> bool:
    """Whether the source writes the vowel signs that a dual has and a plural has not."""
    words = ctx.words
    if words.ends[i] - words.starts[i] == len(words.forms[i]):
        return False
    source = words.source[words.starts[i] : words.ends[i]]
    return _YA + _SUKUN in source or _FATHA + _YA + _NUN in source


def _construct(ctx: Context, i: int, noun: Noun) -> FoundQuantity | None:
    """Two of a thing in the construct state: two officers of police, two cases of death."""
    t = ctx.tags[i + 1] if i + 1 < len(ctx) else None
    if (
        t is None
        or t.particle
        or t.definite
        or t.conjunction
        or t.proclitic
        or any(c.kind == "v" and c.strength > 1 for c in t.cues)
    ):
        return None
    following = ctx.tags[i + 2] if i + 2 < len(ctx) else None
    if not has(t.form, "annexed") or (following is not None and following.definite and not following.particle):
        return None
    return _two(ctx, i, Counted(what="noun", of=(i, i + 2), end=i + 2, noun=noun))


def _single(ctx: Context, i: int) -> FoundQuantity | None:
    """One person after a word that says what became of them, beside others: a soldier was killed and four wounded."""
    if i < len(ctx) and ctx.symbols[i] == OPEN:
        i += 1
    t = ctx.tags[i] if i < len(ctx) else None
    if t is None or t.definite or t.conjunction or t.proclitic:
        return None
    noun = nouns().get(t.form)
    if noun is None or noun.kind != "person" or noun.number != "s" or t.particle:
        return None
    if "title" in t.lexical and not noun.party:  # a minister, a leader: the office of somebody named
        return None
    following = ctx.tags[i + 1] if i + 1 < len(ctx) else None
    if following is not None and not following.particle and (following.definite or following.lexical & _NAMES):
        return None
    if i + 1 < len(ctx) and has(ctx.words.forms[i + 1], "one", "two"):
        return None
    if not noun.toll and not any(_goes_on(ctx, k) for k in range(i + 1, min(i + _REACH, len(ctx)))):
        return None
    counted = Counted(what="noun", of=(i, i + 1), end=i + 1, noun=noun)
    return tallied(ctx, i, i + 1, counted, value=1, rule="single")


def _goes_on(ctx: Context, k: int) -> bool:
    """Whether a further toll follows at token ``k``, so that the single person is one of several counted."""
    form = ctx.words.forms[k]
    return form[0] == _WAW and is_toll_word(form)


_NAMES = frozenset(("given", "country", "group", "organisation"))


def _dual(ctx: Context, i: int, noun: Noun) -> FoundQuantity | None:
    """Two of a thing, said by the dual of an indefinite noun; the number two may follow."""
    if ctx.words.forms[i] in nouns() and _ends_dual(ctx, i - 1):
        return None  # an adjective of the dual before it
    end = phrase_end(ctx, i)
    if end > i + 1 and (t := ctx.tags[i + 1]) is not None and t.definite:
        end = i + 1
    of = (i, end)
    while end < len(ctx) and end - i < _REACH and is_dual_adjective(ctx, end):
        end += 1
    if end < len(ctx) and has(ctx.words.forms[end], "two"):
        of, end = (i, end), end + 1
    return _two(ctx, i, Counted(what="noun", of=of, end=end, noun=noun))


def _two(ctx: Context, i: int, counted: Counted) -> FoundQuantity:
    """Two of what is counted, with a bound."""
    bound = bound_before(ctx, i)
    if bound is None or bound.effect == "about":
        bound = bound_after(ctx, counted.end)
    row = counted.noun.row if counted.noun is not None else None
    two = Numeral(first=i, end=i + 1, value=_DUAL, kind="dual", row=row)
    return bounded(ctx, two, counted, bound, bound.first if bound and bound.first < i else i)


def _pair(ctx: Context, i: int) -> FoundQuantity | None:
    """A pair of things: the word and its preposition."""
    two = Numeral(first=i, end=i + 1, value=_DUAL, kind="dual")
    counted = after(ctx, two)
    if counted.what != "part" or counted.of is None or (counted.noun is not None and counted.noun.kind == "person"):
        return None
    return bounded(ctx, two, counted, bound_before(ctx, i), i)


def _one_of_them(ctx: Context, i: int) -> FoundQuantity | None:
    """One of those counted before, where the words beside say what became of them."""
    if i == 0 or not is_toll_word(ctx.words.forms[i - 1]):
        return None
    return tallied(ctx, i, i + 1, Counted(what="part", end=i + 1), value=1, rule="one")


def is_dual_adjective(ctx: Context, k: int) -> bool:
    """Whether the word at token ``k`` ends like an indefinite dual and no conjunction joins it to what is before."""
    t = ctx.tags[k] if k >= 0 else None
    if t is None or t.particle or t.definite or t.conjunction or not t.form.endswith((_ALIF + _NUN, _YA + _NUN)):
        return False
    return not is_dual(t.form) or t.form in nouns()


def _ends_dual(ctx: Context, k: int) -> bool:
    """Whether the word at token ``k`` is an indefinite dual, with or without clitics."""
    return k >= 0 and (is_dual(ctx.words.forms[k]) or is_dual_adjective(ctx, k))
