"""The features of places where content may end, in groups (``model.maxent``); ``find.ends`` gives the values."""

from __future__ import annotations

from musnad.find.tags import tag
from musnad.model.maxent import Group


def _mark(nxt: str, kind: str, cue: str) -> list[str]:
    return [f"E{nxt}", f"E{nxt}|{kind}", f"E{nxt}|{cue}"]


def _marks_ahead(nxt: str, after: str, kind: str) -> list[str]:
    return [f"E{nxt}|{after}", f"E{nxt}|{after}|{kind}"]


def _word(mark: str, cluster: str) -> list[str]:
    return [f"Ec{mark}|{cluster}"]


def _quote_mark(quote: str, nxt: str, after: str) -> list[str]:
    return [f"Eq{quote}|{nxt}|{after}"]


def _quote(quote: str, nxt: str, final: str, kind: str, broken: bool, inside: bool) -> list[str]:
    return [
        f"Eq{quote}",
        f"Eq{quote}|{nxt}",
        f"Eq{quote}|{final}|{kind}",
        f"Ebr{broken}",
        f"Ein{inside}|{nxt}",
    ]


def _final(final: str, kind: str, cue: str, lemma: str) -> list[str]:
    return [f"EF{final}", f"EF{final}|{kind}|{cue}", f"EF{final}|{lemma}"]


def _length(length: str, final: str, kind: str, nxt: str) -> list[str]:
    return [f"EF{final}|{length}", f"El{length}|{kind}", f"El{length}|{nxt}"]


def _next_cue(ncue: str, strength: str, word: str, nxt: str, kind: str, cue: str, earlier: bool) -> list[str]:
    return [
        f"Ecu{ncue}|{word}",
        f"Ecu{ncue}{strength}|{word}|{kind}",
        f"Ev{earlier}|{nxt}|{ncue}",
        f"Ek{cue}{kind}|{nxt}|{ncue}",
    ]


def _order(order: int, nxt: str) -> list[str]:
    return [f"Eo{order}|{nxt}"]


def _around(prev: str, nxt: str) -> list[str]:
    return [f"Ep{prev}|{nxt}"]


def _last(fine: str) -> list[str]:
    return [f"Epc{fine}"]


def _marks(commas: int, loose: int, left: int, final: str, nxt: str) -> list[str]:
    return [f"Em{commas}|{nxt}", f"Em{commas}|{final}", f"Eso{loose}|{final}", f"Er{left}|{final}"]


def _stops(opened: int, stops: int, nxt: str, kind: str, final: str) -> list[str]:
    return [f"Epa{opened}|{nxt}", f"Esp{stops}|{kind}|{final}"]


def _follows(word: str, particle: str, kind: str, cue: str) -> list[str]:
    return [f"Ex{word}|{particle}", f"Exk{word}|{particle}|{kind}|{cue}"]


def _conjoined(word: str, bare: str, quote: str, symbol: str, conj: str) -> list[str]:
    return [f"Exw{word}|{tag(bare).fine}", f"Exq{quote}|{symbol}|{conj}"]


def _lexical(lexical: frozenset[str], word: str) -> list[str]:
    return [f"Exl{name}|{word}" for name in lexical]


def _listed(listed: str, particle: str, kind: str, word: str, quote: str) -> list[str]:
    return [f"Exm{listed}|{particle}|{kind}", f"Exn{listed}|{word}|{quote}"]


def _others(ahead: str, distance: int, word: str, inside: int, cue: str) -> list[str]:
    return [
        f"A{ahead}{distance}|{word}",
        f"A{ahead}|{word}",
        f"A{ahead}{distance}|{min(inside, 2)}",
        f"Ai{inside}|{word}",
        f"Ai{inside}|{cue}",
    ]


def _taken(cut: int, taken: int, word: str) -> list[str]:
    return [f"Ac{cut}", f"At{taken}", f"At{taken}|{word}"]


END_GROUPS: tuple[Group, ...] = (
    _mark, _marks_ahead, _word, _quote_mark, _quote, _final, _length, _next_cue, _order, _around, _last, _marks,
    _stops, _others, _taken,
    _follows, _conjoined, _lexical, _listed,
)  # fmt: skip
