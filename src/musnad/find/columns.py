"""What the models that choose among places are told of single tokens and cues, as rows of codes and bits."""

from __future__ import annotations

from functools import lru_cache

from musnad.find.context import CLOSE, COLON, COMMA, DASH, DIGITS, LINE, OPEN, SEMICOLON, STOP
from musnad.find.tags import VERB, Cue, Tag, word_classes
from musnad.model.codes import ABSENT, code

# Columns of tokens. The last one holds bits.
COLUMNS = (
    "symbol", "form", "fine", "bare", "bare_fine", "conj", "conj_or_none", "particle", "proclitic", "definite",
    "marked_definite", "cue", "cue_or_none", "strength", "strength_or_none", "lemma", "list1", "list2", "list3",
    "list4", "listed", "party", "key", "connector", "met", "npart", "beyond", "feminine", "bits",
)  # fmt: skip
AT = {name: n for n, name in enumerate(COLUMNS)}
_FORM, _BARE, _BARE_FINE, _MET, _KEY, _CONNECTOR = (
    AT[name] for name in ("form", "bare", "bare_fine", "met", "key", "connector")
)
(
    IS_TAG, HAS_CUES, HAS_PARTICLE, COMPLEMENTISER, REPORTS, TITLE, GIVEN, RELATIVE, IS_COMMA, IS_LOOSE, IS_FINAL,
    OPENS, CLOSES, IS_LINE, IS_STOP, IS_OPEN, BREAKS, PROCLITIC, OPENED, CLOSED, EDGE, IS_WORD,
    IS_COLON, IS_DASH, MAY_END, PREPOSITION_ALONE,
) = (1 << n for n in range(26))  # fmt: skip
AHEAD = ("adverbial", "agency", "medium", "outlet", "remark", "time")  # in alphabetical order
AHEAD_SHIFT = 56
MOST_ROWS = 65_536
FINAL = frozenset((STOP, LINE, "!", "?", "\u061f"))
_LOOSE = frozenset((SEMICOLON, COLON, DASH))
_EDGES = frozenset((COMMA, COLON, STOP, LINE, "(", ")", "-", OPEN, CLOSE, ";", "[", "]"))
_ENDING_MARKS = frozenset(
    (COMMA, SEMICOLON, COLON, STOP, DASH, "!", "?", "\u061f", "(", ")", "[", "]", "..", "...", LINE, CLOSE, OPEN)
)
_CLAUSE_OPENERS = frozenset(("conjunction", "preposition", "adverb", "relative"))
_CONNECTORS = frozenset(("remark", "adverbial", "time"))
_DIRECT = frozenset(("direct",))
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
GOVERNED = 6  # words that a cue may govern
CUE_COLUMNS = (
    "kind", "lemma", "act", "strength", "tense", "tense2", "person", "voice", "voice1", "gender", "number", "object",
    "takes", "row", *(f"governs{n}" for n in range(GOVERNED)), "governs", "bare_clause",
)  # fmt: skip


def _flag(value: bool) -> int:
    return code("True" if value else "False")


def _joined(classes: frozenset[str], shown: frozenset[str]) -> str:
    return "+".join(sorted(classes & shown)) if classes else ""


def tag_row(t: Tag) -> list[int]:
    """The columns of a word."""
    row = class_row(
        t.symbol, t.fine, t.conjunction, t.particle, t.proclitic, t.definite, t.lexical, t.cues[0] if t.cues else None,
        t.bare.endswith(_FEMININE),
    ).copy()  # fmt: skip
    row[_FORM] = form = code(t.form)
    row[_BARE] = form if t.bare == t.form else code(t.bare)
    if t.conjunction:
        row[_BARE_FINE] = code(word_classes(t.bare, t.bare)[1])
    if t.particle:
        row[_MET] = form
    if t.particle or t.cues:
        row[_KEY] = row[_CONNECTOR] = form
    return row


@lru_cache(maxsize=MOST_ROWS // 8)
def class_row(
    symbol: str, fine: str, conj: str, particle: str, proclitic: str, definite: bool, lexical: frozenset[str],
    first: Cue | None, feminine: bool,
) -> list[int]:  # fmt: skip
    """The columns that words of one kind share; those of the word itself are left open."""
    listed = sorted(lexical)
    lists = [code(name) for name in listed[:4]] + [ABSENT] * (4 - len(listed[:4]))
    cue, strength = (first.kind, str(first.strength)) if first else ("", "")
    bits = IS_TAG | IS_WORD | (HAS_CUES if first else 0) | (HAS_PARTICLE if particle else 0)
    bits |= COMPLEMENTISER if particle == "complementiser" else 0
    bits |= REPORTS if cue and cue in "va" else 0
    bits |= TITLE * ("title" in lexical) | GIVEN * ("given" in lexical) | RELATIVE * (particle == "relative")
    bits |= PROCLITIC * bool(proclitic) | EDGE * (symbol in _EDGES)
    bits |= PREPOSITION_ALONE * (particle == "preposition" and not conj)
    if first or conj or particle in _CLAUSE_OPENERS or not lexical.isdisjoint(_CONNECTORS):
        bits |= MAY_END
    for n, name in enumerate(AHEAD):
        bits |= (name in lexical) << (AHEAD_SHIFT + n)
    shown, conjunction, flag = _joined(lexical, _SHOWN), code(conj), _flag(definite)
    return [
        code(symbol), 0, code(fine), 0, code(fine), conjunction,
        conjunction if conj else ABSENT, code(particle), code(proclitic), flag, flag,
        code(cue), code(cue) if cue else ABSENT, code(strength), code(strength) if cue else ABSENT,
        code(first.lemma) if first else ABSENT, *lists, code(shown), code(_joined(lexical, _PARTIES)),
        code(symbol), code(""), code(proclitic), code((particle or proclitic) + conj),
        code(f"{shown}|{particle}{conj}{definite}"), _flag(feminine), bits,
    ]  # fmt: skip


def mark_row(symbol: str, form: str) -> list[int]:
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


def cue_row(cue: Cue) -> list[int]:
    """The columns of a reading of a word as a cue."""
    governed = sorted(cue.government)[:GOVERNED]
    return [
        code(cue.kind), code(cue.lemma), code(cue.act), code(str(cue.strength)), code(cue.tense), code(cue.tense[:2]),
        code(cue.person), code(cue.voice), code(cue.voice[:1]), code(cue.gender), code(cue.number), _flag(cue.object),
        code(cue.takes), code(cue.row), *map(code, governed), *[ABSENT] * (GOVERNED - len(governed)),
        int(bool(cue.government)),
        int(cue.kind != VERB or not cue.government or not cue.government.isdisjoint(_DIRECT)),
    ]  # fmt: skip
