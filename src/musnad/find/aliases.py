"""Two names that the text itself equates: ``X (Y)``, ``X "Y"``, ``X, known as Y``.

Patterns come from ``speech/aliases.tsv`` (phrases that introduce a second name); brackets and quotation marks
right after a proper name do the same without a phrase.
"""

from __future__ import annotations

from musnad.find.context import CLOSE, COMMA, OPEN, Context
from musnad.lexicon.loader import index

Range = tuple[int, int]
_LONGEST_LEFT, _LONGEST_RIGHT = 10, 7
_INITIAL = 4
_BODIES = frozenset(("organisation", "head", "group", "agency", "outlet"))
_LISTED = frozenset(("agency", "outlet", "group", "organisation"))
_NO_NAME = frozenset(("gentilic", "time", "title", "country", "capital"))
_STOP = frozenset(("complementiser", "relative", "pronoun", "demonstrative", "negation", "auxiliary"))


def aliases(ctx: Context) -> tuple[tuple[Range, Range], ...]:
    """Pairs of token ranges ``(fuller name, other name)`` in text order."""
    found: list[tuple[Range, Range]] = []
    phrases = index("speech/aliases", "form")
    heads = {form.split()[0] for form in phrases}
    for i, form in enumerate(ctx.words.forms):
        pair = None
        if form == "(" or ctx.symbols[i] == OPEN:
            pair = _bracketed(ctx, i)
        elif form in heads or (ctx.tags[i] is not None and ctx.tags[i].bare in heads):  # type: ignore[union-attr]
            pair = _phrased(ctx, i, phrases)
        if pair is not None:
            found.append(pair)
    return tuple(found)


def _bracketed(ctx: Context, i: int) -> tuple[Range, Range] | None:
    """``X (Y)`` and ``X "Y"``: an organisation's name followed by its short name or acronym."""
    if i in ctx.openers:
        close: int | None = ctx.openers[i].close
    else:
        close = next(
            (k for k in range(i + 1, min(i + _LONGEST_RIGHT + 3, len(ctx))) if ctx.words.forms[k] == ")"), None
        )
    if close is None or not 1 <= close - i - 1 <= _LONGEST_RIGHT:
        return None
    first, last = i + 1, close
    while first < last and not ctx.is_word(first):
        first += 1
    while last > first and not ctx.is_word(last - 1):
        last -= 1
    if first >= last or not _is_name(ctx, first, last):
        return None
    lexical = _lexical(ctx, first, last)
    left_end = i
    while left_end > 0 and ctx.symbols[left_end - 1] in (CLOSE, ")", OPEN, "("):
        left_end -= 1
    left = body_before(ctx, left_end)
    if ctx.words.forms[i] != "(":
        if not lexical & _LISTED and (left is None or last - first > 2 or lexical & _NO_NAME):
            return None
        if left is not None and (left[1] - left[0] < 3 or _has_particle(ctx, left)):
            return None  # the marks hold the name itself, not a second one
    left = left or _person_before(ctx, left_end)
    return (left, (first, last)) if left is not None else None


def _has_particle(ctx: Context, mention: Range) -> bool:
    return any(t is not None and t.particle for t in ctx.tags[mention[0] : mention[1]])


def _is_name(ctx: Context, first: int, last: int) -> bool:
    """Whether the words in brackets can be a name: no numbers, particles, verbs, parties, nationalities alone."""
    words = [ctx.form(k) for k in range(first, last) if ctx.is_word(k)]
    if len(words) > 1 and all(len(w) <= _INITIAL and not w.isdigit() for w in words):
        return not any(any(c.isdigit() for c in w) for w in words)  # an acronym spelt out
    head = ctx.tags[first]
    if (
        head is not None
        and last - first > 1
        and (head.definite or "head" in head.lexical)
        and not head.lexical & _LISTED
    ):
        return False  # a description, a party, a class
    for k in range(first, last):
        t = ctx.tags[k]
        if ctx.words.kinds[k] == "n" or ctx.symbols[k] in (COMMA, ":", ";"):
            return False
        if t is not None and (t.particle or any(c.kind in "vp" and c.strength == 3 for c in t.cues)):
            return False
    return last - first > 1 or not _lexical(ctx, first, last) & _NO_NAME


def body_before(ctx: Context, i: int) -> Range | None:
    """The name of a body that ends right before token ``i``: from the nearest indefinite head noun on."""
    for k in range(i - 1, max(-1, i - 1 - _LONGEST_LEFT), -1):
        t = ctx.tags[k]
        if t is None or t.particle in _STOP or any(c.kind == "v" and c.strength > 1 for c in t.cues):
            break
        if t.lexical & _BODIES and not t.definite and i - k >= 2:
            outer = ctx.tags[k - 1] if k else None
            annexed = outer is not None and outer.lexical & _BODIES and not outer.definite and not t.proclitic
            return (k - 1, i) if annexed else (k, i)
    return _definite_body(ctx, i)


def _definite_body(ctx: Context, i: int) -> Range | None:
    """A body named by a definite head noun and its adjectives, right before token ``i``."""
    for k in range(i - 1, max(-1, i - 5), -1):
        t = ctx.tags[k]
        if t is None or not t.definite:
            return None
        if t.lexical & _BODIES and i - k >= 2:
            return (k, i)
    return None


def _person_before(ctx: Context, i: int) -> Range | None:
    """The personal name that ends right before token ``i``."""
    first = i
    while first > 0 and i - first < 5:
        t = ctx.tags[first - 1]
        if t is None or t.particle or not t.lexical & {"given", "given?"}:
            break
        first -= 1
    return (first, i) if i - first >= 2 else None


def _phrased(ctx: Context, i: int, phrases: object) -> tuple[Range, Range] | None:
    """``X, known as Y``."""
    for form in phrases:  # type: ignore[attr-defined]
        parts = form.split()
        if all(_same(ctx, i + k, part) for k, part in enumerate(parts)):
            first = i + len(parts)
            break
    else:
        return None
    while first < len(ctx) and not ctx.is_word(first):
        if ctx.symbols[first] not in (OPEN, "(", ":"):
            return None
        first += 1
    if first >= len(ctx):
        return None
    opener = ctx.openers.get(first - 1)
    last = opener.close if opener else first
    if opener is None:
        last = _name_end(ctx, first)
    left_end = i
    while left_end > 0 and (not ctx.is_word(left_end - 1) or ctx.symbols[left_end - 1] == "conjunction"):
        left_end -= 1
    left = _person_before(ctx, left_end) or body_before(ctx, left_end) or _speaker_before(ctx, left_end)
    return (left, (first, last)) if left is not None and last > first else None


def _name_end(ctx: Context, first: int) -> int:
    """The end of a second name without marks: its first word and the names and family names after it."""
    last = first + 1
    while last < min(len(ctx), first + 4):
        t = ctx.tags[last]
        if t is None or t.particle or t.proclitic or t.conjunction:
            break
        if "given" not in t.lexical and not t.definite:
            break
        last += 1
    return last


def _speaker_before(ctx: Context, i: int) -> Range | None:
    """The short name of a person in an aside: the last listed name of the clause before token ``i``."""
    for k in range(i - 1, max(-1, i - 8), -1):
        t = ctx.tags[k]
        if t is None:
            return None
        if "given" in t.lexical and "gentilic" not in t.lexical:
            return (k, k + 1)
    return None


def _same(ctx: Context, k: int, part: str) -> bool:
    t = ctx.tags[k] if k < len(ctx) else None
    return t is not None and part in (t.form, t.bare)


def _lexical(ctx: Context, first: int, last: int) -> set[str]:
    found: set[str] = set()
    for k in range(first, last):
        t = ctx.tags[k]
        if t is not None:
            found |= t.lexical
    return found
