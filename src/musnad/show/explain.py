"""The way to one statement, decision by decision: what ``musnad explain`` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from musnad.show.bidi import Line, Segment, draw, first_strong_rtl, wrap, wrap_segments
from musnad.show.features import named, say
from musnad.show.text import Look
from musnad.show.view import at, cards, folded_spans, words_in
from musnad.types import Reading, Span, TraceStep

_INDENT = 4
_FEATURES = 8
_RIVALS = 4
_MARGIN = 9  # cells of a weight


def render(reading: Reading, statement_id: str, steps: Iterable[TraceStep], *, look: Look | None = None) -> str:
    """The explanation of the statement ``statement_id`` of ``reading``, with a line break at its end."""
    look = look or Look()
    rows = lines(reading, statement_id, steps, look=look)
    return "\n".join(draw(row, order=look.order, columns=look.columns, colour=look.colour) for row in rows) + "\n"


def lines(reading: Reading, statement_id: str, steps: Iterable[TraceStep], *, look: Look) -> Iterator[Line]:
    """One block for each step: slot and words, rule and lexicon row, weighed features, rivals."""
    card = next(c for c in cards(reading) if c.statement.id == statement_id)
    who = card.speaker or look.say("view.nobody")
    head = (Segment(f"{statement_id}  ", "bold"), Segment(who, "speaker"), Segment("  "), Segment(card.cue, "cue"))
    yield Line(head)
    hidden = () if look.unfold else folded_spans(reading)
    for step in steps:
        yield Line(())
        yield from _step(reading, step, hidden, look)


def _step(reading: Reading, step: TraceStep, hidden: tuple[Span, ...], look: Look) -> Iterator[Line]:
    score = f"  {step.score:+.2f}" if step.score is not None else ""
    yield Line((Segment(say("slot", step.slot, look.lang), "bold"), Segment(score, "dim")), look.rtl)
    words = _words(reading, step.span, hidden, look)
    for part in wrap(words, look.columns - 2 * _INDENT):
        yield Line((Segment(part),), first_strong_rtl(words), _INDENT)
    yield Line((Segment(f"{say('text', 'rule', look.lang)}: ", "dim"), Segment(step.rule)), look.rtl, _INDENT)
    if step.row:
        yield Line((Segment(f"{say('text', 'lexicon', look.lang)}: ", "dim"), Segment(step.row)), look.rtl, _INDENT)
    for name, weight in step.features[:_FEATURES]:
        yield from _feature(name, weight, look)
    if len(step.features) > _FEATURES:
        lighter = say("text", "lighter", look.lang).format(n=len(step.features) - _FEATURES)
        yield Line((Segment(f"... {lighter}", "dim"),), look.rtl, _INDENT)
    title = f"{say('text', 'rivals', look.lang)}: "
    for number, (span, weight) in enumerate(step.rivals[:_RIVALS]):
        rival = _words(reading, span, hidden, look)
        room = look.columns - _INDENT - 20
        short = next(wrap(rival, room), "") if rival else say("text", "nothing", look.lang)
        cut = "…" if len(short) < len(rival) else ""
        row = (Segment(" " * len(title) if number else title, "dim"), Segment(f"{weight:+7.2f}  "))
        yield Line((*row, Segment(short + cut)), look.rtl, _INDENT)


def _feature(name: str, weight: float, look: Look) -> Iterator[Line]:
    """The weight of a feature, what it is, and its values, in the direction of the labels."""
    code, *known = name.split("\t")
    members = dict(item.split("=", 1) for item in known)
    model, colon, code = code.partition(":")
    words, values = named(model, code, look.lang, members) if colon else (model, ())
    segments = [Segment(words + (": " if values else ""))]
    for value in values:
        segments += [Segment(value, "bold"), Segment(" · ", "dim")]
    rows = wrap_segments(segments[:-1] if values else segments, look.columns - _INDENT - _MARGIN)
    style = "good" if weight > 0 else "bad"
    for number, row in enumerate(rows):
        margin = Segment(" " * _MARGIN) if number else Segment(f"{weight:+{_MARGIN - 2}.2f}  ", style)
        yield Line((margin, *row), look.rtl, _INDENT)


def _words(reading: Reading, span: Span | None, hidden: tuple[Span, ...], look: Look) -> str:
    """The words at ``span``; those that touch a folded passage give way to a note."""
    words = at(reading, span) or ""
    if span and any(start < span[1] and span[0] < end for start, end in hidden):
        return f"[{look.say('view.folded').format(n=words_in(words))}]"
    return words
