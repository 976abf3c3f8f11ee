"""Places where content may end, described for the model that chooses among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from musnad.find.bounds import AROUND, Start
from musnad.find.columns import IS_FINAL, IS_OPEN, IS_TAG
from musnad.find.cuewords import verbal_classes
from musnad.find.grid import Grid, Sites, ahead_listed, bucketed, chosen, coded, flags, numbered, tables
from musnad.model.codes import ABSENT, code
from musnad.model.templates import Templates

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from musnad.find.grid import Codes, Places

END_TEMPLATES = Templates(
    "E{next} E{next}|{cue} E{next}|{after} Ec{mark}|{cluster}",
    "Eq{quote} Eq{quote}|{next} Eq{quote}|{next}|{after} Eq{quote}|{final}|{kind} Ebr{broken} Ein{inside}|{next}",
    "EF{final} EF{final}|{kind}|{cue} EF{final}|{lemma} El{length}|{kind} El{length}|{next}",
    "Ecu{next_cue}{cue_conj}|{word} Ev{earlier}|{next}|{next_cue}{cue_conj}",
    "Ek{cue}{kind}|{next}|{next_cue}{cue_conj} Ep{last}|{next} Epc{last_fine} Epf{last_form}",
    "Em{commas}|{next} Em{commas}|{final} Ecm{commas}|{then} Eso{loose}|{final} Er{left}|{final}",
    "Erm{rest}|{word} Erw{rest}|{then} Epa{opened}|{next} Esp{stops}|{kind}|{final}",
    "Ef{next}|{form} Ela{lemma}|{next}|{connector} Ex{word}|{particle}{conj}",
    "Exw{word}|{bare_fine} Exv{quote}|{bare_fine} Exq{quote}|{symbol}|{given_conj} Ext{word}|{look_symbol}|{two}",
    "Exl{list1}|{word} Exm{listed}|{particle}|{kind} Exn{listed}|{word}|{quote}",
    # Past up to three marks: what stands there, and the words that follow.
    "Ey{mark1}{mark2}{mark3}|{quote} Ezm{mark1}{mark2}{mark3}|{within} Ey{mark1}{mark2}{mark3}|{then}",
    "Eyf{then}|{kind} Eyg{then_fine}|{mark1}{mark2} Eyz{then}|{second}|{word} Eyy{then_fine}|{second_fine}|{word}",
    "Eyl{last_fine}|{then_fine}|{word} Eyd{last_definite}{definite}|{then}",
    "Ezf{within}|{then} Ezk{within}|{word}|{kind} Elq{more}|{within} Ensg{gap}|{then_fine} Ensw{gap}|{then}",
    "A{ahead}{ahead_conj}{ahead_at}|{word} A{ahead}{ahead_conj}|{word} A{ahead}{ahead_conj}{ahead_at}|{few_inside}",
    "Ai{statements}|{word} Ai{statements}|{cue} At{taken} At{taken}|{word}",
)
_NEAR = 5
_LISTED_AHEAD = 4
_MARKS = 3  # one closes a quotation, others stand beside it


@dataclass(frozen=True, slots=True)
class Others:
    """The statements of texts as the choice of ends sees them.

    Attributes:
        tokens: the places of their cues, in order.
        kinds: side and kind of each.
        taken: ends of content that stands before its cue → the last such cue.
    """

    tokens: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
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
    begins = _begins(cues, starts)
    begin, own = begins.take(owner), cues.of(owner)
    order = np.arange(len(e)) - (np.cumsum(sizes) - sizes).take(owner)
    last = sizes.take(owner) - 1
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
        "last": left("symbol"), "last_fine": left("fine"), "last_form": left("form"),
        "last_definite": left("marked_definite"),
        "length": bucketed(e - begin), "rest": bucketed(np.maximum(grid.end.take(begin) - e, 0)),
        "gap": bucketed(np.where(order < last, np.append(e[1:], 0), e) - e),
        "left": numbered(last + 1 - order, 4),
        "next_cue": seen("cue"), "connector": seen("connector"),
    }  # fmt: skip
    columns |= _beyond_marks(grid, e)
    columns |= _run(grid, begin, e)
    columns |= _quotation(grid, begins, begin, owner, e)
    columns |= _other_columns(grid, own, begin, e, others)
    columns |= _look_columns(grid, e, look)
    return END_TEMPLATES.matrix(columns)


def _begins(cues: Sites, starts: Sequence[Start]) -> Places:
    """The places from which on the content of each cue may end."""
    import numpy as np

    found = [s.token if s.side != AROUND else at.end for s, at in zip(starts, cues.sites, strict=True)]
    begins: Places = np.array(found, np.int64) + cues.base
    return begins


def end_grammar(grid: Grid, cues: Sites, starts: Sequence[Start], owner: Places, e: Places) -> NDArray[np.float64]:
    """Log-odds that grammar adds to each end at a closing mark; arguments as for ``end_columns``.

    Where a conjunction and a finite verb follow the quotation that opens the content, a new clause of the article
    begins (*said that "..." and mentioned X*); where a conjunction and another quotation follow, the content goes on
    (*that "..." and "..."*), unless a reporting word stands between.
    """
    import numpy as np

    begins = _begins(cues, starts)
    whole = [grid.quote_close.take(grid.opening.take(begins + n)).take(owner) for n in (-1, 1)]
    after = grid.next_word.take(e)
    then = grid.at(after)
    joined = then("conj_or_none") != ABSENT
    quoted = grid.bit(IS_OPEN, after + 1)
    another = (joined | (then("particle") == code("conjunction"))) & quoted & (then("cue_or_none") == ABSENT)
    goes_on = (grid.at(e)("symbol") == code("Q)")) & another & (after <= e + _MARKS)
    verbs = tables.get("verbal")
    if verbs is None:
        verbs = tables["verbal"] = coded(sorted(verbal_classes()))
    clause = joined & ~quoted & np.isin(then("fine"), verbs) & (after == e + 1)
    return np.where(((e == whole[0]) | (e == whole[1])) & clause, _CLAUSE, 0.0) - np.where(goes_on, _ANOTHER, 0.0)


_CLAUSE, _ANOTHER = 2.5, 1.0


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


def _beyond_marks(grid: Grid, e: Places) -> dict[str, Codes]:
    """The marks at an end, and the two words behind them."""
    import numpy as np

    through = np.minimum(grid.next_word.take(e), e + _MARKS)
    then, second = grid.at(through), grid.at(through + 1)
    return {
        "then": then("form"), "then_fine": then("fine"), "definite": then("marked_definite"),
        "second": second("form"), "second_fine": second("fine"),
        **{f"mark{n + 1}": np.where(e + n < through, grid.at(e + n)("symbol"), code("")) for n in range(_MARKS)},
    }  # fmt: skip


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
        "list1": only("list1", there),
        "listed": np.where(there, ahead_listed(listed), ABSENT),
    }  # fmt: skip


def _quotation(grid: Grid, begins: Places, begin: Places, owner: Places, e: Places) -> dict[str, Codes]:
    """Where the quotation that opens the content ends, which other stands around the end, and how many come later."""
    import numpy as np

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
    own = (inner >= 0) & (start >= begin)
    within = chosen([own & (close == e), own & (close == e + 1) & ~grid.bit(IS_TAG, e), own], ["=", ",=", "<"], "0")
    within = np.where((inner >= 0) & ~own, code("o"), within)
    opening_marks = np.sort(grid.quote_open[:-1])
    more = np.searchsorted(opening_marks, grid.end.take(begin)) - np.searchsorted(opening_marks, e)
    return {
        "quote": quote, "inside": flags(inside), "broken": flags(inside & (close != e)),
        "within": within, "more": numbered(more, 2),
    }  # fmt: skip


def _other_columns(grid: Grid, own: Sites, begin: Places, e: Places, others: Others) -> dict[str, Codes]:
    """The other statements around an end: where the next one's cue stands, which lie inside."""
    import numpy as np

    tokens = np.array((*others.tokens, *[1 << 40] * 3), np.int64)
    token = own.token
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
    closer = np.array([others.taken.get(place, -1) for place in e.tolist()], np.int64)
    return {
        "ahead": ahead, "ahead_conj": conj, "ahead_at": numbered(at),
        "statements": numbered(inside, 3), "few_inside": numbered(inside, 2),
        "taken": numbered(((closer >= e) & (closer != token)).astype(int)),
    }  # fmt: skip


__all__ = ["END_TEMPLATES", "NO_OTHERS", "Others", "end_columns", "end_grammar"]
