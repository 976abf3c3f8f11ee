"""The records that a reading is made of: frozen, slotted, with spans in code points.

The JSON form (``Reading.to_dict``) is the contract of ``docs/reading.md``. A span is ``(start, end)``,
half-open, in code points of ``Reading.text``. ``None`` means *not found*, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any, Literal

Span = tuple[int, int]

Form = Literal["direct", "indirect", "mixed"]
EntityKind = Literal["person", "organisation", "group", "place", "office", "document", "unnamed"]
MediumKind = Literal[
    "audio", "video", "statement", "interview", "press conference", "speech", "post", "report", "letter", "other"
]
Role = Literal["outlet", "relay", "publisher", "medium", "speaker"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Toll = Literal["killed", "injured", "detained", "displaced", "missing"]
PlaceKind = Literal["country", "region", "city", "site", "other"]
Status = Literal["unverified", "verified", "denied", "no-comment", "unclaimed"]

ACTS = (
    "say", "announce", "confirm", "deny", "accuse", "condemn", "praise", "warn", "threaten", "call", "demand",
    "ask", "promise", "express", "claim",
)  # fmt: skip
STATUSES = ("unverified", "verified", "denied", "no-comment", "unclaimed")
FORMS = ("direct", "indirect", "mixed")
TOLLS = ("killed", "injured", "detained", "displaced", "missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What one value of a statement rests on.

    Attributes:
        slot: the field it explains (``cue``, ``content``, ``speaker`` ...).
        rule: name of the rule or model that decided.
        row: the lexicon row, as ``table:key``, or None.
        score: log-odds of the decision over the next best one, or None where a rule decided.
    """

    slot: str
    rule: str
    row: str | None = None
    score: float | None = None


@lru_cache(maxsize=4096)
def evidence(slot: str, rule: str, row: str | None = None) -> Evidence:
    """An ``Evidence`` without a score; equal ones are one record, for most rules and rows come again and again."""
    return Evidence(slot=slot, rule=rule, row=row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something about the input that the user should know (``code`` is stable, ``text`` is for people)."""

    code: str
    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One input, as given.

    Attributes:
        id: given id, else a hash of the content.
        text: exactly what was read; all spans of the reading point into it.
        published: ISO 8601 date (``2016-11-03``) or None.
        moment: the same with the hour (``2016-11-03T14:05+03:00``), where the input gives one, for the ledger.
        source: path or name of the input, for messages.
        raw: the bytes that the text was taken from, for the ledger.
    """

    text: str
    id: str = ""
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    source: str | None = None
    notes: tuple[Note, ...] = ()
    moment: str | None = None
    raw: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One person, organisation, group, place, office, document or unnamed source of an article."""

    id: str
    kind: EntityKind
    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    ids: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A speaker or an addressee: the mention as written (None for a pronoun or a bare verb) and who it is."""

    span: Span | None
    entity: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """The message or occasion in which something was said."""

    span: Span
    kind: MediumKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link of a chain, from the article (first) to the speaker (last)."""

    role: Role
    span: Span | None = None
    entity: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One attribution relation (PARC 3): content, cue, speaker (their *source*), and how it came to the article."""

    id: str
    form: Form
    cue: Span
    content: tuple[Span, ...]
    speaker: Party | None
    addressee: Party | None = None
    medium: Medium | None = None
    chain: tuple[Link, ...] = ()
    time: str | None = None
    place: str | None = None
    act: str = "say"
    stance: str = "neutral"
    anonymous: bool = False
    verification: str | None = None
    labels: tuple[str, ...] = ()
    confidence: float | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a verification is about: words of the article, and the statements whose medium or content it concerns."""

    span: Span | None
    medium_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """A passage in which the article says how far something has been checked, answered or owned up to."""

    id: str
    span: Span
    status: Status
    by: Party | None = None
    target: Target | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """One time expression with its TIMEX3 value (TimeML; ISO 24617-1).

    Attributes:
        type: ``DATE``, ``TIME``, ``DURATION`` or ``SET``.
        value: ``2016-11-03``, ``2016-W44``, ``P2Y``, ``PAST_REF`` ...; the grain is the one that was said.
        mod: ``START``, ``MID``, ``END``, ``APPROX``, ``MORE_THAN`` ..., or None.
        begin, end: first and last day that a date covers (ISO 8601), or None.
        until: id of the time that ends the range which this one begins, or None.
    """

    id: str
    span: Span
    type: TimeType
    value: str
    mod: str | None = None
    begin: str | None = None
    end: str | None = None
    until: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """An amount in a canonical unit: UCUM (``m``, ``kg``, ``m2``, ``m3``, ``Cel`` ...), ISO 4217 for money, ``%``."""

    unit: str
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """How many or how much, as the article says it.

    Attributes:
        span: the number with its bound and with what is counted.
        value: the number; None where only bounds are said (``more than``, ``tens of``, ``between``).
        low, high: inclusive bounds, None where open.
        of: what is counted, as written next to the number; None where it stands elsewhere or nowhere.
        unit: code of the unit as said (UCUM, ISO 4217, ``%``), or None.
        canonical: the same in a canonical unit, or None.
        toll: what became of the people counted: killed, injured, detained, displaced, missing; or None.
        party: the side the people counted belong to: a class such as ``civilians`` or the ISO 3166-1 code of their
            nationality, where the counted noun says so; or None.
    """

    span: Span
    value: int | float | None = None
    low: int | float | None = None
    high: int | float | None = None
    of: Span | None = None
    unit: str | None = None
    canonical: Measure | None = None
    toll: Toll | None = None
    party: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that an article names: its first mention, and what it is.

    Attributes:
        span: the first mention, without prepositions and conjunctions written to it.
        name: as the press writes it; as the article does where the gazetteer does not list it.
        country: ISO 3166-1 alpha-2; None for seas, disputed places, regions over several countries, and where unknown.
        kind: governorates, states and districts are regions; quarters, mountains, rivers and seas are ``other``.
        latitude, longitude: degrees (WGS 84) of the gazetteer, or None.
        geonames: number at GeoNames, or None.
        entity: id of the entity of kind place with all mentions, or None where no entities were made.
        basis: how the country was found: ``listed`` (the name has one country), ``chosen`` (among namesakes),
            ``context`` (an unlisted name: by what the article names around it), or None.
        precision: what the coordinates are the centre of: ``country``, ``region`` (also waters and mountains) or
            ``place`` (a town or a site); None without coordinates.
    """

    span: Span
    name: str
    country: str | None
    kind: PlaceKind
    latitude: float | None = None
    longitude: float | None = None
    geonames: int | None = None
    entity: str | None = None
    basis: Literal["listed", "chosen", "context"] | None = None
    precision: Literal["country", "region", "place"] | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the reader made of one article; see ``docs/reading.md``."""

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str = "ar"
    reader: dict[str, str] = field(default_factory=dict)
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    verifications: tuple[Verification, ...] = ()
    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    places: tuple[Place, ...] = ()
    events: tuple[Any, ...] = ()
    notes: tuple[Note, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The reading as plain JSON values, in the form of the contract."""
        plain: dict[str, Any] = to_plain(self)
        return plain

    def entity(self, key: str | None) -> Entity | None:
        """The entity with id ``key``, or None."""
        return next((e for e in self.entities if e.id == key), None)

    def _repr_html_(self) -> str:
        """The reading as a fragment of HTML, for notebooks."""
        from musnad.show.html import fragment

        return fragment(self)


def to_plain(value: Any) -> Any:
    """Records → dicts, tuples → lists, recursively; plain values stay."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if issubclass(kind, (tuple, list)):
        return [v if type(v) in _PLAIN else to_plain(v) for v in value]
    if issubclass(kind, dict):
        return {k: to_plain(v) for k, v in value.items()}
    names = _names(kind)
    if names is None:
        return value
    found = {}
    for name in names:
        v = getattr(value, name)
        found[name] = v if type(v) in _PLAIN else to_plain(v)
    return found


_PLAIN = frozenset((str, int, float, bool, type(None)))


@lru_cache(maxsize=64)
def _names(kind: type) -> tuple[str, ...] | None:
    """The fields of a record, or None where it is none."""
    return tuple(f.name for f in fields(kind)) if hasattr(kind, "__dataclass_fields__") else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceStep:
    """One decision on the way to a statement, for ``musnad explain``.

    Attributes:
        slot: the field decided (``cue``, ``content``, ``speaker`` ...).
        rule: name of the rule or model.
        row: the lexicon row, as ``table:key``, or None.
        span: what was chosen, or None.
        score: log-odds over the best rival.
        features: the features that weighed most, with their weights, heaviest first.
        rivals: the other candidates with their scores, best first.
    """

    slot: str
    rule: str
    row: str | None = None
    span: Span | None = None
    score: float | None = None
    features: tuple[tuple[str, float], ...] = ()
    rivals: tuple[tuple[Span | None, float], ...] = ()
