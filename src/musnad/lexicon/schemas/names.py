"""Tables of names, of time words, and of grammar."""

from __future__ import annotations

from musnad.lexicon.schemas.base import GENDERS, KINDS, NUMBERS, Schema

NAMES: dict[str, Schema] = {
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
