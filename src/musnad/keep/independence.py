"""Through how many independent origins a saying came, as an interval with the reason of each merge.

The chains of all versions form a graph. Lineages are merged for good where the graph shows them to be one (one text,
one relay, one document, post or recording, one newsroom): that lowers the upper bound. They are connected, without
being one for sure, where they share an occasion that several parties may have attended, or where one text holds a
part of another and may have the words from elsewhere: that lowers the lower bound only. Ten outlets with one agency's
story are one origin; two agencies at one press conference are one or two. Unnamed lineage (*media reports*) raises
neither bound.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from musnad.keep.lineage import GENERAL, WRITTEN
from musnad.keep.records import CopyGroup, Independence, Origin, Saying, Source, Version
from musnad.lexicon.authority import name_words
from musnad.lexicon.press import family_of, is_head, name_of, press_id
from musnad.read.fold import fold_word

_RECORDS = frozenset((WRITTEN, "post", "audio", "video", "letter", "report"))
"""Media that exist once: whoever quotes them has the words from the same thing."""
_PAPER = frozenset((WRITTEN, "letter", "report"))
_OCCASIONS = frozenset(("press conference", "speech", "interview"))
_ONE_TEXT = frozenset(("verbatim", "edited"))


@dataclass(frozen=True, slots=True)
class _Lineage:
    """What the chain of one version says about where its words came from.

    Attributes:
        relays: who passed the words on: identity → name.
        press: the relays that are outlets or agencies.
        unnamed: what stands for a relay that is not named, or None.
        outlet: identity of the article's own outlet, or of the article where it is unknown.
        records, occasions: kinds of media → their names.
        published: identity of the outlet or agency that speaks in the version itself, or None.
        firm: whether a named party of the press is known to have got the words itself.
    """

    relays: Mapping[str, str]
    press: frozenset[str]
    unnamed: str | None
    outlet: str
    records: Mapping[str, str]
    occasions: Mapping[str, str]
    published: str | None
    firm: bool


class _Union:
    """Sets of versions that grow together, with the reasons."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self.reasons: list[tuple[int, str]] = []

    def find(self, i: int) -> int:
        while self._parent[i] != i:
            i = self._parent[i]
        return i

    def join(self, i: int, j: int, reason: str | None = None) -> None:
        a, b = sorted((self.find(i), self.find(j)))
        self._parent[b] = a
        if reason is not None:
            self.reasons.append((i, reason))


def independence(saying: Saying, *, copies: Sequence[CopyGroup] = ()) -> Independence:
    """How many independent origins the versions of ``saying`` have.

    Args:
        saying: with versions whose chains come from ``keep.versions``.
        copies: the copy groups of the articles.

    Returns:
        The interval. 0 to 1 where every lineage is unnamed; 0 to 0 for a saying without versions.
    """
    versions = saying.versions
    if not versions:
        return Independence(at_least=0, at_most=0)
    lineages = [_lineage(v) for v in versions]
    same, linked = _Union(len(versions)), _Union(len(versions))
    _copied(versions, copies, same, linked)
    _shared(lineages, same, linked)
    for i in range(len(versions)):
        linked.join(i, same.find(i))
    named = [i for i, one in enumerate(lineages) if one.unnamed is None]
    unnamed = tuple(dict.fromkeys(one.unnamed for one in lineages if one.unnamed is not None))
    if not named:
        return Independence(at_least=0, at_most=1, unnamed=unnamed)
    firm = {linked.find(i) for i in named if lineages[i].firm}
    groups: dict[int, list[int]] = {}
    for i in range(len(versions)):
        groups.setdefault(same.find(i), []).append(i)
    counted = {same.find(i) for i in named}
    return Independence(
        at_least=max(1, len(firm)),
        at_most=len(counted),
        origins=tuple(
            _origin(versions, lineages, members, same, linked) for at, members in groups.items() if at in counted
        ),
        unnamed=unnamed,
    )


def _lineage(version: Version) -> _Lineage:
    relays: dict[str, str] = {}
    press: set[str] = set()
    records: dict[str, str] = {}
    occasions: dict[str, str] = {}
    unnamed: str | None = None
    published = None
    told = False
    outlet = family_of(press_id(version.outlet)) or _name_key(version.outlet) or f"article {version.article}"
    for link in version.chain:
        if link.role in ("relay", "publisher"):
            if link.kind == GENERAL:
                unnamed = link.name or "?"
            if link.unnamed or link.name is None:  # an unnamed person speaks to somebody: to the outlet itself
                continue
            identity = family_of(press_id(link.name, key=link.key))
            known = identity or link.key or _name_key(link.name) or "?"
            relays[known] = (name_of(identity) if identity else None) or link.name or known
            if identity is not None or link.role == "publisher" or is_head(fold_word(link.name.split()[0])):
                press.add(known)
        elif link.role == "medium" and link.kind is not None:
            (records if link.kind in _RECORDS else occasions)[link.kind] = link.name or link.kind
        elif link.role == "outlet":
            told = link.kind == "told"
        elif link.role == "speaker":
            published = _speaking(link, version)
    occasions = {kind: name for kind, name in occasions.items() if kind in _OCCASIONS}
    own = not relays and unnamed is None and (press_id(version.outlet) or "").startswith("agency/")
    firm = bool(press) or told or own or published is not None
    return _Lineage(relays, frozenset(press), None if relays else unnamed, outlet, records, occasions, published, firm)


def _speaking(link: Source, version: Version) -> str | None:
    """The outlet or agency that is itself the speaker."""
    names = (link.name, *version.names) if link.name else version.names
    if link.key is not None:
        return family_of(press_id(None, key=link.key))
    whole = names[0] if names else None
    return family_of(press_id(whole)) if whole is not None and len(name_words(whole)) <= 4 else None


def _name_key(name: str | None) -> str | None:
    return "-".join(name_words(name)) or None if name else None


def _copied(versions: Sequence[Version], copies: Iterable[CopyGroup], same: _Union, linked: _Union) -> None:
    """Versions of articles that are one text are one. Where one text holds a part of the other, they may be apart."""
    at: dict[str, list[int]] = {}
    for i, version in enumerate(versions):
        at.setdefault(version.article, []).append(i)
    for members in at.values():
        for i in members[1:]:
            same.join(members[0], i, "the same article")
    for group in copies:
        inside = [(m.relation, at[m.article][0]) for m in group.members if m.article in at]
        for union, wanted, reason in ((same, _ONE_TEXT, "one text"), (linked, None, "one text in part")):
            members = [i for relation, i in inside if wanted is None or relation in wanted]
            for i in members[1:]:
                if same.find(i) != same.find(members[0]):
                    union.join(members[0], i, f"{reason} (copy group {group.id})")


def _shared(lineages: Sequence[_Lineage], same: _Union, linked: _Union) -> None:
    """Join the lineages that meet in a relay, a medium, an outlet or an occasion."""
    seen: dict[Hashable, int] = {}

    def meet(union: _Union, i: int, key: Hashable, reason: str) -> None:
        first = seen.setdefault((id(union), key), i)
        if first != i:
            union.join(first, i, reason)

    owners = {one.outlet for one in lineages if _own(one)}
    for i, one in enumerate(lineages):
        for key, name in one.relays.items():
            taken = f"taken from {name}, which has it too" if key in owners else f"both came through {name}"
            meet(same, i, ("party", key), taken)
        if one.published is not None:
            meet(same, i, ("party", one.published), "both report what one outlet or agency published")
        if _own(one):
            meet(same, i, ("party", one.outlet), "one newsroom")
        for kind, name in one.records.items():
            meet(same, i, ("record", kind), f"one {kind}: {name}")
            if kind in _PAPER or kind == "post":
                meet(linked, i, ("record", "published"), "published by the speaker, perhaps one text")
            else:
                meet(linked, i, ("record", "recorded"), "recorded, perhaps one recording")
        for kind, name in one.occasions.items():
            meet(linked, i, ("occasion", kind), f"one {kind}: {name}")


def _own(one: _Lineage) -> bool:
    """Whether an article credits nobody: its outlet may itself have heard the words."""
    return not one.relays and one.unnamed is None and one.published is None


def _origin(
    versions: Sequence[Version], lineages: Sequence[_Lineage], members: Sequence[int], same: _Union, linked: _Union
) -> Origin:
    root = members[0]
    reasons = [reason for i, reason in same.reasons if same.find(i) == same.find(root)]
    at = linked.find(root)
    if any(linked.find(i) == at for i in range(len(versions)) if i not in members):
        reasons += [f"perhaps one with others: {reason}" for i, reason in linked.reasons if linked.find(i) == at]
    return Origin(
        name=_name(versions, lineages, members),
        versions=tuple(versions[i].statement for i in members),
        reasons=tuple(dict.fromkeys(reasons)),
    )


def _name(versions: Sequence[Version], lineages: Sequence[_Lineage], members: Sequence[int]) -> str:
    """The party nearest to the speaker that several versions name, else the record, else the outlet."""
    count: dict[str, int] = {}
    for i in members:
        for name in lineages[i].relays.values():
            count[name] = count.get(name, 0) + 1
    records = [name for i in members for name in lineages[i].records.values()]
    if count and not (records and len(members) > 1 and max(count.values()) == 1):
        return max(count, key=lambda name: count[name])
    if records:
        return records[0]
    first = versions[members[0]]
    return first.outlet or f"article {first.article}"
