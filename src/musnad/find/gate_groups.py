"""The features of possible cues, in groups (``model.maxent``); ``find.gates`` gives the values."""

from __future__ import annotations

from musnad.find.tags import Cue
from musnad.model.maxent import Group


def _word(form: str, fine: str, conj: str, cues: tuple[Cue, ...], cue: Cue) -> list[str]:
    grammar = f"{cue.kind}{cue.tense[:2]}{cue.person}{cue.voice[:1]}"
    return [
        "b",
        f"l{cue.lemma}",
        f"f{form}",
        f"k{cue.kind}",
        f"s{cue.kind}{cue.strength}",
        f"g{grammar}",
        f"lg{cue.lemma}{grammar}",
        f"cj{conj}{cue.kind}{cue.strength}",
        f"ob{cue.object}{cue.kind}{cue.takes}",
        f"t{fine}",
        f"r{len(cues)}",
        *(f"ll{c.row}" for c in cues[1:]),
    ]


def _before(before: str, kind: str) -> list[str]:
    return [f"p{before}", f"pk{before}|{kind}"]


def _after(after: str, fine: str) -> list[str]:
    return [f"n{after}", f"nc{fine}"]


def _unit(comp: bool, quote: bool, kind: str, strength: int, act: str, lemma: str) -> list[str]:
    return [f"c{comp}{quote}{kind}{strength}", f"c{comp}{quote}{kind}{act}", f"cl{comp}{lemma}"]


def _place(inside: bool, initial: bool, kind: str, conj: str) -> list[str]:
    return [f"q{inside}{kind}", f"ini{initial}{kind}{conj}"]


def _met(met: str, near: str, cues: int, kind: str, strength: int) -> list[str]:
    return [f"o{met}|{kind}{strength}", f"o{met}|{near}|{cues}", f"o{met}|{near}|{kind}{strength}"]


def _met_by(met: str, cues: int, lemma: str) -> list[str]:
    return [f"o{met}|{lemma}", f"oc{cues}|{lemma}"]


def _level(level: str, kind: str, inside: bool) -> list[str]:
    return [f"G{level}", f"G{level}{kind}", f"Gi{inside}{level}"]


def _numbers(before: int, after: int, level: str, kind: str, strength: int) -> list[str]:
    return [
        f"Gb{before}{kind}{strength}",
        f"Ga{after}{kind}{strength}",
        f"Gl{min(before, 2)}{min(after, 2)}|{level}",
    ]


def _neighbours(previous: str, following: str, kind: str) -> list[str]:
    return [f"Gp{previous}|{kind}", f"Gf{following}|{kind}"]


CUE_GROUPS: tuple[Group, ...] = (_word, _before, _after, _unit, _place, _met, _met_by)


AROUND_GROUPS: tuple[Group, ...] = (_level, _numbers, _neighbours)
