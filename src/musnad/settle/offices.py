"""Offices and organs of states as mentions name them: *the American foreign minister*, *the Syrian army*.

A mention is read from its first word: an office (``authority/roles``), then what tells which one it is, a portfolio, a
country or a body. All that is looked up are folded words; what the mention does not say stays unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from musnad.find.context import NUMBER, WORD, Context
from musnad.lexicon.authority import Authority, Body, canonical, name_words
from musnad.lexicon.loader import Row, index, rows
from musnad.read.fold import fold_word

Range = tuple[int, int]
_ARTICLE = chr(0x627) + chr(0x644)
_LAM = chr(0x644)
_FEMININE = chr(0x647)
_YA = chr(0x64A)
_WORDS = frozenset((WORD, NUMBER))
_FURTHER = 14  # how many words of a mention may tell which office it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office that a mention names.

    Attributes:
        span: tokens of the words that name it.
        role: ``minister``, ``president`` ... (``authority/roles``).
        portfolio: ``foreign-affairs`` ... (``authority/portfolios``), or None.
        country: ISO 3166-1 alpha-2, or None.
        body: key of the body it is of, or None.
        former: whether the mention says that it is over.
        row: the row of ``authority/roles``.
    """

    span: Range
    role: str
    portfolio: str | None
    country: str | None
    body: str | None
    former: bool
    row: str

    @property
    def key(self) -> str | None:
        """``office/minister.foreign-affairs.US``; None where nothing tells which office of the kind it is."""
        if self.body is not None and self.country is None:
            return f"office/{self.role}@{self.body}"
        if self.country is None:
            return None
        if self.body is not None:
            return f"office/{self.role}@{self.body}"
        return ".".join(filter(None, (f"office/{self.role}", self.portfolio, self.country)))


def bare_words(ctx: Context, first: int, end: int) -> list[str]:
    """The canonical words of a mention; the first without fused clitics."""
    found = []
    kinds, forms = ctx.words.kinds, ctx.words.forms
    for k in range(first, end):
        if kinds[k] not in _WORDS:
            found.append("")
            continue
        t = ctx.tags[k] if k == first else None
        form = fold_word(ctx.spelt(k, k + 1)) if t is not None and (t.conjunction or t.proclitic) else forms[k]
        if form[-1:].isascii() and not form[:1].isascii():
            form = form[1:].lstrip("\u0640")  # a preposition before Latin letters
        found.append(canonical(form.lower()))
    return found


@cache
def _forms(table: str) -> Mapping[str, tuple[tuple[tuple[str, ...], Row], ...]]:
    """First word → the forms of ``table`` that begin with it, as words, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Row]]] = {}
    for row in rows(table):
        for form in row.all("form"):
            words = name_words(form)
            found.setdefault(words[0], []).append((words, row))
    return MappingProxyType({k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in found.items()})


def longest(table: str, words: list[str], at: int) -> tuple[Row, int] | None:
    """The row of ``table`` with the longest form that stands in ``words`` at ``at``, and where it ends."""
    for form, row in _forms(table).get(words[at], ()) if at < len(words) else ():
        if tuple(words[at : at + len(form)]) == form:
            return row, at + len(form)
    return None


@cache
def _nations() -> Mapping[str, str]:
    """Gentilic or name of a country, as one canonical word or several joined by a space → ISO code."""
    found: dict[str, str] = {}
    for column in ("masculine", "feminine", "plural", "name", "variants"):
        for form, entries in index("names/countries", column).items():
            key = " ".join(canonical(word) for word in form.split())
            if len({row.key for row in entries}) == 1:
                found.setdefault(key, entries[0].key)
    return MappingProxyType(found)


@cache
def _nation_words() -> frozenset[str]:
    """The first words of ``_nations``."""
    return frozenset(form.split(" ", 1)[0] for form in _nations())


def country_at(words: Sequence[str], at: int) -> tuple[str, int] | None:
    """ISO code of the country or gentilic at ``at`` in ``words``, and where it ends."""
    if at >= len(words) or (words[at] not in _nation_words() and _without(words[at]) not in _nation_words()):
        return None
    nations = _nations()
    for size in (4, 3, 2, 1):
        if at + size > len(words):
            continue
        run = words[at : at + size]
        for shape in (run, [_without(w) for w in run], [_without(run[0]), *run[1:]]):
            code = nations.get(" ".join(shape))
            if code is not None:
                return code, at + size
    return None


def country_named(words: Sequence[str]) -> str | None:
    """ISO code of the country whose name the words are, with or without the article of a preposition."""
    for shape in (words, [_without(words[0]), *words[1:]]) if words else ():
        entries = index("names/countries", "name", "variants").get(" ".join(shape), ())
        if len(entries) == 1:
            return entries[0].key
    return None


def _without(word: str) -> str:
    """``word`` without the article, or without a preposition before it."""
    if word.startswith(_ARTICLE) and len(word) > 4:
        return word[2:]
    if word.startswith(_LAM + _LAM) and len(word) > 4:
        return word[2:]
    return word


def capital_of(words: Sequence[str]) -> str | None:
    """ISO code of the country of which the words are a capital, where it is one only."""
    entries = index("names/countries", "capital").get(" ".join(words), ())
    return entries[0].key if len(entries) == 1 else None


def body_at(words: list[str], at: int, known: Authority) -> tuple[Body, int] | None:
    """The longest name of a body of the authority at ``at`` in ``words``, and where it ends."""
    for shape in dict.fromkeys((words[at], _without_preposition(words[at]))) if at < len(words) else ():
        for name in known.beginning(shape, words[at + 1] if at + 1 < len(words) else ""):
            if (shape, *words[at + 1 : at + len(name)]) == name:
                return known.bodies[known.names[name]], at + len(name)
    return None


def _without_preposition(word: str) -> str:
    return _ARTICLE + word[2:] if word.startswith(_LAM + _LAM) else word[1:] if word.startswith(_LAM) else word


@dataclass(frozen=True, slots=True, kw_only=True)
class Organ:
    """An organ of a state: ``key`` (``organ/army.SY``), ISO code, where its name ends, and its row."""

    key: str
    country: str
    end: int
    row: str
    english: str
    french: str


def organ(words: list[str], at: int = 0) -> Organ | None:
    """The organ of a state whose name begins at ``at``; None without an organ or a country."""
    head = words[at] if at < len(words) else ""
    ministry = head in heads("ministry")
    found = _portfolio(words, at + 1) if ministry else longest("authority/organs", words, at)
    kind = "ministry" if ministry else "organ"
    if found is None and not ministry and head.startswith(_ARTICLE):
        found = longest("authority/portfolios", words, at)  # the ministry without its head noun
        kind = "ministry"
        if found is not None and found[0]["id"] not in _ALONE:
            found = None
    if found is None:
        return None
    row, end = found
    for k in range(end, min(end + 2, len(words))):
        nation = country_at(words, k)
        if nation is not None and (k == end or words[end].startswith(_ARTICLE)):
            return Organ(
                key=f"{kind}/{row['id']}.{nation[0]}", country=nation[0], end=nation[1], row=row.id,
                english=row["english"], french=row["french"],
            )  # fmt: skip
    return None


_ALONE = frozenset(("foreign-affairs", "defence", "interior", "treasury"))


@cache
def heads(kind: str) -> frozenset[str]:
    """The folded head nouns of ``kind`` in ``authority/heads``: ``ministry``, ``press``."""
    found = (row for row in rows("authority/heads") if row["id"] == kind)
    return frozenset(fold_word(form) for row in found for form in row.all("form"))


@cache
def _asides(kind: str = "") -> frozenset[str]:
    """Words such as *former* and *elect*; with ``kind`` only those of that row."""
    found = (row for row in rows("authority/former") if kind in ("", row["id"]))
    return frozenset(fold_word(form) for row in found for form in row.all("form"))


def office(ctx: Context, first: int, end: int, known: Authority, names: Range | None) -> Office | None:
    """The office that the mention ``[first, end)`` names, or None.

    Args:
        names: the personal name in the mention: what follows it tells nothing of the office, unless it comes first.
    """
    stop = end
    start = first
    if names is not None and names[0] > first:
        stop = names[0]
    elif names is not None:
        start = names[1]  # the office in apposition after the name
        while start < end and not ctx.is_word(start):
            start += 1
    stop = min(stop, start + _FURTHER)
    if start >= stop:
        return None
    opening = bare_words(ctx, start, start + 1)
    if opening[0] not in _forms("authority/roles"):
        return None
    words = opening + bare_words(ctx, start, stop)[1:]
    found = longest("authority/roles", words, 0)
    if found is None:
        return None
    row, at = found
    return _settled(words, at, row, start, known)


def _settled(words: list[str], at: int, row: Row, start: int, known: Authority) -> Office | None:
    portfolio, country, body = None, None, None
    last = at
    bare = at == 1 and not words[0].startswith(_ARTICLE)
    if row["of"] == "portfolio":
        field = _portfolio(words, at)
        if field is not None:
            portfolio, last = field[0]["id"], field[1]
    elif (named := body_at(words, at, known)) is not None and named[0].kind != "place":
        body, country, last = named[0].id, named[0].country, named[1]
    elif (own := organ(words, at)) is not None:
        body, country, last = own.key, own.country, own.end
    former = False
    for k in range(last, len(words)):
        former = former or words[k] in _asides("former")
        nation = country_at(words, k) if country is None and words[k] else None
        if nation is not None:
            country, last = nation[0], nation[1]
        elif words[k] not in _asides():
            break
        else:
            last = k + 1
    role = row["id"]
    if role in ("president", "chair") and bare:
        role = "president" if body is None else "chair"
        if body is None and country is None:
            return None
    return Office(
        span=(start, start + last), role=role, portfolio=portfolio, country=country, body=body, former=former,
        row=row.id,
    )  # fmt: skip


def _portfolio(words: list[str], at: int) -> tuple[Row, int] | None:
    """The portfolio at ``at``; before the name of a country it has no article."""
    found = longest("authority/portfolios", words, at)
    if found is None and at < len(words) and words[at]:
        found = longest("authority/portfolios", [*words[:at], _ARTICLE + words[at], *words[at + 1 :]], at)
        if found is not None and (found[1] >= len(words) or country_at(words, found[1]) is None):
            return None
    return found
