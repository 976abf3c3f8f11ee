"""How far a saying has been checked, answered or owned up to: dated reports, in order, none erased by a later one.

Three things make a line of this history: what an article that reports the saying says of its own statement, a denial
or confirmation that another article (or the same one) reports of somebody in words of the same matter, and nothing
else; a verification belongs to its target, not to the speaker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from musnad.keep.records import Saying, Verdict, Version
from musnad.keep.stems import stem_of
from musnad.keep.voices import relation, voice_of
from musnad.lexicon.loader import index
from musnad.read.fold import fold_word

_ANSWERS = {"deny": "denied", "confirm": "confirmed"}
_SHARE, _SHARE_DENIED = 0.7, 0.4  # of the bits of an answer, and of what is denied, for the same matter
_LEAST_BITS, _LEAST_WORDS = 22.0, 3  # told by the words that two statements share
_RARE_BITS, _RARE_WORDS = 5.0, 2  # of the words by which an answer is found
_GAP = 5  # code points between a statement and a check that follows it
_DAYS = 60  # from the first version to an answer

Plain = Mapping[str, Any]


def history(
    saying: Saying, readings: Mapping[str, Plain] | None = None, *, others: Iterable[Version] | Answers = ()
) -> tuple[Verdict, ...]:
    """The verification history of ``saying``, the earliest first.

    Args:
        saying: a saying with its versions.
        readings: the JSON forms of the readings of its articles, by id; without them only the status of each version
            is told, not by whom or in which words.
        others: statements that may answer the saying: those with the acts ``deny`` and ``confirm`` by somebody named
            are looked at. For many sayings give ``Answers``, made once.
    """
    found = [v for version in saying.versions for v in _of_version(version, (readings or {}).get(version.article))]
    answers = others if isinstance(others, Answers) else Answers(others)
    for answer, target in answers.to(saying):
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


class Answers:
    """The denials and confirmations among many statements, found by the rare words that they share with a saying."""

    def __init__(self, versions: Iterable[Version]) -> None:
        self._answers = [v for v in versions if v.act in _ANSWERS and not v.anonymous]
        self._told = [_told(v.tokens) for v in self._answers]
        self._at: dict[str, list[int]] = {}
        for n, told in enumerate(self._told):
            for root, bits in told.items():
                if bits >= _RARE_BITS:
                    self._at.setdefault(root, []).append(n)

    def to(self, saying: Saying) -> list[tuple[Version, Version]]:
        """The answers to ``saying``, each with the version that it is about."""
        inside = {version.statement for version in saying.versions}
        best: dict[int, tuple[float, Version]] = {}
        for version in saying.versions:
            told = _told(version.tokens)
            shared = Counter(n for root, bits in told.items() if bits >= _RARE_BITS for n in self._at.get(root, ()))
            for n, count in shared.items():
                answer = self._answers[n]
                if count < _RARE_WORDS or answer.statement in inside or not _may_answer(answer, version):
                    continue
                share = _matter(self._told[n], told, answer.act)
                if share and share > best.get(n, (0.0, version))[0]:
                    best[n] = (share, version)
        return [(self._answers[n], best[n][1]) for n in sorted(best)]


def _may_answer(answer: Version, version: Version) -> bool:
    """Whether a statement can be an answer to another: later, and a confirmation by somebody else elsewhere."""
    if not _after(version.published, answer.published) or _inside(answer, version):
        return False
    if answer.act != "confirm":
        return True
    return answer.article != version.article and relation(voice_of(answer), voice_of(version)) not in (
        "same",
        "part",
        "unknown",
    )


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
        named = own in (target.get("medium_of") or ()) or (statement and statement.get("verification") == check["id"])
        if named or (not _by_itself(check, statement) and _follows(check, version, text)):
            start, end = check["span"]
            found.append(_verdict(version, check["status"], _party(text, check.get("by"), entities), text[start:end]))
    return found


def _by_itself(check: Plain, statement: Plain | None) -> bool:
    """Whether the speaker of a statement is the one who checks or answers: then it is about something else."""
    who = (check.get("by") or {}).get("entity")
    return who is not None and statement is not None and who == (statement.get("speaker") or {}).get("entity")


def _follows(check: Plain, version: Version, text: str) -> bool:
    """Whether a check stands right after a statement and takes up its words, or points at it (*these reports*)."""
    start, end = check["span"]
    gap = start - version.content[-1][1] if version.content else -1
    if not 0 <= gap <= _GAP or "\n" in text[start - gap : start]:
        return False
    if check["status"] == "no-comment":
        return True
    tokens = fold_word(text[start:end]).split()
    pointing = index("grammar/particles", "form")
    if any(row["class"] == "demonstrative" for token in tokens for row in pointing.get(token, ())):
        return True
    said = _told(version.tokens)
    return sum(bits >= _RARE_BITS for root, bits in _told(tokens).items() if root in said) >= _RARE_WORDS


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


def _inside(answer: Version, version: Version) -> bool:
    """Whether one is told within the other: then it answers nothing."""
    return answer.article == version.article and any(
        a < d and c < b for a, b in answer.content for c, d in version.content
    )


def _matter(answer: Mapping[str, float], version: Mapping[str, float], act: str) -> float:
    """Which share of what an answer tells, in bits, the statement tells too; 0 where that is another matter.

    A denial may be shorter than what it denies; a confirmation says the same again.
    """
    shared = answer.keys() & version.keys()
    bits = sum(min(answer[root], version[root]) for root in shared)
    if len(shared) < _LEAST_WORDS or bits < _LEAST_BITS:
        return 0.0
    share, other = bits / sum(answer.values()), bits / sum(version.values())
    least = _SHARE if act == "confirm" else _SHARE_DENIED
    return share if share >= _SHARE and other >= least else 0.0


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
