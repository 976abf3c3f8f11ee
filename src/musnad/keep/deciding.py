"""Deciding: what people accept, correct, merge and split, kept for good and replayed over every new reading.

The value of a decision is plain JSON: ``of`` (``statement``, ``saying``, ``voice``); for a statement ``at`` (where it
stands: ``decisions.Anchor``) and ``set`` (its fields as decided); for the others ``together`` and ``apart``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from musnad.errors import UsageError
from musnad.keep import tables
from musnad.keep.decisions import (
    FIELDS,
    VERBS,
    Decision,
    anchor_at,
    anchor_of,
    holding,
    known_again,
    number_of,
    told_of,
)  # fmt: skip
from musnad.keep.groups import Groups
from musnad.keep.intake import Intake, now
from musnad.keep.ledger import article_id, versions_in
from musnad.keep.overlays import decisions_in, overlay_in
from musnad.keep.records import Version
from musnad.keep.replay import apply
from musnad.keep.search import split_id
from musnad.keep.voicelinks import NAME, class_of, made, remake, roots_of, stamp
from musnad.keep.voicenames import NOBODY, voice_ids
from musnad.lexicon.authority import authority, name_words
from musnad.settle.keys import person_key
from musnad.types import ACTS, FORMS, STATUSES

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_STATEMENT = re.compile(r"#s\d+$")
_SEE_VERSIONS = "see musnad versions"
_NOTHING = frozenset(("", "none", "nobody"))
_CHOICES: Mapping[str, Sequence[str]] = {"act": ACTS, "form": FORMS, "status": STATUSES}
_BOOLEANS = {"yes": True, "true": True, "no": False, "false": False}
_SAID = re.compile(r"[0-9A-Z][0-9A-Z:+.-]*$")


class Deciding(Groups):
    """A ledger on which people decide."""

    def decide(
        self,
        verb: str,
        targets: Sequence[str],
        *,
        by: str,
        values: Mapping[str, str] | None = None,
        note: str | None = None,
    ) -> dict[str, Any]:
        """Take down what somebody decided, and let it count at once.

        Args:
            verb: ``accept`` (a statement as it was read, or a voice as it is merged), ``correct`` (a statement),
                ``merge`` and ``split`` (the sayings of statements, or voices), ``undo`` (a decision, by its number).
            targets: ids of statements (``ARTICLE#s3``), or names or keys of voices; for ``undo`` one number. What is
                split leaves all others that it is one with.
            by: who decides.
            values: for ``correct``, the fields that change: ``speaker``, ``act``, ``form``, ``status``,
                ``anonymous``, ``said`` (TIMEX3), and ``statement``: "no" where there is none. "none" for nothing.
            note: why.

        Returns:
            The decision as ``decisions`` gives it.

        Raises:
            UsageError: an unknown verb, target, field or value; or there is nothing to decide.
        """
        if verb not in VERBS:
            raise UsageError("no such decision", value=verb, remedy=f"choose of {', '.join(VERBS)}")
        if not by.strip():
            raise UsageError("nobody decides", remedy="say who with --by NAME")
        with self.store.writing() as connection:
            target, value = self._decided(connection, verb, targets, values or {})
            if note:
                value["note"] = note
            given = {
                "verb": verb, "target": target, "value": json.dumps(value, ensure_ascii=False), "by": by, "made": now(),
            }  # fmt: skip
            number = Intake(connection).insert(tables.decision, given)
            self._count(connection, number)
            (made,) = _forms(connection, [number])
        return made

    def _count(self, connection: Connection, number: int) -> None:
        """Let a new decision count: in the rows of its statement, or in the links of voices."""
        every = {d.id: d for d in decisions_in(connection)}
        decision = every[number]
        while decision.verb == "undo":
            decision = every[int(decision.target)]
        if decision.value["of"] == "statement":
            apply(connection, articles=[decision.value["at"]["article"]])
        elif decision.value["of"] == "voice":
            remake(connection)

    def undo(self, number: int, *, by: str, note: str | None = None) -> dict[str, Any]:
        """Take back a decision; it stays in the ledger, with who took it back and when."""
        return self.decide("undo", [str(number)], by=by, note=note)

    def decisions(self, target: str | None = None) -> Iterator[dict[str, Any]]:
        """All decisions in order, or those on one statement, voice or decision.

        Returns:
            ``{"id", "verb", "of", "targets", "set", "note", "by", "made", "undone_by", "applies"}``; ``applies`` tells
            whether it counts now: it is not taken back, and what it is about is still there.
        """
        with self.store.reading() as connection:
            found = _forms(connection, None)
        yield from (one for one in found if target is None or target in one["targets"])

    def _decided(
        self, connection: Connection, verb: str, targets: Sequence[str], values: Mapping[str, str]
    ) -> tuple[str, dict[str, Any]]:
        """The target and the value of a decision."""
        targets = list(dict.fromkeys(targets))
        if not targets:
            raise UsageError("nothing to decide on", remedy="name the id of a statement, or a voice")
        if values and verb != "correct":
            raise UsageError(f"{verb} sets nothing", value=", ".join(values), remedy="use correct")
        if verb == "undo":
            return _taken_back(connection, targets)
        statements = [bool(_STATEMENT.search(target)) for target in targets]
        if any(statements) and not all(statements):
            raise UsageError("statements and voices do not go together", value=", ".join(targets))
        if verb in ("accept", "correct"):
            if len(targets) > 1:
                raise UsageError(f"{verb} takes one target at a time", value=", ".join(targets))
            if statements[0]:
                return _on_statement(connection, targets[0], verb, values)
            if verb == "correct":
                raise UsageError("only statements can be corrected", value=targets[0], remedy="merge or split voices")
        if statements[0]:
            return targets[0], self._on_sayings(connection, verb, targets)
        return _on_voices(connection, verb, targets)

    def _on_sayings(self, connection: Connection, verb: str, targets: Sequence[str]) -> dict[str, Any]:
        chosen = [_version(connection, target) for target in targets]
        every = {v.statement: v for one in chosen for v in self.members(connection, one)}
        mine = {v.statement for v in chosen}
        if verb == "split":
            apart = [v for key, v in every.items() if key not in mine]
            if not apart:
                raise UsageError(
                    "there is nothing to split from", value=", ".join(targets), remedy="see musnad versions"
                )
            return {"of": "saying", "together": _anchors(chosen), "apart": _anchors(apart)}
        if len(targets) < 2:
            raise UsageError("one saying cannot be merged", value=targets[0], remedy="name two statements or more")
        return {"of": "saying", "together": _anchors(every.values())}


def _anchors(versions: Any) -> list[dict[str, Any]]:
    return [anchor_at(v).plain() for v in versions]


def _version(connection: Connection, statement: str) -> Version:
    """A statement as it was read.

    Raises:
        UsageError: there is none.
    """
    key, number = split_id(statement)
    for _, version in versions_in(connection, [article_id(connection, key)], as_read=True):
        if number_of(version.statement) == number:
            return version
    raise UsageError("no such statement", value=statement, remedy="see the ids that musnad find prints")


def _taken_back(connection: Connection, targets: Sequence[str]) -> tuple[str, dict[str, Any]]:
    if len(targets) > 1 or not targets[0].isdecimal():
        raise UsageError("undo takes the number of one decision", value=", ".join(targets), remedy="see decide list")
    every = decisions_in(connection)
    number = int(targets[0])
    found = next((d for d in every if d.id == number), None)
    if found is None:
        raise UsageError("no such decision", value=targets[0], remedy="see musnad decide list")
    if number in _undone(every):
        raise UsageError("the decision is taken back already", value=targets[0], remedy="see musnad decide list")
    kind = str(found.value["of"])
    return targets[0], {"of": kind if found.verb == "undo" else f"undo {kind}"}


def _undone(decisions: Sequence[Decision]) -> dict[int, int]:
    """Decision → the one that took it back."""
    found: dict[int, int] = {}
    for decision in reversed(decisions):
        if decision.verb == "undo" and decision.id not in found:
            found[int(decision.target)] = decision.id
    return found


def _on_statement(
    connection: Connection, statement: str, verb: str, values: Mapping[str, str]
) -> tuple[str, dict[str, Any]]:
    """The value of a decision on one statement: all that counts of it (``accept``), or what changes."""
    version = _version(connection, statement)
    if verb == "accept":
        (counts,) = overlay_in(connection).corrected((version,)) or (version,)
        given: dict[str, Any] = {
            "statement": True, "voice": counts.voice, "name": counts.names[0] if counts.names else None,
            "act": counts.act, "form": counts.form, "status": counts.status, "anonymous": counts.anonymous,
            "said": counts.time,
        }  # fmt: skip
    else:
        given = _values(connection, values)
    return version.statement, {"of": "statement", "at": anchor_at(version).plain(), "set": given}


def _values(connection: Connection, values: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a statement that somebody sets, checked."""
    if not values:
        raise UsageError("nothing to correct", remedy=f"set one of {', '.join(FIELDS)}, as in act=deny")
    found: dict[str, Any] = {}
    for name, given in values.items():
        value: Any = None if given.strip().lower() in _NOTHING else given.strip()
        if name == "speaker":
            found["voice"], found["name"] = (None, None) if value is None else _speaker(connection, value)
        elif name in ("anonymous", "statement"):
            if given.lower() not in _BOOLEANS:
                raise UsageError(f"{name} is yes or no", value=given)
            found[name] = _BOOLEANS[given.lower()]
        elif name in _CHOICES:
            if value not in _CHOICES[name] and not (name == "status" and value is None):
                raise UsageError(f"no such {name}", value=given, remedy=f"choose of {', '.join(_CHOICES[name])}")
            found[name] = value
        elif name == "said":
            if value is not None and not _SAID.match(value):
                raise UsageError("no time", value=given, remedy="write 2026-03-10, or another value of TIMEX3")
            found["said"] = value
        else:
            raise UsageError("no such field", value=name, remedy=f"choose of {', '.join(FIELDS)}")
    return found


def _speaker(connection: Connection, name: str) -> tuple[str, str]:
    """Key and name of a speaker: a voice of the ledger, else a new one."""
    from sqlalchemy import select

    try:
        found = _one_voice(connection, name, loosely=False)
    except UsageError as error:
        if error.message != NOBODY:
            raise
        body = authority().of(name_words(name))
        key = body.id if body is not None else f"person/{person_key(name)}"
        return key, " ".join(name.split())
    v = tables.voice.c
    row = connection.execute(select(v.key, v.name).where(v.id == found)).one()
    return row.key, row.name if name == row.key else " ".join(name.split())


def _one_voice(connection: Connection, name: str, *, loosely: bool = True) -> int:
    """The one voice with a name or a key.

    Raises:
        UsageError: there is none, or there are several.
    """
    from sqlalchemy import select

    v = tables.voice.c
    exact = connection.execute(select(v.id).where(v.key == name)).scalar()
    if exact is not None:
        return int(exact)
    ids = voice_ids(connection, name, loosely=loosely)
    roots = roots_of(connection, ids)
    if len(roots) > 1:
        keys = connection.execute(select(v.key).where(v.id.in_(roots)).order_by(v.key)).scalars().all()
        raise UsageError("several voices have this name", value=name, remedy=f"name one of {', '.join(keys[:6])}")
    return ids[0]


def _on_voices(connection: Connection, verb: str, targets: Sequence[str]) -> tuple[str, dict[str, Any]]:
    from sqlalchemy import select

    if stamp(connection, "voice") != made(connection, NAME):
        remake(connection)
    v, link = tables.voice.c, tables.voice_link.c
    chosen = [_one_voice(connection, target) for target in targets]
    every = class_of(connection, chosen)
    keys = {int(n): key for n, key in connection.execute(select(v.id, v.key).where(v.id.in_(every)))}
    first = keys[chosen[0]]
    if verb == "split":
        apart = [n for n in every if n not in chosen]
        for mine, other in ((link.voice, link.root), (link.root, link.voice)):
            apart += connection.execute(select(other).where(mine.in_(chosen), link.reading > 0)).scalars().all()
        others = connection.execute(select(v.key).where(v.id.in_(set(apart) - set(chosen))).order_by(v.key))
        value = {"of": "voice", "together": [keys[n] for n in chosen], "apart": list(others.scalars())}
        if not value["apart"]:
            raise UsageError("there is nothing to split from", value=", ".join(targets), remedy="see musnad voices")
        return first, value
    if len(every) < 2 or (verb == "merge" and len(set(roots_of(connection, chosen))) < 2):
        raise UsageError("there is nothing to merge", value=", ".join(targets), remedy="see musnad voices")
    return first, {"of": "voice", "together": list(dict.fromkeys([first, *(keys[n] for n in every)]))}


def _forms(connection: Connection, numbers: Sequence[int] | None) -> list[dict[str, Any]]:
    """Decisions as ``Deciding.decisions`` gives them."""
    every = decisions_in(connection)
    undone = _undone(every)
    holds = {d.id for d in holding(every)}
    found = []
    for d in every:
        if numbers is not None and d.id not in numbers:
            continue
        value = d.value
        anchors = [value["at"]] if "at" in value else value.get("together", ()) if value.get("of") == "saying" else ()
        present = [_present(connection, anchor) for anchor in anchors]
        plain = [one or f"{a['article']}#s{a['number']}" for one, a in zip(present, anchors, strict=True)]
        voices = list(value.get("together", ())) if value.get("of") == "voice" else []
        found.append(
            {
                "id": d.id, "verb": d.verb, "of": "decision" if d.verb == "undo" else value["of"],
                "targets": plain or voices or [d.target],
                "set": value.get("set"), "note": value.get("note"), "by": d.by, "made": d.made,
                "undone_by": undone.get(d.id),
                "applies": d.id in holds and all(present) if d.verb != "undo" else d.id not in undone,
            }
        )  # fmt: skip
    return found


def _present(connection: Connection, plain: Mapping[str, Any]) -> str | None:
    """The id that a statement has at present, or None where the newest reading has no such statement."""
    anchor = anchor_of(plain)
    try:
        article = article_id(connection, anchor.article)
    except UsageError:
        return None
    told = [told_of(v) for _, v in versions_in(connection, [article], as_read=True)]
    number = known_again(anchor, told)
    return None if number is None else f"{anchor.article}#s{number}"
