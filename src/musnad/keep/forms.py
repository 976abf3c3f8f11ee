"""The JSON forms of copies, sayings and alarms (``docs/ledger.md``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from musnad.keep.independence import independence
from musnad.keep.records import Alarm, CopyGroup, Difference, Saying, Text, Verdict, Version


def copy_form(group: CopyGroup, texts: Mapping[str, Text]) -> dict[str, Any]:
    """A copy group; of an article that is not in ``texts``, outlet and date are None."""
    articles = []
    for member in group.members:
        text = texts.get(member.article)
        articles.append(
            {
                "id": member.article,
                "outlet": text.outlet if text else None,
                "published": text.published if text else None,
                "published_at": text.moment if text else None,
                "relation": member.relation,
                "origin": member.origin,
            }
        )
    return {"group": group.id, "articles": articles, "origin_reasons": list(group.reasons)}


def saying_form(
    saying: Saying,
    copies: Sequence[CopyGroup],
    *,
    similarity: float | None = None,
    verdicts: Sequence[Verdict] | None = None,
    alarms: Sequence[Alarm] = (),
) -> dict[str, Any]:
    """A saying as ``musnad sayings`` prints it; with ``verdicts`` as ``musnad check`` does."""
    first = saying.versions[0]
    told = independence(saying, copies=copies)
    known = {"id": saying.id, "voice": {"id": saying.voice, "name": saying.name}}
    counted: dict[str, Any] = {"at_least": told.at_least, "at_most": told.at_most}
    differences = [{"from": d.before, "to": d.after, "classes": list(d.classes)} for d in saying.differences]
    if verdicts is None:
        versions = [version_form(version) for version in saying.versions]
        return {**known, "versions": versions, "differences": differences, "independent": counted}
    to_first = {d.after: d for d in saying.differences if d.before == first.statement}
    counted["origins"] = [
        {"name": o.name, "versions": list(o.versions), "reasons": list(o.reasons)} for o in told.origins
    ]
    counted["unnamed"] = list(told.unnamed)
    return {
        **known,
        "similarity": similarity,
        "first": {"article": first.article, "outlet": first.outlet, "published": first.published,
                  "published_at": first.moment},
        "versions": [
            version_form(v) | {"differences": change_forms(to_first.get(v.statement))} for v in saying.versions
        ],
        "differences": differences,
        "independent": counted,
        "verifications": [
            {"status": v.status, "by": v.by, "article": v.article, "date": v.date, "statement": v.statement,
             "text": v.text}
            for v in verdicts
        ],
        "alarms": [{"kind": a.kind, "text": a.text} for a in alarms],
    }  # fmt: skip


def version_form(version: Version) -> dict[str, Any]:
    """One version."""
    return {
        "statement": version.statement,
        "article": version.article,
        "outlet": version.outlet,
        "published": version.published,
        "published_at": version.moment,
        "form": version.form,
        "act": version.act,
        "words": version.words,
        "content": [list(span) for span in version.content],
        "chain": [{"role": s.role, "name": s.name, "key": s.key} for s in version.chain],
    }


def change_forms(difference: Difference | None) -> list[dict[str, str]]:
    """The changes of one version against the first, each with its words before and after."""
    return [{"class": c.kind, "was": c.was, "is": c.now} for c in difference.changes] if difference else []


def alarm_form(alarm: Alarm) -> dict[str, Any]:
    """One alarm."""
    return {"kind": alarm.kind, "saying": alarm.saying, "articles": list(alarm.articles), "text": alarm.text}
