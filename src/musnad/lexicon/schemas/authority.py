"""Tables of the authority: bodies and places with their names, organs of states, offices; and how names are spelt."""

from __future__ import annotations

from musnad.lexicon.schemas.base import Schema

BODY_COLUMNS = ("id", "name", "of", "aliases", "acronyms", "except", "kind", "country", "english", "french")
BODY_KINDS = (
    "agency", "channel", "newspaper", "site", "radio", "magazine", "platform", "outlet",
    "armed", "movement", "militia", "coalition", "party", "international", "ministry", "state", "security", "court",
    "company", "ngo", "sport", "religious", "education", "health", "finance", "union", "group", "person", "place",
)  # fmt: skip
_OF = ("names/agencies", "names/outlets", "names/groups", "names/organisations")

BODIES = Schema(
    columns=BODY_COLUMNS,
    required=("id", "name", "english"),
    values={"of": _OF, "kind": BODY_KINDS},
    unique=("id",),
    forms=("name", "aliases"),
)
_FORMS = ("id", "form", "english", "french")

AUTHORITY: dict[str, Schema] = {
    **dict.fromkeys(
        ("authority/agencies", "authority/bodies", "authority/groups", "authority/outlets", "authority/places"), BODIES
    ),
    "authority/portfolios": Schema(columns=_FORMS, required=_FORMS, unique=("id",), forms=("form",)),
    "authority/organs": Schema(columns=_FORMS, required=_FORMS, unique=("id",), forms=("form",)),
    "authority/roles": Schema(
        columns=(*_FORMS, "of", "holders"),
        required=(*_FORMS, "of", "holders"),
        values={"of": ("country", "portfolio", "body"), "holders": ("one", "several")},
        unique=("id",),
        forms=("form",),
    ),
    "authority/heads": Schema(columns=("id", "form"), required=("id", "form"), unique=("id",), forms=("form",)),
    "authority/former": Schema(columns=("id", "form"), required=("id", "form"), unique=("id",), forms=("form",)),
    "authority/families": Schema(
        columns=("id", "members"), required=("id", "members"), unique=("id",), forms=("members",)
    ),
    "names/spellings": Schema(
        columns=("name", "kind", "variants", "latin"),
        required=("name", "kind"),
        values={"kind": ("spelling", "joined")},
        unique=("name",),
        forms=("name", "variants"),
    ),
    "names/romanised": Schema(columns=("name", "latin"), required=("name", "latin"), unique=("name",), generated=True),
}
