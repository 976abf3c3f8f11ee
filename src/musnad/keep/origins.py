"""Where a text that several outlets have probably began: agencies that are credited or named, time, and length.

A credit is an agency in the dateline or at the very end of an article; acronyms count only there. An agency named
elsewhere in the text is weaker, and the earliest and longest article weaker still. The reasons say which of these
held, so that nobody has to believe the result.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType

from musnad.find.tags import tag
from musnad.keep.moments import order, surely_before
from musnad.keep.records import Text
from musnad.lexicon.authority import authority, canonical, name_words
from musnad.read.dateline import find_dateline
from musnad.read.fold import fold_text

_WORD = re.compile(r"\w+")
_END = 2  # words that may follow a credit at the end: initials of an editor
_HEAD = 40  # words within which a dateline lies
_KEPT = 1 << 18  # words that are remembered
_PREFIX = 3  # letters that may be written before a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """The agencies of one article, by the ids of the authority.

    Attributes:
        own: of the outlet itself, where it is an agency.
        credited: in the dateline or at the end.
        named: anywhere else in the text.
    """

    own: str | None = None
    credited: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()


def press(text: Text) -> Press:
    """The agencies that the article credits and names, and whether its outlet is one."""
    own = _agency(text.outlet)
    words = _WORD.findall(fold_text(text.text).lower())
    found = _mentions(words)
    if not found:
        return Press(own=own)
    named = {key for _, _, key, short in found if not short}
    credited = {key for _, end, key, _ in found if end >= len(words) - _END}
    head = find_dateline(text.text) if found[0][0] < _HEAD else None
    if head is not None:
        size = len(_WORD.findall(fold_text(text.text[: head.span[1]])))
        credited |= {key for _, end, key, _ in found if end <= size}
    return Press(own=own, credited=frozenset(credited), named=frozenset(named - credited))


def origin(texts: Sequence[Text], lengths: Sequence[int]) -> tuple[int, tuple[str, ...]]:
    """Which of ``texts`` (all of one copy group) is probably the first, and why.

    The agency's own article if the group has it and it is not much later; else the earliest of those that credit the
    agency which most credit; else the earliest of those that name one; else the earliest, and of equals the longest.

    Args:
        texts: at least one.
        lengths: of each text in words.

    Returns: the place in ``texts``, and the reasons: ``agency: NAME``, ``credit: NAME (n of m)``,
        ``named: NAME (n of m)``, ``earliest: TIME``, ``longest: n words``.
    """
    all_press = _all_press(texts)
    times = [order(text.published, text.moment) for text in texts]
    credited = _most(key for one in all_press for key in sorted(one.credited))
    named = _most(key for one in all_press for key in sorted(one.named | one.credited))
    agency = credited or next((one.own for one in all_press if one.own), None) or named

    def rank(i: int) -> tuple[bool, bool, bool, str, int, int]:
        one = all_press[i]
        return (
            agency is None or one.own != agency,
            credited is None or credited not in one.credited,
            agency is None or agency not in one.named,
            times[i],
            -lengths[i],
            i,
        )

    best = min(range(len(texts)), key=rank)
    return best, _reasons(best, texts, lengths, all_press, agency)


def _all_press(texts: Sequence[Text]) -> list[Press]:
    """What ``press`` says of each text; of texts that are the same letter for letter, it is asked once."""
    found: dict[str, Press] = {}
    made = []
    for text in texts:
        known = found.get(text.text)
        if known is None:
            known = found[text.text] = press(text)
        made.append(replace(known, own=_agency(text.outlet)))
    return made


def _reasons(
    best: int,
    texts: Sequence[Text],
    lengths: Sequence[int],
    all_press: Sequence[Press],
    agency: str | None,
) -> tuple[str, ...]:
    reasons, count = [], len(texts)
    if agency is not None:
        name = authority().bodies[agency].name
        if all_press[best].own == agency:
            reasons.append(f"agency: {name}")
        for kind, number in (
            ("credit", sum(agency in one.credited for one in all_press)),
            ("named", sum(agency in one.named for one in all_press)),
        ):
            if number:
                reasons.append(f"{kind}: {name} ({number} of {count})")
    if _earliest(best, texts):
        reasons.append(f"earliest: {texts[best].moment or texts[best].published}")
    if lengths[best] == max(lengths) > min(lengths):
        reasons.append(f"longest: {lengths[best]} words")
    return tuple(reasons)


def _earliest(best: int, texts: Sequence[Text]) -> bool:
    """Whether no other text can be earlier, of those whose time is known, and one is surely later."""
    own = (texts[best].published, texts[best].moment)
    others = [(t.published, t.moment) for n, t in enumerate(texts) if n != best and t.published]
    later = [surely_before(own, other) for other in others]
    return any(later) and all(late or order(*other) == order(*own) for late, other in zip(later, others, strict=True))


def _most(keys: Iterable[str]) -> str | None:
    counts = Counter(keys)
    return min(counts, key=lambda key: (-counts[key], key)) if counts else None


@lru_cache(maxsize=4_096)
def _agency(outlet: str | None) -> str | None:
    """The agency that an outlet's name is or begins with."""
    words = name_words(outlet or "")
    names = _names()
    for size in range(len(words), 0, -1):
        hit = names.phrases.get(words[:size])
        if hit and (size > 1 or len(words) == 1):
            return hit[0]
    return None


def _mentions(words: Sequence[str]) -> list[tuple[int, int, str, bool]]:
    """First word, word after the last, agency, and whether it is an acronym, for each mention in folded words."""
    firsts = list(map(_firsts().__getitem__, words))
    names, found, done = _names(), [], 0
    for i in [i for i, first in enumerate(firsts) if first]:
        first = firsts[i] or ""
        if i < done:
            continue
        rest = tuple(canonical(w) for w in words[i + 1 : i + names.sizes[first][0]])
        for size in names.sizes[first]:
            hit = names.phrases.get((first, *rest[: size - 1]))
            if hit is not None and hit[2] == size:
                done = i + size
                found.append((i, done, hit[0], hit[1]))
                break
    return found


class _Firsts(dict[str, str | None]):
    """Word → what ``_first`` says of it, asked once; at most as many words as are kept."""

    def __missing__(self, word: str) -> str | None:
        if len(self) >= _KEPT:
            self.clear()
        found = self[word] = _first(word)
        return found


@cache
def _firsts() -> _Firsts:
    return _Firsts()


def _first(word: str) -> str | None:
    """The canonical first word of an agency's name that ``word`` is, or has after a conjunction or preposition."""
    sizes = _names().sizes
    for cut in range(max(1, min(_PREFIX, len(word) - 1))):
        first = canonical(word[cut:])
        if first in sizes and (not cut or word[cut:] in tag(word).stems):
            return first
    return None


@dataclass(frozen=True, slots=True)
class _Names:
    """Names of agencies as canonical words, and the sizes of names by their first words, longest first."""

    phrases: Mapping[tuple[str, ...], tuple[str, bool, int]]
    sizes: Mapping[str, tuple[int, ...]]


@cache
def _names() -> _Names:
    phrases: dict[tuple[str, ...], tuple[str, bool, int]] = {}
    every = authority()
    for table, short in ((every.names, False), (every.short, True)):
        for words, key in table.items():
            if every.bodies[key].kind == "agency":
                phrases.setdefault(words, (key, short, len(words)))
    for body in every.bodies.values():
        for name in (body.english, body.french) if body.kind == "agency" else ():
            words = name_words(name or "")
            if words:
                phrases.setdefault(words, (body.id, False, len(words)))
    sizes: dict[str, set[int]] = {}
    for words in phrases:
        sizes.setdefault(words[0], set()).add(len(words))
    by_first = {first: tuple(sorted(found, reverse=True)) for first, found in sizes.items()}
    return _Names(MappingProxyType(phrases), MappingProxyType(by_first))
