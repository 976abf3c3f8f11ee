"""Descriptive labels of a statement, for analysts: what its words do, by a documented lexicon.

A label describes the reported words; it neither judges the speaker nor repeats the words. ``speech/labels.tsv``
holds the triggers: acts, cue lemmas, or words that must stand together in the content.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from musnad.find.context import Context
from musnad.find.slots import Slots
from musnad.lexicon.loader import rows
from musnad.read.fold import fold_word


@dataclass(frozen=True, slots=True)
class _Triggers:
    """The rows of the table by what triggers them: places of rows, in the order of the table.

    Attributes:
        names: the label of each row.
        rows: class → folded word (or act, lemma) → places of the rows that have it.
        with_object: the labels that also need one of their words of class ``object``.
    """

    names: tuple[str, ...]
    rows: Mapping[str, Mapping[str, tuple[int, ...]]]
    with_object: frozenset[str]


@lru_cache(maxsize=1)
def _triggers() -> _Triggers:
    table = rows("speech/labels")
    found: dict[str, dict[str, tuple[int, ...]]] = {kind: {} for kind in ("act", "lemma", "word", "object")}
    for n, row in enumerate(table):
        own = found[row["class"]]
        for word in {fold_word(w) for w in row.all("words")}:
            own[word] = (*own.get(word, ()), n)
    needy = frozenset(row["label"] for row in table if row["class"] == "object")
    return _Triggers(tuple(row["label"] for row in table), MappingProxyType(found), needy)


def labels(ctx: Context, s: Slots) -> tuple[str, ...]:
    """The labels of statement ``s``, each once, in the order of the table."""
    known = _triggers()
    bare = {t.bare for a, b in s.frame.spans for t in ctx.tags[a:b] if t is not None}
    hits = {
        *known.rows["act"].get(s.act, ()),
        *(n for cue in s.frame.site.cues for n in known.rows["lemma"].get(cue.lemma, ())),
        *(n for word in known.rows["word"].keys() & bare for n in known.rows["word"][word]),
    }
    if not hits:
        return ()
    objects = {known.names[n] for word in known.rows["object"].keys() & bare for n in known.rows["object"][word]}
    found = dict.fromkeys(known.names[n] for n in sorted(hits))
    return tuple(label for label in found if label not in known.with_object or label in objects)
