"""Who an entity is beyond its article: a key that all spellings share, what the authority knows, the office held.

``equated`` finds names of one body of the authority that an article uses side by side, so that its mentions become one
entity; ``identified`` gives the entities their ``ids`` (``docs/reading.md``). What nothing tells is left out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from musnad.find.context import OPEN, Context
from musnad.find.named import LISTED
from musnad.lexicon.authority import Authority, Body, authority, canonical, name_words
from musnad.lexicon.loader import rows
from musnad.settle.keys import body_key, parts, person_key, romanised
from musnad.settle.names import core, name_part, words_of
from musnad.settle.offices import Office, Organ, bare_words, body_at, capital_of, country_at, office, organ
from musnad.types import Entity, Span

Range = tuple[int, int]
Ids = dict[str, Any]
_PRESS = frozenset((
    "agency", "outlet", "channel", "newspaper", "site", "radio", "magazine", "platform", "company", "sport",
))  # fmt: skip
_BODIES = frozenset(("organisation", "group", "place"))
_MOST_NAMES = 6  # spellings of one body that are tied together in one article


def equated(ctx: Context, known: Authority) -> tuple[tuple[Range, Range], ...]:
    """Pairs of token ranges ``(fuller name, other name)``: different names of one body that the article uses."""
    found: dict[str, dict[frozenset[str], Range]] = {}
    i, n = 0, len(ctx)
    while i < n:
        t = ctx.tags[i]
        hit = None
        if t is not None and (len(t.form) > 1):
            for stem in t.stems:
                names = known.first.get(canonical(stem))
                if names is not None:
                    hit = _at(ctx, i, names) or hit
        if hit is None:
            i += 1
            continue
        name, end = hit
        words = words_of(ctx, i, end)
        if words:
            found.setdefault(known.names[name], {}).setdefault(words, (i, end))
        i = end
    pairs: list[tuple[Range, Range]] = []
    for spellings in found.values():
        ranked = sorted(spellings.items(), key=lambda s: (-len(s[0]), s[1]))[:_MOST_NAMES]
        for words, place in ranked[1:]:
            if not words <= ranked[0][0]:
                pairs.append((ranked[0][1], place))
    return tuple(sorted(pairs))


def _at(ctx: Context, i: int, names: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], int] | None:
    """The longest of ``names`` that stands at token ``i``: a single word only where the lexicons list it as a body."""
    for name in names:
        end = i + len(name)
        if end > len(ctx):
            continue
        if len(name) == 1:
            t = ctx.tags[i]
            if t is not None and t.lexical & LISTED:
                return name, end
        elif all(canonical(ctx.words.forms[i + k]) == name[k] for k in range(1, len(name))):
            return name, end
    return None


def identified(ctx: Context, entities: Sequence[Entity], paths: tuple[str, ...] = ()) -> tuple[Entity, ...]:
    """``entities`` with their ``ids``.

    Args:
        paths: the user's files of actors.
    """
    known = authority(paths)
    found = [replace(e, ids={**e.ids, **_ids(ctx, e, known, paths)}) for e in entities]
    holders: dict[str, str] = {}
    for e in found:
        held = e.ids.get("office")
        if e.kind == "person" and held and "key" in held and not held.get("former"):
            holders.setdefault(held["key"], e.id)
    for at, e in enumerate(found):
        held = e.ids.get("office")
        if e.kind == "office" and held and held.get("key") in holders:
            found[at] = replace(e, ids={**e.ids, "office": {**held, "held_by": holders[held["key"]]}})
    return tuple(found)


def _ids(ctx: Context, entity: Entity, known: Authority, paths: tuple[str, ...]) -> Ids:
    ranges = [tokens(ctx, span) for span in entity.mentions]
    if entity.kind in ("person", "office"):
        return _person(ctx, entity, ranges, known)
    if entity.kind in _BODIES:
        return _body(ctx, entity, ranges, known, paths)
    return {}


def tokens(ctx: Context, span: Span) -> Range:
    """The tokens that ``span`` touches; a span may begin inside a token, after its clitics."""
    first = max(0, bisect_right(ctx.words.starts, span[0]) - 1)
    return first, max(first + 1, bisect_left(ctx.words.ends, span[1]) + 1)


def _person(ctx: Context, entity: Entity, ranges: Sequence[Range], known: Authority) -> Ids:
    held = _office(ctx, ranges, known)
    ids: Ids = {}
    if entity.kind == "office":
        if held is not None and held.get("key"):
            ids = {"key": held["key"]}
    else:
        body = next((b for name in (entity.name, *entity.aliases) if (b := known.of(name_words(name)))), None)
        if body is not None and body.kind == "person":
            ids = _known(body)
        elif key := person_key(entity.name):
            ids = {"key": f"person/{key}"}
            if len(parts(entity.name)) == 1:
                ids["partial"] = True
        if latin := romanised(entity.name):
            ids["romanised"] = latin
    if held is not None:
        ids["office"] = held
    return ids


def _office(ctx: Context, ranges: Sequence[Range], known: Authority) -> Ids | None:
    """The office that the mentions name: the first that says which one it is, else the first."""
    found: list[Office] = []
    for first, end in ranges:
        named = office(ctx, first, end, known, name_part(ctx, first, end))
        if named is not None:
            found.append(named)
    if not found:
        return None
    best = next((o for o in found if o.key is not None), found[0])
    row = _roles()[best.row]
    plain = {
        "key": best.key,
        "role": best.role,
        "title": ctx.spelt(*best.span),
        "english": row["english"] if best.role == row["id"] else best.role.capitalize(),
        "portfolio": best.portfolio,
        "iso3166": best.country,
        "body": best.body,
        "former": best.former or None,
    }
    return {k: v for k, v in plain.items() if v is not None}


@lru_cache(maxsize=1)
def _roles() -> Mapping[str, Any]:
    return MappingProxyType({row.id: row for row in rows("authority/roles")})


def _known(body: Body) -> Ids:
    """What the authority says of a body."""
    plain = {
        "key": body.id,
        "authority": body.row,
        "type": body.kind,
        "english": body.english,
        "french": body.french,
        "iso3166": body.country,
    }
    return {k: v for k, v in plain.items() if v is not None}


def _body(ctx: Context, entity: Entity, ranges: Sequence[Range], known: Authority, paths: tuple[str, ...]) -> Ids:
    heads = [_head(ctx, r) for r in ranges]
    spelt = [words for words in heads if words]
    for words in sorted(spelt, key=len, reverse=True):
        body = _listed(words, known)
        if body is not None:
            return _known(body)
    for words in sorted(spelt, key=len, reverse=True):
        own = organ(words)
        if own is not None and own.end >= len(words):
            return _organ(own, known, paths)
    for words in spelt:
        nation = country_at(words, 0)
        if nation is not None and nation[1] == len(words):
            return {"key": f"place/{nation[0]}", "iso3166": nation[0]}
        if entity.kind != "place" and (code := capital_of(words)):
            return {"key": f"organ/government.{code}", "iso3166": code}
    if not spelt:
        return {}
    fullest = max(spelt, key=len)
    ids: Ids = {"key": f"body/{body_key(fullest)}"}
    if len(fullest) == 1:
        ids["partial"] = True
    country = _adjective(fullest)
    if country is not None:
        ids["iso3166"] = country
    return ids


def _head(ctx: Context, mention: Range) -> list[str]:
    """The canonical words of a mention without the clauses after its head and without marks."""
    first, end = mention
    while first < end - 1 and (ctx.symbols[first] == OPEN or not ctx.is_word(first)):
        first += 1
    first, end = core(ctx, first, end)
    return [word for word in bare_words(ctx, first, end) if word]


def _listed(words: list[str], known: Authority) -> Body | None:
    """The body of the authority that the words name, with adjectives after the name or a class before it."""
    whole = known.of(tuple(words))
    if whole is not None:
        return whole if whole.kind != "person" else None
    for at in (0, 1):
        if at >= len(words):
            break
        named = body_at(words, at, known)
        short = None if at == 0 else known.of(tuple(words[1:]))
        if short is not None and short.kind in _PRESS:
            return short
        if named is None or named[0].kind == "person" or (at and named[0].kind not in _PRESS):
            continue
        if all(_is_adjective(word) for word in words[named[1] :]):
            return named[0]
    return None


_ARTICLE = chr(0x627) + chr(0x644)


def _is_adjective(word: str) -> bool:
    return word.startswith(_ARTICLE)


def _adjective(words: list[str]) -> str | None:
    """The country of the last definite gentilic of a name."""
    for k in range(len(words) - 1, 0, -1):
        nation = country_at(words, k)
        if nation is not None and words[k].startswith(_ARTICLE) and nation[1] == k + 1:
            return nation[0]
    return None


def _organ(own: Organ, known: Authority, paths: tuple[str, ...]) -> Ids:
    key = _organs(paths).get(own.key)
    if key is not None:
        return _known(known.bodies[key])
    ids: Ids = {"key": own.key, "authority": own.row, "type": "ministry" if own.key.startswith("m") else "state"}
    return {**ids, "english": own.english, "french": own.french, "iso3166": own.country}


@lru_cache(maxsize=8)
def _organs(paths: tuple[str, ...]) -> Mapping[str, str]:
    """Key of an organ → the body of the authority that is this organ."""
    known = authority(paths)
    found: dict[str, str] = {}
    for name, key in known.names.items():
        own = organ(list(name))
        if own is not None and own.end == len(name) and known.bodies[key].country == own.country:
            found.setdefault(own.key, key)
    return MappingProxyType(found)
