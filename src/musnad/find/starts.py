"""Places where content may begin, described for the model that chooses among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musnad.find.bounds import KINDS, SIDES, Starts
from musnad.find.grid import Grid, Sites, bucketed, coded, flags, numbered
from musnad.model.codes import ABSENT
from musnad.model.templates import Templates

if TYPE_CHECKING:
    from musnad.find.gates import Gates
    from musnad.find.grid import Codes, Places

START_TEMPLATES = Templates(
    "S{side}{kind} S{side}{kind}|{cue} S{side}{kind}|{lemma} S{side}{kind}|{act} S{side}{kind}|{cue}{strength}",
    "S{side}{kind}|{order} S{side}{kind}|{order}|{cue} Sto{takes}{object}|{kind}|{order}",
    "Sd{side}{kind}|{distance} Sd{side}{kind}|{distance}|{cue}",
    "Sf{key} Sf{key}|{cue} Sfd{key}|{distance} Sf{key}|{order} Sf{key}|{lemma} Sc{fine}|{kind}",
    "Sp{before}|{kind} Spc{before_fine}|{kind} Sp{before}|{key} Spf{before_form}|{kind}",
    "Sn{next}|{kind} Snc{next_fine}|{kind}",
    "Sm{commas}|{kind} Sm{commas}|{kind}|{cue} Sq{cues}|{kind} Sq{few_cues}|{kind}|{cue}|{side}",
    "Sco{comps}{quotes}{kind} Sqo{quotes}{kind}|{cue} Sl{line}{stop}{kind} Sx{crossing}{kind} Sqn{nearest}|{kind}",
    "Sqn{alone}",
    "Sg{governed}{kind} Sg{governed}{kind}|{order}|{cue} Sg{governed}{kind}|{earlier}",
    "Slx{list@}|{kind} Slx{list@}|{kind}|{cue}{takes}|{distance}",
    "Stl{party}|{kind}|{distance}",
    "Sz{size} Sz{size}|{lead} Sy{lead} Syf{lead_form} Sza{behind} Sza{behind}|{size} Szl{behind}|{lemma}",
    "Sb{not_after}{kind}|{gap}|{cue} Sb{not_after}{kind}|{gap}|{lemma} Sbq{not_after}{kind}|{last}|{cue}{strength}",
    "Sbn{not_after}{kind}|{following}|{cue}",
    "Sw{word1}_{word2}_{word3}|{kind}",
)
_BETWEEN = 3


def start_columns(grid: Grid, cues: Sites, starts: Starts, gates: Gates) -> Codes:
    """The possible beginnings of the content of cues, in order (``START_TEMPLATES``).

    Args:
        starts: their beginnings.
    """
    import numpy as np

    owner, at = starts.owner, starts.token
    own, after = cues.of(owner), starts.side == 0
    low, high = np.where(after, own.after, at), np.where(after, at, own.token)
    kinds = coded(KINDS).take(starts.kind)
    group = owner * 2 + ~after
    counts, likely = grid.counts, gates.likely
    near, far = np.searchsorted(likely, low), np.searchsorted(likely, high)
    cues_between = np.maximum(far - near, 0)
    # what lies before the first word of a content that stands before its cue does not count
    commas, line, stop = (_between(c, low, high) for c in (counts.commas, counts.lines, counts.stops))
    order, comps, quotes = _orders(starts.kind, group)
    here, left, right = grid.at(at), grid.at(at - 1), grid.at(at + 1)
    distance, empty = bucketed(high - low), coded([""])[0]
    columns = {name: own.column(name) for name in ("lemma", "act", "strength", "takes", "object")} | {
        "cue": own.column("kind"),
        "side": coded([side[0] for side in SIDES]).take(starts.side),
        "kind": kinds, "order": numbered(order), "distance": distance,
        "comps": numbered(comps, 2), "quotes": numbered(quotes, 2),
        "key": here("key"), "fine": here("fine"),
        "before": left("symbol"), "before_fine": left("fine"),
        "before_form": left("form"),
        "next": right("symbol"), "next_fine": right("fine"),
        "commas": numbered(commas, 3), "cues": numbered(cues_between, 3),
        "few_cues": numbered(cues_between, 2), "line": flags(line > 0), "stop": flags(stop > 0),
        "crossing": flags(grid.inside[at] != grid.inside[own.token]),
        "list1": here("list1"), "list2": here("list2"), "list3": here("list3"), "list4": here("list4"),
        "party": np.where(low >= high, empty, grid.at(low)("party")),
    }  # fmt: skip
    nearest = likely[far - 1] - high if len(likely) else far
    columns["nearest"] = np.where(cues_between > 0, numbered(nearest, 64, -60), ABSENT)
    columns["alone"] = np.where(cues_between > 0, ABSENT, coded(["-"])[0])
    columns |= _governed(grid, own, at, group)
    columns |= _quotations(grid, at, starts.kind == KINDS.index("quote"))
    columns |= {
        "not_after": np.where(after, ABSENT, columns["side"]),
        "gap": grid.at(own.token - 1)("symbol"),
        "last": grid.at(grid.last_word.take(own.token))("symbol"),
        "following": grid.at(own.after)("symbol"),
    }
    worded = after & (high - low >= 1) & (high - low <= _BETWEEN)
    for n in range(_BETWEEN):
        word = np.where(low + n < high, grid.at(low + n)("symbol"), empty)
        columns[f"word{n + 1}"] = np.where(worded, word, ABSENT)
    return START_TEMPLATES.matrix(columns)


def _between(counts: Places, low: Places, high: Places) -> Places:
    """How many stand in ``[low, high)``."""
    import numpy as np

    return np.where(low < high, counts.take(high) - counts.take(low), 0)


def _orders(kinds: Places, group: Places) -> tuple[Places, Places, Places]:
    """How many of the same group and kind, of complementisers and of quotations come before each."""
    import numpy as np

    one = np.zeros((len(KINDS), len(kinds)), np.int64)
    one[kinds, np.arange(len(kinds))] = 1
    before = one.cumsum(axis=1) - one
    before -= before[:, np.searchsorted(group, group)]  # groups stand in order
    return before[kinds, np.arange(len(kinds))], before[KINDS.index("comp")], before[KINDS.index("quote")]


def _governed(grid: Grid, own: Sites, at: Places, group: Places) -> dict[str, Codes]:
    """Whether the word is one that the cue governs, and how many such words come before."""
    import numpy as np

    here = grid.at(at)
    form, bare, proclitic = (here(name) for name in ("form", "bare", "proclitic"))
    governed = np.zeros(len(at), bool)
    for word in own.governs():
        governed |= (form == word) | (bare == word) | (proclitic == word)
    before = governed.cumsum() - governed
    before -= before[np.searchsorted(group, group)]
    governs = own.column("governs") != 0
    return {
        "governed": np.where(governs, flags(governed), ABSENT),
        "earlier": np.where(governs, numbered(before, 2), ABSENT),
    }


def _quotations(grid: Grid, at: Places, quoted: Places) -> dict[str, Codes]:
    """The quotation that opens before a token: its size, what stands before and after it."""
    import numpy as np

    opening = grid.opening.take(at - 1)
    opened, closed = grid.quote_open.take(opening), grid.quote_close.take(opening)
    marked = quoted & (opening >= 0)
    size = np.where(marked, closed - opened - 1, 0)
    lead = grid.at(at - 2)
    return {
        "size": np.where(quoted, bucketed(size), ABSENT),
        "lead": np.where(quoted, lead("symbol"), ABSENT),
        "lead_form": np.where(quoted, lead("form"), ABSENT),
        "behind": np.where(marked, grid.at(closed + 1)("symbol"), ABSENT),
    }


__all__ = ["START_TEMPLATES", "start_columns"]
