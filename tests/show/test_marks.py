"""Marks: every code point stands in exactly the marks that cover it, and the HTML nests."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from musnad.show.marks import escape, mark, paragraph, paragraphs

TEXT = "abcdefghij" * 4
KINDS = ("content", "fold", "verification", "speaker", "medium", "relay", "cue")


class Reader(HTMLParser):
    """Collects each letter with the classes that enclose it; fails on tags that do not nest."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.letters: list[tuple[str, frozenset[str]]] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = dict(attrs).get("class") or ""
        self.open.append((tag, classes))
        self.silent += tag in ("summary", "a")

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1][0] == tag, f"</{tag}> closes {self.open}"
        self.open.pop()
        self.silent -= tag in ("summary", "a")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            kinds = frozenset(c.split()[0] for _, c in self.open if c)
            self.letters += [(letter, kinds) for letter in data]


spans = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 20)).map(lambda p: (p[0], min(len(TEXT), p[0] + p[1])))
marked = st.lists(st.tuples(st.sampled_from(KINDS), spans), max_size=12)


@settings(max_examples=300, deadline=None)
@given(marked, spans)
def test_each_letter_stands_in_its_marks(chosen: list[tuple[str, tuple[int, int]]], within: tuple[int, int]) -> None:
    marks = sorted(mark(kind, span, number=1) for kind, span in chosen)
    html = paragraph(TEXT, within, marks, anchor="r1", summary=lambda n: f"{n} words", seen=set())
    reader = Reader()
    reader.feed(html)
    assert not reader.open
    assert "".join(letter for letter, _ in reader.letters) == TEXT[within[0] : within[1]]
    for offset, (_, kinds) in enumerate(reader.letters, within[0]):
        assert kinds == {kind for kind, (start, end) in chosen if start <= offset < end}


def test_a_statement_is_anchored_once_however_often_it_is_cut() -> None:
    marks = sorted([mark("content", (0, 10), number=1), mark("content", (5, 15), number=2)])
    seen: set[int] = set()
    html = "".join(
        paragraph(TEXT, span, marks, anchor="r1", summary=str, seen=seen) for span in ((0, 7), (7, 12), (12, 20))
    )
    assert html.count('id="r1t1"') == 1
    assert html.count('id="r1t2"') == 1


def test_paragraphs_are_the_lines_that_hold_something() -> None:
    assert list(paragraphs("ab\n\n  \ncd\n")) == [(0, 2), (7, 9)]


def test_escape_leaves_nothing_that_html_reads() -> None:
    assert escape(' <a href="x">&\x00\ud800') == " &lt;a href=&quot;x&quot;&gt;&amp;\ufffd\ufffd"
