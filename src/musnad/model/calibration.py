"""Weights of the confidence model; written by ``tools/calibrate.py``, not by hand."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WEIGHTS: Mapping[str, float] = MappingProxyType({"bias": 0.5, "start": 0.3, "end": 0.1, "speaker": 0.1})
