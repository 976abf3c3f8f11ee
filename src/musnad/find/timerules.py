"""Rules of the grammar of times by the classes of the words at which they may begin, followed or alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from musnad.find.timewords import Grid, Hit


class Starts(NamedTuple):
    """A rule of the grammar, and the classes of words that it may begin with.

    Attributes:
        alone: those of them with which one word may be an expression; for the others something must follow.
    """

    name: str
    read: Callable[[Grid, int], Hit | None]
    classes: frozenset[str]
    alone: frozenset[str]


def starts(
    name: str, read: Callable[[Grid, int], Hit | None], *beginnings: str, alone: Iterable[str] | None = None
) -> Starts:
    """A rule with its first classes; ``alone`` as in ``Starts``, by the ``names`` of senses; None: all."""
    return Starts(name, read, frozenset(beginnings), frozenset(beginnings if alone is None else alone))


class _Table(dict[frozenset[str], tuple[Starts, ...]]):
    """Classes of a word → the rules that may begin at it, in order."""

    __slots__ = ("_rules",)

    def __init__(self, rules: Iterable[tuple[frozenset[str], Starts]]) -> None:
        super().__init__()
        self._rules = tuple(rules)

    def __missing__(self, classes: frozenset[str]) -> tuple[Starts, ...]:
        found = self[classes] = tuple(rule for begins, rule in self._rules if not classes.isdisjoint(begins))
        return found


class Rules:
    """Rules by the classes of the word at which they may begin.

    Attributes:
        opening: the classes with which any of them may begin; ``standing``: those that may be an expression alone.
        followed, alone: where the next word may go on, and where it cannot.
    """

    __slots__ = ("_all", "alone", "followed", "opening", "standing")

    def __init__(self, *rules: Starts) -> None:
        self._all = rules
        self.opening = frozenset[str]().union(*(rule.classes for rule in rules))
        self.standing = frozenset[str]().union(*(rule.alone for rule in rules))
        self.followed = _Table((rule.classes, rule) for rule in rules)
        self.alone = _Table((rule.alone, rule) for rule in rules)

    def __add__(self, other: Iterable[Starts]) -> Rules:
        """These rules and further ones after them."""
        return Rules(*self._all, *other)
