"""``musnad.Ledger``: a ledger with the verbs that read articles (``docs/ledger.md``)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from musnad.adding import BATCH, batches, packed_all
from musnad.call import actor_files
from musnad.errors import MissingExtra, MusnadError
from musnad.types import Article

try:
    from musnad.keep.deciding import Deciding
    from musnad.keep.intake import Kept
    from musnad.keep.pack import Packed, sound_article
except ModuleNotFoundError as error:
    if error.name not in ("sqlalchemy", "alembic"):
        raise
    raise MissingExtra(f"{error.name} is not installed", remedy="pip install 'musnad[ledger]'") from error

Told = Callable[[Kept, list[Packed | MusnadError]], None]


class Ledger(Deciding):
    """An open ledger; see ``keep.ledger.Shelf`` for how it is opened.

    Example:
        >>> with Ledger("news.db", create=True) as ledger:  # doctest: +SKIP
        ...     ledger.add(["archive.jsonl"])
        ...     ledger.check("...")
    """

    def add(
        self,
        paths: Iterable[str | os.PathLike[str]] = (),
        *,
        articles: Iterable[Article | MusnadError] | None = None,
        jobs: int = 0,
        authority: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
        told: Told | None = None,
        known: Callable[[int], None] | None = None,
    ) -> Kept:
        """Read articles and keep them with their readings; those that are kept already are not read again.

        Args:
            paths: files, folders and JSONL, as ``musnad read`` takes them.
            articles: articles themselves, in place of paths.
            jobs: processes that read; 0 for one a core.
            authority: the user's files of actors.
            told: called after each batch that is on the disk, with what became of it and what it held.
            known: called with the number of articles found to be kept already.

        Returns:
            What became of all inputs.

        Raises:
            LedgerError: the ledger cannot be written; batches before that are kept.
        """
        if articles is None:
            from musnad.read.source import articles as found

            articles = found([os.fspath(path) for path in paths])
        done = Kept()
        fresh = self._fresh(articles, done, known)
        for batch in batches(packed_all(fresh, jobs=jobs, authority=actor_files(authority))):
            kept = self.put(batch)
            self.grow_in_steps()
            done += kept
            if told is not None:
                told(kept, batch)
        self.grow()
        return done

    def reread(self, *, jobs: int = 0, force: bool = False, told: Told | None = None) -> Kept:
        """Read what is kept anew, where an older version of the reader read it; decisions stay as they are.

        Args:
            jobs: processes that read; 0 for one a core.
            force: look at all articles, not only at those of other readers.
            told: called after each batch that is on the disk.
        """
        from musnad.pipeline import VERSION

        done = Kept()
        reader = None if force else f"musnad {VERSION}"
        for batch in batches(packed_all(self.unread_by(reader), jobs=jobs)):
            good = [item for item in batch if isinstance(item, Packed)]
            kept = self.put(good, again=True)
            self.grow_in_steps()
            kept.failed += len(batch) - len(good)  # the earlier reading stays
            done += kept
            if told is not None:
                told(kept, batch)
        self.grow()
        return done

    def _fresh(
        self, articles: Iterable[Article | MusnadError], done: Kept, told: Callable[[int], None] | None
    ) -> Iterator[Article | MusnadError]:
        """``articles`` without those that are kept already, which are counted."""
        given = iter(articles)
        while chunk := list(islice(given, BATCH)):
            chunk = [item if isinstance(item, MusnadError) else sound_article(item) for item in chunk]
            known = self.known([item for item in chunk if not isinstance(item, MusnadError)])
            done.known += sum(known)
            if told is not None and any(known):
                told(sum(known))
            flags = iter(known)
            yield from (item for item in chunk if isinstance(item, MusnadError) or not next(flags))
