"""What people decided, and what follows from it: corrected statements, and groups joined or parted by hand.

Decisions are only ever added; one that takes another back is a decision itself (``undo``) and can be taken back too.
Those that hold are replayed, in order, over whatever the newest readings say. A statement is known again by its place
and its words, since a new reading may number it otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import combinations, product
from typing import Any

from musnad.keep.records import Source, Version
from musnad.types import Span

VERBS = ("accept", "correct", "merge", "split", "undo")
FIELDS = ("speaker", "act", "form", "status", "anonymous", "said", "statement")
"""What of a statement can be corrected; ``statement`` is whether it is one at all."""
Told = tuple[int, tuple[Span, ...], str]
"""Number, spans and words of a statement."""
_ALIKE = 0.5  # share of words by which a statement is known again in another reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision.

    Attributes:
        id: its number; later ones are greater.
        verb: one of ``VERBS``.
        target: what it is about: id of a statement, key of a voice, number of a decision.
        value: what was decided (see ``keep.deciding``), and a ``note``.
        by, made: who decided, and when (ISO 8601, UTC).
    """

    id: int
    verb: str
    target: str
    value: Mapping[str, Any]
    by: str
    made: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A statement as it was when somebody decided on it: its article, number, spans and words."""

    article: str
    number: int
    content: tuple[Span, ...]
    words: str

    def plain(self) -> dict[str, Any]:
        """The anchor as it is kept in a decision."""
        spans = [list(span) for span in self.content]
        return {"article": self.article, "number": self.number, "content": spans, "words": self.words}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What belongs together, and what (``apart``) belongs to none of it: ids of statements or keys of voices."""

    together: tuple[str, ...]
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """Decisions on statements, ready to be laid over readings.

    Attributes:
        fixes: article → its decisions in order, each with the statement and the fields that it sets.
        sayings: the decisions on sayings: statements that are one saying, and statements that are of another.
    """

    fixes: Mapping[str, tuple[tuple[Decision, Anchor], ...]] = field(default_factory=dict)
    sayings: tuple[tuple[tuple[Anchor, ...], tuple[Anchor, ...]], ...] = ()

    def articles(self) -> set[str]:
        """The articles of all statements in decisions on sayings."""
        return {anchor.article for sides in self.sayings for side in sides for anchor in side}

    def of(self, article: str, told: Sequence[Told]) -> dict[int, list[Decision]]:
        """Number of a statement → the decisions on it, for the statements of one article as it was read."""
        found: dict[int, list[Decision]] = defaultdict(list)
        for decision, anchor in self.fixes.get(article, ()):
            number = known_again(anchor, told)
            if number is not None:
                found[number].append(decision)
        return found

    def corrected(self, versions: tuple[Version, ...]) -> tuple[Version, ...]:
        """The statements of one article as people have corrected them; without those that are none."""
        if not versions or versions[0].article not in self.fixes:
            return versions
        fixes = self.of(versions[0].article, [told_of(v) for v in versions])
        found = []
        for version in versions:
            values = fields(fixes.get(number_of(version.statement), ()))
            if values.get("statement", True):
                found.append(fixed(version, values))
        return tuple(found)

    def rulings(self, versions: Iterable[Version]) -> tuple[Ruling, ...]:
        """The decisions on sayings for the statements among ``versions``, by their ids at present."""
        mine = self.articles()
        told: dict[str, list[Told]] = defaultdict(list)
        ids: dict[tuple[str, int], str] = {}
        for v in versions:
            if v.article in mine:
                told[v.article].append(told_of(v))
                ids[v.article, number_of(v.statement)] = v.statement

        def now(anchors: Iterable[Anchor]) -> tuple[str, ...]:
            found = ((a.article, known_again(a, told.get(a.article, ()))) for a in anchors)
            return tuple(ids[article, number] for article, number in found if number is not None)

        return tuple(Ruling(together=now(together), apart=now(apart)) for together, apart in self.sayings)


def holding(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions that nobody has taken back, in order; those that take others back are left out."""
    undone: set[int] = set()
    for decision in reversed(decisions):
        if decision.verb == "undo" and decision.id not in undone:
            undone.add(int(decision.target))
    return tuple(d for d in decisions if d.verb != "undo" and d.id not in undone)


def overlay_of(decisions: Iterable[Decision]) -> Overlay:
    """What decisions that hold say of statements and sayings."""
    fixes: dict[str, list[tuple[Decision, Anchor]]] = defaultdict(list)
    sayings = []
    for decision in decisions:
        if decision.value.get("of") == "statement":
            anchor = anchor_of(decision.value["at"])
            fixes[anchor.article].append((decision, anchor))
        elif decision.value.get("of") == "saying":
            sides = (tuple(map(anchor_of, decision.value.get(side, ()))) for side in ("together", "apart"))
            sayings.append(tuple(sides))
    return Overlay(fixes={key: tuple(own) for key, own in fixes.items()}, sayings=tuple(sayings))  # type: ignore[arg-type]


def voice_rulings(decisions: Iterable[Decision]) -> tuple[Ruling, ...]:
    """What decisions that hold say of voices, by their keys."""
    return tuple(
        Ruling(together=tuple(d.value.get("together", ())), apart=tuple(d.value.get("apart", ())))
        for d in decisions
        if d.value.get("of") == "voice"
    )


def anchor_of(plain: Mapping[str, Any]) -> Anchor:
    """The anchor that ``Anchor.plain`` gave."""
    content = tuple((int(a), int(b)) for a, b in plain["content"])
    return Anchor(
        article=str(plain["article"]), number=int(plain["number"]), content=content, words=str(plain["words"])
    )


def anchor_at(version: Version) -> Anchor:
    """The anchor of a statement."""
    return Anchor(
        article=version.article, number=number_of(version.statement), content=version.content, words=version.words
    )


def known_again(anchor: Anchor, told: Iterable[Told]) -> int | None:
    """The number of the statement that somebody decided on, among those of its article, or None."""
    best: tuple[float, bool, bool] = (_ALIKE, False, False)
    found = None
    mine = anchor.words.split()
    for number, content, words in told:
        alike = 1.0
        if words != anchor.words:
            alike = SequenceMatcher(None, mine, words.split(), autojunk=False).ratio()
        rank = (alike, content == anchor.content, number == anchor.number)
        if rank > best:
            best, found = rank, number
    return found


def fields(decisions: Iterable[Decision]) -> dict[str, Any]:
    """What decisions set, the later ones over the earlier."""
    found: dict[str, Any] = {}
    for decision in decisions:
        found |= decision.value["set"]
    return found


def fixed(version: Version, values: Mapping[str, Any]) -> Version:
    """``version`` with the fields of ``values`` that concern it (``voice``, ``act``, ``form`` ...)."""
    given = {name: values[name] for name in ("act", "form", "status", "anonymous") if name in values}
    if "said" in values:
        given["time"] = values["said"]
    if "voice" in values:
        key, name = values["voice"], values["name"]
        same = key is not None and key == version.voice
        given |= {"voice": key, "names": version.names if same else (name,) if name else ()}
        if not same:
            given["chain"] = (*(s for s in version.chain if s.role != "speaker"), _speaker(values))
    return replace(version, **given)


def _speaker(values: Mapping[str, Any]) -> Source:
    return Source(
        role="speaker", name=values["name"], key=values["voice"], unnamed=bool(values.get("anonymous")), rule="decided"
    )


def regrouped(parts: Iterable[Sequence[str]], rulings: Sequence[Ruling]) -> list[list[str]]:
    """Groups as decisions make them of what rules made.

    Two that a decision joined are joined unless a later one parted them. What rules joined stays joined unless a
    decision parted it; of a group that was parted, others stay with those that come first.

    Args:
        parts: groups of ids; no id is in two.
        rulings: in the order in which they were decided.
    """
    parts = [list(part) for part in parts]
    here = {one for part in parts for one in part}
    pairs: dict[tuple[str, str], bool] = {}
    for ruling in rulings:
        together = [one for one in ruling.together if one in here]
        apart = [one for one in ruling.apart if one in here]
        for a, b in combinations(dict.fromkeys(together), 2):
            pairs.pop(_pair(a, b), None)  # the last decision counts, and comes last
            pairs[_pair(a, b)] = True
        for a, b in product(together, apart):
            pairs.pop(_pair(a, b), None)
            pairs[_pair(a, b)] = False
    touched = {one for pair in pairs for one in pair}
    clusters = _Clusters({pair for pair, same in pairs.items() if not same})
    for (a, b), same in reversed(pairs.items()):
        if same:
            clusters.join(a, b)
    for part in parts:
        if touched.isdisjoint(part):
            for one in part[1:]:
                clusters.join(part[0], one)
            continue
        for n, one in enumerate(part):
            any(clusters.join(other, one) for other in part[:n])
    groups: dict[str, list[str]] = {}
    for part in parts:
        for one in part:
            groups.setdefault(clusters.home(one), []).append(one)
    return list(groups.values())


class _Clusters:
    """Groups that grow, and never hold two that are to be apart."""

    def __init__(self, apart: set[tuple[str, str]]) -> None:
        self._foes: dict[str, set[str]] = defaultdict(set)
        for a, b in apart:
            self._foes[a].add(b)
            self._foes[b].add(a)
        self._home: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}

    def home(self, one: str) -> str:
        """The name of the group that ``one`` is in."""
        return self._home.get(one, one)

    def join(self, a: str, b: str) -> bool:
        """Join the groups of two, unless some of them are to be apart; whether they are one now."""
        mine, other = self.home(a), self.home(b)
        if mine == other:
            return True
        ours, theirs = self._members.get(mine, [mine]), self._members.get(other, [other])
        if self._foes and any(not self._foes[one].isdisjoint(theirs) for one in ours if one in self._foes):
            return False
        self._members[mine] = [*ours, *theirs]
        for one in (mine, *theirs):
            self._home[one] = mine
        return True


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def told_of(version: Version) -> Told:
    """What a statement is known again by."""
    return number_of(version.statement), version.content, version.words


def number_of(statement: str) -> int:
    """The number in the id of a statement."""
    return int(statement.rpartition("#s")[2])
