"""Where the content of a reported statement begins and ends.

For each possible cue a model chooses between *no statement* and the places where content may begin; given the
beginning, another chooses the end. Both are conditional log-linear choices (``model.maxent``): ``places`` holds
the grammar that proposes candidates, ``gates``, ``starts`` and ``ends`` describe them, and here each list of
candidates is scored, or spelled out in features for training and explanations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from musnad.find.bounds import AFTER, AROUND, BEFORE, Start, before_end, bucket, ends, start_kind, starts
from musnad.find.context import Context
from musnad.find.cues import Site
from musnad.find.ends import END_GROUPS, NO_OTHERS, Others, end_table
from musnad.find.gates import AROUND_GROUPS, CUE_GROUPS, Gates, around_values, cue_values
from musnad.find.starts import START_GROUPS, start_table
from musnad.model.maxent import Weights, grouped, joint, memos, spelled


def cue_features(ctx: Context, site: Site) -> list[str]:
    """Features of a cue alone: what it is and what stands beside it."""
    return spelled(CUE_GROUPS, cue_values(ctx, site))


def gates_of(ctx: Context, sites: tuple[Site, ...], models: Mapping[str, Weights]) -> Gates:
    """What each cue is worth alone: under the gate, and for the later choice of *no statement*."""
    both = joint([models["gate"], models["start"]])
    scores = {s.token: both.grouped(CUE_GROUPS, cue_values(ctx, s)) for s in sites}
    return Gates.of({k: gate for k, (gate, _) in scores.items()}, {k: none for k, (_, none) in scores.items()})


def all_start_features(ctx: Context, site: Site, gates: Gates) -> tuple[tuple[Start, ...], list[list[str]]]:
    """The beginnings of ``site`` with their features; the features of *no statement* stand first."""
    candidates = starts(ctx, site)
    values, single = cue_values(ctx, site)
    features = [spelled(CUE_GROUPS + AROUND_GROUPS, (values + around_values(ctx, site, gates), single))]
    features += [spelled(START_GROUPS, values) for values in start_table(ctx, site, candidates, gates)]
    return candidates, features


def start_scores(ctx: Context, site: Site, gates: Gates, weights: Weights) -> tuple[tuple[Start, ...], list[float]]:
    """The beginnings of ``site`` with their scores; *no statement* stands first. ``gates`` are from ``gates_of``."""
    candidates = starts(ctx, site)
    none = gates.nulls[site.token]
    scores = [none + grouped(memos(weights, AROUND_GROUPS), weights, (around_values(ctx, site, gates), ()))]
    sums = memos(weights, START_GROUPS)
    scores += [grouped(sums, weights, values) for values in start_table(ctx, site, candidates, gates)]
    return candidates, scores


def grammar_offsets(site: Site, candidates: Sequence[Start]) -> list[float]:
    """Log-odds that grammar adds to each beginning, *no statement* first.

    The direct object of a verb of address is who is told; what is told opens with a complementiser after it.
    """
    told = site.cue.takes == "addressee"
    return [0.0, *(_COMPLEMENT if told and c.kind in _COMPLEMENTS and c.side == AFTER else 0.0 for c in candidates)]


_COMPLEMENTS = frozenset(("comp",))
_COMPLEMENT = 0.5


def all_end_features(
    ctx: Context, site: Site, start: Start, others: Others = NO_OTHERS
) -> tuple[tuple[int, ...], list[list[str]]]:
    """The ends of content from ``start`` with their features; ``others`` are the other statements of the text."""
    found = ends(ctx, site, start)
    return found, [spelled(END_GROUPS, values) for values in end_table(ctx, site, start, found, others)]


def end_scores(
    ctx: Context, site: Site, start: Start, others: Others, weights: Weights
) -> tuple[tuple[int, ...], list[float]]:
    """The ends of content from ``start`` with their scores."""
    found = ends(ctx, site, start)
    sums = memos(weights, END_GROUPS)
    return found, [grouped(sums, weights, values) for values in end_table(ctx, site, start, found, others)]


__all__ = [
    "AFTER",
    "AROUND",
    "BEFORE",
    "NO_OTHERS",
    "Gates",
    "Others",
    "Start",
    "all_end_features",
    "all_start_features",
    "before_end",
    "bucket",
    "cue_features",
    "end_scores",
    "ends",
    "gates_of",
    "start_kind",
    "start_scores",
    "starts",
]  # fmt: skip
