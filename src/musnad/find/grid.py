"""One text as columns of codes: what the models that choose among places are told of each token.

The columns of a word depend on its tag alone and are kept by tag, so that a text is one gather from an array. Rows for
what lies before and behind the text let neighbours be looked up without asking whether they exist.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from musnad.find.context import CLOSE, COLON, COMMA, DASH, DIGITS, LINE, OPEN, SEMICOLON, STOP, Context
from musnad.find.cues import Site
from musnad.find.scale import bucket
from musnad.find.tags import VERB, Cue, Tag, tag
from musnad.model.codes import ABSENT, code, trim

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Codes = NDArray[np.int64]
    Places = NDArray[np.int64]

# Columns of tokens. The last one holds bits.
COLUMNS = (
    "symbol", "form", "fine", "bare", "bare_fine", "conj", "conj_or_none", "particle", "proclitic", "definite",
    "marked_definite", "cue", "cue_or_none", "strength", "strength_or_none", "lemma", "list1", "list2", "list3", "list4",
    "listed", "party", "key", "connector", "met", "npart", "beyond", "feminine", "bits",
)  # fmt: skip
_AT = {name: n for n, name in enumerate(COLUMNS)}
(
    IS_TAG, HAS_CUES, HAS_PARTICLE, COMPLEMENTISER, REPORTS, TITLE, GIVEN, RELATIVE, IS_COMMA, IS_LOOSE, IS_FINAL,
    OPENS, CLOSES, IS_LINE, IS_STOP, IS_OPEN, BREAKS, PROCLITIC, OPENED, CLOSED, EDGE, IS_WORD,
    IS_COLON, IS_DASH, MAY_END, PREPOSITION_ALONE,
) = (1 << n for n in range(26))  # fmt: skip
AHEAD = ("adverbial", "agency", "medium", "outlet", "remark", "time")  # in alphabetical order
_AHEAD_SHIFT = 56
FINAL = frozenset((STOP, LINE, "!", "?", "\u061f"))
_LOOSE = frozenset((SEMICOLON, COLON, DASH))
_EDGES = frozenset((COMMA, COLON, STOP, LINE, "(", ")", "-", OPEN, CLOSE, ";", "[", "]"))
_ENDING_MARKS = frozenset(
    (COMMA, SEMICOLON, COLON, STOP, DASH, "!", "?", "\u061f", "(", ")", "[", "]", "..", "...", LINE, CLOSE, OPEN)
)
_CLAUSE_OPENERS = frozenset(("conjunction", "preposition", "adverb", "relative"))
_CONNECTORS = frozenset(("remark", "adverbial", "time"))
_BARE = frozenset(("direct",))
_FEMININE = (chr(0x647), chr(0x627) + chr(0x62A))
_SHOWN = frozenset((
    "title", "head", "agency", "outlet", "group", "organisation", "country", "gentilic", "given", "given?", "time",
    "medium", "adverbial",
))  # fmt: skip
_PARTIES = frozenset(
    ("title", "head", "given", "country", "agency", "outlet", "group", "organisation", "anonymous", "document")
)
_MARKS: dict[str, int] = {
    **dict.fromkeys(FINAL, IS_FINAL), **dict.fromkeys(_LOOSE, IS_LOOSE), COMMA: IS_COMMA, "(": OPENS, ")": CLOSES,
}  # fmt: skip
_COUNTED = {
    "commas": IS_COMMA, "loose": IS_LOOSE, "finals": IS_FINAL, "cues": HAS_CUES, "particles": HAS_PARTICLE,
    "lines": IS_LINE, "stops": IS_STOP, "titles": TITLE, "given": GIVEN, "relatives": RELATIVE,
}  # fmt: skip
_BEFORE, _BEHIND = ("<", "<"), (">", ">")  # what lies beyond the text
_MOST_ROWS = 65_536
_GOVERNED = 6  # words that a cue may govern
CUE_COLUMNS = (
    "kind", "lemma", "act", "strength", "tense", "tense2", "person", "voice", "voice1", "gender", "number", "object",
    "takes", "row", *(f"governs{n}" for n in range(_GOVERNED)), "governs", "bare_clause",
)  # fmt: skip
_BIG = 64


def _flag(value: bool) -> int:
    return code("True" if value else "False")


def _joined(classes: frozenset[str], shown: frozenset[str]) -> str:
    return "+".join(sorted(classes & shown)) if classes else ""


def _tag_row(t: Tag) -> list[int]:
    """The columns of a word."""
    listed = sorted(t.lexical)
    lists = [code(name) for name in listed[:4]] + [ABSENT] * (4 - len(listed[:4]))
    first = t.cues[0] if t.cues else None
    cue, strength = (first.kind, str(first.strength)) if first else ("", "")
    bits = IS_TAG | IS_WORD | (HAS_CUES if first else 0) | (HAS_PARTICLE if t.particle else 0)
    bits |= COMPLEMENTISER if t.particle == "complementiser" else 0
    bits |= REPORTS if cue and cue in "va" else 0
    bits |= TITLE * ("title" in t.lexical) | GIVEN * ("given" in t.lexical) | RELATIVE * (t.particle == "relative")
    bits |= PROCLITIC * bool(t.proclitic) | EDGE * (t.symbol in _EDGES)
    bits |= PREPOSITION_ALONE * (t.particle == "preposition" and not t.conjunction)
    if t.cues or t.conjunction or t.particle in _CLAUSE_OPENERS or not t.lexical.isdisjoint(_CONNECTORS):
        bits |= MAY_END
    for n, name in enumerate(AHEAD):
        bits |= (name in t.lexical) << (_AHEAD_SHIFT + n)
    shown = _joined(t.lexical, _SHOWN)
    form, definite = code(t.form), _flag(t.definite)
    conj = code(t.conjunction)
    return [
        code(t.symbol), form, code(t.fine), code(t.bare), code(tag(t.bare).fine), conj,
        conj if t.conjunction else ABSENT, code(t.particle), code(t.proclitic), definite, definite,
        code(cue), code(cue) if cue else ABSENT, code(strength), code(strength) if cue else ABSENT,
        code(first.lemma) if first else ABSENT, *lists, code(shown), code(_joined(t.lexical, _PARTIES)),
        form if t.particle or t.cues else code(t.symbol), form if t.particle or t.cues else code(""),
        form if t.particle else code(t.proclitic), code((t.particle or t.proclitic) + t.conjunction),
        code(f"{shown}|{t.particle}{t.conjunction}{t.definite}"), _flag(t.bare.endswith(_FEMININE)), bits,
    ]  # fmt: skip


def _mark_row(symbol: str, form: str) -> list[int]:
    """The columns of a mark, a number, a break, or of what lies beyond the text."""
    none, own = code(""), code(symbol)
    bits = _MARKS.get(symbol, 0) | EDGE * (symbol in _EDGES) | IS_WORD * (symbol == DIGITS)
    bits |= IS_COLON * (symbol == COLON) | IS_DASH * (symbol == DASH) | MAY_END * (symbol in _ENDING_MARKS)
    bits |= IS_LINE * (symbol == LINE) | IS_STOP * (symbol == STOP) | IS_OPEN * (symbol == OPEN)
    bits |= BREAKS * (symbol in (OPEN, COLON)) | OPENED * (symbol in ("(", OPEN)) | CLOSED * (symbol in (")", CLOSE))
    return [
        own, code(form), own, code(form), own, none, ABSENT, none, none, _flag(False), none,
        none, ABSENT, none, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, none, none,
        own, none, own, own, ABSENT, _flag(False), bits,
    ]  # fmt: skip


def _cue_row(cue: Cue) -> list[int]:
    """The columns of a reading of a word as a cue."""
    governed = sorted(cue.government)[:_GOVERNED]
    return [
        code(cue.kind), code(cue.lemma), code(cue.act), code(str(cue.strength)), code(cue.tense), code(cue.tense[:2]),
        code(cue.person), code(cue.voice), code(cue.voice[:1]), code(cue.gender), code(cue.number), _flag(cue.object),
        code(cue.takes), code(cue.row), *map(code, governed), *[ABSENT] * (_GOVERNED - len(governed)),
        int(bool(cue.government)),
        int(cue.kind != VERB or not cue.government or not cue.government.isdisjoint(_BARE)),
    ]  # fmt: skip


class _Rows:
    """Rows by what they describe, in one growing array (columns × rows)."""

    __slots__ = ("array", "numbers", "owners", "width")

    def __init__(self, width: int) -> None:
        self.width = width
        self.clear()

    def clear(self) -> None:
        """Forget all rows."""
        self.numbers: dict[object, int] = {}
        self.owners: list[object] = []  # keys are identities: what they name must live on
        self.array: Any = None

    def add(self, key: object, owner: object, row: Sequence[int]) -> int:
        """Put in another row; returns its number."""
        import numpy as np

        number = len(self.numbers)
        if self.array is None or number >= self.array.shape[1]:
            grown = np.zeros((self.width, max(1024, 2 * number)), np.int64)
            if self.array is not None:
                grown[:, :number] = self.array[:, :number]
            self.array = grown
        self.array[:, number] = row
        self.numbers[key] = number
        self.owners.append(owner)
        return number


_TOKENS, _CUES = _Rows(len(COLUMNS)), _Rows(len(CUE_COLUMNS))  # caches, not settings


@dataclass(frozen=True, slots=True)
class Grid:
    """A text as columns.

    Attributes:
        ctx: the text.
        array: ``COLUMNS`` × tokens; the first row is that of *before the text*, the last one that of *behind it*.
        bits: the last column.
        inside: for each token the number of the innermost quotation around it, -1 outside.
        first, end: the bounds of the unit of each token.
        quote_open, quote_close: tokens of the marks of each quotation; one more at the end, for *none* (-1).
        last_word: for each token (and the end of the text) the token after the last word or number before it.
        next_word: for each token itself or the next word or number, the size of the text where there is none.
        may_end: for each token whether something closes before it, right behind a word: a mark, a new clause, a cue.
        counts: name → how many tokens of a kind stand before each token (``commas`` ...).
    """

    ctx: Context
    array: Codes
    bits: Places
    inside: Places
    first: Places
    end: Places
    quote_open: Places
    quote_close: Places
    last_word: Places
    next_word: Places
    may_end: Any
    counts: Any

    def at(self, tokens: Places) -> Callable[[str], Codes]:
        """The columns by name at ``tokens``; what lies beyond the text counts as one token on each side."""
        array, places = self.array, tokens + 1

        def column(name: str) -> Codes:
            found: Codes = array[_AT[name]].take(places, mode="clip")
            return found

        return column

    def bit(self, mask: int, at: Places) -> Places:
        """Whether the tokens ``at`` have one of the bits of ``mask``."""
        found: Places = (self.bits.take(at + 1, mode="clip") & mask) != 0
        return found


def grid(ctx: Context) -> Grid:
    """Set a text out in columns."""
    import numpy as np

    if trim() or len(_TOKENS.numbers) > _MOST_ROWS:
        _TOKENS.clear()
        _CUES.clear()
        tables.clear()
    known = _TOKENS.numbers
    keys = [id(t) if t is not None else pair
            for t, pair in zip(ctx.tags, zip(ctx.symbols, ctx.words.forms, strict=True), strict=True)]  # fmt: skip
    numbers = [*map(known.get, (_BEFORE, *keys, _BEHIND))]
    if None in numbers:
        _describe(ctx)
        numbers = [*map(known.get, (_BEFORE, *keys, _BEHIND))]
    array = _TOKENS.array.take(np.array(numbers, np.int64), axis=1, mode="clip")
    bits = array[-1]
    units = np.array(ctx.units, np.int64).reshape(-1, 2)
    quotes = [(q.open, q.close) for q in ctx.quotes]
    opened = np.array([*quotes, (-1, -1)], np.int64)

    held = np.zeros((len(_COUNTED), len(ctx) + 1), np.int64)
    np.cumsum((bits[1:-1] & np.array([[mask] for mask in _COUNTED.values()])) != 0, axis=1, out=held[:, 1:])
    counts = SimpleNamespace(
        **dict(zip(_COUNTED, held, strict=True)), brackets=_last(bits, OPENS, CLOSES), marks=_last(bits, OPENED, CLOSED)
    )
    size = len(ctx)
    is_word = (bits & IS_WORD) != 0
    last = np.where(is_word[:-1], np.arange(size + 1), 0)
    following = np.where(is_word[1:], np.arange(size + 1), size)
    return Grid(
        ctx=ctx, array=array, bits=bits, inside=np.array(ctx.inside, np.int64), first=units[:, 0], end=units[:, 1],
        quote_open=opened[:, 0], quote_close=opened[:, 1],
        last_word=np.maximum.accumulate(last), next_word=np.minimum.accumulate(following[::-1])[::-1],
        may_end=is_word[:-1] & ((bits[1:] & MAY_END) != 0),
        counts=counts,
    )  # fmt: skip


def _describe(ctx: Context) -> None:
    """Set out the tokens that were not seen before."""
    known = _TOKENS.numbers
    for key in (_BEFORE, _BEHIND, *zip(ctx.symbols, ctx.words.forms, strict=True)):
        if key not in known:
            _TOKENS.add(key, None, _mark_row(*key))
    for t in ctx.tags:
        if t is not None and id(t) not in known:
            _TOKENS.add(id(t), t, _tag_row(t))


def _last(bits: Places, opens: int, closes: int) -> Places:
    """For each token the place of the last mark before it where that opens, else -1."""
    import numpy as np

    own = bits[1:-1]
    places = np.where(own & (opens | closes), np.arange(len(own)) * 2 + ((own & opens) != 0), -1)
    last = np.concatenate(([-1], np.maximum.accumulate(places))) if len(places) else np.array([-1])
    return np.where(last & 1, last >> 1, -1)


@dataclass(frozen=True, slots=True)
class Sites:
    """Possible cues as columns.

    Attributes:
        sites: the cues.
        array: ``CUE_COLUMNS`` × cues.
        token, after: first token and the token after the last.
    """

    sites: Sequence[Site]
    array: Codes
    token: Places
    after: Places

    def column(self, name: str) -> Codes:
        """A column of all cues."""
        found: Codes = self.array[_CUE_AT[name]]
        return found

    def governs(self) -> Codes:
        """The codes of the words that the cues govern: up to six × cues."""
        found: Codes = self.array[_CUE_AT["governs0"] : _CUE_AT["governs0"] + _GOVERNED]
        return found

    def of(self, numbers: Places) -> Sites:
        """The cues with these numbers, which may recur (``sites`` stays as it is)."""
        return Sites(self.sites, self.array.take(numbers, axis=1), self.token.take(numbers), self.after.take(numbers))


_CUE_AT = {name: n for n, name in enumerate(CUE_COLUMNS)}


def cue_number(cue: Cue) -> int:
    """The number of the row of a cue."""
    number = _CUES.numbers.get(id(cue))
    return _CUES.add(id(cue), cue, _cue_row(cue)) if number is None else number


def sites_of(sites: Sequence[Site]) -> Sites:
    """Set cues out in columns."""
    import numpy as np

    numbers = np.array([cue_number(s.cue) for s in sites], np.int64)
    if not len(numbers):
        return Sites(sites, np.zeros((len(CUE_COLUMNS), 0), np.int64), numbers, numbers)
    token = np.array([s.token for s in sites], np.int64)
    after = np.array([s.end for s in sites], np.int64)
    return Sites(sites, _CUES.array.take(numbers, axis=1), token, after)


class _Tables(dict[object, Any]):
    """Codes of numbers and other small closed sets, by name."""


tables = _Tables()  # a cache, not a setting


def numbered(values: Places, high: int = _BIG, low: int = 0) -> Codes:
    """The codes of numbers, those beyond ``low`` and ``high`` taken as these."""
    found = tables.get((low, high))
    if found is None:
        found = tables[low, high] = coded([str(n) for n in range(low, high + 1)])
    out: Codes = found.take(values - low if low else values, mode="clip")
    return out


def bucketed(values: Places) -> Codes:
    """The codes of numbers on a coarse scale (``scale.bucket``)."""
    found = tables.get("buckets")
    if found is None:
        found = tables["buckets"] = coded([bucket(n) for n in range(-1, _BIG + 1)])
    out: Codes = found.take(values + 1, mode="clip")
    return out


def flags(values: Any) -> Codes:
    """The codes of truth values."""
    import numpy as np

    out: Codes = np.where(values, code("True"), code("False"))
    return out


def chosen(conditions: Sequence[Any], strings: Sequence[str], otherwise: str) -> Codes:
    """For each place the code of the string of the first condition that holds."""
    import numpy as np

    out: Codes = np.full(conditions[0].shape, code(otherwise), np.int64)
    for condition, string in zip(reversed(conditions), reversed(strings), strict=True):
        out[condition] = code(string)
    return out


def coded(strings: Sequence[str]) -> Codes:
    """The codes of strings."""
    import numpy as np

    return np.array(list(map(code, strings)), np.int64)


def ahead_listed(found: Places) -> Codes:
    """The classes of ``AHEAD`` in bits, joined to strings."""
    import numpy as np

    names = tables.get("ahead")
    if names is None:
        joined = ["+".join(name for n, name in enumerate(AHEAD) if bits >> n & 1) for bits in range(1 << len(AHEAD))]
        names = tables["ahead"] = np.array([code(j) for j in joined], np.int64)
    out: Codes = names.take((found >> _AHEAD_SHIFT) & ((1 << len(AHEAD)) - 1))
    return out
