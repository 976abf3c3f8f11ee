"""Two texts word by word, for the eye: what stayed, was cut, was added, or stands elsewhere.

Words are compared as ``keep.differences`` compares them: without regard to spelling, marks, and conjunctions written to
them. They are given as they are written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from musnad.keep.differences import plain_word
from musnad.keep.stems import stem_of
from musnad.read.joins import split_words
from musnad.read.words import NUMBER, WORD, words

OPS = ("same", "cut", "added", "moved")
_MOVED = 2.0  # bits of a word that counts as moved
_ALIKE = 0.4  # share of words by which two paragraphs are one, changed
Step = dict[str, str]


def steps(before: str, after: str) -> list[Step]:
    """How ``before`` became ``after``.

    Returns:
        ``{"op", "text"}`` in the order of ``after``; what was cut stands where it stood, before what came for it.
        Words that were moved are told at their new place alone.
    """
    x, y = before.split(), after.split()
    return _steps(x, y, [_key(word) for word in x], [_key(word) for word in y])


def _steps(x: Sequence[str], y: Sequence[str], was: Sequence[str], now: Sequence[str]) -> list[Step]:
    codes = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    gone = Counter(was[i] for code, i, j, _, _ in codes if code != "equal" for i in range(i, j))
    come = Counter(now[k] for code, _, _, k, m in codes if code != "equal" for k in range(k, m))
    both = {word: n for word, n in (gone & come).items() if stem_of(word).bits >= _MOVED}
    left, right = Counter(both), Counter(both)
    found: list[Step] = []
    for code, i, j, k, m in codes:
        if code == "equal":
            _put(found, "same", y[k:m])
            continue
        _put(found, "cut", [x[n] for n in range(i, j) if not _taken(left, was[n])])
        for n in range(k, m):
            _put(found, "moved" if _taken(right, now[n]) else "added", [y[n]])
    return found


def _taken(left: Counter[str], word: str) -> bool:
    """Whether ``word`` is one of those left; it is taken out."""
    if left[word] <= 0:
        return False
    left[word] -= 1
    return True


def _put(found: list[Step], op: str, text: Sequence[str]) -> None:
    if not text:
        return
    if found and found[-1]["op"] == op:
        found[-1]["text"] += " " + " ".join(text)
    else:
        found.append({"op": op, "text": " ".join(text)})


@lru_cache(maxsize=8192)
def _key(word: str) -> str:
    """A written word as it is compared."""
    cut = words(word, split=split_words)
    kept = [plain_word(form) for form, kind in zip(cut.forms, cut.kinds, strict=True) if kind in (WORD, NUMBER)]
    return " ".join(kept) or word


def paragraphs(before: str, after: str) -> list[list[Step]]:
    """The paragraphs that two states of a text do not share, each as ``steps``: cut, added, or changed word by word."""
    x, y = _lines(before), _lines(after)
    found: list[list[Step]] = []
    for code, i, j, k, m in SequenceMatcher(None, x, y, autojunk=False).get_opcodes():
        if code == "equal":
            continue
        new = list(range(k, m))
        for n in range(i, j):
            best = max(new, key=lambda k: _shared(x[n], y[k]), default=None)
            if best is not None and _shared(x[n], y[best]) >= _ALIKE:
                found += [[{"op": "added", "text": y[k]}] for k in new if k < best]
                found.append(steps(x[n], y[best]))
                new = [k for k in new if k > best]
            else:
                found.append([{"op": "cut", "text": x[n]}])
        found += [[{"op": "added", "text": y[k]}] for k in new]
    return found


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _shared(a: str, b: str) -> float:
    x, y = Counter(a.split()), Counter(b.split())
    return 2 * sum((x & y).values()) / (sum(x.values()) + sum(y.values()))


def with_steps(saying: dict[str, Any]) -> dict[str, Any]:
    """A saying (``keep.forms``) whose later versions tell how the first became them."""
    first, *later = saying["versions"]
    told = [version | {"steps": steps(first["words"], version["words"])} for version in later]
    return saying | {"versions": [first | {"steps": []}, *told]}
