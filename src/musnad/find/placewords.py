"""The words around names of places: class nouns, cues, bodies, capitals and other seats of government."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from musnad.lexicon.loader import rows
from musnad.read.fold import fold_word

WAW, FA, BA, LAM, KAF, ALIF = (chr(c) for c in (0x648, 0x641, 0x628, 0x644, 0x643, 0x627))
ARTICLE = ALIF + LAM
PREPOSITIONS = (BA, LAM, KAF)
CLITICS = frozenset((WAW, FA, *PREPOSITIONS))
_MOST_TYPES = 65_536


@dataclass(frozen=True, slots=True)
class ClassNoun:
    """A noun before names of places.

    Attributes:
        kind: of the place that follows.
        part: whether the noun belongs to the name (an airport).
        open: which unlisted names may follow: ``no``, ``rare``, ``yes``, ``any``; ``sure``: none, nor a
            listed one that is a common word too.
        several: whether it is a dual or a plural.
        row: its row, for evidence.
    """

    kind: str
    part: bool
    open: str
    several: bool
    row: str


@cache
def classes() -> Mapping[str, ClassNoun]:
    """Folded class noun → what it says."""
    found: dict[str, ClassNoun] = {}
    for row in rows("places/classes"):
        for column in ("noun", "plural"):
            for noun in row.all(column):
                one = ClassNoun(row["kind"], row["part"] == "yes", row["open"], column == "plural", row.id)
                found.setdefault(fold_word(noun), one)
    return MappingProxyType(found)


@cache
def cues() -> Mapping[str, str]:
    """Folded word before a place → its class (``in``, ``to``, ``at``, ``move``)."""
    return MappingProxyType({fold_word(r.key): r["class"] for r in rows("places/cues")})


@cache
def bodies() -> Mapping[str, str]:
    """Folded noun of a body → the scope in which a name after it is no place (``all``, ``towns``)."""
    return MappingProxyType({fold_word(n): r["scope"] for r in rows("places/bodies") for n in r.all("noun")})


@cache
def capitals() -> frozenset[str]:
    """Folded capitals and other seats, which may stand for their governments; none that is a country's name too."""
    found = {fold_word(n) for r in rows("names/countries") for n in r.all("capital")}
    found |= {fold_word(n) for r in rows("places/seats") for n in r.all("name")}
    return frozenset(found - countries())


@cache
def countries() -> frozenset[str]:
    """Folded names of countries."""
    found = {fold_word(n) for r in rows("names/countries") for n in (r["name"], *r.all("variants"))}
    return frozenset(found | {fold_word(n) for r in rows("places/countries") for n in r.all("name")})


@cache
def feminine() -> Mapping[str, str]:
    """Folded feminine gentilic, without the article → ISO 3166-1 of its country."""
    return MappingProxyType({fold_word(f): r["iso"] for r in rows("names/countries") for f in r.all("feminine")})


@cache
def gentilics() -> Mapping[str, str]:
    """Folded gentilic, without the article → ISO 3166-1 of its country."""
    found: dict[str, str] = {}
    for row in rows("names/countries"):
        for column in ("masculine", "feminine", "plural"):
            for form in row.all(column):
                found.setdefault(fold_word(form), row["iso"])
    return MappingProxyType(found)


@cache
def general() -> frozenset[str]:
    """Folded words that never name a place."""
    return frozenset(fold_word(r.key) for r in rows("places/common") if r["needs"] == "never")


@lru_cache(maxsize=_MOST_TYPES)
def class_noun(form: str) -> str | None:
    """The class noun that a folded word is, alone or behind a conjunction and a preposition; None where it is none."""
    return _bare(form, classes())


def is_class_noun(form: str) -> bool:
    """Whether a folded word is a class noun, as ``class_noun``; not kept."""
    return _bare(form, classes()) is not None


@lru_cache(maxsize=_MOST_TYPES)
def body(form: str) -> str | None:
    """The noun of a body that a folded word is, with or without clitics; None where it is none."""
    return _bare(form, bodies())


@lru_cache(maxsize=_MOST_TYPES)
def cue(form: str) -> str:
    """The class of cue that a folded word is, with or without clitics; "" where it is none."""
    found = _bare(form, cues())
    return cues()[found] if found is not None else ""


def _bare(form: str, table: Mapping[str, object]) -> str | None:
    if form in table:
        return form
    if form[0] not in CLITICS or len(form) < 3:
        return None
    if form[1:] in table:
        return form[1:]
    return form[2:] if form[1] in CLITICS and len(form) > 3 and form[2:] in table else None
