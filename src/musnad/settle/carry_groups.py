"""The features of carried-over speakers, in groups (``model.maxent``); ``settle.carry`` gives the values."""

from __future__ import annotations

from musnad.model.maxent import Group


def _nobody(lemma: str, kind: str, voice: str, form: str, tense: str) -> list[str]:
    return ["N", f"Nl{lemma}", f"Nk{kind}{voice}", f"Nf{form}", f"Nt{tense}{kind}"]


def _level(
    level: str, peers: int, other: str, kind: str, conj: str, start: bool, rank: int, inside: str, same: bool
) -> list[str]:
    deep, cue, place = f"{level}{min(peers, 3)}", f"{kind}{conj}", f"r{min(rank, 5)}"
    return [
        f"v{deep}",
        f"v{deep}|{cue}",
        f"v{deep}|{min(rank, 3)}",
        f"v{deep}|{cue}{start}|{same}",
        f"v{level}|{other}{kind}",
        place,
        f"{place}{inside}",
        f"{place}{kind}{conj}",
        f"{place}{start}{conj}",
        f"{place}u{same}{kind}",
        f"u{same}{inside}",
    ]


def _head(shown: str, rank: int, kind: str, inside: str) -> list[str]:
    return [f"h{shown}r{min(rank, 2)}", f"hk{shown}{kind}{inside}"]


def _acts(act: str, other: str, rank: int) -> list[str]:
    return [f"a{act}{other}r{min(rank, 2)}"]


def _where(
    opening: str, ended: bool, earlier: bool, inside: str, rank: int, near: bool, bare: bool, same: bool, distance: str
) -> list[str]:
    low = min(rank, 2)
    return [
        f"w{opening}|{ended}{earlier}|{inside}",
        f"w{opening}|{ended}{earlier}|{low}{near}",
        f"x{opening}|{bare}|{same}|{low}",
        f"n{bare}r{low}",
        f"b{not earlier}{same}",
        f"z{distance}",
    ]


def _mark(before: str, rank: int, inside: str) -> list[str]:
    return [f"y{before}r{min(rank, 2)}{inside}"]


def _inside(inside: str, statements: int, kind: str, start: bool, tense: str, person: str, quoted: bool) -> list[str]:
    return [
        f"s{min(statements, 6)}{inside}",
        f"i{inside}",
        f"i{inside}{kind}",
        f"i{inside}{kind}{start}",
        f"i{inside}{tense}{person}",
        f"q{quoted}{inside}",
    ]


def _agree(told: str, gender: str, counted: str, number: str, rank: int) -> list[str]:
    place = f"r{min(rank, 3)}"
    return [f"g{told}{gender}", f"g{told}{gender}{place}", f"m{counted}{number}", f"m{counted}{number}{place}"]


def _sides(gap: int, rank: int, other: str, kind: str, other_side: str, side: str, same: bool) -> list[str]:
    return [f"p{min(gap, 3)}{min(rank, 3)}", f"c{other}{kind}{same}", f"d{other_side}{side}{same}"]


def _lemma(lemma: str, rank: int) -> list[str]:
    return [f"l{lemma}r{min(rank, 2)}"]


def _again(rank: int | None, same: bool, leads: bool, told: bool, kind: str) -> list[str]:
    """Where the speaker was named again; without a ``rank`` nowhere, and ``same`` is whether anybody was named."""
    if rank is None:
        return [f"o-{kind}", f"o-{same}"]
    place = min(rank, 3)
    return [f"o{place}{same}", f"o{leads}{same}{told}", f"o{leads}{same}{told}{kind}", f"o{place}{leads}{told}"]


def _weight(said: int, most: bool, first: bool, kind: str, rank: int) -> list[str]:
    return [f"k{said}r{rank}", f"k{most}r{rank}", f"k{first}{most}{kind}", f"k{first}r{rank}"]


def _topic(rank: int, same: bool, leads: bool, later: bool) -> list[str]:
    return ["T", f"Tr{min(rank, 4)}{same}", f"Tr{min(rank, 4)}{same}{leads}{later}"]


def _topic_cue(kind: str, same: bool, later: bool, conj: str, start: bool) -> list[str]:
    return [f"Tk{kind}{same}{later}{conj}{start}"]


def _topic_before(symbol: str, fine: str) -> list[str]:
    return [f"Tp{symbol}", f"Tpf{fine}"]


def _topic_word(fine: str, gender: str, number: str) -> list[str]:
    return [f"Tc{fine}", f"Tv{gender}{number}{fine}"]


def _topic_agrees(told: str, gender: str, counted: str, number: str) -> list[str]:
    return [f"Tg{told}{gender}{counted}{number}"]


def _topic_place(proclitic: bool, same: bool, leads: bool, alone: bool, inside: str, distance: str) -> list[str]:
    return [f"Tq{proclitic}{same}", f"Tl{alone}{same}{leads}", f"Ti{inside}{same}", f"Tz{distance}"]


def _topic_verb(gender: str, ending: str, leads: bool) -> list[str]:
    return [f"Tv{gender}{ending}{leads}"]


def _topic_after(symbol: str, same: bool) -> list[str]:
    return [f"Tn{symbol}{same}"]


def _topic_lists(shown: str, kind: str, leads: bool) -> list[str]:
    return [f"Tx{name}{kind}{leads}" for name in shown.split("+") if name]


NOBODY: tuple[Group, ...] = (_nobody,)
TURN: tuple[Group, ...] = (
    _level, _head, _acts, _where, _mark, _inside, _agree, _sides, _lemma, _again, _weight,
)  # fmt: skip
TOPIC: tuple[Group, ...] = (
    _topic, _topic_cue, _topic_before, _topic_word, _topic_agrees, _topic_place, _topic_verb, _topic_after,
    _topic_lists,
)  # fmt: skip
