"""Pages: the article and what the page says of it, in bounded time whatever the page is."""

from __future__ import annotations

import importlib
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musnad.errors import InputError, MarkupError, MissingExtra
from musnad.read import markup
from musnad.read.markup import extract

pytest.importorskip("resiliparse")
pytest.importorskip("trafilatura")

PAGES = Path(__file__).parent.parent / "cases" / "read_pages"
PAGE = (PAGES / "paragraphs.html").read_text(encoding="utf-8")
TEXT = (PAGES / "paragraphs.txt").read_text(encoding="utf-8").rstrip("\n")
BOXES = (PAGES / "boxes.html").read_text(encoding="utf-8")
OTHER_DAY = PAGE.split("<header><p>")[1].split(" - ")[0]
PARAGRAPH = f"<p>{TEXT.split(chr(10))[1]}</p>"


def test_paragraphs_without_what_stands_round_them() -> None:
    found = extract(PAGE)
    assert found.text == TEXT
    assert found.title is not None and found.title.count('"') == 2
    assert (found.published, found.url, found.notes) == ("2019-10-11", None, ())
    assert found.outlet is not None and found.outlet in PAGE


def test_the_fast_way_needs_no_trafilatura(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "_by_trafilatura", lambda _: pytest.fail("the slow way was taken"))
    assert extract(PAGE).text == TEXT


def test_pages_without_paragraphs_go_to_trafilatura() -> None:
    found = extract(BOXES)
    body = BOXES.split('class="article-body">')[1].split("</div>")[0]
    assert found.text.split() == body.replace("<br>", " ").split()
    assert found.published == "2021-04-09" and found.notes == ()
    assert found.title is not None and found.title in BOXES.split('"headline":')[1]
    assert found.outlet is not None and found.outlet in BOXES.split('"Organization"')[1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1256"])
@pytest.mark.parametrize("label", ["utf-8", "windows-1256", "iso-8859-1", "nonsense"])
def test_encodings_and_wrong_labels(encoding: str, label: str) -> None:
    page = PAGE.replace('charset="utf-8"', f'charset="{label}"')
    page = page.encode(encoding, "ignore").decode(encoding)
    found = extract(page.encode(encoding))
    assert found.text.split("\n")[0] == TEXT.split("\n")[0]


@pytest.mark.parametrize(
    ("head", "url", "published"),
    [
        ('<meta name="pubdate" content="2016/11/03">', None, "2016-11-03"),
        ('<time datetime="2016-11-03T10:00">x</time>', None, "2016-11-03"),
        ('<span itemprop="datePublished" content="Thu, 03 Nov 2016 10:00:00 GMT"></span>', None, "2016-11-03"),
        ('<link rel="canonical" href="https://example.com/2016/11/3/dam">', None, "2016-11-03"),
        ("", "https://example.com/2016/middle_east/11/3/dam/index.html", "2016-11-03"),
        ("", "https://example.com/article/20161103045", None),
        ('<meta name="date" content="soon">', None, None),
        (f"<p>{OTHER_DAY}</p>", None, None),
    ],
)
def test_dates_are_declared_never_guessed(head: str, url: str | None, published: str | None) -> None:
    page = f"<html><head>{head}</head><body>{PARAGRAPH * 4}</body></html>"
    assert extract(page, url=url).published == published


def test_a_page_without_an_article() -> None:
    for page in ("", "<html></html>", "<script>x</script>", "<p>x</p>", "<img src=x>"):
        with pytest.raises(MarkupError) as caught:
            extract(page)
        assert caught.value.remedy


def test_a_short_page_is_read_with_a_note() -> None:
    found = extract(f"<body>{PARAGRAPH}</body>")
    assert TEXT.split("\n")[1] in found.text


BOMBS: dict[str, Any] = {
    "deep": "<div>" * 100_000 + PARAGRAPH + "</div>" * 100_000,
    "formatting": "".join(f"<b a{n}><p>" for n in range(20_000)) + PARAGRAPH,
    "attribute": f'<p title="{"x" * 10_000_000}">' + PARAGRAPH,
    "angles": "<" * 1_000_000 + PARAGRAPH,
    "comments": "<!--" * 200_000 + PARAGRAPH,
    "scripts": "<script " * 200_000 + PARAGRAPH,
    "entities": "&amp;" * 1_000_000 + PARAGRAPH,
    "tables": "<table><tr><td>" * 3_000 + PARAGRAPH,
    "paragraphs": PARAGRAPH * 5_000,
    "holders": "".join(f"<div class=c{n}>{PARAGRAPH}</div>" for n in range(2_000)),
    "quotes": "<a href=" + '"' * 1_000_000 + PARAGRAPH,
    "metas": "<meta " * 300_000 + PARAGRAPH,
    "json": '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + PARAGRAPH * 4,
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_bounded(name: str) -> None:
    began = time.perf_counter()
    try:
        found = extract(BOMBS[name])
    except InputError:
        assert name not in ("deep", "attribute", "paragraphs"), "the text is there"
    else:
        assert TEXT.split("\n")[1].split()[-1] in found.text
    assert time.perf_counter() - began < 15


def test_missing_libraries_name_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str, *_: object) -> object:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", absent)
    with pytest.raises(MissingExtra) as caught:
        extract(PAGE)
    assert 'pip install "musnad[html]"' in str(caught.value)
    assert caught.value.value == "resiliparse"


def test_importing_the_module_loads_no_library() -> None:
    libraries = ("trafilatura", "resiliparse", "lxml")
    code = f"import sys, musnad.read.markup, musnad.read.source; print([m for m in {libraries} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


_TAGS = st.sampled_from(
    [*"<>&\"'/=", "<p>", "</p>", "<div", "<br>", "<!--", "-->", "<script>", "</script>", "<meta ", PARAGRAPH]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_TAGS | st.text(max_size=8), max_size=30).map("".join))
def test_broken_markup_never_crashes(page: str) -> None:
    try:
        found = extract(page)
    except InputError:
        return
    assert found.text.strip()
