"""How alike two statements are: whether they report the same words of the same speaker, in log-odds.

A linear model over few figures: the shared words in bits (``keep.stems``) against all words of either statement, what
is known of the two speakers, numbers, negation and act. Its weights were fitted (logistic regression with a Gaussian
prior) on ten annotated pairs of articles and rounded; vetoes for numbers, negation and speakers were then made
stronger by hand, since most pairs of statements in a ledger are of different events.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from musnad.find.numbers import numerals
from musnad.find.numberwords import number_words
from musnad.keep.records import Version
from musnad.keep.stems import Stem, stem_of
from musnad.keep.voices import Voice, relation, voice_of
from musnad.read.words import words

ROOT_ALIKE = 0.85  # what two forms of one root share, as part of the bits of a word
_FULL = 60.0  # bits; more shared words prove no more
_BASE, _SHORTER, _LONGER, _SHARED = -3.4, 2.7, 1.1, 0.8
_VOICE: Mapping[str, float] = {"same": 1.0, "part": 0.6, "unknown": 0.0, "unnamed": -1.2, "other": -0.8}
_NUMBERS, _OTHER_NUMBERS, _NEGATION, _ACT = -1.0, -4.0, -0.8, 0.7
_HUNDRED = 100
_ROUNDED = 0.1  # how far two numbers may lie apart and still be one, rounded
_OTHER_WORDS, _FEW = -1.6, 24.0  # two speakers who share few bits: words that anybody says
_NEARLY_ALL = 0.85  # share of the longer statement: a changed number stands in the same words
_GAP, _QUOTED, _RUN, _LONGEST_RUN = -2.2, -1.0, 1.1, 8

Number = int | float


@dataclass(frozen=True, slots=True)
class Prepared:
    """A version made ready for comparison.

    Attributes:
        version: the version.
        stems: its words without those of grammar, in order.
        total: the bits of all of them.
        by_stem: stem → how often; ``by_root`` alike; ``bits``: root → the bits of one word.
        numbers: its numbers, ordinals left out; ``negated``: whether it has a negation.
        voice: its speaker, as it is compared.
    """

    version: Version
    stems: tuple[Stem, ...]
    total: float
    by_stem: Counter[str]
    roots: Mapping[str, str]
    bits: Mapping[str, float]
    numbers: frozenset[Number | None]
    negated: bool
    quoted: bool
    voice: Voice


def prepare(version: Version) -> Prepared:
    """Make ``version`` ready for comparison."""
    every = [stem_of(token) for token in version.tokens]
    stems = tuple(s for s in every if not s.function)
    return Prepared(
        version=version,
        stems=stems,
        total=sum(s.bits for s in stems),
        by_stem=Counter(s.stem for s in stems),
        roots={s.stem: s.root for s in stems},
        bits={s.stem: s.bits for s in stems},
        numbers=numbers_in(version.tokens, version.words),
        negated=any(s.negation for s in every),
        quoted=any(version.quoted),
        voice=voice_of(version),
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
    """The bits of the words that both have: as often as both have them, forms of one root at a discount."""
    if len(a.by_stem) > len(b.by_stem):
        a, b = b, a
    found = 0.0
    left: dict[str, tuple[int, float]] = {}
    for stem, count in a.by_stem.items():
        both = min(count, b.by_stem.get(stem, 0))
        bits = a.bits[stem]
        found += both * min(bits, b.bits.get(stem, bits))
        if count > both:
            left[a.roots[stem]] = (count - both, bits)
    if left:
        for stem, count in b.by_stem.items():
            rest = left.get(b.roots[stem])
            count -= min(count, a.by_stem.get(stem, 0))
            if rest is not None and count:
                found += ROOT_ALIKE * min(rest[0], count) * min(rest[1], b.bits[stem])
    return found


def overlap(a: Prepared, b: Prepared) -> float:
    """The cosine-like share of words that two statements have in common, 0 to 1."""
    return shared_bits(a, b) / ((a.total * b.total) ** 0.5 or 1.0)


def likeness(a: Prepared, b: Prepared) -> float:
    """The log-odds that two statements report the same words of the same speaker, before rivals are weighed."""
    shared = shared_bits(a, b)
    longer = shared / (max(a.total, b.total) or 1.0)
    score = _BASE + _SHORTER * shared / (min(a.total, b.total) or 1.0) + _LONGER * longer
    score += _SHARED * min(shared, _FULL) / 20.0
    run = longest_run(a.version.tokens, b.version.tokens)
    score += _RUN * min(run, _LONGEST_RUN) / 4.0
    voices = relation(a.voice, b.voice)
    score += _VOICE[voices]
    if voices == "other" and shared < _FEW:
        score += _OTHER_WORDS
    if contradict(a.numbers, b.numbers):
        score += _NUMBERS if longer >= _NEARLY_ALL else _OTHER_NUMBERS
    if a.negated != b.negated:
        score += _NEGATION
    if a.quoted and b.quoted:  # what both quote should be the same words
        score += _QUOTED
    return score + _ACT * (a.version.act == b.version.act)


def longest_run(a: Sequence[str], b: Sequence[str]) -> int:
    """The length of the longest run of words that two statements share, words of grammar included."""
    places: dict[str, list[int]] = {}
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


def rivalled(score: float, own: float, rivals: Sequence[float]) -> float:
    """``score`` less what speaks for others: ``own`` overlap of the pair, and the best overlap of either in the
    other's article."""
    return score + _GAP * sum(max(0.0, best - own) for best in rivals)
