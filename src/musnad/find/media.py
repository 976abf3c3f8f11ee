"""Which words near a cue name the message or the occasion in which something was said."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from musnad.find.context import Context
from musnad.find.mentions import STOPS, Frame, window
from musnad.lexicon.loader import index
from musnad.types import MediumKind

_AFTER, _BEFORE, _BEYOND = 45, 30, 14
_LISTED = frozenset(("medium", "document", "platform"))


def starts(ctx: Context, frame: Frame) -> tuple[int, ...]:
    """Tokens at which the mention of a medium may begin: near the cue, and just after the content."""
    first, limit = window(ctx, frame)
    site = frame.site
    unit = ctx.units[site.token]
    found = [i for i in range(first, min(limit, first + _AFTER)) if ctx.symbols[i] not in STOPS and _may(ctx, i)]
    low = max(unit[0], site.token - _BEFORE)
    found += [i for i in range(site.token, low - 1, -1) if _may(ctx, i)]
    if frame.side == "after" and frame.spans:
        end = frame.spans[-1][1]
        last = ctx.units[end - 1][1]
        found += [i for i in range(end, min(last, end + _BEYOND)) if i >= first and i not in found and _may(ctx, i)]
    return tuple(found)


def _may(ctx: Context, i: int) -> bool:
    t = ctx.tags[i]
    if t is None or t.particle:
        return False
    return bool(t.lexical & _LISTED)


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, str]:
    """Folded phrase → kind of medium."""
    return MappingProxyType({form: entries[0]["kind"] for form, entries in index("speech/media", "phrase").items()})


def medium_kind(ctx: Context, mention: tuple[int, int]) -> MediumKind:
    """The kind of the medium that a mention names: by its longest listed phrase, then its head; else ``other``."""
    kinds = _kinds()
    forms = [t.bare if (t := ctx.tags[i]) is not None else ctx.form(i) for i in range(*mention)]
    for size in (3, 2, 1):
        for at in range(len(forms) - size + 1):
            for phrase in _spellings(forms[at : at + size]):
                if phrase in kinds:
                    return kinds[phrase]  # type: ignore[return-value]
    return "other"


def _spellings(forms: list[str]) -> tuple[str, ...]:
    """A phrase as written, without its article, and without a preposition letter."""
    article = chr(0x627) + chr(0x644)
    bare = [f[2:] if f.startswith(article) and len(f) > 4 else f for f in forms]
    first = bare[0][1:] if len(bare[0]) > 4 else bare[0]
    first = first[2:] if first.startswith(article) else first
    return " ".join(forms), " ".join(bare), " ".join([first, *bare[1:]])
