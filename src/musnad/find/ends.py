"""Places where content may end, described for the model that chooses among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from musnad.find.bounds import AROUND, Start
from musnad.find.columns import IS_FINAL, IS_TAG
from musnad.find.grid import Grid, Sites, ahead_listed, bucketed, chosen, coded, flags, numbered
from musnad.model.codes import ABSENT, code
from musnad.model.templates import Templates

if TYPE_CHECKING:
    from musnad.find.grid import Codes, Places

END_TEMPLATES = Templates(
    "E{next} E{next}|{kind} E{next}|{cue} E{next}|{after} E{next}|{after}|{kind} Ec{mark}|{cluster}",
    "Eq{quote}|{next}|{after} Eq{quote} Eq{quote}|{next} Eq{quote}|{final}|{kind} Ebr{broken} Ein{inside}|{next}",
    "EF{final} EF{final}|{kind}|{cue} EF{final}|{lemma} EF{final}|{length} El{length}|{kind} El{length}|{next}",
    "Ecu{next_cue}{cue_conj}|{word} Ecu{next_cue}{cue_conj}{strength}|{word}|{kind}",
    "Ev{earlier}|{next}|{next_cue}{cue_conj}",
    "Ek{cue}{kind}|{next}|{next_cue}{cue_conj} Eo{order}|{next} Ep{last}|{next} Epc{last_fine} Epf{last_form}",
    "Em{commas}|{next} Em{commas}|{final} Eso{loose}|{final} Er{left}|{final}",
    "Epa{opened}|{next} Esp{stops}|{kind}|{final} Ef{next}|{form} Ela{lemma}|{next}|{connector}",
    "Ex{word}|{particle}{conj} Exk{word}|{particle}{conj}|{kind}|{cue}",
    "Exw{word}|{bare_fine} Exq{quote}|{symbol}|{given_conj} Ext{word}|{look_symbol}|{two}",
    "Exl{list@}|{word}",
    "Exm{listed}|{particle}|{kind} Exn{listed}|{word}|{quote}",
    "A{ahead}{ahead_conj}{ahead_at}|{word} A{ahead}{ahead_conj}|{word} A{ahead}{ahead_conj}{ahead_at}|{few_inside}",
    "Ai{statements}|{word} Ai{statements}|{cue} Ac{cut} At{taken} At{taken}|{word}",
)
_NEAR = 5
_LISTED_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Others:
    """The statements of texts as the choice of ends sees them.

    Attributes:
        tokens: the places of their cues, in order.
        kinds: side and kind of each.
        firsts: place of the first token of the content of each.
        taken: ends of content that stands before its cue → the last such cue.
    """

    tokens: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    firsts: tuple[int, ...] = ()
    taken: Mapping[int, int] = field(default_factory=dict)


NO_OTHERS = Others()


def end_columns(grid: Grid, cues: Sites, starts: Sequence[Start], owner: Places, e: Places, others: Others) -> Codes:
    """The possible ends of the content of cues, in order (``END_TEMPLATES``).

    Args:
        starts: for each cue the beginning of its content, in the tokens of its text.
        owner: the number of the cue of each end, ascending.
        e: the place of each.
    """
    import numpy as np

    sizes = np.bincount(owner, minlength=len(starts))
    begins = np.array([s.token if s.side != AROUND else at.end for s, at in zip(starts, cues.sites, strict=True)])
    begins = begins + cues.base
    begin, own = begins.take(owner), cues.of(owner)
    order = np.arange(len(e)) - (np.cumsum(sizes) - sizes).take(owner)
    is_mark = ~grid.bit(IS_TAG, e)
    look = np.where(is_mark, e + 1, e)
    here, left, right, seen = grid.at(e), grid.at(e - 1), grid.at(e + 1), grid.at(look)
    word = np.where(is_mark, here("symbol"), code("w"))
    final = (grid.bit(IS_FINAL, e) | (e >= grid.end.take(e - 1))
             | ((here("symbol") == code("Q)")) & grid.bit(IS_FINAL, e + 1)))  # fmt: skip
    columns = {
        "kind": coded([s.kind for s in starts]).take(owner), "cue": own.column("kind"), "lemma": own.column("lemma"),
        "next": here("symbol"), "after": right("symbol"), "word": word,
        "mark": np.where(is_mark, word, code("")),
        "cluster": np.where(is_mark & (look >= grid.behind.take(begin)), here("fine"), seen("fine")),
        "form": seen("form"), "final": chosen([final], ["F"], "-"),
        "last": left("symbol"), "last_fine": left("fine"),
        "last_form": left("form"),
        "length": bucketed(e - begin), "order": numbered(order, 6),
        "left": numbered(sizes.take(owner) - order, 4),
        "next_cue": seen("cue"), "strength": seen("strength"),
        "connector": seen("connector"),
    }  # fmt: skip
    columns |= _run(grid, begin, e)
    columns |= _quotation(grid, begins, begin, owner, e)
    columns |= _other_columns(grid, own, begin, e, others)
    columns |= _look_columns(grid, e, look)
    return END_TEMPLATES.matrix(columns)


def _run(grid: Grid, begin: Places, e: Places) -> dict[str, Codes]:
    """What the content holds up to the end in question: marks and possible cues."""
    counts = grid.counts

    def held(before: Places) -> Places:
        found: Places = before.take(e) - before.take(begin)
        return found

    return {
        "earlier": flags(held(counts.cues) > 0),
        "commas": numbered(held(counts.commas), 4),
        "loose": numbered(held(counts.loose), 3),
        "stops": numbered(held(counts.finals), 3),
        "opened": numbered((counts.brackets.take(e) >= begin).astype(int)),
    }


def _look_columns(grid: Grid, e: Places, look: Places) -> dict[str, Codes]:
    """The word after the end, or after the mark that stands there, and the listed words ahead."""
    import numpy as np

    there, seen = grid.bit(IS_TAG, look), grid.at(look)
    conj = seen("conj_or_none")
    bits = grid.bits
    listed = bits.take(e)
    for n in range(1, _LISTED_AHEAD):
        listed = listed | bits.take(e + n)

    def only(name: str, where: Places) -> Codes:
        found: Codes = np.where(where, seen(name), ABSENT)
        return found

    conjoined = there & (conj != ABSENT)
    return {
        "particle": only("particle", there),
        "conj": np.where(there, seen("conj"), code("")),
        "bare_fine": only("bare_fine", conjoined),
        "symbol": only("symbol", conjoined),
        "cue_conj": np.where(seen("cue_or_none") != ABSENT, seen("conj"), code("")),
        "given_conj": np.where(there, conj, ABSENT),
        "look_symbol": only("symbol", there),
        "two": grid.at(look + 1)("symbol"),
        "list1": only("list1", there), "list2": only("list2", there), "list3": only("list3", there),
        "list4": only("list4", there),
        "listed": np.where(there, ahead_listed(listed), ABSENT),
    }  # fmt: skip


def _quotation(grid: Grid, begins: Places, begin: Places, owner: Places, e: Places) -> dict[str, Codes]:
    """Where the quotation that opens the content ends, whether another is inside up to the end, and still open."""

    opening, led = grid.opening.take(begins - 1), grid.opening.take(begins + 1)
    closes, leads = grid.quote_close.take(opening).take(owner), grid.quote_close.take(led).take(owner)
    opens = grid.quote_open.take(opening).take(owner)
    has, leading = closes >= 0, leads >= 0
    quote = chosen(
        [has & (e == closes), has & (e < closes), has, leading & ((e == leads) | (e == leads + 1)),
         leading & (e < leads), leading],
        ["=", "<", ">", "c=", "c<", "c>"], "0",
    )  # fmt: skip
    inner = grid.inside.take(e - 1)
    start, close = grid.quote_open.take(inner), grid.quote_close.take(inner)
    inside = (inner >= 0) & (start != opens) & (close > e - 1) & (start >= begin)
    return {"quote": quote, "inside": flags(inside), "broken": flags(inside & (close != e))}


def _other_columns(grid: Grid, own: Sites, begin: Places, e: Places, others: Others) -> dict[str, Codes]:
    """The other statements around an end: where the next one's cue stands, which lie inside."""
    import numpy as np

    tokens = np.array((*others.tokens, *[1 << 40] * 3), np.int64)
    count, token = len(others.tokens), own.token
    low, high = np.searchsorted(tokens, begin), np.searchsorted(tokens, e)
    kinds = coded([*others.kinds, "-", "-", "-"])
    ahead, at = np.full(len(e), code("-")), np.full(len(e), 9)
    conj = np.full(len(e), code(""))
    for n in (1, 0):
        k = tokens.take(high + n)
        near = (k < e + _NEAR) & (k != token)
        ahead, at = np.where(near, kinds.take(high + n), ahead), np.where(near, k - e, at)
        conj = np.where(near, grid.at(np.where(near, k, 0))("conj"), conj)
    inside = high - low
    inside = inside - ((inside > 0) & (begin <= token) & (token < e))
    after = np.array([k[0] == "a" for k in others.kinds] + [False] * 3)
    firsts = np.array((*others.firsts, -1, -1, -1), np.int64)
    cut = np.zeros(len(e), bool)
    for n in range(1, 4):
        k = np.where(high - n >= low, high - n, count)
        cut |= (tokens.take(k) != token) & after.take(k) & (firsts.take(k) >= e)
    closer = np.array([others.taken.get(place, -1) for place in e.tolist()], np.int64)
    return {
        "ahead": ahead, "ahead_conj": conj, "ahead_at": numbered(at),
        "statements": numbered(inside, 3), "few_inside": numbered(inside, 2),
        "cut": numbered(cut.astype(int)), "taken": numbered(((closer >= e) & (closer != token)).astype(int)),
    }  # fmt: skip


__all__ = ["END_TEMPLATES", "NO_OTHERS", "Others", "end_columns"]
