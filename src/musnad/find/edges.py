"""The first and last words of mentions: the candidates of all frames of a text, scored at once or spelled out.

Many words are considered for several roles: each is described once, and one look-up serves the models of all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from musnad.find import addressees, media, relays, speakers
from musnad.find.contents import parts
from musnad.find.grid import Grid
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

    from musnad.find.grid import Places

ROLE_MODULES = {"speaker": speakers, "addressee": addressees, "medium": media, "relay": relays}
ROLES = tuple(ROLE_MODULES)
START_MODELS = {role: f"{role}.start" for role in ROLES}
_CUE_KINDS = (VERB, NOUN, PREPOSITION, PARTICIPLE)
_PLACES = 32  # bits of a place, where it shares a number with that of its frame
Begun = tuple[int, str, int]  # number of the frame, role, first word of the mention


class Mentions:
    """The frames of texts, and where the mentions of each role may begin.

    Args:
        frames: for each text its frames; there is at least one.

    Attributes:
        frames: the frames of all texts in a row.
        starts: for each frame and role the possible first words.
        view: the frames as columns.
    """

    __slots__ = ("_bounds", "_grid", "_order", "_pair", "_pairs", "frames", "starts", "view")

    def __init__(self, grid: Grid, frames: Sequence[Sequence[Frame]]) -> None:
        self._grid, self.frames = grid, [f for own in frames for f in own]
        self.view: Frames = frames_of(grid, frames)
        self.starts = [
            {role: module.starts(ctx, f) for role, module in ROLE_MODULES.items()}
            for ctx, own in zip(grid.texts, frames, strict=True)
            for f in own
        ]
        self._described()

    def _described(self) -> None:
        """Set out all possible first words: each once for its frame (``_pairs``), and its place among the others."""
        import numpy as np

        found = [places for own in self.starts for places in own.values()]
        self._bounds = parts(found)
        group = np.repeat(np.arange(len(found)), np.array([len(places) for places in found]))
        cues, owner = self.view.cues, group // len(ROLES)
        first = np.fromiter(chain.from_iterable(found), np.int64, len(group)) + cues.base.take(owner)
        pairs, self._pair = np.unique((owner << _PLACES) + first, return_inverse=True)
        self._pairs = pairs >> _PLACES, pairs & ((1 << _PLACES) - 1)
        after = first >= cues.after.take(owner)
        kinds = np.array([_CUE_KINDS.index(f.site.cue.kind) for f in self.frames])
        self._order = _order_number(kinds.take(owner), after, orders(group, after))

    def _columns(self) -> Any:
        """The columns of every word that may open a mention, described once for each frame."""
        return start_columns(self._grid, self.view, *self._pairs)

    def start_scores(self, models: Mapping[str, Weights]) -> list[dict[str, list[float]]]:
        """For each frame and role the scores of *no mention* and of each possible first word."""
        import numpy as np

        shared = table([models[name] for name in START_MODELS.values()])
        none = shared.scores(NULL_TEMPLATES, null_columns(self._grid, self.view)).T.ravel().tolist()
        scores: list[float] = []
        if len(self._pair):
            role = np.repeat(np.arange(len(none)) % len(ROLES), [b - a for a, b in self._bounds])
            own = shared.scores(START_TEMPLATES, self._columns())[role, self._pair]
            scores = (own + _order_scores(shared)[role, self._order]).tolist()
        return self._by_role([[level, *scores[a:b]] for level, (a, b) in zip(none, self._bounds, strict=True)])

    def start_features(self, tell: Tell = Templates.spelled) -> list[dict[str, list[Any]]]:
        """For each frame and role the features of *no mention* and of each possible first word."""
        none = tell(NULL_TEMPLATES, null_columns(self._grid, self.view))
        own = tell(START_TEMPLATES, self._columns()) if len(self._pair) else []
        ordered = tell(ORDER_TEMPLATES, order_columns(_order_keys()))
        every = [own[pair] + ordered[k] for pair, k in zip(self._pair.tolist(), self._order.tolist(), strict=True)]
        return self._by_role([[none[n // len(ROLES)], *every[a:b]] for n, (a, b) in enumerate(self._bounds)])

    def _by_role(self, found: Sequence[list[Any]]) -> list[dict[str, list[Any]]]:
        """What was found for the roles of all frames in a row, by frame and role."""
        step = len(ROLES)
        return [dict(zip(ROLES, found[n : n + step], strict=True)) for n in range(0, len(found), step)]

    def _ends(self, begun: Sequence[Begun]) -> tuple[list[tuple[int, ...]], Any, NDArray[np.int64]]:
        """The possible ends of mentions, the columns of all, and the number of the role of each."""
        import numpy as np

        texts, cues = self._grid.texts, self.view.cues
        found = [mention_ends(texts[cues.texts[n]], self.frames[n], first) for n, _, first in begun]
        every = [
            (n, first, e, ROLES.index(role)) for (n, role, first), own in zip(begun, found, strict=True) for e in own
        ]
        owner, first, ends, lane = np.array(every, np.int64).T
        base = cues.base.take(owner)
        return found, end_columns(self._grid, self.view, owner, first + base, ends + base), lane

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
    return [(kind, after, n) for kind in _CUE_KINDS for after in (False, True) for n in range(MOST_BEFORE + 1)]


def _order_number(kinds: Places, after: Any, before: Places) -> Places:
    """The places in ``_order_keys`` of kinds of cues (in ``_CUE_KINDS``), sides, and numbers of words before."""
    import numpy as np

    found: Places = (kinds * 2 + after) * (MOST_BEFORE + 1) + np.minimum(before, MOST_BEFORE)
    return found


@lru_cache(maxsize=8)
def _order_scores(shared: Table) -> NDArray[np.float64]:
    """What the place of a possible first word among the others adds: lanes × ``_order_keys``."""
    return shared.scores(ORDER_TEMPLATES, order_columns(_order_keys()))
