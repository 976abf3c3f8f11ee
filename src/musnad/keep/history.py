"""How far a saying has been checked, answered or owned up to: dated reports, in order, none erased by a later one.

Three things make a line of this history: what an article that reports the saying says of its own statement, a denial
or confirmation that another article (or the same one) reports of somebody in words of the same matter, and nothing
else; a verification belongs to its target, not to the speaker.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from musnad.keep.records import Saying, Verdict, Version
from musnad.keep.stems import stem_of
from musnad.keep.voices import relation, voice_of

_ANSWERS = {"deny": "denied", "confirm": "confirmed"}
_SHARE = 0.6  # of the bits of the shorter of two statements, for the same matter
_LEAST_BITS, _LEAST_WORDS = 18.0, 3  # told by the words that two statements share
_DAYS = 60  # from the first version to an answer

Plain = Mapping[str, Any]


def history(
    saying: Saying, readings: Mapping[str, Plain] | None = None, *, others: Iterable[Version] = ()
) -> tuple[Verdict, ...]:
    """The verification history of ``saying``, the earliest first.

    Args:
        saying: a saying with its versions.
        readings: the JSON forms of the readings of its articles, by id; without them only the status of each version
            is told, not by whom or in which words.
        others: statements that may answer the saying: those with the acts ``deny`` and ``confirm`` are looked at.
    """
    found = [v for version in saying.versions for v in _of_version(version, (readings or {}).get(version.article))]
    inside = {version.statement for version in saying.versions}
    for answer in others:
        if answer.act in _ANSWERS and answer.statement not in inside:
            target = _answered(answer, saying)
            if target is not None:
                found.append(
                    Verdict(
                        status=_ANSWERS[answer.act],
                        by=answer.names[0] if answer.names else None,
                        article=answer.article,
                        date=answer.published,
                        statement=target.statement,
                        text=answer.words,
                    )
                )
    distinct = dict.fromkeys(found)
    return tuple(sorted(distinct, key=lambda v: (v.date or "9", v.article, v.statement)))


def _of_version(version: Version, reading: Plain | None) -> list[Verdict]:
    """What the article of a version says of it."""
    if reading is None:
        return [_verdict(version, version.status)] if version.status else []
    own = version.statement.rpartition("#")[2]
    statement = next((s for s in reading.get("statements") or () if s["id"] == own), None)
    text = str(reading["text"])
    entities = {e["id"]: e for e in reading.get("entities") or ()}
    found = []
    for check in reading.get("verifications") or ():
        target = check.get("target") or {}
        if own in (target.get("medium_of") or ()) or (statement and statement.get("verification") == check["id"]):
            start, end = check["span"]
            found.append(_verdict(version, check["status"], _party(text, check.get("by"), entities), text[start:end]))
    return found


def _verdict(version: Version, status: str, by: str | None = None, text: str = "") -> Verdict:
    return Verdict(
        status=status, by=by, article=version.article, date=version.published, statement=version.statement, text=text
    )


def _party(text: str, party: Plain | None, entities: Mapping[str, Plain]) -> str | None:
    if not party:
        return None
    entity = entities.get(party.get("entity") or "")
    span = party.get("span")
    return str(entity["name"]) if entity else text[span[0] : span[1]] if span else None


def _answered(answer: Version, saying: Saying) -> Version | None:
    """The version of the saying that an answer is about, or None."""
    best: tuple[float, Version] | None = None
    for version in saying.versions:
        if not _after(version.published, answer.published):
            continue
        if answer.act == "confirm" and relation(voice_of(answer), voice_of(version)) in ("same", "part", "unknown"):
            continue  # who says a thing again confirms nothing
        share = _matter(answer.tokens, version.tokens)
        if share >= _SHARE and (best is None or share > best[0]):
            best = (share, version)
    return best[1] if best else None


def _matter(a: Sequence[str], b: Sequence[str]) -> float:
    """Which share of what the shorter statement tells, in bits, the other one tells too."""
    mine, theirs = _told(a), _told(b)
    shared = mine.keys() & theirs.keys()
    bits = sum(min(mine[root], theirs[root]) for root in shared)
    least = min(sum(mine.values()), sum(theirs.values()))
    return bits / least if len(shared) >= _LEAST_WORDS and bits >= _LEAST_BITS else 0.0


def _told(tokens: Sequence[str]) -> dict[str, float]:
    stems = (stem_of(token) for token in tokens)
    return {stem.root: stem.bits for stem in stems if not stem.function}


def _after(first: str | None, second: str | None) -> bool:
    """Whether the second day is that of the first or one of the days after; True where one is not known."""
    if not first or not second:
        return True
    try:
        days = (date.fromisoformat(second[:10]) - date.fromisoformat(first[:10])).days
    except ValueError:
        return True
    return 0 <= days <= _DAYS
