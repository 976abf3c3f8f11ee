"""Tables of places: what the gazetteer is built from, and the words around names of places."""

from __future__ import annotations

from musnad.lexicon.schemas.base import Schema

KINDS = ("country", "region", "city", "site", "other")
_NAMED = Schema(
    columns=("name", "variants", "kind", "country", "parent"),
    required=("name", "kind"),
    values={"kind": KINDS},
    unique=("name", "kind", "country"),
    forms=("name", "variants"),
)

PLACES: dict[str, Schema] = {
    "places/towns": _NAMED,
    "places/regions": _NAMED,
    "places/sites": _NAMED,
    "places/waters": _NAMED,
    "places/countries": Schema(
        columns=("name", "country"), required=("name", "country"), unique=("country",), forms=("name",)
    ),
    "places/classes": Schema(
        columns=("noun", "plural", "kind", "part", "open"),
        required=("noun", "kind", "part", "open"),
        values={"kind": KINDS, "part": ("yes", "no", "both"), "open": ("no", "sure", "rare", "yes", "any")},
        unique=("noun",),
        forms=("noun", "plural"),
    ),
    "places/bodies": Schema(
        columns=("noun", "scope"),
        required=("noun", "scope"),
        values={"scope": ("all", "towns")},
        unique=("noun",),
        forms=("noun",),
    ),
    "places/cues": Schema(
        columns=("word", "class"),
        required=("word", "class"),
        values={"class": ("in", "to", "at", "move", "list", "front")},
        unique=("word",),
        forms=("word",),
    ),
    "places/common": Schema(
        columns=("name", "needs"),
        required=("name", "needs"),
        values={"needs": ("never", "class", "place", "free")},
        unique=("name",),
        forms=("name",),
    ),
    "places/joined": Schema(columns=("word",), required=("word",), unique=("word",), forms=("word",)),
    "places/seats": Schema(
        columns=("name", "country"), required=("name", "country"), unique=("name",), forms=("name",)
    ),
}
