"""Which words near a cue name the message or the occasion in which something was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from musnad.find.columns import HAS_PARTICLE, IS_TAG, MEDIUM
from musnad.find.context import Context
from musnad.find.grid import Grid
from musnad.find.mentions import Frame
from musnad.find.near import Near
from musnad.lexicon.loader import index
from musnad.types import MediumKind

_AFTER, _BEFORE, _BEYOND = 45, 30, 14
_SPEECH = frozenset(("quote", "colon", "nextquote"))


def may_open(grid: Grid, near: Near) -> Any:
    """At which of the tokens near frames the mention of a medium may begin: near the cue, or just after the content."""
    listed = near.has(IS_TAG) & ~near.has(HAS_PARTICLE) & near.has(MEDIUM)
    return listed & near.within((0, _AFTER), (0, _BEFORE + 1), (0, _BEYOND))


def without_own_medium(ctx: Context, frame: Frame) -> tuple[Frame, tuple[int, int] | None]:
    """``frame`` with its content cut where the speaker's own medium is named (*in a first message of his*), and that.

    Indirect content is not itself said "in a statement of his": the phrase belongs to the reporting clause. It is
    known by its preposition, a listed medium and the pronoun that points back to the speaker.
    """
    if frame.side != "after" or frame.kind in _SPEECH:
        return frame, None
    first, end = frame.spans[-1]
    if _own().isdisjoint(ctx.words.forms[first:end]):
        return frame, None
    for i in range(first + 1, end - 2):
        if ctx.symbols[i] != "preposition" or ctx.inside[i] >= 0:
            continue
        for k in range(i + 1, min(i + 4, end - 1)):
            t = ctx.tags[k]
            if t is None or (t.particle and t.particle not in ("quantifier", "adverb")):
                break
            if "medium" in t.lexical and ctx.form(k + 1) in _own():
                return replace(frame, spans=(*frame.spans[:-1], (first, i))), (i + 1, k + 2)
    return frame, None


@lru_cache(maxsize=1)
def _own() -> frozenset[str]:
    """Folded datives with a pronoun of the third person."""
    lam = chr(0x644)
    return frozenset(
        form
        for form, entries in index("grammar/particles", "form").items()
        if form.startswith(lam) and 2 <= len(form) <= 4 and any(r.get("person") == "3" for r in entries)
    )


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
    """A phrase as written, without its article, without a preposition letter, without the accusative ending."""
    article = chr(0x627) + chr(0x644)
    bare = [f[2:] if f.startswith(article) and len(f) > 4 else f for f in forms]
    first = bare[0][1:] if len(bare[0]) > 4 else bare[0]
    first = first[2:] if first.startswith(article) else first
    accusative = [f[:-1] if len(f) > 4 and f[-1] == article[0] else f for f in bare]
    return " ".join(forms), " ".join(bare), " ".join([first, *bare[1:]]), " ".join(accusative)
