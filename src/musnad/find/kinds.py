"""What kind of statement a frame is: its form, its act, and whether its source is unnamed.

Each is a choice between labels by the same log-linear model; the features are the evidence that the guidelines
name: marks and complementisers for the form, the cue's lexicon row and the first words of the content for the
act, the words of the mention for anonymity. A feature counts for each label on its own (``label/feature``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from musnad.find.columns import IS_OPEN, IS_TAG, LISTS
from musnad.find.context import COLON
from musnad.find.grid import Grid, bucketed, chosen, flags, numbered
from musnad.find.mentions import Frames
from musnad.model.codes import ABSENT, code
from musnad.model.maxent import Weights
from musnad.model.table import Table, label_table
from musnad.model.templates import Tell, Templates
from musnad.types import ACTS, FORMS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from musnad.find.grid import Codes, Places

ANONYMITY = ("named", "unnamed")
LABELS = {"form": FORMS, "act": ACTS, "anonymous": ANONYMITY}
Mention = tuple[int, int] | None
_HEADS, _OPENING = 4, 4  # quotations of which the words before them are told; words of the content
_WORDS, _CLASSES = 8, 16  # words of a mention, and lists that one of them is in

FORM_TEMPLATES = Templates(
    "b w{wrapped} w{wrapped}{share} w{wrapped}{particle} w{wrapped}{colon} s{share} s{share}{particle}",
    "c{colon}{particle} c{colon}{particle}{share} l{longest} l{longest}{verb} l{longest}{wrapped} n{pieces}",
    "p{before} p{before}{particle} pa{before}{after} in{inside}{wrapped} k{kind}{share} sd{side}{share}",
    " ".join(f"h{{head{n}}}|{{longest}}" for n in range(_HEADS)),
)
ACT_TEMPLATES = Templates(
    "b a{act} a{act}|{kind} l{lemma} r{row} f{cue_form} l{lemma}|{form} o{form}|{act} q{opens}|{act} s{side}|{act}",
    "n{next} n{next}|{lemma} p{proclitic}{particle}|{lemma} c{fine}|{act} b{bare}",
    " ".join(f"w{{word{n}}}" for n in range(_OPENING)),
)
UNMENTIONED_TEMPLATES = Templates("null nk{kind}{voice} nl{lemma}")
MENTION_TEMPLATES = Templates(
    "b z{length} h{bare} c{fine} d{definite}{proclitic} c{fine}|{length} cd{symbol}|{definite}",
    "g{given}{anonymous}{title} hl{list@}",
    " ".join(f"w{{word{n}}}" for n in range(_WORDS)),
    " ".join(f"x{{fine{n}}}" for n in range(1, _WORDS - 1)),
    " ".join(f"y{{class{n}}}" for n in range(_CLASSES)),
)


def form_columns(grid: Grid, frames: Frames) -> Codes:
    """Marks, complementisers and colons at the edges of the content, and how much of it is quoted."""
    first, end = frames.first, frames.end
    opening = grid.opening.take(first - 1)
    close = grid.quote_close.take(opening)
    here, left = grid.at(first), grid.at(first - 1)
    before, colon = left("symbol"), code(COLON)
    return FORM_TEMPLATES.matrix(_quoted(grid, frames) | {
        "wrapped": chosen([opening < 0, (close == end) | (close == end - 1), close < end], ["-", "=", "<"], ">"),
        "particle": here("particle"), "before": before, "after": grid.at(end)("symbol"),
        "colon": flags((before == colon) | (grid.at(first - 2)("symbol") == colon)),
        "inside": flags(grid.inside.take(frames.cues.token) >= 0), "kind": frames.opens, "side": frames.side,
    })  # fmt: skip


def _quoted(grid: Grid, frames: Frames) -> dict[str, Codes]:
    """The outer quotations in the content: how much of it they hold, the longest, and what stands before each."""
    import numpy as np

    size, first, end = len(frames.first), frames.first, frames.end
    outer = [
        (q.open + base, q.close + base)
        for ctx, base in zip(grid.texts, grid.bases, strict=True) for q in ctx.quotes if not q.depth
    ]  # fmt: skip
    opens, closes = np.array(outer, np.int64).reshape(-1, 2).T
    low = np.searchsorted(opens, first - 1)
    pieces = np.searchsorted(opens, end) - low
    owner = np.repeat(np.arange(size), pieces)
    quote = np.arange(len(owner)) - np.repeat(np.cumsum(pieces) - pieces - low, pieces)
    begin, until = opens.take(quote), np.minimum(closes.take(quote), end.take(owner))
    words, longest, verb = until - begin - 1, np.zeros(size, np.int64), np.zeros(size, bool)
    np.maximum.at(longest, owner, words)
    quoted = np.bincount(owner, words, size)
    verb[owner[grid.counts.particles.take(until) > grid.counts.particles.take(begin + 1)]] = True
    inner = begin >= first.take(owner)
    heads = _distinct(owner[inner], grid.at(begin[inner] - 1)("symbol"), size, _HEADS)
    return {
        "share": chosen(
            [quoted == 0, quoted >= end - first - 1, quoted * 2 > end - first], ["0", "1", "h"], "l"
        ),
        "longest": bucketed(longest), "verb": flags(verb), "pieces": numbered(pieces, 3),
        **{f"head{n}": own for n, own in enumerate(heads)},
    }  # fmt: skip


def act_columns(grid: Grid, frames: Frames) -> Codes:
    """The cue's lemma and lexicon act, what opens the content, and its first words."""
    import numpy as np

    cues, first = frames.cues, frames.first
    here, is_tag = grid.at(first), grid.bit(IS_TAG, first)

    def of_word(name: str) -> Codes:
        found: Codes = np.where(is_tag, here(name), ABSENT)
        return found

    words = {f"word{n}": np.where(first + n < frames.stop, grid.at(first + n)("form"), ABSENT) for n in range(_OPENING)}
    return ACT_TEMPLATES.matrix({name: cues.column(name) for name in ("act", "kind", "lemma", "row")} | words | {
        "cue_form": grid.at(cues.token)("form"), "form": here("form"), "next": grid.at(cues.after)("form"),
        "opens": flags(grid.bit(IS_OPEN, first - 1)), "side": frames.side,
        "proclitic": of_word("proclitic"), "particle": of_word("particle"), "fine": of_word("fine"),
        "bare": of_word("bare"),
    })  # fmt: skip


def unmentioned_columns(frames: Frames) -> Codes:
    """Cues whose speaker is not mentioned."""
    return UNMENTIONED_TEMPLATES.matrix({name: frames.cues.column(name) for name in ("kind", "voice", "lemma")})


def mention_columns(grid: Grid, first: Places, end: Places) -> Codes:
    """The words of mentions: their heads, names and titles in them, definiteness, number."""
    import numpy as np

    size, here, is_tag, length = len(first), grid.at(first), grid.bit(IS_TAG, first), bucketed(end - first)
    at = first[:, None] + np.arange((end - first).max())
    words = (at < end[:, None]) & grid.bit(IS_TAG, at)
    owner, place = words.nonzero()[0], at[words]
    word = grid.at(place)
    listed = np.concatenate([word(f"list{n + 1}") for n in range(LISTS)])
    known = listed != ABSENT
    classes = _distinct(np.tile(owner, LISTS)[known], listed[known], size, _CLASSES)

    def of_word(name: str) -> Codes:
        found: Codes = np.where(is_tag, here(name), ABSENT)
        return found

    return MENTION_TEMPLATES.matrix({
        "length": length, "bare": here("bare"),
        **{name: of_word(name) for name in ("fine", "definite", "proclitic", "symbol")},
        **{f"list{n}": here(f"list{n}") for n in range(1, 5)},
        **{name: flags((classes == code(name)).any(axis=0)) for name in ("given", "anonymous", "title")},
        **{f"word{n}": own for n, own in enumerate(_spread(owner, word("bare"), size, _WORDS))},
        **{f"fine{n}": own for n, own in enumerate(_spread(owner, word("fine"), size, _WORDS))},
        **{f"class{n}": own for n, own in enumerate(classes)},
    })  # fmt: skip


def _spread(owner: Places, values: Codes, size: int, most: int) -> Codes:
    """The first ``most`` values of each of ``size`` owners, who stand in order, as columns."""
    import numpy as np

    rank = np.arange(len(owner)) - np.searchsorted(owner, owner)
    few = rank < most
    found = np.full((most, size), ABSENT, np.int64)
    found[rank[few], owner[few]] = values[few]
    return found


def _distinct(owner: Places, values: Codes, size: int, most: int) -> Codes:
    """The same of the values that differ, with owners in any order."""
    import numpy as np

    order = np.lexsort((values, owner))
    owner, values = owner[order], values[order]
    fresh = np.ones(len(owner), bool)
    fresh[1:] = (owner[1:] != owner[:-1]) | (values[1:] != values[:-1])
    return _spread(owner[fresh], values[fresh], size, most)


def _named(grid: Grid, frames: Frames, mentions: Sequence[Mention]) -> tuple[Any, Any, Places, Places]:
    """The numbers of frames without and with a mention of the speaker; first words and ends of these mentions."""
    import numpy as np

    first, end = np.array([(-1, -1) if m is None else m for m in mentions], np.int64).reshape(-1, 2).T
    there = (first >= 0).nonzero()[0]
    base = frames.cues.base.take(there)
    return (first < 0).nonzero()[0], there, first.take(there) + base, end.take(there) + base


def form_features(grid: Grid, frames: Frames, tell: Tell = Templates.spelled) -> list[list[Any]]:
    """For each frame the features of its form."""
    return tell(FORM_TEMPLATES, form_columns(grid, frames))


def act_features(grid: Grid, frames: Frames, tell: Tell = Templates.spelled) -> list[list[Any]]:
    """For each frame the features of its act."""
    return tell(ACT_TEMPLATES, act_columns(grid, frames))


def anonymous_features(
    grid: Grid, frames: Frames, mentions: Sequence[Mention], tell: Tell = Templates.spelled
) -> list[list[Any]]:
    """For each frame, whose speaker is mentioned at one of ``mentions``, the features of anonymity."""
    bare, there, first, end = _named(grid, frames, mentions)
    found: list[list[Any]] = [[] for _ in mentions]
    if len(bare):
        columns = unmentioned_columns(frames.only(bare))
        for n, own in zip(bare.tolist(), tell(UNMENTIONED_TEMPLATES, columns), strict=True):
            found[n] = own
    if len(there):
        for n, own in zip(there.tolist(), tell(MENTION_TEMPLATES, mention_columns(grid, first, end)), strict=True):
            found[n] = own
    return found


def chosen_kinds(
    grid: Grid, frames: Frames, mentions: Sequence[Mention], models: Mapping[str, Weights]
) -> dict[str, tuple[list[int], list[float]]]:
    """For each kind the number of the label of each frame, and its log-odds over the next best label.

    Args:
        mentions: where the speaker of each frame is mentioned.
    """
    form = _table(models, "form").scores(FORM_TEMPLATES, form_columns(grid, frames))
    act = _table(models, "act").scores(ACT_TEMPLATES, act_columns(grid, frames))
    return {"form": _best(form), "act": _best(act), "anonymous": anonymity(grid, frames, mentions, models)}


def anonymity(
    grid: Grid, frames: Frames, mentions: Sequence[Mention], models: Mapping[str, Weights]
) -> tuple[list[int], list[float]]:
    """For each frame whether its source is unnamed (1) or not (0), and the log-odds of that."""
    import numpy as np

    own = _table(models, "anonymous")
    bare, there, first, end = _named(grid, frames, mentions)
    scores = np.zeros((len(ANONYMITY), len(mentions)))
    if len(bare):
        scores[:, bare] = own.scores(UNMENTIONED_TEMPLATES, unmentioned_columns(frames.only(bare)))
    if len(there):
        scores[:, there] = own.scores(MENTION_TEMPLATES, mention_columns(grid, first, end))
    return _best(scores)


def _table(models: Mapping[str, Weights], kind: str) -> Table:
    return label_table(models[kind], LABELS[kind])


def _best(scores: NDArray[np.float64]) -> tuple[list[int], list[float]]:
    """For each candidate the label with the largest sum (the first among equals), and its margin."""
    ordered = scores.copy()
    ordered.sort(axis=0)
    return scores.argmax(axis=0).tolist(), (ordered[-1] - ordered[-2]).tolist()


def labelled(labels: Sequence[str], features: Sequence[str]) -> list[list[str]]:
    """One candidate per label: the features, each joined to the label."""
    return [[f"{label}/{f}" for f in features] for label in labels]
