"""The features of mentions, in groups that depend on the same few values (``model.maxent``).

The functions of ``find.mentions`` give the values, aligned with ``NULL``, ``START``, ``ORDER`` and ``END``.
"""

from __future__ import annotations

from musnad.model.maxent import Group


def _null_cue(lemma: str, kind: str, conj: str) -> list[str]:
    return ["b", f"l{lemma}", f"k{kind}", f"k{kind}{conj}"]


def _null_gap(gap: str, kind: str, side: str, start: str, after: str) -> list[str]:
    return [f"g{gap}", f"g{gap}{kind}", f"gk{gap}{side}{start}", f"ag{gap}|{after}", f"s{side}{kind}"]


def _null_after(symbol: str, form: str, fine: str) -> list[str]:
    return [f"a{symbol}", f"af{form}", f"ac{fine}"]


def _null_before(symbol: str, form: str) -> list[str]:
    return [f"p{symbol}", f"pf{form}"]


def _null_form(form: str, tense: str, person: str, number: str, voice: str, kind: str) -> list[str]:
    return [f"f{form}", f"t{tense[:2]}{person}{number}", f"v{voice}{kind}"]


def _null_initial(initial: bool, kind: str, conj: str, gap: str) -> list[str]:
    return [f"i{initial}{kind}{conj}", f"i{initial}{kind}{conj}{gap}"]


def _null_object(obj: bool, kind: str, takes: str, conj: str, after: str, shown: str) -> list[str]:
    return [f"o{obj}{kind}", f"ot{obj}{takes}{conj}", f"ot{takes}|{after}", f"ol{takes}|{shown}"]


NULL: tuple[Group, ...] = (_null_cue, _null_gap, _null_after, _null_before, _null_form, _null_initial, _null_object)


def _cue(side: str, where: str, kind: str, lemma: str, distance: str) -> list[str]:
    return [
        f"S{side}{where}",
        f"S{side}{where}|{kind}",
        f"S{side}|{lemma}",
        f"Sd{side}{distance}",
        f"Sd{side}{distance}|{kind}{where}",
    ]


def _fine(side: str, fine: str, distance: str, kind: str) -> list[str]:
    return [f"Sc{side}{fine}", f"Sc{side}{fine}|{distance}", f"Sc{side}{fine}|{kind}"]


def _symbol(side: str, symbol: str, before: str) -> list[str]:
    return [f"Ss{side}{symbol}", f"Sps{side}{before}|{symbol}"]


def _next(side: str, symbol: str, follow: str) -> list[str]:
    return [f"Sn{side}{follow}", f"Ssn{side}{symbol}|{follow}"]


def _before(side: str, before: str, kind: str) -> list[str]:
    return [f"Sp{side}{before}", f"Spk{side}{before}|{kind}"]


def _previous(side: str, fine: str) -> list[str]:
    return [f"Spc{side}{fine}"]


def _next_fine(side: str, fine: str) -> list[str]:
    return [f"Snc{side}{fine}"]


def _between(
    side: str, commas: int, cues: int, particles: int, kind: str,
    conj: str, definite: bool, same: bool, cue: str, strength: int,
) -> list[str]:  # fmt: skip
    out = [f"Sm{side}{commas}", f"Sq{side}{cues}|{particles}", f"Sj{side}{conj}{definite}", f"Sw{side}{same}"]
    if cue:
        out.append(f"Su{side}{cue}{strength}")
    if side == "B":
        out.append(f"Sbm{commas}{cues}|{kind}")
    return out


def _particle(
    side: str, particle: str, proclitic: str, kind: str, distance: str,
    gender: str, number: str, feminine: bool, definite: bool,
) -> list[str]:  # fmt: skip
    agreement = f"{gender}{number}{feminine}{definite}"
    return [
        f"Sy{side}{particle}{proclitic}",
        f"Sy{side}{particle}{proclitic}|{kind}|{distance}",
        f"Sg{side}{agreement}",
        f"Sgd{side}{agreement}|{distance}",
    ]


def _takes(side: str, takes: str, obj: bool, distance: str, start: str) -> list[str]:
    return [f"Sto{side}{takes}{obj}|{distance}|{start}"]


def _lexical(side: str, lexical: frozenset[str], takes: str, distance: str, kind: str, proclitic: str) -> list[str]:
    out = []
    for name in lexical:
        out += [f"Slo{side}{name}|{takes}", f"Sl{side}{name}", f"Sl{side}{name}|{distance}"]
        out.append(f"Sl{side}{name}|{kind}{proclitic}")
    return out


def _gap(symbol: str, before: str, kind: str) -> list[str]:
    return [f"Sb{symbol}", f"Sbp{before}|{symbol}|{kind}"]


START: tuple[Group, ...] = (
    _cue, _fine, _symbol, _next, _before, _previous, _next_fine, _between, _particle, _takes, _lexical, _gap,
)  # fmt: skip


def _order(side: str, order: int, kind: str) -> list[str]:
    return [f"So{side}{order}", f"So{side}{order}|{kind}"]


ORDER: tuple[Group, ...] = (_order,)


def _edge(edge: str, length: str, fine: str) -> list[str]:
    return [f"E{edge}", f"E{edge}|{length}", f"El{length}", f"Esc{fine}|{edge}|{length}"]


def _mark(nxt: str, after: str, commas: int, edge: str, opened: int) -> list[str]:
    return [
        f"En{nxt}",
        f"En{nxt}|{after}",
        f"Eb{opened}|{nxt}",
        f"Em{commas}|{nxt}|{after}",
        f"Em{commas}|{nxt}|{edge}",
    ]


def _end_fine(fine: str) -> list[str]:
    return [f"Ec{fine}"]


def _end_last(fine: str) -> list[str]:
    return [f"Epc{fine}"]


def _end_particle(particle: str, commas: int, opened: int, cue: str) -> list[str]:
    return [f"Ey{particle}", f"Ey{particle}|{commas}{opened}", f"Eu{cue}|{particle}"]


def _definite(last: bool | str, following: bool | str, mark: str) -> list[str]:
    return [f"Ed{last}{following}|{mark}"]


def _end_lexical(previous: str, lexical: str) -> list[str]:
    return [f"Elx{previous}|{lexical}"]


def _inside(title: int, relative: int, nxt: str, edge: str) -> list[str]:
    return [f"Ets{title}|{nxt}", f"Er{relative}|{edge}", f"Er{relative}|{nxt}"]


def _given(given: int, previous: str, following: str) -> list[str]:
    return [f"Eg{given}|{previous}|{following}"]


def _beyond(nxt: str, fine: str, following: str | None) -> list[str]:
    return [f"Ea{nxt}|{fine}"] if following is None else [f"Ea{nxt}|{fine}", f"Eal{nxt}|{following}"]


END: tuple[Group, ...] = (
    _edge, _mark, _end_fine, _end_last, _end_particle, _definite, _end_lexical, _inside,
    _given, _beyond,
)  # fmt: skip
