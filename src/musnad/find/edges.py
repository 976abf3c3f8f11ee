"""The first and last words of mentions: the candidates of all frames of a text, scored at once or spelled out.

Many words are considered for several roles: each is described once, and one look-up serves the models of all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from musnad.find import addressees, media, relays, speakers
from musnad.find.contents import parts
from musnad.find.grid import Grid, sites_of
from musnad.find.mentions import (
    END_TEMPLATES,
    MOST_BEFORE,
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
)  # fmt: skip
from musnad.find.tags import NOUN, PARTICIPLE, PREPOSITION, VERB
from musnad.model.maxent import Weights
from musnad.model.table import Table, table
from musnad.model.templates import Tell, Templates

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ROLE_MODULES = {"speaker": speakers, "addressee": addressees, "medium": media, "relay": relays}
ROLES = tuple(ROLE_MODULES)
START_MODELS = {role: f"{role}.start" for role in ROLES}
_CUE_KINDS = (VERB, NOUN, PREPOSITION, PARTICIPLE)
Begun = tuple[int, str, int]  # number of the frame, role, first word of the mention


class Mentions:
    """The frames of texts, and where the mentions of each role may begin.

    Args:
        frames: for each text its frames; there is at least one.

    Attributes:
        frames: the frames of all texts in a row.
        starts: for each frame and role the possible first words.
    """

    __slots__ = ("_grid", "_pairs", "_view", "frames", "starts")

    def __init__(self, grid: Grid, frames: Sequence[Sequence[Frame]]) -> None:
        self._grid, self.frames = grid, [f for own in frames for f in own]
        self._view: Frames = frames_of(grid, self.frames, sites_of(grid, [[f.site for f in own] for own in frames]))
        self.starts = [
            {role: module.starts(ctx, f) for role, module in ROLE_MODULES.items()}
            for ctx, own in zip(grid.texts, frames, strict=True)
            for f in own
        ]
        self._pairs: dict[tuple[int, int], int] = {}
        for n, own in enumerate(self.starts):
            for found in own.values():
                for i in found:
                    self._pairs.setdefault((n, i), len(self._pairs))

    def _columns(self) -> Any:
        """The columns of every word that may open a mention, described once for each frame."""
        import numpy as np

        owner, first = np.array(list(self._pairs), np.int64).reshape(-1, 2).T
        return start_columns(self._grid, self._view, owner, first + self._view.cues.base.take(owner))

    def start_scores(self, models: Mapping[str, Weights]) -> list[dict[str, list[float]]]:
        """For each frame and role the scores of *no mention* and of each possible first word."""
        shared = table([models[name] for name in START_MODELS.values()])
        none = shared.scores(NULL_TEMPLATES, null_columns(self._grid, self._view)).T.tolist()
        sums = shared.scores(START_TEMPLATES, self._columns()).T.tolist() if self._pairs else []
        ordered, pairs = _order_scores(shared), self._pairs
        out = []
        for n, (frame, own) in enumerate(zip(self.frames, self.starts, strict=True)):
            kind, end, scores = frame.site.cue.kind, frame.site.end, {}
            for k, role in enumerate(ROLES):
                starts = own[role]
                scores[role] = [none[n][k]]
                for i, order in zip(starts, orders(frame, starts), strict=True):
                    scores[role].append(sums[pairs[n, i]][k] + ordered[kind, i >= end, min(order, MOST_BEFORE)][k])
            out.append(scores)
        return out

    def start_features(self, tell: Tell = Templates.spelled) -> list[dict[str, list[Any]]]:
        """For each frame and role the features of *no mention* and of each possible first word."""
        none = tell(NULL_TEMPLATES, null_columns(self._grid, self._view))
        own = tell(START_TEMPLATES, self._columns()) if self._pairs else []
        keys = _order_keys()
        ordered = dict(zip(keys, tell(ORDER_TEMPLATES, order_columns(keys)), strict=True))
        out = []
        for n, (frame, places) in enumerate(zip(self.frames, self.starts, strict=True)):
            kind, end, found = frame.site.cue.kind, frame.site.end, {}
            for role, starts in places.items():
                found[role] = [none[n]]
                for i, order in zip(starts, orders(frame, starts), strict=True):
                    found[role].append(own[self._pairs[n, i]] + ordered[kind, i >= end, min(order, MOST_BEFORE)])
            out.append(found)
        return out

    def _ends(self, begun: Sequence[Begun]) -> tuple[list[tuple[int, ...]], Any, NDArray[np.int64]]:
        """The possible ends of mentions, the columns of all, and the number of the role of each."""
        import numpy as np

        texts, cues = self._grid.texts, self._view.cues
        found = [mention_ends(texts[cues.texts[n]], self.frames[n], first) for n, _, first in begun]
        every = [
            (n, first, e, ROLES.index(role)) for (n, role, first), own in zip(begun, found, strict=True) for e in own
        ]
        owner, first, ends, lane = np.array(every, np.int64).T
        base = cues.base.take(owner)
        return found, end_columns(self._grid, self._view, owner, first + base, ends + base), lane

    def end_scores(
        self, begun: Sequence[Begun], models: Mapping[str, Weights]
    ) -> list[tuple[tuple[int, ...], list[float]]]:
        """For mentions that begin the possible ends, each as the token after the last word, with their scores."""
        import numpy as np

        if not begun:
            return []
        found, columns, lane = self._ends(begun)
        scores = table([models[f"{role}.end"] for role in ROLES]).scores(END_TEMPLATES, columns)
        own = scores[lane, np.arange(len(lane))].tolist()
        return [(places, own[a:b]) for places, (a, b) in zip(found, parts(found), strict=True)]

    def end_features(
        self, begun: Sequence[Begun], tell: Tell = Templates.spelled
    ) -> list[tuple[tuple[int, ...], list[Any]]]:
        """For mentions that begin the possible ends with their features."""
        if not begun:
            return []
        found, columns, _ = self._ends(begun)
        own = tell(END_TEMPLATES, columns)
        return [(places, own[a:b]) for places, (a, b) in zip(found, parts(found), strict=True)]


def _order_keys() -> list[tuple[str, bool, int]]:
    """Kinds of cues, whether a first word stands after them, and how many stand before it on that side."""
    return [(kind, after, n) for kind in _CUE_KINDS for after in (True, False) for n in range(MOST_BEFORE + 1)]


@lru_cache(maxsize=8)
def _order_scores(shared: Table) -> Mapping[tuple[str, bool, int], list[float]]:
    """What the place of a possible first word among the others adds (``mentions.orders``)."""
    keys = _order_keys()
    return dict(zip(keys, shared.scores(ORDER_TEMPLATES, order_columns(keys)).T.tolist(), strict=True))
