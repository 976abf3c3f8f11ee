"""Words that may open something: by them finders know which few tokens of a text they need to look at."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from musnad.lexicon.authority import authority
from musnad.lexicon.loader import index, rows
from musnad.read.fold import fold_word

# What a word may open, as bits.
ALIAS, VERIFICATION, TOPIC, BODY = 1, 2, 4, 8

DECIDING = frozenset(("deny", "confirm"))  # acts of reporting words that open a passage about verification
NAMING = frozenset(("title", "given", "head", "organisation", "group", "agency", "outlet", "country", "anonymous"))


@lru_cache(maxsize=1)
def openers() -> Mapping[str, int]:
    """Folded word → what a listed phrase that begins with it opens."""
    found: dict[str, int] = {}
    first_words = [(phrase, ALIAS) for phrase in index("speech/aliases", "form")]
    first_words += [(fold_word(row.key), ALIAS) for row in rows("speech/alias_words") if row["kind"] == "label"]
    first_words += [(phrase, VERIFICATION) for phrase in index("speech/verification", "phrase")]
    for phrase, kind in first_words:
        for word in phrase.split()[:1]:
            found[word] = found.get(word, 0) | kind
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def body_words() -> frozenset[str]:
    """The folded words that open a name in the package's authority (``BODY``)."""
    return authority(()).openings
