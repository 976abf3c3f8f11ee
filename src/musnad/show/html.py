"""The page: an article with its statements marked, a card for each, chains drawn, verification shown.

One self-contained file: no script, nothing fetched, light and dark, made for print too. Labels stand in both
languages; which one shows is a matter of style sheet. Calls to violence stay folded until opened.
"""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from musnad.show.labels import Lang, label
from musnad.show.marks import escape, marks_of, paragraph, paragraphs
from musnad.show.text import BADGES
from musnad.show.view import Card, Node, at, cards, folded_spans, name_of, pieces, printable, words_in
from musnad.types import Entity, Reading, Span, Verification

_LINKED = 300  # statements with linked highlights: each costs two rules of style


@lru_cache(maxsize=1)
def _style() -> str:
    return Path(__file__).with_name("reading.css").read_text(encoding="utf-8")


def fragment(reading: Reading, *, lang: Lang = "en") -> str:
    """One reading with its style, to stand in a page of another, such as a notebook."""
    anchor = "m" + hashlib.sha256(f"{reading.id}\n{reading.text}".encode(errors="replace")).hexdigest()[:8]
    return f'<style>{_style()}</style><div class="musnad only-{lang}">{_article(reading, anchor)}</div>'


def page(readings: Iterable[Reading], *, lang: Lang = "en") -> str:
    """A whole page with ``readings``."""
    return "".join(page_parts(readings, lang=lang))


def page_parts(readings: Iterable[Reading], *, lang: Lang = "en") -> Iterator[str]:
    """The parts of the page in order, each article as soon as it is read.

    The list of articles comes last, so that none must be kept; the style sheet shows it first.
    """
    checked = {one: " checked" if one == lang else "" for one in ("ar", "en")}
    yield (
        '<!doctype html>\n<html lang="ar" dir="rtl">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<title>musnad</title>\n'
        f'<style>{_style()}</style>\n</head>\n<body class="musnad-page">\n<header class="musnad top">'
        f'<span class="brand"><b lang="ar">{html.escape(label("view.brand", "ar"))}</b> <i dir="ltr">musnad</i></span>'
        f'<fieldset class="lang"><legend>{_both("view.language")}</legend>'
        f'<label><input type="radio" name="lang" id="musnad-ar"{checked["ar"]}><span lang="ar">{_tongue("ar")}</span>'
        f'</label><label><input type="radio" name="lang" id="musnad-en"{checked["en"]}>'
        f'<span lang="en">{_tongue("en")}</span></label></fieldset></header>\n'
    )
    titles = []
    for number, reading in enumerate(readings, 1):
        titles.append((f"r{number}", _title(reading), len(reading.statements)))
        yield f'<main class="musnad">{_article(reading, f"r{number}")}</main>\n'
    if len(titles) > 1:
        rows = "".join(
            f'<li><a href="#{key}"><bdi>{title}</bdi></a> <small>{n}</small></li>' for key, title, n in titles
        )
        yield f'<nav class="musnad list"><h2>{_both("view.contents")}</h2><ol>{rows}</ol></nav>\n'
    yield f'<footer class="musnad foot">{_both("view.disclaimer")}</footer>\n</body>\n</html>\n'


def _tongue(lang: Lang) -> str:
    return html.escape(label("view.tongue", lang))


def _both(key: str, **values: object) -> str:
    """The label ``key`` in both languages; the style sheet shows one."""
    ar, en = (html.escape(label(key, lang).format(**values)) for lang in ("ar", "en"))
    return f'<span class="t" lang="ar">{ar}</span><span class="t" lang="en" dir="ltr">{en}</span>'


def _name(text: str) -> str:
    return f"<bdi>{html.escape(text)}</bdi>"


def _title(reading: Reading) -> str:
    return html.escape(printable(reading.title or "")) or _both("view.untitled")


def _article(reading: Reading, anchor: str) -> str:
    shown = cards(reading)
    hidden = folded_spans(reading)
    body = [f'<article id="{anchor}" dir="rtl" lang="ar">', _linked_style(anchor, min(len(shown), _LINKED))]
    body.append(_head(reading, shown))
    body.append(f'<div class="columns"><section class="text">{_text(reading, hidden, anchor)}{_legend()}</section>')
    rows = "".join(_card(reading, card, hidden, anchor) for card in shown)
    body.append(f'<section class="side"><ol class="cards">{rows}</ol>')
    if not shown:
        body.append(f'<p class="none">{_both("view.no-statements")}</p>')
    body += [_verifications(reading, shown, anchor), _people(reading, shown, anchor), _notes(reading)]
    body.append("</section></div></article>")
    return "".join(body)


def _linked_style(anchor: str, count: int) -> str:
    """Rules that light up the words of a card under the pointer, and the other way round."""
    rules = [
        f"#{anchor}:has(#{anchor}s{n}:hover) .s{n}{{background:var(--lit);outline:2px solid var(--lit)}}"
        f"#{anchor}:has(mark.s{n}:hover) #{anchor}s{n}{{border-color:var(--accent)}}"
        for n in range(1, count + 1)
    ]
    return f"<style>{''.join(rules)}</style>" if rules else ""


def _head(reading: Reading, shown: tuple[Card, ...]) -> str:
    facts = [_name(printable(fact)) for fact in (reading.outlet, reading.published) if fact]
    if reading.url and reading.url.startswith(("http://", "https://")):
        link = html.escape(reading.url)
        facts.append(f'<a href="{link}" rel="noreferrer noopener">{_both("view.source")}</a>')
    counts = [("view.statements", len(shown)), ("view.anonymous-count", sum(c.statement.anonymous for c in shown))]
    counts.append(("view.verifications", len(reading.verifications)))
    chips = "".join(f'<span class="count">{_both(key)} <b>{n}</b></span>' for key, n in counts if n)
    line = " <i>·</i> ".join(facts)
    return f'<header><h1>{_title(reading)}</h1><p class="facts">{line}</p><p class="counts">{chips}</p></header>'


def _text(reading: Reading, hidden: tuple[Span, ...], anchor: str) -> str:
    marks = marks_of(reading, hidden)
    seen: set[int] = set()
    out, first = [], 0
    for span in paragraphs(reading.text):
        while first < len(marks) and marks[first].end <= span[0]:
            first += 1
        within = [m for m in marks[first:] if m.start < span[1] and m.end > span[0]]
        inner = paragraph(reading.text, span, within, anchor=anchor, summary=_fold_summary, seen=seen)
        out.append(f'<div class="p">{inner}</div>')
    return "".join(out)


def _fold_summary(words: int) -> str:
    return _both("view.folded", n=words)


def _legend() -> str:
    kinds = (("mark", "content direct"), ("span", "cue"), ("span", "speaker"), ("span", "medium"), ("span", "relay"))
    rows = [f'<{tag} class="{c}">{_both(f"view.legend-{c.split()[0]}")}</{tag}>' for tag, c in kinds]
    rows.append(f'<span class="verification">{_both("view.legend-verification")}</span>')
    return f'<p class="legend">{" ".join(rows)}</p>'


def _badge(verification: Verification) -> str:
    sign, style = BADGES[verification.status]
    return f'<span class="badge {style}"><i>{sign}</i> {_both(f"status.{verification.status}")}</span>'


def _card(reading: Reading, card: Card, hidden: tuple[Span, ...], anchor: str) -> str:
    s = card.statement
    who = _name(card.speaker) if card.speaker else f"<em>{_both('view.nobody')}</em>"
    badges = [_badge(v) for v in card.verifications]
    if s.anonymous:
        badges.append(f'<span class="badge warn">{_both("view.anonymous")}</span>')
    if s.stance != "neutral":
        badges.append(f'<span class="badge warn">{_both(f"stance.{s.stance}")}</span>')
    badges += [f'<span class="badge bad">{_both(f"label.{html.escape(name)}")}</span>' for name in s.labels]
    to = f' <span class="to">{_both("view.to")} {_name(card.addressee)}</span>' if card.addressee else ""
    carried = f" <small>({_both('view.carried')})</small>" if card.speaker and card.written is None else ""
    return (
        f'<li class="card {s.form}{" folded" if card.folded else ""}" id="{anchor}s{card.number}">'
        f'<p class="who"><a class="n" href="#{anchor}t{card.number}" dir="ltr">{card.number}</a> <b>{who}</b>{carried} '
        f'<span class="act">{_both(f"act.{s.act}")}</span>{to}</p>'
        f'<p class="badges"><span class="badge">{_both(f"form.{s.form}")}</span>{"".join(badges)}</p>'
        f"<blockquote>{_quote(reading, card, hidden)}</blockquote>{_chain(card.chain)}{_more(card)}</li>"
    )


def _quote(reading: Reading, card: Card, hidden: tuple[Span, ...]) -> str:
    out = []
    for span in card.statement.content:
        parts = []
        for part, folded in pieces(span, hidden):
            words = html.escape(at(reading, part) or "")
            if folded:
                summary = _fold_summary(words_in(words))
                words = f'<details class="fold"><summary>{summary}</summary><span>{words}</span></details>'
            parts.append(words)
        out.append(" ".join(parts))
    return " … ".join(out)


def _chain(nodes: tuple[Node, ...]) -> str:
    rows = []
    for node in nodes:
        missing = "view.this-article" if node.role == "outlet" else "view.nobody"
        name = _name(node.name) if node.name else f"<em>{_both(missing)}</em>"
        role = _both(f"medium.{node.kind}" if node.kind else f"role.{node.role}")
        rows.append(f'<li class="{node.role}"><small>{role}</small>{name}</li>')
    return f'<ol class="chain">{"".join(rows)}</ol>'


def _more(card: Card) -> str:
    s = card.statement
    rows = [f"<dt>{_both('view.cue')}</dt><dd>{_name(card.cue)}</dd>"]
    if card.written and card.written != card.speaker:
        rows.append(f"<dt>{_both('view.as-written')}</dt><dd>{_name(card.written)}</dd>")
    if s.confidence is not None:
        bar = f'<i class="bar" style="--v:{max(0.0, min(1.0, s.confidence)):.2f}"></i>'
        rows.append(f'<dt>{_both("view.confidence")}</dt><dd dir="ltr">{s.confidence:.0%} {bar}</dd>')
    for e in s.evidence:
        why = " · ".join(html.escape(printable(x)) for x in (e.rule, e.row) if x)
        rows.append(f'<dt dir="ltr"><code>{html.escape(e.slot)}</code></dt><dd dir="ltr"><code>{why}</code></dd>')
    return f'<details class="more"><summary>{_both("view.evidence")}</summary><dl>{"".join(rows)}</dl></details>'


def _verifications(reading: Reading, shown: tuple[Card, ...], anchor: str) -> str:
    rows = []
    for v in reading.verifications:
        links = [c.number for c in shown if v in c.verifications]
        refs = " ".join(f'<a class="n" href="#{anchor}s{n}" dir="ltr">{n}</a>' for n in links)
        by = (at(reading, v.by.span) or name_of(reading, v.by.entity)) if v.by else None
        who = f" {_both('view.by')} {_name(by)}" if by else ""
        rows.append(f"<li>{_badge(v)}{who} {refs}<blockquote>{escape(reading.text[slice(*v.span)])}</blockquote></li>")
    title = _both("view.verification-title")
    return f'<h2>{title}</h2><ul class="checks">{"".join(rows)}</ul>' if rows else ""


def _people(reading: Reading, shown: tuple[Card, ...], anchor: str) -> str:
    said: dict[str, list[int]] = {}
    for card in shown:
        if card.statement.speaker and card.statement.speaker.entity:
            said.setdefault(card.statement.speaker.entity, []).append(card.number)
    rows = "".join(_person(e, said[e.id], anchor) for e in reading.entities if e.id in said)
    return f'<h2>{_both("view.people-title")}</h2><ul class="people">{rows}</ul>' if rows else ""


def _person(entity: Entity, numbers: list[int], anchor: str) -> str:
    also = " ".join(_name(printable(alias)) for alias in entity.aliases)
    also = f" <small>{_both('view.aliases')} {also}</small>" if also else ""
    refs = " ".join(f'<a class="n" href="#{anchor}s{n}" dir="ltr">{n}</a>' for n in numbers)
    kind = f'<span class="badge">{_both(f"kind.{entity.kind}")}</span>'
    return f"<li><b>{_name(printable(entity.name))}</b> {kind}{also} {refs}</li>"


def _notes(reading: Reading) -> str:
    rows = "".join(
        f'<li dir="ltr"><code>{html.escape(n.code)}</code> {html.escape(printable(n.text))}</li>' for n in reading.notes
    )
    return f'<h2>{_both("view.notes")}</h2><ul class="notes">{rows}</ul>' if rows else ""
