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

from musnad.find.context import COMMA, OPEN, Context
from musnad.find.named import LISTED, head_kind
from musnad.find.openers import BODY
from musnad.lexicon.authority import Authority, Body, authority, canonical, name_words
from musnad.lexicon.loader import rows
from musnad.read.joins import word_count
from musnad.settle.keys import body_key, known_name, name_alone, parts, person_key, romanised
from musnad.settle.names import core, name_part, words_of
from musnad.settle.offices import (
    Office,
    Organ,
    bare_words,
    body_at,
    capital_of,
    country_at,
    country_named,
    heads,
    office,
    organ,
)
from musnad.types import Entity, Span

Range = tuple[int, int]
Ids = dict[str, Any]
_PRESS = frozenset((
    "agency", "outlet", "channel", "newspaper", "site", "radio", "magazine", "platform", "company", "sport",
))  # fmt: skip
_BODIES = frozenset(("organisation", "group", "place"))
_USUAL = 300  # how often news writes a word that may be a common one (the scale of ``words/types``)
_COMMON, _RARE = 2_000, 64
_LONGEST_NAME, _LONGEST_BODY, _LONGEST_KEY = 4, 8, 6
_NO_NAME = frozenset(("title", "gentilic", "country", "head", "time", "organisation", "group", "outlet", "agency"))
_MOST_NAMES = 6  # spellings of one body that are tied together in one article


def equated(ctx: Context, known: Authority) -> tuple[tuple[Range, Range], ...]:
    """Pairs of token ranges ``(fuller name, other name)``: different names of one body that the article uses."""
    found: dict[str, dict[frozenset[str], Range]] = {}
    done = 0
    forms = ctx.words.forms
    # nearly all words are told apart by this one question: no body's name begins with them
    places = ctx.opening(BODY) if known is authority(()) else range(len(forms))
    tags, last = ctx.tags, len(forms) - 1
    for i in places:
        t = tags[i]
        if t is None or i < done or len(t.form) == 1:
            continue
        if (i == last or forms[i + 1] not in known.seconds) and known.alone.isdisjoint(t.stems):
            continue
        hit = None
        for stem in t.stems:
            seconds = known.first.get(canonical(stem))
            if seconds is None:
                continue
            names = seconds.get("", ())
            if i < last and (longer := seconds.get(canonical(forms[i + 1]))):
                names = longer + names
            hit = (_at(ctx, i, names) if names else None) or hit
        if hit is None:
            continue
        name, end = hit
        words = words_of(ctx, i, end)
        if words:
            found.setdefault(known.names[name], {}).setdefault(words, (i, end))
        done = end
    pairs: list[tuple[Range, Range]] = []
    for spellings in found.values():
        ranked = sorted(spellings.items(), key=lambda s: (-len(s[0]), s[1]))[:_MOST_NAMES]
        for words, place in ranked[1:]:
            if not words <= ranked[0][0]:
                pairs.append((ranked[0][1], place))
    return tuple(sorted(pairs))


def _at(ctx: Context, i: int, names: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], int] | None:
    """The first of ``names``, whose first two words stand at token ``i``, that stands there, and where it ends.

    A single word is one only where it is listed as a body, or rare.
    """
    forms = ctx.words.forms
    for name in names:
        end = i + len(name)
        if len(name) == 1:
            t = ctx.tags[i]
            rare = t is not None and not t.lexical and not t.particle and word_count(t.bare) <= _USUAL
            if rare or (t is not None and t.lexical & LISTED):
                return name, end
        elif end <= len(forms) and all(canonical(forms[i + k]) == name[k] for k in range(2, len(name))):
            return name, end
    return None


def identified(ctx: Context, entities: Sequence[Entity], paths: tuple[str, ...] = ()) -> tuple[Entity, ...]:
    """``entities`` with their ``ids``.

    Args:
        paths: the user's files of actors.
    """
    known = authority(paths)
    found = [_with_ids(e, _ids(ctx, e, known, paths)) for e in entities]
    holders: dict[str, str] = {}
    for e in found:
        held = e.ids.get("office", {})
        if (e.kind == "person" or "holder" in held) and "key" in held and not held.get("former"):
            holders.setdefault(held["key"], e.id)
    for at, e in enumerate(found):
        held = e.ids.get("office", {})
        if e.kind == "office" and "holder" not in held and held.get("key") in holders:
            found[at] = replace(e, ids={**e.ids, "office": {**held, "held_by": holders[held["key"]]}})
    return tuple(found)


def _with_ids(entity: Entity, ids: Ids) -> Entity:
    """``entity`` with ``ids``; what the authority knows as a place is one, under its longest name."""
    if not ids:
        return entity
    kind, names = entity.kind, (entity.name, *entity.aliases)
    if ids.get("type") == "place":
        kind, names = "place", tuple(sorted({*names}, key=lambda name: (-len(name), name)))
    ids = {**entity.ids, **ids}
    return Entity(id=entity.id, kind=kind, name=names[0], aliases=names[1:], mentions=entity.mentions, ids=ids)


def _ids(ctx: Context, entity: Entity, known: Authority, paths: tuple[str, ...]) -> Ids:
    ranges = [tokens(ctx, span) for span in entity.mentions]
    if entity.kind == "person":
        return _person(ctx, entity, ranges, known)
    if entity.kind == "office":
        held = _office(ctx, "", ranges, known)
        return {} if held is None else {**({"key": held["key"]} if "key" in held else {}), "office": held}
    if entity.kind in _BODIES:
        return _body(ctx, entity, ranges, known, paths)
    return {}


def tokens(ctx: Context, span: Span) -> Range:
    """The tokens that ``span`` touches; a span may begin inside a token, after its clitics."""
    first = max(0, bisect_right(ctx.words.starts, span[0]) - 1)
    return first, max(first + 1, bisect_left(ctx.words.ends, span[1]) + 1)


def _person(ctx: Context, entity: Entity, ranges: Sequence[Range], known: Authority) -> Ids:
    name = name_alone(entity.name)
    if not name:
        held = _office(ctx, "", ranges, known)
        return {} if held is None else {"office": held}
    bodies = (known.of(name_words(n)) for n in (name, *entity.aliases))
    body = next((b for b in bodies if b is not None and b.kind in ("person", "place")), None)
    if body is not None and body.kind == "place":
        return _known(body)
    ids = _known(body) if body is not None else _named(name)
    held = _office(ctx, name, ranges, known)
    return ids if held is None else {**ids, "office": held}


@lru_cache(maxsize=4_096)  # names come again; what is given is copied, never changed
def _named(name: str) -> Ids:
    """The key and the Latin spelling of a person's name."""
    ids: Ids = {}
    key = person_key(name)
    if key and len(parts(name)) <= _LONGEST_KEY:
        ids["key"] = f"person/{key}"
        if len(parts(name)) == 1:
            ids["partial"] = True
        ids["romanised"] = romanised(name)
    return ids


def _office(ctx: Context, name: str, ranges: Sequence[Range], known: Authority) -> Ids | None:
    """The office that the mentions of ``name`` name: the first that says which one it is, else the first."""
    own = set(name_words(name))
    found: list[tuple[Office, Range]] = []
    for first, end in ranges:
        part = name_part(ctx, first, end) if name else None
        spelt = ctx.spelt(*part) if part is not None else ""
        if part is not None and part[1] - part[0] == 1 and own.isdisjoint(name_words(spelt)):
            part = None  # a word of the office that is also a name
        if part is not None and (alone := name_alone(spelt)) != spelt:
            gone = len(spelt.split()) - len(alone.split())
            part = (min(part[0] + gone, part[1] - 1), part[1])
            spelt = ctx.spelt(*part)
        if own and part is not None and own.isdisjoint(name_words(spelt)):
            continue  # the name of another in the same mention
        named = office(ctx, first, end, known, part)
        if named is not None:
            found.append((named, (first, end)))
    if not found:
        return None
    best, mention = next(((o, m) for o, m in found if o.key is not None), found[0])
    row = _rows("authority/roles")[best.row]
    english = row["english"] if best.role == row["id"] else best.role.capitalize()
    if best.portfolio is not None:
        english += f" of {_rows('authority/portfolios')[f'authority/portfolios:{best.portfolio}']['english']}"
    plain = {
        "key": best.key,
        "role": best.role,
        "title": ctx.spelt(*best.span),
        "english": english,
        "portfolio": best.portfolio,
        "iso3166": best.country,
        "body": best.body,
        "former": best.former or None,
        "holder": None if name else _holder(ctx, best.span[1], mention[1]),
    }
    return {k: v for k, v in plain.items() if v is not None}


def _holder(ctx: Context, first: int, end: int) -> Ids | None:
    """Who holds an office: up to four words right after it that can be nothing but a name.

    After a comma the name may stand beyond the mention's ``end``, if a comma follows it.
    """
    if first < len(ctx) and ctx.symbols[first] == COMMA:
        first += 1
        end = next((k for k in range(first, min(first + _LONGEST_NAME + 1, len(ctx))) if ctx.symbols[k] == COMMA), end)
    stop = first
    while stop < end and (t := ctx.tags[stop]) is not None and not t.particle and not t.conjunction:
        known = known_name(t.form)
        if not known and (t.lexical & _NO_NAME or t.definite or word_count(t.form) > _COMMON):
            break
        stop += 1
    if stop < end or not 1 <= stop - first <= _LONGEST_NAME:
        return None
    if stop - first == 1 and not known_name(ctx.form(first)):
        return None
    name = ctx.spelt(first, stop)
    return {"name": name, **_named(name)}


@lru_cache(maxsize=4)
def _rows(table: str) -> Mapping[str, Any]:
    return MappingProxyType({row.id: row for row in rows(table)})


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
    named = dict.fromkeys([tuple(_head(ctx, r)) for r in ranges])
    spelt = sorted((words for words in named if words), key=len, reverse=True)
    for words in spelt:
        told = _told(words, paths, short=words is spelt[0])
        if told:
            return told
    for words in spelt:
        if words != spelt[0] and entity.kind != "place":
            break
        if (code := country_named(words)) is not None:
            return {"key": f"place/{code}", "iso3166": code}
        if entity.kind != "place" and (code := capital_of(words)):
            return {"key": f"organ/government.{code}", "iso3166": code}
    return _unlisted(spelt[0]) if spelt and _is_body(ctx, ranges, spelt[0]) else {}


@lru_cache(maxsize=4_096)  # bodies come again; what is given is copied, never changed
def _told(words: tuple[str, ...], paths: tuple[str, ...], *, short: bool) -> Ids:
    """What tables say of the body that the canonical ``words`` name; nothing where they do not know it."""
    known, spelt = authority(paths), list(words)
    body = _listed(spelt, known, short=short)
    if body is not None:
        return _known(body)
    own = organ(spelt)
    return _organ(own, known, paths) if own is not None and own.end >= len(spelt) else {}


def _is_body(ctx: Context, ranges: Sequence[Range], fullest: Sequence[str]) -> bool:
    """Whether words that no table knows can be the name of a body: a head noun opens them, or they are rare."""
    if len(fullest) == 1:
        return not fullest[0].startswith((_ARTICLE, _ARTICLE[1] * 2)) and word_count(fullest[0]) <= _USUAL
    if len(fullest) > _LONGEST_BODY:
        return False
    first_words = (ctx.tags[first] for first, _ in ranges)
    return any(t is not None and head_kind(t) for t in first_words) or all(
        word_count(word) <= _RARE for word in fullest
    )


def _unlisted(words: Sequence[str]) -> Ids:
    ids: Ids = {"key": f"body/{body_key(words)}"}
    if len(words) == 1:
        ids["partial"] = True
    country = _adjective(words)
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


def _listed(words: list[str], known: Authority, *, short: bool) -> Body | None:
    """The body of the authority that the words name, with adjectives after the name or a class before it.

    Args:
        short: whether the words may be an acronym, or a name that is also a common word.
    """
    if tuple(words) in known.names or short:
        whole = known.of(tuple(words))
        if whole is not None:
            return whole if whole.kind != "person" else None
    for at in (0, 1):
        if at >= len(words):
            break
        after = known.of(tuple(words[1:])) if at else None
        if after is not None and after.kind in _PRESS and words[0] in heads("press"):
            return after
        named = body_at(words, at, known)
        if named is None or named[0].kind == "person" or (at and named[0].kind not in _PRESS):
            continue
        if all(word.startswith(_ARTICLE) for word in words[named[1] :]):
            return named[0]
    return None


_ARTICLE = chr(0x627) + chr(0x644)


def _adjective(words: Sequence[str]) -> str | None:
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
        body = known.bodies[key]
        own = organ(list(name)) if body.country is not None and body.kind not in _PRESS else None
        if own is not None and own.end == len(name) and body.country == own.country:
            found.setdefault(own.key, key)
    return MappingProxyType(found)
