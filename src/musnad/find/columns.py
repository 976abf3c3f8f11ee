"""What the models that choose among places are told of single tokens and cues, as rows of codes and bits."""

from __future__ import annotations

from functools import lru_cache

from musnad.find.context import CLOSE, COLON, COMMA, DASH, DIGITS, LINE, OPEN, SEMICOLON, STOP
from musnad.find.tags import PREPOSITION, VERB, Cue, Tag, word_classes
from musnad.find.valuewords import kinds_of_form
from musnad.model.codes import ABSENT, code

# Columns of tokens. The last one holds bits.
COLUMNS = (
    "symbol", "form", "fine", "bare", "bare_fine", "key", "connector", "met", "beyond", "feminine",
    "conj", "conj_or_none", "particle", "proclitic", "definite", "marked_definite", "npart",
    "cue", "cue_or_none", "strength", "strength_or_none", "lemma",
    "list1", "list2", "list3", "list4", "list5", "listed", "party", "bits",
)  # fmt: skip
AT = {name: n for n, name in enumerate(COLUMNS)}
(
    IS_TAG, HAS_CUES, HAS_PARTICLE, COMPLEMENTISER, REPORTS, TITLE, GIVEN, RELATIVE, IS_COMMA, IS_LOOSE, IS_FINAL,
    OPENS, CLOSES, IS_LINE, IS_STOP, IS_OPEN, BREAKS, PROCLITIC, OPENED, CLOSED, EDGE, IS_WORD,
    IS_COLON, IS_DASH, MAY_END, PREPOSITION_ALONE,
    IS_PREPOSITION, CONJOINED, DATIVE, NO_SUBJECT, NO_SUBJECT_OF_VERBS, NO_NOUN, BEFORE_NOUNS,
    MEDIUM, RELAYING, TOLD, WRITTEN, PASSING, BARE_VERB, ENDS_IN_LAM, IS_LAM, CREDITS,
) = (1 << n for n in range(42))  # fmt: skip
VALUES_SHIFT = 44  # what a token may be in values (``find.valuewords``): ten bits
AHEAD = ("adverbial", "agency", "medium", "outlet", "remark", "time")  # in alphabetical order
AHEAD_SHIFT = 56
MOST_ROWS = 65_536
MOST_KINDS = 8_192
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
# Particles that no speaker opens with, none after a verb, no addressee; those that may open a noun phrase.
_NO_SUBJECT = frozenset(
    ("complementiser", "conjunction", "relative", "negation", "auxiliary", "exception", "condition")
)
_NO_SUBJECT_OF_VERBS = frozenset(("pronoun", "adverb", "question"))
_NO_NOUN = frozenset(("complementiser", "conjunction", "preposition", "relative"))
_BEFORE_NOUNS = frozenset(("preposition", "quantifier", "demonstrative"))
# Words that may open the mention of a medium, of a relay, of an addressee of the press; a cue that speaks itself.
_MEDIA = frozenset(("medium", "document", "platform"))
_RELAYS = frozenset(("agency", "outlet", "outlet?", "organisation", "head", "document", "medium", "anonymous", "title"))
_PRESS = frozenset(("agency", "outlet", "outlet?"))
_WRITINGS = frozenset(("document", "medium", "anonymous"))
_PASSING = ("speech/relays", "speech/prepositions")  # tables of words before a relay
_LAM = chr(0x644)
LISTS = 5  # that a word may be in; few are in more than two
GOVERNED = 6  # words that a cue may govern
CUE_COLUMNS = (
    "kind", "lemma", "act", "strength", "tense", "tense2", "person", "voice", "voice1", "gender", "number", "object",
    "takes", "row", *(f"governs{n}" for n in range(GOVERNED)), "governs", "bare_clause",
)  # fmt: skip


def _flag(value: bool) -> int:
    return code("True" if value else "False")


def _joined(classes: frozenset[str], shown: frozenset[str]) -> str:
    return "+".join(sorted(classes & shown)) if classes else ""


def tag_row(t: Tag) -> tuple[int, ...]:
    """The columns of a word."""
    affixes, tail, bits = _affix_columns(t.conjunction, t.proclitic, t.particle, t.definite)
    classes, shown, listed_bits = _listed_columns(t.lexical)
    symbol, fine, form = code(t.symbol), code(t.fine), code(t.form)
    bare, bare_fine = form, fine
    if t.conjunction:
        bare, bare_fine = code(t.bare), code(word_classes(t.bare, t.bare)[1])
    if t.cues:
        first = t.cues[0]
        cues, cue_bits = _cue_columns(first.kind, first.strength, first.lemma)
        if first.kind == VERB and first.tense == "present" and not t.definite and not t.lexical:
            bits |= BARE_VERB
        if any(cue.row.startswith(_PASSING) for cue in t.cues):
            bits |= PASSING
        if any(cue.kind == PREPOSITION and not cue.further for cue in t.cues):
            bits |= CREDITS
    else:
        cues, cue_bits = _cue_columns("", 0, "")
    if t.form[-1] == _LAM:
        bits |= ENDS_IN_LAM | IS_LAM * (t.form == _LAM)
    if t.particle == "relative" and t.form[0] == _LAM:  # *to whoever*
        bits = bits & ~NO_NOUN | DATIVE
    known = t.particle or t.cues
    return (
        symbol, form, fine, bare, bare_fine, form if known else symbol, form if known else code(""),
        form if t.particle else code(t.proclitic), code(f"{shown}|{tail}"), _flag(t.bare.endswith(_FEMININE)),
        *affixes, *cues, *classes, bits | listed_bits | cue_bits | kinds_of_form(t.form) << VALUES_SHIFT,
    )  # fmt: skip


@lru_cache(maxsize=MOST_KINDS)
def _affix_columns(conj: str, proclitic: str, particle: str, definite: bool) -> tuple[tuple[int, ...], str, int]:
    """What the clitics of a word tell, or what particle it is: columns, the end of ``beyond``, bits."""
    conjunction, flag = code(conj), _flag(definite)
    bits = IS_TAG | IS_WORD | HAS_PARTICLE * bool(particle) | PROCLITIC * bool(proclitic)
    bits |= COMPLEMENTISER * (particle == "complementiser") | RELATIVE * (particle == "relative")
    bits |= PREPOSITION_ALONE * (particle == "preposition" and not conj)
    bits |= MAY_END * (bool(conj) or particle in _CLAUSE_OPENERS)
    bits |= IS_PREPOSITION * (particle == "preposition") | CONJOINED * bool(conj) | DATIVE * (proclitic == _LAM)
    bits |= NO_SUBJECT * (particle in _NO_SUBJECT) | NO_SUBJECT_OF_VERBS * (particle in _NO_SUBJECT_OF_VERBS)
    bits |= NO_NOUN * (particle in _NO_NOUN) | BEFORE_NOUNS * (particle in _BEFORE_NOUNS)
    columns = (
        conjunction, conjunction if conj else ABSENT, code(particle), code(proclitic), flag, flag,
        code((particle or proclitic) + conj),
    )  # fmt: skip
    return columns, f"{particle}{conj}{definite}", bits


@lru_cache(maxsize=MOST_KINDS)
def _cue_columns(kind: str, strength: int, lemma: str) -> tuple[tuple[int, ...], int]:
    """What the first reading of a word as a cue tells, ``kind`` "" where it has none: columns and bits."""
    if not kind:
        return (code(""), ABSENT, code(""), ABSENT, ABSENT), 0
    own, strong = code(kind), code(str(strength))
    return (own, own, strong, strong, code(lemma)), HAS_CUES | MAY_END | REPORTS * (kind in "va")


@lru_cache(maxsize=MOST_KINDS)
def _listed_columns(lexical: frozenset[str]) -> tuple[tuple[int, ...], str, int]:
    """What the classes tell in which a word is listed: columns, those that are shown, bits."""
    names = [code(name) for name in sorted(lexical)[:LISTS]]
    shown = _joined(lexical, _SHOWN)
    bits = TITLE * ("title" in lexical) | GIVEN * ("given" in lexical) | MAY_END * (not lexical.isdisjoint(_CONNECTORS))
    for bit, names_of in ((MEDIUM, _MEDIA), (RELAYING, _RELAYS), (TOLD, _PRESS), (WRITTEN, _WRITINGS)):
        bits |= bit * (not lexical.isdisjoint(names_of))
    for n, name in enumerate(AHEAD):
        bits |= (name in lexical) << (AHEAD_SHIFT + n)
    return (*names, *[ABSENT] * (LISTS - len(names)), code(shown), code(_joined(lexical, _PARTIES))), shown, bits


def forget_kinds() -> None:
    """Forget the columns that words share."""
    for kept in (_affix_columns, _cue_columns, _listed_columns):
        kept.cache_clear()


def mark_row(symbol: str, form: str) -> tuple[int, ...]:
    """The columns of a mark, a number, a break, or of what lies beyond the text."""
    none, own = code(""), code(symbol)
    bits = _MARKS.get(symbol, 0) | EDGE * (symbol in _EDGES) | IS_WORD * (symbol == DIGITS)
    bits |= IS_COLON * (symbol == COLON) | IS_DASH * (symbol == DASH) | MAY_END * (symbol in _ENDING_MARKS)
    bits |= IS_LINE * (symbol == LINE) | IS_STOP * (symbol == STOP) | IS_OPEN * (symbol == OPEN)
    bits |= kinds_of_form(form) << VALUES_SHIFT
    bits |= BREAKS * (symbol in (OPEN, COLON)) | OPENED * (symbol in ("(", OPEN)) | CLOSED * (symbol in (")", CLOSE))
    bits |= ENDS_IN_LAM * form.endswith(_LAM)
    return (
        own, code(form), own, code(form), own, own, none, own, ABSENT, _flag(False),
        none, ABSENT, none, none, _flag(False), none, own,
        none, ABSENT, none, ABSENT, ABSENT,
        *[ABSENT] * LISTS, none, none, bits,
    )  # fmt: skip


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
