"""The chain of a statement: outlet ← relays ← publisher and medium ← speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from musnad.find.context import Context
from musnad.find.slots import Slots
from musnad.lexicon.press import family_of, press_id
from musnad.read.fold import fold_word
from musnad.settle.entities import Resolved
from musnad.types import Entity, Link

_LATIN = re.compile(r"[A-Za-z]{2,}")
_WORD = re.compile(r"[^\W\d_]{2,}")


def chain(
    ctx: Context, slots: Sequence[Slots], number: int, resolved: Resolved, *, outlet: str | None
) -> tuple[Link, ...]:
    """The chain of statement ``number``, from the article to the speaker.

    Relays are the one named with the statement, then the speakers of the statements that it is nested in, from
    the outermost to the innermost.
    """
    s, who = slots[number], resolved.speakers[number]
    links = [_outlet(outlet)]
    seen: set[int | None] = {who}
    relay, span = resolved.relays[number], resolved.relay_spans[number]
    if relay is not None and relay not in seen and not (span and _is_own(ctx, span, outlet)):
        links.append(_link("relay", ctx, span, resolved.entities[relay]))
        seen.add(relay)
    outers = resolved.outers[number]
    for k in sorted(outers, key=lambda k: -_size(slots[k])) if outers else ():
        outer = resolved.speakers[k]
        if outer is not None and outer not in seen:
            links.append(_link("relay", ctx, slots[k].speaker, resolved.entities[outer]))
            seen.add(outer)
    speaker = resolved.entities[who] if who is not None else None
    publisher = resolved.publishers[number]
    if publisher is not None and publisher not in seen:
        links.append(_link("publisher", ctx, s.publisher, resolved.entities[publisher]))
    if s.medium is not None and not _speaks(s, speaker):
        links.append(Link(role="medium", span=ctx.span(*s.medium), name=ctx.spelt(*s.medium)))
    links.append(_link("speaker", ctx, s.speaker, speaker))
    return tuple(links)


@lru_cache(maxsize=256)
def _outlet(name: str | None) -> Link:
    """The link of an outlet: one record for all statements of its articles."""
    return Link(role="outlet", name=name)


def _speaks(s: Slots, speaker: Entity | None) -> bool:
    """Whether the medium is a document that speaks for itself (*the report says*): the chain has it as speaker."""
    if s.medium is None or s.speaker is None or s.medium[0] != s.speaker[0]:
        return False
    return speaker is None or speaker.kind == "document"  # one that stands for its issuer is a link of its own


def _is_own(ctx: Context, mention: tuple[int, int], outlet: str | None) -> bool:
    """Whether a mention names the outlet of the article itself: what is told to it comes through nobody else."""
    if not outlet:
        return False
    own_press, named_press = press_id(outlet), press_id(ctx.spelt(*mention))
    if own_press is not None and named_press is not None:
        return family_of(own_press) == family_of(named_press)
    own = {w.casefold() for w in _WORD.findall(fold_word(outlet))}
    named = {s.casefold() for t in ctx.tags[mention[0] : mention[1]] if t is not None for s in t.stems}
    latin = {w.casefold() for w in _LATIN.findall(ctx.text(*mention))}
    return bool(latin & own) or (bool(own) and own <= named)


def _size(s: Slots) -> int:
    return sum(b - a for a, b in s.frame.spans)


def _link(role: str, ctx: Context, mention: tuple[int, int] | None, entity: Entity | None) -> Link:
    return Link(
        role=role,  # type: ignore[arg-type]
        span=ctx.span(*mention) if mention else None,
        entity=entity.id if entity else None,
        name=entity.name if entity else None,
    )
