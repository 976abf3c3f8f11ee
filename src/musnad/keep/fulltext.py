"""Full text over a column that musnad folds and strips itself.

Neither SQLite nor PostgreSQL knows Arabic well enough: FTS5 folds no alef forms, and stemmers take the first letter
of words such as the one for *minister*. So every word is folded (``read.fold``), and conjunctions, prepositions and
the article are taken off where a more usual word is left. Search words go the same way. The index is FTS5 without
content in a file, and a ``tsvector`` of the ``simple`` configuration on a server.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from musnad.find.kept import Kept
from musnad.lexicon.loader import rows
from musnad.read.fold import fold_word
from musnad.read.joins import split_words, word_count
from musnad.read.words import NUMBER, WORD, words

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_SHORTEST = 3  # letters that must be left
_SQLITE = "CREATE VIRTUAL TABLE fulltext USING fts5(stems, content='', tokenize='unicode61 remove_diacritics 0')"
_SERVER = (
    "CREATE TABLE fulltext (rowid BIGINT PRIMARY KEY, stems TSVECTOR NOT NULL)",
    "CREATE INDEX fulltext_stems ON fulltext USING gin (stems)",
)


def stems(tokens: Iterable[str]) -> list[str]:
    """The folded ``tokens`` as they are indexed."""
    return [_stems[token] for token in tokens]


def search_words(text: str) -> list[str]:
    """The words and numbers of a search as they are indexed, in order."""
    cut = words(text, split=split_words)
    return stems(form for form, kind in zip(cut.forms, cut.kinds, strict=True) if kind in (WORD, NUMBER))


def _stem(word: str) -> str:
    """``word`` without what is written to its front, where the rest is at least as usual."""
    here = word_count(word)
    heads, articles = _heads()
    if word[:1] in heads and len(word) > _SHORTEST and word_count(word[1:]) >= max(here, 1):
        return _stems[word[1:]]
    for article in articles:
        if word.startswith(article) and len(word) - len(article) >= _SHORTEST:
            return word[len(article) :]
    return word


_stems = Kept(_stem)


@lru_cache(maxsize=1)
def _heads() -> tuple[frozenset[str], tuple[str, ...]]:
    """One-letter proclitics, and the forms of the article, the longest first."""
    found: dict[str, set[str]] = {}
    for row in rows("read/joins"):
        found.setdefault(row["class"], set()).add(fold_word(row["form"]))
    single = {form for kind in ("conjunction", "preposition") for form in found[kind] if len(form) == 1}
    return frozenset(single), tuple(sorted(found["article"], key=lambda a: (-len(a), a)))


def create(connection: Connection) -> None:
    """Make the index, empty."""
    for sql in (_SQLITE,) if connection.dialect.name == "sqlite" else _SERVER:
        connection.exec_driver_sql(sql)


def fill(connection: Connection, entries: Sequence[tuple[int, str]]) -> None:
    """Index statements: each with its row id and its stems, with spaces between."""
    if not entries:
        return
    if connection.dialect.name == "sqlite":
        sql = "INSERT INTO fulltext (rowid, stems) VALUES (?, ?)"
        connection.exec_driver_sql(sql, list(entries))
        return
    from sqlalchemy import text

    given = [{"rowid": n, "stems": words} for n, words in entries]
    rows = "json_to_recordset(CAST(:rows AS json)) AS given (rowid bigint, stems text)"
    sql = f"INSERT INTO fulltext (rowid, stems) SELECT rowid, to_tsvector('simple', stems) FROM {rows}"
    connection.execute(text(sql), {"rows": json.dumps(given, ensure_ascii=False)})


def matching(dialect: str) -> str:
    """The condition on ``fulltext`` that its stems match the parameter ``:match``."""
    return "fulltext MATCH :match" if dialect == "sqlite" else "stems @@ CAST(:match AS tsquery)"


def all_of(dialect: str, wanted: Sequence[str]) -> str:
    """The query for statements with all the words ``wanted``."""
    return (" AND " if dialect == "sqlite" else " & ").join(_term(dialect, word) for word in wanted)


def _term(dialect: str, word: str) -> str:
    if dialect == "sqlite":
        return '"' + word.replace('"', '""') + '"'
    return "'" + word.replace("\\", "").replace("'", "''") + "'"
