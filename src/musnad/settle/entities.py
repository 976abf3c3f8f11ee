"""One entity for each person, group, office and document that an article names in a slot of a statement.

Mentions are taken in reading order. A mention joins the latest entity whose words contain its own (or are
contained in them): full names, short names, titles and roles fall together this way. Where no mention stands,
``settle.carry`` says whose words they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from musnad.find.context import Context
from musnad.find.frames import enclosing
from musnad.find.relays import press
from musnad.find.slots import Slots
from musnad.model.maxent import Weights, decide
from musnad.settle import carry
from musnad.settle.heads import number_and_gender, style_of
from musnad.settle.names import closed, core, name_part, words_of
from musnad.settle.topics import Topic, in_full, in_office, topics
from musnad.types import Entity, EntityKind, Span

_KINDS: tuple[tuple[str, EntityKind], ...] = (
    ("agency", "organisation"), ("outlet", "organisation"), ("group", "group"), ("organisation", "organisation"),
    ("document", "document"), ("medium", "document"), ("country", "place"),
)  # fmt: skip


@dataclass(slots=True)
class _Draft:
    """An entity while it is being put together."""

    kind: EntityKind
    words: set[str]
    mentions: list[tuple[int, int]]
    names: list[tuple[int, int]] = field(default_factory=list)
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Resolved:
    """Entities and, for each statement, the number of the entity in each slot (None where there is none).

    ``margins`` holds the log-odds of carried-over speakers, None where a mention stands; ``relay_spans`` the tokens
    of the relays; ``outers`` the numbers of the statements that each is nested in (``find.frames.enclosing``).
    """

    entities: tuple[Entity, ...]
    speakers: tuple[int | None, ...]
    addressees: tuple[int | None, ...]
    relays: tuple[int | None, ...]
    anonymous: tuple[bool, ...]
    margins: tuple[float | None, ...]
    relay_spans: tuple[tuple[int, int] | None, ...]
    outers: tuple[tuple[int, ...], ...]
    publishers: tuple[int | None, ...]

    def only(self, numbers: Sequence[int]) -> Resolved:
        """The same entities with the statements of ``numbers`` alone."""
        now = {n: k for k, n in enumerate(numbers)}
        return Resolved(
            self.entities,
            tuple(self.speakers[n] for n in numbers),
            tuple(self.addressees[n] for n in numbers),
            tuple(self.relays[n] for n in numbers),
            tuple(self.anonymous[n] for n in numbers),
            tuple(self.margins[n] for n in numbers),
            tuple(self.relay_spans[n] for n in numbers),
            tuple(tuple(now[k] for k in self.outers[n] if k in now) for n in numbers),
            tuple(self.publishers[n] for n in numbers),
        )


def resolve(
    ctx: Context,
    slots: Sequence[Slots],
    pairs: Sequence[tuple[tuple[int, int], tuple[int, int]]],
    models: Mapping[str, Weights],
) -> Resolved:
    """Resolve the mentions of ``slots``; ``pairs`` are token ranges that the text equates (``find.aliases``)."""
    drafts: list[_Draft] = []
    aliases = [(words_of(ctx, *a), words_of(ctx, *b), a, b) for a, b in pairs]
    speakers: list[int | None] = []
    addressees: list[int | None] = []
    relays: list[int | None] = []
    spans: list[tuple[int, int] | None] = [s.relay or press(ctx, s.addressee) or press(ctx, s.medium) for s in slots]
    publishers: list[int | None] = []
    anonymous: list[bool] = []
    margins: list[float | None] = []
    turns: list[carry.Turn] = []
    names = topics(ctx)
    outers = enclosing([s.frame for s in slots])
    last_bare = max([n for n, s in enumerate(slots) if s.speaker is None], default=-1)
    for number, s in enumerate(slots):
        margin, unnamed = None, s.anonymous
        if s.speaker is not None:
            who: int | None = _issuer(ctx, slots, speakers, number)
            if who is None:
                who = _enter(ctx, drafts, s.speaker, aliases, unnamed, heard=speakers, names=names)
            elif s.speaker not in drafts[who].mentions:
                drafts[who].mentions.append(s.speaker)
        else:
            seen = [carry.seen_from(t, s.frame) for t in turns[-_TURNS:]]
            found, values = carry.described(ctx, s.frame, seen, names)
            choice = decide(carry.scores(found, values, models["carry"]))
            chosen = found[choice.index - 1] if choice.index else None
            who = chosen.who if isinstance(chosen, carry.Turn) else None
            if isinstance(chosen, Topic):
                who = _enter(ctx, drafts, chosen.range, aliases, unnamed, names=names)
            margin = choice.margin
            unnamed = drafts[who].anonymous if who is not None else unnamed
        if who is not None:
            if number < last_bare:  # what nobody after it can take up is no turn
                earlier = turns[-_TURNS:]
                turns.append(carry.turn(ctx, s.frame, who, s.speaker, nested=bool(outers[number]), earlier=earlier))
            if s.speaker is not None and unnamed:
                drafts[who].anonymous = True
        speakers.append(who)
        anonymous.append(unnamed)
        margins.append(margin)
        for mention, role in ((s.addressee, addressees), (spans[number], relays), (s.publisher, publishers)):
            role.append(_enter(ctx, drafts, mention, aliases, False) if mention else None)
    for _, _, a, b in aliases:
        first = _enter(ctx, drafts, a, aliases, False)
        if b not in drafts[first].mentions:
            drafts[first].mentions.append(b)
    return Resolved(
        tuple(_entity(ctx, n, d) for n, d in enumerate(drafts)),
        tuple(speakers), tuple(addressees), tuple(relays), tuple(anonymous), tuple(margins),
        tuple(spans), outers, tuple(publishers),
    )  # fmt: skip


def _issuer(ctx: Context, slots: Sequence[Slots], speakers: Sequence[int | None], number: int) -> int | None:
    """Who issued the document that speaks in statement ``number``: the speaker of an earlier statement made in it.

    Only for a document that is named by its bare head (*the statement said*); None for all other speakers.
    """
    mention = slots[number].speaker
    if mention is None or mention[1] - mention[0] > 1:
        return None
    head = ctx.tags[mention[0]]
    if head is None or not head.definite or not head.lexical & {"medium", "document"}:
        return None
    words = words_of(ctx, *mention)
    for k in range(number - 1, -1, -1):
        medium = slots[k].medium
        if medium is not None and speakers[k] is not None and words & words_of(ctx, *medium):
            return speakers[k]
    return None


def _enter(
    ctx: Context,
    drafts: list[_Draft],
    mention: tuple[int, int],
    aliases: Sequence[tuple[frozenset[str], frozenset[str], tuple[int, int], tuple[int, int]]],
    anonymous: bool,
    *,
    heard: Sequence[int | None] = (),
    names: Sequence[Topic] = (),
) -> int:
    """The entity of ``mention``, a new one where none fits.

    ``heard`` are the speakers so far, ``names`` all names of the text: a role or a short name that no entity has
    yet joins the one whom the text names in full.
    """
    own = words_of(ctx, *mention)
    words = set(own)
    for a, b, _, _ in aliases:
        if words and words in (a, b):
            words |= a | b
            break
    head = core(ctx, *mention)
    name = name_part(ctx, *head) or (name_part(ctx, *mention) if head != mention else None)
    # clauses and appositions after the head say more than an earlier mention can have said
    n = _draft_of(words, drafts, anonymous)
    shorter = own if head == mention else words_of(ctx, *head)
    if n is None and shorter != words:
        n = _draft_of(shorter, drafts, anonymous)
    if n is not None:
        _join(drafts[n], mention, words, name)
        return n
    if (known := _meant_by_role(ctx, mention, name, drafts, heard)) is not None:
        drafts[known].mentions.append(mention)
        return known
    full = None if anonymous else _named_in_full(ctx, mention, head, name, shorter, names)
    if full is not None:
        n = _draft_of(full.words, drafts, False)
        if n is None:
            drafts.append(_Draft("person", set(full.words), []))
            n = len(drafts) - 1
        _join(drafts[n], full.range, full.words, full.name)
        _join(drafts[n], mention, words, name)
        return n
    kind = _kind(ctx, mention, name, anonymous)
    drafts.append(_Draft(kind, words, [mention], [name] if name else [], anonymous))
    return len(drafts) - 1


def _draft_of(words: Set[str], drafts: Sequence[_Draft], anonymous: bool) -> int | None:
    """The latest entity whose words contain ``words`` or are contained in them."""
    if not words:
        return None
    for n in range(len(drafts) - 1, max(-1, len(drafts) - 1 - _DRAFTS), -1):
        known = drafts[n].words
        if (words <= known or known <= words) and (anonymous == drafts[n].anonymous or words == known):
            return n
    return None


def _join(draft: _Draft, mention: tuple[int, int], words: Set[str], name: tuple[int, int] | None) -> None:
    """Add a mention to an entity."""
    draft.words |= words
    if mention not in draft.mentions:
        draft.mentions.append(mention)
    if name:
        draft.names.append(name)


def _named_in_full(
    ctx: Context,
    mention: tuple[int, int],
    head: tuple[int, int],
    name: tuple[int, int] | None,
    words: frozenset[str],
    names: Sequence[Topic],
) -> Topic | None:
    """Where the text names in full the one whom ``mention`` names by a role or in short; ``words`` are its head's."""
    t = ctx.tags[mention[0]]
    if t is not None and mention[1] - mention[0] == 1 and (styles := style_of(t)):
        before = [n for n in names if n.name is not None and n.first < mention[0]]
        return next((n for n in reversed(before) if n.words & styles), None)
    if t is None or (name is None and "title" not in t.lexical and head[1] - head[0] > 1):
        return None
    length = name[1] - name[0] if name else 0
    found = in_full(words, mention[0], names, longer_than=length)
    if found is None and name is None and "title" in t.lexical and not t.proclitic:
        return in_office(ctx, *head, names)
    return found


def _meant_by_role(
    ctx: Context,
    mention: tuple[int, int],
    name: tuple[int, int] | None,
    drafts: Sequence[_Draft],
    heard: Sequence[int | None],
) -> int | None:
    """The latest speaker, where a definite role without a name (*the minister*, *the official*) can only mean him."""
    head = ctx.tags[mention[0]]
    if name is not None or head is None or head.proclitic or mention[1] - mention[0] > _ROLE:
        return None
    if mention[1] - mention[0] == 1 and (styles := style_of(head)):
        return _meant_by_style(ctx, styles, drafts, heard)
    if not head.definite or not head.lexical & {"title", "anonymous"}:
        return None
    gender, number = number_and_gender(ctx, mention)
    generic = "anonymous" in head.lexical
    for who in reversed(heard[-_BACK:]):
        if who is None or drafts[who].kind not in ("person", "unnamed", "office"):
            continue
        draft = drafts[who]
        if draft.kind == "person":
            if number == "s" and (generic or not _titled(ctx, draft)):
                return who
        elif generic and (gender, number) == number_and_gender(ctx, draft.mentions[0]):
            return who
    return None


def _titled(ctx: Context, draft: _Draft) -> bool:
    return any("title" in t.lexical for m in draft.mentions for t in ctx.tags[m[0] : m[1]] if t is not None)


def _meant_by_style(
    ctx: Context, styles: Set[str], drafts: Sequence[_Draft], heard: Sequence[int | None]
) -> int | None:
    """The latest speaker who is given one of the ``styles`` in the text, else the latest person who spoke."""
    persons = [who for who in reversed(heard) if who is not None and drafts[who].kind in ("person", "office")]
    styled = (who for who in persons if drafts[who].words & styles)
    return next(styled, persons[0] if persons else None)


_ROLE, _BACK = 3, 3
# How far back is looked: more than any article needs, so that time stays linear in the text.
_TURNS, _DRAFTS = 60, 400


def _kind(ctx: Context, mention: tuple[int, int], name: tuple[int, int] | None, anonymous: bool) -> EntityKind:
    if anonymous:
        return "unnamed"
    head = ctx.tags[mention[0]]
    if name is not None and (head is None or not head.lexical & {"organisation", "head", "agency", "outlet", "group"}):
        return "person"
    if head is None:
        return "organisation"
    if "title" in head.lexical:
        return "person" if name else "office"
    return next(
        (kind for name_, kind in _KINDS if name_ in head.lexical),
        "person" if head.lexical & {"given"} else "organisation",
    )


def _entity(ctx: Context, number: int, draft: _Draft) -> Entity:
    spans: list[Span] = sorted({ctx.bare_span(*closed(ctx, *m)) for m in draft.mentions})
    source = ctx.words.source
    if draft.names and draft.kind == "person":
        best = max(draft.names, key=lambda r: (r[1] - r[0], -r[0]))
    else:
        cores = [core(ctx, *m) for m in draft.mentions]
        best = max(cores, key=lambda r: (min(r[1] - r[0], 6), -r[0]))
    name = ctx.spelt(*closed(ctx, *best))
    aliases = dict.fromkeys(source[s:e] for s, e in spans if source[s:e] != name)
    return Entity(id=f"e{number + 1}", kind=draft.kind, name=name, aliases=tuple(aliases), mentions=tuple(spans))
