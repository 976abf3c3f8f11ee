"""The name inside a mention: what is left of it when titles, offices and appositions are taken off."""

from __future__ import annotations

from musnad.find.context import CLOSE, COMMA, OPEN, Context

_NAMES = "given"
_HEADS = frozenset(("title", "organisation", "group", "agency", "outlet", "country", "document", "anonymous", "medium"))
_BREAKS = frozenset((COMMA, "(", ")", "-", OPEN, CLOSE))
_CONTENT_FREE = frozenset(("preposition", "complementiser", "conjunction", "relative", "pronoun", "demonstrative"))


def name_part(ctx: Context, first: int, end: int) -> tuple[int, int] | None:
    """Tokens of the personal name in the mention ``[first, end)``, or None where there is none.

    A name is the longest run of words without a particle, a break or a title that begins with a known given name
    (or stands last after a title) and has no office word in it.
    """
    best: tuple[int, int] | None = None
    start = first
    while start < end:
        stop = start
        while stop < end and ctx.symbols[stop] not in _BREAKS:
            stop += 1
        run = _name_in(ctx, start, stop)
        if run and (best is None or run[1] - run[0] > best[1] - best[0]):
            best = run
        start = stop + 1
    return best


def _name_in(ctx: Context, start: int, stop: int) -> tuple[int, int] | None:
    begin = None
    for i in range(start, stop):
        t = ctx.tags[i]
        if t is None:
            return (begin, i) if begin is not None else None
        if begin is None:
            if _NAMES in t.lexical and not t.lexical & _HEADS and not t.proclitic:
                begin = i
        elif t.particle in _CONTENT_FREE or "title" in t.lexical or (t.conjunction and _NAMES not in t.lexical):
            return (begin, i)
    return (begin, stop) if begin is not None else None


def words_of(ctx: Context, first: int, end: int) -> frozenset[str]:
    """The content words of a mention without clitics, for comparing mentions."""
    found = set()
    for i in range(first, end):
        t = ctx.tags[i]
        if t is None or t.particle in _CONTENT_FREE:
            continue
        bare = t.bare
        if t.proclitic:
            bare = bare[1:]
            if bare.startswith(chr(0x644)) and t.definite and not bare.startswith(chr(0x627)):
                bare = chr(0x627) + bare
        if bare.startswith(chr(0x627) + chr(0x644)) and len(bare) > 4:
            bare = bare[2:]
        found.add(bare)
    return frozenset(found)
