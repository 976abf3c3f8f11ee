"""Weights of the confidence model; written by ``tools/calibrate.py``, not by hand."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "act": 0.0424,
        "bias": -3.7991,
        "carried": 0.1333,
        "cue inside a quotation": -0.0266,
        "cue:noun": -0.2386,
        "cue:participle": 0.0366,
        "cue:preposition": 0.2842,
        "cue:verb": -0.0823,
        "end": 0.0473,
        "ends with its unit": -0.0297,
        "form": 0.0408,
        "form:direct": -0.2124,
        "form:indirect": 0.0206,
        "form:mixed": 0.1917,
        "gap": 0.127,
        "holds others": -0.1145,
        "joint": 0.6751,
        "joint carried": -0.3737,
        "joint low": 0.0474,
        "length": 0.148,
        "length low": 0.5147,
        "nested": -0.5168,
        "rivals": -0.0851,
        "side:after": 0.4184,
        "side:around": -0.1288,
        "side:before": -0.2895,
        "source": 0.1111,
        "speaker": 0.0548,
        "speaker after the cue": 0.5331,
        "speaker before the cue": 0.6641,
        "speaker carried far": -0.1681,
        "speaker carried over": 0.5239,
        "speaker head unlisted": -0.2316,
        "speaker nobody": -1.7211,
        "speaker unnamed": 0.1898,
        "stands": 0.0784,
        "start": -0.0318,
        "strength:1": -0.1503,
        "strength:2": 0.045,
        "strength:3": 0.1053,
        "whole quotation": -0.0532,
    }
)
