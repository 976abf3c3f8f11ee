"""What a reader of a ledger should look at: quotations and claims that changed, moved or lost their source on the way.

An alarm says that something is worth a look, not that somebody did wrong. Kinds: ``headline`` (a quotation in the
headline that the body does not have), ``two-speakers`` (one quotation given to two speakers), ``number`` and
``negation`` (changed between versions), ``anonymous-only`` (a quotation that nobody named has said in any version) and
``headline-certainty`` (a fact in the headline that the body only has as a claim).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

from musnad.find.quotes import quotes
from musnad.find.tags import tag
from musnad.keep.likeness import numbers_in
from musnad.keep.records import Alarm, Saying, Version
from musnad.keep.stems import Stem, stem_of
from musnad.keep.voices import relation, voice_of
from musnad.lexicon.loader import index
from musnad.read.joins import split_words
from musnad.read.words import NUMBER, WORD, Words, words
from musnad.settle.keys import parts

KINDS = ("headline", "two-speakers", "number", "negation", "anonymous-only", "headline-certainty")
_QUOTED = 3  # telling words of a quotation in a headline that is looked for
_HAS = 0.5  # share of its words that stand together in the body, to be there
_FACT = 0.7  # share of what a headline tells, in bits, that a claim must have
_FACT_WORDS = 4
_CLAIMS = frozenset(("claim", "accuse"))
_OPEN = frozenset(("unverified", "denied"))
_GRAM, _SKETCH = 5, 4  # words of the runs that quotations are found by, and how many of them each is entered under
_RUN, _RUN_BITS = 6, 25.0  # words and bits that two quotations must share in one run
_DAYS = 45  # between two reports of one quotation; what is quoted for years is a proverb
_MOST_AT_ONE_RUN = 24
_QUOTED_WORDS = 5  # of a quotation that needs a named speaker; fewer are a label
_SHORT = 3  # letters of a word that two names may share
_FEW = 2  # words, a negation among them, that are cut or added without others in their place
_NEAR_NUMBER = 8  # words that change with a number; more are another clause
_ROUNDING = 0.05
_POINT = chr(0x631)  # stands between the digits of decimals
_MARKS = frozenset(':?\u061f"\u00ab\u00bb\u201c\u201d')


def alarms(
    sayings: Iterable[Saying],
    *,
    titles: Mapping[str, str | None] | None = None,
    texts: Mapping[str, str] | None = None,
) -> tuple[Alarm, ...]:
    """The alarms of ``sayings`` and of the articles they are reported in.

    Args:
        sayings: with their versions and differences.
        titles: headlines of articles by id; without them no headline is looked at.
        texts: texts of articles by id, where the words of headlines are looked for.
    """
    every = tuple(sayings)
    found: list[Alarm] = []
    for saying in every:
        found += _changes(saying)
        found += _anonymous(saying)
    found += _two_speakers(every)
    by_article: dict[str, list[tuple[Version, str]]] = {}
    for saying in every:
        for version in saying.versions:
            by_article.setdefault(version.article, []).append((version, saying.id))
    for article, title in (titles or {}).items():
        text = (texts or {}).get(article)
        if title and text:
            found += headline_alarms(article, title, text, by_article.get(article, ()))
    return tuple(dict.fromkeys(found))


def headline_alarms(
    article: str, title: str, text: str, versions: Sequence[tuple[Version, str]] = ()
) -> tuple[Alarm, ...]:
    """The alarms of one headline.

    Args:
        article: id of the article.
        title: its headline.
        text: its text; a headline at its head is no part of the body.
        versions: its statements, each with the id of its saying.
    """
    head = words(title, split=split_words)
    start = len(title) if text.lstrip().startswith(title.strip()) else 0
    body = words(text[start:], split=split_words)
    stems = [_stem(body, i) for i in range(len(body))]
    found = []
    for quote in quotes(head):
        told = [s for i in range(quote.open + 1, quote.close) if (s := _stem(head, i)) and not s.function]
        if len(told) >= _QUOTED and quote.depth == 0 and _together(told, stems) < _HAS:
            written = title[head.ends[quote.open] : head.starts[quote.close] if quote.closed else len(title)]
            found.append(
                Alarm(
                    kind="headline", text=f"the body does not have the headline's quotation: {written}",
                    articles=(article,),
                )
            )  # fmt: skip
    claim = _claimed(head, body, stems, start, versions)
    if claim is not None:
        version, saying = claim
        found.append(
            Alarm(
                kind="headline-certainty",
                text=f"a fact in the headline, in the body the claim of {_who(version)}: {title}",
                articles=(article,),
                saying=saying,
            )
        )
    return tuple(found)


def _stem(cut: Words, i: int) -> Stem | None:
    return stem_of(cut.forms[i]) if cut.kinds[i] in (WORD, NUMBER) else None


def _together(told: Sequence[Stem], body: Sequence[Stem | None]) -> float:
    """Which share of the words ``told`` stands within one stretch of the body three times as long."""
    wanted = {stem.root for stem in told}
    width = 3 * len(told) + 8
    inside: dict[str, int] = {}
    most = 0
    for i, stem in enumerate(body):
        if stem is not None and stem.root in wanted:
            inside[stem.root] = i
            most = max(most, sum(i - at < width for at in inside.values()))
    return most / len(wanted)


def _claimed(
    head: Words, body: Words, stems: Sequence[Stem | None], start: int, versions: Sequence[tuple[Version, str]]
) -> tuple[Version, str] | None:
    """The open claim that a headline gives as a fact, or None where the writer's own words say so too."""
    if any(
        form in _MARKS or (kind == WORD and tag(form).cues) for form, kind in zip(head.forms, head.kinds, strict=True)
    ):
        return None
    told = {s.root: s.bits for i in range(len(head)) if (s := _stem(head, i)) and not s.function}
    if len(told) < _FACT_WORDS:
        return None
    said: set[int] = set()
    best: tuple[float, Version, str] | None = None
    for version, saying in versions:
        said.update(i for i in range(len(body)) if any(a <= body.starts[i] + start < b for a, b in version.content))
        if version.anonymous or version.act in _CLAIMS or version.status in _OPEN:
            share = _share(told, (stem_of(token) for token in version.tokens))
            if share >= _FACT and (best is None or share > best[0]):
                best = (share, version, saying)
    if best is None or any(_share(told, own) >= _FACT for own in _own_sentences(body, stems, said)):
        return None
    known = [v for v, _ in versions if not (v.anonymous or v.act in _CLAIMS or v.status in _OPEN)]
    if any(_share(told, (stem_of(token) for token in v.tokens)) >= _FACT for v in known):
        return None
    return best[1], best[2]


def _share(told: Mapping[str, float], stems: Iterable[Stem]) -> float:
    has = {stem.root for stem in stems}
    return sum(bits for root, bits in told.items() if root in has) / sum(told.values())


def _own_sentences(body: Words, stems: Sequence[Stem | None], said: set[int]) -> Iterator[list[Stem]]:
    """The words of each sentence that stand in no statement."""
    for first, last in body.bounds:
        own = [stem for i in range(first, last) if i not in said and (stem := stems[i]) is not None]
        if own:
            yield own


def _who(version: Version) -> str:
    return version.names[0] if version.names else "an unnamed source"


def _changes(saying: Saying) -> list[Alarm]:
    """Numbers and negations that changed between versions, each once."""
    articles = {v.statement: v.article for v in saying.versions}
    found: dict[tuple[str, frozenset[str]], Alarm] = {}
    for difference in saying.differences:
        for change in difference.changes:
            telling = {"number": _other_number, "negation": _other_sense}.get(change.kind)
            if telling is not None and telling(change.was.split(), change.now.split()):
                both = tuple(dict.fromkeys(articles[s] for s in (difference.before, difference.after) if s in articles))
                text = f"{change.kind} changed: {change.was or '-'} became {change.now or '-'}"
                alarm = Alarm(kind=change.kind, text=text, articles=both, saying=saying.id)
                found.setdefault((change.kind, frozenset((change.was, change.now))), alarm)
    return list(found.values())


def _other_sense(was: Sequence[str], now: Sequence[str]) -> bool:
    """Whether a negation came or went beside the same words; where all words are others, so may be the sense."""
    if "".join(was) == "".join(now):
        return False
    x, y = ([stem_of(w) for w in side] for side in (was, now))
    if not was or not now:
        return len(was) + len(now) <= _FEW
    told, other = ({s.root for s in side if not s.function and not s.negation} for side in (x, y))
    return 2 * len(told & other) >= max(len(told), len(other))


def _other_number(was: Sequence[str], now: Sequence[str]) -> bool:
    """Whether a number is another one: no date of another calendar, no rounding, no other way of writing decimals."""
    every = (*was, *now)
    if max(len(was), len(now)) > _NEAR_NUMBER:
        return False
    if _POINT in every or any(
        row["class"] == "month" for w in every for row in index("names/times", "word").get(w, ())
    ):
        return False
    old, new = (sorted(n for n in numbers_in(side, " ".join(side)) if n is not None) for side in (was, now))
    if len(old) != len(new):
        return True
    return any(abs(a - b) > _ROUNDING * max(abs(a), abs(b)) for a, b in zip(old, new, strict=True))


def _anonymous(saying: Saying) -> list[Alarm]:
    """A quotation that is given to nobody named in any of its versions."""
    if not saying.versions or any(not v.anonymous for v in saying.versions):
        return []
    if all(v.form == "indirect" or sum(v.quoted) < _QUOTED_WORDS for v in saying.versions):
        return []
    text = f"a quotation of {_who(saying.versions[0])} alone: {saying.versions[0].words}"
    articles = tuple(dict.fromkeys(v.article for v in saying.versions))
    return [Alarm(kind="anonymous-only", text=text, articles=articles, saying=saying.id)]


def _two_speakers(sayings: Sequence[Saying]) -> list[Alarm]:
    """One quotation in sayings of two speakers; found by runs of quoted words, of which each quotation enters a few."""
    at: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for n, saying in enumerate(sayings):
        for k, version in enumerate(saying.versions):
            for run in _sketch(version):
                at.setdefault(run, []).append((n, k))
    found: dict[tuple[int, int], Alarm] = {}
    for places in at.values():
        for (n, i), (m, k) in combinations(places[:_MOST_AT_ONE_RUN], 2):
            a, b = sayings[n].versions[i], sayings[m].versions[k]
            pair = (min(n, m), max(n, m))
            if pair not in found and _two(a, b):
                text = f"one quotation, given to {_who(a)} and to {_who(b)}: {a.words}"
                found[pair] = Alarm(
                    kind="two-speakers", text=text, articles=(a.article, b.article), saying=sayings[pair[0]].id
                )
    return list(found.values())


def _sketch(version: Version) -> list[tuple[str, ...]]:
    """A few runs of the quoted words, the same few for the same words."""
    if version.form == "indirect" or version.anonymous:
        return []
    stems = [stem_of(token).root for token, quoted in zip(version.tokens, version.quoted, strict=True) if quoted]
    return sorted({tuple(stems[i : i + _GRAM]) for i in range(len(stems) - _GRAM + 1)})[:_SKETCH]


def _two(a: Version, b: Version) -> bool:
    """Whether two versions give one quotation to two speakers."""
    if a.article == b.article or not _near(a.published, b.published):
        return False
    if a.voice is None or b.voice is None or _namesakes(a, b):
        return False
    if relation(voice_of(a), voice_of(b)) != "other" or _through(a, b) or _through(b, a):
        return False
    x, y = ([stem_of(t) for t, q in zip(v.tokens, v.quoted, strict=True) if q] for v in (a, b))
    run = _longest_run(x, y)
    return len(run) >= _RUN and sum(stem.bits for stem in run) >= _RUN_BITS


def _namesakes(a: Version, b: Version) -> bool:
    """Whether two speakers share a word of a name: perhaps one person in two spellings."""
    x, y = ({word for name in v.names for word in parts(name) if len(word) > _SHORT} for v in (a, b))
    return not x.isdisjoint(y)


def _through(a: Version, b: Version) -> bool:
    """Whether the speaker of one passes on the words of the other."""
    relays = [link for link in a.chain if link.role == "relay"]
    return any((r.key is not None and r.key == b.voice) or (r.name is not None and r.name in b.names) for r in relays)


def _longest_run(x: Sequence[Stem], y: Sequence[Stem]) -> Sequence[Stem]:
    """The longest run of words that both have."""
    best, end = 0, 0
    lengths: dict[int, int] = {}
    for i, stem in enumerate(x):
        row: dict[int, int] = {}
        for k, other in enumerate(y):
            if stem.root == other.root:
                row[k] = lengths.get(k - 1, 0) + 1
                if row[k] > best:
                    best, end = row[k], i + 1
        lengths = row
    return x[end - best : end]


def _near(first: str | None, second: str | None) -> bool:
    try:
        return (
            not first
            or not second
            or abs((date.fromisoformat(second[:10]) - date.fromisoformat(first[:10])).days) <= _DAYS
        )
    except ValueError:
        return True
