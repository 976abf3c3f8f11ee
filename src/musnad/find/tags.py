"""What the lexicons know about each word of a text: one frozen record per word type, computed once and kept.

Proclitics (conjunctions, prepositions, the article) and pronoun endings are taken off in the ways that the
lexicons allow; ambiguity is kept as several readings until a frame needs it settled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from musnad.find.listed import Phrase, listed, phrases_of
from musnad.lexicon.loader import Row, index, rows
from musnad.model.clusters import clusters
from musnad.read.fold import fold_word
from musnad.read.joins import word_count

_MOST_TYPES = 65_536
# How many times rarer than the whole the rest may be where a conjunction or a preposition is taken off.
_CONJOINED, _PREFIXED = 4, 3
_NOUNS = frozenset((
    "title", "head", "place-head", "agency", "outlet", "organisation", "group", "country", "capital", "document",
    "medium",
))  # fmt: skip
_OWNED = frozenset(("medium", "document", "head", "title"))  # classes of nouns that take a pronoun ending
_WAW, _FA, _BA, _LAM, _KAF, _SIN = (chr(c) for c in (0x648, 0x641, 0x628, 0x644, 0x643, 0x633))
_LONGEST_ENDING = 4  # letters, at least those of the longest pronoun ending
_ALIF, _YA = chr(0x627), chr(0x64A)
_ARTICLE = _ALIF + _LAM
_TA_FORMS = (chr(0x62A), chr(0x647))

# What may stand before a noun, in the order in which it is tried.
_PREFIXES = (_BA + _ARTICLE, _LAM + _LAM, _ARTICLE, _BA, _LAM, _KAF)

VERB, NOUN, PREPOSITION, PARTICIPLE = "v", "n", "p", "a"

_INSIDE = "~"  # after the name of a class: a word of a phrase of that class, but not its first


@dataclass(frozen=True, slots=True)
class Cue:
    """One reading of a word as a reporting word.

    Attributes:
        kind: ``v`` verb, ``n`` noun, ``p`` preposition, ``a`` participle.
        row: lexicon row, ``table:key``.
        lemma: folded lemma.
        government: what may open its content (``إن|أن|ب`` ... as folded strings).
        person, gender, number, tense, voice: of a verb; empty where unknown.
        object: whether a pronoun object is attached.
        takes: what a direct object of the verb is (``none``, ``addressee``, ``content``), or "".
        further: the folded beginnings of the words that must follow (multi-word prepositions).
    """

    kind: str
    row: str
    lemma: str
    act: str = "say"
    stance: str = "neutral"
    government: frozenset[str] = frozenset()
    strength: int = 1
    person: str = ""
    gender: str = ""
    number: str = ""
    tense: str = ""
    voice: str = ""
    object: bool = False
    takes: str = ""
    further: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash(self.row)  # cues are keys of kept sums: hashing every field would cost more than the sum


@dataclass(frozen=True, slots=True)
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
    phrases: Mapping[str, tuple[Phrase, ...]] = field(compare=False, repr=False)


@lru_cache(maxsize=1)
def _lemmas() -> Mapping[str, Row]:
    return MappingProxyType({row.key: row for row in rows("speech/verbs")})


def _strength(row: Row) -> int:
    value = row.get("strength", "1")
    return int(value) if value.isdigit() else 1


@lru_cache(maxsize=1)
def _verb_index() -> Mapping[str, tuple[Row, ...]]:
    return index("speech/verb_forms", "form")


def _government(row: Row) -> frozenset[str]:
    return frozenset(fold_word(g) for g in row.all("government"))


@lru_cache(maxsize=_MOST_TYPES)
def _verb_cues(form: str, attached: bool) -> tuple[Cue, ...]:
    found = []
    lemmas = _lemmas()
    for row in _verb_index().get(form, ()):
        if row.get("tense") == "imperative":
            continue
        lemma = lemmas.get(row["lemma"])
        if lemma is not None:
            found.append(
                Cue(
                    kind=VERB,
                    row=lemma.id,
                    lemma=fold_word(lemma.key),
                    act=lemma.get("act", "say"),
                    stance=lemma.get("stance", "neutral"),
                    government=_government(lemma),
                    strength=_strength(lemma),
                    person=row.get("person"),
                    gender=row.get("gender"),
                    number=row.get("number"),
                    tense=row.get("tense"),
                    voice=row.get("voice"),
                    object=attached,
                    takes=lemma.get("object"),
                )
            )
    return tuple(found)


@lru_cache(maxsize=1)
def _enclitics() -> Mapping[int, frozenset[str]]:
    """The pronoun endings by their length in letters, longest first."""
    found = {fold_word(f) for r in rows("grammar/enclitics") for f in r.all("form")}
    sizes = sorted({len(ending) for ending in found}, reverse=True)
    return MappingProxyType({size: frozenset(e for e in found if len(e) == size) for size in sizes})


def hosts(stem: str) -> list[str]:
    """What is left of the folded word ``stem`` without a pronoun ending: at least three letters."""
    most = len(stem) - 3
    return [stem[:-size] for size in _ending_sizes(stem[-_LONGEST_ENDING:]) if size <= most]


@lru_cache(maxsize=_MOST_TYPES)
def _ending_sizes(last: str) -> tuple[int, ...]:
    """The lengths of the pronoun endings that the last letters of a word may be, longest first."""
    return tuple(size for size, endings in _enclitics().items() if last[-size:] in endings)


def _verbs(bare: str) -> tuple[Cue, ...]:
    """Verb readings of a form without conjunction: plain, with a future proclitic, with an object pronoun."""
    entries = _verb_index()
    found: list[Cue] = []
    for stem in (bare, bare[1:]) if bare[:1] in (_SIN, _LAM) and len(bare) > 4 else (bare,):
        if stem in entries:
            found += _verb_cues(stem, False)
        for host in hosts(stem):
            if host in entries:
                found += _verb_cues(host, True)
            if host[-1] == _WAW and host + _ALIF in entries:
                found += _verb_cues(host + _ALIF, True)
            if host[-1] == _ALIF and host[:-1] + _YA in entries:  # a final alef maqsura before a pronoun
                found += _verb_cues(host[:-1] + _YA, True)
    return tuple(dict.fromkeys(found)) if found else ()


_NOMINAL = (
    ("speech/nouns", NOUN, ("noun", "plural")),
    ("speech/participles", PARTICIPLE, ("masculine", "feminine", "dual", "plural", "feminine_plural", "predicative")),
    ("speech/prepositions", PREPOSITION, ("phrase",)),
)


@lru_cache(maxsize=1)
def _nominal_index() -> Mapping[str, tuple[tuple[Row, str], ...]]:
    """First word of each nominal cue → its rows."""
    found: dict[str, list[tuple[Row, str]]] = {}
    for table, kind, columns in _NOMINAL:
        for form, entries in index(table, *columns).items():
            head = form.split()[0]
            for row in entries:
                found.setdefault(head, []).append((row, kind))
    return MappingProxyType({k: tuple(v) for k, v in found.items()})


def _takes(participle: Row) -> str:
    """What a direct object of a participle is: the same as of its verb."""
    verb = _lemmas().get(participle["lemma"])
    return verb.get("object") if verb is not None else ""


def _nominals(bare: str) -> tuple[Cue, ...]:
    """Noun, participle and preposition readings: plain, with article or preposition, with a pronoun."""
    entries = _nominal_index()
    found: list[Cue] = []
    stems = {bare: ""}
    if bare.startswith(_PREFIXES):
        for prefix in _PREFIXES:
            if bare.startswith(prefix) and len(bare) - len(prefix) >= 3:
                stems.setdefault(bare[len(prefix) :], prefix)
    for stem in list(stems):
        for host in hosts(stem):
            stems.setdefault(host, "")
            if host[-1] == _TA_FORMS[0]:
                stems.setdefault(host[:-1] + _TA_FORMS[1], "")
    if entries.keys().isdisjoint(stems):
        return ()
    for stem, prefix in stems.items():
        for row, kind in entries.get(stem, ()):
            if kind != NOUN and stem != bare:
                continue
            found.append(
                Cue(
                    kind=kind,
                    row=row.id,
                    lemma=fold_word(row.get("lemma") or row.key),
                    act=row.get("act", "say"),
                    stance=row.get("stance", "neutral"),
                    government=_government(row),
                    strength=_strength(row),
                    gender=row.get("gender"),
                    number=row.get("number"),
                    object=stem != bare and not prefix,
                    takes=_takes(row) if kind == PARTICIPLE else "",
                    further=tuple(fold_word(row.key).split()[1:]) if kind == PREPOSITION else (),
                )
            )
    return tuple(dict.fromkeys(found)) if found else ()


def with_phrases(tags: list[Tag | None]) -> None:
    """Add, in place, the classes of listed phrases: the class at the first word, class and ``~`` at the others."""
    for i in [i for i, t in enumerate(tags[:-1]) if t is not None and t.phrases]:
        t, following = tags[i], tags[i + 1]
        if t is None or following is None:
            continue
        second = following.form
        found = t.phrases.get(second, ())
        if len(second) > 1:
            found += t.phrases.get(second[0], ())  # the last word may be one letter that is written to the next word
        for parts, name in found:
            if name not in t.lexical and _follows(tags, i, parts):
                tags[i] = t = _labelled(t.form, t.lexical | {name})
                for k in range(i + 1, i + len(parts)):
                    u = tags[k]
                    if u is not None:
                        tags[k] = _labelled(u.form, u.lexical | {name + _INSIDE})


@lru_cache(maxsize=_MOST_TYPES)
def _labelled(form: str, lexical: frozenset[str]) -> Tag:
    """The record of ``form`` with other classes."""
    return replace(tag(form), lexical=lexical)


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


def _lexical(bare: str) -> frozenset[str]:
    table = listed()[0]
    found = table.get(bare, frozenset())
    if bare.startswith(_PREFIXES):
        for prefix in _PREFIXES:
            if bare.startswith(prefix) and len(bare) - len(prefix) >= 2:
                found |= table.get(bare[len(prefix) :], frozenset())
    if not found:
        for host in hosts(bare):
            found |= table.get(host, frozenset()) & _OWNED
            if host[-1] == _TA_FORMS[0]:
                found |= table.get(host[:-1] + _TA_FORMS[1], frozenset()) & _OWNED
    return found


def _is_name(form: str) -> bool:
    """Whether the whole form is a personal name and no common word."""
    return "given" in listed()[0].get(form, frozenset())


def _is_noun(form: str) -> bool:
    """Whether the lexicons list the whole form as a noun, so that its first letter is no clitic."""
    return bool(listed()[0].get(form, frozenset()) & _NOUNS)


def _detachable(form: str, rest: str, ratio: int) -> bool:
    """Whether the first letter of ``form`` is a clitic: the rest is a word, and not far rarer than the whole."""
    return word_count(rest) * ratio > word_count(form) and (word_count(rest) > 0 or len(form) > 5)


def _classes(form: str, bare: str) -> tuple[str, str]:
    table = clusters()
    pair = table.get(form) or table.get(bare)
    if pair is None:
        for prefix in (_LAM + _LAM, _ARTICLE, _BA, _LAM, _KAF):
            if bare.startswith(prefix) and (pair := table.get(bare[len(prefix) :])):
                return pair
        ending = "a" if bare.startswith(_ARTICLE) else bare[-2:] if len(bare) > 3 else "u"
        return "u" + ending[:1], "u" + ending
    return pair


@lru_cache(maxsize=_MOST_TYPES)
def tag(form: str) -> Tag:
    """The record of a folded word form."""
    particles = _particles()
    bare, conjunction = form, ""
    if form not in particles and form[:1] in (_WAW, _FA) and len(form) > 2 and not _is_noun(form):
        rest = form[1:]
        if rest in particles or _verbs(rest) or (not _is_name(form) and _detachable(form, rest, _CONJOINED)):
            bare, conjunction = rest, form[0]
    particle = particles.get(form) or particles.get(bare, "")
    cues = _verbs(bare) + _nominals(bare)
    if conjunction and not cues and (whole := _verbs(form) + _nominals(form)):
        cues, bare, conjunction = whole, form, ""
    proclitic = ""
    if not particle and bare[:1] in (_BA, _LAM, _KAF) and len(bare) > 3:
        rest = bare[1:]
        before_article = rest.startswith(_ARTICLE) or bare.startswith(_LAM + _LAM)
        fixed = _is_noun(bare) or _is_name(bare)
        if not fixed and (before_article or _detachable(bare, rest, _PREFIXED)):
            proclitic = bare[0]
    coarse, fine = _classes(form, bare)
    lexical = _lexical(bare)
    symbol = particle or (f"{proclitic}{coarse}" if proclitic else coarse)
    definite = bare.startswith((_ARTICLE, _LAM + _LAM)) or (bool(proclitic) and bare[1:].startswith(_ARTICLE))
    stems = dict.fromkeys((form, bare))
    if proclitic:
        stems[bare[1:]] = None
        if bare.startswith(_LAM + _LAM):
            stems[_ALIF + bare[1:]] = None
    starts = tuple(stems)
    return Tag(
        form, bare, conjunction, proclitic, particle, symbol, fine, cues, lexical, definite, starts, phrases_of(starts)
    )
