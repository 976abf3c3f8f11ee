"""Who is reported to have said what in Arabic news, through whom, and who checked it.

    >>> import musnad
    >>> reading = musnad.read(text, published="2016-11-03", outlet="BBC Arabic")
    >>> for statement in reading.statements: ...
    >>> for reading in musnad.read_many(texts): ...

All public names are loaded on first use (PEP 562), so that ``import musnad`` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

# ``musnad.read`` is both the call and the package of the first stages: the import system sets the package as
# an attribute of this module whenever a stage is imported, so the package itself is what must answer the call.
from musnad import read as _package

if TYPE_CHECKING:
    import datetime
    import os
    from collections.abc import Iterable

    from musnad.call import find_places, find_quantities, find_times, read_many
    from musnad.errors import AuthorityError, InputError, MusnadError, UsageError
    from musnad.ledger import Ledger
    from musnad.types import Article, Entity, Evidence, Measure, Place, Quantity, Reading, Statement, Time, Verification

__version__ = "0.1.0"

_HOMES = {
    "Ledger": "musnad.ledger",
    **dict.fromkeys(
        (
            "Article",
            "Entity",
            "Evidence",
            "Measure",
            "Place",
            "Quantity",
            "Reading",
            "Statement",
            "Time",
            "Verification",
        ),
        "musnad.types",
    ),
    **dict.fromkeys(("find_places", "find_quantities", "find_times", "read_many"), "musnad.call"),
    **dict.fromkeys(("AuthorityError", "InputError", "MusnadError", "UsageError"), "musnad.errors"),
}

__all__ = [
    "Article",
    "AuthorityError",
    "Entity",
    "Evidence",
    "InputError",
    "Ledger",
    "Measure",
    "MusnadError",
    "Place",
    "Quantity",
    "Reading",
    "Statement",
    "Time",
    "UsageError",
    "Verification",
    "__version__",
    "find_places",
    "find_quantities",
    "find_times",
    "read",
    "read_many",
]


class _CallablePackage(ModuleType):
    """The package ``musnad.read``, which can also be called: ``musnad.read(text)``."""

    def __call__(
        self,
        text: str,
        *,
        published: str | datetime.date | None = None,
        outlet: str | None = None,
        title: str | None = None,
        id: str | None = None,
        url: str | None = None,
        authority: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
    ) -> Reading:
        """Read one Arabic news article.

        Args:
            text: the article; all spans of the reading are offsets into it, in code points.
            published: date of publication (ISO 8601 or a date); relative times are read against it.
            outlet: who published the article: the first link of every chain.
            title: its headline.
            id: a name for it; without one, a hash of the content.
            url: where it stands.
            authority: files (or folders of files) with actors of your own, see ``docs/authority.md``; later ones win.

        Returns:
            The reading, in the form of ``docs/reading.md``.

        Raises:
            EmptyInput: there is no text.
            UnsupportedLanguage: the text is not Arabic.
            TooLarge: the text is longer than ``settings.LIMITS.max_chars`` code points.
            UsageError: ``published`` is no date, or ``text`` is no string.
            AuthorityError: a file of ``authority`` is missing or breaks its form (a ``UsageError``).
        """
        from musnad.call import read_text

        return read_text(text, published=published, outlet=outlet, title=title, id=id, url=url, authority=authority)


_package.__class__ = _CallablePackage

if TYPE_CHECKING:
    read = _CallablePackage("read")
else:
    read = _package


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'musnad' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted({*globals(), *__all__})
