"""Articles and readings as they are kept: hashed, compressed, and with the rows that are searched.

Packing needs no database, so that it runs beside the reader in every process.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any, NamedTuple

from musnad.keep.blobs import Blob, blob, compress, expand_any
from musnad.keep.bodies import pack_body
from musnad.keep.fulltext import stems
from musnad.keep.raw import raw_blob
from musnad.keep.records import Source, Version
from musnad.keep.versions import essentials, versions_of
from musnad.read.fold import fold_word
from musnad.types import Article, Reading

_VERSION = tuple(f.name for f in fields(Version))
_OWN = ("statement", "article", "outlet", "published", "moment")  # known from the rows around it
_PACKED = tuple(name for name in _VERSION if name not in _OWN)
_TOLD = ("id", "title", "outlet", "published", "moment", "url", "source")
_UNSOUND = re.compile("[\0\ud800-\udfff]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_LINK = tuple(f.name for f in fields(Source))
_TOKENS, _QUOTED, _CHAIN = (1 + _PACKED.index(name) for name in ("tokens", "quoted", "chain"))
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_DIGITS = bytes.maketrans(b"\0\1", b"01")
_get_packed, _get_link = attrgetter(*_PACKED), attrgetter(*_LINK)


class Row(NamedTuple):
    """One statement as it is searched; a tuple, which travels between processes at a third of the cost of a record."""

    number: int
    voice: tuple[str, str, tuple[str, ...]] | None
    relay: tuple[str, str] | None
    form: str
    act: str
    status: str | None
    anonymous: bool
    confidence: float | None
    said: str | None
    stems: str


class Packed(NamedTuple):
    """One article with its reading, ready to be kept; ``article`` without its text."""

    article: Article
    text: Blob
    raw: Blob | None
    reader: str
    body: Blob
    versions: bytes
    rows: tuple[Row, ...]
    places: tuple[str, ...]
    counts: tuple[int, int]
    holdings: tuple[tuple[str, str, str], ...] = ()


def sound(text: str) -> str:
    """``text`` as every database takes it: without NUL and lone surrogates."""
    return text if _is_sound(text) else _UNSOUND.sub(_REPLACEMENT, text)


def all_sound(texts: Sequence[str]) -> tuple[str, ...]:
    """Each of ``texts`` as every database takes it."""
    return tuple(texts) if _is_sound(" ".join(texts)) else tuple(map(sound, texts))


def _is_sound(text: str) -> bool:
    return text.isprintable() and "\0" not in text


def sound_article(article: Article) -> Article:
    """``article`` with what is told of it as every database takes it; its text is kept as it is."""
    told = {name: getattr(article, name) for name in _TOLD}
    clean: dict[str, Any] = {name: value and sound(value) for name, value in told.items()}
    return article if clean == told else replace(article, **clean)


def pack(article: Article, reading: Reading) -> Packed:
    """Make what is kept of an article and its reading."""
    plain = essentials(reading)
    found = versions_of(plain)
    text = blob(article.text.encode("utf-8", "surrogatepass"))
    return Packed(
        article=Article(
            text="",
            id=reading.id,
            title=article.title,
            outlet=article.outlet,
            published=article.published,
            moment=article.moment,
            url=article.url,
            source=article.source,
        ),
        text=text,
        raw=raw_blob(article.raw, article.text, text) if article.raw else None,
        reader=reader_name(reading.reader),
        body=blob(pack_body(reading)),
        versions=pack_versions(found),
        rows=tuple(row(v) for v in found),
        places=places_of(plain),
        counts=(len(reading.statements), len(reading.verifications)),
        holdings=holdings_of(plain),
    )


def reader_name(reader: Mapping[str, str]) -> str:
    """Name and version of a reader in one word."""
    return " ".join(filter(None, (reader.get("name", "musnad"), reader.get("version", ""))))


def row(version: Version) -> Row:
    """What is searched of one statement."""
    names = tuple(dict.fromkeys(all_sound(version.names)))
    relay = next((s for s in version.chain if s.role == "relay" and s.name), None)
    return Row(
        number=int(version.statement.rpartition("#s")[2]),
        voice=(sound(version.voice), names[0], names) if version.voice and names else None,
        relay=(sound(relay.key or f"name/{fold_word(relay.name)}"), sound(relay.name))
        if relay and relay.name
        else None,
        form=version.form,
        act=version.act,
        status=version.status,
        anonymous=version.anonymous,
        confidence=version.confidence,
        said=version.time,
        stems=sound(" ".join(stems(version.tokens))),
    )


def places_of(plain: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys under which an article is found by place: countries, numbers at GeoNames, folded names."""
    keys: dict[str, None] = {}
    for place in plain["places"]:
        if place["country"]:
            keys[place["country"]] = None
        if place["geonames"]:
            keys[str(place["geonames"])] = None
        keys[fold_word(place["name"])] = None
    return tuple(dict.fromkeys(all_sound(tuple(keys))))


def holdings_of(plain: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """Who holds which office, as the article has it: key of the office, key and name of the person.

    Key and name are "" for one who held it once, and is named by the office.
    """
    found: dict[tuple[str, str], str] = {}
    for entity in plain.get("entities") or ():
        ids = entity.get("ids") or {}
        held = ids.get("office") or {}
        holder = held.get("holder") or {}
        person, name = (
            (ids.get("key"), entity["name"]) if entity["kind"] == "person" else (holder.get("key"), holder.get("name"))
        )
        if held.get("key") and held.get("former"):
            if entity["kind"] == "office":
                found[held["key"], ""] = ""
        elif held.get("key") and person and person.startswith("person/"):
            found.setdefault((held["key"], person), " ".join(str(name).split()))
    return tuple((sound(office), sound(person), sound(name)) for (office, person), name in found.items())


def pack_versions(found: Sequence[Version]) -> bytes:
    """Versions as compressed JSON."""
    return compress(versions_json(found))


def versions_json(found: Sequence[Version]) -> bytes:
    """Versions as JSON, without what the rows around them know; the names of the fields come first."""
    return as_json({"fields": _PACKED, "links": _LINK, "rows": [_values(version) for version in found]})


def _values(version: Version) -> list[Any]:
    made = [version.statement.rpartition("#")[2], *_get_packed(version)]
    made[_TOKENS] = " ".join(version.tokens)
    made[_QUOTED] = bytes(version.quoted).translate(_DIGITS).decode("ascii")
    made[_CHAIN] = tuple(map(_get_link, version.chain))
    return made


def unpack_versions(
    data: bytes,
    *,
    article: str,
    outlet: str | None,
    published: str | None,
    moment: str | None = None,
    only: Collection[str] | None = None,
) -> tuple[Version, ...]:
    """The versions that ``pack_versions`` packed, of the article ``article``.

    Args:
        data: as packed.
        article, outlet, published, moment: what the versions do not know themselves.
        only: the statements wanted (``s3``); None for all.

    Raises:
        ValueError: the data are damaged.
    """
    plain = json.loads(expand_any(data))
    links = plain["links"]
    own: dict[str, Any] = {"article": article, "outlet": outlet, "published": published, "moment": moment}
    found = []
    for number, *values in plain["rows"]:
        if only is not None and number not in only:
            continue
        given = {name: value for name, value in zip(plain["fields"], values, strict=True) if name in _PACKED}
        given["content"] = tuple((a, b) for a, b in given["content"])
        given["tokens"] = tuple(given["tokens"].split(" ")) if given["tokens"] else ()
        given["quoted"] = tuple(c == "1" for c in given["quoted"])
        given["chain"] = tuple(
            Source(**{n: v for n, v in zip(links, link, strict=True) if n in _LINK}) for link in given["chain"]
        )
        for name, value in given.items():
            if isinstance(value, list):
                given[name] = tuple(value)
        found.append(Version(statement=f"{article}#{number}", **(own | given)))
    return tuple(found)


def text_hash(text: str) -> str:
    """The hash under which a text is kept."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def as_json(value: Any) -> bytes:
    """``value`` as compact JSON in UTF-8."""
    return _encode(value).encode("utf-8", "surrogatepass")


def same_story(first: Iterable[str], second: Iterable[str]) -> bool:
    """Whether two texts share enough of their words to be states of one article."""
    a, b = set(first), set(second)
    return len(a & b) * 3 >= min(len(a), len(b)) > 0
