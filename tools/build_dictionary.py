"""Makes the dictionary by which ledgers are compressed (``keep/blobs.py``) from the project's own examples.

    python tools/build_dictionary.py TARGET

The texts under ``tests/cases`` are put together into articles, and these are read and packed; what they often hold
becomes the dictionary (Zstandard's ``ZDICT_trainFromBuffer``). A dictionary never changes once ledgers were written
with it: write a new one under a new name, as a new codec.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import zstandard

from musnad.errors import MusnadError
from musnad.keep.bodies import pack_body
from musnad.keep.pack import versions_json
from musnad.keep.versions import versions_of
from musnad.pipeline import read_article
from musnad.types import Article

CASES = Path(__file__).parents[1] / "tests" / "cases"
SIZE = 112_640  # bytes
_SEED, _ARTICLES, _PIECES, _SHORTEST = 7, 600, (4, 14), 40
_MARKUP = str.maketrans("", "", "[]")
_OUTLETS = ("Al-Sahl", "Al-Jabal", "Al-Nahr", "Al-Bahr")


def texts() -> list[str]:
    """The articles among the examples, each once."""
    found: dict[str, None] = {}
    for path in sorted(CASES.glob("*.json*")):
        whole = path.read_text(encoding="utf-8")
        for part in whole.splitlines() if path.suffix == ".jsonl" else [whole]:
            found |= dict.fromkeys(_texts_in(json.loads(part)))
    for path in sorted(CASES.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = [] if line.startswith("#") else line.translate(_MARKUP).split("\t")
            found |= dict.fromkeys(c for c in cells if sum("\u0600" <= letter <= "\u06ff" for letter in c) >= _SHORTEST)
    return list(found)


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        text = value.get("text")
        if isinstance(text, str) and len(text) >= _SHORTEST:
            yield text
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _texts_in(part)


def articles() -> Iterator[Article]:
    """Articles as long as those of the press."""
    pieces, chance = texts(), random.Random(_SEED)
    for number in range(_ARTICLES):
        day = f"{chance.randint(2010, 2030)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        yield Article(
            text="\n".join(chance.sample(pieces, chance.randint(*_PIECES))),
            id=f"news-{number}",
            title=chance.choice(pieces)[:_SHORTEST],
            outlet=chance.choice(_OUTLETS),
            published=day,
            moment=f"{day}T{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:00+03:00",
            url=f"https://www.example.org/news/{day.replace('-', '/')}/{number}",
        )


def main() -> None:
    """Write the dictionary."""
    samples = []
    for article in articles():
        try:
            reading = read_article(article)
        except MusnadError:
            continue
        around = {"id": article.id, "outlet": article.outlet, "published": article.moment, "title": article.title}
        around |= {"text": "", "url": article.url}
        line = json.dumps(around, ensure_ascii=False).encode()
        samples += [article.text.encode(), pack_body(reading), versions_json(versions_of(reading)), line]
    Path(sys.argv[1]).write_bytes(zstandard.train_dictionary(SIZE, samples, level=3).as_bytes())


if __name__ == "__main__":
    main()
