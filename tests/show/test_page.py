"""The page: whole, self-contained, safe, bilingual."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from musnad.show.html import fragment, page, page_parts
from musnad.types import Reading

VOID = {"meta", "input", "br", "img", "link", "hr"}


class Checker(HTMLParser):
    """Fails on tags that do not nest; collects tags, attributes, ids and visible text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if "style" not in self.open and "details" not in self.open:
            self.text += data

    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.tags if "id" in attrs]

    def links(self) -> list[str]:
        return [attrs["href"] or "" for tag, attrs in self.tags if tag == "a" and "href" in attrs]


def test_the_page_is_whole_and_every_link_has_its_aim(given_readings: dict[str, Reading]) -> None:
    checked = Checker(page(given_readings.values()))
    ids = checked.ids()
    assert len(ids) == len(set(ids))
    inner = [link[1:] for link in checked.links() if link.startswith("#")]
    assert len(inner) > 30
    assert set(inner) <= set(ids)


def test_nothing_is_fetched_and_nothing_runs(given_readings: dict[str, Reading]) -> None:
    html = page(given_readings.values())
    checked = Checker(html)
    assert not {tag for tag, _ in checked.tags} & {"script", "link", "img", "iframe", "object", "embed"}
    assert not [a for _, attrs in checked.tags for a in attrs if a.startswith("on")]
    assert not re.search(r"url\(|@import", html)


def test_the_article_cannot_inject(given_readings: dict[str, Reading]) -> None:
    html = page([given_readings["overlap"]])
    assert "<script>alert" not in html
    assert "javascript:" not in html
    assert "<b>" + "\u0627" not in html  # the article's own tag is text
    assert "&lt;script&gt;" in html


def test_a_title_with_markup_in_every_slot_is_escaped() -> None:
    bad = "\"><img src=x onerror='alert(1)'>"
    reading = Reading(id=bad, text=bad, title=bad, outlet=bad, published=bad, url=f"https://x/{bad}")
    for html in (page([reading]), fragment(reading)):
        assert not [1 for tag, _ in Checker(html).tags if tag == "img"]


def test_the_text_of_the_article_is_all_there(given_readings: dict[str, Reading]) -> None:
    reading = given_readings["dam"]
    html = page([reading])
    body = html[html.index('<section class="text">') : html.index('<p class="legend">')]
    seen = re.sub(r'<a class="n".*?</a>', "", body)
    plain = re.sub(r"<[^>]+>", "", seen).replace("&quot;", '"').replace("&amp;", "&")
    assert "".join(plain.split()) == "".join(reading.text.split())


def test_folded_words_stand_only_in_closed_details(given_readings: dict[str, Reading]) -> None:
    reading = given_readings["overlap"]
    start, end = reading.statements[2].content[0]
    secret = reading.text[start:end]
    html = page([reading])
    assert secret in html
    assert secret not in Checker(html).text
    assert "<details open" not in html and " open>" not in html


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_language_of_the_labels_is_the_chosen_one(given_readings: dict[str, Reading], lang: str) -> None:
    boxes = {a["id"]: "checked" in a for t, a in Checker(page([given_readings["dam"]], lang=lang)).tags if t == "input"}  # type: ignore[arg-type]
    assert boxes == {"musnad-ar": lang == "ar", "musnad-en": lang == "en"}
    assert f"only-{lang}" in fragment(given_readings["dam"], lang=lang)  # type: ignore[arg-type]


def test_articles_come_out_as_they_are_read(given_readings: dict[str, Reading]) -> None:
    taken = []

    def source():  # type: ignore[no-untyped-def]
        for reading in given_readings.values():
            taken.append(reading.id)
            yield reading

    parts = page_parts(source())
    next(parts)
    assert taken == []
    next(parts)
    assert taken == ["dam"]


def test_notebooks_get_the_fragment(given_readings: dict[str, Reading]) -> None:
    assert given_readings["dam"]._repr_html_() == fragment(given_readings["dam"])


def test_lone_surrogates_are_replaced() -> None:
    html = page([Reading(id="\ud800", text="a\ud800b", title="\udfff")])
    assert html.encode("utf-8")


def test_cards_close_the_quotations_in_them(given_readings: dict[str, Reading]) -> None:
    model = given_readings["overlap"].statements[1]
    statement = replace(model, cue=(0, 1), content=((2, 6),), chain=(), speaker=None)
    html = page([Reading(id="x", text='a "b c" d', statements=(statement,))])
    assert "<blockquote>&quot;b c&quot;</blockquote>" in html
