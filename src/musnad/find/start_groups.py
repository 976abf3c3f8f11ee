"""The features of places where content may begin, in groups (``model.maxent``); ``find.starts`` gives the values."""

from __future__ import annotations

from musnad.model.maxent import Group


def _side(side: str, kind: str, strength: int, lemma: str, act: str) -> list[str]:
    return [f"S{side}", f"S{side}|{kind}", f"S{side}|{lemma}", f"S{side}|{act}", f"S{side}|{kind}{strength}"]


def _order(side: str, order: int, cue: str, kind: str, takes: str, obj: bool) -> list[str]:
    return [f"S{side}|{order}", f"S{side}|{order}|{cue}", f"Sto{takes}{obj}|{kind}|{order}"]


def _distance(side: str, distance: str, cue: str) -> list[str]:
    return [f"Sd{side}|{distance}", f"Sd{side}|{distance}|{cue}"]


def _key(key: str, cue: str, distance: str) -> list[str]:
    return [f"Sf{key}", f"Sf{key}|{cue}", f"Sfd{key}|{distance}"]


def _key_place(key: str, order: int) -> list[str]:
    return [f"Sf{key}|{order}"]


def _own(fine: str, kind: str) -> list[str]:
    return [f"Sc{fine}|{kind}"]


def _before(before: str, fine: str, kind: str) -> list[str]:
    return [f"Sp{before}|{kind}", f"Spc{fine}|{kind}"]


def _next(symbol: str, fine: str, kind: str) -> list[str]:
    return [f"Sn{symbol}|{kind}", f"Snc{fine}|{kind}"]


def _between(kind: str, commas: int, cues: int, cue: str, side: str) -> list[str]:
    return [
        f"Sm{commas}|{kind}",
        f"Sm{commas}|{kind}|{cue}",
        f"Sq{cues}|{kind}",
        f"Sq{min(cues, 2)}|{kind}|{cue}|{side}",
    ]


def _earlier(kind: str, cue: str, comps: int, quotes: int, line: bool, stop: bool, crossing: bool) -> list[str]:
    return [
        f"Sco{comps}{quotes}{kind}",
        f"Sqo{quotes}{kind}|{cue}",
        f"Sl{line}{stop}{kind}",
        f"Sx{crossing}{kind}",
    ]


def _nearest(nearest: int, kind: str) -> list[str]:
    return [f"Sqn{nearest}|{kind}" if nearest else "Sqn-"]


def _governed(governed: bool, kind: str, order: int, cue: str, earlier: int) -> list[str]:
    return [f"Sg{governed}{kind}", f"Sg{governed}{kind}|{order}|{cue}", f"Sg{governed}{kind}|{earlier}"]


def _lexical(lexical: frozenset[str], kind: str, cue: str, takes: str, distance: str) -> list[str]:
    return [f for name in lexical for f in (f"Slx{name}|{kind}", f"Slx{name}|{kind}|{cue}{takes}|{distance}")]


def _party(party: str, kind: str, distance: str) -> list[str]:
    return [f"Stl{party}|{kind}|{distance}"]


def _quote(size: str, symbol: str, form: str) -> list[str]:
    return [f"Sz{size}", f"Sz{size}|{symbol}", f"Sy{symbol}", f"Syf{form}"]


def _after_quote(after: str, size: str, lemma: str) -> list[str]:
    return [f"Sza{after}", f"Sza{after}|{size}", f"Szl{after}|{lemma}"]


def _not_after(side: str, gap: str, cue: str, lemma: str, strength: int, last: str, following: str) -> list[str]:
    return [
        f"Sb{side}|{gap}|{cue}",
        f"Sb{side}|{gap}|{lemma}",
        f"Sbq{side}|{last}|{cue}{strength}",
        f"Sbn{side}|{following}|{cue}",
    ]


START_GROUPS: tuple[Group, ...] = (
    _side, _order, _distance, _key, _key_place, _own, _before, _next, _between, _earlier,
    _nearest, _governed, _lexical, _party, _quote, _after_quote, _not_after,
)  # fmt: skip
