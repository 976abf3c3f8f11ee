"""The first and last words of mentions: the candidates of all frames of a text, scored at once or spelled out.

Many words are considered for several roles: each is described once, and one look-up serves the models of all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from musnad.find import addressees, media, relays, speakers
from musnad.find.grid import Grid
from musnad.find.mentions import (
    END_TEMPLATES,
    MOST_BEFORE,
    NULL_TEMPLATES,
    ORDER_TEMPLATES,
    START_TEMPLATES,
    Frame,
    end_columns,
    frames_of,
    mention_ends,
    null_columns,
    order_columns,
    orders,
    start_columns,
)  # fmt: skip
from musnad.find.near import near
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

    Slots are numbered: those of the first frame in the order of ``ROLES``, then those of the next.

    Args:
        frames: for each text its frames; there is at least one.

    Attributes:
        view: the frames of all texts in a row, as columns.
        slot: for each possible first word the number of its slot, ascending.
        first: its place.
    """

    __slots__ = ("_grid", "_order", "_pair", "_pairs", "first", "slot", "view")

    def __init__(self, grid: Grid, frames: Sequence[Sequence[Frame]]) -> None:
        import numpy as np

        self._grid, self.view = grid, frames_of(grid, frames)
        around = near(grid, self.view)
        found = [module.may_open(grid, around).nonzero()[0] for module in ROLE_MODULES.values()]
        slot = np.concatenate([around.owner.take(own) * len(ROLES) + n for n, own in enumerate(found)])
        order = slot.argsort(kind="stable")
        self.slot = slot[order]
        self.first: Places = around.place.take(np.concatenate(found)[order])
        self._described()

    def _described(self) -> None:
        """Set out all possible first words: each once for its frame (``_pairs``), and its place among the others."""
        import numpy as np

        cues, owner = self.view.cues, self.slot // len(ROLES)
        pairs, self._pair = np.unique((owner << _PLACES) + self.first, return_inverse=True)
        self._pairs = pairs >> _PLACES, pairs & ((1 << _PLACES) - 1)
        after = self.first >= cues.after.take(owner)
        kinds = np.array([_CUE_KINDS.index(site.cue.kind) for site in cues.sites])
        self._order = _order_number(kinds.take(owner), after, orders(self.slot, after))

    def __len__(self) -> int:
        """How many slots there are."""
        return len(self.view.first) * len(ROLES)

    def base(self, slot: Places) -> Places:
        """The place of the first token of the text of each of these slots."""
        return self.view.cues.base.take(slot // len(ROLES))

    @property
    def starts(self) -> list[dict[str, tuple[int, ...]]]:
        """For each frame and role the possible first words, as its text numbers tokens."""
        tokens = (self.first - self.base(self.slot)).tolist()
        return self._by_role([tuple(tokens[a:b]) for a, b in self._bounds()])

    def _bounds(self) -> list[tuple[int, int]]:
        """Where the possible first words of each slot stand among all."""
        import numpy as np

        return list(pairwise(np.searchsorted(self.slot, np.arange(len(self) + 1)).tolist()))

    def _columns(self) -> Any:
        """The columns of every word that may open a mention, described once for each frame."""
        return start_columns(self._grid, self.view, *self._pairs)

    def start_scores(self, models: Mapping[str, Weights]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The scores of *no mention* in each slot, and of each possible first word."""
        import numpy as np

        shared = table([models[name] for name in START_MODELS.values()])
        none = shared.scores(NULL_TEMPLATES, null_columns(self._grid, self.view)).T.ravel()
        if not len(self.slot):
            return none, np.zeros(0)
        role = self.slot % len(ROLES)
        own = shared.scores(START_TEMPLATES, self._columns())[role, self._pair]
        return none, own + _order_scores(shared)[role, self._order]

    def start_features(self, tell: Tell = Templates.spelled) -> list[dict[str, list[Any]]]:
        """For each frame and role the features of *no mention* and of each possible first word."""
        none = tell(NULL_TEMPLATES, null_columns(self._grid, self.view))
        own = tell(START_TEMPLATES, self._columns()) if len(self._pair) else []
        ordered = tell(ORDER_TEMPLATES, order_columns(_order_keys()))
        every = [own[pair] + ordered[k] for pair, k in zip(self._pair.tolist(), self._order.tolist(), strict=True)]
        return self._by_role([[none[n // len(ROLES)], *every[a:b]] for n, (a, b) in enumerate(self._bounds())])

    def _by_role(self, found: Sequence[Any]) -> list[dict[str, Any]]:
        """What was found for all slots, by frame and role."""
        step = len(ROLES)
        return [dict(zip(ROLES, found[n : n + step], strict=True)) for n in range(0, len(found), step)]

    def end_scores(
        self, slot: Places, first: Places, models: Mapping[str, Weights]
    ) -> tuple[Places, Places, NDArray[np.float64]]:
        """The possible ends of mentions that begin at the places ``first`` and fill the slots ``slot``.

        Returns:
            The number of the mention of each, ascending, the place after its last word, and its score.
        """
        import numpy as np

        owner, role = slot // len(ROLES), slot % len(ROLES)
        number, ends = mention_ends(self._grid, self.view, owner, first)
        columns = end_columns(self._grid, self.view, owner.take(number), first.take(number), ends)
        scores = table([models[f"{role}.end"] for role in ROLES]).scores(END_TEMPLATES, columns)
        return number, ends, scores[role.take(number), np.arange(len(number))]

    def end_features(
        self, begun: Sequence[Begun], tell: Tell = Templates.spelled
    ) -> list[tuple[tuple[int, ...], list[Any]]]:
        """For mentions that begin the possible ends, each as the token after the last word, with their features."""
        import numpy as np

        if not begun:
            return []
        owner, first = np.array([(n, token) for n, _, token in begun], np.int64).T
        base = self.view.cues.base.take(owner)
        number, ends = mention_ends(self._grid, self.view, owner, first + base)
        columns = end_columns(self._grid, self.view, owner.take(number), (first + base).take(number), ends)
        own, tokens = tell(END_TEMPLATES, columns), (ends - base.take(number)).tolist()
        bounds = pairwise(np.searchsorted(number, np.arange(len(begun) + 1)).tolist())
        return [(tuple(tokens[a:b]), own[a:b]) for a, b in bounds]


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
