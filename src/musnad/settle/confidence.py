"""How sure a statement is: a logistic model over the log-odds of its decisions.

Calibrated on held-out articles by cross-validation over outlets (``tools/calibrate.py``; Platt 1999). The target is
that the statement is one (its content overlaps an annotated one by half or more) and that its speaker is right.
``docs/confidence.md`` says how well it holds.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from operator import mul

from musnad.find.context import Context
from musnad.find.mentions import Frame
from musnad.find.slots import Slots
from musnad.model.calibration import WEIGHTS
from musnad.model.maxent import Choice
from musnad.settle.entities import Resolved

_CAP = 8.0
_LOW = 1.5
_SHORT = math.log(6)
_BACK = 40  # statements
_DECISIONS = ("stands", "start", "end", "speaker")
_NEIGHBOURS = 12  # statements before and after, by their cues, that may lie around a statement or inside it
_ODDS = (*_DECISIONS, "carried", "source", "form", "act")
_WHERE_CARRIED = _ODDS.index("form")  # how many of them count where the speaker is carried over
_MEASURES = (*_ODDS, "joint", "joint low", "joint carried", "length", "length low", "rivals", "gap", "bias")
_WEIGHED = tuple(WEIGHTS.get(name, 0.0) for name in _MEASURES)
_weight = {**WEIGHTS}.get  # a read-only view takes twice as long
_KINDS = {"v": "verb", "a": "participle", "p": "preposition", "n": "noun"}


def evidence(ctx: Context, slots: Sequence[Slots], resolved: Resolved, number: int) -> dict[str, float]:
    """The inputs of the model for statement ``number`` (from 0), by name; inputs of value 0 are left out.

    Log-odds are capped at ±8. ``joint`` are those that all decisions are right, were each as likely as its own
    log-odds say and none to depend on another; it comes again cut at 1.5, since a doubt costs more than sureness
    gains, and for carried-over speakers. Lengths and distances are logarithms of numbers of tokens.
    """
    measured = zip(_MEASURES, _measures(slots, resolved, number), strict=True)
    found = {name: value for name, value in measured if value}
    return found | dict.fromkeys(sorted(_flags(ctx, slots, resolved, number)), 1.0)


def _measures(slots: Sequence[Slots], resolved: Resolved, number: int) -> list[float]:
    """The inputs that are numbers, as ``_MEASURES`` names them."""
    s = slots[number]
    frame, start, end = s.frame, s.found.start, s.found.end
    carried = resolved.margins[number]
    margins = dict(s.margins)
    first, last = frame.spans[0][0], frame.spans[-1][1]
    odds = (
        _stands(start),
        start.margin,
        end.margin if end is not None else _CAP,
        margins["speaker"],
        carried if carried is not None else 0.0,
        _source(slots, resolved, number),
        margins["form"],
        margins["act"],
    )
    capped = [v if -_CAP <= v <= _CAP else math.copysign(_CAP, v) for v in odds]
    bare = s.speaker is None
    joint = _joint(capped[: _WHERE_CARRIED if bare else len(_DECISIONS)])
    length = math.log(sum([b - a for a, b in frame.spans]))
    gap = first - frame.site.end if frame.side == "after" else frame.site.token - last
    return [
        *capped,
        joint,
        min(joint, _LOW),
        joint if bare else 0.0,
        length,
        min(length, _SHORT),
        math.log(len(start.scores)),
        math.log1p(max(0, gap)),
        1.0,
    ]


def _flags(ctx: Context, slots: Sequence[Slots], resolved: Resolved, number: int) -> list[str]:
    """The inputs that are there or not."""
    s = slots[number]
    frame, cue = s.frame, s.frame.site.cue
    return [
        f"cue:{_KINDS[cue.kind]}",
        f"strength:{cue.strength}",
        f"side:{frame.side}",
        f"form:{s.form}",
        *_surroundings(ctx, frame, resolved.outers, number),
        *_speaker_flags(ctx, s, resolved, number),
    ]


def _joint(odds: Sequence[float]) -> float:
    """Log-odds that several independent decisions are all right, within ±8."""
    all_right = math.prod([1.0 / (1.0 + math.exp(-v)) for v in odds])
    return max(-_CAP, min(math.log(all_right / (1.0 - all_right)), _CAP))


def _stands(choice: Choice) -> float:
    """Log-odds that there is a statement at all, wherever it begins."""
    top = max(choice.scores)
    mass = sum([math.exp(v - top) for v in choice.scores[1:]])
    return math.log(mass) + top - choice.scores[0]


def _source(slots: Sequence[Slots], resolved: Resolved, number: int) -> float:
    """The least log-odds on the way back from a carried-over speaker to his mention: no chain beats its links."""
    who = resolved.speakers[number]
    if slots[number].speaker is not None or who is None:
        return _CAP
    least = _CAP
    for k in range(number - 1, max(-1, number - 1 - _BACK), -1):
        if resolved.speakers[k] == who:
            carried = resolved.margins[k]
            link = dict(slots[k].margins)["speaker"] if carried is None else carried
            least = min(least, slots[k].found.start.margin, link)
            if slots[k].speaker is not None:
                return least
    return 0.0  # a name that has not spoken yet


def _surroundings(ctx: Context, frame: Frame, outers: Sequence[Sequence[int]], number: int) -> list[str]:
    """Where the content ends, and the statements around and inside it."""
    first, last = frame.spans[0][0], frame.spans[-1][1]
    flags = []
    if last >= ctx.units[last - 1][1] - 1:
        flags.append("ends with its unit")
    opener = ctx.openers.get(first - 1)
    if opener is not None and opener.close in (last, last - 1):
        flags.append("whole quotation")
    if ctx.inside[frame.site.token] >= 0:
        flags.append("cue inside a quotation")
    first_near, last_near = max(0, number - _NEIGHBOURS), number + _NEIGHBOURS
    if outers[number] and any(first_near <= k <= last_near for k in outers[number]):
        flags.append("nested")
    if [around for around in outers[first_near : last_near + 1] if number in around]:
        flags.append("holds others")
    return flags


def _speaker_flags(ctx: Context, s: Slots, resolved: Resolved, number: int) -> list[str]:
    """How the speaker is named."""
    if s.speaker is None:
        if resolved.speakers[number] is None:
            return ["speaker nobody"]
        far = number > 1 and resolved.speakers[number] != resolved.speakers[number - 1]
        return ["speaker carried over", *(("speaker carried far",) if far else ())]
    head = ctx.tags[s.speaker[0]]
    flags = ["speaker before the cue" if s.speaker[0] < s.frame.site.token else "speaker after the cue"]
    if head is None or not head.lexical:
        flags.append("speaker head unlisted")
    if s.anonymous:
        flags.append("speaker unnamed")
    return flags


def confidence(ctx: Context, slots: Sequence[Slots], resolved: Resolved, number: int) -> float:
    """Probability, 0 to 1, that statement ``number`` is one and has the right speaker."""
    z = sum(map(mul, _WEIGHED, _measures(slots, resolved, number)))
    return _logistic(z + sum([_weight(flag, 0.0) for flag in _flags(ctx, slots, resolved, number)]))


def probability(found: Mapping[str, float]) -> float:
    """The confidence that evidence gives, 0 to 1, in thousandths."""
    return _logistic(sum([_weight(name, 0.0) * value for name, value in found.items()]))


def _logistic(z: float) -> float:
    return round(1.0 / (1.0 + math.exp(-z)), 3)


def shares(found: Mapping[str, float]) -> dict[str, float]:
    """What each input adds to the log-odds of the confidence."""
    return {name: WEIGHTS[name] * value for name, value in found.items() if name in WEIGHTS}
