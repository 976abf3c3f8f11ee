"""Keys of names: one string for all spellings of a name that the press gives, another for other names.

Words are brought to one spelling first (``names/spellings``). A word that Arabs bear as a name, or that has letters
which foreign names never have, stays as it is folded: a long vowel tells people apart (Salim, Salem, Salman). Of any
other word, taken for a foreign name, the skeleton of its sounds stays (``lexicon.sounds``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from musnad.lexicon.authority import canonical
from musnad.lexicon.loader import index, rows
from musnad.lexicon.sounds import letters, skeleton
from musnad.read.fold import fold_word
from musnad.read.joins import word_count

_ALIF, _LAM, _WAW, _YA = (chr(c) for c in (0x627, 0x644, 0x648, 0x64A))
_ARTICLE = _ALIF + _LAM
_OWN = frozenset(chr(c) for c in (0x639, 0x62D, 0x635, 0x636, 0x637, 0x638, 0x642, 0x62E, 0x630, 0x621))
"""Letters that are rare in Arabic spellings of foreign names."""
_RARE = 64  # how often news writes a word that is more likely a foreign name (the scale of ``words/types``)
_SHORT = 3  # classes of sound; with fewer a skeleton keeps the long vowels
_NOON, _BA, _ALLAH = chr(0x646), chr(0x628), "".join(chr(c) for c in (0x627, 0x644, 0x644, 0x647))


@cache
def _joined() -> frozenset[str]:
    return frozenset(fold_word(row.key) for row in rows("names/spellings") if row["kind"] == "joined")


@cache
def _standard() -> frozenset[str]:
    """The folded spellings that stand for others, where their Latin spelling has no article: *Ilham* is one word."""
    return frozenset(fold_word(row.key) for row in rows("names/spellings") if row["latin"])


@cache
def _latin() -> Mapping[str, str]:
    """Folded name → its Latin spelling: those kept by hand first."""
    found = {row.key: row["latin"] for row in rows("names/romanised")}
    for row in rows("names/spellings"):
        if row["latin"]:
            found[fold_word(row.key)] = row["latin"]
            for form in (row.key, *row.all("variants")):
                found[fold_word(form)] = row["latin"]
    return MappingProxyType(found)


def known_name(word: str) -> bool:
    """Whether a folded word is known as a name that has a usual Latin spelling."""
    return word in _latin()


@lru_cache(maxsize=256)  # key, length and Latin spelling of a name each ask for them
def parts(name: str) -> tuple[str, ...]:
    """The folded words of ``name``; what is written with the next word or apart from it is one word with it."""
    words = fold_word("".join(c if c.isalnum() or c in "\u0640" else " " for c in fold_word(name))).split()
    joined = _joined()
    found: list[str] = []
    unfinished = False
    for word in map(canonical, words):
        if word == _ALIF + _BA + _NOON:
            word = word[1:]
        if found and (unfinished or word == _ALLAH):
            found[-1] += word
        else:
            found.append(word)
        unfinished = word in joined
    return tuple(found)


@lru_cache(maxsize=16_384)
def word_key(word: str) -> str:
    """The key of one folded word of a name."""
    plain = canonical(word)
    if len(plain) < _SHORT or plain in _standard():
        return plain
    for double in (_WAW, _YA):  # Arabic spellings of foreign names double these or not
        plain = plain.replace(double + double, double)
    if word in index("names/given") or plain in index("names/given"):
        return _without_article(plain)
    inner = next(
        (plain[len(p) :] for p in _joined() if plain.startswith(p) and plain[len(p) :].startswith(_ARTICLE)), ""
    )
    if plain.startswith(_ARTICLE) or inner or not _OWN.isdisjoint(plain) or plain.endswith(_ALLAH):
        return _without_article(plain)
    spelt = canonical(plain)
    sound = skeleton(spelt)
    if len(sound) >= _SHORT:
        return sound
    table = letters()
    return "".join(table[c]["sound"] if c in table and table[c]["sound"] else c for c in spelt if c != _ALIF) or spelt


def _without_article(word: str) -> str:
    return word[2:] if word.startswith(_ARTICLE) and len(word) > 4 else word


def person_key(name: str) -> str:
    """The key of a person's name; "" where it has no letters.

    An article is kept in the first word alone: *al-Rashid* is a family, *Rashid* a given name.
    """
    words = parts(name)
    first = "" if not words else canonical(words[0]) if words[0].startswith(_ARTICLE) else word_key(words[0])
    return "-".join(filter(None, (first, *map(word_key, words[1:]))))


def body_key(words: Iterable[str]) -> str:
    """The key of a body that no authority knows: its words without article, rare ones as those of names."""
    return "-".join(
        word_key(word) if word_count(word) <= _RARE else _without_article(canonical(word)) for word in words
    )


@lru_cache(maxsize=4_096)
def name_alone(name: str) -> str:
    """A personal name without the office, country or nationality that an article writes before it, or an office after.

    Empty where nothing but an office is left.
    """
    words = name.split()
    titles, countries = index("names/titles", "title"), index("names/countries", "name")
    gentilics = index("names/countries", "masculine", "feminine", "plural")
    if fold_word(name) in _offices() or (len(words) == 2 and fold_word(words[0]) in _offices("portfolio")):
        return ""
    if not words:
        return ""
    while len(words) > 1:
        first = fold_word(words[0])
        bare = first[2:] if first.startswith(_ARTICLE) else ""
        titled = bool(bare) and (first in titles or bare in titles)
        if not titled and not (len(words) > 2 and (first in countries or bare in gentilics)):
            break
        words = words[1:]
        last = fold_word(words[0])
        if len(words) == 1 and last.startswith(_ARTICLE) and last[2:] in gentilics:
            return ""
    while fold_word(words[-1]) in titles and not fold_word(words[-1]).startswith(_ARTICLE):
        if len(parts(" ".join(words[:-1]))) < 2:
            break
        words = words[:-1]
    return " ".join(words)


@cache
def _offices(of: str = "") -> frozenset[str]:
    """What names an office: all forms of more than one word, or (``portfolio``) the words that a portfolio follows."""
    found = (row for row in rows("authority/roles") if of in ("", row["of"]))
    forms = (fold_word(form) for row in found for form in row.all("form"))
    return frozenset(form for form in forms if (" " in form) is (not of))


def romanised(name: str) -> str:
    """``name`` in Latin letters: usual spellings where known, else letter by letter (``names/sounds``)."""
    return " ".join(filter(None, (_roman_word(word) for word in _units(name))))


def _units(name: str) -> list[str]:
    """The words of ``name``, with compounds that have a usual spelling of their own as one."""
    words = "".join(c if c.isalnum() else " " for c in fold_word(name)).split()
    known, found, i = _latin(), [], 0
    while i < len(words):
        pair = " ".join(words[i : i + 2])
        size = 2 if i + 1 < len(words) and pair in known else 1
        found.append(" ".join(words[i : i + size]))
        i += size
    return found


@lru_cache(maxsize=8_192)
def _roman_word(word: str) -> str:
    if word.isascii():
        return word.title()
    known = _latin()
    for form in (word, canonical(word)):
        if form in known:
            return known[form]
    if word.startswith(_ARTICLE) and len(word) > 4:
        rest = word[2:]
        return "al-" + (known.get(rest) or _by_letters(rest))
    return _by_letters(word)


def _by_letters(word: str) -> str:
    """``word`` letter by letter; a short vowel is written where two consonants begin it or three meet."""
    table = letters()
    out: list[str] = []
    run = 0  # consonants since the last vowel
    for i, c in enumerate(word):
        row = table.get(c)
        if row is None:
            out.append(c if c.isascii() else "")
            continue
        vowel = c in (_ALIF, _WAW, _YA)
        following = word[i + 1 : i + 2]
        glide = c in (_WAW, _YA) and (
            not i or following == _ALIF or (out and out[-1][-1:] in "aiu" and word[i - 1] == _ALIF)
        )
        if vowel and not glide:
            first = not i
            out.append(
                "" if first and following in (_WAW, _YA) else row["middle"] if i + 1 < len(word) else row["last"]
            )
            run = 0
            continue
        cluster = i == 1 and word[0] in table and table[word[0]]["sound"] == "S" and row["sound"] in ("T", "P", "K")
        if run and (run >= 2 or i == 1) and not cluster:
            out.append("a")
            run = 0
        out.append(row["first"] if glide or not i else row["middle"] if i + 1 < len(word) else row["last"])
        run += 1
    text = "".join(out)
    return text[:1].upper() + text[1:]
