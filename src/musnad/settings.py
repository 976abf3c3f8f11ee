"""The limits that keep every run bounded, in one frozen record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on one input; beyond them it is set aside or read in part, always with a note.

    Attributes:
        max_bytes: largest input file or record, in bytes.
        max_chars: longest text that is read, in code points; a longer one is an error.
        max_sentence_words: a longer "sentence" is cut there.
        max_word_chars: a longer unbroken run of letters is not analysed.
        max_statements: statements kept of one article, in text order.
        least_confidence: a statement that is less likely to be one, with the right speaker, is left out.
        min_arabic: least share of Arabic letters among all letters.
    """

    max_bytes: int = 50_000_000
    max_chars: int = 2_000_000
    max_sentence_words: int = 220
    max_word_chars: int = 60
    max_statements: int = 2_000
    least_confidence: float = 0.2
    min_arabic: float = 0.5


LIMITS = Limits()
# New objects after which a process of musnad's own (the command, its workers) looks for cyclic garbage, of which
# reading makes next to none (``gc.set_threshold``). The library leaves the process of its user as it is.
GARBAGE = 100_000
