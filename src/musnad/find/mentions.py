"""Mentions that fill a slot of a frame: the features by which their first and last words are chosen.

A frame is a cue with its content. The finders of its slots (``speakers``, ``addressees``, ``media``, ``relays``)
say where a mention may begin; this module describes such a beginning, *no mention*, and the possible ends to the
models.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from musnad.find.columns import CLOSED, EDGE, IS_FINAL, IS_TAG, IS_WORD
from musnad.find.context import LINE, STOP, Context
from musnad.find.cues import Site
from musnad.find.grid import Grid, Sites, bucketed, chosen, coded, flags, numbered, sites_of
from musnad.model.codes import ABSENT, code
from musnad.model.templates import Templates

if TYPE_CHECKING:
    from musnad.find.grid import Codes, Places

_LONGEST = 34
_WINDOW = 60  # tokens after a cue in which its reporting clause ends
STOPS = frozenset((STOP, LINE, "!", "?", "\u061f"))


@dataclass(slots=True)  # never changed; a frozen one takes twice as long to make
class Frame:
    """A cue with its content: what the finders of the other slots start from.

    Attributes:
        site: the cue.
        spans: token ranges ``[first, end)`` of the content.
        side: where the content stands (``after``, ``before``, ``around``).
        kind: what opens the content.
    """

    site: Site
    spans: tuple[tuple[int, int], ...]
    side: str
    kind: str


def window(ctx: Context, frame: Frame) -> tuple[int, int]:
    """Tokens between the cue and what ends the reporting clause after it: ``[first, end)``."""
    site = frame.site
    first = site.end
    limit = ctx.units[site.token][1]
    begin = next((s for s, _ in frame.spans if s >= site.end), None)
    if begin is not None:
        limit = min(limit, begin)
    return first, max(first, min(limit, first + _WINDOW))


NULL_TEMPLATES = Templates(
    "b l{lemma} k{kind} k{kind}{conj} g{gap} g{gap}{kind} gk{gap}{side}{opens} ag{gap}|{after} s{side}{kind}",
    "a{after} af{after_form} ac{after_fine} p{before} pf{before_form}",
    "f{form} t{tense2}{person}{number} v{voice}{kind} i{initial}{kind}{conj} i{initial}{kind}{conj}{gap}",
    "o{object}{kind} ot{object}{takes}{conj} ot{takes}|{after} ol{takes}|{listed}",
)
START_TEMPLATES = Templates(
    "S{place}{side} S{place}{side}|{kind} S{place}|{lemma} Sd{place}{distance} Sd{place}{distance}|{kind}{side}",
    "Sc{place}{fine} Sc{place}{fine}|{distance} Sc{place}{fine}|{kind} Ss{place}{symbol} Sps{place}{before}|{symbol}",
    "Sn{place}{next} Ssn{place}{symbol}|{next} Sp{place}{before} Spk{place}{before}|{kind}",
    "Spc{place}{before_fine} Snc{place}{next_fine} Sm{place}{commas} Sq{place}{cues}|{particles}",
    "Sj{place}{conj}{definite} Sw{place}{same} Su{place}{own_cue}{own_strength}",
    "Sbm{gap_commas}{cues}|{kind} Sb{gap} Sbp{before}|{gap}|{kind} Sbf{gap_form} Sbc{gap_before}|{kind}|{cues}",
    "Sy{place}{particle}{proclitic} Sy{place}{particle}{proclitic}|{kind}|{distance}",
    "Sg{place}{gender}{number}{feminine}{definite} Sgd{place}{gender}{number}{feminine}{definite}|{distance}",
    "Sto{place}{takes}{object}|{distance}|{opens}",
    "Slo{place}{list@}|{takes} Sl{place}{list@} Sl{place}{list@}|{distance} Sl{place}{list@}|{kind}{proclitic}",
    "Sf{place}{form} Spf{place}{before_form} Spl{place}{preposition}|{lemma}",
    "Sz{place}{word1}_{word2} Szf{place}{form1}_{form2}",
)
ORDER_TEMPLATES = Templates("So{place}{order} So{place}{order}|{kind}")
END_TEMPLATES = Templates(
    "E{edge} E{edge}|{length} El{length} Esc{first_fine}|{edge}|{length}",
    "En{next} En{next}|{after} Eb{opened}|{next} Em{commas}|{next}|{after} Em{commas}|{next}|{edge}",
    "Ec{fine} Epc{last_fine} Ey{npart} Ey{npart}|{commas}{opened} Eu{cue}{strength}|{npart}",
    "Ed{last_definite}{definite}|{mark} Elx{last_listed}|{listed}",
    "Ets{title}|{next} Er{relative}|{edge} Er{relative}|{next} Eg{given}|{last_listed}|{follows}",
    "Ea{beyond_mark}|{beyond_fine} Eal{beyond_mark}|{beyond}",
    "Enf{form} Ecc{last_fine}|{fine} Epcn{last_fine}|{next} Epn{last}|{next} Epnl{last}|{next}|{length}",
    "Evg{governed}|{lemma}",
)
_WORDS = 2
MOST_BEFORE = 6  # words that are counted before a possible first word


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames as columns.

    Attributes:
        cues: their cues.
        side, letter, opens: codes of the side of the content, its first letter, and of what opens the content.
        first, stop: places of the first token of the content, and of the token after the last of its first range.
        end: place of the token after the last one of the content.
        content: place of the first token of the content that stands after the cue, -1 where there is none.
        limit: place where the window after the cue ends (``window``).
    """

    cues: Sites
    side: Codes
    letter: Codes
    opens: Codes
    first: Places
    stop: Places
    end: Places
    content: Places
    limit: Places

    def only(self, numbers: Places) -> Frames:
        """The columns of the frames with these numbers (``cues.sites`` and ``cues.texts`` stay as they are)."""
        found = (getattr(self, field.name).take(numbers) for field in fields(self)[1:])
        return Frames(self.cues.of(numbers), *found)


def frames_of(grid: Grid, frames: Sequence[Sequence[Frame]]) -> Frames:
    """Set the frames of each text out in columns, those of all texts in one row; there is at least one."""
    import numpy as np

    cues = sites_of(grid, [[f.site for f in own] for own in frames])
    flat = [f for own in frames for f in own]
    bounds = np.array([(*f.spans[0], *f.spans[-1]) for f in flat], np.int64)
    first, stop, last, end = (bounds + cues.base[:, None]).T
    content = np.where(first >= cues.after, first, np.where(last >= cues.after, last, -1))
    limit = np.minimum(grid.end.take(cues.token), cues.after + _WINDOW)
    limit = np.where(content >= 0, np.minimum(limit, content), limit)
    return Frames(
        cues, coded([f.side for f in flat]), coded([f.side[0] for f in flat]), coded([f.kind for f in flat]),
        first, stop, end, content, np.maximum(cues.after, limit),
    )  # fmt: skip


def null_columns(grid: Grid, frames: Frames) -> Codes:
    """*No mention* for each frame (``NULL_TEMPLATES``)."""
    cues = frames.cues
    token, after = cues.token, cues.after
    here, left, right = grid.at(token), grid.at(token - 1), grid.at(after)
    names = ("lemma", "kind", "tense2", "person", "number", "voice", "object", "takes")
    return NULL_TEMPLATES.matrix(
        {name: cues.column(name) for name in names}
        | {
            "conj": here("conj"), "gap": bucketed(frames.limit - after),
            "side": frames.side, "opens": frames.opens,
            "after": right("symbol"), "after_form": right("form"),
            "after_fine": right("fine"), "listed": right("listed"),
            "before": left("symbol"), "before_form": left("form"),
            "form": here("form"), "initial": flags(token - grid.first.take(token) < _WORDS),
        }
    )  # fmt: skip


def start_columns(grid: Grid, frames: Frames, owner: Places, at: Places) -> Codes:
    """Mentions that begin at the places ``at`` for the frames ``owner`` (``START_TEMPLATES``)."""
    import numpy as np

    cues = frames.cues.of(owner)
    after = at >= cues.after
    low, high = np.where(after, cues.after, at), np.where(after, at, cues.token)
    here, left, right, cue_left = grid.at(at), grid.at(at - 1), grid.at(at + 1), grid.at(cues.token - 1)
    counts, distance, empty = grid.counts, high - low, code("")

    def between(before: Places, high_: int) -> Codes:
        return numbered(before.take(high) - before.take(low), high_)

    cue_before = np.where(after, ABSENT, cue_left("symbol"))
    before, form = left("symbol"), left("form")
    columns = {name: cues.column(name) for name in ("kind", "lemma", "takes", "object", "gender", "number")} | {
        "place": chosen([after], ["A"], "B"), "side": frames.letter.take(owner), "opens": frames.opens.take(owner),
        "distance": bucketed(distance),
        "fine": here("fine"), "symbol": here("symbol"), "form": here("form"),
        "before": before, "before_form": form, "before_fine": left("fine"),
        "next": right("symbol"), "next_fine": right("fine"),
        "commas": between(counts.commas, 3), "cues": between(counts.cues, 3),
        "particles": between(counts.particles, 4),
        "conj": here("conj"), "definite": here("definite"),
        "same": flags(grid.inside.take(at) == grid.inside.take(cues.token)),
        "own_cue": here("cue_or_none"), "own_strength": here("strength_or_none"),
        "gap": cue_before, "gap_form": np.where(after, ABSENT, cue_left("form")),
        "gap_before": np.where(after, ABSENT, form),
        "particle": here("particle"), "proclitic": here("proclitic"),
        "feminine": here("feminine"),
        "list1": here("list1"), "list2": here("list2"), "list3": here("list3"),
        "list4": here("list4"),
        "preposition": np.where(before == code("preposition"), form, ABSENT),
    }  # fmt: skip
    columns["gap_commas"] = np.where(after, ABSENT, columns["commas"])
    few = (distance >= 1) & (distance <= _WORDS)
    for n in range(_WORDS):
        there = low + n < high
        for kind, name in (("symbol", "word"), ("form", "form")):
            word = np.where(there, grid.at(low + n)(kind), empty)
            columns[f"{name}{n + 1}"] = np.where(few, word, ABSENT)
    return START_TEMPLATES.matrix(columns)


def order_columns(keys: Sequence[tuple[str, bool, int]]) -> Codes:
    """Kinds of cues, whether a first word stands after them, and how many before it on that side (``orders``)."""
    import numpy as np

    kinds, after, order = zip(*keys, strict=True)
    place = chosen([np.array(after)], ["A"], "B")
    return ORDER_TEMPLATES.matrix({
        "place": place, "order": numbered(np.array(order, np.int64), MOST_BEFORE), "kind": coded(kinds),
    })  # fmt: skip


def orders(group: Places, after: Any) -> Places:
    """For each possible first word how many of its group stand before it on its side of the cue; groups in order."""
    import numpy as np

    number = np.arange(len(group))
    first = np.searchsorted(group, group)
    before = after.cumsum() - after
    on_side = before - before.take(first)
    found: Places = np.where(after, on_side, number - first - on_side)
    return found


def mention_ends(grid: Grid, frames: Frames, owner: Places, first: Places) -> tuple[Places, Places]:
    """Where mentions that begin at the places ``first``, of the frames ``owner``, may end.

    Returns:
        The number of the mention of each, ascending, and the place after its last word.
    """
    import numpy as np

    cues = frames.cues.of(owner)
    limit = np.where(frames.side == code("after"), frames.limit, grid.end.take(frames.cues.token)).take(owner)
    limit = np.where(first >= cues.after, limit, cues.token)
    finals = np.append(np.flatnonzero(grid.bits & IS_FINAL), 1 << 40)
    limit = np.minimum(limit, finals.take(np.searchsorted(finals, first + 1)))
    e = first[:, None] + np.arange(1, _LONGEST + 1)
    may = (e <= limit[:, None]) & grid.bit(IS_WORD | CLOSED, e - 1)
    may[~may.any(axis=1), 0] = True
    return may.nonzero()[0], e[may]


def end_columns(grid: Grid, frames: Frames, owner: Places, first: Places, e: Places) -> Codes:
    """Mentions at the places ``[first, e)`` of the frames ``owner`` (``END_TEMPLATES``)."""
    import numpy as np

    counts, here, left, right = grid.counts, grid.at(e), grid.at(e - 1), grid.at(e + 1)
    edge = (e == frames.cues.token.take(owner)) | (e == frames.content.take(owner))

    def held(before: Places, high: int) -> Codes:
        return numbered(before.take(e) - before.take(first), high)

    is_mark = ~grid.bit(IS_TAG, e)
    symbol, nothing = here("symbol"), code("")
    listed = here("listed")
    beyond = is_mark & (e + 1 < grid.behind.take(first))
    form = here("form")
    return END_TEMPLATES.matrix({
        "edge": chosen([edge, grid.bit(EDGE, e)], ["L", "e"], "-"),
        "length": bucketed(e - first), "first_fine": grid.at(first)("fine"),
        "next": symbol, "after": right("symbol"), "form": form, "fine": here("fine"),
        "last": left("symbol"), "last_fine": left("fine"),
        "last_definite": left("marked_definite"), "last_listed": left("listed"),
        "commas": held(counts.commas, 3), "opened": numbered((counts.marks.take(e) >= first).astype(int)),
        "title": numbered((counts.titles.take(e) > counts.titles.take(first)).astype(int)),
        "relative": numbered((counts.relatives.take(e) > counts.relatives.take(first)).astype(int)),
        "given": held(counts.given, 3),
        "npart": here("npart"), "cue": here("cue"), "strength": here("strength"),
        "definite": here("marked_definite"), "mark": np.where(is_mark, symbol, nothing), "listed": listed,
        "follows": np.where(is_mark, symbol, listed),
        "beyond_mark": np.where(beyond, symbol, ABSENT), "beyond_fine": right("fine"),
        "beyond": right("beyond"),
        "governed": np.where(symbol == code("preposition"), form, ABSENT),
        "lemma": frames.cues.column("lemma").take(owner),
    })  # fmt: skip
