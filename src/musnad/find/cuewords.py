"""The ways to read a word as a reporting word (a *cue*): as a verb, a noun, a participle or a preposition.

Pronoun endings and the letters before verbs and nouns are taken off in the ways that the lexicons allow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from musnad.lexicon.loader import Row, index, rows
from musnad.model.clusters import classes_of
from musnad.read.fold import fold_word

VERB, NOUN, PREPOSITION, PARTICIPLE = "v", "n", "p", "a"
WAW, FA, BA, LAM, KAF, SIN = (chr(c) for c in (0x648, 0x641, 0x628, 0x644, 0x643, 0x633))
ALIF, YA = chr(0x627), chr(0x64A)
ARTICLE = ALIF + LAM
_TA, _TA_MARBUTA = chr(0x62A), chr(0x647)  # the ending before a pronoun, and alone as it is folded

# What may stand before a noun, by its first letter, in the order in which it is tried.
PREFIXES = {BA: (BA + ARTICLE, BA), LAM: (LAM + LAM, LAM), ALIF: (ARTICLE,), KAF: (KAF,)}
_BEFORE_VERB = frozenset((SIN, LAM))  # of the future and of purpose

# Three letters is the shortest word before a pronoun; with four only a quarter of all word types looks like a verb.
HEAD = 4
SHORT = 6  # letters of a stem of ``HEAD - 1`` letters with the longest pronoun ending
_MOST_FORMS = 65_536


@dataclass(slots=True)  # never changed; a frozen one takes eight times as long to make
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


def spelt_before_pronouns(words: Iterable[str]) -> dict[str, str]:
    """``words`` as they stand alone and before a pronoun ending → the word; *ta marbuta* opens before a pronoun."""
    found = {word: word for word in words}
    for word in list(found):
        if word[-1] == _TA_MARBUTA:
            found.setdefault(word[:-1] + _TA, word)
    return found


def heads_of(words: Iterable[str]) -> frozenset[str]:
    """The first letters of ``words``: what ``may_open`` looks at."""
    return frozenset(word[:HEAD] for word in words)


def may_open(word: str, heads: frozenset[str]) -> bool:
    """Whether ``word``, with or without a pronoun ending, may be one of the words that have ``heads``.

    Nearly all words of a text are told apart by this one question; they are not searched any further.
    """
    return word[:HEAD] in heads or (len(word) <= SHORT and word[: HEAD - 1] in heads)


@lru_cache(maxsize=1)
def _enclitics() -> tuple[tuple[int, frozenset[str]], ...]:
    """The lengths of pronoun endings in letters, longest first, and the endings."""
    found = {fold_word(f) for r in rows("grammar/enclitics") for f in r.all("form")}
    sizes = sorted({len(ending) for ending in found}, reverse=True)
    return tuple((size, frozenset(e for e in found if len(e) == size)) for size in sizes)


def hosts(stem: str) -> list[str]:
    """What is left of the folded word ``stem`` without a pronoun ending: at least three letters."""
    most = len(stem) - 3
    return [stem[:-size] for size, endings in _enclitics() if size <= most and stem[-size:] in endings]


def _strength(row: Row) -> int:
    value = row.get("strength", "1")
    return int(value) if value.isdigit() else 1


def _government(row: Row) -> frozenset[str]:
    return frozenset(fold_word(g) for g in row.all("government"))


@lru_cache(maxsize=1)
def _lemmas() -> Mapping[str, Row]:
    return MappingProxyType({row.key: row for row in rows("speech/verbs")})


@cache
def _lemma(key: str) -> Cue | None:
    """What all forms of a verb share."""
    row = _lemmas().get(key)
    if row is None:
        return None
    return Cue(
        kind=VERB,
        row=row.id,
        lemma=fold_word(row.key),
        act=row.get("act", "say"),
        stance=row.get("stance", "neutral"),
        government=_government(row),
        strength=_strength(row),
        takes=row.get("object"),
    )


@lru_cache(maxsize=1)
def _verb_forms() -> Mapping[str, tuple[Row, ...]]:
    return index("speech/verb_forms", "form")


@lru_cache(maxsize=1)
def verb_heads() -> frozenset[str]:
    """The heads of all verb forms, as they stand alone and before a pronoun."""
    forms = _verb_forms()
    plural = [form[:-1] for form in forms if form.endswith(WAW + ALIF)]
    defective = [form[:-1] + ALIF for form in forms if form[-1] == YA]
    return heads_of((*forms, *plural, *defective))


@lru_cache(maxsize=_MOST_FORMS)
def _verb_cues(form: str, attached: bool) -> tuple[Cue, ...]:
    found = []
    for row in _verb_forms().get(form, ()):
        lemma = _lemma(row["lemma"]) if row["tense"] != "imperative" else None
        if lemma is not None:
            found.append(
                Cue(
                    kind=VERB,
                    row=lemma.row,
                    lemma=lemma.lemma,
                    act=lemma.act,
                    stance=lemma.stance,
                    government=lemma.government,
                    strength=lemma.strength,
                    person=row["person"],
                    gender=row["gender"],
                    number=row["number"],
                    tense=row["tense"],
                    voice=row["voice"],
                    object=attached,
                    takes=lemma.takes,
                )
            )
    return tuple(found)


@lru_cache(maxsize=1)
def verbal_classes() -> frozenset[str]:
    """The distributional classes of which a sixth and more of the words are listed as verbs of reporting."""
    forms = _verb_forms()
    return classes_of(lambda word: word in forms or (word[0] in (WAW, FA) and word[1:] in forms), _VERBAL)


_VERBAL = 1 / 6


def verbs(bare: str, plain: bool) -> tuple[Cue, ...]:
    """Verb readings of a form without conjunction: plain, with a future proclitic, with an object pronoun.

    Args:
        plain: whether ``bare`` may be one by its first letters (``may_open`` with ``verb_heads``).
    """
    stems = [bare] if plain else []
    if bare[:1] in _BEFORE_VERB and len(bare) > 4 and may_open(bare[1:], verb_heads()):
        stems.append(bare[1:])
    if not stems:
        return ()
    entries = _verb_forms()
    found: list[Cue] = []
    for stem in stems:
        if stem in entries:
            found += _verb_cues(stem, False)
        for host in hosts(stem):
            if host in entries:
                found += _verb_cues(host, True)
            if host[-1] == WAW and host + ALIF in entries:
                found += _verb_cues(host + ALIF, True)
            if host[-1] == ALIF and host[:-1] + YA in entries:  # a final alef maqsura before a pronoun
                found += _verb_cues(host[:-1] + YA, True)
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


@lru_cache(maxsize=1)
def nominal_heads() -> frozenset[str]:
    """The heads of all nominal cues, as they stand alone and before a pronoun."""
    return heads_of(spelt_before_pronouns(_nominal_index()))


def _takes(participle: Row) -> str:
    """What a direct object of a participle is: the same as of its verb."""
    verb = _lemmas().get(participle["lemma"])
    return verb.get("object") if verb is not None else ""


def stripped(bare: str) -> list[tuple[str, str]]:
    """What is left of a word without each of the prefixes of nouns that it may have, and the prefix."""
    found = []
    for prefix in PREFIXES.get(bare[:1], ()):
        if bare.startswith(prefix):
            found.append((bare[len(prefix) :], prefix))
    return found


def nominals(bare: str, without: Iterable[tuple[str, str]], plain: bool) -> tuple[Cue, ...]:
    """Noun, participle and preposition readings: plain, with article or preposition, with a pronoun.

    Args:
        without: what ``stripped`` gives for ``bare``.
        plain: whether ``bare`` may be one by its first letters (``may_open`` with ``nominal_heads``).
    """
    heads = nominal_heads()
    stems = {bare: ""} if plain else {}
    for rest, prefix in without:
        if len(rest) >= 3 and may_open(rest, heads):
            stems.setdefault(rest, prefix)
    if not stems:
        return ()
    entries = _nominal_index()
    for stem in list(stems):
        for host in hosts(stem):
            stems.setdefault(host, "")
            if host[-1] == _TA:
                stems.setdefault(host[:-1] + _TA_MARBUTA, "")
    found: list[Cue] = []
    for stem, prefix in stems.items():
        if stem in entries:
            cues = _nominal_cues(stem, stem != bare and not prefix)
            found += cues if stem == bare else [cue for cue in cues if cue.kind == NOUN]
    return tuple(dict.fromkeys(found)) if found else ()


@lru_cache(maxsize=_MOST_FORMS)
def _nominal_cues(stem: str, attached: bool) -> tuple[Cue, ...]:
    """The readings of a stem without prefixes and pronoun endings; ``attached``: it had a pronoun ending."""
    return tuple(
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
            object=attached,
            takes=_takes(row) if kind == PARTICIPLE else "",
            further=tuple(fold_word(row.key).split()[1:]) if kind == PREPOSITION else (),
        )
        for row, kind in _nominal_index()[stem]
    )
