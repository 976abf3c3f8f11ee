"""Which place a name means: the choice among namesakes, and the country of names that no table lists.

A namesake is preferred if its country or people is named in the same article, the nearer the better; the class noun
before the name chooses between a city and its province; otherwise the weightiest place of the name is meant, as in
GeoNames-based resolvers (Leidner 2008, "Toponym Resolution in Text"). A name that is a common word too, and a name
that no table lists, are in the country told beside them, else in that of the places named next to them, else in the
one that the article speaks of most; where two are level the country stays unknown.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from musnad.find.context import COMMA, Context
from musnad.find.places import CLASSED, FoundPlace
from musnad.find.placewords import ARTICLE, LAM, WAW, class_noun, cue, gentilics
from musnad.lexicon.gazetteer import Known, entry, gazetteer, place

_PREFIXES = (chr(0x628) + ARTICLE, LAM + LAM, WAW + ARTICLE, ARTICLE)
_NEAR = 12
"""Tokens within which a place of one country says where an unlisted name is."""
_HINT, _COUNTRY, _NOUN, _RANK, _SIZE, _NAMED = 40.0, 4.0, 3.0, 2.0, 4.0, 6
"""Weights: a country told right after the name, the name of a country, the noun before it, each rank among namesakes,
each factor of ten in inhabitants, and the most that being named elsewhere can count."""

Candidates = Sequence[tuple[Known, ...]]


class Settled(NamedTuple):
    """A mention with the place it means; ``known`` is None for a name that no table lists.

    ``basis`` says how the country was found: ``listed`` (the name has one country), ``chosen`` (among namesakes),
    ``context`` (from what the article names around it), or None where it stays unknown.
    """

    found: FoundPlace
    known: Known | None
    country: str | None
    kind: str
    basis: str | None


@lru_cache(maxsize=65_536)
def gentilic(form: str) -> str | None:
    """The country of a gentilic with or without the article (and a clitic before it), or None."""
    table = gentilics()
    for prefix in _PREFIXES:
        if form.startswith(prefix) and form[len(prefix) :] in table:
            return table[form[len(prefix) :]]
    return table.get(form)


def settle_places(
    ctx: Context, found: Sequence[FoundPlace], peoples: Iterable[int] | None = None
) -> tuple[Settled, ...]:
    """The place that each of ``found`` means.

    Args:
        peoples: the tokens of ``ctx`` that may be gentilics (``find.valuewords``), if known.
    """
    if not found:
        return ()
    candidates = [tuple(place(n) for n in f.numbers) for f in found]
    unsure = [_is_word(f) for f in found]
    sure = [_sure(known) if not word else None for known, word in zip(candidates, unsure, strict=True)]
    named = _named(ctx, sure, range(len(ctx)) if peoples is None else peoples)
    return tuple(_settled(ctx, n, found, candidates, sure, named, word) for n, word in enumerate(unsure))


def _sure(known: tuple[Known, ...]) -> str | None:
    """The country of a mention that cannot be in another one; None where it can."""
    if len(known) == 1:
        return known[0].country
    return known[0].country if known and len({k.country for k in known}) == 1 else None


def _is_word(f: FoundPlace) -> bool:
    """Whether the listed name is a common word or a personal name too."""
    return bool(f.numbers) and f.name in gazetteer().names and entry(f.name)[1] == CLASSED


def _named(ctx: Context, sure: Sequence[str | None], peoples: Iterable[int]) -> Counter[str]:
    """How much the article speaks of each country: of places that are only there, and of its people."""
    named: Counter[str] = Counter()
    for country in sure:
        if country is not None:
            named[country] += 3
    for i in peoples:
        t = ctx.tags[i]
        iso = gentilic(t.form) if t is not None and "gentilic" in t.lexical else None
        if iso is not None:
            named[iso] += 1
    return named


def _settled(
    ctx: Context,
    n: int,
    found: Sequence[FoundPlace],
    candidates: Candidates,
    sure: Sequence[str | None],
    named: Counter[str],
    word: bool,
) -> Settled:
    """The place that mention ``n`` means; ``word``: whether its name is a common word too."""
    f, known = found[n], candidates[n]
    if len(known) == 1 and not word:
        return _meant(f, known[0], "listed")
    hint = _hint(ctx, n, found, sure)
    here = hint or _around(ctx, n, found, sure)
    if not known or (word and not any(k.country in (here, None) or named[k.country] for k in known)):
        country = here or _most(named)
        basis = "context" if country else None
        return Settled(found=f, known=None, country=country, kind=f.noun or "other", basis=basis)
    weights = [_weight(f, known, rank, named, hint, here) for rank in range(len(known))]
    chosen = known[weights.index(max(weights))]
    return _meant(f, chosen, "listed" if len({k.country for k in known}) == 1 else "chosen")


def _meant(f: FoundPlace, chosen: Known, basis: str) -> Settled:
    """The mention of one place of the gazetteer, or of a place inside it."""
    if f.inside:
        return Settled(found=f, known=None, country=chosen.country, kind=f.noun or "site", basis=basis)
    return Settled(found=f, known=chosen, country=chosen.country, kind=chosen.kind, basis=basis)


def _weight(
    f: FoundPlace, known: tuple[Known, ...], rank: int, named: Counter[str], hint: str | None, here: str | None
) -> float:
    """How well the place at ``rank`` among the namesakes fits."""
    k = known[rank]
    weight = -_RANK * rank
    if rank and known[0].kind != "country" and known[0].population and k.population:
        weight -= _SIZE * max(0.0, math.log10(known[0].population / k.population))
    if k.country is not None:
        weight += min(_NAMED, named.get(k.country, 0)) + _HINT * (hint == k.country) + _NOUN * (here == k.country)
    if f.noun in ("city", "region", "country") and k.kind == f.noun:
        weight += _NOUN
    if k.kind == "country" and f.noun in ("city", "region"):
        weight -= 2 * _COUNTRY
    elif k.kind == "country" and f.rule == "cue" and _is_capital_elsewhere(known):
        weight -= _NOUN  # in Amman
    elif k.kind == "country":
        weight += _COUNTRY
    return weight


def _is_capital_elsewhere(known: tuple[Known, ...]) -> bool:
    """Whether the name of a country is also a city of more than a million people in another one (Amman)."""
    return any(k.kind == "city" and k.country != known[0].country and (k.population or 0) > 1_000_000 for k in known)


def _hint(ctx: Context, n: int, found: Sequence[FoundPlace], sure: Sequence[str | None]) -> str | None:
    """The country told right after the mention: by a gentilic, or by a place of one country that it stands in."""
    f = found[n]
    for k in range(f.end, min(f.end + 3, len(ctx))):
        if not ctx.is_word(k):
            break
        form = ctx.form(k)
        iso = gentilic(form) if form.startswith(ARTICLE) else None
        if iso is not None:
            return iso
    if n + 1 < len(found) and sure[n + 1] is not None:
        start = found[n + 1].first
        between = range(f.end, start)
        if len(between) <= 3 and not ctx.form(start).startswith(WAW) and all(_leads_in(ctx, k) for k in between):
            return sure[n + 1]
    return None


def _leads_in(ctx: Context, k: int) -> bool:
    """Whether the token can stand between a place and the one around it (a comma, *in*, *north of*, *the state of*)."""
    form = ctx.form(k)
    return ctx.symbols[k] == COMMA or cue(form) == "in" or class_noun(form) is not None


def _around(ctx: Context, n: int, found: Sequence[FoundPlace], sure: Sequence[str | None]) -> str | None:
    """The country of the nearest place of one country in the same sentence, what follows first."""
    first, end = found[n].first, found[n].end
    sentences = ctx.words.sentences
    for k in (n + 1, n - 1, n + 2, n - 2):
        if not 0 <= k < len(found) or sure[k] is None:
            continue
        gap = found[k].first - end if k > n else first - found[k].end
        if gap <= _NEAR and sentences[found[k].first] == sentences[first]:
            return sure[k]
    return None


def _most(named: Counter[str]) -> str | None:
    """The country that the article speaks of most, or None where two are level."""
    most = named.most_common(2)
    if not most or (len(most) > 1 and most[0][1] == most[1][1]):
        return None
    return most[0][0]
