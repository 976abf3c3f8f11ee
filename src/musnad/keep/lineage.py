"""Through whom the words of each statement came: the chains of a reading, with what the article says elsewhere.

A chain of a reading holds what is named with the statement. Four things are added here, each marked as such
(``Source.rule``): a medium that the same speaker's statements just before it were made in (*he said in a statement ...
he added*), the agency that the whole article is credited to (its dateline or last line), an agency or medium in the
words that lead to the content where the reader found none, and the agency that *the agency* stands for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from musnad.find.kept import Kept
from musnad.keep.records import Source
from musnad.lexicon.authority import canonical, name_words
from musnad.lexicon.loader import index
from musnad.lexicon.press import family_of, is_head, is_plural_head, last_named, name_of, named, press_id
from musnad.read.dateline import find_dateline, is_source_line
from musnad.read.fold import fold_text, fold_word

_NAMING = frozenset(("person", "organisation", "group", "place", "office", "document"))
_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[.!?\u061f\u06d4\n]")
_LAM, _BA, _FI, _ON = chr(0x644), chr(0x628), chr(0x641) + chr(0x64A), chr(0x639) + chr(0x644) + chr(0x64A)
_ARTICLE = chr(0x627) + _LAM
_OPENING = re.compile('["\u00ab\u201c\u201e]')
_LEAD = 240  # code points before the content that may name a relay or a medium
_NEAR = 30  # code points after a mention that its name may run on for
_CREDIT_LINES, _LONGEST_CREDIT = 2, 80
_ROLES = ("outlet", "relay", "publisher", "medium", "speaker")
WRITTEN, GENERAL = "document", "press"
_LONGEST_MEDIUM = 3  # words

Plain = Mapping[str, Any]
_folded = Kept(fold_word)


@dataclass(frozen=True, slots=True)
class _Article:
    """What the chains of one article share."""

    text: str
    entities: Mapping[str, Plain]
    outlet: str | None
    credits: tuple[Source, ...]
    speakers: dict[tuple[str, str | None, str | None], Source]  # links that do not depend on their span


def lineage(reading: Plain) -> dict[str, tuple[Source, ...]]:
    """The chain of each statement of ``reading``, by the id of the statement, from the outlet to the speaker.

    Args:
        reading: the JSON form of a reading (``docs/reading.md``).
    """
    article = _article(reading)
    found: dict[str, tuple[Source, ...]] = {}
    last: tuple[str | None, Source | None] = (None, None)
    around: list[tuple[int, int, str]] = []
    end = furthest = 0
    own = family_of(article.outlet)
    for s in sorted(reading.get("statements") or (), key=lambda s: s["content"][0][0]):
        parts: dict[str, list[Source]] = {role: [] for role in _ROLES}
        for link in s.get("chain") or ():
            source = _source(article, link, s)
            parts[source.role].append(source)
        outlets, relays, media = parts["outlet"], parts["relay"], parts["medium"]
        if not relays or not media:
            lead = _lead(article, s, end)
            relays = relays or _told(article, lead)
            media = media or _occasion(lead) or _before_quotation(article.text, s)
        start = s["content"][0][0]
        speaker = (s.get("speaker") or {}).get("entity")
        document = None if media else _document_of(article, s)
        media = media or ([document] if document else [])
        if not media and speaker is not None and last[0] == speaker and last[1] is not None:
            media = [replace(last[1], rule="carried")]
        outer = [found[key] for a, b, key in around if a <= start < b][-1:] if start < furthest else ()
        for chained in outer:  # words inside words came the way of these
            media = media or [replace(m, rule="carried") for m in chained if m.role == "medium"][-1:]
            known = {(r.key, r.name) for r in relays}
            above = [r for r in chained if r.role == "relay" and r.rule != "credit" and (r.key, r.name) not in known]
            relays = [replace(r, rule="carried") for r in above] + relays
        last = (speaker, media[-1] if media else None)
        if own is not None and any(family_of(r.key) == own for r in relays):
            outlets = [replace(o, kind="told") for o in outlets]
            relays = [r for r in relays if family_of(r.key) != own]
        if not any(press_id(r.name, key=r.key) for r in relays):
            relays = [*article.credits, *relays]
        found[s["id"]] = (*outlets, *relays, *parts["publisher"], *media, *parts["speaker"])
        around.extend((a, b, s["id"]) for a, b in s["content"])
        furthest = max(furthest, *(b for _, b in s["content"]))
        end = max(end, s["content"][-1][1])
    return found


def _article(reading: Plain) -> _Article:
    text = str(reading["text"])
    entities = {e["id"]: e for e in reading.get("entities") or ()}
    outlet = press_id(reading.get("outlet"))
    return _Article(text, entities, outlet, _credits(text, outlet), {})


@lru_cache(maxsize=4_096)
def _made(
    role: str, name: str | None, key: str | None = None, unnamed: bool = False, kind: str | None = None
) -> Source:
    """A link; equal ones are one record, for most come with statement after statement."""
    return Source(role=role, name=name, key=key, unnamed=unnamed, kind=kind)


def _source(article: _Article, link: Plain, s: Plain) -> Source:
    """One link of a reading, with the key of the outlet or agency that it means."""
    role, span = link["role"], link.get("span")
    same = (role, link.get("entity"), link.get("name"))
    known = article.speakers.get(same)
    if known is not None:
        return known
    entity = article.entities.get(link.get("entity") or "")
    name = link.get("name") or (entity or {}).get("name") or (article.text[span[0] : span[1]] if span else None)
    name = " ".join(name.split()) if name else None
    if role == "outlet":
        return _made(role, name, article.outlet, kind="told" if _told_own(article, s) else None)
    if role == "medium":
        kind = (s.get("medium") or {}).get("kind")
        if span is not None:  # the words that tell a kind may stand after the mention
            near = _WORD.findall(article.text[span[0] : span[1] + _NEAR])
            longer = _phrase(near)
            if longer is not None and len(longer[0].split()) > len((name or "").split()):
                name, kind = longer
        return _made(role, name, kind=medium_kind(kind, name))
    key = str(k) if (k := ((entity or {}).get("ids") or {}).get("key")) else None
    unnamed = entity.get("kind") not in _NAMING if entity else role == "speaker" and name is None
    if role != "relay":
        made = _made(role, name, key, unnamed)
        if entity or link.get("name"):
            article.speakers[same] = made
        return made
    document = key is None or (entity or {}).get("kind") == "document" or key.startswith("body/")
    if name and document and medium_kind("statement", name.split()[0]) == WRITTEN:
        return _made("medium", name, kind=WRITTEN)  # words that a document quotes
    name, key, general = _relay(article, name, key, span)
    return _made(role, name, key, unnamed or general, GENERAL if general else None)


def _relay(
    article: _Article, name: str | None, key: str | None, span: Sequence[int] | None
) -> tuple[str | None, str | None, bool]:
    """Name and key of a relay, and whether it means the press in general."""
    known = press_id(name, key=key)
    if known is None and span is not None:  # a mention may be cut short
        words = name_words(article.text[span[0] : span[1] + _NEAR])
        own = name_words(article.text[span[0] : span[1]])
        known = named(words, len(own)) or named([_plain(w) for w in words], len(own))
    if known is not None:
        return name, known, False
    words = tuple(fold_word(w) for w in _WORD.findall(name or ""))
    if len(words) == 1 and is_head(words[0]) and words[0].startswith(_ARTICLE) and span is not None:
        before = last_named(name_words(article.text[: span[0]]), _bases(name))
        if before is not None:
            return name_of(before) or name, before, False
    return name, key, key is None and _is_general(words)


def _is_general(words: Sequence[str]) -> bool:
    """Whether folded words mean reports or the press without naming any: *local media*, *some reports*."""
    reports = index("speech/documents", "plural")
    plain = [w.removeprefix(_ARTICLE) for w in map(_plain, words[:3])]
    return (len(plain) > 1 and " ".join(plain[:2]) in index("speech/press", "noun")) or any(
        is_plural_head(w) or any(row["kind"] == "report" for row in reports.get(w, ())) for w in plain
    )


def _bases(name: str | None) -> tuple[str, ...]:
    """Which kinds of ids *the agency* or *the paper* may stand for."""
    return ("agency",) if fold_word(name or "") in _agency_heads() else ("outlet", "family")


@cache
def _agency_heads() -> frozenset[str]:
    word = "".join(chr(c) for c in (0x648, 0x643, 0x627, 0x644, 0x629))
    return frozenset((fold_word(word), fold_word(_ARTICLE + word)))


def _plain(word: str) -> str:
    """A word without the preposition written to it."""
    if word.startswith(_LAM + _LAM) and len(word) > 4:
        return canonical(_ARTICLE + word[2:])
    return canonical(word[1:]) if word[:1] in (_LAM, _BA) and len(word) > 3 else word


@lru_cache(maxsize=4_096)
def medium_kind(kind: str | None, name: str | None) -> str | None:
    """The kind of a medium, where a written statement is told from spoken remarks: ``document``.

    Args:
        kind: as the reading has it.
        name: as the article writes it.
    """
    if kind != "statement":
        return kind
    documents = index("speech/documents", "noun", "plural")
    for word in _WORD.findall(name or "")[:2]:
        folded = fold_word(word)
        for form in (folded, folded.removeprefix(_ARTICLE), folded[:-1], folded[:-2]):
            if any(row["kind"] == "document" for row in documents.get(form, ())):
                return WRITTEN
    return kind


def _document_of(article: _Article, s: Plain) -> Source | None:
    """The document that speaks in a statement, as its medium."""
    span = (s.get("speaker") or {}).get("span")
    if span is None:
        return None
    name = article.text[span[0] : span[1]]
    first = name.split()[:1]
    if first and medium_kind("statement", first[0]) == WRITTEN:
        return Source(role="medium", name=" ".join(name.split()), kind=WRITTEN)
    return None


def _told_own(article: _Article, s: Plain) -> bool:
    """Whether the words were said to the outlet of the article itself."""
    span = (s.get("addressee") or {}).get("span")
    medium = (s.get("medium") or {}).get("span")
    own = family_of(article.outlet)
    if own is None or not (span or medium):
        return False
    for a, b in filter(None, (span, medium)):
        words = name_words(article.text[a:b])
        told = named(words, len(words)) or named([_plain(w) for w in words], len(words))
        if family_of(told) == own:
            return True
    return False


def _lead(article: _Article, s: Plain, end: int) -> str:
    """The words of the sentence before the content, after the content of the statement before."""
    start = int(s["content"][0][0])
    low = max(end, start - _LEAD, 0)
    return _SENTENCE.split(article.text[low:start])[-1] if low < start else ""


def _told(article: _Article, lead: str) -> list[Source]:
    """An agency or outlet, other than the article's own, that the words before the content say they were told to."""
    words = [canonical(word) for word in _WORD.findall(fold_text(lead).lower())]
    for i, word in enumerate(words):
        if word[:1] != _LAM or _plain(word) == word:
            continue
        at = i + 1 if is_head(_plain(word)) else i
        rest = [_plain(word), *words[i + 1 :]]
        key = named(rest[at - i :], 1)
        if key is not None and family_of(key) != family_of(article.outlet):
            return [Source(role="relay", name=name_of(key) or rest[at - i], key=key, rule="lead")]
    return []


def _occasion(lead: str) -> list[Source]:
    """A medium that the words before the content name after *in* or *on*."""
    written = _WORD.findall(lead)
    for i, form in enumerate(written):
        word = _folded[form]
        if word[:1] == _BA:
            words = [form[1:], *written[i + 1 : i + _LONGEST_MEDIUM]]
        elif word in (_FI, _ON):
            words = written[i + 1 : i + 1 + _LONGEST_MEDIUM]
        else:
            continue
        found = _phrase(words)
        if found is not None:
            return [Source(role="medium", name=found[0], kind=medium_kind(found[1], found[0]), rule="lead")]
    return []


def _before_quotation(text: str, s: Plain) -> list[Source]:
    """A medium at the head of a content that begins too early, or right before its first quotation mark."""
    start, end = s["content"][0]
    head = _WORD.findall(text[start : min(end, start + _NEAR)])[:2]
    found = _occasion(" ".join(head)) if head and fold_word(head[0]) in (_FI, _ON) else []
    if found:
        return found
    opening = _OPENING.search(text, start, min(end, start + _LEAD)) if s.get("form") == "mixed" else None
    if opening is None:
        return []
    words = text[start : opening.start()].split()[-_LONGEST_MEDIUM:]
    found = _occasion(" ".join(words))
    return [m for m in found if words and words[-1].endswith((m.name or "").split()[-1])]


def _phrase(words: Sequence[str]) -> tuple[str, str] | None:
    """The longest plain phrase of ``speech/media`` that ``words`` begin with, as written, and its kind.

    Only phrases that are nothing else, without the article, count; reports are spoken of more often than said in.
    """
    if not words or _folded[words[0]] not in _beginnings():
        return None
    table = index("speech/media", "phrase")
    folded = [_folded[w] for w in words[:_LONGEST_MEDIUM]]
    for size in range(len(folded), 0, -1):
        entry = table.get(" ".join(folded[:size]), ())
        for row in entry[:1]:
            plain = row["strength"] == "3" or (row["head"], row["strength"]) == ("no", "2")
            if plain and row["kind"] != "report":
                return " ".join(words[:size]), row["kind"]
    return None


@cache
def _beginnings() -> frozenset[str]:
    """The first words of the phrases of ``speech/media``."""
    return frozenset(phrase.split(" ", 1)[0] for phrase in index("speech/media", "phrase"))


def _credits(text: str, outlet: str | None) -> tuple[Source, ...]:
    """The one agency that the dateline or the last line credits; with several none can be told for a statement."""
    names: list[str] = []
    dateline = find_dateline(text)
    if dateline is not None and dateline.agency_span is not None:
        names.append(text[slice(*dateline.agency_span)])
    for line in text.rstrip().splitlines()[-_CREDIT_LINES:]:
        if len(line) <= _LONGEST_CREDIT and is_source_line(line):
            names.append(line.strip())
    own = family_of(outlet)
    keys = {k: name for name in names if (k := press_id(name)) is not None and family_of(k) != own}
    keys = {k: name for k, name in keys.items() if k.startswith("agency/")} or keys
    if len({family_of(k) for k in keys}) != 1:
        return ()
    key, name = next(iter(keys.items()))
    return (Source(role="relay", name=name.strip(), key=key, rule="credit"),)
