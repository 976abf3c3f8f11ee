"""The words of the screens in Arabic and English, from the table ``show/labels``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from musnad.lexicon.loader import rows

Lang = Literal["ar", "en"]
LANGS: tuple[Lang, ...] = ("ar", "en")


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Mapping[str, str]]:
    return MappingProxyType(
        {row["key"]: MappingProxyType({lang: row[lang] for lang in LANGS}) for row in rows("show/labels")}
    )


def label(key: str, lang: Lang) -> str:
    """The words for ``key`` (``act.say``); for an unknown key what follows its first dot, as it stands."""
    known = _table().get(key)
    return known[lang] if known is not None else key.partition(".")[2] or key
