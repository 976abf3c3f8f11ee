"""Names of places that no table lists: the words after a class noun (*the village of ...*) that can be a name."""

from __future__ import annotations

from dataclasses import dataclass

from musnad.find.context import Context
from musnad.find.placewords import ARTICLE, WAW, ClassNoun, class_noun, classes, general
from musnad.read.joins import word_count
from musnad.read.words import WORD

_SHORTEST = 3
_UNUSUAL, _RARE = 64, 16
"""Occurrences in the counted news below which a word may be a name after an open noun, and after any other one."""
_MOST_WORDS = 3
_NAMES = frozenset(("given", "given?"))
_HA = chr(0x647)
_PRONOUNS = (_HA + chr(0x627), _HA + chr(0x645))
_ADJECTIVE = chr(0x64A) + chr(0x647)  # how feminine adjectives of relation end


@dataclass(frozen=True, slots=True)
class Unlisted:
    """An unlisted name: its tokens, the letters of clitics before it, and the noun that shows what it is."""

    first: int
    end: int
    letters: int
    noun: ClassNoun


def after_class(ctx: Context, i: int, joined: int) -> Unlisted | None:
    """The unlisted name at token ``i``, or None.

    Args:
        joined: the token after the last place that a class noun shows, for names joined to it (*the villages of X
            and Y*); -1 where there is none.
    """
    before = ctx.form(i - 1) if ctx.is_word(i - 1) else ""
    noun = class_noun(before) if before else None
    if noun is None:
        return _joined_name(ctx, i) if joined == i else None
    said = classes()[noun]
    if not _fits(ctx, i, said):
        return None
    end = _end(ctx, i)
    if said.part:
        return Unlisted(i - 1, end, len(before) - len(noun), said)
    return Unlisted(i, end, 0, said)


def _fits(ctx: Context, i: int, said: ClassNoun) -> bool:
    """Whether the word at ``i`` can be a name after such a noun."""
    t = ctx.tags[i]
    if said.open in ("no", "sure") or t is None or t.particle or len(t.form) < _SHORTEST or t.form in general():
        return False
    if t.form in classes() or t.conjunction or t.proclitic or "gentilic" in t.lexical:
        return False
    if said.open == "any" and not said.several and t.definite:
        return not t.form.endswith(_ADJECTIVE)
    if t.cues or t.lexical - _NAMES or t.form.endswith(_PRONOUNS):
        return False
    most = _UNUSUAL if said.open in ("yes", "any") and not said.several else _RARE
    return word_count(t.form) < most and not (most == _RARE and t.form.endswith(_ADJECTIVE) and not t.definite)


def _end(ctx: Context, i: int) -> int:
    """The end of the name that begins at ``i``: further rare words belong to it."""
    end = i + 1
    while end < min(len(ctx), i + _MOST_WORDS) and ctx.words.kinds[end] == WORD:
        t = ctx.tags[end]
        if t is None or t.particle or t.conjunction or t.proclitic or t.cues or t.definite or t.lexical - _NAMES:
            break
        if not t.lexical and word_count(t.form) >= _RARE:
            break
        end += 1
    return end


def _joined_name(ctx: Context, i: int) -> Unlisted | None:
    """The name that a conjunction joins to the names after a dual or plural class noun."""
    k = i - 1
    while k > max(-1, i - 2 * _MOST_WORDS) and ctx.is_word(k) and class_noun(ctx.form(k)) is None:
        k -= 1
    noun = class_noun(ctx.form(k)) if ctx.is_word(k) else None
    form = ctx.form(i)
    if noun is None or not classes()[noun].several or not form.startswith(WAW) or len(form) <= _SHORTEST:
        return None
    rest = form[1:]
    t = ctx.tags[i]
    if (
        t is None
        or t.cues
        or t.particle
        or rest in general()
        or rest.endswith(_PRONOUNS)
        or word_count(rest.removeprefix(ARTICLE)) >= _UNUSUAL
    ):
        return None
    return Unlisted(i, i + 1, 1, classes()[noun])
