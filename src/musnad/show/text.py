"""The terminal view: one article and its statements, made to be read.

``lines`` lays a reading out as directed, styled lines; ``render`` prints them in the order that the terminal
needs (see ``show.bidi``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from musnad.show.bidi import Line, Order, Segment, draw, first_strong_rtl, wrap, wrap_segments
from musnad.show.labels import Lang, label
from musnad.show.view import Card, at, cards, folded_spans, name_of, pieces, printable, words_in
from musnad.types import Reading, Span, Verification

BADGES = {
    "unverified": ("⚠", "warn"),
    "verified": ("✓", "good"),
    "denied": ("✗", "bad"),
    "no-comment": ("…", "warn"),
    "unclaimed": ("?", "warn"),
}
_INDENT = 4
_GAP = "  "
_LONGEST_NAME = 40  # cells of a name in a chain; the head of the statement has it whole
# From the speaker's words to the article: the arrow is no mirrored character, so it is chosen by direction.
_ARROW = {True: " → ", False: " ← "}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the view is drawn.

    Attributes:
        lang: language of the labels.
        columns: cells of a line.
        colour: whether ANSI colours are used.
        order: order of the letters of a line.
        unfold: whether folded words are shown.
    """

    lang: Lang = "en"
    columns: int = 88
    colour: bool = False
    order: Order = "logical"
    unfold: bool = False

    @property
    def rtl(self) -> bool:
        """Whether the labels, and with them the page, run from right to left."""
        return self.lang == "ar"

    def say(self, key: str) -> str:
        """The label ``key`` in the language of the labels."""
        return label(key, self.lang)


def render(reading: Reading, *, look: Look | None = None) -> str:
    """The terminal view of ``reading``, with a line break at its end."""
    look = look or Look()
    drawn = (draw(x, order=look.order, columns=look.columns, colour=look.colour) for x in lines(reading, look=look))
    return "\n".join(drawn) + "\n"


def lines(reading: Reading, *, look: Look) -> Iterator[Line]:
    """The view as lines: head, statements, verifications, notes."""
    shown = cards(reading)
    yield from _head(reading, shown, look)
    hidden = () if look.unfold else folded_spans(reading)
    for card in shown:
        yield Line(())
        yield from _statement(reading, card, hidden, look)
    if not shown:
        yield Line(())
        yield Line((Segment(look.say("view.no-statements")),), look.rtl, 1)
    if reading.verifications:
        yield from _title("view.verification-title", look)
        for verification in reading.verifications:
            yield from _verification(reading, verification, look)
    if reading.times:
        yield from _title("view.times", look)
        told = dict.fromkeys((t.value, " ".join((at(reading, t.span) or "").split())) for t in reading.times)
        yield from _row([Segment(f"{said} {value}") for value, said in told], look, _INDENT)
    if reading.notes:
        yield from _title("view.notes", look)
        for note in reading.notes:
            text = f"{note.code}: {printable(note.text)}"
            yield from (Line((Segment(part),), False, _INDENT) for part in wrap(text, look.columns - _INDENT))


def _rule(look: Look) -> Line:
    return Line((Segment("─" * look.columns, "dim"),))


def _title(key: str, look: Look) -> Iterator[Line]:
    yield Line(())
    yield Line((Segment(look.say(key), "bold"),), look.rtl, 1)


def _head(reading: Reading, shown: tuple[Card, ...], look: Look) -> Iterator[Line]:
    yield _rule(look)
    title = printable(reading.title or "")
    for part in wrap(title, look.columns - 2) if title else ():
        yield Line((Segment(part, "bold"),), first_strong_rtl(title), 1)
    facts = [printable(reading.outlet or ""), reading.published or "", printable(reading.id)]
    yield from _row([Segment(f, "dim" if n else "bold") for n, f in enumerate(facts) if f], look, 1)
    speakers = {c.statement.speaker.entity for c in shown if c.statement.speaker and c.statement.speaker.entity}
    counts = [("view.statements", len(shown)), ("view.speakers", len(speakers))]
    counts.append(("view.anonymous-count", sum(c.statement.anonymous for c in shown)))
    counts.append(("view.verifications", len(reading.verifications)))
    yield from _row([Segment(f"{look.say(key)}: {n}") for key, n in counts if n or key == "view.statements"], look, 1)
    yield _rule(look)


def _row(segments: list[Segment], look: Look, indent: int, gap: str = " · ") -> Iterator[Line]:
    """Segments side by side with ``gap`` between them, in the direction of the page."""
    spread: list[Segment] = []
    for number, segment in enumerate(segments):
        if number:
            spread.append(Segment(gap, "dim"))
        spread.append(segment)
    for part in wrap_segments(spread, look.columns - indent):
        yield Line(part[:-1] if part[-1].text == gap else part, look.rtl, indent)


def _statement(reading: Reading, card: Card, hidden: tuple[Span, ...], look: Look) -> Iterator[Line]:
    s = card.statement
    head = [Segment(f"{card.number:>2}  "), Segment(card.speaker or look.say("view.nobody"), "speaker"), Segment(_GAP)]
    head += [Segment(card.cue, "cue")]
    if card.addressee:
        head += [Segment(f" {look.say('view.to')} "), Segment(card.addressee)]
    for part in wrap_segments(head, look.columns):
        yield Line(part, look.rtl)
    yield from _row(_facts(card, look), look, _INDENT)
    for number, span in enumerate(s.content):
        marks = ("«" if number == 0 else "… ", "»" if number == len(s.content) - 1 else "")
        yield from _content(reading, span, hidden, look, marks if s.form == "direct" else (marks[0].strip("«"), ""))
    yield from _chain(card, look)


def _facts(card: Card, look: Look) -> list[Segment]:
    s = card.statement
    facts = [Segment(look.say(f"act.{s.act}")), Segment(look.say(f"form.{s.form}"))]
    if s.confidence is not None:
        facts.append(Segment(f"{look.say('view.confidence')} {s.confidence:.0%}", "dim"))
    facts += [_badge(v, look) for v in card.verifications]
    if s.anonymous:
        facts.append(Segment(look.say("view.anonymous"), "warn"))
    if s.stance != "neutral":
        facts.append(Segment(look.say(f"stance.{s.stance}"), "warn"))
    if card.speaker and card.written is None:
        facts.append(Segment(look.say("view.carried"), "dim"))
    return facts + [Segment(look.say(f"label.{name}"), "bad") for name in s.labels]


def _badge(verification: Verification, look: Look) -> Segment:
    sign, style = BADGES[verification.status]
    return Segment(f"{sign} {look.say(f'status.{verification.status}')}", style)


def _content(
    reading: Reading, span: Span, hidden: tuple[Span, ...], look: Look, marks: tuple[str, str]
) -> Iterator[Line]:
    """The words of a statement, right to left, folded ones replaced by a note; marks only round verbatim speech."""
    parts = []
    for part, folded in pieces(span, hidden):
        text = at(reading, part) or ""
        if folded and text:
            text = f"[{look.say('view.folded').format(n=words_in(text))}]"
        parts.append(text)
    text = " ".join(p for p in parts if p)
    text = marks[0] + text + marks[1]
    rtl = first_strong_rtl(at(reading, span) or "")
    style = "fold" if any(folded for _, folded in pieces(span, hidden)) else ""
    for row in wrap(text, look.columns - 2 * _INDENT):
        yield Line((Segment(row, style),), rtl, _INDENT)


def _chain(card: Card, look: Look) -> Iterator[Line]:
    names = [Segment(f"{look.say('view.chain')}: ", "dim")]
    for number, node in enumerate(card.chain):
        if number:
            names.append(Segment(_ARROW[look.rtl], "dim"))
        name = node.name or look.say("view.this-article" if node.role == "outlet" else "view.nobody")
        short = next(wrap(name, _LONGEST_NAME), "")
        names.append(Segment(short + "…" * (short != name), "speaker" if node.role == "speaker" else ""))
    for part in wrap_segments(names, look.columns - _INDENT):
        yield Line(part, look.rtl, _INDENT)


def _verification(reading: Reading, verification: Verification, look: Look) -> Iterator[Line]:
    head = [_badge(verification, look)]
    by = verification.by
    who = (at(reading, by.span) or name_of(reading, by.entity)) if by else None
    if who:
        head.append(Segment(f"{look.say('view.by')} {who}"))
    target = verification.target
    if target and target.span:
        head.append(Segment(f"{look.say('view.about')} {at(reading, target.span)}"))
    yield from _row(head, look, _INDENT)
    text = at(reading, verification.span) or ""
    for row in wrap(text, look.columns - 2 * _INDENT):
        yield Line((Segment(row),), first_strong_rtl(text), _INDENT)
