"""The hand-made readings as a fixture."""

from __future__ import annotations

import pytest
from readings import readings

from musnad.types import Reading


@pytest.fixture
def given_readings() -> dict[str, Reading]:
    """Readings by id: ``dam``, ``overlap``, ``empty``."""
    return readings()
