"""Weights of the confidence model; written by ``tools/calibrate.py``, not by hand."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "act": 0.0701,
        "bias": -4.054,
        "carried": 0.1456,
        "cue inside a quotation": -0.1044,
        "cue:noun": -0.2863,
        "cue:participle": 0.111,
        "cue:preposition": 0.2291,
        "cue:verb": -0.0537,
        "end": 0.0661,
        "ends with its unit": 0.0146,
        "form": 0.0306,
        "form:direct": -0.0283,
        "form:indirect": -0.0055,
        "form:mixed": 0.0339,
        "gap": 0.121,
        "holds others": -0.3852,
        "joint": 0.6584,
        "joint carried": -0.4947,
        "joint low": -0.0175,
        "length": 0.2332,
        "length low": 0.7631,
        "nested": -0.6376,
        "rivals": -0.0769,
        "side:after": -0.1135,
        "side:before": -0.5168,
        "source": 0.115,
        "speaker": 0.0512,
        "speaker after the cue": 0.6143,
        "speaker before the cue": 0.6978,
        "speaker carried far": -0.09,
        "speaker carried over": 0.278,
        "speaker head unlisted": -0.2782,
        "speaker nobody": -1.5901,
        "speaker unnamed": 0.1744,
        "stands": 0.0803,
        "start": -0.0498,
        "strength:1": -0.1505,
        "strength:2": 0.0224,
        "strength:3": 0.1281,
        "whole quotation": -0.1588,
    }
)
