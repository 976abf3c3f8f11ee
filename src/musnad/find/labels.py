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
from musnad.find.tags import CONJUNCTIONS
from musnad.lexicon.loader import rows
from musnad.read.fold import fold_word


@dataclass(frozen=True, slots=True)
class _Triggers:
    """The rows of the table by what triggers them: places of rows, in the order of the table.

    Attributes:
        names: the label of each row.
        rows: class → folded word (or act, lemma) → places of the rows that have it.
        with_object: the labels that also need one of their words of class ``object``.
        spelt: the words as they may stand in a text, with and without a conjunction: most contents have none.
    """

    names: tuple[str, ...]
    rows: Mapping[str, Mapping[str, tuple[int, ...]]]
    with_object: frozenset[str]
    spelt: frozenset[str]


@lru_cache(maxsize=1)
def _triggers() -> _Triggers:
    table = rows("speech/labels")
    found: dict[str, dict[str, tuple[int, ...]]] = {kind: {} for kind in ("act", "lemma", "word", "object")}
    for n, row in enumerate(table):
        own = found[row["class"]]
        for word in {fold_word(w) for w in row.all("words")}:
            own[word] = (*own.get(word, ()), n)
    needy = frozenset(row["label"] for row in table if row["class"] == "object")
    words = found["word"].keys() | found["object"].keys()
    spelt = words.union(*({c + word for word in words} for c in CONJUNCTIONS))
    return _Triggers(tuple(row["label"] for row in table), MappingProxyType(found), needy, frozenset(spelt))


def labels(ctx: Context, s: Slots) -> tuple[str, ...]:
    """The labels of statement ``s``, each once, in the order of the table."""
    known, spans, forms = _triggers(), s.frame.spans, ctx.words.forms
    bare: set[str] = set()
    if not all(known.spelt.isdisjoint(forms[a:b]) for a, b in spans):
        bare = {t.bare for a, b in spans for t in ctx.tags[a:b] if t is not None}
    hits = set(known.rows["act"].get(s.act, ()))
    for cue in s.frame.site.cues:
        hits.update(known.rows["lemma"].get(cue.lemma, ()))
    for word in known.rows["word"].keys() & bare if bare else ():
        hits.update(known.rows["word"][word])
    if not hits:
        return ()
    objects = {known.names[n] for word in known.rows["object"].keys() & bare for n in known.rows["object"][word]}
    found = dict.fromkeys(known.names[n] for n in sorted(hits))
    return tuple(label for label in found if label not in known.with_object or label in objects)
