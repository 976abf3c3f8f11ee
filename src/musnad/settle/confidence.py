"""How sure a statement is: a logistic model over the log-odds of its decisions.

Calibrated on held-out articles by cross-validation over outlets (``tools/calibrate.py``; Platt 1999). The target is
that the statement is one (its content overlaps an annotated one by half or more) and that its speaker is right.
``docs/confidence.md`` says how well it holds.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

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
_ALL = (*_DECISIONS, "carried", "source")  # where the speaker is carried over
_NEIGHBOURS = 12  # statements before and after, by their cues, that may lie around a statement or inside it
_weight = {**WEIGHTS}.get  # a read-only view takes twice as long
_KINDS = {"v": "verb", "a": "participle", "p": "preposition", "n": "noun"}


def evidence(ctx: Context, slots: Sequence[Slots], resolved: Resolved, number: int) -> dict[str, float]:
    """The inputs of the model for statement ``number`` (from 0), by name; inputs of value 0 are left out.

    Log-odds are capped at ±8. ``joint`` are those that all decisions are right, were each as likely as its own
    log-odds say and none to depend on another; it comes again cut at 1.5, since a doubt costs more than sureness
    gains, and for carried-over speakers. Lengths and distances are logarithms of numbers of tokens.
    """
    return {name: value for name, value in _inputs(ctx, slots, resolved, number).items() if value}


def _inputs(ctx: Context, slots: Sequence[Slots], resolved: Resolved, number: int) -> dict[str, float]:
    """``evidence`` with the inputs of value 0."""
    s = slots[number]
    frame, start, end = s.frame, s.found.start, s.found.end
    cue, carried = frame.site.cue, resolved.margins[number]
    margins = dict(s.margins)
    first, last = frame.spans[0][0], frame.spans[-1][1]
    words = sum(b - a for a, b in frame.spans)
    odds = {
        "stands": _stands(start),
        "start": start.margin,
        "end": end.margin if end is not None else _CAP,
        "speaker": margins["speaker"],
        "carried": carried if carried is not None else 0.0,
        "source": _source(slots, resolved, number),
        "form": margins["form"],
        "act": margins["act"],
    }
    found = {"bias": 1.0}
    for name, value in odds.items():
        found[name] = value if -_CAP <= value <= _CAP else math.copysign(_CAP, value)
    bare = s.speaker is None
    found["joint"] = _joint([found[name] for name in (_ALL if bare else _DECISIONS)])
    found["joint low"] = min(found["joint"], _LOW)
    found["joint carried"] = found["joint"] if bare else 0.0
    found["length"] = math.log(words)
    found["length low"] = min(found["length"], _SHORT)
    found["rivals"] = math.log(len(start.scores))
    found["gap"] = math.log1p(max(0, first - frame.site.end if frame.side == "after" else frame.site.token - last))
    flags = [
        f"cue:{_KINDS[cue.kind]}",
        f"strength:{cue.strength}",
        f"side:{frame.side}",
        f"form:{s.form}",
        *_surroundings(ctx, frame, resolved.outers, number),
        *_speaker_flags(ctx, s, resolved, number),
    ]
    for flag in sorted(flags):
        found[flag] = 1.0
    return found


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
    return probability(_inputs(ctx, slots, resolved, number))


def probability(found: Mapping[str, float]) -> float:
    """The confidence that evidence gives, 0 to 1, in thousandths."""
    z = sum([_weight(name, 0.0) * value for name, value in found.items()])
    return round(1.0 / (1.0 + math.exp(-z)), 3)


def shares(found: Mapping[str, float]) -> dict[str, float]:
    """What each input adds to the log-odds of the confidence."""
    return {name: WEIGHTS[name] * value for name, value in found.items() if name in WEIGHTS}
