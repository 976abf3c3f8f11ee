"""What the lexicons know about each word of a text: one frozen record per word type, computed once and kept.

Proclitics (conjunctions, prepositions, the article) and pronoun endings are taken off in the ways that the
lexicons allow; ambiguity is kept as several readings until a frame needs it settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from musnad.find.cuewords import (
    ALIF,
    ARTICLE,
    BA,
    FA,
    KAF,
    LAM,
    NOUN,
    PARTICIPLE,
    PREFIXES,
    PREPOSITION,
    VERB,
    WAW,
    Cue,
    heads_of,
    hosts,
    may_open,
    nominals,
    spelt_before_pronouns,
    stripped,
    verbs,
)
from musnad.find.kept import Kept
from musnad.find.listed import Phrase, listed, phrases_of
from musnad.find.openers import DECIDING, NAMING, PHRASE, TOPIC, VERIFICATION, openers
from musnad.lexicon.loader import index
from musnad.model.clusters import clusters
from musnad.read.joins import word_count
from musnad.read.words import WORD, kind_of

_MOST_TYPES = 65_536
# How many times rarer than the whole the rest may be where a conjunction or a preposition is taken off.
_CONJOINED, _PREFIXED = 4, 3
_NOUNS = frozenset((
    "title", "head", "place-head", "agency", "outlet", "organisation", "group", "country", "capital", "document",
    "medium",
))  # fmt: skip
_OWNED = frozenset(("medium", "document", "head", "title"))  # classes of nouns that take a pronoun ending
_NO_CLASSES: frozenset[str] = frozenset()
CONJUNCTIONS = (WAW, FA)
_PREPOSITIONS = (BA, LAM, KAF)
_DOUBLED = LAM + LAM  # the preposition with the article
_DEFINITE = (ARTICLE, _DOUBLED)

_INSIDE = "~"  # after the name of a class: a word of a phrase of that class, but not its first


@dataclass(slots=True, eq=False)  # never changed; a frozen one takes eight times as long to make
class Tag:
    """What is known of one folded word form.

    Attributes:
        form: the form; ``bare``: the form without a conjunction.
        conjunction: the proclitic conjunction taken off, or "".
        proclitic: a preposition letter taken off, or "".
        particle: closed class (``complementiser``, ``preposition`` ...), or "".
        symbol: the one class that stands for the word in features.
        fine: distributional class.
        cues: its readings as a reporting word.
        lexical: names of the word classes it is listed in (``title``, ``agency``, ``given`` ...).
        definite: whether it carries the article.
        stems: its spellings with and without proclitics, as listed phrases may begin with them.
        opens: what it may open (``find.openers``), as bits.
        phrases: second word → the listed phrases that begin with one of the stems, as words and class.
    """

    form: str
    bare: str
    conjunction: str
    proclitic: str
    particle: str
    symbol: str
    fine: str
    cues: tuple[Cue, ...]
    lexical: frozenset[str]
    definite: bool
    stems: tuple[str, ...]
    opens: int
    phrases: Mapping[str, tuple[Phrase, ...]] = field(compare=False, repr=False)


def with_phrases(tags: list[Tag | None], firsts: Iterable[int]) -> None:
    """Add, in place, the classes of listed phrases: the class at the first word, class and ``~`` at the others.

    Args:
        firsts: the tokens that may open one, ascending.
    """
    for i in firsts:
        t, following = tags[i], tags[i + 1] if i + 1 < len(tags) else None
        if t is None or following is None:
            continue
        second = following.form
        found = t.phrases.get(second, ())
        if second[0] in t.phrases and len(second) > 1:
            found += t.phrases[second[0]]  # the last word may be one letter that is written to the next word
        for parts, name in found:
            if name not in t.lexical and _follows(tags, i, parts):
                tags[i] = t = _labelled(t.form, t.lexical | {name})
                for k in range(i + 1, i + len(parts)):
                    u = tags[k]
                    if u is not None:
                        tags[k] = _labelled(u.form, u.lexical | {name + _INSIDE})


@lru_cache(maxsize=_MOST_TYPES)
def _labelled(form: str, lexical: frozenset[str]) -> Tag:
    """The record of ``form`` with more classes."""
    t = tag(form)
    named = TOPIC if not t.particle and not lexical.isdisjoint(NAMING) else 0
    return replace(t, lexical=lexical, opens=t.opens | named)


def _follows(tags: list[Tag | None], i: int, parts: tuple[str, ...]) -> bool:
    """Whether the further words of a phrase stand after token ``i``; its last word may carry the start of another."""
    if i + len(parts) > len(tags):
        return False
    for k, part in enumerate(parts):
        if not k:
            continue
        u = tags[i + k]
        if u is None or (u.form != part and not (len(part) == 1 and k == len(parts) - 1 and u.form.startswith(part))):
            return False
    return True


@lru_cache(maxsize=1)
def _particles() -> Mapping[str, str]:
    return MappingProxyType({form: entry[0]["class"] for form, entry in index("grammar/particles", "form").items()})


@lru_cache(maxsize=1)
def _owned() -> tuple[Mapping[str, frozenset[str]], frozenset[str]]:
    """The listed words that take a pronoun ending, as spelt before it, with their classes; and their heads."""
    table = listed()[0]
    nouns = [word for word, classes in table.items() if not _OWNED.isdisjoint(classes)]
    found: dict[str, frozenset[str]] = {}
    for spelt, word in spelt_before_pronouns(nouns).items():
        found[spelt] = found.get(spelt, _NO_CLASSES) | (table[word] & _OWNED)
    return MappingProxyType(found), heads_of(found)


def _lexical(bare: str, without: Sequence[tuple[str, str]]) -> frozenset[str]:
    """The classes of a word without its prefixes, or of a noun before a pronoun ending."""
    table = listed()[0]
    found = table.get(bare, _NO_CLASSES)
    for rest, _ in without:
        if rest in table and len(rest) >= 2:
            found |= table[rest]
    if not found:
        owned, heads = _owned()
        if may_open(bare, heads):
            for host in hosts(bare):
                found |= owned.get(host, _NO_CLASSES)
    return found


def _is_name(form: str) -> bool:
    """Whether the whole form is a personal name and no common word."""
    return "given" in listed()[0].get(form, _NO_CLASSES)


def _is_noun(form: str) -> bool:
    """Whether the lexicons list the whole form as a noun, so that its first letter is no clitic."""
    return not _NOUNS.isdisjoint(listed()[0].get(form, _NO_CLASSES))


def _detachable(form: str, rest: str, ratio: int) -> bool:
    """Whether the first letter of ``form`` is a clitic: the rest is a word, and not far rarer than the whole."""
    count = word_count(rest)
    return count * ratio > word_count(form) and (count > 0 or len(form) > 5)


def word_classes(form: str, bare: str) -> tuple[str, str]:
    """The distributional classes, coarse and fine, of a folded word; ``bare`` is the word without a conjunction."""
    table = clusters()
    pair = table.get(form) or table.get(bare)
    if pair is None:
        for prefix in (_DOUBLED, ARTICLE, *_PREPOSITIONS):
            if bare.startswith(prefix) and (pair := table.get(bare[len(prefix) :])):
                return pair
        ending = "a" if bare.startswith(ARTICLE) else bare[-2:] if len(bare) > 3 else "u"
        return "u" + ending[:1], "u" + ending
    return pair


def _conjoined(form: str) -> tuple[str, tuple[Cue, ...]]:
    """The conjunction written to a form that may begin with one, or "", and the readings of the rest as a verb."""
    if len(form) <= 2 or _is_noun(form):
        return "", verbs(form)
    rest = form[1:]
    cues = verbs(rest)
    if cues or rest in _particles() or (not _is_name(form) and _detachable(form, rest, _CONJOINED)):
        return form[0], cues
    return "", verbs(form)


def _proclitic(bare: str) -> str:
    """The preposition written to a word that may begin with one, or ""."""
    if len(bare) <= 3 or _is_noun(bare) or _is_name(bare):
        return ""
    rest = bare[1:]
    before_article = rest.startswith(ARTICLE) or bare.startswith(_DOUBLED)
    return bare[0] if before_article or _detachable(bare, rest, _PREFIXED) else ""


def _opens(form: str, bare: str, particle: str, cues: tuple[Cue, ...], lexical: frozenset[str]) -> int:
    """What a word may open, as bits; whoever looks for it decides."""
    table = openers()
    found = table.get(bare, 0)
    if bare != form:
        found |= table.get(form, 0)
    if particle:
        if particle == "negation":
            found |= VERIFICATION
        if form[0] in CONJUNCTIONS:  # a particle keeps its conjunction
            found |= table.get(form[1:], 0)
    elif lexical and not lexical.isdisjoint(NAMING):
        found |= TOPIC
    if cues and any(cue.act in DECIDING for cue in cues):
        found |= VERIFICATION
    return found


def tag(form: str) -> Tag:
    """The record of a folded word form."""
    return token_tags()[form] or _tag(form)


@lru_cache(maxsize=1)
def token_tags() -> Kept[Tag | None]:
    """Folded form of a token → its record, None for what is no word."""
    return Kept(lambda form: _tag(form) if kind_of(form) == WORD else None)


def _tag(form: str) -> Tag:
    particles = _particles()
    particle = particles.get(form, "")
    bare, conjunction = form, ""
    if not particle and form[:1] in CONJUNCTIONS:
        conjunction, cues = _conjoined(form)
        bare = form[len(conjunction) :]
        particle = particles.get(bare, "")
    else:
        cues = verbs(form)
    without = stripped(bare) if bare[:1] in PREFIXES else []
    cues += nominals(bare, without)
    if conjunction and not cues and (whole := verbs(form) + nominals(form, ())):
        cues, bare, conjunction, without = whole, form, "", []
    proclitic = _proclitic(bare) if not particle and bare[:1] in _PREPOSITIONS else ""
    coarse, fine = word_classes(form, bare)
    stems: tuple[str, ...] = (form,) if bare == form else (form, bare)
    if proclitic:
        stems += (bare[1:], ALIF + bare[1:]) if bare.startswith(_DOUBLED) else (bare[1:],)
    lexical = _lexical(bare, without)
    phrases = phrases_of(stems)
    return Tag(
        form,
        bare,
        conjunction,
        proclitic,
        particle,
        particle or (proclitic + coarse if proclitic else coarse),
        fine,
        cues,
        lexical,
        bool(without) and (bare.startswith(_DEFINITE) or (bool(proclitic) and bare.startswith(ARTICLE, 1))),
        stems,
        _opens(form, bare, particle, cues, lexical) | (PHRASE if phrases else 0),
        phrases,
    )


__all__ = [
    "CONJUNCTIONS", "NOUN", "PARTICIPLE", "PREPOSITION", "VERB", "Cue", "Tag", "hosts", "tag", "token_tags",
    "with_phrases",
]  # fmt: skip
