"""What a ledger knows across articles: copies, sayings, independent sources, alarms.

The groups over all articles grow while articles are added, in large steps, or when they are asked for
(``keep.growing``). A question about one quotation (``check``, ``versions_of``, ``sources``) needs none of them: it
finds the statements that may be of one saying by their words, and groups these.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from musnad.errors import LedgerReadOnly, UsageError
from musnad.keep import tables
from musnad.keep.candidates import similar
from musnad.keep.decisions import regrouped
from musnad.keep.forms import alarm_form, copy_form, saying_form
from musnad.keep.growing import Memory, are_many, grow, is_grown
from musnad.keep.ledger import readings, texts_in, versions_in
from musnad.keep.overlays import overlay_in
from musnad.keep.records import Alarm, CopyGroup, CopyMember, Saying, Version
from musnad.keep.search import Search, split_id
from musnad.keep.voicelinks import up_to_date
from musnad.keep.wordwise import with_steps

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_SAME = 0.5  # similarity from which a statement may report the words asked for
_NEAR = 0.3  # from which it may be another version of such a statement
_MOST = 150  # statements that are looked at for one question


class Groups(Search):
    """A ledger with its groups."""

    def __init__(self, where: str, *, create: bool = False) -> None:
        super().__init__(where, create=create)
        self._memory = Memory()

    def copies(self) -> Iterator[dict[str, Any]]:
        """The groups of articles that are one text, in the form of ``musnad copies``."""
        groups = self.copy_groups()
        with self.store.reading() as connection:
            for start in range(0, len(groups), 200):
                part = groups[start : start + 200]
                texts = texts_in(connection, {m.article for g in part for m in g.members})
                yield from (copy_form(group, texts) for group in part)

    def copy_groups(self) -> tuple[CopyGroup, ...]:
        """The copy groups of all articles."""
        if self.grow():
            with self.store.reading() as connection:
                return _kept_copies(connection)
        from musnad.keep.copies import copies

        return copies(self.texts())

    def grow_in_steps(self) -> None:
        """Join what came since where it is much; many articles are joined faster together."""
        with self.store.reading() as connection:
            much = are_many(connection)
        if much:
            self.grow()

    def grow(self) -> bool:
        """Join what came since to the copies and sayings that are kept (``keep.growing``).

        Returns: whether they hold everything; not so where something came and the ledger may not be written.
        """
        try:
            while True:
                with self.store.reading() as connection:
                    if is_grown(connection):
                        return True
                with self.store.writing() as connection:
                    if not is_grown(connection):
                        grow(connection, self._memory)
        except LedgerReadOnly:
            return False

    def all_sayings(self) -> Iterator[Saying]:
        """All sayings, every statement in exactly one: those of one version first, by article."""
        from musnad.keep.sayings import saying_of, sayings

        up_to_date(self.store)
        if self.grow():
            with self.store.reading() as connection:
                kept = _kept_sayings(connection)
        else:
            every = sayings(tuple(self.versions()), copies=self.copy_groups())
            kept = {v.statement: s.id for s in every if len(s.versions) > 1 for v in s.versions}
        kept = self._as_decided(kept)
        several: dict[str, list[Version]] = defaultdict(list)
        for version in self.versions():
            if version.statement in kept:
                several[kept[version.statement]].append(version)
            else:
                yield saying_of([version])
        for found in several.values():
            yield saying_of(found)

    def _as_decided(self, kept: dict[str, str]) -> dict[str, str]:
        """Statement → saying, as decisions make it of what ``kept`` says."""
        with self.store.reading() as connection:
            overlay = overlay_in(connection)
            rulings = overlay.rulings(_versions_of(connection, overlay.articles()))
        if not rulings:
            return kept
        parts: dict[str, list[str]] = defaultdict(list)
        for statement, saying in kept.items():
            parts[saying].append(statement)
        alone = dict.fromkeys(s for r in rulings for s in (*r.together, *r.apart) if s not in kept)
        groups = regrouped([*parts.values(), *([one] for one in alone)], rulings)
        return {one: group[0] for group in groups if len(group) > 1 for one in group}

    def members(self, connection: Connection, version: Version) -> tuple[Version, ...]:
        """The versions of the saying of one statement, itself too."""
        _, near, _ = self._near(connection, version.words) if version.tokens else (None, (), None)
        for saying in near:
            if any(v.statement == version.statement for v in saying.versions):
                return saying.versions
        return (version,)

    def sayings(self) -> Iterator[dict[str, Any]]:
        """All sayings with versions, differences and independence, in the form of ``musnad sayings``."""
        groups = _by_article(self.copy_groups())
        for saying in self.all_sayings():
            yield saying_form(saying, _of(saying, groups))

    def alarms(self) -> Iterator[dict[str, Any]]:
        """What a reader of the ledger should look at, in the form of ``musnad alarms``."""
        from musnad.keep.alarms import alarms, headline_alarms

        by_article: dict[str, list[tuple[Version, str]]] = defaultdict(list)
        several: list[Saying] = []
        for saying in self.all_sayings():
            several.append(saying)
            for version in saying.versions:
                by_article[version.article].append((version, saying.id))
        yield from (alarm_form(alarm) for alarm in alarms(several))
        for text in self.texts():
            if text.title:
                found = headline_alarms(text.article, text.title, text.text, by_article.get(text.article, ()))
                yield from (alarm_form(alarm) for alarm in found)

    def check(self, quotation: str, *, limit: int = 10) -> dict[str, Any]:
        """Whether a quotation is known: its sayings with versions, first appearance, sources and alarms, best first.

        Args:
            quotation: words as somebody quotes them, in any spelling.
            limit: sayings at most.

        Returns:
            The form of ``musnad check`` (``docs/ledger.md``); ``sayings`` is empty where nothing was found.

        Raises:
            UsageError: the quotation has no words.
        """
        up_to_date(self.store)
        with self.store.reading() as connection:
            found, near, groups = self._near(connection, quotation)
            wanted = {version.statement: score for version, score in found if score >= _SAME}
            scored = [
                (max(wanted.get(v.statement, 0.0) for v in saying.versions), saying)
                for saying in near
                if any(v.statement in wanted for v in saying.versions)
            ]
            scored.sort(key=lambda pair: (-pair[0], -len(pair[1].versions), pair[1].id))
            answers = [version for version, _ in found]
            sayings = [self._whole(connection, s, score, groups, answers) for score, s in scored[:limit]]
        return {"query": quotation, "sayings": sayings}

    def versions_of(self, statement: str) -> dict[str, Any]:
        """The saying of one statement with all its versions, differences, sources and alarms.

        Args:
            statement: its id, ``ARTICLE#s3``.

        Raises:
            UsageError: there is no such statement.
        """
        up_to_date(self.store)
        words = self.trace(statement)["words"]
        key, number = split_id(statement)
        with self.store.reading() as connection:
            found, near, groups = self._near(connection, words)
            for saying in near:
                for version in saying.versions:
                    if version.statement == statement or version.statement == f"{key}#s{number}":
                        return with_steps(self._whole(connection, saying, 1.0, groups, [v for v, _ in found]))
        raise UsageError("the statement has no words to compare", value=statement, remedy="choose another one")

    def sources(self, statement: str) -> dict[str, Any]:
        """How many independent sources the saying of a statement has, with the reasons; see ``versions_of``."""
        return self.versions_of(statement)

    def _near(
        self, connection: Connection, words: str
    ) -> tuple[list[tuple[Version, float]], tuple[Saying, ...], dict[str, list[CopyGroup]]]:
        """Statements with words like these, how like they are, their sayings, and the copy groups by article."""
        from musnad.keep.sayings import saying_of, sayings

        found = similar(connection, words, least=_NEAR, most=_MOST)
        overlay = overlay_in(connection)
        beside = _versions_of(connection, overlay.articles())
        rulings = overlay.rulings(beside)
        versions = {version.statement: version for version, _ in found}
        near = {one for r in rulings if not versions.keys().isdisjoint(r.together) for one in r.together}
        also = {v.statement: v for v in beside if v.statement in near - versions.keys()}
        groups = _by_article(_kept_copies(connection, {v.article for v in (*versions.values(), *also.values())}))
        copies = tuple({g.id: g for own in groups.values() for g in own}.values())
        grouped = sayings(tuple(versions.values()), copies=copies)
        if rulings:
            every = versions | also
            parts = [*([v.statement for v in saying.versions] for saying in grouped), *([one] for one in also)]
            grouped = tuple(saying_of(every[one] for one in group) for group in regrouped(parts, rulings))
        return found, grouped, groups

    def _whole(
        self,
        connection: Connection,
        saying: Saying,
        score: float,
        groups: dict[str, list[CopyGroup]],
        others: Sequence[Version],
    ) -> dict[str, Any]:
        """One saying with all that is known of it."""
        from musnad.keep.alarms import alarms
        from musnad.keep.history import history

        keys = sorted({version.article for version in saying.versions})
        texts = texts_in(connection, keys)
        plain = {reading["id"]: reading for reading in readings(connection, keys)}
        inside = {version.statement for version in saying.versions}
        told: tuple[Alarm, ...] = alarms(
            [saying],
            titles={key: text.title for key, text in texts.items()},
            texts={key: text.text for key, text in texts.items()},
        )
        verdicts = history(saying, plain, others=[v for v in others if v.statement not in inside])
        return saying_form(saying, _of(saying, groups), similarity=score, verdicts=verdicts, alarms=told)


def _kept_copies(connection: Connection, articles: set[str] | None = None) -> tuple[CopyGroup, ...]:
    """The groups as they were kept last: all, or those of some articles."""
    from sqlalchemy import select

    c, a = tables.copy.c, tables.article.c
    query = select(c.grouped, c.relation, c.origin, c.reasons, c.place, a.key)
    query = query.join_from(tables.copy, tables.article, c.article == a.id)
    if articles is not None:
        own = select(c.grouped).join_from(tables.copy, tables.article, c.article == a.id).where(a.key.in_(articles))
        query = query.where(c.grouped.in_(own))
    members: dict[str, list[CopyMember]] = defaultdict(list)
    reasons: dict[str, tuple[str, ...]] = {}
    for row in connection.execute(query.order_by(c.grouped, c.place)):
        members[row.grouped].append(CopyMember(article=row.key, relation=row.relation, origin=bool(row.origin)))
        if row.reasons:
            reasons[row.grouped] = tuple(json.loads(row.reasons))
    return tuple(CopyGroup(id=key, members=tuple(own), reasons=reasons.get(key, ())) for key, own in members.items())


def _kept_sayings(connection: Connection) -> dict[str, str]:
    """Statement → saying, for the sayings of several statements."""
    from sqlalchemy import select

    y, s, r, e, a = (t.c for t in (tables.saying, tables.statement, tables.reading, tables.edition, tables.article))
    query = select(a.key, s.number, y.saying).join_from(tables.saying, tables.statement, y.statement == s.id)
    query = query.join(tables.reading, s.reading == r.id).join(tables.edition, r.edition == e.id)
    query = query.join(tables.article, e.article == a.id)
    return {f"{key}#s{number}": saying for key, number, saying in connection.execute(query)}


def _versions_of(connection: Connection, articles: Iterable[str]) -> list[Version]:
    """The current statements of some articles by id, as they count."""
    from sqlalchemy import select

    a, wanted = tables.article.c, sorted(articles)
    found: list[Version] = []
    for start in range(0, len(wanted), 500):
        ids = connection.execute(select(a.id).where(a.key.in_(wanted[start : start + 500]))).scalars().all()
        found += [version for _, version in versions_in(connection, ids)]
    return found


def _by_article(groups: Iterable[CopyGroup]) -> dict[str, list[CopyGroup]]:
    found: dict[str, list[CopyGroup]] = defaultdict(list)
    for group in groups:
        for member in group.members:
            found[member.article].append(group)
    return found


def _of(saying: Saying, groups: dict[str, list[CopyGroup]]) -> tuple[CopyGroup, ...]:
    """The copy groups that articles of a saying are in."""
    found = (group for version in saying.versions for group in groups.get(version.article, ()))
    return tuple({group.id: group for group in found}.values())
