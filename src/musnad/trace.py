"""The decisions behind one statement, for ``musnad explain``: what was chosen, why, and what else was possible.

A feature of a step is named ``model:code``, for ``show.features``; where it speaks of word classes, some of their words
follow after a tab (``start:Sc245|comp<TAB>f245=...``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice
from types import MappingProxyType

from musnad.find import contents, kinds
from musnad.find.context import Context
from musnad.find.edges import ROLE_MODULES, START_MODELS, Mentions
from musnad.find.frames import encloses, gated, others_of
from musnad.find.grid import Grid, grid, sites_of
from musnad.find.mentions import frames_of
from musnad.find.slots import BIAS, Slots
from musnad.model.clusters import clusters
from musnad.model.maxent import Choice, Features, Weights, choose, decide, heaviest, total
from musnad.model.templates import shown
from musnad.settle import carry
from musnad.settle.confidence import evidence, probability, shares
from musnad.settle.entities import Resolved
from musnad.settle.topics import topics
from musnad.show.features import class_numbers, parse
from musnad.types import Span, TraceStep

_RIVALS = 4
_FEATURES = 8
_MEMBERS = 3
_SEPARATOR = "\u060c "


def steps(
    ctx: Context, slots: Sequence[Slots], resolved: Resolved, number: int, models: Mapping[str, Weights]
) -> tuple[TraceStep, ...]:
    """All decisions of statement ``number`` (from 0), in the order in which they were made."""
    s = slots[number]
    view = grid([ctx])
    out = [*_content(view, slots, number, models)]
    for role in ROLE_MODULES:
        out += _role(view, s, role, models)
        if role == "speaker" and s.speaker is None:
            out.append(_carried(ctx, slots, resolved, number, models))
    frame = frames_of(view, [[s.frame]])
    for slot, (features,) in (
        ("form", kinds.form_features(view, frame)),
        ("act", kinds.act_features(view, frame)),
        ("anonymous", kinds.anonymous_features(view, frame, [s.speaker])),
    ):
        labels = kinds.LABELS[slot]
        table = kinds.labelled(labels, features)
        choice = choose(models[slot], table)
        chosen = labels[choice.index]
        heavy = _named(slot, models[slot], table[choice.index], skip=len(chosen) + 1)
        out.append(TraceStep(slot=slot, rule=f"{slot}={chosen}", score=round(choice.margin, 3), features=heavy))
    return (*out, _confidence(evidence(ctx, slots, resolved, number)))


def _confidence(found: Mapping[str, float]) -> TraceStep:
    """What made the confidence: its log-odds, and what each input adds to them."""
    added = shares(found)
    heavy = sorted(added.items(), key=lambda pair: (-abs(pair[1]), pair[0]))[:_FEATURES]
    codes = [(name if parse("confidence", name) else f"{name}={found[name]:.1f}", weight) for name, weight in heavy]
    return TraceStep(
        slot="confidence", rule=f"confidence={probability(found)}", score=round(sum(added.values()), 3),
        features=tuple((f"confidence:{code}", round(weight, 3)) for code, weight in codes),
    )  # fmt: skip


def _content(view: Grid, slots: Sequence[Slots], number: int, models: Mapping[str, Weights]) -> list[TraceStep]:
    ctx, s = view.texts[0], slots[number]
    site = s.frame.site
    cue = sites_of(view, [[site]])
    ((candidates, features),) = contents.all_start_features(view, cue, gated(view, models)[1])
    choice = s.found.start
    spans: list[Span | None] = [None, *(ctx.span(c.token, c.token + 1) for c in candidates)]
    stands = choice.scores[choice.index] - choice.scores[0]
    out = [
        TraceStep(slot="cue", rule=f"cue-{site.cue.kind}", row=site.cue.row, span=ctx.span(site.token, site.end),
                  score=round(stands, 3), features=_named("start", models["start"], features[0], against=True)),
        TraceStep(slot="content start", rule=f"content-{s.frame.side}-{s.frame.kind}", span=spans[choice.index],
                  score=round(choice.margin, 3),
                  features=_named("start", models["start"], features[choice.index],
                                  rule=contents.start_rules(view, cue)[0][choice.index]),
                  rivals=_rivals(choice, spans)),
    ]  # fmt: skip
    if s.found.end is not None and choice.index:
        firsts = [contents.Start(o.frame.side, o.frame.spans[0][0], o.frame.kind) for o in slots]
        others = others_of(view, sites_of(view, [[o.frame.site for o in slots]]), firsts)
        begun = [candidates[choice.index - 1]]
        ((places, features),) = contents.all_end_features(view, cue, begun, others)
        ((_, rules),) = contents.end_rules(view, cue, begun)
        ends: list[Span | None] = [ctx.span(p - 1, p) for p in places]
        end = s.found.end
        out.append(
            TraceStep(slot="content end", rule="content-end", span=ends[end.index], score=round(end.margin, 3),
                      features=_named("end", models["end"], features[end.index], rule=rules[end.index]),
                      rivals=_rivals(end, ends))
        )  # fmt: skip
    return out


def _role(view: Grid, s: Slots, role: str, models: Mapping[str, Weights]) -> list[TraceStep]:
    ctx, mentions = view.texts[0], Mentions(view, [[s.frame]])
    starts, weights = mentions.starts[0][role], models[START_MODELS[role]]
    table: Sequence[Features] = mentions.start_features()[0][role]
    scores = [total(weights, f) for f in table]
    scores[0] -= BIAS[role]
    choice = decide(scores)
    spans: list[Span | None] = [None, *(ctx.span(i, i + 1) for i in starts)]
    chosen = getattr(s, role)
    rule, span = (f"model-{role}", ctx.span(*chosen)) if chosen else (f"no-{role}", None)
    heavy = _named("mention", weights, table[choice.index])
    rivals = _rivals(choice, spans)
    out = [TraceStep(slot=role, rule=rule, span=span, score=round(choice.margin, 3), features=heavy, rivals=rivals)]
    if chosen:
        ((ends, features),) = mentions.end_features([(0, role, chosen[0])])
        end = choose(models[f"{role}.end"], features)
        places: list[Span | None] = [ctx.span(e - 1, e) for e in ends]
        heavy = _named("mention-end", models[f"{role}.end"], features[end.index])
        out.append(
            TraceStep(slot=f"{role} end", rule="mention-end", span=places[end.index], score=round(end.margin, 3),
                      features=heavy, rivals=_rivals(end, places))
        )  # fmt: skip
    return out


def _carried(
    ctx: Context, slots: Sequence[Slots], resolved: Resolved, number: int, models: Mapping[str, Weights]
) -> TraceStep:
    """Who is meant where no mention stands, and who else could have been.

    The candidates are those of ``settle.entities.resolve``; each is shown by the place where he was named last.
    """
    frame = slots[number].frame
    last: dict[int, tuple[int, int]] = {}
    turns: list[carry.Turn] = []
    for k in range(number):
        o, who = slots[k], resolved.speakers[k]
        if who is None:
            continue
        if o.speaker is not None:
            last[who] = o.speaker
        nested = any(encloses(f.frame, o.frame) for f in slots)
        turns.append(carry.turn(ctx, o.frame, who, o.speaker, nested=nested, earlier=turns))
    seen = [carry.seen_from(t, frame) for t in turns]
    found, features = carry.table(ctx, frame, seen, topics(ctx))
    choice = choose(models["carry"], features)
    spans: list[Span | None] = [None]
    for c in found:
        where = last.get(c.who) if isinstance(c, carry.Turn) else c.range
        mentions = resolved.entities[c.who].mentions if isinstance(c, carry.Turn) else ()
        spans.append(ctx.bare_span(*where) if where else mentions[0] if mentions else None)
    return TraceStep(
        slot="speaker", rule="carried-over" if choice.index else "nobody-named", span=spans[choice.index],
        score=round(choice.margin, 3), features=_named("carry", models["carry"], features[choice.index]),
        rivals=_rivals(choice, spans),
    )  # fmt: skip


def _rivals(choice: Choice, spans: Sequence[Span | None]) -> tuple[tuple[Span | None, float], ...]:
    rows = [(spans[k], round(v, 3)) for k, v in enumerate(choice.scores) if k != choice.index]
    return tuple(sorted(rows, key=lambda r: -r[1])[:_RIVALS])


def _named(
    model: str, weights: Weights, features: Features, *, skip: int = 0, against: bool = False, rule: float = 0.0
) -> tuple[tuple[str, float], ...]:
    """The heaviest features; one that counts twice stands once.

    Args:
        model: whose templates they follow (``show.features``).
        skip: letters before the code (the label of a choice between labels).
        against: whether they speak for the other choice, so that signs turn round.
        rule: log-odds that a rule of grammar adds (``find.contents``); it is named by its sign.
    """
    summed = {"R+" if rule > 0 else "R-": rule} if rule else {}
    for feature, weight in heaviest(weights, features, most=len(features)):
        code = shown(feature)
        summed[code] = summed.get(code, 0.0) + (-weight if against else weight)
    heavy = sorted(summed.items(), key=lambda pair: -abs(pair[1]))[:_FEATURES]
    return tuple((_with_members(model, code[skip:]), round(weight, 3)) for code, weight in heavy)


def _with_members(model: str, code: str) -> str:
    members = [f"{key}={words}" for key in class_numbers(model, code) if (words := _members().get(key))]
    return "\t".join((f"{model}:{code}", *dict.fromkeys(members)))


@lru_cache(maxsize=1)
def _members() -> Mapping[str, str]:
    """Word class (``f245`` fine, ``c60`` coarse) → its most frequent words; the table is in order of frequency."""
    found: dict[str, list[str]] = {}
    for word, (coarse, fine) in clusters().items():
        for key in (f"c{coarse}", f"f{fine}"):
            found.setdefault(key, []).append(word)
    chosen = {}
    for key, words in found.items():
        plain = list(islice((w for w in words if w.isalpha()), _MEMBERS))
        chosen[key] = _SEPARATOR.join(plain or words[:_MEMBERS])
    return MappingProxyType(chosen)
