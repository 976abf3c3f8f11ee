"""Train the reader's models and write ``src/musnad/model/weights.tsv.gz``.

    python tools/train.py [--out FILE] [--without OUTLET ...] [--only MODEL ...]

Reads ``../shared/gold/train.jsonl`` and the project's own annotations (``tools/corpus.py``); never ``dev.jsonl``.
Needs numpy and scipy (tools only).
"""

from __future__ import annotations

import argparse
import gzip
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
from corpus import Gold, Sample, annotations, gold
from maxent_trainer import Decisions, Recorder, fit, fit_codes

from musnad.find import contents, kinds, verifications
from musnad.find.context import Context, context
from musnad.find.cues import Site, sites
from musnad.find.edges import ROLES, Mentions
from musnad.find.frames import GATE, encloses, others_of
from musnad.find.grid import Grid, Sites, grid, sites_of
from musnad.find.mentions import Frame
from musnad.model.maxent import dump, parse
from musnad.read.words import words
from musnad.settle import carry
from musnad.settle.names import words_of
from musnad.settle.topics import Topic, topics
from musnad.types import ACTS, FORMS

OUT = Path(__file__).resolve().parents[1] / "src" / "musnad" / "model" / "weights.tsv.gz"
L2 = {"end": 2.5}  # chosen on the gold for training, with models of the own annotations alone
FOLDS = 5
DROPPED = 2  # every second carried-over speaker is learned once more without his earlier statements


Recorders = dict[str, Recorder]  # by model; the models of all roles share those of their first and of their last words


@dataclass(slots=True)
class Prepared:
    """A sample with its context, its possible cues and the gold statement of each."""

    sample: Sample
    ctx: Context
    sites: tuple[Site, ...]
    gold: dict[int, Gold]


def tokens(ctx: Context, span: tuple[int, int] | None) -> tuple[int, int] | None:
    """The token range that a source span covers, or None."""
    if span is None:
        return None
    w = ctx.words
    found = [i for i in range(len(ctx)) if w.kinds[i] in "wn" and span[0] < w.ends[i] and w.starts[i] < span[1]]
    return (found[0], found[-1] + 1) if found else None


def prepare(sample: Sample, counts: Counter[str]) -> Prepared:
    """Tokenise a sample and tie its gold statements to possible cues."""
    from musnad.pipeline import split

    ctx = context(words(sample.text, split=split))
    found = sites(ctx)
    at: dict[int, int] = {}
    for k, s in enumerate(found):
        for i in range(s.token, s.end):
            at.setdefault(i, k)
    aligned: dict[int, Gold] = {}
    for g in sample.statements:
        counts["statements"] += 1
        cue = tokens(ctx, g.cue)
        k = next((at[i] for i in range(*cue) if i in at and at[i] not in aligned), None) if cue else None
        if k is None:
            counts["cue not in lexicon"] += 1
            if cue:
                MISSED[ctx.form(cue[0])] += 1
        else:
            aligned[k] = g
    return Prepared(sample, ctx, found, aligned)


MISSED: Counter[str] = Counter()


def gold_start(ctx: Context, site: Site, g: Gold) -> tuple[str, list[tuple[int, int]]] | None:
    """The side and the token ranges of the gold content."""
    spans = [t for s in g.content if (t := tokens(ctx, s))]
    if not spans:
        return None
    if len(spans) > 1 and spans[0][0] < site.token < spans[-1][0]:
        return contents.AROUND, spans
    return (contents.AFTER if spans[0][0] >= site.end else contents.BEFORE), spans


def gold_others(p: Prepared) -> contents.Others:
    """The gold statements as the choice of ends sees them."""
    begun, firsts = [], []
    for k, g in p.gold.items():
        found = gold_start(p.ctx, p.sites[k], g)
        if found is not None:
            begun.append(p.sites[k])
            firsts.append(contents.Start(found[0], found[1][0][0], ""))
    view = grid([p.ctx])
    return others_of(view, sites_of(view, [begun]), firsts)


def gate_models(prepared: Sequence[Prepared], counts: Counter[str]) -> tuple[dict[str, float], list[list[float]]]:
    """The gate, and for each article the log-odds that a gate trained on the other articles gives each of its cues.

    Like stacked generalisation (Wolpert 1992): what learns from the gate must see it as sure as it will be.
    """
    recorder = Recorder()
    examples = [
        [(np.array(f, np.int64), k in p.gold) for k, f in enumerate(contents.cue_features(*as_columns(p), recorder))]
        for p in prepared
    ]

    def decisions(numbers: Iterable[int]) -> Decisions:
        data = Decisions()
        for n in numbers:
            for features, right in examples[n]:
                data.add([features, _NOTHING], 0 if right else 1)
        return data

    gates: list[list[float]] = [[] for _ in prepared]
    for fold in range(FOLDS):
        weights = fit_codes(decisions(n for n in range(len(prepared)) if n % FOLDS != fold), iterations=60)
        for n in range(fold, len(prepared), FOLDS):
            gates[n] = [sum(weights.get(f, 0.0) for f in features.tolist()) for features, _ in examples[n]]
            counts["gated"] += sum(v <= GATE for v in gates[n])
            counts["statements gated"] += sum(gates[n][k] <= GATE for k in prepared[n].gold)
    return fit(decisions(range(len(prepared))), iterations=60, recorder=recorder), gates


_NOTHING = np.zeros(0, np.int64)


def as_columns(p: Prepared) -> tuple[Grid, Sites]:
    """A text and its possible cues as columns."""
    view = grid([p.ctx])
    return view, sites_of(view, [p.sites])


def content_decisions(
    p: Prepared, worth: Sequence[float], data: dict[str, Decisions], counts: Counter[str], tell: Recorders
) -> None:
    """Decisions on where content begins and ends; ``worth`` are the log-odds of the cues under the gate."""
    view, cues = as_columns(p)
    gates = contents.Gates.of(cues, np.array(worth), np.zeros(len(cues)))
    asked = [k for k in range(len(p.sites)) if k in p.gold or worth[k] > GATE]
    begun: list[int] = []
    firsts: list[contents.Start] = []
    last: list[int] = []
    table = contents.all_start_features(view, cues.only(asked), gates, tell["start"])
    for k, (candidates, features) in zip(asked, table, strict=True):
        site = p.sites[k]
        if k not in p.gold:
            data["start"].add(features, 0)
            continue
        found = gold_start(p.ctx, site, p.gold[k])
        if found is None:
            continue
        side, spans = found
        place = next((j for j, c in enumerate(candidates) if c.side == side and c.token == spans[0][0]), None)
        if place is None:
            counts["beginning not a candidate"] += 1
            continue
        data["start"].add(features, place + 1)
        if side != contents.BEFORE:
            begun.append(k)
            firsts.append(candidates[place])
            last.append(spans[-1][1])
    for (ends, features), end in zip(
        contents.all_end_features(view, cues.only(begun), firsts, gold_others(p), tell["end"]), last, strict=True
    ):
        if end in ends:
            data["end"].add(features, ends.index(end))
        else:
            counts["end not a candidate"] += 1


def gold_frames(p: Prepared) -> list[tuple[Frame, Gold]]:
    """The frames of the gold statements, in the order of their cues."""
    out = []
    numbers = sorted(p.gold)
    view, cues = as_columns(p)
    begun = contents.starts(view, cues.only(numbers)) if numbers else None
    for n, k in enumerate(numbers):
        found = gold_start(p.ctx, p.sites[k], p.gold[k])
        if found is None or begun is None:
            continue
        side, spans = found
        known = (c.kind for c in begun.of(n) if (c.side, c.token) == (side, spans[0][0]))
        kind = next(known, "next" if side == contents.AFTER else "unit")
        out.append((Frame(p.sites[k], tuple(spans), side, kind), p.gold[k]))
    return out


def gold_role(
    p: Prepared, frame: Frame, g: Gold, role: str, all_frames: list[tuple[Frame, Gold]]
) -> tuple[int, int] | None:
    """Tokens of the mention that fills ``role``; a relay that is the outer speaker is left to the nesting."""
    if role != "relay":
        return tokens(p.ctx, getattr(g, role))
    outer = [o.speaker for f, o in all_frames if encloses(f, frame) and o.speaker]
    for span in g.relays:
        if not any(span[0] < o[1] and o[0] < span[1] for o in outer):
            return tokens(p.ctx, span)
    return None


def role_decisions(p: Prepared, data: dict[str, Decisions], counts: Counter[str], tell: Recorders) -> None:
    """Decisions on the mentions that fill the slots of each frame, and on its kinds."""
    all_frames = gold_frames(p)
    if not all_frames:
        return
    view = grid([p.ctx])
    mentions = Mentions(view, [[frame for frame, _ in all_frames]])
    begun, last = [], []
    for n, ((frame, g), features) in enumerate(zip(all_frames, mentions.start_features(tell[".start"]), strict=True)):
        for role in ROLES:
            mention = gold_role(p, frame, g, role, all_frames)
            starts = mentions.starts[n][role]
            nested = role == "relay" and any(encloses(o, frame) for o, _ in all_frames)
            if nested and mention is not None and mention[0] not in starts:
                mention = None  # the outer speaker, named further back
            if mention is not None and mention[0] not in starts:
                counts[f"{role} not a candidate"] += 1
                continue
            data[f"{role}.start"].add(features[role], 0 if mention is None else starts.index(mention[0]) + 1)
            if mention is not None:
                begun.append((n, role, mention[0]))
                last.append(mention[1])
    for (_, role, _), (ends, own), end in zip(begun, mentions.end_features(begun, tell[".end"]), last, strict=True):
        if end in ends:
            data[f"{role}.end"].add(own, ends.index(end))
    speakers = [tokens(p.ctx, g.speaker) for _, g in all_frames]
    for slot, features, right in (
        ("form", kinds.form_features(view, mentions.view), [FORMS.index(g.form) for _, g in all_frames]),
        ("act", kinds.act_features(view, mentions.view), [ACTS.index(g.act) for _, g in all_frames]),
        ("anonymous", kinds.anonymous_features(view, mentions.view, speakers), [g.anonymous for _, g in all_frames]),
    ):
        for own, label in zip(features, right, strict=True):
            data[slot].add(kinds.labelled(kinds.LABELS[slot], own), int(label))


def antecedent(p: Prepared, found: Sequence[carry.Turn | Topic], who: int) -> int | None:
    """The place of the candidate that is speaker ``who``: an earlier turn of his, else the latest place of his name."""
    for k, c in enumerate(found):
        if isinstance(c, carry.Turn) and c.who == who:
            return k + 1
    spans = p.sample.names[who] if who < len(p.sample.names) else ()
    names = [words_of(p.ctx, *t) for s in spans if (t := tokens(p.ctx, s))]
    for k, c in enumerate(found):
        if isinstance(c, Topic):
            own = c.words
            if own and any(own <= n or n <= own for n in names if n):
                return k + 1
    return None


def carry_decisions(p: Prepared, data: dict[str, Decisions], counts: Counter[str]) -> None:
    """Decisions on who is meant where no mention stands."""
    all_frames = gold_frames(p)
    turns: list[carry.Turn] = []
    names = topics(p.ctx)
    for frame, g in all_frames:
        if g.speaker is None:
            seen = [carry.seen_from(t, frame) for t in turns]
            found, features = carry.table(p.ctx, frame, seen, names)
            right = 0 if g.who is None else antecedent(p, found, g.who)
            if right is None:
                counts["antecedent not a candidate"] += 1
            else:
                data["carry"].add(features, right)
            if g.who is not None and len(data["carry"].groups) % DROPPED == 0:
                # as if the reader had missed what the antecedent said before: then only his name is left
                found, features = carry.table(p.ctx, frame, [t for t in seen if t.who != g.who], names)
                if (right := antecedent(p, found, g.who)) is not None:
                    data["carry"].add(features, right)
        if g.who is not None:
            mention = tokens(p.ctx, g.speaker)
            nested = any(encloses(f, frame) for f, _ in all_frames)
            turns.append(carry.turn(p.ctx, frame, g.who, mention, nested=nested, earlier=turns))


def verification_decisions(p: Prepared, data: dict[str, Decisions], counts: Counter[str]) -> None:
    """Decisions on which words open a passage about verification, and with what status."""
    spans = [(t, status) for span, status in p.sample.verifications if (t := tokens(p.ctx, span))]
    acts = {f.site.token: g.act for f, g in gold_frames(p)}
    taken: set[int] = set()
    for i in verifications.candidates(p.ctx):
        right = 0
        for n, ((first, end), status) in enumerate(spans):
            if n not in taken and first <= i < end:
                taken.add(n)
                right = verifications.LABELS.index(status)
                break
        inside = any(first <= i < end for (first, end), _ in spans)
        if right or not inside:  # a second trigger inside a passage teaches nothing
            data["verification"].add(verifications.table(verifications.features(p.ctx, i, acts.get(i, ""))), right)
    counts["verification not a candidate"] += len(spans) - len(taken)


def train(samples: Iterable[Sample], *, only: Collection[str] = (), log: bool = True) -> dict[str, dict[str, float]]:
    """Fit all models, or ``only`` some."""
    counts: Counter[str] = Counter()
    prepared = [prepare(sample, counts) for sample in samples]
    counts["articles"] = len(prepared)
    gate, gates = gate_models(prepared, counts)
    data: dict[str, Decisions] = defaultdict(Decisions)
    recorders: Recorders = defaultdict(Recorder)
    for p, own in zip(prepared, gates, strict=True):
        content_decisions(p, own, data, counts, recorders)
        role_decisions(p, data, counts, recorders)
        carry_decisions(p, data, counts)
        verification_decisions(p, data, counts)
    if log:
        print(dict(counts), file=sys.stderr)
        print(MISSED.most_common(40), file=sys.stderr)
    models = {"gate": gate} if not only or "gate" in only else {}
    for name in sorted(data):
        if only and name not in only:
            continue
        models[name] = fit(
            data[name], l2=L2.get(name, 1.0), recorder=recorders[name[name.find(".") :] if "." in name else name]
        )
        if log:
            print(f"{name}: {len(data[name].groups)} decisions, {len(models[name])} weights", file=sys.stderr)
    return models


def training_samples() -> Iterator[Sample]:
    """Everything that may be trained on."""
    yield from gold("train")
    yield from annotations()


def write(models: Mapping[str, Mapping[str, float]], path: Path) -> None:
    """Write a weight file; the same weights give the same bytes."""
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as sink:
        sink.write(dump(models).encode("utf-8"))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--without", nargs="*", default=[], help="outlets to leave out")
    parser.add_argument("--only", nargs="*", default=[], help="models to fit; the others stay as they are in --out")
    args = parser.parse_args()
    kept = parse(gzip.decompress(args.out.read_bytes()).decode("utf-8")) if args.only else {}
    models = train((s for s in training_samples() if s.outlet not in args.without), only=args.only)
    write({**kept, **models}, args.out)
    print(f"{args.out}: {args.out.stat().st_size} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
