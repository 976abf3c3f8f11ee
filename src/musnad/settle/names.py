"""The name inside a mention: what is left of it when titles, offices and appositions are taken off."""

from __future__ import annotations

from functools import lru_cache

from musnad.find.context import CLOSE, COMMA, OPEN, Context
from musnad.find.kept import Kept
from musnad.find.listed import listed
from musnad.find.tags import Tag, token_tags
from musnad.model.clusters import classes_of

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
_BREAKS = frozenset((COMMA, "(", ")", "-", OPEN, CLOSE))
_CONTENT_FREE = frozenset(("preposition", "complementiser", "conjunction", "relative", "pronoun", "demonstrative"))
_LONGEST = 6


@lru_cache(maxsize=1)
def _classes_of_names() -> frozenset[str]:
    """The distributional classes of which a tenth and more of the words are listed as personal names."""
    known = listed()[0]
    return classes_of(lambda word: "given" in known.get(word, ()), _LIKELY)


def namelike(t: Tag | None) -> bool:
    """Whether a word may belong to a personal name: it is listed as one, or is like listed ones, or is unknown."""
    if t is None or t.particle or t.cues:
        return False
    if t.lexical:
        listed_alone = not t.lexical.isdisjoint(_NAMES) and t.lexical.isdisjoint(_HEADS)
        return listed_alone and (not t.definite or among_names(t))
    return not (t.definite or t.proclitic or t.conjunction) and _like_names(t)


def _like_names(t: Tag) -> bool:
    return t.fine.startswith(_UNKNOWN) or among_names(t)


def among_names(t: Tag) -> bool:
    """Whether the word keeps the company of names."""
    return t.fine in _classes_of_names()


_UNKNOWN, _LIKELY = "u", 0.1


def name_part(ctx: Context, first: int, end: int) -> tuple[int, int] | None:
    """Tokens of the personal name in the mention ``[first, end)``, or None where there is none.

    A name is the longest run of words without a particle, a break or an office word that begins with a known given
    name; a given name that is also a common word begins one only where another name follows it. After a title, and
    where no known name stands, words that are like names or that no table knows are taken for one.
    """
    best: tuple[int, int] | None = None
    done = first
    for i, t in enumerate(ctx.tags[first:end], first):
        if i < done or t is None or t.lexical.isdisjoint(_NAMES):
            continue
        run = _name_at(ctx, t, i, first=first, end=end)
        if run is not None:
            done = run[1]
            if best is None or run[1] - run[0] > best[1] - best[0]:
                best = run
    return best or _foreign_name(ctx, first, end)


def _foreign_name(ctx: Context, first: int, end: int) -> tuple[int, int] | None:
    """The name at the end of a title: *the Russian minister Lavrov*."""
    head = ctx.tags[first]
    if head is None or "title" not in head.lexical:
        return None
    i = first + 1
    while i < end:
        if namelike(ctx.tags[i]) and (before := ctx.tags[i - 1]) is not None and not before.particle:
            stop = i + 1
            while stop < min(end, i + _LONGEST) and namelike(ctx.tags[stop]):
                stop += 1
            if before.definite or before.lexical & _HEADS:
                return i, stop
            i = stop
        i += 1
    return None


def _name_at(ctx: Context, t: Tag, i: int, *, first: int, end: int) -> tuple[int, int] | None:
    """The name that ``t``, listed as one, begins at token ``i`` of the mention ``[first, end)``."""
    if t.particle or (t.proclitic and "given" not in t.lexical):
        return None
    if t.definite and i > first and not _like_names(t):
        return None  # an adjective of the title before it: many are family names too
    stop = i + 1
    while stop < min(end, i + _LONGEST):
        u = ctx.tags[stop]
        if u is None or u.particle:
            break
        if u.lexical.isdisjoint(_NAMES):
            if u.conjunction or not u.lexical.isdisjoint(_HEADS) or (u.proclitic and (u.definite or u.lexical)):
                break
            if not (u.definite or u.proclitic or namelike(u)):
                break
        stop += 1
    before = ctx.tags[i - 1] if i else None
    if t.definite and before is not None and before.definite and "title" not in before.lexical:
        return None  # an adjective of the noun before it
    if "given" in t.lexical and not t.lexical & _HEADS:
        return (i, stop) if not t.definite else (i, i + 1)  # a definite name is a family name: it ends one
    if t.definite:
        return None
    following = ctx.tags[i + 1] if stop > i + 1 else None
    return (i, stop) if following is not None and following.lexical & _NAMES else None


def closed(ctx: Context, first: int, end: int) -> tuple[int, int]:
    """The tokens ``[first, end)`` with the mark behind them that closes a quotation among them."""
    if end < len(ctx) and ctx.symbols[end] == CLOSE and any(q.close == end and q.open >= first for q in ctx.quotes):
        return first, end + 1
    return first, end


def core(ctx: Context, first: int, end: int) -> tuple[int, int]:
    """The mention ``[first, end)`` without the clauses and appositions that follow its head."""
    stop = first + 1
    while stop < end:
        t = ctx.tags[stop]
        if t is None:
            if ctx.symbols[stop] in _AFTER_HEAD:
                break
        elif t.particle in _CLAUSE_WORDS or (t.cues and _clause(t)) or ends_phrase(ctx, stop):
            break
        stop += 1
    while stop > first + 1 and ctx.symbols[stop - 1] in _HANGING:
        stop -= 1
    return first, stop


_AFTER_HEAD = frozenset((COMMA, "(", "-"))
_CLAUSE_WORDS = frozenset(("relative", "pronoun", "negation", "complementiser", "auxiliary"))
_HANGING = frozenset((OPEN, "preposition"))


def ends_phrase(ctx: Context, i: int) -> bool:
    """Whether the word at ``i`` cannot go on the noun phrase before it: indefinite after a definite noun, no name."""
    t, before = ctx.tags[i], ctx.tags[i - 1]
    if t is None or t.lexical or t.definite or before is None or not before.definite:
        return False
    return goes_no_further(t)


def goes_no_further(t: Tag) -> bool:
    """Whether a word in no list cannot go on a definite noun phrase: it is indefinite, and no name."""
    return not (t.definite or t.particle or t.proclitic or t.conjunction or namelike(t))


def _clause(t: Tag) -> bool:
    """Whether a word with readings as a cue is surely a verb."""
    return t.cues[0].kind == "v" and t.cues[0].strength == 3 and not t.definite


def words_of(ctx: Context, first: int, end: int) -> frozenset[str]:
    """The content words of a mention without clitics, for comparing mentions."""
    return frozenset(filter(None, map(_contents().__getitem__, ctx.words.forms[first:end])))


@lru_cache(maxsize=1)
def _contents() -> Kept[str]:
    """Folded form of a token → its content word (``words_of``), or ""; mentions are compared many times."""
    return Kept(_content)


def _content(form: str) -> str:
    t = token_tags()[form]
    if t is None or t.particle in _CONTENT_FREE:
        return ""
    bare = t.bare
    if t.proclitic:
        bare = bare[1:]
        if bare.startswith(chr(0x644)) and t.definite and not bare.startswith(chr(0x627)):
            bare = chr(0x627) + bare
    return bare[2:] if bare.startswith(chr(0x627) + chr(0x644)) and len(bare) > 4 else bare
