"""The voices that a user's name means: by key, by any name seen, by a part of one, and by its sound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from musnad.errors import UsageError
from musnad.keep import tables
from musnad.keep.identities import spelt_alike
from musnad.lexicon.authority import authority, name_words
from musnad.lexicon.press import press_id
from musnad.lexicon.sounds import skeleton
from musnad.read.fold import fold_word
from musnad.settle.keys import parts, person_key

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

NOBODY = "nobody in the ledger has this name"
_ARTICLE, _LONG = chr(0x627) + chr(0x644), 4
_LATIN_ARTICLES = frozenset(("al", "el"))
_SOUNDS = 3  # classes of sound of a single word that is looked for by its sound
_ALIKE = 0.75  # how alike a spelling is that nobody has used


def voice_ids(connection: Connection, name: str, *, loosely: bool = True) -> list[int]:
    """The row ids of the voices with a key or a name; if there are none, with these words in a name, or a like sound.

    Args:
        name: as somebody writes it, in Arabic or Latin letters; or a key.
        loosely: whether a part of a name, or a like sound, will do.

    Raises:
        UsageError: there are none.
    """
    from sqlalchemy import or_, select

    v, n = tables.voice.c, tables.voice_name.c
    folded = " ".join(fold_word(name).split())
    body = authority().of(name_words(name))
    keys = {name, f"person/{person_key(name)}", body.id if body is not None else name, press_id(name) or name}
    found = select(v.id).where(or_(v.key.in_(sorted(keys)), v.id.in_(select(n.voice).where(n.folded == folded))))
    ids = list(connection.execute(found.order_by(v.id)).scalars())
    if not ids and folded and loosely:
        safe = folded.replace("\\", "").replace("%", "").replace("_", "")
        like = or_(n.folded.like(f"{safe} %"), n.folded.like(f"% {safe}"), n.folded.like(f"% {safe} %"))
        ids = sorted(set(connection.execute(select(n.voice).where(like)).scalars())) or _sounding(connection, name)
    if not ids:
        raise UsageError(NOBODY, value=name, remedy="try another spelling, or a part of it; or musnad voices")
    return ids


def _sounding(connection: Connection, name: str) -> list[int]:
    """The persons whose names sound like ``name``: all its words, in order."""
    from sqlalchemy import select

    v = tables.voice.c
    words = parts(name)
    latin = name.isascii()
    sounds = _sounds(words)
    if not sounds or (len(words) == 1 and (not latin or len(sounds[0]) < _SOUNDS)):
        return []
    found = []
    for voice, other in connection.execute(select(v.id, v.name).where(v.key.like("person/%")).order_by(v.id)):
        theirs = parts(other)
        if latin:
            heard = _sounds(theirs)
            if any(heard[k : k + len(sounds)] == sounds for k in range(len(heard) - len(sounds) + 1)):
                found.append(int(voice))
        elif spelt_alike(words, theirs) >= _ALIKE:
            found.append(int(voice))
    return found


def _sounds(words: Sequence[str]) -> list[str]:
    """How the words of a name sound, without article."""
    bare = (w[2:] if w.startswith(_ARTICLE) and len(w) > _LONG else w for w in words if w not in _LATIN_ARTICLES)
    return [skeleton(word) for word in bare]
