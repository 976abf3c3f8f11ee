"""How sure a statement is: a logistic model over the log-odds of its decisions.

Calibrated on held-out articles by cross-validation over outlets (``tools/calibrate.py``; Platt 1999). The target is
that the statement is one (its content overlaps an annotated one) and that its speaker is right.
"""

from __future__ import annotations

import math

from musnad.find.slots import Slots
from musnad.model.calibration import WEIGHTS

_CAP = 8.0


def evidence(s: Slots, carried: float | None) -> dict[str, float]:
    """The inputs of the model: capped log-odds of each decision, and what kind of statement it is."""
    margins = dict(s.margins)
    end = s.found.end.margin if s.found.end is not None else _CAP
    return {
        "bias": 1.0,
        "start": min(s.found.start.margin, _CAP),
        "end": min(end, _CAP),
        "speaker": min(margins["speaker"], _CAP),
        "carried": min(carried, _CAP) if carried is not None else 0.0,
        "bare": 1.0 if s.speaker is None else 0.0,
        "noun": 1.0 if s.frame.site.cue.kind == "n" else 0.0,
        "before": 1.0 if s.frame.side != "after" else 0.0,
    }


def confidence(s: Slots, carried: float | None) -> float:
    """Probability, 0 to 1, that the statement is one and has the right speaker."""
    z = sum(WEIGHTS.get(name, 0.0) * value for name, value in evidence(s, carried).items())
    return round(1.0 / (1.0 + math.exp(-z)), 3)
