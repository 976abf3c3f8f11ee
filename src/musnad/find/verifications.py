"""Passages in which the article says how far something has been checked, answered or owned up to.

Candidates are the words that open such a passage: phrases of ``speech/verification.tsv``, negations before a verb,
and denials among the reporting words. A log-linear model decides between *nothing* and the five statuses; the
passage runs to the end of its clause.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from musnad.find.context import CLOSE, COLON, COMMA, LINE, SEMICOLON, STOP, Context
from musnad.find.openers import DECIDING, VERIFICATION
from musnad.find.slots import Slots
from musnad.find.tags import VERB, Tag, tag
from musnad.lexicon.loader import Row, index
from musnad.model.maxent import Weights, decide, labeller
from musnad.types import STATUSES

LABELS = ("none", *STATUSES)
_ENDS = frozenset((STOP, LINE, COMMA, COLON, SEMICOLON, CLOSE, "!", "?", "\u061f"))
_WINDOW = 7
_LONGEST = 40
_NEEDED = 12
_CONJUNCTIONS = (chr(0x648), chr(0x641))
_BIAS = 0.3
_MOST_TYPES = 65_536  # words kept with the phrases that they may open


@dataclass(frozen=True, slots=True)
class FoundVerification:
    """A passage with its status.

    Attributes:
        first, end: its tokens ``[first, end)``.
        status: one of ``types.STATUSES``.
        row: the lexicon row that opened it, or None.
        margin: log-odds over the best rival.
        statement: number of the statement whose cue opens it, or None.
    """

    first: int
    end: int
    status: str
    row: str | None
    margin: float
    statement: int | None


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], Row], ...]]:
    """First word of each phrase → the phrases that begin with it, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Row]]] = {}
    for form, entries in index("speech/verification", "phrase").items():
        parts = tuple(form.split())
        if parts:
            found.setdefault(parts[0], []).extend((parts, row) for row in entries)
    return MappingProxyType({k: tuple(sorted(v, key=lambda x: -len(x[0]))) for k, v in found.items()})


def phrases_at(ctx: Context, i: int) -> tuple[Row, ...]:
    """The rows whose phrase begins at token ``i``, longest first; a word may carry clitics before and after."""
    t = ctx.tags[i]
    return _rows_at(ctx, i, _opening(t.form)) if t is not None and t.opens & VERIFICATION else ()


def _rows_at(ctx: Context, i: int, opening: _Opening) -> tuple[Row, ...]:
    """The rows of the phrases of ``opening``, which token ``i`` gives, that stand there."""
    following = ctx.tags[i + 1] if i + 1 < len(ctx.tags) else None
    near: tuple[str, ...] = ()
    if following is not None and opening.seconds:
        bare = following.bare
        near = (following.form[:2], bare[:2], bare[:1])
    if not opening.single and opening.seconds.isdisjoint(near):
        return ()
    return tuple(
        [row for parts, row, second in opening.phrases if not second or (second in near and _stands(ctx, i, parts))]
    )


def _stands(ctx: Context, i: int, parts: tuple[str, ...]) -> bool:
    """Whether the words of a phrase after its first stand after token ``i``."""
    for k in range(1, len(parts)):
        t = ctx.tags[i + k] if i + k < len(ctx.tags) else None
        if t is None or not (t.form == parts[k] or t.bare.startswith(parts[k])):
            return False
    return True


@dataclass(frozen=True, slots=True)
class _Opening:
    """What a word may open.

    Attributes:
        phrases: the phrases whose first word it may be, longest first, with the first two letters of the second.
        single: whether one of them is this word alone.
        seconds: these letters: most words after it begin with none of them.
        alone: whether it opens a passage by itself.
    """

    phrases: tuple[tuple[tuple[str, ...], Row, str], ...]
    single: bool
    seconds: frozenset[str]
    alone: bool


@lru_cache(maxsize=_MOST_TYPES)
def _opening(form: str) -> _Opening:
    t, table = tag(form), _phrases()
    entries = [entry for head in _heads(t) for entry in table.get(head, ())]
    phrases = tuple([(parts, row, parts[1][:2] if len(parts) > 1 else "") for parts, row in entries])
    alone = t.particle == "negation" or any(c.act in DECIDING for c in t.cues)
    seconds = frozenset([second for _, _, second in phrases if second])
    return _Opening(phrases, any(not second for _, _, second in phrases), seconds, alone)


def _heads(t: Tag) -> tuple[str, ...]:
    """The spellings under which a phrase may be listed: as written, and without a conjunction even of a particle."""
    if t.particle and t.form == t.bare and len(t.form) > 2 and t.form[0] in _CONJUNCTIONS:
        return (t.form, t.form[1:])
    return (t.form,) if t.form == t.bare else (t.bare, t.form)


def candidates(ctx: Context) -> tuple[int, ...]:
    """Tokens that may open a passage."""
    return tuple([i for i, _ in _candidates(ctx)])


def _candidates(ctx: Context) -> list[tuple[int, tuple[Row, ...]]]:
    """Tokens that may open a passage, with the rows of the phrases that begin there."""
    forms, found = ctx.words.forms, []
    for i in ctx.opening(VERIFICATION):
        opening = _opening(forms[i])
        rows = _rows_at(ctx, i, opening)
        if rows or opening.alone:
            found.append((i, rows))
    return found


def features(ctx: Context, i: int, act: str) -> list[str]:
    """Features of token ``i``; ``act`` is the act of the statement whose cue it is, or an empty string."""
    rows = phrases_at(ctx, i)
    return _features(ctx, i, act, rows[0] if rows else None)


def _features(ctx: Context, i: int, act: str, best: Row | None) -> list[str]:
    t = ctx.tags[i]
    out = [
        "b",
        f"a{act}",
        f"f{ctx.form(i)}",
        f"p{ctx.symbol(i - 1)}",
        f"q{ctx.inside[i] >= 0}",
        f"n{t.particle if t else ''}",
    ]
    if t is not None and t.cues:
        cue = t.cues[0]
        out += [f"c{cue.act}{cue.kind}", f"c{cue.act}{cue.kind}{act}", f"l{cue.lemma}"]
    if best is not None:
        strength = best.get("strength")
        out += [f"r{best['status']}{strength}", f"ri{best.key}", f"rp{best['status']}{best.get('part')}{strength}"]
    else:
        out.append("r-")
    bare = t.bare if t is not None else ""
    for k, u in enumerate(ctx.tags[i + 1 : i + _WINDOW], 1):
        if u is None:
            if ctx.symbols[i + k] in (STOP, LINE, ">"):
                break
            continue
        word = u.bare
        out.append("w" + word)
        if k < 4:
            out += (f"w{k}{word}", f"x{k}{u.fine}", f"y{k}{word}|{bare}")
        if k == 1 and u.cues:
            out += [f"v{u.cues[0].lemma}", f"va{u.cues[0].act}|{t.particle if t else ''}"]
    out += ["z" + u.bare for u in ctx.tags[max(0, i - 3) : i][::-1] if u is not None]
    return out


def table(features_of: Sequence[str]) -> list[list[str]]:
    """One candidate per label."""
    return [[f"{label}/{f}" for f in features_of] for label in LABELS]


def verifications(ctx: Context, slots: Sequence[Slots], models: Mapping[str, Weights]) -> tuple[FoundVerification, ...]:
    """All passages of a text, in order; inside one of them only a verb opens another, of another status."""
    model = labeller(models["verification"], LABELS)
    acts = {s.frame.site.token: (n, s.act) for n, s in enumerate(slots)}
    found: list[FoundVerification] = []
    for i, rows in _candidates(ctx):
        number, act = acts.get(i, (None, ""))
        scores = model.scores(_features(ctx, i, act, rows[0] if rows else None))
        scores[0] -= _BIAS
        choice = decide(scores)
        status = LABELS[choice.index]
        if choice.index == 0:
            if not rows or not _certain(ctx, i, rows[0]):
                continue
            status = rows[0]["status"]
        end = _end(ctx, i)
        if found and i < found[-1].end and (found[-1].status == status or not _clause(ctx, i)):
            continue
        found.append(FoundVerification(i, end, status, rows[0].id if rows else None, choice.margin, number))
    return tuple(found)


def _clause(ctx: Context, i: int) -> bool:
    """Whether a verb or a negated one stands at ``i``."""
    t = ctx.tags[i]
    return t is not None and (t.particle == "negation" or any(c.kind == VERB for c in t.cues))


def _certain(ctx: Context, i: int, row: Row) -> bool:
    """Whether the lexicon alone decides: a phrase that nearly always opens such a passage, with what it needs."""
    if row.get("strength") != "3" or row.get("part") not in ("start", "whole"):
        return False
    if not row.get("needs"):
        return True
    ahead = range(i + 1, min(i + _NEEDED, len(ctx)))
    return any(r.get("part") == "object" for k in ahead for r in phrases_at(ctx, k))


def _end(ctx: Context, i: int) -> int:
    end = i + 1
    while end < min(len(ctx), i + _LONGEST) and ctx.symbols[end] not in _ENDS:
        end += 1
    while end > i + 1 and not ctx.is_word(end - 1):
        end -= 1
    return end
