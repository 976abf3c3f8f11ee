"""Gender and number of a mention, as far as its first word shows them."""

from __future__ import annotations

from musnad.find.context import Context

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
