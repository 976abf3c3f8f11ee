"""Grouping over all articles of a ledger: copies, sayings, independence, alarms (this stage calls the pure modules)."""

from __future__ import annotations

from musnad.keep.search import Search


class Groups(Search):
    """A ledger with its groups."""
