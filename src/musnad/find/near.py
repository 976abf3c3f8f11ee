"""The tokens near frames at which a mention may begin: after the cue, before it, and just after the content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from musnad.find.grid import Grid
from musnad.model.codes import code

if TYPE_CHECKING:
    from musnad.find.grid import Places
    from musnad.find.mentions import Frames

AFTER, BEFORE, BEYOND = range(3)
_AFTER, _BEFORE, _BEYOND = 45, 46, 16  # tokens that are looked at, the cue among those before its end
Range = tuple[int, int]
_NOTHING = (0, 0)


@dataclass(frozen=True, slots=True)
class Near:
    """Tokens near frames, those of each frame in a row: after the cue, before it, after the content, nearest first.

    Attributes:
        frames: the frames.
        owner: the number of the frame of each.
        place: the place of each.
        part: on which side it stands: ``AFTER`` the cue and before its content, ``BEFORE``, or ``BEYOND`` the content.
        step: how many tokens are between it and what it stands beside; 0 is the cue itself among those before.
        bits, left, second: bits of each, of the token before it, and of the one before that.
    """

    frames: Frames
    owner: Places
    place: Places
    part: Places
    step: Places
    bits: Places
    left: Places
    second: Places

    def has(self, mask: int) -> Any:
        """Which of them have one of the bits of ``mask``."""
        return (self.bits & mask) != 0

    def cue(self, name: str, value: str) -> Any:
        """Which of them stand near a cue whose column ``name`` is ``value``."""
        return (self.frames.cues.column(name) == code(value)).take(self.owner)

    def within(self, after: Range = _NOTHING, before: Range = _NOTHING, beyond: Range = _NOTHING) -> Any:
        """Which of them stand at one of the steps ``[first, end)`` of their side."""
        import numpy as np

        low, high = np.array([after, before, beyond]).T
        return (low.take(self.part) <= self.step) & (self.step < high.take(self.part))


def near(grid: Grid, frames: Frames) -> Near:
    """The tokens near frames; those after the content only where that stands after the cue."""
    import numpy as np

    cues, end = frames.cues, frames.end[:, None]
    after = cues.after[:, None] + np.arange(_AFTER)
    before = cues.token[:, None] - np.arange(_BEFORE)
    beyond = end + np.arange(_BEYOND)
    last = np.where(frames.side == code("after"), grid.end.take(frames.end - 1), 0)
    there = np.concatenate(
        (after < frames.limit[:, None], before >= grid.first.take(cues.token)[:, None], beyond < last[:, None]), axis=1
    )
    owner, column = there.nonzero()
    place = np.concatenate((after, before, beyond), axis=1)[there]
    sizes = (_AFTER, _BEFORE, _BEYOND)
    part = np.repeat(np.arange(3), sizes).take(column)
    step = np.concatenate([np.arange(size) for size in sizes]).take(column)
    bits, left, second = (grid.bits.take(place - n) for n in range(3))
    return Near(frames, owner, place, part, step, bits, left, second)
