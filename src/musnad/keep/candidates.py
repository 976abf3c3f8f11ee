"""The statements of a ledger that may report given words: found by their rarest words, ranked by what they share."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from musnad.errors import UsageError
from musnad.keep import fulltext, tables
from musnad.keep.ledger import versions_in
from musnad.keep.moments import order
from musnad.keep.records import Version
from musnad.read.joins import word_count

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_PROBES = 7  # rarest words of a question that are looked for
_ENOUGH = 3  # of them, however common
_TOO_MANY = 20_000  # statements with one word
_LEAST_WORDS = 5  # of a statement that may be a part of the question


def similar(connection: Connection, words: str, *, least: float, most: int) -> list[tuple[Version, float]]:
    """The current statements that share words with a text, the most alike first.

    Args:
        words: the text.
        least: similarity below which statements are left out, 0 to 1.
        most: statements that are compared at most.

    Raises:
        UsageError: the text has no words.
    """
    from sqlalchemy import select

    asked = fulltext.search_words(words)
    if not asked:
        raise UsageError("there are no words to look for", value=words, remedy="give the words of a quotation")
    found = _promising(connection, asked, most)
    if not found:
        return []
    s, r, e = tables.statement.c, tables.reading.c, tables.edition.c
    query = select(e.article, s.number).join_from(tables.statement, tables.reading, s.reading == r.id)
    query = query.join(tables.edition, r.edition == e.id).where(s.id.in_(found), r.current)
    wanted: defaultdict[int, set[str]] = defaultdict(set)
    for article, number in connection.execute(query):
        wanted[article].add(f"s{number}")
    made = []
    for _, version in versions_in(connection, sorted(wanted), only=wanted):
        score = similarity(asked, fulltext.stems(version.tokens))
        if score >= least:
            made.append((version, score))
    return sorted(made, key=lambda pair: (-pair[1], order(pair[0].published, pair[0].moment), pair[0].statement))


def _promising(connection: Connection, asked: Sequence[str], most: int) -> list[int]:
    """The row ids of statements that share at least two of the rarest words asked for, by the weight of these words."""
    from sqlalchemy import text

    rare = sorted(set(asked), key=lambda w: (word_count(w), -len(w), w))[:_PROBES]
    dialect = connection.dialect.name
    sql = f"SELECT rowid FROM fulltext WHERE {fulltext.matching(dialect)}"
    some, last = text(f"{sql} LIMIT :most"), text(f"{sql} LIMIT 1 OFFSET :most")
    weights: dict[int, int] = {}
    hits: Counter[int] = Counter()
    for n, word in enumerate(rare):
        match = fulltext.all_of(dialect, [word])
        if n >= _ENOUGH and connection.execute(last, {"match": match, "most": _TOO_MANY - 1}).first() is not None:
            continue  # the rarer words decide
        told: Any = connection.execute(some, {"match": match, "most": _TOO_MANY})
        rows = [row for (row,) in told.cursor.fetchall()]  # at half the cost of SQLAlchemy's rows
        told.close()
        weight = max(1, (_TOO_MANY // (len(rows) + 1)).bit_length())
        for row in rows:
            weights[row] = weights.get(row, 0) + weight
        hits.update(rows)
    least = min(2, len(rare))
    strong = (row for row in weights if hits[row] >= least)
    return heapq.nsmallest(most, strong, key=lambda row: (-weights[row], row))


def similarity(asked: Sequence[str], told: Sequence[str]) -> float:
    """How far ``told`` reports the words ``asked``, 0 to 1: the share of words that both have in one order.

    A statement that is a part of what is asked, or holds it, counts nearly whole.
    """
    shared = sum((Counter(asked) & Counter(told)).values())
    if not shared or not asked:
        return 0.0
    if shared < 0.25 * min(len(asked), len(told)):
        return shared / max(len(asked), len(told))
    same = sum(block.size for block in SequenceMatcher(None, asked, told, autojunk=False).get_matching_blocks())
    both = 2 * same / (len(asked) + len(told))
    holds = same / len(asked)
    part = same / len(told) if len(told) >= _LEAST_WORDS else 0.0
    return round(max(both, 0.95 * holds, 0.85 * part), 3)
