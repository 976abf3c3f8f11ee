"""The name inside a mention: what is left of it when titles, offices and appositions are taken off."""

from __future__ import annotations

from musnad.find.context import CLOSE, COMMA, OPEN, Context

_NAMES = frozenset(("given", "given?"))
_HEADS = frozenset(
    (
        "title",
        "head",
        "organisation",
        "group",
        "agency",
        "outlet",
        "country",
        "document",
        "anonymous",
        "medium",
        "gentilic",
    )
)
_BEFORE_NAMES = frozenset(("gentilic", "title"))
_BREAKS = frozenset((COMMA, "(", ")", "-", OPEN, CLOSE))
_CONTENT_FREE = frozenset(("preposition", "complementiser", "conjunction", "relative", "pronoun", "demonstrative"))
_LONGEST = 6


def name_part(ctx: Context, first: int, end: int) -> tuple[int, int] | None:
    """Tokens of the personal name in the mention ``[first, end)``, or None where there is none.

    A name is the longest run of words without a particle, a break or an office word that begins with a known given
    name; a given name that is also a common word begins one only where another name follows it.
    """
    best: tuple[int, int] | None = None
    i = first
    while i < end:
        run = _name_at(ctx, i, end)
        if run and (best is None or run[1] - run[0] > best[1] - best[0]):
            best = run
        i = run[1] if run else i + 1
    return best


def _name_at(ctx: Context, i: int, end: int) -> tuple[int, int] | None:
    t = ctx.tags[i]
    if t is None or t.particle or not t.lexical & _NAMES or (t.proclitic and "given" not in t.lexical):
        return None
    stop = i + 1
    while stop < min(end, i + _LONGEST):
        u = ctx.tags[stop]
        if u is None or u.particle or (u.conjunction and not u.lexical & _NAMES):
            break
        if u.lexical & _HEADS and not u.lexical & _NAMES:
            break
        stop += 1
    before = ctx.tags[i - 1] if i else None
    if t.definite and before is not None and before.definite and "title" not in before.lexical:
        return None  # an adjective of the noun before it
    if "given" in t.lexical and not t.lexical & _HEADS:
        return (i, stop) if not t.definite else (i, i + 1)  # a definite name is a family name: it ends one
    if t.definite and t.lexical & _BEFORE_NAMES:
        return None  # the nationality or title that stands before a name
    following = ctx.tags[i + 1] if stop > i + 1 else None
    return (i, stop) if following is not None and following.lexical & _NAMES else None


def core(ctx: Context, first: int, end: int) -> tuple[int, int]:
    """The mention ``[first, end)`` without the clauses and appositions that follow its head."""
    stop = first + 1
    while stop < end:
        t = ctx.tags[stop]
        if t is None and ctx.symbols[stop] in (COMMA, "(", "-"):
            break
        if t is not None and (
            t.particle in ("relative", "pronoun", "negation", "complementiser", "auxiliary") or _clause(ctx, stop)
        ):
            break
        stop += 1
    while stop > first + 1 and ctx.symbols[stop - 1] in (OPEN, "preposition"):
        stop -= 1
    return first, stop


def _clause(ctx: Context, i: int) -> bool:
    t = ctx.tags[i]
    return t is not None and bool(t.cues) and t.cues[0].kind == "v" and t.cues[0].strength == 3 and not t.definite


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
