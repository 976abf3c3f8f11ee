"""Weights of the confidence model; written by ``tools/calibrate.py``, not by hand."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "act": 0.0805,
        "bias": -3.9108,
        "carried": 0.1523,
        "cue inside a quotation": -0.165,
        "cue:noun": -0.318,
        "cue:participle": 0.1707,
        "cue:preposition": 0.1565,
        "cue:verb": -0.0093,
        "end": 0.058,
        "ends with its unit": 0.0354,
        "form": 0.0449,
        "form:direct": -0.0855,
        "form:indirect": -0.0123,
        "form:mixed": 0.0978,
        "gap": 0.1548,
        "holds others": -0.3273,
        "joint": 0.6565,
        "joint carried": -0.4934,
        "joint low": 0.0825,
        "length": 0.2065,
        "length low": 0.7674,
        "nested": -0.5894,
        "rivals": -0.0688,
        "side:after": -0.2393,
        "side:before": -0.4755,
        "source": 0.1032,
        "speaker": 0.0436,
        "speaker after the cue": 0.5686,
        "speaker before the cue": 0.6867,
        "speaker carried far": 0.002,
        "speaker carried over": 0.2766,
        "speaker head unlisted": -0.2542,
        "speaker nobody": -1.532,
        "speaker unnamed": 0.221,
        "stands": 0.0765,
        "start": -0.0646,
        "strength:1": -0.1357,
        "strength:2": 0.0307,
        "strength:3": 0.105,
        "whole quotation": -0.0658,
    }
)
