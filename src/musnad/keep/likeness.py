"""How alike two statements are: whether they report the same words of the same speaker, in log-odds.

A linear model over few figures: the shared words in bits (``keep.stems``) against all words of either statement, what
is known of the two speakers, numbers, negation and act. Its weights were fitted (logistic regression with a Gaussian
prior) on ten annotated pairs of articles and rounded; vetoes for numbers, negation and speakers were then made
stronger by hand, since most pairs of statements in a ledger are of different events. Sentence vectors (a multilingual
universal sentence encoder) were tried as one more figure and did not help.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from musnad.find.numbers import numerals
from musnad.find.numberwords import number_words
from musnad.keep.columns import GRAIN, QUOTED, Array, Columns, code
from musnad.keep.shingles import np
from musnad.keep.voices import Voice, relation, voice
from musnad.read.words import words

_ROOT_ALIKE = 0.85  # what two forms of one root share, as part of the bits of a word
_FULL = 30.0  # bits; more shared words prove no more
_BASE, _SHORTER, _LONGER, _SHARED = -3.4, 3.3, 0.9, 2.4
MOST_OF_SPEAKERS = 0.6
_VOICE: Mapping[str, float] = {"same": MOST_OF_SPEAKERS, "part": 0.3, "unknown": 0.0, "unnamed": -1.6, "other": -0.8}
_OTHER_WORDS, _FEW = -1.0, 24.0  # two speakers who share few bits: words that anybody says
_FEELINGS, _OTHER_FEELINGS = frozenset(("express", "condemn", "praise")), -2.5  # acts that many do in the same words
_NEARLY_ALL = 0.8  # share of the longer statement: a number or negation is changed in the same words
_NUMBERS, _OTHER_NUMBERS, _NEGATION, _OTHER_NEGATION = -1.0, -5.0, -0.6, -1.5
_QUOTED, _ACT, _RUN, _LONGEST_RUN = -1.5, 1.0, 0.75, 8
_HOPELESS, _DOUBTFUL = -2.2, -1.8  # log-odds below which speakers, and runs of words, are not looked at
_HUNDRED = 100
_NOTHING: frozenset[int] = frozenset()
_ROUNDED = 0.1  # how far two numbers may lie apart and still be one, rounded

Number = int | float
Numbers = Callable[[int], frozenset[Number | None]]
"""Gives the numbers that a statement says, by its own number."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A statement made ready for comparison (``keep.columns``); words, stems and roots are numbers.

    Attributes:
        number, article: of the statement and of its article.
        day: of publication, or -1.
        act: of speech, as a number.
        quoted: whether any of it stands in quotation marks.
        tokens: its words, in order.
        bits: stem → what the word tells here; ``root_of``: stem → root; ``roots``: root → the most of its stems.
        total: the bits of all stems.
        negated: the roots of the words that a negation stands before.
        voice: its speaker, as it is compared.
        numerals: its words that may be numbers.
        read: gives its numbers, ordinals left out; most statements are never asked for them, and reading is slow.
    """

    number: int
    article: int
    day: int
    act: int
    quoted: bool
    tokens: Sequence[int]
    bits: Mapping[int, float]
    root_of: Mapping[int, int]
    roots: Mapping[int, float]
    total: float
    negated: frozenset[int]
    voice: Voice
    numerals: frozenset[int]
    read: Callable[[], frozenset[Number | None]]


def prepared(columns: Columns, row: int, numbers: Numbers) -> Prepared:
    """One statement of ``columns``.

    Args:
        columns: statements.
        row: which one.
        numbers: gives the numbers that a statement says.
    """
    number, article, day, act, of, total, flags, tokens, stems, negated, numerals, _ = columns.heads[row].item()
    begins = columns.begins
    begin = int(begins["stems"][row])
    own = columns.stems[begin : begin + stems].tolist()
    most: dict[int, float] = {}
    for _, root, grains, _ in own:
        if grains / GRAIN > most.get(root, 0.0):
            most[root] = grains / GRAIN
    first, denied, counted = (int(begins[name][row]) for name in ("tokens", "negated", "numerals"))
    return Prepared(
        number=number,
        article=article,
        day=day,
        act=act,
        quoted=bool(flags & QUOTED),
        tokens=columns.tokens[first : first + tokens].tolist(),
        bits={stem: grains / GRAIN for stem, _, grains, _ in own},
        root_of={stem: root for stem, root, _, _ in own},
        roots=most,
        total=total,
        negated=frozenset(columns.negated[denied : denied + negated].tolist()) if negated else _NOTHING,
        voice=voice(columns.speakers[of]),
        numerals=frozenset(columns.numerals[counted : counted + numerals].tolist()) if numerals else _NOTHING,
        read=partial(numbers, number),
    )


def numbers_in(tokens: Sequence[str], text: str) -> frozenset[Number | None]:
    """The numbers that words say in figures or letters; ordinals, and words that are mostly no numbers, left out.

    Args:
        tokens: the folded words of ``text``, which tell fast whether it may have numbers at all.
        text: what is read for numbers.
    """
    known = number_words()
    if not any(token[:1].isdecimal() or token in known for token in tokens):
        return frozenset()
    kept = [n for n in numerals(words(text)) if n.kind != "ordinal" and not n.weak]
    return frozenset(n.value if n.value is not None else n.low for n in kept)


def shared_bits(a: Prepared, b: Prepared) -> float:
    """The bits of the words that both have; forms of one root at a discount."""
    common = a.bits.keys() & b.bits.keys()
    found = sum(min(a.bits[stem], b.bits[stem]) for stem in common)
    rooted = (a.roots.keys() & b.roots.keys()).difference(map(a.root_of.__getitem__, common))
    return found + _ROOT_ALIKE * sum(min(a.roots[root], b.roots[root]) for root in rooted)


def likeness(a: Prepared, b: Prepared, shared: float | None = None) -> float:
    """The log-odds that two statements report the same words of the same speaker; ``shared``: as ``shared_bits``."""
    if shared is None:
        shared = shared_bits(a, b)
    longer = shared / (max(a.total, b.total) or 1.0)
    score = _BASE + _SHORTER * shared / (min(a.total, b.total) or 1.0) + _LONGER * longer
    score += _SHARED * min(shared, _FULL) / 20.0
    if score < _HOPELESS:
        return score
    score += speakers(relation(a.voice, b.voice), shared, a.act, b.act)
    if not (a.negated - b.negated).isdisjoint(b.roots) or not (b.negated - a.negated).isdisjoint(a.roots):
        score += _NEGATION if longer >= _NEARLY_ALL else _OTHER_NEGATION
    if a.quoted and b.quoted:  # what both quote should be the same words
        score += _QUOTED
    score += _ACT * (a.act == b.act)
    if score >= _DOUBTFUL and _have_other_numbers(a, b):
        score += _NUMBERS if longer >= _NEARLY_ALL else _OTHER_NUMBERS
    run = longest_run(a.tokens, b.tokens) if score >= _DOUBTFUL else 0
    return score + _RUN * min(run, _LONGEST_RUN) / 4.0


def _have_other_numbers(a: Prepared, b: Prepared) -> bool:
    """Whether each of two statements has a number that the other has not; only where words say so, they are read."""
    if a.numerals <= b.numerals or b.numerals <= a.numerals:
        return False
    return contradict(a.read(), b.read())


def speakers(voices: str, shared: float, act: int, other: int) -> float:
    """What two speakers add to the likeness of their words.

    Args:
        voices: how they are related (``keep.voices``).
        shared: the bits that both share.
        act, other: what they do, as numbers.
    """
    score = _VOICE[voices]
    if voices == "other" and shared < _FEW:
        score += _OTHER_WORDS
    if voices == "other" and not _feelings().isdisjoint((act, other)):
        score += _OTHER_FEELINGS
    return score


@cache
def _feelings() -> frozenset[int]:
    return frozenset(map(code, _FEELINGS))


def most_likely(shared: Array, shorter: Array, longer: Array, same_act: Array, quoted: Array) -> Array:
    """At most how alike many pairs of statements are, whatever else they say, without what speakers add.

    Args:
        shared: bits that both have, at most; ``shorter``, ``longer``: all bits of either.
        same_act: whether they are of one act; ``quoted``: whether both quote.
    """
    score = _BASE + _SHORTER * shared / np.maximum(shorter, 1e-9) + _LONGER * shared / np.maximum(longer, 1e-9)
    score = score + _SHARED * np.minimum(shared, _FULL) / 20.0
    score = np.where(score < _HOPELESS, -np.inf, score)
    found: Array = score + _ACT * same_act + _QUOTED * quoted + _RUN * _LONGEST_RUN / 4.0
    return found


def longest_run(a: Sequence[int], b: Sequence[int]) -> int:
    """The length of the longest run of words that two statements share, words of grammar included."""
    places: dict[int, list[int]] = {}
    for j, word in enumerate(b):
        places.setdefault(word, []).append(j)
    best = 0
    before: dict[int, int] = {}
    for word in a:
        now = {j: before.get(j - 1, 0) + 1 for j in places.get(word, ())}
        best = max(best, max(now.values(), default=0))
        before = now
    return best


def contradict(a: frozenset[Number | None], b: frozenset[Number | None], *, rounded: bool = True) -> bool:
    """Whether each has a number that the other has not, and (``rounded``) none is a rounded form of the other."""
    mine, theirs = [n for n in a - b if n is not None], [n for n in b - a if n is not None]
    if not mine or not theirs:
        return False
    return not any(
        rounded and (_round(x) or _round(y)) and abs(x - y) <= _ROUNDED * max(abs(x), abs(y))
        for x in mine
        for y in theirs
    )


def _round(number: Number) -> bool:
    """Whether a number of three figures or more has but two that are not nought."""
    return abs(number) >= _HUNDRED and len(f"{abs(number):.0f}".rstrip("0")) <= 2
