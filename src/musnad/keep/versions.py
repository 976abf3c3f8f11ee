"""Readings → versions: each statement of an article in the short form that the ledger compares.

A version stands on its own: names and keys are looked up, the content is cut into folded words, and each word knows
whether it stands in quotation marks. The same function reads records (``types.Reading``) and their JSON form
(``docs/reading.md``), so that a ledger can make versions anew from the readings that it keeps.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any

from musnad.find.quotes import quotes
from musnad.keep.lineage import lineage
from musnad.keep.records import Source, Version
from musnad.read.joins import cut as cut_words
from musnad.read.words import NUMBER, WORD, Words
from musnad.types import Reading, Span

_SPOKEN = frozenset((WORD, NUMBER))


def versions_of(reading: Reading | Mapping[str, Any]) -> tuple[Version, ...]:
    """The statements of ``reading`` as versions, in the order of the reading.

    Args:
        reading: a reading, or its JSON form; extra fields are ignored.
    """
    plain: Mapping[str, Any] = essentials(reading) if isinstance(reading, Reading) else reading
    statements = plain.get("statements") or ()
    if not statements:
        return ()
    text = str(plain["text"])
    cut = cut_words(text)
    marked = _marked(cut)
    chains = lineage(plain)
    entities = {e["id"]: e for e in plain.get("entities") or ()}
    times = {t["id"]: t for t in plain.get("times") or ()}
    checks = {v["id"]: v for v in plain.get("verifications") or ()}
    return tuple(_version(plain, s, text, cut, marked, entities, times, checks, chains[s["id"]]) for s in statements)


def essentials(reading: Reading) -> dict[str, Any]:
    """The JSON form of ``reading`` without evidence, quantities, and what else the ledger does not search."""
    plain = {name: getattr(reading, name) for name in ("id", "text", "outlet", "published")}
    for name in ("entities", "times", "verifications", "places"):
        plain[name] = [_flat(record) for record in getattr(reading, name)]
    plain["statements"] = found = []
    for statement in reading.statements:
        made = _flat(statement)
        for name in ("speaker", "addressee", "medium"):
            made[name] = made[name] and _flat(made[name])
        made["chain"] = [_flat(link) for link in statement.chain]
        found.append(made)
    return plain


def _flat(record: Any) -> dict[str, Any]:
    """A record as a dict, without evidence; records in it stay."""
    kind: Any = type(record)
    names, values = _getters(kind)
    return dict(zip(names, values(record), strict=True))


@cache
def _getters(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], Any]]:
    names = tuple(f.name for f in fields(kind) if f.name != "evidence")
    return names, attrgetter(*names)


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
    office = _office(speaker)
    time, check = times.get(s.get("time") or ""), checks.get(s.get("verification") or "")
    return Version(
        statement=statement_id(plain["id"], s["id"]),
        article=plain["id"],
        outlet=plain.get("outlet"),
        published=plain.get("published"),
        form=s["form"],
        act=s["act"],
        anonymous=bool(s.get("anonymous")),
        words=" ".join([" ".join(text[a:b].split()) for a, b in content]),
        content=content,
        tokens=tuple(map(cut.forms.__getitem__, inside)),
        quoted=tuple(map(marked.__getitem__, inside)),
        voice=_key(speaker),
        names=_names(text, speaker, party.get("span")),
        office=office.get("key"),
        country=office.get("iso3166") or (speaker or {}).get("ids", {}).get("iso3166"),
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
    kinds = cut.kinds
    for start, end in content:
        first = bisect_left(cut.starts, start)
        found += [i for i in range(first, bisect_right(cut.ends, end, first)) if kinds[i] in _SPOKEN]
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
    plain = dict.fromkeys([" ".join(name.split()) for name in dict.fromkeys(names)])
    plain.pop("", None)
    return tuple(plain)
