"""What every table must look like: its columns and the values that they may hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from musnad.types import ACTS, STATUSES

COMMON = ("source", "region", "example")
REGIONS = ("all", "egypt", "gulf", "iraq", "levant", "maghreb", "sudan", "yemen", "world")
STANCES = ("neutral", "endorsing", "doubting")
GENDERS = ("m", "f", "both")
NUMBERS = ("s", "d", "p", "any")
MEDIA = (
    "audio",
    "video",
    "statement",
    "interview",
    "press conference",
    "speech",
    "post",
    "report",
    "letter",
    "other",
)
KINDS = ("person", "organisation", "group", "place", "office", "document", "unnamed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """The contract of one table.

    Attributes:
        columns: its columns, without the common ones (source, region, example).
        required: columns that may not be empty.
        values: column → the values that each alternative in its cells may have.
        unique: the columns that together tell the rows apart.
        forms: the columns whose spellings the example must show at least one of; empty where none is checked.
        generated: whether a script writes it; then the common columns may be missing.
    """

    columns: tuple[str, ...]
    required: tuple[str, ...] = ()
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unique: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    generated: bool = False


_ACT: dict[str, tuple[str, ...]] = {"act": ACTS, "stance": STANCES}
_STRENGTH: dict[str, tuple[str, ...]] = {"strength": ("1", "2", "3")}

SCHEMAS: dict[str, Schema] = {
    "speech/verbs": Schema(
        columns=("lemma", "root", "form", "vowels", "act", "stance", "object", "government", "strength"),
        required=("lemma", "root", "form", "act", "stance", "object", "government", "strength"),
        values={
            **_ACT,
            **_STRENGTH,
            "form": ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "X", "Iq", "IIq"),
            "vowels": ("a~u", "a~i", "a~a", "u~u", "i~a", "i~i"),
            "object": ("none", "addressee", "content"),
        },
        unique=("lemma", "root"),
    ),
    "speech/verb_forms": Schema(
        columns=("form", "lemma", "person", "gender", "number", "tense", "voice", "bound"),
        required=("form", "lemma", "person", "gender", "number", "tense", "voice"),
        values={
            "person": ("1", "2", "3"),
            "gender": GENDERS,
            "number": ("s", "d", "p"),
            "tense": ("past", "present", "subjunctive-jussive", "imperative"),
            "voice": ("active", "passive", "either"),
            "bound": ("0", "1"),
        },
        unique=("form", "lemma", "person", "gender", "number", "tense", "bound"),
        generated=True,
    ),
    "speech/light_verbs": Schema(
        columns=("lemma", "before", "nouns", "act"),
        required=("lemma", "nouns", "act"),
        values={"act": (*ACTS, "noun")},
        unique=("lemma", "before", "act", "nouns"),
        forms=("nouns",),
    ),
    "speech/act_shifts": Schema(
        columns=("lemma", "before", "words", "act"),
        required=("lemma", "words", "act"),
        values={"act": ACTS},
        unique=("lemma", "before", "words"),
        forms=("words",),
    ),
    "speech/nouns": Schema(
        columns=("noun", "plural", "gender", "act", "stance", "government", "strength"),
        required=("noun", "gender", "act", "stance", "government", "strength"),
        values={**_ACT, **_STRENGTH, "gender": GENDERS},
        unique=("noun",),
        forms=("noun", "plural"),
    ),
    "speech/participles": Schema(
        columns=(
            "lemma",
            "masculine",
            "feminine",
            "dual",
            "plural",
            "feminine_plural",
            "predicative",
            "act",
            "stance",
            "government",
            "strength",
        ),
        required=("lemma", "masculine", "feminine", "dual", "plural", "act", "stance", "government", "strength"),
        values={**_ACT, **_STRENGTH},
        unique=("lemma",),
        forms=("masculine", "feminine", "dual", "plural", "feminine_plural", "predicative"),
    ),
    "speech/prepositions": Schema(
        columns=("phrase", "introduces", "verb_follows", "position"),
        required=("phrase", "introduces", "verb_follows", "position"),
        values={
            "introduces": ("speaker", "relay", "content"),
            "verb_follows": ("no", "yes", "may"),
            "position": ("front", "end", "any"),
        },
        unique=("phrase",),
        forms=("phrase",),
    ),
    "speech/documents": Schema(
        columns=("noun", "plural", "gender", "kind"),
        required=("noun", "gender", "kind"),
        values={"gender": GENDERS, "kind": ("document", "poll", "figures", "periodical", "picture", "law", "report")},
        unique=("noun",),
        forms=("noun", "plural"),
    ),
    "speech/media": Schema(
        columns=("phrase", "kind", "head", "strength"),
        required=("phrase", "kind", "head", "strength"),
        values={"kind": MEDIA, "head": ("yes", "no"), **_STRENGTH},
        unique=("phrase",),
        forms=("phrase",),
    ),
    "speech/anonymity": Schema(
        columns=("phrase", "kind", "gender", "number"),
        required=("phrase", "kind"),
        values={"kind": ("noun", "quantifier", "modifier", "request"), "gender": GENDERS, "number": NUMBERS},
        unique=("phrase",),
        forms=("phrase",),
    ),
    "speech/relays": Schema(
        columns=("phrase", "class", "lemma", "government", "strength"),
        required=("phrase", "class", "strength"),
        values={"class": ("verb", "noun", "preposition", "participle"), **_STRENGTH},
        unique=("phrase", "class"),
    ),
    "speech/verification": Schema(
        columns=("phrase", "status", "part", "needs", "next", "strength"),
        required=("phrase", "status", "part", "strength"),
        values={
            "status": STATUSES,
            "part": ("whole", "start", "object", "modifier"),
            "next": ("target", "by", "by-target", "none"),
            **_STRENGTH,
        },
        unique=("phrase", "status"),
        forms=("phrase",),
    ),
    "speech/remarks": Schema(
        columns=("phrase", "strength"),
        required=("phrase", "strength"),
        values=_STRENGTH,
        unique=("phrase",),
        forms=("phrase",),
    ),
    "speech/adverbials": Schema(
        columns=("phrase", "class"),
        required=("phrase", "class"),
        values={"class": ("turn", "addition", "contrast", "time", "place", "manner", "order")},
        unique=("phrase",),
        forms=("phrase",),
    ),
    "speech/labels": Schema(
        columns=("label", "class", "words"),
        required=("label", "class", "words"),
        values={"class": ("act", "lemma", "word", "object")},
        unique=("label", "class", "words"),
    ),
    "speech/aliases": Schema(
        columns=("form", "kind"),
        required=("form", "kind"),
        values={"kind": ("name", "known", "nickname", "acronym")},
        unique=("form",),
        forms=("form",),
    ),
    "speech/press": Schema(
        columns=("noun", "plural", "gender", "credits"),
        required=("noun", "gender", "credits"),
        values={"gender": GENDERS, "credits": ("yes", "no")},
        unique=("noun",),
    ),
    "grammar/enclitics": Schema(
        columns=("form", "class"),
        required=("form", "class"),
        values={"class": ("pronoun",)},
        unique=("form",),
    ),
    "grammar/particles": Schema(
        columns=("form", "class", "person", "gender", "number"),
        required=("form", "class"),
        values={
            "class": (
                "complementiser",
                "preposition",
                "conjunction",
                "relative",
                "demonstrative",
                "negation",
                "pronoun",
                "time",
                "question",
                "auxiliary",
                "quantifier",
                "adverb",
                "vocative",
                "exception",
                "condition",
            ),
            "person": ("1", "2", "3"),
            "gender": GENDERS,
            "number": NUMBERS,
        },
        unique=("form", "class"),
        forms=("form",),
    ),
    "names/titles": Schema(
        columns=("title", "kind", "gender", "number", "lemma"),
        required=("title", "kind", "gender", "number", "lemma"),
        values={"kind": ("office", "rank", "honorific", "profession"), "gender": GENDERS, "number": NUMBERS},
        unique=("title",),
        forms=("title",),
    ),
    "names/agencies": Schema(
        columns=("name", "id", "variants", "acronyms", "country"),
        required=("name", "id"),
        unique=("id",),
        forms=("name", "variants", "acronyms"),
    ),
    "names/outlets": Schema(
        columns=("name", "id", "variants", "alone", "kind", "country"),
        required=("name", "id", "alone", "kind", "country"),
        values={
            "alone": ("yes", "no"),
            "kind": ("channel", "newspaper", "site", "radio", "magazine", "platform", "group"),
        },
        unique=("id",),
        forms=("name", "variants"),
    ),
    "names/groups": Schema(
        columns=("name", "id", "aliases", "kind", "country"),
        required=("name", "id", "kind"),
        values={"kind": ("armed", "movement", "militia", "coalition", "party")},
        unique=("id",),
        forms=("name", "aliases"),
    ),
    "names/organisations": Schema(
        columns=("name", "aliases", "acronyms", "kind", "gender"),
        required=("name", "kind", "gender"),
        values={
            "kind": (
                "international",
                "ministry",
                "state",
                "security",
                "court",
                "company",
                "ngo",
                "party",
                "sport",
                "religious",
                "education",
                "health",
                "finance",
                "union",
            ),
            "gender": GENDERS,
        },
        unique=("name",),
        forms=("name", "aliases", "acronyms"),
    ),
    "names/heads": Schema(
        columns=("noun", "plural", "gender", "kind"),
        required=("noun", "gender", "kind"),
        values={"gender": GENDERS, "kind": KINDS},
        unique=("noun",),
        forms=("noun", "plural"),
    ),
    "names/countries": Schema(
        columns=("iso", "name", "variants", "capital", "masculine", "feminine", "plural"),
        required=("iso", "name"),
        unique=("iso",),
        forms=("name", "variants"),
    ),
    "names/given": Schema(
        columns=("name", "kind", "weight", "common"),
        required=("name", "kind", "weight", "common"),
        values={"kind": ("given", "family", "both"), "common": ("0", "1")},
        unique=("name",),
        generated=True,
    ),
    "names/times": Schema(
        columns=("word", "class", "value", "tradition"),
        required=("word", "class"),
        values={"class": ("weekday", "month", "day", "part", "unit", "season", "era", "era-word", "relative")},
        unique=("word", "tradition"),
        forms=("word",),
    ),
}
"""Table → its contract. Tables of other packages (``read/...``, ``words/...``) only need the common columns, unless
a script writes them."""
