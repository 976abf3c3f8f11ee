"""Gender and number of a mention, as far as its first word and the verb beside it show them."""

from __future__ import annotations

from functools import lru_cache

from musnad.find.context import Context
from musnad.find.mentions import Frame
from musnad.find.tags import VERB, Tag, hosts
from musnad.lexicon.loader import rows
from musnad.read.fold import fold_word

_FEMININE = (chr(0x647), chr(0x627) + chr(0x62A))
_PLURAL = tuple("".join(map(chr, p)) for p in ((0x648, 0x646), (0x64A, 0x646), (0x627, 0x62A)))


def number_and_gender(ctx: Context, mention: tuple[int, int] | None) -> tuple[str, str]:
    """``(gender, number)`` with values ``m``, ``f`` and ``s``, ``p``; empty strings where there is no mention."""
    if mention is None:
        return "", ""
    t = ctx.tags[mention[0]]
    bare = t.bare if t is not None else ctx.form(mention[0])
    gender = "f" if bare.endswith(_FEMININE) else "m"
    return gender, "p" if len(bare) > 4 and bare.endswith(_PLURAL) else "s"


def agreement(ctx: Context, frame: Frame, mention: tuple[int, int] | None) -> tuple[str, str]:
    """``(gender, number)`` of the speaker of ``frame``: as the verb agrees with it, else as its head looks (``m?``).

    A verb before its subject agrees in gender alone; one after it, or without one, agrees in number as well.
    """
    cue = frame.site.cue
    gender, number = number_and_gender(ctx, mention)
    verb = cue.kind == VERB and cue.voice != "passive"
    told = cue.gender if verb and cue.gender in _TOLD else ""
    if mention is None:
        return told, cue.number if verb else ""
    if mention[0] < frame.site.token and verb and cue.number in _COUNTED:
        number = cue.number
    return told or f"{gender}?", number


_TOLD = frozenset(("m", "f"))
_COUNTED = frozenset(("s", "d", "p"))


def style_of(t: Tag) -> frozenset[str]:
    """The style in a word such as *His Excellency*: a style with a pronoun ending; empty for all other words."""
    if t.definite or t.proclitic:
        return frozenset()
    stems = hosts(t.bare)
    return _styles() & {*stems, *(s[:-1] + _FEMININE[0] for s in stems if s[-1] == _TA)}


_TA = chr(0x62A)


@lru_cache(maxsize=1)
def _styles() -> frozenset[str]:
    """Honorifics of either gender that stand before a title or a name."""
    wanted = (r for r in rows("names/titles") if r.get("kind") == "honorific" and r.get("gender") == "both")
    return frozenset(fold_word(r.key) for r in wanted)
