"""Every error that musnad raises, in one tree.

Each error has a stable ``code`` (kebab case), the offending ``value`` (shortened for display) and a
``remedy`` that says what to do. The library raises them; the command line prints them and goes on with the
other inputs; no traceback reaches a user.

    MusnadError
    ├── InputError            this input cannot be read: it is set aside, the others go on
    │   ├── EmptyInput            empty-input
    │   ├── BinaryInput           binary-input
    │   ├── UnsupportedLanguage   unsupported-language
    │   ├── TooLarge              too-large
    │   ├── BadRecord             bad-record      (a line of JSONL)
    │   ├── MarkupError           bad-markup      (HTML without main text)
    │   └── UnreadablePath        unreadable-path
    ├── MissingExtra          missing-extra       an optional dependency is not installed
    ├── LexiconError          bad-lexicon         a lexicon table breaks its contract
    ├── ModelError            bad-model           a model file is damaged or of another version
    ├── LedgerError           ledger-error        the ledger cannot do what was asked
    │   ├── LedgerMissing         ledger-missing      there is no ledger at this place
    │   ├── LedgerNewer           ledger-newer        a later musnad wrote it
    │   ├── LedgerDamaged         ledger-damaged      the file is no ledger, or pages of it are broken
    │   ├── LedgerReadOnly        ledger-read-only    it may be read, not written
    │   ├── LedgerFull            ledger-full         there is no room on the disk
    │   ├── LedgerBusy            ledger-busy         another program writes for too long
    │   └── BadDump               bad-dump            what is loaded is no dump of a ledger
    └── UsageError            bad-usage           arguments that make no sense
        └── AuthorityError        bad-authority   a user's file of actors breaks its form
"""

from __future__ import annotations

_SHOWN = 80


class MusnadError(Exception):
    """Base of all errors.

    Args:
        message: what is wrong, one sentence without a full stop.
        value: the offending value; shown shortened to 80 characters.
        remedy: what to do, one sentence without a full stop.
    """

    code = "error"

    def __init__(self, message: str, *, value: object = None, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.value = value
        self.remedy = remedy

    def shown_value(self) -> str:
        """The offending value as one short printable line."""
        text = self.value if isinstance(self.value, str) else repr(self.value)
        text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
        return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"

    def __str__(self) -> str:
        parts = [f"{self.code}: {self.message}"]
        if self.value is not None:
            parts.append(f": {self.shown_value()}")
        if self.remedy:
            parts.append(f" ({self.remedy})")
        return "".join(parts)


class InputError(MusnadError):
    """One input cannot be read; the other inputs of the same call still are."""

    code = "bad-input"


class EmptyInput(InputError):
    """There is no text at all."""

    code = "empty-input"


class BinaryInput(InputError):
    """The bytes are no text in any encoding that musnad reads."""

    code = "binary-input"


class UnsupportedLanguage(InputError):
    """The text is not Arabic."""

    code = "unsupported-language"


class TooLarge(InputError):
    """The input is larger than ``settings.Limits`` allow."""

    code = "too-large"


class BadRecord(InputError):
    """A line of JSONL is no record with a text."""

    code = "bad-record"


class MarkupError(InputError):
    """A page of HTML has no main text."""

    code = "bad-markup"


class UnreadablePath(InputError):
    """A path does not exist or may not be read."""

    code = "unreadable-path"


class MissingExtra(MusnadError):
    """An optional dependency is not installed; the remedy names the extra."""

    code = "missing-extra"


class LexiconError(MusnadError):
    """A lexicon table breaks its contract."""

    code = "bad-lexicon"


class ModelError(MusnadError):
    """A model file is damaged or was made by another version."""

    code = "bad-model"


class LedgerError(MusnadError):
    """The ledger cannot do what was asked; what it holds is as it was."""

    code = "ledger-error"


class LedgerMissing(LedgerError):
    """There is no ledger at this place."""

    code = "ledger-missing"


class LedgerNewer(LedgerError):
    """A later musnad wrote the ledger."""

    code = "ledger-newer"


class LedgerLost(LedgerError):
    """The server that keeps the ledger went away."""

    code = "ledger-lost"


class LedgerDamaged(LedgerError):
    """The file is no ledger, or parts of it are broken."""

    code = "ledger-damaged"


class LedgerReadOnly(LedgerError):
    """The ledger may be read, not written."""

    code = "ledger-read-only"


class LedgerFull(LedgerError):
    """There is no room left where the ledger is kept."""

    code = "ledger-full"


class LedgerBusy(LedgerError):
    """Another program writes to the ledger for too long."""

    code = "ledger-busy"


class BadDump(LedgerError):
    """What is loaded is no dump of a ledger."""

    code = "bad-dump"


class UsageError(MusnadError):
    """Arguments that make no sense together."""

    code = "bad-usage"


class AuthorityError(UsageError):
    """A user's file of actors cannot be read or breaks its form (``docs/authority.md``)."""

    code = "bad-authority"
