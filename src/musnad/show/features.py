"""Names of the features that weigh in a decision, from the table ``show/features``.

The finders write features as short codes, a template and its values run together (see ``find.contents``). A row of
the table gives a template of one model (its prefix and the kinds of its values) a name in both languages; rows whose
model is ``@...`` name single values. Of all templates that fit a code the one with the longest prefix names it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from musnad.lexicon.loader import Row, rows
from musnad.show.labels import Lang, label
from musnad.types import ACTS

_CLASSES = "adverb auxiliary complementiser condition conjunction demonstrative exception negation preposition pronoun"
_CLASSES += " quantifier question relative time vocative"
_PARTICLE = "|".join(_CLASSES.split())
_SYMBOL = rf"{_PARTICLE}|Q[()]|/n|#0|\.{{1,3}}|[^\W\d_a-zA-Z]?\d+|[^\W\d_a-zA-Z]?u.|[^a-zA-Z|]{{0,3}}"
_MARK = r"Q[()]|#0|/n|[^\sa-zA-Z|]{1,3}"
_MARKS = r"Q[()]|#0|/n|[^\sa-zA-Z|]"
_CONJ, _PROCLITIC = "[\u0648\u0641]?", "[\u0628\u0644\u0643]?"
_LISTS = "[a-z~?+-]*"
_KIND = "nextquote|next|near|comp|prep|quote|colon|procl|bare|unit|comma|number|verb"
# Kind of value → what it looks like. A code is some dozens of letters, so that backtracking stays bounded.
_LOOKS: Mapping[str, str] = MappingProxyType(
    {
        "word": "[^|]*?",
        "sym": _SYMBOL,
        "one": _SYMBOL.replace("{0,3}", "{1,3}?"),  # another follows
        "cls": r"\d+|u.{0,2}|Q[()]|#0|/n|[^a-zA-Z|\d]{0,3}",
        "path": "[^|]*",
        "met": "[^|]*",
        "omark": f"(?:{_MARK})?",
        "markw": f"w|{_MARK}",
        "marks": f"(?:{_MARK}){{0,3}}",
        "npart": "[^|]*",
        "lexsym": "[^|]*",
        "part": f"(?:{_PARTICLE})?",
        "lex": _LISTS,
        "row": "[a-z]+/[a-z_]+:.*",
        "cue": "[vapn-]",
        "ocue": "[vapn-]?",
        "str": r"\d?",
        "n": r"-?\d+",
        "d": r"\d",
        "len": r"-?\d*",
        "bool": "True|False",
        "dbool": "True|False|-?",
        "kind": _KIND,
        "side": "[ab]",
        "fside": "[ab]",
        "Side": "[AB]",
        "sidew": "after|before|around",
        "act": "|".join(ACTS),
        "tense": "past|present|subjunctive-jussive|imperative|pa|pr|su|im|",
        "person": "[123]?",
        "voice": "active|passive|either|[ape]|",
        "gender": r"both|[mf]\??|-|\?|",
        "number": "any|[sdp-]|",
        "takes": "none|addressee|content|",
        "conj": _CONJ,
        "proc": _PROCLITIC,
        "q": "c?[=<>]|0",
        "within": ",?=|[<o0]",
        "level": "[it][osnt]",
        "F": "[F-]",
        "edge": "[Le-]",
        "wr": "[-=<>]",
        "share": "[01hl]",
        "inside": "[on-]",
        "ahead": "[ab][vapn]|-",
        "num": r"-?\d+\.\d",
        "rest": r"\w+",
    }
)
# Kinds of values that are named by the rows of another kind.
_NAMED_AS: Mapping[str, str] = MappingProxyType(
    {
        "ocue": "cue",
        "dbool": "bool",
        "fside": "side",
        "Side": "side",
        "sidew": "side",
        "one": "sym",
        "omark": "sym",
        "markw": "sym",
    }
)
# Left out where they are empty: an absent clitic or an unknown tense says nothing to a reader.
_OPTIONAL = frozenset(("conj", "proc", "tense", "person", "voice", "gender", "number", "takes", "len", "str"))
_WORDS = frozenset(("sym", "cls", "path", "npart", "lexsym", "part", "word"))
_SLOT = re.compile(r"\{(\w+)\}")
Members = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Template:
    """One row of the table that names a template: the row, the kinds of its values, and what its codes look like."""

    row: Row
    kinds: tuple[str, ...]
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def _templates() -> Mapping[str, tuple[Template, ...]]:
    """Model → its templates, longest prefix first, then in the order of the table."""
    found: dict[str, list[Template]] = {}
    for row in rows("show/features"):
        if row["model"].startswith("@"):
            continue
        parts = _SLOT.split(row["values"])
        body = "".join(f"({_LOOKS[part]})" if n % 2 else re.escape(part) for n, part in enumerate(parts))
        pattern = re.compile(re.escape(row["prefix"]) + body, re.DOTALL)
        found.setdefault(row["model"], []).append(Template(row, tuple(parts[1::2]), pattern))
    ordered = {model: sorted(those, key=lambda t: -len(t.row["prefix"])) for model, those in found.items()}
    return MappingProxyType({model: tuple(those) for model, those in ordered.items()})


@lru_cache(maxsize=1)
def _values() -> Mapping[tuple[str, str], Row]:
    return MappingProxyType(
        {(row["model"][1:], row["prefix"]): row for row in rows("show/features") if row["model"].startswith("@")}
    )


def parse(model: str, code: str) -> tuple[Template, tuple[str, ...]] | None:
    """The template of a feature of ``model`` and its values; None where the table has none for it."""
    for template in _templates().get(model, ()):
        if code.startswith(template.row["prefix"]) and (found := template.pattern.fullmatch(code)):
            return template, found.groups()
    return None


def class_numbers(model: str, code: str) -> tuple[str, ...]:
    """The word classes that a feature speaks of: ``f245`` fine, ``c60`` coarse."""
    found = parse(model, code)
    if found is None:
        return ()
    out = []
    for given, value in zip(found[0].kinds, found[1], strict=True):
        kind = _NAMED_AS.get(given, given)
        for part in value.split("_") if kind == "path" else (value,):
            digits = part if part.isdigit() else part[1:]
            if kind in _WORDS and kind != "word" and digits.isdecimal():
                out.append(("f" if kind == "cls" else "c") + digits)
    return tuple(out)


def named(model: str, code: str, lang: Lang, members: Members) -> tuple[str, tuple[str, ...]]:
    """A feature in words: the name of its template and its values; an unknown code stands as it is, without values.

    Args:
        model: ``start``, ``end``, ``mention``, ``mention-end``, ``form``, ``act``, ``anonymous``, ``carry`` or
            ``confidence``.
        code: the feature.
        lang: language of the words.
        members: word class (``f245``, ``c60``) → some of its words, as shown.
    """
    found = parse(model, code)
    if found is None:
        return code, ()
    template, values = found
    pairs = zip(template.kinds, values, strict=True)
    return template.row[_column(lang)], tuple(
        _value(kind, value, lang, members) for kind, value in pairs if value or kind not in _OPTIONAL
    )


def say(kind: str, key: str, lang: Lang) -> str:
    """The words of the table for a value of a kind (``slot``, ``text``); an unknown value stands as it is."""
    row = _values().get((kind, key))
    return row[_column(lang)] if row is not None else key


def _column(lang: Lang) -> str:
    return "arabic" if lang == "ar" else "english"


def _text(key: str, lang: Lang, **values: str) -> str:
    return _values()["text", key][_column(lang)].format(**values)


def _value(kind: str, value: str, lang: Lang, members: Members) -> str:
    kind = _NAMED_AS.get(kind, kind)
    known = _values().get((kind, value))
    if known is not None:
        return known[_column(lang)]
    if kind == "act":
        return label(f"act.{value}", lang)
    if kind in ("lex", "lexsym") and value and value[0].isascii() and value[0].isalpha():
        return " + ".join(_list(name, lang) for name in value.split("+"))
    if kind == "marks" and value:
        return " ".join(_word("sym", mark, lang, members) for mark in re.findall(_MARKS, value))
    if kind == "path":
        return " + ".join(_word("sym", part, lang, members) for part in value.split("_"))
    if kind in _WORDS:
        return _word(kind, value, lang, members)
    return value or _text("none", lang)


def _list(name: str, lang: Lang) -> str:
    """The name of a word list; ``~`` marks the further words of a phrase, ``?`` a name that is a common word too."""
    row = _values().get(("lex", name.rstrip("~?")))
    what = row[_column(lang)] if row else name
    if name.endswith("~"):
        return _text("within", lang, what=what)
    return _text("common", lang, what=what) if name.endswith("?") else what


def _word(kind: str, value: str, lang: Lang, members: Members) -> str:
    """A word, a mark, a function word or a word class, as people call it."""
    if not value:
        return _text("none", lang)
    known = _values().get(("sym", value))
    if known is not None:
        return known[_column(lang)]
    if kind == "word":
        return value
    if value.isdecimal():
        return _text("class", lang, number=value, members=members.get(("f" if kind == "cls" else "c") + value, "…"))
    if value[0] == "u" and len(value) <= 3:
        return _text("rare-definite", lang) if value == "ua" else _text("rare", lang, ending=value[1:])
    if kind != "cls" and not value[0].isascii() and (value[1:].isdecimal() or value[1:2] == "u"):
        return _text("prefixed", lang, letter=value[0], what=_word(kind, value[1:], lang, members))
    if kind == "npart" and (particle := _values().get(("sym", value[:-1]))):
        return f"{particle[_column(lang)]} ({value[-1]})"
    return value
