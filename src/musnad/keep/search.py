"""Searching a ledger: statements by their words and by what is known of them, voices, chains, and days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from musnad.errors import UsageError
from musnad.keep import fulltext, tables
from musnad.keep.decisions import Overlay, Told
from musnad.keep.edits import Edits
from musnad.keep.ledger import article_id, current_readings, readings
from musnad.keep.moments import order
from musnad.keep.overlays import overlay_in, root_of, roots_in, shown
from musnad.keep.voicelinks import class_of, roots_of, speaking, statements_of, up_to_date, voice_form
from musnad.keep.voicenames import voice_ids
from musnad.read.fold import fold_word
from musnad.types import ACTS, FORMS, STATUSES

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.engine import Connection

LIMIT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What ``find`` looks for; None asks for nothing.

    Attributes:
        voice, relay: a name or a key of who spoke, or who passed it on.
        outlet: who published it, as the input named it.
        since, until: first and last day of publication (ISO 8601).
        act, form, status: as in ``docs/reading.md``.
        place: a country (ISO 3166-1), a number at GeoNames, or a name that the article mentions.
        anonymous: whether the source is unnamed.
        limit: how many statements at most; 0 for all.
    """

    voice: str | None = None
    relay: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    act: str | None = None
    form: str | None = None
    status: str | None = None
    place: str | None = None
    anonymous: bool | None = None
    limit: int = LIMIT


class Search(Edits):
    """A ledger that can be searched."""

    def find(self, words: str = "", wanted: Wanted | None = None) -> list[dict[str, Any]]:
        """The statements that hold all ``words``, the last added first.

        Args:
            words: words of the content, in any order; written any way (see ``keep.fulltext``). "" for any.
            wanted: what else must hold.

        Returns:
            Statements in the form of ``docs/reading.md``, with ``article``, ``outlet``, ``published`` and ``words``.

        Raises:
            UsageError: an unknown act, form, status or voice.
        """
        wanted = wanted or Wanted()
        _check(wanted)
        if wanted.voice is not None or wanted.relay is not None:
            up_to_date(self.store)
        with self.store.reading() as connection:
            query = _narrowed(connection, _statements(connection, words), wanted)
            if wanted.limit:
                query = query.limit(wanted.limit)
            rows = connection.execute(query).all()
            return _shown(connection, [(row.key, row.number) for row in rows])

    def voices(self, name: str | None = None, *, limit: int = 0) -> list[dict[str, Any]]:
        """The voices with a name or key, each with all that are one with it, the busiest first.

        Args:
            name: None for all that speak.
            limit: at most so many; 0 for all.

        Returns:
            ``{"id", "name", "names", "seen", "statements", "merged"}``; ``seen`` has for each name the first article
            with it; ``merged`` has one entry for each voice that counts
            as this one: ``{"voice", "name", "readings", "rule", "evidence"}``, ``readings`` None where it does so
            everywhere, else how many readings it does so in.

        Raises:
            UsageError: nobody in the ledger has this name.
        """
        up_to_date(self.store)
        with self.store.reading() as connection:
            ids = speaking(connection, limit) if name is None else voice_ids(connection, name)
            found = [voice_form(connection, root) for root in roots_of(connection, ids)]
        found.sort(key=lambda voice: (-voice["statements"], voice["id"]))
        return found[:limit] if limit else found

    def voice(self, name: str, wanted: Wanted | None = None) -> list[dict[str, Any]]:
        """Everything reported of one speaker, by day of publication.

        Raises:
            UsageError: nobody in the ledger has this name.
        """
        from dataclasses import replace

        wanted = replace(wanted or Wanted(limit=0), voice=name)
        return sorted(self.find("", wanted), key=_by_day)

    def timeline(self, words: str = "", wanted: Wanted | None = None) -> list[dict[str, Any]]:
        """The statements that ``find`` gives, by day: each with the day it was said, else that of publication."""
        found = self.find(words, wanted)
        return sorted(found, key=_by_day)

    def trace(self, statement: str) -> dict[str, Any]:
        """One statement with its chain, from the article to the speaker.

        Args:
            statement: its id, ``ARTICLE#s3``.

        Raises:
            UsageError: there is no such statement.
        """
        key, number = split_id(statement)
        with self.store.reading() as connection:
            article_id(connection, key)
            found = _shown(connection, [(key, number)])
        if not found:
            raise UsageError("no such statement", value=statement, remedy="see the ids that musnad find prints")
        return found[0]


def split_id(statement: str) -> tuple[str, int]:
    """The article and the number of a statement's id.

    Raises:
        UsageError: it is no id of a statement.
    """
    key, sign, number = statement.rpartition("#s")
    if not sign or not number.isdecimal():
        raise UsageError("no id of a statement", value=statement, remedy="write ARTICLE#s3, as musnad find prints it")
    return key, int(number)


def _check(wanted: Wanted) -> None:
    for name, known in (("act", ACTS), ("form", FORMS), ("status", STATUSES)):
        value = getattr(wanted, name)
        if value is not None and value not in known:
            raise UsageError(f"no such {name}", value=value, remedy=f"choose of {', '.join(known)}")


def _statements(connection: Connection, words: str) -> Select[Any]:
    """Current statements with all ``words``, the last added first."""
    from sqlalchemy import column, literal_column, select, table, text

    s, r, e, a = tables.statement, tables.reading, tables.edition, tables.article
    query = select(a.c.key, s.c.number)
    stems = fulltext.search_words(words)
    if stems:
        index = table("fulltext", column("rowid"))
        dialect = connection.dialect.name
        # The index leads (CROSS JOIN keeps the order): rows come newest first, and only as many as are wanted.
        matched = text(fulltext.matching(dialect)).bindparams(match=fulltext.all_of(dialect, stems))
        query = query.select_from(index).join(s, s.c.id == index.c.rowid).where(matched)
        order: Any = literal_column("fulltext.rowid").desc()
    else:
        query, order = query.select_from(s), s.c.id.desc()
    query = query.join(r, s.c.reading == r.c.id).join(e, r.c.edition == e.c.id).join(a, e.c.article == a.c.id)
    return query.where(r.c.current, s.c.rejected.is_(False)).order_by(order)


def _narrowed(connection: Connection, query: Select[Any], wanted: Wanted) -> Select[Any]:
    from sqlalchemy import select

    s, e = tables.statement.c, tables.edition.c
    for column, name in ((s.voice, wanted.voice), (s.relay, wanted.relay)):
        if name is not None:
            ids = class_of(connection, voice_ids(connection, name))
            query = query.where(s.id.in_(statements_of(column, ids)))
    for column, value in (
        (e.outlet, wanted.outlet), (s.act, wanted.act), (s.form, wanted.form), (s.status, wanted.status),
        (s.anonymous, wanted.anonymous),
    ):  # fmt: skip
        if value is not None:
            query = query.where(column == value)
    if wanted.since is not None:
        query = query.where(e.published >= wanted.since)
    if wanted.until is not None:
        query = query.where(e.published < wanted.until + "\x7f")  # all hours of the last day
    if wanted.place is not None:
        p = tables.place.c
        keys = {wanted.place, wanted.place.upper(), fold_word(wanted.place)}
        query = query.where(s.reading.in_(select(p.reading).where(p.key.in_(keys))))
    return query


def _shown(connection: Connection, wanted: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    """Statements in the form of a reading, with their article and words, in the order asked for."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    keys = list(dict.fromkeys(key for key, _ in wanted))
    needed: dict[str, set[int]] = {}
    for key, number in wanted:
        needed.setdefault(key, set()).add(number)
    overlay = overlay_in(connection)
    for start in range(0, len(keys), 500):
        made = current_readings(connection, keys[start : start + 500])
        for reading in readings(connection, keys[start : start + 500]):
            for one in _counted(reading, needed[reading["id"]], overlay):
                found[reading["id"], int(one["id"][1:])] = one | {"made": made[reading["id"]]}
    voices = {one["voice"]["id"] for one in found.values() if one["voice"]["id"]}
    roots = roots_in(connection, voices, {one["made"] for one in found.values()})
    for (key, _), one in found.items():
        own, reading = one["voice"]["id"], one.pop("made")
        one["voice"] = {"id": root_of(own, roots, reading), "name": one["voice"]["name"], "key": own}
        one["id"] = f"{key}#{one['id']}"
    return [found[at] for at in wanted if at in found]


def _counted(reading: Mapping[str, Any], numbers: set[int], overlay: Overlay) -> Iterator[dict[str, Any]]:
    """The statements of one reading with these numbers, as people corrected them."""
    fixes = {}
    if reading["id"] in overlay.fixes:  # which statement is meant shows beside all others of the article
        every = _of(reading, {int(s["id"][1:]) for s in reading["statements"]})
        told: list[Told] = [(int(s["id"][1:]), tuple((a, b) for a, b in s["content"]), s["words"]) for s in every]
        fixes = overlay.of(reading["id"], told)
    for one in _of(reading, numbers):
        counted = shown(one, fixes.get(int(one["id"][1:]), ()))
        if counted is not None:
            yield counted


def _of(reading: Mapping[str, Any], numbers: set[int]) -> Iterator[dict[str, Any]]:
    """The statements of a reading with these numbers, each able to stand alone."""
    entities = {e["id"]: e for e in reading["entities"]}
    times = {t["id"]: t for t in reading["times"]}
    checks = {v["id"]: v for v in reading["verifications"]}
    text = reading["text"]
    for s in reading["statements"]:
        if int(s["id"][1:]) not in numbers:
            continue
        party = s["speaker"] or {}
        speaker = entities.get(party.get("entity") or "")
        name = speaker["name"] if speaker else text[slice(*party["span"])] if party.get("span") else None
        time = times.get(s["time"] or "")
        yield {
            **s,
            "article": reading["id"],
            "outlet": reading["outlet"],
            "published": reading["published"],
            "published_at": reading.get("published_at"),
            "title": reading["title"],
            "voice": {"id": (speaker or {}).get("ids", {}).get("key"), "name": name},
            "said": time["value"] if time else None,
            "status": checks[s["verification"]]["status"] if s["verification"] in checks else None,
            "chain": [
                {**link, "name": link["name"] or (text[slice(*link["span"])] if link["span"] else None)}
                for link in s["chain"]
            ],
            "words": " ".join(" ".join(text[a:b].split()) for a, b in s["content"]),
        }


def _by_day(found: Mapping[str, Any]) -> tuple[str, str, str, int]:
    said = found["said"] or ""
    day = said if said[:4].isdecimal() and len(said) >= 10 else found["published"] or ""
    at = order(found["published"], found["published_at"])
    return (day[:10], at, found["article"], int(found["id"].rpartition("#s")[2]))
