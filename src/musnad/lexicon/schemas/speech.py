"""Tables of reporting: verbs, nouns, prepositions, media, verification."""

from __future__ import annotations

from musnad.lexicon.schemas.base import GENDERS, MEDIA, NUMBERS, STANCES, Schema
from musnad.types import ACTS, STATUSES

_ACT: dict[str, tuple[str, ...]] = {"act": ACTS, "stance": STANCES}
_STRENGTH: dict[str, tuple[str, ...]] = {"strength": ("1", "2", "3")}

SPEECH: dict[str, Schema] = {
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
    "speech/publishing": Schema(
        columns=("masculine", "feminine"),
        required=("masculine", "feminine"),
        unique=("masculine",),
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
        values={"kind": ("name", "known", "nickname", "acronym", "marked")},
        unique=("form",),
        forms=("form",),
    ),
    "speech/alias_words": Schema(
        columns=("word", "kind"),
        required=("word", "kind"),
        values={
            "kind": (
                "opener",
                "kunya",
                "trailer",
                "between",
                "article",
                "letter",
                "label",
                "naming",
                "changing",
                "upon",
                "into",
                "place",
            )
        },
        unique=("word", "kind"),
        forms=("word",),
    ),
    "speech/press": Schema(
        columns=("noun", "plural", "gender", "credits"),
        required=("noun", "gender", "credits"),
        values={"gender": GENDERS, "credits": ("yes", "no")},
        unique=("noun",),
    ),
}
