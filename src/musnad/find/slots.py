"""The slots of every frame: speaker, addressee, medium and relay as token ranges, and the kinds of the statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from musnad.find import addressees, kinds, media, relays, speakers
from musnad.find.context import Context
from musnad.find.frames import Found
from musnad.find.mentions import Frame, Kept, end_scores, start_scores
from musnad.model.maxent import Choice, Labeller, Weights, decide, joint, labeller
from musnad.types import ACTS, FORMS

Range = tuple[int, int]
# Log-odds taken from "no mention", so that recall and precision balance; chosen on dev.
BIAS = {"speaker": 0.8, "addressee": 2.2, "medium": 1.8, "relay": 0.5}
ROLE_MODULES = {"speaker": speakers, "addressee": addressees, "medium": media, "relay": relays}
ROLES = tuple(ROLE_MODULES)
START_MODELS = {role: f"{role}.start" for role in ROLES}


@dataclass(frozen=True, slots=True)
class Slots:
    """A frame with its filled slots.

    Attributes:
        found: the frame's choices.
        speaker, addressee, medium, relay: token ranges, None where no mention stands.
        form, act, anonymous: the kinds.
        margins: log-odds of each decision over its best rival.
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

    @property
    def frame(self) -> Frame:
        """The frame itself."""
        return self.found.frame


def slots(ctx: Context, found: Found, models: Mapping[str, Weights]) -> Slots:
    """Fill the slots of one frame."""
    frame = found.frame
    ranges: dict[str, Range | None] = {}
    margins: list[tuple[str, float]] = []
    shared = joint([models[name] for name in START_MODELS.values()])
    kept: Kept = {}
    for role in ROLE_MODULES:
        ranges[role], choice = mention(ctx, frame, role, models, shared, kept)
        margins.append((role, choice.margin))
    form = decide(labeller(models["form"], FORMS).grouped(kinds.FORM, kinds.form_values(ctx, frame)))
    act = decide(labeller(models["act"], ACTS).grouped(kinds.ACT, kinds.act_values(ctx, frame)))
    unnamed = kinds.anonymous_features(ctx, frame, ranges["speaker"])
    anonymous = decide(labeller(models["anonymous"], kinds.ANONYMITY).scores(unnamed))
    margins += [("form", form.margin), ("act", act.margin), ("anonymous", anonymous.margin)]
    return Slots(
        found=found,
        speaker=ranges["speaker"],
        addressee=ranges["addressee"],
        medium=ranges["medium"],
        relay=ranges["relay"],
        form=FORMS[form.index],
        act=ACTS[act.index],
        anonymous=bool(anonymous.index),
        margins=tuple(margins),
    )


def mention(
    ctx: Context, frame: Frame, role: str, models: Mapping[str, Weights], shared: Labeller, kept: Kept
) -> tuple[Range | None, Choice]:
    """The mention that fills ``role``, and the choice of its first word (index 0 is *no mention*).

    ``shared`` are the models of first words of all roles; ``kept`` holds what was worked out about tokens that several
    roles of one frame consider.
    """
    starts = ROLE_MODULES[role].starts(ctx, frame)
    scores = start_scores(ctx, frame, starts, shared, ROLES.index(role), models[START_MODELS[role]], kept)
    scores[0] -= BIAS[role]
    choice = decide(scores)
    if choice.index == 0:
        return None, choice
    first = starts[choice.index - 1]
    ends, scores = end_scores(ctx, frame, first, models[f"{role}.end"])
    return (first, ends[decide(scores).index]), choice
