"""Times as found → times with values: each expression is settled against the day of speaking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from musnad.find.context import Context
from musnad.find.kept import Kept
from musnad.find.tags import tag
from musnad.find.times import FoundTime
from musnad.find.timewords import senses, time_words
from musnad.find.when import When
from musnad.read.joins import word_count
from musnad.settle import calendar as cal
from musnad.settle.timex import Anchor, Timex, settle
from musnad.types import Time, evidence

_SIN, _YA, _TA, _NUN, _ALIF, _WAW, _FA = (chr(c) for c in (0x633, 0x64A, 0x62A, 0x646, 0x627, 0x648, 0x641))
_FUTURE_OPENERS = frozenset((_SIN, _WAW, _FA))
_BACK = 14  # tokens before an expression in which a word of the future may stand
_NEAR = 40  # tokens after a calendar date in which what came later is counted from it
_DAY = len("2016-11-03")
_AHEAD = 4  # tokens between a word for before and a weekday that lies ahead
_CUTS = frozenset((":", "/n"))
_AFTER, _FUTURE, _BEFORE, _PAST, _SINCE = 1, 2, 4, 8, 16  # what a word says of a time after it, as bits
_STALE = 6  # days by which the day of publication may lie behind the day that the text calls today


Spoken = Sequence[tuple[int, int, date]]


def settle_times(
    ctx: Context, found: Sequence[FoundTime], published: str | None, spoken: Spoken = ()
) -> tuple[Time, ...]:
    """The expressions that have a value, in order, with ids ``t1`` ...

    Args:
        published: the day of publication (ISO 8601), or None; then only what needs no anchor has a value.
        spoken: token ranges of direct speech, and the day on which it was spoken.
    """
    today = _today(ctx, found, published)
    last, told, told_at, last_at, unit_of_last = "", "", -_NEAR, -_NEAR, None
    kept: list[tuple[FoundTime, Timex]] = []
    for one in found:
        unit = ctx.units[one.first]
        near = told if one.first - told_at < _NEAR else ""
        day = next((d for a, b, d in spoken if a <= one.first < b), today) if spoken else today
        tense = _tense(ctx, one, unit[0]) if _asks_tense(one.when, day) else 0
        if (one.when.day or one.when.holiday) and tense < 0:
            tense = 0  # what was said is past, the day may be near in either direction
        anchor = Anchor(today=day, tense=tense, last=last, told=near)
        if len(last) == _DAY and one.first - last_at < _NEAR and today is not None and last < today.isoformat():
            anchor = anchor._replace(near=last)
        if (one.when.clock is not None or one.when.part) and not one.when.back and unit != unit_of_last:
            anchor = anchor._replace(last=near if len(near) == _DAY else "")
        value = settle(one.when, anchor)
        if value is None:
            continue
        kept.append((one, value))
        if value.type in ("DATE", "TIME") and cal.extent(value.value) is not None:
            last, unit_of_last = value.value.partition("T")[0], unit
            last_at = one.end
            if one.when.month or one.when.year:
                told, told_at = last, one.end
    return tuple(_record(ctx, n, kept) for n in range(len(kept)))


def _today(ctx: Context, found: Sequence[FoundTime], published: str | None) -> date | None:
    """The day of speaking: that of publication, or the one that the text itself names as today shortly before."""
    if published is None:
        return None
    try:
        day = date.fromisoformat(published[:10])
    except ValueError:
        return None
    for one in found:
        when = one.when
        if when.weekday and when.offset == 0 and not when.part and ctx.inside[one.first] < 0:
            back = (day.isoweekday() - when.weekday) % 7
            return day - timedelta(days=back) if 0 < back <= _STALE and day.toordinal() > back else day
    return day


def _asks_tense(when: When, day: date | None) -> bool:
    """Whether the value on ``day`` may hang on the tense of the words around."""
    if when.kind == "ref":
        return when.ref == "LATER"
    return bool(when.shift) or (when.kind == "date" and day is not None)


def _tense(ctx: Context, one: FoundTime, start: int) -> int:
    """1 where a word of the future stands before the expression in its unit, -1 where one of the past, else 0."""
    symbols, tags, known = ctx.symbols, ctx.tags, _tense_words()
    for k in range(one.first - 1, max(start, one.first - _BACK) - 1, -1):
        t = tags[k]
        if t is None:
            if symbols[k] in _CUTS:
                return 0
            continue
        said = known[t.form]
        if not said:
            continue
        if said & _AFTER or (said & _SINCE and k == one.first - 1):
            return -1
        if said & _FUTURE or (said & _BEFORE and one.when.weekday and one.first - k <= _AHEAD):
            return 1
        if said & _PAST:
            return -1
    return 1 if one.first - start <= _BACK and _opens_with_present(ctx, start) else 0


@lru_cache(maxsize=1)
def _tense_words() -> Kept[int]:
    """Folded word → what it says of a time after it.

    ``_AFTER``: something came after what follows, which so lies in the past; ``_BEFORE``: something comes before it, so
    that a weekday lies ahead; ``_FUTURE``: see ``is_future``; ``_PAST``: it reports in the past; ``_SINCE``: what
    follows it right away has begun.
    """
    return Kept(_tense_word)


def _tense_word(form: str) -> int:
    word, said = time_words()[form], 0
    if word is not None:
        for s in word.named.get("anchor", ()):
            said |= _AFTER if s.number == "after" else _BEFORE if s.number == "before" else 0
            said |= _SINCE if s.value == "-1" and not s.number else 0
    if is_future(form):
        said |= _FUTURE
    if any(c.kind == "v" and c.tense == "past" and c.strength > 1 for c in tag(form).cues):
        said |= _PAST
    return said


def _opens_with_present(ctx: Context, start: int) -> bool:
    """Whether a sentence opens with a verb of the present, as news of what is planned does."""
    t = ctx.tags[start]
    if t is None or t.cues or t.lexical or t.particle or t.conjunction:
        return False
    return t.form[0] == _YA and len(t.form) >= 4 and not senses(t.form) and word_count(_TA + t.form[1:]) > 0


def is_future(form: str) -> bool:
    """Whether a folded word is a verb of the future or another word that says that something is to come."""
    word = time_words()[form]
    if word is not None and "future" in word.named:
        return True
    if form[0] not in _FUTURE_OPENERS:
        return False
    bare = form[1:] if form[:1] in (_WAW, _FA) and len(form) > 5 else form
    rest = bare[1:]
    return (
        bare[:1] == _SIN
        and rest[:1] in (_YA, _TA, _NUN, _ALIF)
        and len(rest) >= 4
        and word_count(rest) * 2 > word_count(bare)
        and word_count(rest) > 0
        and not senses(bare)
    )


def _record(ctx: Context, n: int, kept: Sequence[tuple[FoundTime, Timex]]) -> Time:
    one, value = kept[n]
    extent = value.days or (cal.extent(value.value) if value.type in ("DATE", "TIME") else None)
    until = f"t{n + 2}" if one.until and n + 1 < len(kept) and kept[n + 1][0].first - one.end <= 2 else None
    return Time(
        id=f"t{n + 1}",
        span=ctx.cut_span(one.first, one.end, len(one.clitic)),
        type=value.type,
        value=value.value,
        mod=value.mod,
        begin=extent[0].isoformat() if extent is not None else None,
        end=extent[1].isoformat() if extent is not None else None,
        until=until,
        evidence=(evidence("time", f"time-{one.rule}", one.when.row or None),),
    )
