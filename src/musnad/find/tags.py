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
    HEAD,
    KAF,
    LAM,
    NOUN,
    PARTICIPLE,
    PREFIXES,
    PREPOSITION,
    SHORT,
    VERB,
    WAW,
    Cue,
    heads_of,
    hosts,
    nominal_heads,
    nominals,
    spelt_before_pronouns,
    stripped,
    verb_heads,
    verbs,
)
from musnad.find.kept import Kept
from musnad.find.listed import NO_PHRASES, Phrase, listed, phrases_of
from musnad.find.openers import ALIAS, BODY, DECIDING, NAMING, TOPIC, VERIFICATION, body_words, openers
from musnad.lexicon.loader import index
from musnad.model.clusters import clusters
from musnad.read.joins import word_counts
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

# What a word is listed as (``_known``), as bits beside those of ``find.openers``.
_PARTICLE, _PHRASE, _AS_NOUN, _AS_NAME = 16, 32, 64, 128
# What a word may be by its first letters (``_heads``), as bits.
_VERBAL, _NOMINAL, _OWNABLE = 1, 2, 4

_INSIDE = "~"  # after the name of a class: a word of a phrase of that class, but not its first


# The readings, the one that stands first, and what the next word begins with where a reading has several words.
Alone = tuple[tuple[Cue, ...], Cue | None, frozenset[str]]


@dataclass(slots=True, eq=False)  # never changed but for the last two; a frozen one takes eight times as long to make
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
        row: its number among the rows of ``find.grid``, -1 without one.
        alone: its readings as a cue of one word, as ``find.cues`` asks for them.
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
    row: int = field(default=-1, compare=False, repr=False)
    alone: Alone | None = field(default=None, compare=False, repr=False)


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
    return replace(t, lexical=lexical, opens=t.opens | named, row=-1)


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
def _known() -> Mapping[str, int]:
    """Word → what it is listed as, as bits: three of four word types are not listed at all."""
    classes, phrases = listed()
    found = dict(openers())
    for word, names in classes.items():
        if own := _AS_NAME * ("given" in names) | _AS_NOUN * (not _NOUNS.isdisjoint(names)):
            found[word] = found.get(word, 0) | own
    for bit, words in ((_PHRASE, phrases), (_PARTICLE, _particles())):
        for word in words:
            found[word] = found.get(word, 0) | bit
    return found


@lru_cache(maxsize=1)
def _owned() -> Mapping[str, frozenset[str]]:
    """The listed words that take a pronoun ending, as spelt before it, with their classes."""
    table = listed()[0]
    nouns = [word for word, classes in table.items() if not _OWNED.isdisjoint(classes)]
    found: dict[str, frozenset[str]] = {}
    for spelt, word in spelt_before_pronouns(nouns).items():
        found[spelt] = found.get(spelt, _NO_CLASSES) | (table[word] & _OWNED)
    return found


@lru_cache(maxsize=1)
def _heads() -> Mapping[str, int]:
    """First letters of a word → what it may be, with or without a pronoun ending, as bits."""
    found: dict[str, int] = {}
    for bit, heads in ((_VERBAL, verb_heads()), (_NOMINAL, nominal_heads()), (_OWNABLE, heads_of(_owned()))):
        for head in heads:
            found[head] = found.get(head, 0) | bit
    return found


def _may_be(word: str) -> int:
    """What a word may be by its first letters (``cuewords.may_open``), as bits."""
    heads = _heads()
    found = heads.get(word[:HEAD], 0)
    return found | heads.get(word[: HEAD - 1], 0) if len(word) <= SHORT else found


def _lexical(bare: str, without: Sequence[tuple[str, str]], may_be: int) -> frozenset[str]:
    """The classes of a word without its prefixes, or of a noun before a pronoun ending."""
    table = listed()[0]
    found = table.get(bare, _NO_CLASSES)
    for rest, _ in without:
        if len(rest) >= 2 and (more := table.get(rest)):
            found = found | more if found else more  # most sets are shared: fewer objects to collect
    if not found and may_be & _OWNABLE:
        owned = _owned()
        for host in hosts(bare):
            if more := owned.get(host):
                found = found | more if found else more
    return found


def _detachable(form: str, rest: str, ratio: int) -> bool:
    """Whether the first letter of ``form`` is a clitic: the rest is a word, and not far rarer than the whole."""
    counts = word_counts()
    count = counts.get(rest, 0)
    return count * ratio > counts.get(form, 0) and (count > 0 or len(form) > 5)


def word_classes(form: str, bare: str) -> tuple[str, str]:
    """The distributional classes, coarse and fine, of a folded word; ``bare`` is the word without a conjunction."""
    table = clusters()
    pair = table.get(form)
    if pair is None and bare is not form:
        pair = table.get(bare)
    if pair is None:
        for prefix in (_DOUBLED, ARTICLE, *_PREPOSITIONS):
            if bare.startswith(prefix) and (pair := table.get(bare[len(prefix) :])):
                return pair
        ending = "a" if bare.startswith(ARTICLE) else bare[-2:] if len(bare) > 3 else "u"
        return "u" + ending[:1], "u" + ending
    return pair


def _conjunction(form: str, known: int) -> tuple[str, int, tuple[Cue, ...]]:
    """The conjunction written to a form that may begin with one, or "", and what the rest may be, also as a verb."""
    if len(form) > 2 and not known & _AS_NOUN:
        rest = form[1:]
        may_be = _may_be(rest)
        cues = verbs(rest, bool(may_be & _VERBAL))
        if cues or rest in _particles() or (not known & _AS_NAME and _detachable(form, rest, _CONJOINED)):
            return form[0], may_be, cues
    may_be = _may_be(form)
    return "", may_be, verbs(form, bool(may_be & _VERBAL))


def _proclitic(bare: str, known: int) -> str:
    """The preposition written to a word that may begin with one, or ""."""
    if len(bare) <= 3 or known & (_AS_NOUN | _AS_NAME):
        return ""
    rest = bare[1:]
    before_article = rest.startswith(ARTICLE) or bare.startswith(_DOUBLED)
    return bare[0] if before_article or _detachable(bare, rest, _PREFIXED) else ""


def _opens(form: str, known: int, particle: str, cues: tuple[Cue, ...], lexical: frozenset[str]) -> int:
    """What a word may open, as bits; whoever looks for it decides."""
    found = known & (ALIAS | VERIFICATION)
    if particle:
        if particle == "negation":
            found |= VERIFICATION
        if form[0] in CONJUNCTIONS:  # a particle keeps its conjunction
            found |= _known().get(form[1:], 0) & (ALIAS | VERIFICATION)
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
    all_known = _known()
    known = whole = all_known.get(form, 0)
    particle = _particles()[form] if known & _PARTICLE else ""
    bare, conjunction = form, ""
    if not particle and form[:1] in CONJUNCTIONS:
        conjunction, may_be, cues = _conjunction(form, known)
        if conjunction:
            bare = form[1:]
            known = all_known.get(bare, 0)
            particle = _particles()[bare] if known & _PARTICLE else ""
    else:
        may_be = _may_be(form)
        cues = verbs(form, bool(may_be & _VERBAL))
    without = stripped(bare) if bare[:1] in PREFIXES else []
    if without or may_be & _NOMINAL:
        cues += nominals(bare, without, bool(may_be & _NOMINAL))
    if conjunction and not cues and (of_whole := _may_be(form)) & (_VERBAL | _NOMINAL):
        cues = verbs(form, bool(of_whole & _VERBAL)) + nominals(form, (), bool(of_whole & _NOMINAL))
        if cues:
            bare, conjunction, without, known, may_be = form, "", [], whole, of_whole
    proclitic = _proclitic(bare, known) if not particle and bare[:1] in _PREPOSITIONS else ""
    coarse, fine = word_classes(form, bare)
    stems: tuple[str, ...] = (form,) if bare == form else (form, bare)
    known |= whole
    if proclitic:
        stems += (bare[1:], ALIF + bare[1:]) if bare.startswith(_DOUBLED) else (bare[1:],)
        known |= _PHRASE
    lexical = _lexical(bare, without, may_be)
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
        _opens(form, known, particle, cues, lexical) | (0 if body_words().isdisjoint(stems) else BODY),
        phrases_of(stems) if known & _PHRASE else NO_PHRASES,
    )


__all__ = [
    "CONJUNCTIONS", "NOUN", "PARTICIPLE", "PREPOSITION", "VERB", "Cue", "Tag", "hosts", "tag", "token_tags",
    "with_phrases",
]  # fmt: skip
