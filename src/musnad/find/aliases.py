"""Two names that the text itself equates: ``X (Y)``, ``X "Y"``, ``X, known as Y``.

Phrases that introduce a second name come from ``speech/aliases.tsv``; brackets and quotation marks right after a
name do the same without a phrase, unless they hold a description, a party, an age, a place or a credit.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from musnad.find.context import CLOSE, COMMA, OPEN, Context
from musnad.find.named import (
    LISTED,
    body_before,
    definite_head_before,
    full_name,
    head_kind,
    listed_part,
    name_in_clause,
    office_before,
    person_before,
    place_before,
    rows_of,
    with_listed,
    words_like,
)
from musnad.find.openers import ALIAS
from musnad.find.originals import is_acronym, latin_words, original
from musnad.find.renamed import renamed
from musnad.find.tags import Tag
from musnad.lexicon.loader import Row, index
from musnad.read.fold import fold_word
from musnad.read.joins import word_count

Range = tuple[int, int]
Pair = tuple[Range, Range]
Phrase = tuple[list[str], Row]
_LONGEST_RIGHT, _INITIAL, _KUNYA = 7, 4, 3
_USUAL = 60  # how often news writes a word that is more likely a class than a name (the scale of ``words/types``)
_PLACE = 200  # the same, for names of places in brackets
_NO_NAME = frozenset(("gentilic", "time", "title", "country", "capital", "medium", "relay", "platform", "adverbial"))


def aliases(ctx: Context) -> tuple[Pair, ...]:
    """Pairs of token ranges ``(fuller name, other name)`` in text order."""
    found: list[Pair] = []
    phrases, labels = _phrases(), words_like("label")
    after: dict[int, Range] = {}  # token after a second name and its marks → the first name
    for i in _places(ctx):
        form, t = ctx.words.forms[i], ctx.tags[i]
        pairs: tuple[Pair, ...] = ()
        if t is None:
            pairs = _bracketed(ctx, i, after.get(i))
        elif form in phrases or t.bare in phrases:
            pairs = _phrased(ctx, i, phrases.get(form, ()) + (phrases.get(t.bare, ()) if t.bare != form else ()))
        elif t.bare in labels and (pair := renamed(ctx, i)) is not None:
            pairs = (pair,)
        for pair in pairs:
            if pair not in found:
                found.append(pair)
        if pairs:
            end = pairs[0][1][1]
            after[end + 1 if end < len(ctx) and not ctx.is_word(end) else end] = pairs[0][0]
    return tuple(found)


def _places(ctx: Context) -> list[int]:
    """Where a second name may be given: at opening marks, at words that open a phrase, and at labels."""
    return sorted([*(i for i in ctx.words.others if ctx.symbols[i] in _MARKS), *ctx.opening(ALIAS)])


_MARKS = frozenset(("(", OPEN))


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, tuple[Phrase, ...]]:
    """First word of each phrase → the phrases as folded words, with their rows, longest first."""
    found: dict[str, list[Phrase]] = {}
    for form, entries in index("speech/aliases", "form").items():
        found.setdefault(form.split()[0], []).extend((fold_word(row.key).split(), row) for row in entries)
    return MappingProxyType({k: tuple(sorted(v, key=lambda phrase: -len(phrase[0]))) for k, v in found.items()})


def _inside(ctx: Context, i: int) -> Range | None:
    """The words between the marks that open at token ``i``, without marks at their edges."""
    if i in ctx.openers:
        close: int | None = ctx.openers[i].close
    else:
        ahead = range(i + 1, min(i + _LONGEST_RIGHT + 5, len(ctx)))
        close = next((k for k in ahead if ctx.words.forms[k] == ")"), None)
    if close is None:
        return None
    first, last = i + 1, close
    while first < last and not ctx.is_word(first):
        first += 1
    while last > first and not ctx.is_word(last - 1):
        last -= 1
    trailers = words_like("trailer")
    if last - first > 1 and ctx.form(last - 1) in trailers:
        last -= 1
    return (first, last) if first < last and last - first <= _LONGEST_RIGHT + 3 else None


def _bracketed(ctx: Context, i: int, chained: Range | None) -> tuple[Pair, ...]:
    """``X (Y)`` and ``X "Y"``: a name followed by its short name, acronym, translation or original spelling."""
    inside = _inside(ctx, i)
    if inside is None:
        return ()
    end = i
    while end > 0 and (ctx.symbols[end - 1] in (OPEN, CLOSE) or ctx.words.forms[end - 1] == "("):
        end -= 1
    latin = latin_words(ctx, *inside)
    round_ = ctx.words.forms[i] == "("
    if latin:
        return original(ctx, end, inside, latin, chained) if round_ or chained or is_acronym(latin) else ()
    if not _is_name(ctx, *inside):
        return ()
    if chained is not None:
        return ((chained, inside),)
    place = place_before(ctx, end) if round_ and inside[1] - inside[0] == 1 else None
    if place is not None:
        rare = word_count(ctx.form(inside[0])) <= _PLACE and not _classes(ctx, *inside) & _NO_NAME
        return (((place[0] + 1, place[1]), inside), (place, inside)) if rare else ()
    left = body_before(ctx, end)
    gloss = round_ and inside[1] - inside[0] == 1 and _class_of_body(ctx, inside[0])
    if gloss and (left is not None or (end and _listed(ctx, end - 1, end))):
        return ((left or (end - 1, end), inside),)
    if left is not None:
        if not (_short_name(ctx, *inside) if round_ else _marked_name(ctx, left, inside)):
            return ()
        return with_listed(ctx, left, inside)
    if round_ and inside[1] - inside[0] == 1 and _listed(ctx, *inside) and (head := definite_head_before(ctx, end)):
        return ((head, inside),)
    first = ctx.tags[inside[0]]
    nickname = first is not None and inside[1] - inside[0] <= 3 and _kunya(first.bare)
    if nickname and (person := person_before(ctx, end)) is not None:
        return ((person, inside),)
    return _turned(ctx, end, inside) if round_ else ()


def _class_of_body(ctx: Context, k: int) -> bool:
    """Whether the word is a definite head noun of bodies (*the parliament*), which glosses a foreign or longer name."""
    t = ctx.tags[k]
    return t is not None and t.definite and not t.proclitic and head_kind(t) == "organisation"


def _foreign(ctx: Context, first: int, last: int) -> bool:
    """Whether the words are two or three that news hardly writes and nobody bears: the name of a foreign company."""
    return 2 <= last - first <= 3 and all(
        t is not None and not t.lexical and not t.particle and word_count(t.form) <= _USUAL
        for t in ctx.tags[first:last]
    )


def _kunya(word: str) -> bool:
    """Whether ``word`` opens a nickname of the kind *father of*, written apart from what follows or with it."""
    kunyas = words_like("kunya")
    return word in kunyas or (len(word) > _KUNYA + 2 and word[:_KUNYA] in kunyas)


def _marked_name(ctx: Context, left: Range, inside: Range) -> bool:
    """Whether quotation marks after the body ``left`` hold its second name, not the name itself or its quotation."""
    known = rows_of(ctx, *inside)
    if known and known & rows_of(ctx, left[0], listed_part(ctx, *left)):
        return True
    head = ctx.tags[left[0]]
    foreign = _foreign(ctx, *inside)
    least = 2 if foreign or (known and head is not None and head.definite) else 3
    if left[1] - left[0] < least or inside[1] - inside[0] > 3 or office_before(ctx, left[0]):
        return False
    first, last = ctx.tags[inside[0]], ctx.tags[left[1] - 1]
    several = first is None or first.definite or inside[1] - inside[0] > 1
    if not known and several and not foreign and not _initials(ctx, *inside):
        return False
    loose = last is None or (bool(last.proclitic) and not last.definite)
    return not loose and not any(
        t is None or t.particle or (t.conjunction and not t.definite) for t in ctx.tags[left[0] + 1 : left[1]]
    )


def _turned(ctx: Context, i: int, inside: Range) -> tuple[Pair, ...]:
    """``Y (X)``: the short name first, in marks or alone, the full name of the body in brackets."""
    end = i
    while end > 0 and not ctx.is_word(end - 1) and ctx.symbols[end - 1] != COMMA:
        end -= 1
    if end == 0 or inside[1] - inside[0] < 3:
        return ()
    t, head = ctx.tags[end - 1], ctx.tags[inside[0]]
    if t is None or t.particle or head is None or head.definite or head_kind(head) not in ("organisation", "group"):
        return ()
    listed = bool(t.lexical & LISTED) and _listed(ctx, *inside)
    return ((inside, (end - 1, end)),) if listed else ()


def _is_name(ctx: Context, first: int, last: int) -> bool:
    """Whether the words in brackets can be a name: no numbers, particles, verbs, descriptions, nationalities alone."""
    symbols = ctx.symbols[first:last]
    if not _NO_PART.isdisjoint(symbols) or "n" in ctx.words.kinds[first:last]:
        return _initials(ctx, first, last)
    head, single = ctx.tags[first], last - first == 1
    if not single and _initials(ctx, first, last):
        return True
    openers = words_like("opener")
    if head is not None and (head.form in openers or head.bare in openers):
        return False
    classes = _classes(ctx, first, last)
    if "platform" in classes:
        return False
    if not single and head is not None and head.definite and not _listed(ctx, first, last):
        return False  # a description, a class
    for t in ctx.tags[first:last]:
        said = t is not None and (t.particle or any(c.kind in "vp" and c.strength == 3 for c in t.cues))
        if t is not None and said and not _listed(ctx, first, last):
            return t.particle == "conjunction" and single  # an acronym that looks like one
    return not single or classes.isdisjoint(_NO_NAME) or _listed(ctx, first, last)


_NO_PART = frozenset((COMMA, ":", ";"))


def _initials(ctx: Context, first: int, last: int) -> bool:
    """Whether the words spell an acronym letter by letter."""
    if last - first < 2:
        return False
    letters = words_like("letter")
    found = [k for k in range(first, last) if ctx.is_word(k)]
    return len(found) > 1 and all(
        len(form := ctx.form(k)) <= _INITIAL
        and form.isalpha()
        and (len(form) == 1 or form in letters or ((t := ctx.tags[k]) is not None and not t.particle and not t.cues))
        for k in found
    )


def _short_name(ctx: Context, first: int, last: int) -> bool:
    """Whether the words are a name rather than a class: listed, initials, or no word that news often writes."""
    if _listed(ctx, first, last):
        return True
    if _initials(ctx, first, last):
        return True
    words = fold_word(ctx.spelt(first, last)).split()
    joined = any(t is None or t.conjunction or t.proclitic for t in ctx.tags[first + 1 : last])
    return len(words) <= 3 and not joined and word_count(words[0]) <= _USUAL


def _listed(ctx: Context, first: int, last: int) -> bool:
    """Whether the lexicons list the words as the name of a body."""
    return bool(rows_of(ctx, first, last))


def _classes(ctx: Context, first: int, last: int) -> set[str]:
    found: set[str] = set()
    for k in range(first, last):
        if (t := ctx.tags[k]) is not None:
            found |= t.lexical
    return found


def _phrased(ctx: Context, i: int, phrases: tuple[Phrase, ...]) -> tuple[Pair, ...]:
    """``X, known as Y``."""
    for parts, row in phrases:
        if all(_same(ctx.tags[i + k] if i + k < len(ctx) else None, part) for k, part in enumerate(parts)):
            second = _second_name(ctx, i + len(parts) - 1, parts[-1])
            if row["kind"] == "marked" and (second is None or second[0] - 1 not in ctx.openers):
                continue
            first = _first_name(ctx, i, row["kind"], second) if second is not None else None
            if first is not None and second is not None and first[1] > first[0]:
                return with_listed(ctx, first, second)
    return ()


def _same(t: Tag | None, part: str) -> bool:
    if t is None:
        return False
    return part in (t.form, t.bare) or (len(part) == 1 and t.proclitic == part and not t.conjunction)


def _second_name(ctx: Context, last: int, part: str) -> Range | None:
    """The name after a phrase whose last word is token ``last``; a preposition may be one word with the name."""
    t = ctx.tags[last]
    first = last if len(part) == 1 and t is not None and t.form != part else last + 1
    while first < len(ctx) and not ctx.is_word(first):
        if ctx.symbols[first] not in (OPEN, "(", ":"):
            return None
        first += 1
    if first >= len(ctx):
        return None
    opener = ctx.openers.get(first - 1)
    if opener is not None:
        end = opener.close
        while end > first and not ctx.is_word(end - 1):
            end -= 1
        return (first, end) if end - first <= _LONGEST_RIGHT else None
    if ctx.form(first - 1) == "(":
        return _inside(ctx, first - 1)
    end = _name_end(ctx, first)
    t = ctx.tags[first]
    named = t is not None and ("given" in t.lexical or _kunya(t.bare))
    return (first, end) if named or _short_name(ctx, first, end) else None


def _first_name(ctx: Context, i: int, kind: str, second: Range) -> Range | None:
    """The name before a phrase at token ``i``, past a comma, *and he is* and *which*."""
    end = i
    between = words_like("between")
    while end > 0 and (
        (not ctx.is_word(end - 1) and ctx.words.kinds[end - 1] != "b")
        or ctx.symbols[end - 1] == "conjunction"
        or ctx.form(end - 1) in between
    ):
        end -= 1
    person = person_before(ctx, end)
    if person is None and kind in ("name", "nickname"):
        short = name_in_clause(ctx, end)
        person = full_name(ctx, *short) if short is not None else None
    if person is not None or kind == "name":
        return person
    if kind == "nickname":
        return None
    t = ctx.tags[i]
    body = body_before(ctx, end) or body_before(ctx, end, plural=True)
    if (
        body is not None
        and not head_kind(ctx.tags[body[0]])
        and any(u is None or u.particle for u in ctx.tags[body[0] : body[1]])
    ):
        body = None
    return body or (_named_place(ctx, end) if t is not None and t.definite and end == i else None)


def _named_place(ctx: Context, i: int) -> Range | None:
    """A class of place or body and the name after it, right before token ``i``."""
    for k in range(i - 2, max(-1, i - 5), -1):
        t = ctx.tags[k]
        if t is None or t.particle:
            return None
        if t.lexical & {"place-head"} and not t.definite:
            return (k + 1, i)
    return None


def _name_end(ctx: Context, first: int) -> int:
    """The end of a second name without marks: its first word and the names and family names after it."""
    last = first + 1
    head = ctx.tags[first]
    while last < min(len(ctx), first + 4):
        t = ctx.tags[last]
        if t is None or t.particle or t.proclitic or t.conjunction:
            break
        if "given" not in t.lexical and not t.definite:
            break
        if head is not None and "given" in head.lexical and t.lexical & {"title", "gentilic"} - t.lexical & {"given"}:
            break
        last += 1
    return last
