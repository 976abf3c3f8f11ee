"""Who put a medium out: the subject of the relative clause after it (*a recording that his supporters posted*)."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from musnad.find.context import CLOSE, OPEN, Context
from musnad.find.relays import subject_from
from musnad.find.slots import Slots
from musnad.lexicon.loader import rows
from musnad.read.fold import fold_word

_REACH = 10  # tokens after the head of the medium at which the verb may stand
_LONGEST = 9  # tokens of a publisher
_PASSED = frozenset((",", "-", "(", ")", OPEN, CLOSE))  # marks that may stand between a medium and its clause
Range = tuple[int, int]


def with_publisher(ctx: Context, s: Slots) -> Slots:
    """``s`` with the publisher of its medium, unless that one is its relay or its speaker."""
    if s.medium is None:
        return s
    begins = [a for a, _ in s.frame.spans if a > s.medium[0]]
    found = publisher(ctx, s.medium, min([*begins, len(ctx)]))
    taken = [r for r in (s.speaker, s.relay) if r is not None]
    if found is None or any(r[0] < found[1] and found[0] < r[1] for r in taken):
        return s
    return replace(s, publisher=found)


def publisher(ctx: Context, medium: Range, limit: int) -> Range | None:
    """The mention of the one who put ``medium`` out, or None.

    Args:
        medium: token range of the medium.
        limit: first token that no longer belongs to the reporting clause.
    """
    verbs = _verbs()
    last = min(ctx.units[medium[0]][1], limit)
    for i in range(medium[0] + 1, min(last, max(medium[1] + 1, medium[0] + _REACH))):
        if ctx.tags[i] is None and ctx.symbols[i] not in _PASSED:
            return None
        if ctx.form(i) in verbs:
            if verbs[ctx.form(i)] and i > medium[1]:
                return None  # nothing ties it to the medium: it may open a clause of its own
            end = medium[1] if i + 1 < medium[1] else last
            return _subject(ctx, i + 1, end, bare=verbs[ctx.form(i)])
        if ctx.cues(i) and i >= medium[1]:
            return None
    return None


def _subject(ctx: Context, first: int, last: int, *, bare: bool) -> Range | None:
    """The subject after the verb; words of time between them are passed over."""
    while first < last and (t := ctx.tags[first]) is not None and "time" in t.lexical:
        if bare:
            return None  # *published on Thursday* names nobody
        first += 1
    found = subject_from(ctx, first, min(last, first + _LONGEST))
    t = ctx.tags[first] if found is not None else None
    return None if t is None or (t.proclitic and not t.definite and "country" not in t.lexical) else found


@lru_cache(maxsize=1)
def _verbs() -> dict[str, bool]:
    """Folded forms of verbs of publishing → whether they stand without the pronoun that points back to the medium."""
    pronouns = [fold_word(r.key) for r in rows("grammar/enclitics") if r["class"] == "pronoun"]
    found: dict[str, bool] = {}
    for row in rows("speech/publishing"):
        for form in (fold_word(row["masculine"]), fold_word(row["feminine"])):
            found.update((form + p, False) for p in pronouns if p[0] == _HA)
            found[form] = True
    return found


_HA = chr(0x647)  # pronouns of the third person begin with it
