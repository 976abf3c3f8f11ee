"""The slots of every frame: speaker, addressee, medium and relay as token ranges, and the kinds of the statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from musnad.find import addressees, kinds, media, relays, speakers
from musnad.find.context import Context
from musnad.find.frames import Found
from musnad.find.grid import Grid, sites_of
from musnad.find.mentions import (
    END_TEMPLATES,
    NULL_TEMPLATES,
    ORDER_TEMPLATES,
    START_TEMPLATES,
    Frame,
    Frames,
    end_columns,
    frames_of,
    mention_ends,
    null_columns,
    order_columns,
    orders,
    start_columns,
)
from musnad.model.maxent import Choice, Weights, decide, labeller
from musnad.model.table import table
from musnad.types import ACTS, FORMS

Range = tuple[int, int]
Mentioned = dict[str, tuple[Range | None, Choice]]  # by role: the mention, and the choice of its first word
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


def slots(grid: Grid, found: Sequence[Found], models: Mapping[str, Weights]) -> tuple[Slots, ...]:
    """Fill the slots of all frames of a text."""
    if not found:
        return ()
    mentions = mentions_of(grid, [f.frame for f in found], models)
    return tuple(_filled(grid.ctx, f, own, models) for f, own in zip(found, mentions, strict=True))


def _filled(ctx: Context, found: Found, own: Mentioned, models: Mapping[str, Weights]) -> Slots:
    """One frame with its slots."""
    frame = found.frame
    ranges = {role: mention for role, (mention, _) in own.items()}
    form = decide(labeller(models["form"], FORMS).grouped(kinds.FORM, kinds.form_values(ctx, frame)))
    act = decide(labeller(models["act"], ACTS).grouped(kinds.ACT, kinds.act_values(ctx, frame)))
    unnamed = kinds.anonymous_features(ctx, frame, ranges["speaker"])
    anonymous = decide(labeller(models["anonymous"], kinds.ANONYMITY).scores(unnamed))
    margins = [(role, choice.margin) for role, (_, choice) in own.items()]
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


def mentions_of(grid: Grid, frames: Sequence[Frame], models: Mapping[str, Weights]) -> list[Mentioned]:
    """For each frame the mention of each role, and the choice of its first word (index 0 is *no mention*)."""
    ctx = grid.ctx
    view = frames_of(ctx, frames, sites_of([f.site for f in frames]))
    places = [{role: module.starts(ctx, f) for role, module in ROLE_MODULES.items()} for f in frames]
    scores = start_scores(grid, frames, view, places, models)
    out: list[Mentioned] = [{} for _ in frames]
    begun: list[tuple[int, str, int]] = []
    for n, own in enumerate(out):
        for role in ROLES:
            sums = scores[n][role]
            sums[0] -= BIAS[role]
            choice = decide(sums)
            own[role] = (None, choice)
            if choice.index:
                begun.append((n, role, places[n][role][choice.index - 1]))
    for (n, role, first), (ends, sums) in zip(begun, end_scores(grid, frames, view, begun, models), strict=True):
        out[n][role] = ((first, ends[decide(sums).index]), out[n][role][1])
    return out


def start_scores(
    grid: Grid,
    frames: Sequence[Frame],
    view: Frames,
    places: Sequence[Mapping[str, Sequence[int]]],
    models: Mapping[str, Weights],
) -> list[dict[str, list[float]]]:
    """For each frame and role the scores of *no mention* and of each possible first word.

    Many words are considered for several roles: each is described once, and one look-up serves the models of all.

    Args:
        view: the frames in columns.
        places: for each frame and role the possible first words.
    """
    import numpy as np

    shared = table([models[name] for name in START_MODELS.values()])
    none = shared.scores(NULL_TEMPLATES, null_columns(grid, view)).T.tolist()
    pairs: dict[tuple[int, int], int] = {}
    for n, own in enumerate(places):
        for starts in own.values():
            for i in starts:
                pairs.setdefault((n, i), len(pairs))
    if not pairs:
        return [{role: [none[n][k]] for k, role in enumerate(ROLES)} for n in range(len(frames))]
    described = np.array(list(pairs), np.int64)
    sums = shared.scores(START_TEMPLATES, start_columns(grid, view, described[:, 0], described[:, 1])).T.tolist()
    every = [(n, i, o) for n, own in enumerate(places) for s in own.values()
             for i, o in zip(s, orders(frames[n], s), strict=True)]  # fmt: skip
    owner, at, order = np.array(every, np.int64).T
    ordered = iter(shared.scores(ORDER_TEMPLATES, order_columns(view, owner, at, order)).T.tolist())
    return [
        {
            role: [none[n][k], *(sums[pairs[n, i]][k] + next(ordered)[k] for i in own[role])]
            for k, role in enumerate(ROLES)
        }
        for n, own in enumerate(places)
    ]


def end_scores(
    grid: Grid,
    frames: Sequence[Frame],
    view: Frames,
    begun: Sequence[tuple[int, str, int]],
    models: Mapping[str, Weights],
) -> list[tuple[tuple[int, ...], list[float]]]:
    """For mentions that begin (number of the frame, role, first word) the possible ends with their scores."""
    import numpy as np

    found = [mention_ends(grid.ctx, frames[n], first) for n, _, first in begun]
    if not found:
        return []
    sizes = [len(own) for own in found]
    owner = np.repeat(np.array([n for n, _, _ in begun], np.int64), sizes)
    first = np.repeat(np.array([i for _, _, i in begun], np.int64), sizes)
    lane = np.repeat(np.array([ROLES.index(role) for _, role, _ in begun], np.int64), sizes)
    ends = np.array([e for own in found for e in own], np.int64)
    shared = table([models[f"{role}.end"] for role in ROLES])
    scores = shared.scores(END_TEMPLATES, end_columns(grid, view, owner, first, ends))
    own = scores[lane, np.arange(len(ends))].tolist()
    parts = pairwise(accumulate(sizes, initial=0))
    return [(places, own[a:b]) for places, (a, b) in zip(found, parts, strict=True)]
