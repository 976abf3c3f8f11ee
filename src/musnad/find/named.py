"""Names that end right before a token: of bodies, of persons, and of what Latin letters in brackets spell again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from musnad.find.context import COMMA, OPEN, Context
from musnad.find.tags import Tag
from musnad.lexicon.loader import index
from musnad.lexicon.sounds import likeness, skeleton
from musnad.read.fold import fold_word

Range = tuple[int, int]
LISTED = frozenset(("agency", "outlet", "group", "organisation"))
_BODIES = frozenset(("head", *LISTED))
_NAMES = frozenset(("given", "given?"))
_KNOWN = frozenset((*LISTED, *_NAMES, "country", "capital", "platform"))
_STOP = frozenset(("complementiser", "relative", "pronoun", "demonstrative", "negation", "auxiliary"))
_LONGEST_BODY, _LONGEST_PERSON, _LONGEST_SPELT = 10, 6, 6
_ALIKE, _SHORT, _LEAST_SOUND = 0.7, 3, 2
_MOST_BACK = 4_000


@cache
def words_like(kind: str) -> frozenset[str]:
    """The folded words of ``kind`` in ``speech/alias_words`` (``opener``, ``kunya``, ``trailer`` ...)."""
    found = index("speech/alias_words", "word").items()
    return frozenset(form for form, entry in found if any(row["kind"] == kind for row in entry))


@cache
def _single_heads() -> Mapping[str, str]:
    """Head nouns in the singular → what they denote."""
    return {form: entry[0]["kind"] for form, entry in index("names/heads", "noun").items()}


def head_kind(t: Tag | None) -> str:
    """What the head noun ``t`` denotes (``organisation``, ``group``, ``place`` ...); "" for plurals and other words."""
    if t is None:
        return ""
    heads = _single_heads()
    for form in dict.fromkeys((t.bare, *t.stems)):
        for stem in (form, form[2:] if t.definite else form, fold_word(form)):
            if stem in heads:
                return heads[stem]
    return ""


_TABLES = (
    ("names/agencies", ("name", "variants", "acronyms")), ("names/outlets", ("name", "variants")),
    ("names/groups", ("name", "aliases")), ("names/organisations", ("name", "aliases", "acronyms")),
)  # fmt: skip


@cache
def _bodies() -> Mapping[str, frozenset[str]]:
    """Folded name of a listed body → the rows that have it."""
    found: dict[str, set[str]] = {}
    for table, columns in _TABLES:
        for form, entries in index(table, *columns).items():
            found.setdefault(form, set()).update(row.id for row in entries)
    return {form: frozenset(rows) for form, rows in found.items()}


def rows_of(ctx: Context, first: int, end: int) -> frozenset[str]:
    """The lexicon rows that have the words ``[first, end)``, without fused clitics, as the name of a body."""
    return _bodies().get(fold_word(ctx.spelt(first, end)), frozenset())


def listed_part(ctx: Context, first: int, end: int) -> int:
    """The end of the longest listed name of a body that begins at token ``first``; ``first`` where there is none."""
    return next((stop for stop in range(end, first, -1) if rows_of(ctx, first, stop)), first)


def _is_body(t: Tag, plural: bool = False) -> bool:
    return bool(t.lexical & LISTED) or ("head" in t.lexical and (plural or head_kind(t) not in ("", "place")))


def body_before(ctx: Context, i: int, *, plural: bool = False) -> Range | None:
    """The name of a body that ends right before token ``i``: from the nearest indefinite head noun on.

    Args:
        plural: whether the head may be a plural (*the unions of ...*).
    """
    for k in range(i - 1, max(-1, i - 1 - _LONGEST_BODY), -1):
        t = ctx.tags[k]
        if t is None or t.particle in _STOP:
            break
        body = _is_body(t, plural) and not (t.definite and not t.lexical & LISTED)
        if body and not t.definite:
            if i - k < 2 or _loose(ctx, k, i):
                return None  # a head right before the marks: they hold the name itself
            outer = ctx.tags[k - 1] if k else None
            annexed = (
                outer is not None
                and not outer.definite
                and not t.proclitic
                and not t.conjunction
                and (listed_part(ctx, k, i) == k or listed_part(ctx, k - 1, i) > k)
                and "head" in outer.lexical
                and head_kind(outer) in ("organisation", "group")
            )
            return (k - 1, i) if annexed else (k, i)
        if any(c.kind == "v" and c.strength > 1 for c in t.cues) and not t.definite:
            break
    return _definite_body(ctx, i)


def _loose(ctx: Context, k: int, i: int) -> bool:
    """Whether a person, a verb or a preposition before token ``i`` shows that the body at ``k`` ended earlier."""
    last = ctx.tags[i - 1]
    if last is None or last.particle or len(last.form) == 1:
        return True
    stop = listed_part(ctx, k, i)
    return any(
        t is None
        or ("title" in t.lexical and not t.definite)
        or (t.lexical == frozenset(("given",)) and not t.definite)
        for t in ctx.tags[max(stop, k + 1) : i]
    )


def _definite_body(ctx: Context, i: int) -> Range | None:
    """A body named by a definite head noun and its adjectives, right before token ``i``: its first head on."""
    best = None
    for k in range(i - 1, max(-1, i - 6), -1):
        t = ctx.tags[k]
        if t is None or not t.definite:
            break
        if _is_body(t) and i - k >= 2:
            best = k
        if t.conjunction and best is not None:
            break
    return None if best is None else (best, i)


def office_before(ctx: Context, i: int) -> bool:
    """Whether the word before token ``i`` is an office, so that what follows is its holder's field (*minister of*)."""
    t = ctx.tags[i - 1] if i else None
    return t is not None and "title" in t.lexical and not t.definite


def definite_head_before(ctx: Context, i: int) -> Range | None:
    """One definite head noun right before token ``i`` (*the parliament*)."""
    t = ctx.tags[i - 1] if i else None
    if t is None or not t.definite or not head_kind(t):
        return None
    return (i - 1, i)


def place_before(ctx: Context, i: int) -> Range | None:
    """The name of a place of one or two words, after the class of place that it is, right before token ``i``."""
    for k in range(i - 2, max(-1, i - 4), -1):
        t, last = ctx.tags[k], ctx.tags[i - 1]
        if t is None or t.particle or last is None or last.particle:
            return None
        if not t.definite and (t.lexical & {"place-head"} or {t.bare, *t.stems} & words_like("place")):
            return (k, i)
    return None


def person_before(ctx: Context, i: int) -> Range | None:
    """The personal name that ends right before token ``i``, without titles."""
    first = i
    while first > 0 and i - first < _LONGEST_PERSON:
        t = ctx.tags[first - 1]
        if t is None or t.particle or not t.lexical & _NAMES:
            break
        first -= 1
        if t.proclitic or t.conjunction:
            break
    while first < i and _is_title(ctx.tags[first]):
        first += 1
    return (first, i) if i - first >= 2 else None


def _is_title(t: Tag | None) -> bool:
    return t is not None and ("title" in t.lexical or "gentilic" in t.lexical) and "given" not in t.lexical


def full_name(ctx: Context, i: int, end: int) -> Range:
    """The longest personal name of the text that ends in the name ``[i, end)``; the name itself where there is none."""
    wanted = ctx.tags[end - 1]
    if end - i != 1 or wanted is None:
        return (i, end)
    best = (i, end)
    forms = ctx.words.forms
    for k in range(min(len(ctx), _MOST_BACK)):
        t = ctx.tags[k]
        if t is None or k == i or wanted.bare not in (forms[k], t.bare):
            continue
        found = person_before(ctx, k + 1)
        if found is not None and found[1] - found[0] > best[1] - best[0]:
            best = found
    return best


def name_in_clause(ctx: Context, i: int) -> Range | None:
    """The short name of a person in the clause before token ``i``: its last listed name."""
    marks = 0
    for k in range(i - 1, max(-1, i - 8), -1):
        t = ctx.tags[k]
        if t is None:
            marks += 1
            if marks > 1 or ctx.symbols[k] != COMMA:
                return None
            continue
        if "given" in t.lexical and not t.lexical & {"gentilic", "title"}:
            return person_before(ctx, k + 1) or (k, k + 1)
    return None


def spelt_before(ctx: Context, i: int, latin: tuple[str, ...]) -> Range | None:
    """The words right before token ``i`` that sound like the Latin words: a foreign name, spelt twice."""
    ignored = words_like("article")
    wanted = "".join(skeleton(w) for w in latin if w.lower() not in ignored)
    while i > 1 and (t := ctx.tags[i - 1]) is not None and t.definite and "gentilic" in t.lexical:
        i -= 1
    if len(wanted) < _LEAST_SOUND:
        return None
    best: tuple[float, Range] | None = None
    sound = ""
    for k in range(i - 1, max(-1, i - 1 - _LONGEST_SPELT), -1):
        t = ctx.tags[k]
        if t is None or t.particle in _STOP:
            break
        own = skeleton(_without_article(t))
        sound = own + sound
        score = likeness(sound, wanted)
        exact = sound == wanted
        if (exact if len(wanted) < _SHORT else score >= _ALIKE) and (best is None or score > best[0]):
            best = (score, (k, i))
        if len(sound) > 2 * len(wanted) + 2:
            break
    return best[1] if best is not None and is_named(ctx, *best[1]) else None


def _without_article(t: Tag) -> str:
    bare = t.bare[1:] if t.proclitic else t.bare
    return bare[2:] if t.definite and len(bare) > 4 else bare


def is_named(ctx: Context, first: int, end: int) -> bool:
    """Whether something shows that the words name a person, a body or a place: a listed word, a head or a title."""
    if any(t is not None and t.lexical & _KNOWN for t in ctx.tags[first:end]):
        return True
    while first and ctx.symbols[first - 1] == OPEN:
        first -= 1
    before = ctx.tags[first - 1] if first else None
    return before is not None and bool(before.lexical & {"head", "place-head", "title", "gentilic", *LISTED})


def with_listed(ctx: Context, left: Range, right: Range) -> tuple[tuple[Range, Range], ...]:
    """``left`` and ``right``; also ``left`` without what follows the name in it that the lexicons list.

    None where the lexicons know the two as different bodies.
    """
    first, end = left
    stop = listed_part(ctx, first, end)
    if stop - first == 1 and stop < end:
        stop = first  # one word of a longer name
    known, other = rows_of(ctx, first, stop) if stop > first else frozenset(), rows_of(ctx, *right)
    pairs = ((left, right),)
    if known and other and not known & other:
        former = ctx.form(right[1]) in words_like("trailer")
        return pairs if former or (stop < end and (_closer(ctx, stop) or _adjectives(ctx, stop, end))) else ()
    return (((first, stop), right), *pairs) if 1 < stop - first < end - first and known & other else pairs


def _adjectives(ctx: Context, first: int, end: int) -> bool:
    return all(t is not None and t.definite and not t.proclitic for t in ctx.tags[first:end])


def _closer(ctx: Context, stop: int) -> bool:
    """Whether the name of the body goes on after its listed part, so that it is another body."""
    t = ctx.tags[stop]
    return t is not None and (bool(t.proclitic) or t.particle == "preposition")
