"""The slots of every frame: speaker, addressee, medium and relay as token ranges, and the kinds of the statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from musnad.find.edges import ROLES, Mentions
from musnad.find.frames import Found
from musnad.find.grid import Grid
from musnad.find.kinds import LABELS, chosen_kinds
from musnad.find.mentions import Frame
from musnad.model.choices import best
from musnad.model.maxent import ALONE, Weights
from musnad.types import ACTS, FORMS

Range = tuple[int, int]
# Log-odds taken from "no mention", so that recall and precision balance; chosen on dev.
BIAS = {"speaker": 0.8, "addressee": 2.2, "medium": 1.8, "relay": 0.5}
_DECISIONS = (*ROLES, *LABELS)


@dataclass(slots=True)  # never changed; a frozen one takes twice as long to make
class Slots:
    """A frame with its filled slots.

    Attributes:
        found: the frame's choices.
        speaker, addressee, medium, relay: token ranges, None where no mention stands.
        form, act, anonymous: the kinds.
        margins: log-odds of each decision over its best rival.
        publisher: who put the medium out (``find.publishers``).
    """

    found: Found
    speaker: Range | None
    addressee: Range | None
    medium: Range | None
    relay: Range | None
    form: str
    act: str
    anonymous: bool
    margins: tuple[tuple[str, float], ...]
    publisher: Range | None = None

    @property
    def frame(self) -> Frame:
        """The frame itself."""
        return self.found.frame


def slots(grid: Grid, found: Sequence[Sequence[Found]], models: Mapping[str, Weights]) -> tuple[tuple[Slots, ...], ...]:
    """For each text fill the slots of all its frames."""
    if not any(found):
        return ((),) * len(found)
    mentions = Mentions(grid, [[f.frame for f in own] for own in found])
    filled, sure = mentions_of(mentions, models)
    told = chosen_kinds(grid, mentions.view, [own[0] for own in filled], models)
    labels = zip(*(numbers for numbers, _ in told.values()), strict=True)
    margins = zip(*(own for _, own in told.values()), strict=True)
    made = map(_filled, (f for own in found for f in own), filled, labels, sure, margins)
    return tuple(tuple(islice(made, len(own))) for own in found)


def _filled(
    found: Found, mentions: Sequence[Range | None], labels: tuple[int, ...], *margins: Sequence[float]
) -> Slots:
    """One frame with its slots; ``margins`` are those of its roles and of its kinds."""
    speaker, addressee, medium, relay = mentions
    form, act, anonymous = labels
    return Slots(
        found,
        speaker,
        addressee,
        medium,
        relay,
        FORMS[form],
        ACTS[act],
        bool(anonymous),
        tuple(zip(_DECISIONS, (*margins[0], *margins[1]), strict=True)),
    )


def mentions_of(
    mentions: Mentions, models: Mapping[str, Weights]
) -> tuple[list[list[Range | None]], list[list[float]]]:
    """For each frame the mention of each role (``ROLES``), and the log-odds of the choice of its first word."""
    import numpy as np

    none, scores = mentions.start_scores(models)
    none -= np.tile([BIAS[role] for role in ROLES], len(none) // len(ROLES))
    found = best(scores, mentions.slot)
    level = none.take(found.decision)
    margins = np.full(len(none), ALONE)
    margins[found.decision] = np.where(
        found.score > level, found.score - np.maximum(level, found.second), level - found.score
    )
    begun = (found.score > level).nonzero()[0]
    ranges: list[Range | None] = [None] * len(none)
    if len(begun):
        slot, first = found.decision.take(begun), mentions.first.take(found.candidate.take(begun))
        number, ends, worth = mentions.end_scores(slot, first, models)
        bounds = np.array((first, ends.take(best(worth, number).candidate))) - mentions.base(slot)
        for n, own in zip(slot.tolist(), bounds.T.tolist(), strict=True):
            ranges[n] = tuple(own)
    step, every = len(ROLES), margins.tolist()
    rows = range(0, len(ranges), step)
    return [ranges[n : n + step] for n in rows], [every[n : n + step] for n in rows]
