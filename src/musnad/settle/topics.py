"""Who an article is talking about: names that may be meant by a later verb or pronoun though they said nothing yet."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress, count

from musnad.find.context import CLOSE, COMMA, OPEN, Context
from musnad.find.openers import NAMING, TOPIC
from musnad.find.tags import CONJUNCTIONS, Tag
from musnad.settle.names import among_names, core, goes_no_further, name_part, namelike, words_of
from musnad.settle.offices import bare_words, country_at

_NAMES = frozenset(("given", "given?"))
_LONGEST, _NAME = 9, 5
_SHORTEST = 3  # letters of a family name that is looked for on its own
Range = tuple[int, int]


@dataclass(slots=True, eq=False)
class Topic:
    """A name or an office in the text; nobody but ``words`` changes it.

    Attributes:
        ctx: the text.
        first, end: its tokens ``[first, end)``.
        name: tokens of the personal name in it, or None.
    """

    ctx: Context
    first: int
    end: int
    name: Range | None
    _words: frozenset[str] | None = None

    @property
    def range(self) -> Range:
        """Its tokens."""
        return self.first, self.end

    @property
    def words(self) -> frozenset[str]:
        """Its content words, without clauses after its head; worked out when first asked for, which half never are."""
        if self._words is None:
            named = self.name is not None and self.name[1] == self.end
            self._words = words_of(self.ctx, *(self.range if named else core(self.ctx, self.first, self.end)))
        return self._words


def _with_apposition(ctx: Context, end: int) -> int:
    """The end of an office with the name that stands after it between commas."""
    if end + 1 >= len(ctx) or ctx.symbols[end] != COMMA:
        return end
    stop = _names_end(ctx, end + 1)
    return stop if stop > end + 1 else end


def _run(ctx: Context, head: Tag, i: int) -> tuple[int, bool]:
    """The end of the noun phrase that opens at ``i``, and whether a listed name may stand in it."""
    titled = "title" in head.lexical
    named = titled or not head.lexical.isdisjoint(_NAMES)
    end, before = i + 1, head
    for u in ctx.tags[end : i + _LONGEST]:
        if u is None or u.particle or u.conjunction:
            break
        if not u.lexical:
            if before.definite and goes_no_further(u):
                break
        elif "time" in u.lexical and end > i + 1:  # *the general secretary* is written like *the secretary this year*
            break
        if u.cues and u.cues[0].kind == "v" and u.cues[0].strength == 3:
            break
        named = named or not u.lexical.isdisjoint(_NAMES)
        end, before = end + 1, u
    return (_with_apposition(ctx, end) if titled else end), named


def topics(ctx: Context) -> tuple[Topic, ...]:
    """The names and offices in a text, in order: noun phrases that a listed head opens, and family names alone.

    A family name counts on its own where the article gives it with a title or a given name.
    """
    found: list[Topic] = []
    surnames: set[str] = set()
    done = 0
    for i in ctx.opening(TOPIC):
        t = ctx.tags[i]
        if t is None or i < done or not _opens(ctx, t, i):
            continue
        end, named = _run(ctx, t, i)
        name = name_part(ctx, i, end) if named else None
        if name is not None and name[1] < end and _goes_on(ctx, name[1]):
            end = name[1]
        if name is None and "title" in t.lexical and (name := _name_after(ctx, end)):
            end = name[1]
        if name is not None and (name[1] - name[0] > 1 or name[0] > i):
            last = ctx.tags[name[1] - 1]
            if last is not None and not last.lexical - _NAMES and len(last.bare) >= _SHORTEST:
                surnames.add(last.bare)
        found.append(Topic(ctx, i, end, name))
        done = end
    if surnames and (alone := _alone(ctx, found, surnames)):
        found = sorted(found + alone, key=lambda t: t.first)
    return tuple(found)


def _goes_on(ctx: Context, i: int) -> bool:
    """Whether the words from ``i`` on, after a name, are the clause's: neither a title nor an attribute."""
    t = ctx.tags[i]
    return t is not None and not t.definite and not t.lexical & _BEFORE_NAME


def _opens(ctx: Context, t: Tag, i: int) -> bool:
    """Whether a name or an office opens at ``i``; a common word that is also a name does so before another name."""
    if "given" not in t.lexical or t.lexical & NAMING != _GIVEN or among_names(t):
        return True
    following = ctx.tags[i + 1] if i + 1 < len(ctx.tags) else None
    return not t.definite and following is not None and not following.lexical.isdisjoint(_NAMES)


def _name_after(ctx: Context, end: int) -> Range | None:
    """The name that follows the further words of a title: *spokesman for the ministry of defence, John Kirby*."""
    i, before = end, ctx.tags[end - 1]
    while i < min(len(ctx), end + _FURTHER):
        t = ctx.tags[i]
        if t is None:
            if ctx.symbols[i] == COMMA:
                return _between_commas(ctx, i + 1)
            if ctx.symbols[i] not in _MARKS:
                return None
        elif t.particle:
            following = ctx.tags[i + 1] if i + 1 < len(ctx) else None
            if t.particle != "preposition" or (following is not None and following.lexical & _OCCASIONS):
                return None
            if following is not None and not (following.definite or following.lexical):
                return None
        elif t.cues and t.cues[0].kind == "v" and t.cues[0].strength == 3:
            return None
        elif i > end and namelike(t) and not t.definite and _may_precede_name(before):
            return i, _names_end(ctx, i)
        i, before = i + 1, t or before
    return None


def _may_precede_name(t: Tag | None) -> bool:
    return t is not None and (t.definite or not t.lexical.isdisjoint(_BEFORE_NAME))


def _between_commas(ctx: Context, i: int) -> Range | None:
    """The name of two words and more that stands from token ``i`` to the next comma."""
    stop = _names_end(ctx, i)
    return (i, stop) if stop > i + 1 and stop < len(ctx) and ctx.symbols[stop] == COMMA else None


def _names_end(ctx: Context, i: int) -> int:
    """Where the words from token ``i`` on that may belong to a name end."""
    stop = i
    while stop < min(len(ctx), i + _NAME) and namelike(ctx.tags[stop]):
        stop += 1
    return stop


_MARKS = frozenset((OPEN, CLOSE, "(", ")"))
_FURTHER = 12
_GIVEN = frozenset(("given",))
_OCCASIONS = frozenset(("medium", "document", "time"))
_BEFORE_NAME = frozenset(("title", "gentilic", "country", "capital"))


def _alone(ctx: Context, found: Sequence[Topic], surnames: set[str]) -> list[Topic]:
    """Family names that stand outside the topics ``found``."""
    spelt = surnames.union(*({c + name for name in surnames} for c in CONJUNCTIONS))
    starts = [n.first for n in found]
    alone = []
    for i in compress(count(), map(spelt.__contains__, ctx.words.forms)):
        t, before = ctx.tags[i], bisect_right(starts, i)
        outside = not before or found[before - 1].end <= i
        if outside and t is not None and t.bare in surnames and not t.particle:
            alone.append(Topic(ctx, i, i + 1, (i, i + 1)))
    return alone


def in_full(words: frozenset[str], at: int, names: Sequence[Topic], *, longer_than: int) -> Topic | None:
    """The place where someone called by ``words`` is named in full: the nearest before token ``at``, else after it.

    Args:
        words: content words of a mention.
        names: the topics of the text.
        longer_than: number of words of the name in the mention itself (0 for an office without a name).
    """
    best: Topic | None = None
    for n in names:
        if n.name is None or n.name[1] - n.name[0] <= longer_than or not words < n.words:
            continue
        if n.first > at and best is not None:
            break
        best = n
        if n.first > at:
            break
    return best


def in_office(ctx: Context, first: int, end: int, names: Sequence[Topic]) -> Topic | None:
    """The place where the holder of the office ``[first, end)`` is named, its country told in another way.

    *The Bahraini speaker of parliament* is meant by *the speaker of the parliament of Bahrain, Ahmad*; the nearest
    place before the mention counts.
    """
    countries, told = _countries(ctx, first, end)
    rest = words_of(ctx, first, end) - told
    if not countries or not rest:
        return None
    head = words_of(ctx, first, first + 1)
    for n in reversed(names):
        if n.name is None or n.first >= first or n.name[0] == n.first or not rest <= n.words:
            continue
        if head == words_of(ctx, n.first, n.first + 1) and _countries(ctx, *n.range)[0] == countries:
            return n
    return None


def _countries(ctx: Context, first: int, end: int) -> tuple[frozenset[str], frozenset[str]]:
    """ISO codes of the countries that the words ``[first, end)`` name or derive from, and those content words."""
    words = bare_words(ctx, first, end)
    found = {k: nation for k in range(end - first) if words[k] and (nation := country_at(words, k))}
    told = [words_of(ctx, first + k, first + nation[1]) for k, nation in found.items()]
    return frozenset(code for code, _ in found.values()), frozenset().union(*told)
