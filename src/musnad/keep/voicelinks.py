"""Which voices of a ledger are one: the links that rules and decisions make, and the statements found through them.

A link holds everywhere, or in one reading (an article that says *the minister* and means its holder). Links are made
anew, from voices, offices and decisions, when something came since; nothing else is changed by them.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from musnad.errors import LedgerBusy, LedgerReadOnly
from musnad.keep import tables
from musnad.keep.decisions import Decision, holding, regrouped, voice_rulings
from musnad.keep.identities import Held, Link, Use, meant, same_bodies, same_persons
from musnad.keep.intake import Intake
from musnad.keep.overlays import decisions_in

if TYPE_CHECKING:
    from sqlalchemy import CompoundSelect, Select
    from sqlalchemy.engine import Connection

    from musnad.keep.store import Store

NAME = "voices"
_AT_ONCE = 500  # values in one condition


def up_to_date(store: Store) -> None:
    """Make the links anew where readings, or decisions on voices, have come since.

    Where the ledger may not be written, or another program writes now, they stay as they are: readers never wait.
    """
    with store.reading() as connection:
        if stamp(connection, "voice") == made(connection, NAME):
            return
    try:
        with store.writing(wait=False) as connection:
            remake(connection)
    except (LedgerBusy, LedgerReadOnly):
        return


def stamp(connection: Connection, *kinds: str) -> tuple[int, int]:
    """What groups are made from: the last reading, and the last decision on ``kinds`` (``statement``, ``voice``)."""
    from sqlalchemy import func, or_, select

    r, d = tables.reading.c, tables.decision.c
    last = int(connection.execute(select(func.coalesce(func.max(r.id), 0))).scalar_one())
    if not kinds:
        return last, 0
    about = or_(*(d.value.like(f'{{"of": "{kind}"%') for kind in (*kinds, *(f"undo {kind}" for kind in kinds))))
    return last, int(connection.execute(select(func.coalesce(func.max(d.id), 0)).where(about)).scalar_one())


def made(connection: Connection, name: str) -> tuple[int, int] | None:
    """From what the groups ``name`` were made last, or None."""
    from sqlalchemy import select

    d = tables.derived.c
    row = connection.execute(select(d.upto, d.decisions).where(d.name == name)).first()
    return (int(row[0]), int(row[1])) if row else None


def remake(connection: Connection) -> None:
    """Make all links anew: by rules (``keep.identities``), then as people decided."""
    from sqlalchemy import select

    at = stamp(connection, "voice")
    decisions = [d for d in holding(decisions_in(connection)) if d.value.get("of") == "voice"]
    rulings = voice_rulings(decisions)
    v = tables.voice.c
    ids = {key: int(n) for n, key in connection.execute(select(v.id, v.key))}
    held = _held(connection)
    links = list(_everywhere(connection, held, ids, decisions))
    root = {link.key: link.root for link in links}
    foes = [(set(r.together), set(r.apart)) for r in rulings if r.apart]
    for link in meant(held, _uses(connection, held), lambda key: root.get(key, key)):
        if not any(
            (link.key in mine and link.root in others) or (link.root in mine and link.key in others)
            for mine, others in foes
        ):
            links.append(link)
    _add_voices(connection, links, held, ids)
    connection.execute(tables.voice_link.delete())
    made_of = [
        {"voice": ids[link.key], "reading": link.reading, "root": ids[link.root], "rule": link.rule,
         "evidence": json.dumps(link.evidence, ensure_ascii=False)}
        for link in links
    ]  # fmt: skip
    if made_of:
        connection.execute(tables.voice_link.insert(), made_of)
    d = tables.derived
    connection.execute(d.delete().where(d.c.name == NAME))
    connection.execute(d.insert(), {"name": NAME, "upto": at[0], "decisions": at[1]})


def _held(connection: Connection) -> list[Held]:
    """Who holds which office, as the current readings have it."""
    from sqlalchemy import select

    h, r, e, a = (t.c for t in (tables.holding, tables.reading, tables.edition, tables.article))
    query = select(h.reading, a.key, h.office, h.person, h.name, e.published)
    query = query.join_from(tables.holding, tables.reading, h.reading == r.id)
    query = query.join(tables.edition, r.edition == e.id).join(tables.article, e.article == a.id).where(r.current)
    return [
        Held(reading=int(row.reading), article=row.key, office=row.office, person=row.person, name=row.name,
             day=_day(row.published))
        for row in connection.execute(query.order_by(h.reading, h.office, h.person))
    ]  # fmt: skip


def _uses(connection: Connection, held: Sequence[Held]) -> list[Use]:
    """The readings in which offices, and single names that hold one, speak or pass words on."""
    from sqlalchemy import or_, select

    v, s, r, e = (t.c for t in (tables.voice, tables.statement, tables.reading, tables.edition))
    single = sorted({h.person for h in held if h.person and "-" not in h.person})
    ids = {int(n): key for n, key in connection.execute(select(v.id, v.key).where(v.key.like("office/%")))}
    for start in range(0, len(single), _AT_ONCE):
        query = select(v.id, v.key).where(v.key.in_(single[start : start + _AT_ONCE]))
        ids |= {int(n): key for n, key in connection.execute(query)}
    wanted = sorted(ids)
    found: dict[tuple[int, str], int | None] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        spoken = select(s.reading, s.voice, s.relay, e.published)
        spoken = spoken.join_from(tables.statement, tables.reading, s.reading == r.id)
        spoken = spoken.join(tables.edition, r.edition == e.id)
        for row in connection.execute(spoken.where(r.current, or_(s.voice.in_(part), s.relay.in_(part)))):
            for voice in (row.voice, row.relay):
                if voice in ids:
                    found[int(row.reading), ids[voice]] = _day(row.published)
    return [Use(reading=reading, key=key, day=day) for (reading, key), day in sorted(found.items())]


def _day(published: str | None) -> int | None:
    try:
        return datetime.date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None


def _everywhere(
    connection: Connection, held: Sequence[Held], ids: Mapping[str, int], decisions: Sequence[Decision]
) -> Iterator[Link]:
    """The links that hold everywhere."""
    from sqlalchemy import func, or_, select

    v, s = tables.voice.c, tables.statement.c
    kinds = or_(v.key.like("person/%"), v.key.like("body/%"))
    names = {row.key: row.name for row in connection.execute(select(v.key, v.name).where(kinds))}
    names |= {h.person: h.name for h in held if h.person and h.person not in names}
    persons = {key: name for key, name in names.items() if key.startswith("person/")}
    groups = [*same_persons(held, persons), *same_bodies(names)]
    why = {key: told for group, told in groups for key in group}
    named = {key for d in decisions for side in ("together", "apart") for key in d.value.get(side, ()) if key in ids}
    parts = [group for group, _ in groups] + [[key] for key in sorted(named - why.keys())]
    members = [ids[key] for part in parts for key in part if key in ids]
    count: dict[int, int] = {}
    for start in range(0, len(members), _AT_ONCE):
        query = select(s.voice, func.count()).where(s.voice.in_(members[start : start + _AT_ONCE])).group_by(s.voice)
        count |= {int(n): int(many) for n, many in connection.execute(query)}
    for group in regrouped(parts, voice_rulings(decisions)):
        busy = {key: (count.get(ids.get(key, 0), 0), len(names.get(key, "")), key) for key in group}
        root = _decided_root(group, decisions) or max(group, key=busy.__getitem__)
        for key in group:
            told = _evidence(key, decisions)
            rule = "decision" if told else str(why[key]["rule"]) if key in why else "decision"
            if key != root:
                own = told or ([{k: x for k, x in why[key].items() if k != "rule"}] if key in why else [])
                yield Link(key=key, root=root, reading=0, rule=rule, evidence=tuple(own))


def _add_voices(connection: Connection, links: Sequence[Link], held: Sequence[Held], ids: dict[str, int]) -> None:
    """Keep the voices of persons who are named as holders and never speak under their own name."""
    intake = Intake(connection)
    named = {h.person: h for h in reversed(held) if h.person}
    for key in dict.fromkeys(key for link in links for key in (link.key, link.root)):
        if key not in ids:
            name = named[key].name
            ids[key] = intake.voice(key, name, (name,), named[key].reading)


def _decided_root(group: Sequence[str], decisions: Sequence[Decision]) -> str | None:
    """The voice that a group is shown under where people joined it: the first of the last such decision."""
    for decision in reversed(decisions):
        for key in decision.value.get("together", ()):
            if key in group and len(decision.value["together"]) > 1:
                return str(key)
    return None


def _evidence(key: str, decisions: Sequence[Decision]) -> list[dict[str, Any]]:
    return [
        {"decision": d.id, "by": d.by, "made": d.made}
        for d in decisions
        if key in d.value.get("together", ()) and len(d.value["together"]) > 1
    ]


def roots_of(connection: Connection, ids: Iterable[int]) -> list[int]:
    """The voices that those with row ids ``ids`` are one with everywhere, each once, in order."""
    from sqlalchemy import select

    link = tables.voice_link.c
    known: dict[int, int] = {}
    ids = list(ids)
    for start in range(0, len(ids), _AT_ONCE):
        query = select(link.voice, link.root).where(link.voice.in_(ids[start : start + _AT_ONCE]), link.reading == 0)
        known |= {int(voice): int(root) for voice, root in connection.execute(query)}
    return list(dict.fromkeys(known.get(one, one) for one in ids))


def class_of(connection: Connection, ids: Iterable[int]) -> list[int]:
    """All voices that are one, everywhere, with those with row ids ``ids``, themselves too."""
    from sqlalchemy import select

    roots = roots_of(connection, ids)
    link = tables.voice_link.c
    found = dict.fromkeys(roots)
    for start in range(0, len(roots), _AT_ONCE):
        query = select(link.voice).where(link.root.in_(roots[start : start + _AT_ONCE]), link.reading == 0)
        found |= dict.fromkeys(int(voice) for voice in connection.execute(query).scalars())
    return list(found)


def statements_of(column: Any, ids: Sequence[int]) -> CompoundSelect[Any]:
    """The row ids of the statements whose ``column`` (voice or relay) is, or means in its reading, one of ``ids``."""
    from sqlalchemy import and_, select, union_all

    link, s = tables.voice_link.c, tables.statement
    other = s.c[column.name]
    # The sum keeps the database from looking up all statements of an office for each of its links.
    linked = select(s.c.id).select_from(tables.voice_link)
    linked = linked.join(s, and_(s.c.reading == link.reading, other + 0 == link.voice))
    return union_all(select(s.c.id).where(other.in_(ids)), linked.where(link.root.in_(ids), link.reading > 0))


def speaking(connection: Connection, limit: int) -> list[int]:
    """The voices that speak in current readings, those with the most statements first; ``limit`` 0 for all."""
    from sqlalchemy import func, select

    s, r = tables.statement.c, tables.reading.c
    query = select(s.voice).join_from(tables.statement, tables.reading, s.reading == r.id)
    query = query.where(r.current, s.rejected.is_(False), s.voice.is_not(None))
    query = query.group_by(s.voice).order_by(func.count().desc(), s.voice)
    if limit:
        query = query.limit(2 * limit)  # some of them may be one
    return [int(n) for n in connection.execute(query).scalars()]


def _seen(voices: Sequence[int]) -> Select[Any]:
    """The names of some voices, each with an article that has it."""
    from sqlalchemy import select

    n, r, e, a = (t.c for t in (tables.voice_name, tables.reading, tables.edition, tables.article))
    query = select(n.name, a.key).join_from(tables.voice_name, tables.reading, n.reading == r.id)
    query = query.join(tables.edition, r.edition == e.id).join(tables.article, e.article == a.id)
    return query.where(n.voice.in_(voices)).order_by(n.name, r.id.desc())  # the first one stands last, and counts


def voice_form(connection: Connection, voice: int) -> dict[str, Any]:
    """One voice with its names, what is one with it and why, and how many current statements it has."""
    from sqlalchemy import func, select

    v, s, link = tables.voice.c, tables.statement.c, tables.voice_link.c
    row = connection.execute(select(v.key, v.name).where(v.id == voice)).one()
    every = class_of(connection, [voice])
    seen = {r.name: r.key for r in connection.execute(_seen(every))}
    count = select(func.count()).select_from(tables.statement).join(tables.reading)
    count = count.where(s.id.in_(statements_of(s.voice, every)), tables.reading.c.current, s.rejected.is_(False))
    query = select(v.key, v.name, link.reading, link.rule, link.evidence).join_from(
        tables.voice_link, tables.voice, link.voice == v.id
    )
    merged: dict[tuple[str, str, bool], dict[str, Any]] = {}
    for found in connection.execute(query.where(link.root.in_(every)).order_by(link.reading, v.key)):
        at = (found.key, found.rule, found.reading > 0)
        entry = merged.setdefault(
            at,
            {"voice": found.key, "name": found.name, "readings": None, "rule": found.rule,
             "evidence": json.loads(found.evidence)},
        )  # fmt: skip
        if found.reading > 0:
            entry["readings"] = (entry["readings"] or 0) + 1
    return {
        "id": row.key,
        "name": row.name,
        "names": list(seen),
        "seen": seen,
        "statements": int(connection.execute(count).scalar_one()),
        "merged": list(merged.values()),
    }
