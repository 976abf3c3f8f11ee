"""Readings → versions: each statement of an article in the short form that the ledger compares.

A version stands on its own: names and keys are looked up, the content is cut into folded words, and each word knows
whether it stands in quotation marks. The same function reads records (``types.Reading``) and their JSON form
(``docs/reading.md``), so that a ledger can make versions anew from the readings that it keeps.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from musnad.find.quotes import quotes
from musnad.keep.lineage import lineage
from musnad.keep.records import Source, Version
from musnad.read.joins import split_words
from musnad.read.words import NUMBER, WORD, Words, words
from musnad.types import Reading, Span, to_plain


def versions_of(reading: Reading | Mapping[str, Any]) -> tuple[Version, ...]:
    """The statements of ``reading`` as versions, in the order of the reading.

    Args:
        reading: a reading, or its JSON form; extra fields are ignored.
    """
    plain: Mapping[str, Any] = to_plain(reading) if isinstance(reading, Reading) else reading
    statements = plain.get("statements") or ()
    if not statements:
        return ()
    text = str(plain["text"])
    cut = words(text, split=split_words)
    marked = _marked(cut)
    chains = lineage(plain)
    entities = {e["id"]: e for e in plain.get("entities") or ()}
    times = {t["id"]: t for t in plain.get("times") or ()}
    checks = {v["id"]: v for v in plain.get("verifications") or ()}
    return tuple(_version(plain, s, text, cut, marked, entities, times, checks, chains[s["id"]]) for s in statements)


def statement_id(article: str, statement: str) -> str:
    """The id of a statement in the ledger: ``ARTICLE#s3``."""
    return f"{article}#{statement}"


def _version(
    plain: Mapping[str, Any],
    s: Mapping[str, Any],
    text: str,
    cut: Words,
    marked: Sequence[bool],
    entities: Mapping[str, Mapping[str, Any]],
    times: Mapping[str, Mapping[str, Any]],
    checks: Mapping[str, Mapping[str, Any]],
    chain: tuple[Source, ...],
) -> Version:
    content = tuple((int(a), int(b)) for a, b in s["content"])
    inside = _inside(cut, content)
    party = s.get("speaker") or {}
    speaker = entities.get(party.get("entity") or "")
    time, check = times.get(s.get("time") or ""), checks.get(s.get("verification") or "")
    return Version(
        statement=statement_id(plain["id"], s["id"]),
        article=plain["id"],
        outlet=plain.get("outlet"),
        published=plain.get("published"),
        form=s["form"],
        act=s["act"],
        anonymous=bool(s.get("anonymous")),
        words=" ".join(" ".join(text[a:b].split()) for a, b in content),
        content=content,
        tokens=tuple(cut.forms[i] for i in inside),
        quoted=tuple(marked[i] for i in inside),
        voice=_key(speaker),
        names=_names(text, speaker, party.get("span")),
        office=_office(speaker).get("key"),
        country=_office(speaker).get("iso3166") or (speaker or {}).get("ids", {}).get("iso3166"),
        chain=chain,
        time=time["value"] if time else None,
        status=check["status"] if check else None,
        confidence=s.get("confidence"),
    )


def _marked(cut: Words) -> list[bool]:
    """For each token whether it stands in quotation marks."""
    marked = [False] * len(cut)
    for quote in quotes(cut):
        for i in range(quote.open + 1, quote.close):
            marked[i] = True
    return marked


def _inside(cut: Words, content: Sequence[Span]) -> list[int]:
    """The words and numbers within the spans, in the order of the content."""
    found: list[int] = []
    for start, end in content:
        i = bisect_left(cut.starts, start)
        while i < len(cut) and cut.ends[i] <= end:
            if cut.kinds[i] in (WORD, NUMBER):
                found.append(i)
            i += 1
    return found


def _key(entity: Mapping[str, Any] | None) -> str | None:
    """The key of an entity across articles, or None."""
    key = (entity or {}).get("ids", {}).get("key")
    return str(key) if key else None


def _office(entity: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """The office of a speaker; nothing where it is over."""
    office: Mapping[str, Any] = (entity or {}).get("ids", {}).get("office", {})
    return {} if office.get("former") else office


def _names(text: str, entity: Mapping[str, Any] | None, span: Span | None) -> tuple[str, ...]:
    """The names of a speaker in the article, the fullest first; as written where no entity was made."""
    if entity is None:
        return _distinct([text[span[0] : span[1]]]) if span else ()
    mentions = [text[a:b] for a, b in entity.get("mentions") or ()]
    return _distinct([entity["name"], *(entity.get("aliases") or ()), *mentions])


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    plain = (" ".join(name.split()) for name in names)
    return tuple(dict.fromkeys(name for name in plain if name))
