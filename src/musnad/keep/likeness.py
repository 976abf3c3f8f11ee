"""How alike two statements are: whether they report the same words of the same speaker, in log-odds.

A linear model over few figures: the shared words in bits (``keep.stems``) against all words of either statement, what
is known of the two speakers, numbers, negation and act. Its weights were fitted (logistic regression with a Gaussian
prior) on ten annotated pairs of articles and rounded; vetoes for numbers, negation and speakers were then made
stronger by hand, since most pairs of statements in a ledger are of different events. Sentence vectors (a multilingual
universal sentence encoder) were tried as one more figure and did not help.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log2

from musnad.find.numbers import numerals
from musnad.find.numberwords import number_words
from musnad.keep.records import Version
from musnad.keep.stems import Stem, stem_of
from musnad.keep.voices import Voice, relation, voice_of
from musnad.read.words import words

_ROOT_ALIKE = 0.85  # what two forms of one root share, as part of the bits of a word
_FULL = 30.0  # bits; more shared words prove no more
_BASE, _SHORTER, _LONGER, _SHARED = -3.4, 3.3, 0.9, 2.4
_VOICE: Mapping[str, float] = {"same": 0.6, "part": 0.3, "unknown": 0.0, "unnamed": -1.6, "other": -0.8}
_OTHER_WORDS, _FEW = -1.0, 24.0  # two speakers who share few bits: words that anybody says
_FEELINGS, _OTHER_FEELINGS = frozenset(("express", "condemn", "praise")), -2.5  # acts that many do in the same words
_NEARLY_ALL = 0.8  # share of the longer statement: a number or negation is changed in the same words
_NUMBERS, _OTHER_NUMBERS, _NEGATION, _OTHER_NEGATION = -1.0, -5.0, -0.6, -1.5
_QUOTED, _ACT, _RUN, _LONGEST_RUN = -1.5, 1.0, 0.75, 8
_HOPELESS, _DOUBTFUL = -2.2, -1.8  # log-odds below which speakers, and runs of words, are not looked at
_HUNDRED = 100
_ROUNDED = 0.1  # how far two numbers may lie apart and still be one, rounded

Number = int | float


@dataclass(frozen=True, slots=True)
class Prepared:
    """A version made ready for comparison.

    Attributes:
        version: the version.
        stems: its words without those of grammar, in order.
        bits: stem → what the word tells here; ``root_of``: stem → root; ``roots``: root → bits.
        total: the bits of all stems.
        negated: the roots of the words that a negation stands before.
        quoted: whether any of it stands in quotation marks.
        voice: its speaker, as it is compared.
    """

    version: Version
    stems: tuple[Stem, ...]
    bits: Mapping[str, float]
    root_of: Mapping[str, str]
    roots: Mapping[str, float]
    total: float
    negated: frozenset[str]
    quoted: bool
    voice: Voice

    @property
    def numbers(self) -> frozenset[Number | None]:
        """Its numbers, ordinals left out; most versions are never asked for them, and reading them is slow."""
        return _numbers_of(self.version.tokens, self.version.words)


def prepare(versions: Sequence[Version]) -> tuple[Prepared, ...]:
    """Make the versions of one article ready: a word tells the less, the more statements of the article have it."""
    split = [[stem_of(token) for token in version.tokens] for version in versions]
    often = Counter(root for stems in split for root in {s.root for s in stems})
    return tuple(_prepared(version, stems, often) for version, stems in zip(versions, split, strict=True))


def _prepared(version: Version, every: Sequence[Stem], often: Mapping[str, int]) -> Prepared:
    stems = tuple(s for s in every if not s.function)
    bits = {s.stem: s.bits / (1.0 + log2(often[s.root])) for s in stems}
    root_of = {s.stem: s.root for s in stems}
    return Prepared(
        version=version,
        stems=stems,
        bits=bits,
        root_of=root_of,
        roots={root: bits[stem] for stem, root in root_of.items()},
        total=sum(bits.values()),
        negated=_negated(every),
        quoted=any(version.quoted),
        voice=voice_of(version),
    )


def _negated(stems: Sequence[Stem]) -> frozenset[str]:
    """The roots of the words that a negation stands before, words of grammar between them left out."""
    found = []
    pending = False
    for stem in stems:
        if stem.negation:
            pending = True
        elif pending and not stem.function:
            found.append(stem.root)
            pending = False
    return frozenset(found)


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


@lru_cache(maxsize=16_384)
def _numbers_of(tokens: tuple[str, ...], text: str) -> frozenset[Number | None]:
    return numbers_in(tokens, text)


def shared_bits(a: Prepared, b: Prepared) -> float:
    """The bits of the words that both have; forms of one root at a discount."""
    common = a.bits.keys() & b.bits.keys()
    found = sum(min(a.bits[stem], b.bits[stem]) for stem in common)
    rooted = (a.roots.keys() & b.roots.keys()).difference(map(a.root_of.__getitem__, common))
    return found + _ROOT_ALIKE * sum(min(a.roots[root], b.roots[root]) for root in rooted)


def likeness(a: Prepared, b: Prepared) -> float:
    """The log-odds that two statements report the same words of the same speaker."""
    shared = shared_bits(a, b)
    longer = shared / (max(a.total, b.total) or 1.0)
    score = _BASE + _SHORTER * shared / (min(a.total, b.total) or 1.0) + _LONGER * longer
    score += _SHARED * min(shared, _FULL) / 20.0
    if score < _HOPELESS:
        return score
    voices = relation(a.voice, b.voice)
    score += _VOICE[voices]
    if voices == "other" and shared < _FEW:
        score += _OTHER_WORDS
    if voices == "other" and not _FEELINGS.isdisjoint((a.version.act, b.version.act)):
        score += _OTHER_FEELINGS
    if contradict(a.numbers, b.numbers):
        score += _NUMBERS if longer >= _NEARLY_ALL else _OTHER_NUMBERS
    if not (a.negated - b.negated).isdisjoint(b.roots) or not (b.negated - a.negated).isdisjoint(a.roots):
        score += _NEGATION if longer >= _NEARLY_ALL else _OTHER_NEGATION
    if a.quoted and b.quoted:  # what both quote should be the same words
        score += _QUOTED
    score += _ACT * (a.version.act == b.version.act)
    run = longest_run(a.version.tokens, b.version.tokens) if score >= _DOUBTFUL else 0
    return score + _RUN * min(run, _LONGEST_RUN) / 4.0


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
