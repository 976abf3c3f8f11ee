"""Differences between two versions of a saying, word by word, each with its class and the words before and after.

The words are aligned (Ratcliff & Obershelp 1988, as in ``difflib``) without regard to spelling, conjunctions written to
words, and complementisers at the head. Words of one version that stand elsewhere in the other are reordered, what has
words on both sides is replaced, the rest is cut or added. Numbers, negation, speakers, and words that lose their
quotation marks are told beside that. Words replaced inside the marks of both versions are two translations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from musnad.find.tags import tag
from musnad.keep.likeness import contradict, numbers_in
from musnad.keep.records import Change, Difference, Version
from musnad.keep.stems import stem_of
from musnad.keep.voices import relation, voice_of
from musnad.lexicon.authority import canonical
from musnad.lexicon.loader import index

CLASSES = (
    "cut", "added", "replaced", "reordered", "paraphrased", "number", "negation", "speaker", "translation",
)  # fmt: skip
_OPENING = 3  # words at the head that may open the content
_CLOSE = 5  # words of a piece whose negation concerns what is beside it
_YEARS = range(1900, 2101)
_MOVED = 2.0  # bits of a word that counts as moved
_UNEQUAL = 4  # words by which one side of a replacement is longer, to count as cut or added too
_UNSURE = frozenset(("body", "office"))  # kinds of keys that may be of the same speaker as one of another kind
_SHARE = 0.5  # of the words of a version that stand in marks, to count as quoted


@dataclass(slots=True)
class _Piece:
    """Words of both versions at one place of the alignment that are not the same."""

    before: list[int]
    after: list[int]


def difference(a: Version, b: Version) -> Difference:
    """All differences between two versions, ``a`` the earlier one."""
    mine, theirs = _skipped(a), _skipped(b)
    x = [plain_word(t) for t in a.tokens[mine:]]
    y = [plain_word(t) for t in b.tokens[theirs:]]
    pieces = _pieces(x, y)
    changes = _moved(pieces, x, y, a.tokens[mine:], b.tokens[theirs:])
    for piece in pieces:
        changes += _changes(piece, a.tokens[mine:], b.tokens[theirs:])
    changes += _told(a, b, pieces, mine, theirs)
    changes += _marks(a, b, pieces, mine, theirs)
    return Difference(before=a.statement, after=b.statement, changes=tuple(changes))


def _skipped(version: Version) -> int:
    """How many words at the head open the content: a complementiser, and a preposition before it."""
    opening = [tag(token).particle if token.isalpha() else "" for token in version.tokens[:_OPENING]]
    last = max((i for i, particle in enumerate(opening) if particle == "complementiser"), default=-1)
    return last + 1 if all(opening[: last + 1]) else 0


@lru_cache(maxsize=65_536)
def plain_word(token: str) -> str:
    """A word as it is compared: in one spelling, without conjunction; numbers with a point."""
    if not token.isalpha():
        return token.replace(",", ".")
    return canonical(tag(token).bare)


def _pieces(x: Sequence[str], y: Sequence[str]) -> list[_Piece]:
    """The places where two versions are not the same."""
    codes = SequenceMatcher(None, x, y, autojunk=False).get_opcodes()
    return [_Piece(list(range(i, j)), list(range(k, m))) for code, i, j, k, m in codes if code != "equal"]


def _moved(
    pieces: Sequence[_Piece], x: Sequence[str], y: Sequence[str], before: Sequence[str], after: Sequence[str]
) -> list[Change]:
    """Words that both versions have at different places; they are taken out of the pieces."""
    gone = {i: x[i] for piece in pieces for i in piece.before}
    come = {k: y[k] for piece in pieces for k in piece.after}
    same = Counter(gone.values()) & Counter(come.values())
    moved = {word for word in same if stem_of(word).bits >= _MOVED}
    if not moved:
        return []
    old: list[int] = []
    new: list[int] = []
    for places, words, out in ((gone, x, old), (come, y, new)):
        left = Counter({word: same[word] for word in moved})
        for i in sorted(places):
            if left[words[i]] > 0:
                left[words[i]] -= 1
                out.append(i)
    for piece in pieces:
        piece.before = [i for i in piece.before if i not in old]
        piece.after = [k for k in piece.after if k not in new]
    return [Change(kind="reordered", was=_text(before, old), now=_text(after, new))]


def _changes(piece: _Piece, before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """What became of the words of one place."""
    was, now = _text(before, piece.before), _text(after, piece.after)
    old, new = len(piece.before), len(piece.after)
    if not old and not new:
        return []
    if not old:
        return [Change(kind="added", now=now)]
    if not new:
        return [Change(kind="cut", was=was)]
    found = [Change(kind="replaced", was=was, now=now)]
    if abs(old - new) >= _UNEQUAL:
        found.append(Change(kind="cut" if old > new else "added", was=was, now=now))
    return found


def _told(a: Version, b: Version, pieces: Sequence[_Piece], mine: int, theirs: int) -> list[Change]:
    """Numbers, negation and speakers that differ; numbers and negations where the words differ."""
    found = []
    for piece in pieces:
        was = [a.tokens[i + mine] for i in piece.before]
        now = [b.tokens[k + theirs] for k in piece.after]
        old, new = _numbers(was), _numbers(now)
        if old and new and contradict(old, new, rounded=False):
            found.append(Change(kind="number", was=" ".join(was), now=" ".join(now)))
        if max(len(was), len(now)) <= _CLOSE and _negated(was) != _negated(now):
            found.append(Change(kind="negation", was=" ".join(was), now=" ".join(now)))
    if _negated(a.tokens) == _negated(b.tokens):
        found = [change for change in found if change.kind != "negation"]
    if _two_speakers(a, b):
        found.append(Change(kind="speaker", was=a.names[0], now=b.names[0]))
    return found


def _two_speakers(a: Version, b: Version) -> bool:
    """Whether two versions give the words to two known speakers: two of one kind, or a person and a body."""
    if a.voice is None or b.voice is None or a.voice == b.voice or a.anonymous or b.anonymous:
        return False
    kinds = {voice.partition("/")[0] for voice in (a.voice, b.voice)}
    if len(kinds) > 1:
        return "person" in kinds and kinds.isdisjoint(_UNSURE)
    return kinds.isdisjoint(_UNSURE) and relation(voice_of(a), voice_of(b)) == "other"


def _numbers(tokens: Sequence[str]) -> frozenset[int | float | None]:
    """The numbers among words, years left out: these are told in other ways (*eleven years ago*)."""
    return frozenset(n for n in numbers_in(tokens, " ".join(tokens)) if n not in _YEARS)


def _negated(tokens: Sequence[str]) -> bool:
    return any(stem_of(token).negation for token in tokens)


def _marks(a: Version, b: Version, pieces: Sequence[_Piece], mine: int, theirs: int) -> list[Change]:
    """Words in quotation marks in one version alone, and other words in the marks of both."""
    if not a.tokens or not b.tokens:
        return []
    shares = [sum(v.quoted) / len(v.quoted) for v in (a, b)]
    if (shares[0] >= _SHARE) != (shares[1] >= _SHARE) and abs(shares[0] - shares[1]) >= _SHARE:
        return [Change(kind="paraphrased", was=a.words, now=b.words)]
    foreign = _foreign(a) or _foreign(b)
    for piece in pieces if foreign else ():
        old = [i + mine for i in piece.before if a.quoted[i + mine] and stem_of(a.tokens[i + mine]).bits > _MOVED]
        new = [k + theirs for k in piece.after if b.quoted[k + theirs] and stem_of(b.tokens[k + theirs]).bits > _MOVED]
        if old and new:
            return [Change(kind="translation", was=_text(a.tokens, old), now=_text(b.tokens, new))]
    return []


def _foreign(version: Version) -> bool:
    """Whether the speaker is a person of whose names Arabs bear none."""
    if not (version.voice or "").startswith("person/"):
        return False
    given = index("names/given")
    words = [stem_of(t).stem for name in version.names[:2] for t in name.split()]
    return not any(word in given for word in words)


def _text(words: Sequence[str], places: Sequence[int]) -> str:
    return " ".join(words[i] for i in places)
