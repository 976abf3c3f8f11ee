"""What a possible cue is worth before anybody looks for its content, and what the likely cues around it tell.

Most words of the lexicon of reporting mostly report nothing. A first model weighs each possible cue by its own
form and its neighbours; the hopeless ones are dropped, and the rest are described by this weight and by the
likely cues beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from musnad.find.columns import BREAKS, COMPLEMENTISER, IS_OPEN, IS_TAG, REPORTS
from musnad.find.grid import Grid, Sites, bucketed, chosen, coded, flags, numbered
from musnad.model.codes import ABSENT, code
from musnad.model.templates import Templates

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from musnad.find.grid import Codes, Places

    Scores = NDArray[np.float64]

_AHEAD = 30
_OTHER_READINGS = 12

READING_TEMPLATES = Templates(
    "b l{lemma} k{kind} s{kind}{strength} g{kind}{tense2}{person}{voice1}",
    "lg{lemma}{kind}{tense2}{person}{voice1} ob{object}{kind}{takes} r{readings}",
    " ".join(f"ll{{other{n + 1}}}" for n in range(_OTHER_READINGS)),
)
CUE_TEMPLATES = Templates(
    "f{form} cj{conj}{kind}{strength} t{fine} p{before} pk{before}|{kind} n{after} nc{after_fine}",
    "c{comp}{quote}{kind}{strength} c{comp}{quote}{kind}{act} cl{comp}{lemma}",
    "q{inside}{kind} ini{initial}{kind}{conj}",
    "o{met}|{kind}{strength} o{met}|{near}|{cues} o{met}|{near}|{kind}{strength} o{met}|{lemma} oc{cues}|{lemma}",
    "pf{before_form} nf{after_form} pn{before}|{after} of{following}|{lemma} of{following_any}|{met} of{nothing}",
)
AROUND_TEMPLATES = Templates(
    "G{level} G{level}{kind} Gi{inside}{level} Gb{earlier}{kind}{strength} Ga{later}{kind}{strength}",
    "Gl{few_earlier}{few_later}|{level} Gp{previous}{previous_conj}{previous_near}|{kind}",
    "Gf{next}{next_conj}{next_near}|{kind}",
)


@dataclass(frozen=True, slots=True)
class Gates:
    """What the possible cues of texts are worth by their own features alone.

    Attributes:
        token: the places of the cues, in order.
        logits: log-odds that each reports something.
        nulls: what the features of each alone add to the score of *no statement*.
        likely: the places of those that rather report something than not.
    """

    token: Places
    logits: Scores
    nulls: Scores
    likely: Places

    @classmethod
    def of(cls, cues: Sites, logits: Scores, nulls: Scores) -> Gates:
        """Sort out the likely ones."""
        return cls(cues.token, logits, nulls, cues.token[logits > 0.0])

    def numbers(self, cues: Sites) -> Places:
        """Where ``cues``, all of which are among these, stand."""
        import numpy as np

        return np.searchsorted(self.token, cues.token)


def readings(cues: Sites) -> tuple[Places, Places]:
    """The number of one cue for each way to read a word, and for each cue that of its way among these."""
    import numpy as np

    _, first, number = np.unique([id(s.cues) for s in cues.sites], return_index=True, return_inverse=True)
    return first, number


def reading_columns(cues: Sites) -> Codes:
    """What cues are, wherever they stand (``READING_TEMPLATES``)."""
    import numpy as np

    others = [[c.row for c in s.cues[1 : 1 + _OTHER_READINGS]] for s in cues.sites]
    other = np.full((_OTHER_READINGS, len(others)), ABSENT, np.int64)
    for n, rows in enumerate(others):
        if rows:
            other[: len(rows), n] = coded(rows)
    names = ("lemma", "kind", "strength", "tense2", "person", "voice1", "object", "takes")
    return READING_TEMPLATES.matrix(
        {name: cues.column(name) for name in names}
        | {
            "readings": numbered(np.array([len(s.cues) for s in cues.sites], np.int64)),
            **{f"other{n + 1}": own for n, own in enumerate(other)},
        }
    )


def cue_columns(grid: Grid, cues: Sites) -> Codes:
    """Where cues stand, and what stands beside them (``CUE_TEMPLATES``)."""
    token, after = cues.token, cues.after
    here, left, right = grid.at(token), grid.at(token - 1), grid.at(after)
    return CUE_TEMPLATES.matrix(
        {name: cues.column(name) for name in ("lemma", "kind", "strength", "act")}
        | _outlook(grid, cues)
        | {
            "form": here("form"),
            "conj": here("conj"),
            "fine": here("fine"),
            "before": left("symbol"),
            "after": right("symbol"),
            "after_fine": right("fine"),
            "before_form": left("form"),
            "after_form": right("form"),
            "inside": flags(grid.inside[token] >= 0),
            "initial": flags(token - grid.first[token] < 2),
        }
    )


def _outlook(grid: Grid, cues: Sites) -> dict[str, Codes]:
    """What a cue meets first to its right (a word that it governs or a mark), how far, past how many other cues."""
    import numpy as np

    after = cues.after[:, None]
    at = after + np.arange(_AHEAD)
    within = at < grid.end[cues.token][:, None]
    governed = np.zeros(at.shape, bool)
    ahead = grid.at(at)
    form, proclitic = ahead("form"), ahead("proclitic")
    for own in cues.governs():
        if (own != ABSENT).any():
            governed |= (form == own[:, None]) | (proclitic == own[:, None])
    comp = grid.bit(COMPLEMENTISER, at)
    met = (comp | (governed & grid.bit(IS_TAG, at)) | grid.bit(BREAKS, at)) & within
    found = met.any(axis=1)
    distance = np.where(found, met.argmax(axis=1), _AHEAD)
    reports = grid.bit(REPORTS, at) & within & (np.arange(_AHEAD) < distance[:, None])
    passed = reports.any(axis=1)
    place = cues.after + np.where(found, distance, 0)
    following = grid.at(cues.after + reports.argmax(axis=1))("lemma")
    return {
        "met": np.where(found, grid.at(place)("met"), chosen([found], [""], "-")),
        "near": bucketed(np.where(found, distance, 0)),
        "cues": numbered(reports.sum(axis=1), 2),
        "following": np.where(passed, following, ABSENT),
        "nothing": np.where(passed, ABSENT, code("-")),
        "following_any": np.where(passed, following, code("")),
        "comp": flags((comp & within).any(axis=1)),
        "quote": flags((grid.bit(IS_OPEN, at) & within).any(axis=1)),
    }


def around_columns(grid: Grid, cues: Sites, gates: Gates) -> Codes:
    """How likely cues are themselves, and the likely cues around them (``AROUND_TEMPLATES``)."""
    import numpy as np

    likely, token = gates.likely, cues.token
    own = gates.logits.take(gates.numbers(cues))
    low, at = np.searchsorted(likely, grid.first[token]), np.searchsorted(likely, token)
    later, high = np.searchsorted(likely, token + 1), np.searchsorted(likely, grid.end[token])
    columns = {name: cues.column(name) for name in ("kind", "strength")}
    none, empty = chosen([at < 0], [""], "-"), chosen([at < 0], [""], "")
    for name, there, place in (("previous", at > low, at - 1), ("next", high > later, later)):
        if len(likely):
            other = likely[np.where(there, place, 0)]
            beside = grid.at(other)
            columns[name] = np.where(there, beside("cue"), none)
            columns[f"{name}_conj"] = np.where(there, beside("conj"), empty)
            columns[f"{name}_near"] = np.where(there, bucketed(np.abs(other - token)), empty)
        else:
            columns |= {name: none, f"{name}_conj": empty, f"{name}_near": empty}
    return AROUND_TEMPLATES.matrix(
        columns
        | {
            "level": numbered(np.rint(own).astype(np.int64), 6, -6),
            "inside": flags(grid.inside[token] >= 0),
            "earlier": numbered(at - low, 3),
            "later": numbered(high - later, 3),
            "few_earlier": numbered(at - low, 2),
            "few_later": numbered(high - later, 2),
        }
    )


__all__ = [
    "AROUND_TEMPLATES", "CUE_TEMPLATES", "READING_TEMPLATES", "Gates", "around_columns", "cue_columns",
    "reading_columns", "readings",
]  # fmt: skip
