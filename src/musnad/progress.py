"""What the user sees on standard error while inputs are read: progress, inputs set aside, the summary."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from types import TracebackType

from musnad.errors import MusnadError
from musnad.show.view import printable
from musnad.types import Reading

_PATIENCE = 1.0  # seconds without a line of progress
_PACE = 0.2  # seconds between two lines
_ERASE = "\r\x1b[K"

_ONE = {"times": "time", "quantities": "quantity", "places": "place"}
_MANY = {"quantity": "quantities"}


class Progress:
    """Counts what was read and what was set aside, and says so.

    The line of progress appears on terminals only, after a second; every input set aside gets one line at once;
    the summary comes at the end.

    Args:
        quiet: whether progress and summary are left out; inputs set aside are always named.
        kinds: fields of the readings whose values are counted in place of the statements.
    """

    def __init__(self, *, quiet: bool = False, kinds: Sequence[str] = ()) -> None:
        self.values = dict.fromkeys(kinds, 0)
        self.read = self.statements = self.verifications = self.known = 0
        self.reasons: Counter[str] = Counter()
        self._quiet = quiet
        self._tty = sys.stderr.isatty()
        self._begun = self._said = time.monotonic()
        self._dirty = False

    @property
    def set_aside(self) -> int:
        """How many inputs were set aside."""
        return sum(self.reasons.values())

    def add(self, reading: Reading) -> None:
        """Count a reading."""
        for kind in self.values:
            self.values[kind] += len(getattr(reading, kind))
        self.count(len(reading.statements), len(reading.verifications))

    def pass_over(self, articles: int) -> None:
        """Count articles that need no reading."""
        self.known += articles

    def count(self, statements: int, verifications: int) -> None:
        """Count a reading with so many statements and verifications."""
        self.read += 1
        self.statements += statements
        self.verifications += verifications
        now = time.monotonic()
        if self._tty and not self._quiet and now - self._begun > _PATIENCE and now - self._said > _PACE:
            self._said = now
            rate = self.read / (now - self._begun)
            sys.stderr.write(f"{_ERASE}reading: {self.read} articles, {self.statements} statements, {rate:.0f}/s")
            sys.stderr.flush()
            self._dirty = True

    def lose(self, error: MusnadError) -> None:
        """Name an input that is set aside, and count it."""
        self.reasons[error.code] += 1
        self._clear()
        # The value is a path and a line: whole, since its end says the most.
        where = f": {printable(str(error.value))}" if error.value is not None else ""
        what = f" ({error.remedy})" if error.remedy else ""
        print(f"musnad: set aside: {error.code}: {error.message}{where}{what}", file=sys.stderr)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clear()
        if not self._quiet and not isinstance(error, BrokenPipeError):
            print(f"musnad: {self.summary()}", file=sys.stderr)

    def summary(self) -> str:
        """The summary as one line without its line break."""
        seconds = time.monotonic() - self._begun
        told = f"{_count(self.read, 'article')} read, "
        if self.values:
            told += ", ".join(_count(n, _ONE[kind]) for kind, n in self.values.items())
        else:
            told += f"{_count(self.statements, 'statement')}, {_count(self.verifications, 'verification')}"
        told += f" in {seconds:.1f} s"
        if self.known:
            told += f"; {_count(self.known, 'article')} known already"
        if self.reasons:
            why = ", ".join(f"{code} {n}" for code, n in self.reasons.most_common())
            told += f"; {_count(self.set_aside, 'input')} set aside ({why})"
        return told

    def _clear(self) -> None:
        if self._dirty:
            sys.stderr.write(_ERASE)
            sys.stderr.flush()
            self._dirty = False


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun if n == 1 else _MANY.get(noun, noun + 's')}"
