"""Datelines and publication dates, in every month tradition of the Arab press.

General date parsers misread the Levantine months or take one tradition for all; here the months of Egypt and
the Gulf, of the Levant and Iraq, of the Maghreb, of Libya before 2011 and of the Hijri calendar stand in one table
(``lexicon/data/read/months.tsv``), so that a dual name (``9 T/N 2018``) is one date. A Hijri date is read
only through the Gregorian twin that the text gives; it is never computed.

A dateline is read as segments between dashes, slashes, brackets and colons; it counts only where at least one
segment is a known place, agency, outlet or desk (``lexicon/data/read/datelines.tsv``) and the rest fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate
from functools import lru_cache
from types import MappingProxyType

from musnad.lexicon.loader import index, rows
from musnad.read.fold import Folded, fold, fold_word
from musnad.types import Span

_HEAD = 170  # code points in which a dateline lies
_SEGMENT = 64  # longest segment
_MAX_SEGMENTS = 6
_MAX_NAME_WORDS = 5
_YEARS = (1900, 2100)
_DASHES = "-\u2013\u2014\u2015\u2212"
_SEPARATOR = re.compile(rf"[ \t]*(?:[{_DASHES}]{{1,3}}|[:|/()\u060C,\n])")
_LONE_TATWEEL = re.compile(r"(?<=\s)\u0640(?=\s)")
_LATIN_AGENCY = re.compile(r"[A-Z]{2,8}\Z")
_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,4}\Z")
_APPOSITION = re.compile(rf"[^{_DASHES}.\u060C:\n]{{1,40}}\s[{_DASHES}]\s")
_DIGIT, _YEAR = re.compile(r"\d"), re.compile(r"\d{4}")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?:T\d{4,6}Z?)?\Z")
_EDGE = " \t.\u060c,\"'\u00ab\u00bb\u201c\u201d"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The head of a report: where, when and through whom.

    Attributes:
        span: the whole dateline with its closing mark and space; prose begins at its end.
        place_span: the place, or None.
        agency_span: the agency or outlet, or None.
        date: ISO 8601 date, or None.
    """

    span: Span
    place_span: Span | None = None
    agency_span: Span | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str  # place, country, agency, outlet, desk, date, weekday or name
    start: int
    end: int


@lru_cache(maxsize=32)
def find_dateline(text: str) -> Dateline | None:
    """The dateline at the head of ``text`` (spans in code points of ``text``), or None.

    Args:
        text: an article, as read.
    """
    start = len(text) - len(text.lstrip())
    head = text[start : start + _HEAD]
    layer = fold(_LONE_TATWEEL.sub("-", head))
    parts, end = _read_parts(layer.text)
    if not end or not _is_dateline(parts):
        return None
    place = next((p for kind in ("place", "country") for p in parts if p.kind == kind), None)
    agency = next((p for kind in ("agency", "outlet") for p in parts if p.kind == kind), None)
    dates = list(_dates(layer.text[:end]))
    stop = layer.back(0, end)[1]
    while stop < len(head) and head[stop] in " \t\n\u00a0":
        stop += 1
    return Dateline(
        span=(start, start + stop),
        place_span=_back(layer, place, start),
        agency_span=_back(layer, agency, start),
        date=dates[0] if dates else None,
    )


def is_source_line(line: str) -> bool:
    """Whether a line names nothing but agencies and outlets, as some do at the end of a report."""
    parts = [part.strip(_EDGE) for part in re.split(rf"[{_DASHES}/\u060C|()]", fold_word(line))]
    kinds = [_known().get(part) for part in parts if part]
    return bool(kinds) and all(kind in ("agency", "outlet") for kind in kinds)


def publication_date(text: str) -> str | None:
    """The first full Gregorian date in ``text`` as ISO 8601, or None.

    Args:
        text: an ISO date or time, an RFC 5322 date, or a line of a page in Arabic or English. Figures alone
            are day, month, year, as the Arabic press writes them. A Hijri date counts through its twin only.
    """
    text = text[:400].strip()
    compact = _COMPACT.match(text)
    if compact:
        return _iso(*compact.groups())
    folded = fold_word(text)
    for found in _ISO.finditer(folded):
        iso = _iso(*found.groups())
        if iso:
            return iso
    for iso in _dates(folded):
        return iso
    for found in _DAY_FIRST.finditer(folded):
        day, month, year = found.groups()
        iso = _iso(year, month, day)
        if iso:
            return iso
    mail = parsedate(text)
    return _iso(str(mail[0]), str(mail[1]), str(mail[2])) if mail else None


def _back(layer: Folded, part: _Part | None, shift: int) -> Span | None:
    if part is None:
        return None
    start, end = layer.back(part.start, part.end)
    return (start + shift, end + shift)


def _read_parts(head: str) -> tuple[list[_Part], int]:
    """The segments of a possible dateline in folded text, and where the prose begins (0: nowhere)."""
    parts: list[_Part] = []
    at = end = 0
    bracket = closed = False
    for mark in _marks(head):
        if len(parts) >= _MAX_SEGMENTS or mark.start() - at > _SEGMENT:
            break
        sign = mark.group().lstrip(" \t")[0]
        found = _parts_of(head, at, mark.start(), named=any(p.kind == "name" for p in parts))
        if found is None or (bracket and sign != ")"):
            break
        parts.extend(found)
        at = mark.end()
        closed, bracket = sign == ")" or (closed and not found), sign == "("
        if sign == "\n":
            return parts, at
        if sign == ":":
            # Before a colon a name that comes last is more likely the subject of prose.
            named = not closed and parts[-1:] and parts[-1].kind == "name"
            return _cut(parts, end) if named or not parts else (parts, _after_colon(head, at, parts))
        if sign in _DASHES and _is_dateline(parts) and (closed or parts[-1].kind != "name"):
            end = at
            if [p.kind for p in parts] == ["place"] and _APPOSITION.match(head, at) and not _continues(head, at):
                return parts, 0
    return _cut(parts, end)


def _cut(parts: list[_Part], end: int) -> tuple[list[_Part], int]:
    return [part for part in parts if part.end <= end], end


def _marks(head: str) -> Iterator[re.Match[str]]:
    """The marks that set segments apart, those inside a date aside."""
    dated = _DIGIT.search(head, 0, _SEGMENT) is not None and _YEAR.search(head) is not None
    dates = [found.span() for found in _date_pattern().finditer(head)] if dated else []
    for mark in _SEPARATOR.finditer(head):
        if not any(start < mark.start() < end for start, end in dates):
            yield mark


def _continues(head: str, at: int) -> bool:
    """Whether a known segment follows at ``at``."""
    mark = _SEPARATOR.search(head, at)
    return bool(mark and mark.start() - at <= _SEGMENT and _parts_of(head, at, mark.start(), named=True))


def _after_colon(head: str, at: int, parts: list[_Part]) -> int:
    """Past a byline that stands alone between the colon and the end of the line."""
    line = head.find("\n", at)
    rest = head[at:line].strip() if line >= 0 else ""
    if rest and len(rest) <= _SEGMENT and _NAME.match(rest) and len(rest.split()) <= _MAX_NAME_WORDS:
        begin = head.index(rest, at)
        parts.append(_Part("name", begin, begin + len(rest)))
        return line + 1
    return at


def _parts_of(head: str, start: int, end: int, *, named: bool) -> list[_Part] | None:
    """The known parts that ``head[start:end]`` consists of; a name where nothing is known; None for prose."""
    while start < end and head[start] in _EDGE:
        start += 1
    while end > start and head[end - 1] in _EDGE:
        end -= 1
    if start == end:
        return []
    known = _known()
    segment = head[start:end]
    kind = known.get(segment)
    if kind is None and _LATIN_AGENCY.match(segment):
        kind = "agency"
    if kind:
        return [_Part(kind, start, end)]
    words = [(m.start() + start, m.end() + start) for m in re.finditer(r"\S+", segment)]
    first = next((n for n in range(min(4, len(words)), 0, -1) if known.get(head[start : words[n - 1][1]])), 0)
    last = next((n for n in range(min(3, len(words) - first), 0, -1) if known.get(head[words[-n][0] : end])), 0)
    inner = words[first : len(words) - last]
    if (first or last or inner) and inner and _is_date(head[inner[0][0] : inner[-1][1]]):
        found = [_Part(known[head[start : words[first - 1][1]]], start, words[first - 1][1])] if first else []
        found.append(_Part("date", inner[0][0], inner[-1][1]))
        if last:
            found.append(_Part(known[head[words[-last][0] : end].strip(_EDGE)], words[-last][0], end))
        return found
    if not named and len(words) <= _MAX_NAME_WORDS and _NAME.match(segment):
        return [_Part("name", start, end)]
    return None


def _is_dateline(parts: list[_Part]) -> bool:
    """Whether these parts, in this order, are a dateline rather than prose that holds a known word."""
    kinds = [part.kind for part in parts]
    if not {"agency", "outlet", "desk"}.isdisjoint(kinds):
        return kinds != ["desk"]
    # Without a source, a name must follow the place (place: author), and a country alone is a headline.
    return kinds in (["place"], ["place", "date"], ["place", "weekday"], ["place", "name"], ["place", "date", "name"])


def _is_date(segment: str) -> bool:
    """Whether a folded ``segment`` is nothing but dates, weekdays and what joins them."""
    rest = _date_pattern().sub(" ", segment) if _YEAR.search(segment) is not None else segment
    known = index("read/datelines", "form")
    fillers = {"same-day", "hijri-year", "common-year", "weekday"}
    words = re.findall(r"[^\s.,\u060C/-]+", rest)
    if rest == segment and not all(any(r["class"] == "weekday" for r in known.get(w, ())) for w in words):
        return False
    return all(any(r["class"] in fillers for r in known.get(w, ())) for w in words)


def _dates(folded: str) -> Iterator[str]:
    """The Gregorian dates with a named month in folded text, in order, as ISO 8601."""
    months = _months()
    for found in _date_pattern().finditer(folded):
        first, second, year = found["day"] or found["late_day"], found["month"], found["year"]
        calendar, number = months[second.lower()]
        if calendar == "gregorian":
            iso = _iso(year, number, first)
            if iso:
                yield iso


def _iso(year: str, month: str, day: str) -> str | None:
    """An ISO date where the three are one, between 1900 and 2100; else None."""
    if not _YEARS[0] <= int(year) <= _YEARS[1]:
        return None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _known() -> Mapping[str, str]:
    """Folded place, agency, outlet, desk or weekday → what it is."""
    kinds = ("place", "country", "agency", "outlet", "desk", "weekday")
    found: dict[str, str] = {}
    for row in rows("read/datelines"):
        if row["class"] in kinds:
            found.setdefault(fold_word(row["form"]), row["class"])
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def _months() -> Mapping[str, tuple[str, str]]:
    """Folded month name in lower case → calendar and number."""
    return MappingProxyType({fold_word(r["name"]).lower(): (r["calendar"], r["month"]) for r in rows("read/months")})


@lru_cache(maxsize=1)
def _date_pattern() -> re.Pattern[str]:
    """Day, month name (or two, set apart by a slash or in brackets) and year, in folded text."""
    names = "|".join(re.escape(name) for name in sorted(_months(), key=lambda name: (-len(name), name)))
    twin = rf"(?:\s?[/(]\s?(?:{names})\)?)?"
    return re.compile(
        rf"(?<!\d)(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s/.-]{{1,2}})?(?P<month>{names})\b{twin},?"
        rf"(?(day)[\s/.-]{{1,2}}|[\s/.-]{{1,2}}(?P<late_day>\d{{1,2}}),?\s)(?P<year>\d{{4}})(?!\d)",
        re.IGNORECASE,
    )
