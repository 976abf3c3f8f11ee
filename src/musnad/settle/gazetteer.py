"""Which place a name means: the choice among namesakes, and the country of names that no table lists.

A namesake is preferred if its country, province or people is named in the same article, the nearer the better; the
class noun before the name chooses between a city and its province; otherwise the weightiest place of the name is
meant, as in GeoNames-based resolvers (Leidner 2008, "Toponym Resolution in Text").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from musnad.find.context import Context
from musnad.find.places import FoundPlace
from musnad.lexicon.gazetteer import Known, place
from musnad.lexicon.loader import rows
from musnad.read.fold import fold_word

_ARTICLE = chr(0x627) + chr(0x644)
_WAW = chr(0x648)
_PREFIXES = (chr(0x628) + _ARTICLE, chr(0x644) * 2, chr(0x648) + _ARTICLE, _ARTICLE)
_HINT = 40
"""Weight of a country told right after the name: more than everything else together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A mention with the place it means; ``known`` is None for a name that no table lists.

    ``basis`` says how the country was found: ``listed`` (the name has one place), ``chosen`` (among namesakes),
    ``context`` (from what the article names around it), or None where it stays unknown.
    """

    found: FoundPlace
    known: Known | None
    country: str | None
    kind: str
    basis: str | None


@cache
def gentilics() -> Mapping[str, str]:
    """Folded gentilic, without the article → ISO 3166-1 of its country."""
    found: dict[str, str] = {}
    for row in rows("names/countries"):
        for column in ("masculine", "feminine", "plural"):
            for form in row.all(column):
                found.setdefault(fold_word(form), row["iso"])
    return MappingProxyType(found)


def gentilic(form: str) -> str | None:
    """The country of a gentilic with or without the article (and a clitic before it), or None."""
    table = gentilics()
    for prefix in _PREFIXES:
        if form.startswith(prefix) and form[len(prefix) :] in table:
            return table[form[len(prefix) :]]
    return table.get(form)


def settle_places(ctx: Context, found: Sequence[FoundPlace]) -> tuple[Settled, ...]:
    """The place that each of ``found`` means."""
    if not found:
        return ()
    candidates = [tuple(place(n) for n in f.numbers) for f in found]
    named = _named(ctx, candidates)
    return tuple(
        _settled(ctx, f, known, named, n, candidates, found)
        for n, (f, known) in enumerate(zip(found, candidates, strict=True))
    )


def _named(ctx: Context, candidates: Iterable[tuple[Known, ...]]) -> Counter[str]:
    """How much the article speaks of each country: of the country itself, of its people, of places only there."""
    named: Counter[str] = Counter()
    for known in candidates:
        countries = {k.country for k in known}
        first = known[0].country if known else None
        if first is not None and (len(countries) == 1 or known[0].kind == "country"):
            named[first] += 3
    for form, t in zip(ctx.words.forms, ctx.tags, strict=True):
        if t is not None and "gentilic" in t.lexical:
            iso = gentilic(form)
            if iso is not None:
                named[iso] += 1
    return named


def _settled(
    ctx: Context, f: FoundPlace, known: tuple[Known, ...], named: Counter[str], n: int,
    candidates: Sequence[tuple[Known, ...]], found: Sequence[FoundPlace],
) -> Settled:  # fmt: skip
    hint = _hint(ctx, n, candidates, found)
    if not known:
        country = hint or _most(named)
        return Settled(
            found=f, known=None, country=country, kind=f.noun or "other", basis="context" if country else None
        )
    best = max(range(len(known)), key=lambda k: (_weight(f, known[k], k, named, hint, known), -k))
    chosen = known[best]
    alone = len({k.country for k in known}) == 1
    return Settled(
        found=f, known=chosen, country=chosen.country, kind=chosen.kind, basis="listed" if alone else "chosen"
    )


def _weight(
    f: FoundPlace, k: Known, rank: int, named: Counter[str], hint: str | None, known: tuple[Known, ...]
) -> float:
    """How well the place ``k`` fits: rank among namesakes, the countries the article names, the class noun."""
    weight = -2.0 * rank
    if k.kind == "country":
        weight += 4
    if k.country is not None:
        weight += min(6, named[k.country]) + (_HINT if hint == k.country else 0)
    if f.noun in ("city", "region", "country") and k.kind == f.noun:
        weight += 3
    elif f.noun == "city" and k.kind == "country":
        weight -= 8
    return weight


def _hint(ctx: Context, n: int, candidates: Sequence[tuple[Known, ...]], found: Sequence[FoundPlace]) -> str | None:
    """The country told right after the mention: a gentilic, or a country or province in a row with it."""
    f = found[n]
    for k in range(f.end, min(f.end + 3, len(ctx))):
        if not ctx.is_word(k):
            break
        iso = gentilic(ctx.form(k)) if ctx.form(k).startswith(_ARTICLE) else None
        if iso is not None:
            return iso
    if n + 1 == len(found):
        return None
    start, after = found[n + 1].first, candidates[n + 1]
    alone = len({k.country for k in after}) == 1 and after[0].kind in ("country", "region")
    if alone and f.end < start <= f.end + 3 and not ctx.form(start).startswith(_WAW):
        return after[0].country
    return None


def _most(named: Counter[str]) -> str | None:
    """The country that the article speaks of most, or None where two are level."""
    most = named.most_common(2)
    if not most or (len(most) > 1 and most[0][1] == most[1][1]):
        return None
    return most[0][0]
