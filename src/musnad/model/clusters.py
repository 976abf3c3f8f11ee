"""Distributional classes of Arabic words: the stand-in for a part-of-speech tagger (``tools/build_clusters.py``)."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from musnad.errors import ModelError

_FILE = Path(__file__).with_name("clusters.tsv.gz")


@lru_cache(maxsize=1)
def clusters() -> Mapping[str, tuple[str, str]]:
    """Folded word → its coarse and fine class, as short strings (``"12"``, ``"245"``).

    Raises:
        ModelError: the file is missing or damaged.
    """
    try:
        lines = gzip.decompress(_FILE.read_bytes()).decode("utf-8").splitlines()
        found = {word: (coarse, fine) for word, coarse, fine in (line.split("\t") for line in lines)}
    except (OSError, EOFError, ValueError) as error:
        raise ModelError("cannot read the word classes", value=str(_FILE), remedy="reinstall musnad") from error
    return found  # no proxy: it is asked for every new word


def classes_of(listed: Callable[[str], bool], share: float) -> frozenset[str]:
    """The fine classes of which at least ``share`` (0 to 1) of the words are ``listed``, as folded words."""
    sizes, known = Counter[str](), Counter[str]()
    for word, (_, fine) in clusters().items():
        sizes[fine] += 1
        known[fine] += listed(word)
    return frozenset(fine for fine, n in sizes.items() if known[fine] / n >= share)
