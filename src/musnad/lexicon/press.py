"""Which outlet or agency a name means, and which of them share one newsroom (``authority/families``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType

from musnad.lexicon.authority import authority, name_words
from musnad.lexicon.loader import index, rows

PRESS = frozenset(("agency", "channel", "newspaper", "site", "radio", "magazine", "outlet"))
_LONGEST = 6  # words of a name
_ARTICLE = chr(0x627) + chr(0x644)


def press_id(name: str | None, *, key: str | None = None) -> str | None:
    """The id of the outlet or agency (``agency/afp``, ``outlet/ch-gb-01``, ``family/...``) of ``name``, or None.

    Args:
        name: as an article or the data of a user write it, in Arabic or Latin letters, with a head noun or without.
        key: its key in a reading, where it has one.
    """
    if key and _is_press(key):
        return key
    words = name_words(name or "")
    return named(words, len(words))


def named(words: Sequence[str], starts: int) -> str | None:
    """The id of the longest name of the press that begins within the first ``starts`` of the canonical ``words``."""
    known = _names()
    for size in range(min(_LONGEST, len(words)), 0, -1):
        for i in range(min(starts, len(words) - size + 1)):
            found = known.get(tuple(words[i : i + size]))
            if found and (size > 1 or len(words) == 1 or found[1]):
                return found[0]
    return None


def last_named(words: Sequence[str], kinds: Sequence[str]) -> str | None:
    """The id, of one of ``kinds`` (``agency``, ``outlet``, ``family``), that the canonical ``words`` name last."""
    known = _names()
    last, i = None, 0
    while i < len(words):  # names are read from their first word on: a paper's name may stand within an agency's
        for size in range(min(_LONGEST, len(words) - i), 0, -1):
            found = known.get(tuple(words[i : i + size]))
            if found and (size > 1 or found[1]):
                last = found[0] if found[0].split("/")[0] in kinds else last
                i += size - 1
                break
        i += 1
    return last


def family_of(press: str | None) -> str | None:
    """The family of an outlet or agency; itself where it is of none; None for None."""
    return None if press is None else _families().get(press, press)


@cache
def name_of(press: str) -> str | None:
    """The name by which an outlet, agency or family is listed, or None."""
    body = authority().bodies.get(press)
    if body is not None:
        return body.name
    return next((row.all("members")[0] for row in rows("authority/families") if row.key == press), None)


@cache
def is_head(word: str) -> bool:
    """Whether a folded word is the head noun of an outlet or agency, with the article or without."""
    return bool(_heads("noun").get(word))


@cache
def is_plural_head(word: str) -> bool:
    """Whether a folded word means outlets or agencies in general."""
    return bool(_heads("plural").get(word))


@cache
def _heads(column: str) -> Mapping[str, bool]:
    found = {}
    tables = ((form, entries[0]) for form, entries in index("speech/press", column).items())
    papers = (
        (form, entries[0])
        for form, entries in index("speech/documents", column).items()
        if entries[0]["kind"] == "periodical"
    )
    for form, _ in (*tables, *papers):
        found[form] = found[_ARTICLE + form] = True
    return MappingProxyType(found)


@lru_cache(maxsize=1_024)
def _is_press(key: str) -> bool:
    body = authority().bodies.get(key)
    return body is not None and body.kind in PRESS


@cache
def _names() -> Mapping[tuple[str, ...], tuple[str, bool]]:
    """Name as canonical words → id, and whether it is told by this name also among other words."""
    known: dict[tuple[str, ...], tuple[str, bool]] = {}
    every = authority()
    for table, plain in ((every.names, True), (every.short, False)):
        for words, key in table.items():
            if every.bodies[key].kind in PRESS:
                known.setdefault(words, (key, plain))
    for body in every.bodies.values():
        if body.kind in PRESS:
            for name in (body.english, body.french):
                if name:
                    known.setdefault(name_words(name), (body.id, True))
    for row in rows("authority/families"):
        for member in row.all("members"):
            known.setdefault(name_words(member), (row.key, " " in member))
    return MappingProxyType(known)


@cache
def _families() -> Mapping[str, str]:
    """Id of an outlet or agency → its family."""
    found: dict[str, str] = {}
    known = _names()
    for row in rows("authority/families"):
        for member in row.all("members"):
            key = known[name_words(member)][0]
            found.setdefault(key, row.key)
    return MappingProxyType(found)
