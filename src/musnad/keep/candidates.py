"""The statements of a ledger that may report given words: found by their rarest words, ranked by what they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from musnad.errors import UsageError
from musnad.keep import fulltext, tables
from musnad.keep.ledger import versions_in
from musnad.keep.records import Version
from musnad.read.joins import word_count

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_PROBES = 7  # of the rarest words of a question, every two of which are looked for
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
    from sqlalchemy import select, text

    asked = fulltext.search_words(words)
    if not asked:
        raise UsageError("there are no words to look for", value=words, remedy="give the words of a quotation")
    rare = sorted(set(asked), key=lambda w: (word_count(w), w))[:_PROBES]
    dialect = connection.dialect.name
    s, r, e = tables.statement.c, tables.reading.c, tables.edition.c
    order = " ORDER BY rank" if dialect == "sqlite" else ""
    sql = f"SELECT rowid FROM fulltext WHERE {fulltext.matching(dialect)}{order} LIMIT :most"
    found = connection.execute(text(sql), {"match": fulltext.any_two(dialect, rare), "most": most}).scalars().all()
    if not found:
        return []
    query = select(e.article, s.number).join_from(tables.statement, tables.reading, s.reading == r.id)
    query = query.join(tables.edition, r.edition == e.id).where(s.id.in_(found), r.current)
    wanted = {(article, number) for article, number in connection.execute(query)}
    numbers = {(article, f"s{number}") for article, number in wanted}
    names = {article for article, _ in wanted}
    made = []
    for article, version in versions_in(connection, sorted(names)):
        if (article, version.statement.rpartition("#")[2]) in numbers:
            score = similarity(asked, fulltext.stems(version.tokens))
            if score >= least:
                made.append((version, score))
    return sorted(made, key=lambda pair: (-pair[1], pair[0].published or "9999", pair[0].statement))


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
