"""What the ledger compares: statements and articles in the short form that grouping, counting and alarms work on.

Made from readings (``docs/reading.md``); the nouns are those of ``docs/ledger.md``. Offsets are code points of the
article's own text.
"""

from __future__ import annotations

from dataclasses import dataclass

from musnad.types import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One link of a chain: who, in which role.

    Attributes:
        role: ``outlet``, ``relay``, ``publisher``, ``medium`` or ``speaker``.
        name: as the article names it, or None.
        key: key of the entity across articles (``settle.keys``), or None.
        unnamed: whether it is an unnamed source.
        kind: of a medium, what it is (``types.MediumKind``; ``document`` for a written statement); of an outlet,
            ``told`` where the words were said to it; of a relay, ``press`` where it means reports
            in general; else None.
        rule: how it is known: ``named`` with the statement, ``carried`` on from an earlier statement, ``credit`` of the
            whole article, or ``lead``, the words before the content.
    """

    role: str
    name: str | None = None
    key: str | None = None
    unnamed: bool = False
    kind: str | None = None
    rule: str = "named"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One statement of one article.

    Attributes:
        statement: its id in the ledger, ``ARTICLE#s3``.
        article: id of its article, as the input gave it, else a hash of the text.
        outlet, published: of the article; ``published`` is its day (ISO 8601) or None.
        moment: the day with the hour, where it is known (``keep.moments``), or None.
        form, act: as in the reading.
        anonymous: whether the source is unnamed.
        words: the content as the article writes it, pieces joined by a space.
        content: the spans of these pieces.
        tokens: the folded words of the content, in order, without marks.
        quoted: for each token whether it stands in quotation marks.
        voice: key of the speaker, or None.
        names: all names of the speaker in the article, the fullest first.
        office: key of the office that the speaker holds, where the article says which, or None.
        country: ISO 3166-1 alpha-2 of the state that the speaker holds an office of or is a body of, or None.
        chain: from the outlet to the speaker.
        time: when it was said (TIMEX3), or None.
        status: of the verification that concerns it, or None.
        confidence: of the reading, 0 to 1, or None.
    """

    statement: str
    article: str
    outlet: str | None = None
    published: str | None = None
    moment: str | None = None
    form: str = "indirect"
    act: str = "say"
    anonymous: bool = False
    words: str = ""
    content: tuple[Span, ...] = ()
    tokens: tuple[str, ...] = ()
    quoted: tuple[bool, ...] = ()
    voice: str | None = None
    names: tuple[str, ...] = ()
    office: str | None = None
    country: str | None = None
    chain: tuple[Source, ...] = ()
    time: str | None = None
    status: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One article as copies are looked for.

    Attributes:
        article: its id.
        outlet, published, moment, title: as given, or None.
        text: its text.
    """

    article: str
    text: str
    outlet: str | None = None
    published: str | None = None
    moment: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyMember:
    """One article of a copy group: its relation to the group's text, and whether the text began there."""

    article: str
    relation: str
    origin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyGroup:
    """Articles that are one text: ``verbatim``, ``edited``, ``partial`` or ``contains`` (a round-up)."""

    id: str
    members: tuple[CopyMember, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two versions: its class, and the words before and after."""

    kind: str
    was: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All differences between two versions of a saying, by their statement ids."""

    before: str
    after: str
    changes: tuple[Change, ...]

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes that occur, each once, in order."""
        return tuple(dict.fromkeys(c.kind for c in self.changes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """The words of one voice on one occasion, as several articles report them.

    Attributes:
        id: of its first version.
        voice: key of the speaker, or None; ``name``: the fullest name known.
        versions: in the order of publication.
        differences: between each version and the one that it is compared with.
    """

    id: str
    voice: str | None
    name: str | None
    versions: tuple[Version, ...]
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One named place where the chains of a saying end: its versions, and why they are one origin."""

    name: str
    versions: tuple[str, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Independence:
    """How many independent origins a saying has: at least, at most, and which.

    Attributes:
        at_least: named origins that nothing connects.
        at_most: these and every lineage that could be separate.
        origins: the lineages of the upper bound; where several may be one, their reasons say so.
        unnamed: lineages that name nobody (*media reports*); they raise neither bound.
    """

    at_least: int
    at_most: int
    origins: tuple[Origin, ...] = ()
    unnamed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One dated report that a saying was checked, confirmed or denied: a line of its history.

    Attributes:
        status: ``unverified``, ``verified``, ``denied``, ``no-comment``, ``unclaimed``, ``confirmed`` or ``changed``.
        by: who checked or answered, or None.
        article: that reports it; ``date``: of its publication, ISO 8601, or None.
        statement: the version that it concerns.
        text: the words of the article that say so, or "".
    """

    status: str
    by: str | None
    article: str
    date: str | None
    statement: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something about a saying or an article that a reader should look at."""

    kind: str
    text: str
    articles: tuple[str, ...]
    saying: str | None = None
