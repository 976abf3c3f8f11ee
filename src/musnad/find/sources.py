"""What the wording of a statement settles after its slots were filled.

Who passes words on and whose words they are, where one verb names both; who is called by name in direct speech.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from musnad.find.addressees import told_clause, vocative
from musnad.find.columns import CREDITS
from musnad.find.context import Context
from musnad.find.grid import Grid
from musnad.find.kinds import anonymity
from musnad.find.mentions import frames_of
from musnad.find.relays import credited, passed_on
from musnad.find.slots import Slots
from musnad.find.tags import Tag, tag
from musnad.lexicon.loader import rows
from musnad.model.maxent import Weights
from musnad.read.fold import fold_word


def sources_told_apart(
    grid: Grid, slots: Sequence[Sequence[Slots]], models: Mapping[str, Weights]
) -> list[list[Slots]]:
    """The statements of each text, with the one who is quoted as speaker and the one who quotes as relay.

    Only where a verb or a phrase of passing on (``speech/relays``) names whose words they are.
    """
    found = [
        [_passed_on(ctx, s, prepositions) for s in own]
        for ctx, own, prepositions in zip(grid.texts, slots, grid.tokens(CREDITS), strict=True)
    ]
    changed = [[s for s, passed in own if passed] for own in found]
    if not any(changed):
        return [[s for s, _ in own] for own in found]
    frames = frames_of(grid, [[s.frame for s in own] for own in changed])
    unnamed, _ = anonymity(grid, frames, [s.speaker for own in changed for s in own], models)
    known = map(bool, unnamed)
    return [[replace(s, anonymous=next(known)) if passed else s for s, passed in own] for own in found]


def _passed_on(ctx: Context, s: Slots, prepositions: Sequence[int]) -> tuple[Slots, bool]:
    """``s`` with its sources told apart, and whether its speaker is another one."""
    apart = passed_on(ctx, s.frame, s.speaker)
    if apart is None:
        return _credited(ctx, s, prepositions), False
    return replace(s, speaker=apart[0], relay=apart[1]), True


def _credited(ctx: Context, s: Slots, prepositions: Sequence[int]) -> Slots:
    """``s`` with the one whom an attribution beside it credits as its relay; the speaker's mention ends before it."""
    found = credited(ctx, s.frame, prepositions)
    if found is None or s.speaker == found[0] or s.relay not in (None, found[0]):
        return s
    relay, opening = found
    speaker = s.speaker
    if speaker is not None and speaker[0] < opening < speaker[1]:
        end = opening
        while end > speaker[0] + 1 and not ctx.is_word(end - 1):
            end -= 1
        speaker = (speaker[0], end)
    return replace(s, speaker=speaker, relay=relay)


def with_vocative(ctx: Context, s: Slots) -> Slots:
    """``s`` with the one whom a clause after the verb or direct speech calls as its addressee, where none is named."""
    if s.addressee is not None:
        return s
    called = told_clause(ctx, s.frame) or vocative(ctx, s.frame)
    return s if called is None else replace(s, addressee=called)


def with_slots_apart(ctx: Context, s: Slots) -> Slots:
    """``s`` with slots that do not overlap.

    A speaker ends where an addressee begins that is known to be a person or a body or that a preposition marks, and
    where a medium begins; other words inside the speaker's mention belong to him.
    """
    speaker, addressee, medium = s.speaker, s.addressee, s.medium
    if speaker is not None and addressee is not None and _overlap(speaker, addressee):
        head = ctx.tags[addressee[0]]
        told = ctx.symbols[addressee[0] - 1] == "preposition"
        if head is not None:  # an indefinite noun opens a phrase of its own, a definite one may be an attribute
            told = told or bool(head.proclitic) or not head.definite or bool(head.lexical & _SOMEBODY)
        if speaker[0] < addressee[0] and told:
            speaker = (speaker[0], addressee[0])
        else:
            addressee = (addressee[0], speaker[0]) if addressee[0] < speaker[0] else None
    if speaker is not None and medium is not None and speaker[0] < medium[0] < speaker[1]:
        speaker = (speaker[0], medium[0])
    elif speaker is not None and medium is not None and medium[0] < speaker[0] < medium[1]:
        medium = (medium[0], speaker[0])
    if (speaker, addressee, medium) == (s.speaker, s.addressee, s.medium):
        return s
    return replace(s, speaker=speaker, addressee=addressee, medium=medium)


def with_message(ctx: Context, s: Slots) -> Slots:
    """``s`` with the message before a relative clause as its medium, and not as its speaker.

    *The letter in which he said ...* names what was said in, and nobody who says it.
    """
    site, speaker = s.frame.site, s.speaker
    if ctx.form(site.end) not in _in_it():
        return s
    if speaker is not None and speaker[0] < site.token:
        heads = ctx.tags[speaker[0] : min(speaker[0] + 2, site.token)]
        if any(t is not None and _is_message(t) for t in heads):
            speaker = None
    first = max(ctx.units[site.token][0], site.token - _BACK)
    before = ((i, ctx.tags[i]) for i in range(site.token - 1, first - 1, -1))
    head = next((i for i, t in before if t is not None and _is_message(t)), None)
    medium = s.medium or ((head, head + 1) if head is not None else None)
    return s if (speaker, medium) == (s.speaker, s.medium) else replace(s, speaker=speaker, medium=medium)


def _is_message(t: Tag) -> bool:
    """Whether a word names a message or a document, in the indefinite accusative too (*issued a statement*)."""
    accusative = tag(t.bare[:-1]).lexical if t.bare[-1] == _ALIF else frozenset()
    return bool((t.lexical | accusative) & _MESSAGES)


_BACK = 14
_ALIF = chr(0x627)


@lru_cache(maxsize=1)
def _in_it() -> frozenset[str]:
    """*in it* and the like: pronouns that take up the message before a relative clause."""
    return frozenset(fold_word(row.key) for row in rows("grammar/resumptives"))


_MESSAGES = frozenset(("medium", "document"))


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


_SOMEBODY = frozenset(("title", "given", "head", "group", "organisation", "country", "capital", "anonymous"))
