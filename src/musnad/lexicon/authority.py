"""The authority: which bodies and places there are, under which names, and what they are called elsewhere.

The package's own tables are ``authority/*.tsv``; rows with ``of`` take further names, kind and country from the table
named there. A user may add files of the same form (``docs/authority.md``): they come after, and win.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from musnad.errors import AuthorityError, LexiconError
from musnad.lexicon.loader import Row, index, read_table, rows
from musnad.lexicon.schemas.authority import BODY_COLUMNS, BODY_KINDS
from musnad.lexicon.schemas.base import COMMON
from musnad.read.fold import fold_word

TABLES = ("authority/agencies", "authority/bodies", "authority/groups", "authority/outlets", "authority/places")
_WORD = re.compile(r"[^\W_]+")
_ID = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*")
_OTHER_NAMES = MappingProxyType({"names/agencies": "variants", "names/outlets": "variants"})
_REMEDY = "see docs/authority.md for the form of the file"
_MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One body, place or (in files of users) person.

    Attributes:
        id: ``group/is``; it does not change.
        name: the Arabic name by which it is listed.
        kind: one of ``schemas.authority.BODY_KINDS``.
        country: ISO 3166-1 alpha-2 or None.
        english, french: its names there, or None.
        row: the row that lists it, ``table:key``.
    """

    id: str
    name: str
    kind: str
    country: str | None
    english: str | None
    french: str | None
    row: str


@dataclass(frozen=True, slots=True)
class Authority:
    """All bodies by their names.

    Attributes:
        bodies: id → body.
        names: name as canonical words → id; all names that tell a body by themselves.
        short: the same for acronyms and names that are also common words: only for what is known to be a name.
        first: canonical first word → second word → the ``names`` that begin with both, longest first; names of one
            word are under "".
        openings: the folded spellings of the first words; ``alone`` those that are names by themselves; ``seconds``
            those of the second words.
    """

    bodies: Mapping[str, Body]
    names: Mapping[tuple[str, ...], str]
    short: Mapping[tuple[str, ...], str]
    first: Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]]
    openings: frozenset[str]
    alone: frozenset[str]
    seconds: frozenset[str]

    def of(self, words: tuple[str, ...]) -> Body | None:
        """The body that has the canonical ``words`` as a name or an acronym."""
        key = self.names.get(words) or self.short.get(words)
        return self.bodies[key] if key is not None else None

    def beginning(self, first: str, second: str) -> tuple[tuple[str, ...], ...]:
        """The names that begin with the canonical words ``first`` and ``second``, longest first, ``first`` alone last.

        ``second`` is "" where no word follows.
        """
        names = self.first.get(first)
        if names is None:
            return ()
        alone = names.get("", ())
        return names.get(second, ()) + alone if second else alone


@cache
def _spellings() -> Mapping[str, str]:
    """Folded spelling → the folded spelling that stands for it."""
    table: dict[str, str] = {}
    for row in rows("names/spellings"):
        if row["kind"] == "spelling":
            for form in row.all("variants"):
                table[fold_word(form)] = fold_word(row.key)
    return MappingProxyType(table)


@lru_cache(maxsize=16_384)
def canonical(word: str) -> str:
    """The one spelling that stands for all spellings of a folded ``word`` (``names/spellings``)."""
    table = _spellings()
    if word in table:
        return table[word]
    for size in (2, 3):  # the article, alone or after a conjunction or preposition
        if word[size - 2 : size] == _ARTICLE and word[size:] in table:
            return word[:size] + table[word[size:]]
    return word


_ARTICLE = chr(0x627) + chr(0x644)


@lru_cache(maxsize=4_096)  # names come again, in one article and in others
def name_words(name: str) -> tuple[str, ...]:
    """``name`` as canonical words, without marks; case does not matter in Latin letters."""
    return tuple(canonical(word) for word in _WORD.findall(fold_word(name).lower()))


@lru_cache(maxsize=8)
def authority(paths: tuple[str, ...] = ()) -> Authority:
    """The package's authority with the files of ``paths`` added.

    Raises:
        AuthorityError: a file is missing or breaks the form; the message names file and line.
    """
    bodies: dict[str, Body] = {}
    names: dict[tuple[str, ...], str] = {}
    short: dict[tuple[str, ...], str] = {}
    for table in TABLES:
        for row in rows(table):
            _enter(_own(row), bodies, names, short)
    for path in [file for given in paths for file in _files(given)]:
        mine: dict[tuple[str, ...], tuple[str, int]] = {}
        for row in _read(path):
            entry = _given(row, path, bodies)
            for name in entry.names + entry.short:
                other, line = mine.setdefault(name, (entry.body.id, row.line))
                if other != entry.body.id:
                    raise _wrong(path, row, f"the name is already that of {other} in line {line}", " ".join(name))
            _enter(entry, bodies, names, short, wins=True)
    first: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {}
    for name in sorted(names, key=len, reverse=True):
        seconds = first.setdefault(name[0], {})
        second = name[1] if len(name) > 1 else ""
        seconds[second] = (*seconds.get(second, ()), name)
    return Authority(
        MappingProxyType(bodies),
        MappingProxyType(names),
        MappingProxyType(short),
        MappingProxyType(first),
        _all_spelt(first),
        _all_spelt(word for word, seconds in first.items() if "" in seconds),
        _all_spelt(second for seconds in first.values() for second in seconds if second),
    )


def _all_spelt(words: Iterable[str]) -> frozenset[str]:
    return frozenset(spelling for word in words for spelling in _spelt(word))


def _spelt(word: str) -> list[str]:
    """All folded words whose canonical spelling is ``word``."""
    tries = [word, *_variants().get(word, ())]
    for size in (2, 3):
        if word[size - 2 : size] == _ARTICLE:
            tries += [word[:size] + variant for variant in _variants().get(word[size:], ())]
    return [spelling for spelling in tries if canonical(spelling) == word]


@cache
def _variants() -> Mapping[str, tuple[str, ...]]:
    """Folded spelling that stands for others → the others."""
    found: dict[str, tuple[str, ...]] = {}
    for variant, word in _spellings().items():
        found[word] = (*found.get(word, ()), variant)
    return MappingProxyType(found)


@dataclass(frozen=True, slots=True)
class _Entry:
    body: Body
    names: tuple[tuple[str, ...], ...]
    short: tuple[tuple[str, ...], ...]


def _enter(
    entry: _Entry,
    bodies: dict[str, Body],
    names: dict[tuple[str, ...], str],
    short: dict[tuple[str, ...], str],
    *,
    wins: bool = False,
) -> None:
    bodies[entry.body.id] = entry.body
    for table, found in ((names, entry.names), (short, entry.short)):
        for name in found:
            if name and (wins or name not in table):
                table[name] = entry.body.id


def _own(row: Row) -> _Entry:
    """A row of the package's tables."""
    table = row.get("of")
    base = _listed(table, row["name"]) if table else None
    spelt = [row["name"], *row.all("aliases")]
    acronyms = list(row.all("acronyms"))
    apart = {name_words(name) for name in row.all("except")}
    if base is not None:
        spelt += base.all(_OTHER_NAMES.get(table, "aliases"))
        acronyms += base.all("acronyms")
        if base.get("alone") == "no":
            apart.add(name_words(row["name"]))
    kind = row.get("kind") or _kind(table, base)
    body = Body(
        id=row["id"],
        name=row["name"],
        kind=kind,
        country=row.get("country") or (base.get("country") if base is not None else "") or None,
        english=row.get("english") or None,
        french=row.get("french") or None,
        row=row.id,
    )
    found = dict.fromkeys(name_words(name) for name in spelt)
    common = apart if base is not None and base.get("alone") == "no" else set()
    return _Entry(
        body,
        tuple(name for name in found if name not in apart),
        tuple(dict.fromkeys([*(name_words(a) for a in acronyms), *common])),
    )


def _kind(table: str, base: Row | None) -> str:
    if table == "names/agencies":
        return "agency"
    kind = base.get("kind") if base is not None else ""
    return "outlet" if table == "names/outlets" and kind == "group" else kind


@cache
def _listed(table: str, name: str) -> Row | None:
    return next((row for row in index(table).get(fold_word(name), ()) if row.key == name), None)


def _wrong(path: str, row: Row, message: str, value: str) -> AuthorityError:
    return AuthorityError(f"{path}:{row.line}: {message}", value=value, remedy=_REMEDY)


def _files(path: str) -> list[str]:
    """The file ``path``, or the files ``*.tsv`` of the folder ``path``."""
    if not Path(path).is_dir():
        return [path]
    found = sorted(str(file) for file in Path(path).glob("*.tsv"))
    if not found:
        raise AuthorityError("the folder holds no .tsv file", value=path, remedy=_REMEDY)
    return found


def _read(path: str) -> tuple[Row, ...]:
    """The rows of a user's file."""
    file = Path(path)
    try:
        size = file.stat().st_size
    except OSError as error:
        raise AuthorityError("no such authority file", value=path, remedy="check the path") from error
    if size > _MOST_BYTES:
        raise AuthorityError("the authority file is too large", value=path, remedy=f"at most {_MOST_BYTES:,} bytes")
    try:
        found_rows = read_table(file, "authority")
    except LexiconError as error:
        raise AuthorityError(error.message, value=error.value, remedy=error.remedy or _REMEDY) from error
    _check_columns(path, file, found_rows)
    return found_rows


def _check_columns(path: str, file: Path, found: tuple[Row, ...]) -> None:
    if not found:
        raise AuthorityError("the authority file has no rows", value=path, remedy=_REMEDY)
    columns = found[0].header.columns
    for column in ("id", "name"):
        if column not in columns:
            raise AuthorityError(f"{file}: no column {column}", value="\t".join(columns), remedy=_REMEDY)
    known = (*BODY_COLUMNS, *COMMON)
    for column in columns:
        if column not in known or column == "of":
            remedy = f"use {', '.join(c for c in known if c != 'of')}"
            raise AuthorityError(f"{file}: unknown column", value=column, remedy=remedy)


def _given(row: Row, path: str, bodies: Mapping[str, Body]) -> _Entry:
    """A row of a user's file, checked; a row with a known id adds to it."""
    key, name = row["id"].strip(), row["name"].strip()
    for column, cell in (("id", key), ("name", name)):
        if not cell:
            raise _wrong(path, row, f"no {column}", "\t".join(row.cells))
    if _ID.fullmatch(key) is None:
        raise _wrong(path, row, "the id is not small letters, digits and . _ - /", key)
    before = bodies.get(key)
    kind = row.get("kind").strip() or (before.kind if before else "group")
    if kind not in BODY_KINDS:
        raise _wrong(path, row, f"unknown kind, which is one of {', '.join(BODY_KINDS)}", kind)
    country = row.get("country").strip() or (before.country if before else None)
    if country is not None and country not in _countries():
        raise _wrong(path, row, "the country is no code of ISO 3166-1 such as IQ", country)
    found = tuple(dict.fromkeys(name_words(n) for n in (name, *row.all("aliases"))))
    if not all(found):
        raise _wrong(path, row, "a name without letters", name)
    body = Body(
        id=key,
        name=before.name if before else name,
        kind=kind,
        country=country,
        english=row.get("english").strip() or (before.english if before else None),
        french=row.get("french").strip() or (before.french if before else None),
        row=f"{Path(path).name}:{row.line}",
    )
    apart = {name_words(n) for n in row.all("except")}
    return _Entry(
        body, tuple(n for n in found if n not in apart), tuple(filter(None, map(name_words, row.all("acronyms"))))
    )


@cache
def _countries() -> frozenset[str]:
    return frozenset(row.key for row in rows("names/countries"))


def check(paths: Iterable[str]) -> tuple[str, ...]:
    """``paths`` as ``authority`` takes them; mistakes in them are told now, before any article is read."""
    found = tuple(str(path) for path in paths)
    authority(found)
    return found
