"""HTML → the article on the page: main text, title, outlet and date.

Two ways to the main text. The fast one needs resiliparse only: where one element holds nearly all paragraphs of
the page, these paragraphs are the article. Else trafilatura (Barbaresi 2021) decides, set to precision. What
neither can read is stripped of its tags and read with a note. Dates are taken from what a page declares, from its
address or from its dateline, never from a guess at a figure somewhere on it: pages print the day of the visit.

Both libraries are loaded on first use; they come with ``pip install "musnad[html]"``.
"""

from __future__ import annotations

import html as entities
import importlib
import json
import re
from collections.abc import Iterator
from typing import Any

from musnad.errors import MarkupError, MissingExtra
from musnad.read.dateline import find_dateline, publication_date
from musnad.read.decode import decode
from musnad.read.moments import publication_moment
from musnad.types import Article, Note

_META_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?([\w:-]{2,40})", re.IGNORECASE)
_DROPPED = re.compile(r"<!--|<(script|style|svg|template|noscript)\b", re.IGNORECASE)
_LD_JSON = re.compile(r"<script[^<>]{0,200}ld\+json", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})([^<>]*)>")
_ANY_TAG = re.compile(r"<[/!?]?[a-zA-Z][^<>]*>")
_BLOCK_TAG = re.compile(r"</?(?:p|div|br|h[1-6]|li|ul|ol|tr|table|section|article|blockquote)\b[^<>]*>", re.IGNORECASE)
_LONG_VALUE = re.compile(r"\"[^\"<>]{5000,}\"|'[^'<>]{5000,}'")
_ADDRESS_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](?:[a-z_]+/)?(\d{1,2})[/-](\d{1,2})(?![\d])")
_SPACES = re.compile(r"[ \t\r\n\f\v\u00A0]+")
_MAX_DEPTH = 500  # open elements; real pages stay under 60
_MAX_LD_JSON = 200_000
_MAX_PARSED = 10_000_000  # code points of HTML, scripts aside, that are parsed at all
_MAX_SLOW = 3_000_000  # and by trafilatura
_MIN_SHARE = 0.8  # of the letters of all paragraphs, for the fast way
_MIN_PARAGRAPHS, _MIN_LETTERS = 3, 400
_MIN_MAIN = 40  # code points of a main text
_SELF_CLOSING = frozenset((
    "p", "li", "td", "th", "tr", "dd", "dt", "option", "br", "hr", "img", "meta", "link", "input", "col", "area",
    "base", "embed", "source", "track", "wbr", "param", "tbody", "thead",
))  # fmt: skip
_BLOCKS = frozenset(("p", "h2", "h3", "h4", "h5", "blockquote", "li", "pre"))
_ASIDE_TAGS = frozenset(("nav", "aside", "footer", "form", "figure", "header", "button", "select"))
_ASIDE_NAME = re.compile(
    r"comment|related|footer|sidebar|share|social|tags|promo|newsletter|breadcrumb|most-?read|advert|cookie|caption",
    re.IGNORECASE,
)
_TEXT = frozenset(("#text", "br"))
_TELLING = frozenset(("meta", "link", "time", "script", "span", "div", "abbr"))
_TITLES = ("og:title", "twitter:title", "ld:headline", "headline", "title")
_OUTLETS = ("og:site_name", "ld:publisher", "publisher", "application-name", "twitter:site")
_DATES = (
    "article:published_time", "ld:datepublished", "datepublished", "date_published", "publishdate", "publish_date",
    "pubdate",
    "dc.date.issued", "dc.date", "dcterms.created", "parsely-pub-date", "sailthru.date", "article.published",
    "og:published_time", "cxenseparse:recs:publishtime", "date", "ld:datecreated", "datecreated",
)  # fmt: skip


def extract(html: str | bytes, *, url: str | None = None) -> Article:
    """The article on a page.

    Args:
        html: the page; bytes are decoded by what they are, not by what they declare.
        url: its address, if known; a date in it counts where the page declares none.

    Returns:
        An article with ``text`` (paragraphs set apart by one line end, spaces in them single), ``title``, ``outlet``,
        ``published`` (ISO 8601) and ``url`` as far as the page tells them, and notes: those of decoding,
        ``markup-simplified`` where the page was only stripped of its tags.

    Raises:
        MissingExtra: resiliparse or trafilatura is not installed.
        MarkupError: the page has no main text.
        BinaryInput: the bytes are no text.
    """
    notes: tuple[Note, ...] = ()
    if isinstance(html, bytes):
        declared = _META_CHARSET.search(html[:8192])
        html, _, notes = decode(html, declared=declared[1].decode("ascii") if declared else None)
    html = _without_scripts(html)
    if len(html) > _MAX_PARSED or _is_deep(html):
        told = Note(code="markup-simplified", text="the page is nested too deep or too large; its tags were stripped")
        return Article(text=_main(_stripped(html), url), url=url, notes=(*notes, told))
    tree = _library("resiliparse.parse.html").HTMLTree.parse(html)
    facts = _facts(tree.document)
    title = _first(facts, _TITLES) or _heading(tree) or None
    text = _by_paragraphs(tree.document)
    if text is None:
        text = _by_trafilatura(html) if len(html) <= _MAX_SLOW else ""
    if len(text) < _MIN_MAIN:
        text = _main(_stripped(html), url)
        told = Note(code="markup-simplified", text="no main text was found; the tags of the page were stripped")
        notes = (*notes, told)
    text = _without_title(text, title)
    address = url or _first(facts, ("og:url", "canonical")) or None
    published, moment = _date(facts, address, text)
    outlet = _first(facts, _OUTLETS).lstrip("@") or None
    return Article(text=text, title=title, outlet=outlet, published=published, moment=moment, url=address, notes=notes)


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise MissingExtra(
            "reading HTML needs an optional dependency", value=name.split(".")[0], remedy='pip install "musnad[html]"'
        ) from error


def _without_scripts(html: str) -> str:
    """Drop comments, scripts, styles and pictures in one pass; structured data (ld+json) stays."""
    kept: list[str] = []
    at = 0
    unclosed: set[str] = set()
    while True:
        found = _DROPPED.search(html, at)
        if found is None:
            break
        name = (found[1] or "").lower()
        stop = None
        if name not in unclosed:
            stop = re.compile(f"</{name}[^<>]*>" if name else "-->", re.IGNORECASE).search(html, found.end())
        if stop is None:
            unclosed.add(name)
            kept.append(html[at : found.end()])
            at = found.end()
            continue
        kept.append(html[at : found.start()])
        data = _LD_JSON.match(html, found.start()) and stop.end() - found.start() <= _MAX_LD_JSON
        kept.append(html[found.start() : stop.end()] if data else " ")
        at = stop.end()
    kept.append(html[at:])
    whole = "".join(kept)
    return _LONG_VALUE.sub('""', whole) if len(whole) > 200_000 else whole


def _is_deep(html: str) -> bool:
    """Whether more elements are open at once than in any real page (an HTML bomb, or tags never closed)."""
    depth = 0
    for found in _TAG.finditer(html):
        if found[2].lower() in _SELF_CLOSING or found[3].endswith("/"):
            continue
        depth = max(0, depth - 1) if found[1] else depth + 1
        if depth > _MAX_DEPTH:
            return True
    return False


def _stripped(html: str) -> str:
    """The words of a page: block tags become line ends, other tags nothing."""
    body = re.search(r"<body\b", html, re.IGNORECASE)
    lines = _ANY_TAG.sub("", _BLOCK_TAG.sub("\n", html[body.start() :] if body else html)).split("\n")
    return "\n".join(line for line in (_tidy(entities.unescape(line)) for line in lines) if line)


def _main(text: str, url: str | None) -> str:
    if len(text) < _MIN_MAIN:
        remedy = "give the text itself, or check that the page is an article"
        raise MarkupError("the page has no main text", value=url or text, remedy=remedy)
    return text


def _tidy(line: str) -> str:
    return _SPACES.sub(" ", line).strip()


def _elements(root: Any, tags: frozenset[str]) -> Iterator[Any]:
    """The nodes below ``root`` with one of ``tags``, in the order of the page.

    A selector or ``child_nodes`` of resiliparse would do, but going through what they find takes quadratic time.
    """
    return (node for node in root if node.tag in tags and node != root)


def _by_paragraphs(root: Any) -> str | None:
    """The paragraphs of the element that holds nearly all paragraphs of the page; None where none does."""
    holders: list[tuple[Any, int, int]] = []
    total = 0
    for paragraph in _elements(root, frozenset("p")):
        if _is_aside(paragraph):
            continue
        letters = len(_tidy(paragraph.text))
        total += letters
        parent = paragraph.parent
        for at in range(len(holders) - 1, -1, -1):
            holder, size, count = holders[at]
            if holder == parent:
                holders[at] = (holder, size + letters, count + 1)
                break
        else:
            if len(holders) >= 200:
                return None
            holders.append((parent, letters, 1))
    holder, size, count = max(holders, key=lambda entry: entry[1], default=(None, 0, 0))
    if holder is None or count < _MIN_PARAGRAPHS or size < _MIN_LETTERS or size < _MIN_SHARE * total:
        return None
    lines: list[str] = []
    for block in _elements(holder, _BLOCKS):
        if _is_own(block, holder) and not _is_links(block):
            lines.extend(line for line in map(_tidy, _words(block).split("\n")) if line)
    return "\n".join(lines)


def _is_aside(element: Any) -> bool:
    """Whether an element stands in a navigation, comment, picture or related part of the page."""
    steps = 0
    while element is not None and element.tag and steps < 60:
        if element.tag in ("body", "html"):
            return False
        if element.tag in _ASIDE_TAGS and not (element.tag == "header" and element.query_selector("h1")):
            return True
        if steps and _ASIDE_NAME.search(f"{element.getattr('class') or ''} {element.getattr('id') or ''}"):
            return True
        element = element.parent
        steps += 1
    return False


def _is_links(block: Any) -> bool:
    linked = sum(len(link.text) for link in _elements(block, frozenset("a")))
    return bool(linked > 0.8 * len(block.text.strip()))


def _is_own(block: Any, holder: Any) -> bool:
    """Whether a block belongs to ``holder`` itself, not to another block or a box within it."""
    if _ASIDE_NAME.search(f"{block.getattr('class') or ''} {block.getattr('id') or ''}"):
        return False
    parent = block.parent
    while parent is not None and parent != holder:
        if parent.tag not in ("ul", "ol", "section", "blockquote") or (parent.tag == "blockquote" and block.tag != "p"):
            return False
        parent = parent.parent
    return block.tag != "blockquote" or not any(True for _ in _elements(block, frozenset("p")))


def _words(block: Any) -> str:
    """The text of an element; a line break in it is a line end, so that no words are joined across it."""
    return "".join("\n" if node.tag == "br" else _SPACES.sub(" ", node.text) for node in _elements(block, _TEXT))


def _by_trafilatura(html: str) -> str:
    try:
        found = _library("trafilatura").bare_extraction(
            html,
            include_comments=False,
            include_tables=False,
            favor_precision=True,
            deduplicate=False,
            with_metadata=False,
        )
    except MissingExtra:
        raise
    except Exception:  # lxml and trafilatura raise many kinds on broken pages; the tags are stripped then
        return ""
    text = (found.text if found is not None and not isinstance(found, dict) else "") or ""
    return "\n".join(line for line in map(_tidy, text.split("\n")) if line)


def _facts(root: Any) -> dict[str, str]:
    """What a page declares of itself: meta properties, microdata and structured data, by lower-case name."""
    found: dict[str, str] = {}
    for element in _elements(root, _TELLING):
        if element.tag == "script":
            if "ld+json" in (element.getattr("type") or ""):
                for key, value in _structured(element.text):
                    found.setdefault(f"ld:{key}", value)
            continue
        names = [element.getattr(n) for n in ("property", "name", "itemprop")]
        if element.tag == "link":
            names = [element.getattr("rel")]
        elif element.tag == "time" and not any(names):
            names = [] if _is_aside(element) else ["time"]
        value = element.getattr("content") or element.getattr("datetime") or element.getattr("href") or ""
        for name in names:
            if name and value:
                found.setdefault(name.lower(), _tidy(entities.unescape(value[:2000])))
    return found


def _structured(text: str) -> Iterator[tuple[str, str]]:
    """Headline, date and publisher of structured data (schema.org), however it is nested."""
    try:
        stack = [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return
    seen = 0
    while stack and seen < 2000:
        node = stack.pop()
        seen += 1
        if isinstance(node, list):
            stack.extend(reversed(node))
        elif isinstance(node, dict):
            for key in ("headline", "datePublished", "dateCreated"):
                if isinstance(node.get(key), str):
                    yield key.lower(), _tidy(entities.unescape(node[key]))
            publisher = node.get("publisher")
            if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
                yield "publisher", _tidy(entities.unescape(publisher["name"]))
            stack.extend(node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node)


def _first(facts: dict[str, str], names: tuple[str, ...]) -> str:
    return next((facts[name] for name in names if facts.get(name)), "")


def _heading(tree: Any) -> str:
    headings = [_tidy(heading.text) for heading in _elements(tree.document, frozenset(("h1",)))]
    return max(headings, key=len, default="") or _tidy(tree.title or "")


def _date(facts: dict[str, str], url: str | None, text: str) -> tuple[str | None, str | None]:
    """The date that the page declares, with its hour; else that of its address, else that of its dateline."""
    for name in _DATES:
        found = publication_date(facts.get(name, ""))
        if found:
            return found, _moment(facts[name], found)
    in_address = _ADDRESS_DATE.search(url or "")
    found = publication_date("-".join(in_address.groups())) if in_address else None
    declared = publication_date(facts.get("time", ""))
    if found or declared:
        return found or declared, _moment(facts.get("time", ""), found or declared)
    dateline = find_dateline(text)
    return (dateline.date, None) if dateline else (None, None)


def _moment(told: str, day: str | None) -> str | None:
    found = publication_moment(told)
    return found if found and found[:10] == day else None


def _without_title(text: str, title: str | None) -> str:
    """Drop a first line that only repeats the title."""
    first, _, rest = text.partition("\n")
    return rest if title and rest and _tidy(first) == title else text
