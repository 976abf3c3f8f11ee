"""The slots of every frame: speaker, addressee, medium and relay as token ranges, and the kinds of the statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from musnad.find.edges import ROLES, Mentions
from musnad.find.frames import Found
from musnad.find.grid import Grid
from musnad.find.kinds import LABELS, kinds_of
from musnad.find.mentions import Frame
from musnad.model.maxent import Choice, Weights, decide
from musnad.types import ACTS, FORMS

Range = tuple[int, int]
Mentioned = dict[str, tuple[Range | None, Choice]]  # by role: the mention, and the choice of its first word
# Log-odds taken from "no mention", so that recall and precision balance; chosen on dev.
BIAS = {"speaker": 0.8, "addressee": 2.2, "medium": 1.8, "relay": 0.5}


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
    filled = mentions_of(mentions, models)
    speakers = [own["speaker"][0] for own in filled]
    told = kinds_of(grid, mentions.view, speakers, models)
    labels = zip(*(numbers for numbers, _ in told.values()), strict=True)
    margins = zip(*(own for _, own in told.values()), strict=True)
    made = map(_filled, (f for own in found for f in own), filled, labels, margins)
    return tuple(tuple(islice(made, len(own))) for own in found)


def _filled(found: Found, own: Mentioned, labels: tuple[int, ...], margins: tuple[float, ...]) -> Slots:
    """One frame with its slots; ``labels`` and ``margins`` are those of its kinds."""
    form, act, anonymous = labels
    return Slots(
        found=found,
        **{role: mention for role, (mention, _) in own.items()},
        form=FORMS[form],
        act=ACTS[act],
        anonymous=bool(anonymous),
        margins=(*((role, choice.margin) for role, (_, choice) in own.items()), *zip(LABELS, margins, strict=True)),
    )


def mentions_of(mentions: Mentions, models: Mapping[str, Weights]) -> list[Mentioned]:
    """For each frame the mention of each role, and the choice of its first word.

    Index 0 of the choice is *no mention*.
    """
    scores = mentions.start_scores(models)
    out: list[Mentioned] = [{} for _ in scores]
    begun: list[tuple[int, str, int]] = []
    for n, own in enumerate(out):
        for role in ROLES:
            sums = scores[n][role]
            sums[0] -= BIAS[role]
            choice = decide(sums)
            own[role] = (None, choice)
            if choice.index:
                begun.append((n, role, mentions.starts[n][role][choice.index - 1]))
    for (n, role, first), (ends, sums) in zip(begun, mentions.end_scores(begun, models), strict=True):
        out[n][role] = ((first, ends[decide(sums).index]), out[n][role][1])
    return out
