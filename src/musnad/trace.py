"""The decisions behind one statement, for ``musnad explain``: what was chosen, why, and what else was possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from musnad.find import contents, kinds
from musnad.find.context import Context
from musnad.find.frames import gated
from musnad.find.mentions import end_table, start_table
from musnad.find.slots import BIAS, ROLE_MODULES, Slots
from musnad.model.maxent import Choice, Features, Weights, choose, heaviest, total
from musnad.types import ACTS, FORMS, Span, TraceStep

_RIVALS = 4


def steps(ctx: Context, s: Slots, carried: float | None, models: Mapping[str, Weights]) -> tuple[TraceStep, ...]:
    """All decisions of statement ``s``, in the order in which they were made."""
    out = [*_content(ctx, s, models)]
    for role in ROLE_MODULES:
        out += _role(ctx, s, role, models, carried)
    for slot, labels, features in (
        ("form", FORMS, kinds.form_features(ctx, s.frame)),
        ("act", ACTS, kinds.act_features(ctx, s.frame)),
        ("anonymous", kinds.ANONYMITY, kinds.anonymous_features(ctx, s.frame, s.speaker)),
    ):
        table = kinds.labelled(labels, features)
        choice = choose(models[slot], table)
        rule = f"{slot}={labels[choice.index]}"
        heavy = heaviest(models[slot], table[choice.index])
        out.append(TraceStep(slot=slot, rule=rule, score=round(choice.margin, 3), features=heavy))
    return tuple(out)


def _content(ctx: Context, s: Slots, models: Mapping[str, Weights]) -> list[TraceStep]:
    site = s.frame.site
    gates = gated(ctx, models["gate"])[1]
    candidates, features = contents.all_start_features(ctx, site, gates)
    choice = s.found.start
    spans: list[Span | None] = [None, *(ctx.span(c.token, c.token + 1) for c in candidates)]
    out = [
        TraceStep(slot="cue", rule=f"cue-{site.cue.kind}", row=site.cue.row, span=ctx.span(site.token, site.end),
                  score=round(choice.margin, 3), features=heaviest(models["start"], features[0])),
        TraceStep(slot="content start", rule=f"content-{s.frame.side}-{s.frame.kind}", span=spans[choice.index],
                  score=round(choice.margin, 3), features=heaviest(models["start"], features[choice.index]),
                  rivals=_rivals(choice, spans)),
    ]  # fmt: skip
    if s.found.end is not None and choice.index:
        places, features = contents.all_end_features(ctx, site, candidates[choice.index - 1])
        ends: list[Span | None] = [ctx.span(p - 1, p) for p in places]
        end = s.found.end
        out.append(
            TraceStep(slot="content end", rule="content-end", span=ends[end.index], score=round(end.margin, 3),
                      features=heaviest(models["end"], features[end.index]), rivals=_rivals(end, ends))
        )  # fmt: skip
    return out


def _role(ctx: Context, s: Slots, role: str, models: Mapping[str, Weights], carried: float | None) -> list[TraceStep]:
    starts = ROLE_MODULES[role].starts(ctx, s.frame)
    weights = models[f"{role}.start"]
    table: Sequence[Features] = start_table(ctx, s.frame, starts)
    scores = [total(weights, f) for f in table]
    scores[0] -= BIAS[role]
    choice = max(range(len(scores)), key=scores.__getitem__)
    spans: list[Span | None] = [None, *(ctx.span(i, i + 1) for i in starts)]
    rivals = sorted(((spans[k], round(v, 3)) for k, v in enumerate(scores) if k != choice), key=lambda r: -r[1])[:_RIVALS]
    chosen = getattr(s, role)
    margin = scores[choice] - max((v for k, v in enumerate(scores) if k != choice), default=scores[choice])
    out = [
        TraceStep(slot=role, rule=f"model-{role}" if chosen else f"no-{role}", span=ctx.span(*chosen) if chosen else None,
                  score=round(margin, 3), features=heaviest(weights, table[choice]), rivals=tuple(rivals))
    ]  # fmt: skip
    if chosen:
        ends, features = end_table(ctx, s.frame, chosen[0])
        end = choose(models[f"{role}.end"], features)
        places: list[Span | None] = [ctx.span(e - 1, e) for e in ends]
        out.append(
            TraceStep(slot=f"{role} end", rule="mention-end", span=places[end.index], score=round(end.margin, 3),
                      features=heaviest(models[f"{role}.end"], features[end.index]), rivals=_rivals(end, places))
        )  # fmt: skip
    elif role == "speaker" and carried is not None:
        out.append(TraceStep(slot="speaker", rule="carried-over", score=round(carried, 3)))
    return out


def _rivals(choice: Choice, spans: Sequence[Span | None]) -> tuple[tuple[Span | None, float], ...]:
    rows = [(spans[k], round(v, 3)) for k, v in enumerate(choice.scores) if k != choice.index]
    return tuple(sorted(rows, key=lambda r: -r[1])[:_RIVALS])
