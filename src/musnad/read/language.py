"""Whether a text is one that musnad reads: there is some, it is not too long, and it is Arabic.

Other languages in Arabic script (``lexicon/data/read/scripts.tsv``) are told by letters that Arabic has not,
together with the lack of words with the Arabic article: Arabic news spells foreign names with such letters too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from musnad.errors import EmptyInput, TooLarge, UnsupportedLanguage
from musnad.lexicon.loader import rows
from musnad.settings import LIMITS

_OF_ARABIC = r"\u0620-\u063F\u0641-\u064A\u066E-\u06D3\u06D5\u06FA-\u06FC\u0750-\u077F\uFB50-\uFDFB\uFE70-\uFEFC"
_ARABIC = re.compile(f"[{_OF_ARABIC}]+")
_SPACED = re.compile(f"[{_OF_ARABIC} ]+")  # longer runs: a text has a tenth as many
_LETTERS = re.compile(r"[^\W\d_]+")
_SAMPLED = 60_000  # code points from which the language of a text is told
_OTHER_SHARE = 0.012  # of Arabic letters, those that Arabic itself has not: Persian has 2.5 %, Arabic news below 0.1 %
_ARTICLE_SHARE = 0.1  # of words, those with the Arabic article; Arabic prose has more than 20 %


def check_size(text: str) -> None:
    """Raise ``TooLarge`` where ``text`` has more than ``LIMITS.max_chars`` code points."""
    if len(text) > LIMITS.max_chars:
        remedy = f"split it into articles of at most {LIMITS.max_chars:,} characters"
        raise TooLarge(f"the text has {len(text):,} characters", value=text[:60], remedy=remedy)


def check_text(text: str) -> None:
    """Raise the ``InputError`` for which ``text`` cannot be read, if there is one.

    Raises:
        EmptyInput: no text at all.
        TooLarge: more than ``LIMITS.max_chars`` code points.
        UnsupportedLanguage: fewer than ``LIMITS.min_arabic`` of the letters are Arabic, or the letters and words
            are those of another language in Arabic script.
    """
    check_size(text)
    if not any(char.isprintable() and not char.isspace() for char in text[:2000]) and not _LETTERS.search(text):
        raise EmptyInput("there is no text", value=text[:20] or None, remedy="give the text of an article")
    sample = text[:_SAMPLED]
    arabic = _count_arabic(sample)
    # letters take long to count, and of nearly every text so many signs are Arabic that they need not be
    surely = arabic >= LIMITS.min_arabic * (len(sample) - sample.count(" ")) and _LETTERS.search(sample) is not None
    if not surely:
        letters = _count_letters(sample)
        if not letters and len(text) > _SAMPLED:
            sample = text
            letters, arabic = _count_letters(sample), _count_arabic(sample)
        if not letters or arabic < LIMITS.min_arabic * letters:
            share = f"{arabic / letters:.0%} of its letters are Arabic" if letters else "it has no letters"
            raise UnsupportedLanguage(f"the text is not Arabic: {share}", value=text[:60], remedy=_REMEDY)
    other = _other_language(sample, arabic)
    if other:
        raise UnsupportedLanguage(f"the text is {other}, not Arabic", value=text[:60], remedy=_REMEDY)


_REMEDY = "musnad reads articles in Arabic"


def _count_letters(sample: str) -> int:
    """How many letters of any script there are."""
    return sum(map(len, _LETTERS.findall(sample)))


def _count_arabic(sample: str) -> int:
    """How many Arabic letters there are."""
    return sum(map(len, _SPACED.findall(sample))) - sample.count(" ")


def _other_language(sample: str, arabic: int) -> str | None:
    """The language in Arabic script that the sample is in, if it is not Arabic."""
    found = {name: sum(map(sample.count, letters)) for name, letters in _scripts().items()}
    name = max(found, key=lambda key: found[key])
    if found[name] < max(2, _OTHER_SHARE * arabic):
        return None
    runs = _ARABIC.findall(sample)
    with_article = sum(1 for run in runs if "\u0627\u0644" in run[:4] or run[:2] == "\u0644\u0644")
    return name if with_article < _ARTICLE_SHARE * len(runs) else None


@lru_cache(maxsize=1)
def _scripts() -> Mapping[str, str]:
    """Language → letters that Arabic has not."""
    return MappingProxyType({row["language"]: row["letters"] for row in rows("read/scripts")})
