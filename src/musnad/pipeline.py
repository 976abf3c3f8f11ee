"""The order of the stages, from an article to its reading.

read    words      text → folded words, sentences, paragraphs; furniture: what is no prose
find    context    words → tags, quotations, units
        frames     cues with the content that they report
        slots      speaker, addressee, medium, relay; form, act, anonymity
        verifications, aliases, labels
settle  entities   mentions → entities, carried-over speakers
        chains     outlet ← relays ← medium ← speaker
        confidence calibrated probability of each statement
values  times      expressions of time → TIMEX3 values (``values``: no statement needs them, they need none)
        quantities numbers with what they count → values, bounds, canonical units; what is a time is none
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from musnad.errors import UsageError
from musnad.find.aliases import aliases
from musnad.find.context import Context, context
from musnad.find.edges import ROLES
from musnad.find.frames import Found, frames
from musnad.find.grid import Grid, grid
from musnad.find.labels import labels
from musnad.find.media import medium_kind, without_own_medium
from musnad.find.publishers import with_publisher
from musnad.find.slots import Slots, slots
from musnad.find.sources import sources_told_apart, with_message, with_slots_apart, with_vocative
from musnad.find.valuewords import ValueTokens, kinds_of, value_tokens
from musnad.find.verifications import FoundVerification, verifications
from musnad.lexicon.authority import Authority
from musnad.lexicon.authority import authority as load_authority
from musnad.model.maxent import Weights, models
from musnad.read.furniture import furniture
from musnad.read.joins import cut, split_words
from musnad.read.words import Splitter
from musnad.settings import LIMITS, Limits
from musnad.settle.aliases import equated, identified
from musnad.settle.chains import chain
from musnad.settle.confidence import confidence
from musnad.settle.entities import Resolved, resolve
from musnad.settle.targets import settle_verifications
from musnad.types import Article, Evidence, Medium, Note, Party, Reading, Statement, TraceStep, Verification
from musnad.values import KINDS, Valued, values_of

VERSION = "0.1.0"


split: Splitter = split_words


@dataclass(frozen=True, slots=True)
class State:
    """Everything that the stages made of one text, before it is put into a ``Reading``.

    Attributes:
        slots, resolved: all frames, the unlikely ones among them.
        confidences: of all frames, 0 to 1.
        kept: numbers of the frames that are likely enough to be statements.
        valued: the tokens that may be parts of values.
        verifications: passages; those made by a statement name it by its place in ``kept``.
    """

    ctx: Context
    valued: ValueTokens
    slots: tuple[Slots, ...]
    resolved: Resolved
    confidences: tuple[float, ...]
    kept: tuple[int, ...]
    verifications: tuple[FoundVerification, ...]

    def likely(self) -> State:
        """The same without the unlikely frames."""
        if len(self.kept) == len(self.slots):
            return self
        slots = tuple(self.slots[n] for n in self.kept)
        sure = tuple(self.confidences[n] for n in self.kept)
        return replace(
            self, slots=slots, resolved=self.resolved.only(self.kept), confidences=sure, kept=tuple(range(len(slots)))
        )


def analyse(
    text: str,
    *,
    weights: Mapping[str, Weights] | None = None,
    limits: Limits = LIMITS,
    authority: tuple[str, ...] = (),
) -> State:
    """Run the stages over ``text``; ``authority`` are the user's files of actors."""
    (state,) = analyse_all([text], weights=weights, limits=limits, authority=authority)
    return state


def analyse_all(
    texts: Sequence[str],
    *,
    weights: Mapping[str, Weights] | None = None,
    limits: Limits = LIMITS,
    authority: tuple[str, ...] = (),
) -> tuple[State, ...]:
    """The same for several texts, which lie side by side but know nothing of each other."""
    if not texts:
        return ()
    use = models() if weights is None else weights
    contexts = [context(cut(text, limits=limits)) for text in texts]
    view = grid(contexts)
    found = [
        _in_prose(ctx, text, own)[: limits.max_statements]
        for ctx, text, own in zip(contexts, texts, frames(view, use), strict=True)
    ]
    filled = _filled(view, found, use)
    actors = load_authority(authority)
    valued = value_tokens(view.kinds(), view.bounds())
    return tuple(
        _settled(ctx, of_values, own, use, limits, actors)
        for ctx, of_values, own in zip(contexts, valued, filled, strict=True)
    )


def _settled(
    ctx: Context,
    valued: ValueTokens,
    filled: tuple[Slots, ...],
    use: Mapping[str, Weights],
    limits: Limits,
    actors: Authority,
) -> State:
    """Who the speakers of the frames of one text are, and how likely each frame is a statement."""
    pairs = aliases(ctx)
    pairs += tuple(pair for pair in equated(ctx, actors) if pair not in pairs)
    resolved = resolve(ctx, filled, pairs, use)
    sure = tuple(confidence(ctx, filled, resolved, n) for n in range(len(filled)))
    kept = tuple(n for n, c in enumerate(sure) if c >= limits.least_confidence or _quoted(filled[n]))
    return State(ctx, valued, filled, resolved, sure, kept, verifications(ctx, [filled[n] for n in kept], use))


def _quoted(s: Slots) -> bool:
    """Whether words are surely quoted, however unsure it is who says them."""
    return s.form == "direct" and s.found.start.margin >= _SURELY


_SURELY = 2.0  # log-odds


def _in_prose(ctx: Context, text: str, found: tuple[Found, ...]) -> tuple[Found, ...]:
    """The frames that stand in the article itself: not in links, promotions, key words or a repeated lead."""
    if not found:
        return found
    noted = furniture(text)
    aside = [f.span for f in noted if f.kind in _ASIDE]
    aside += [f.span for f in noted if f.kind == _REPEAT][1:]  # both copies are marked: the first is read
    if not aside:
        return found
    starts = ctx.words.starts
    return tuple(f for f in found if not any(a <= starts[f.frame.site.token] < b for a, b in aside))


_ASIDE = frozenset(("related-link", "app-promo", "keywords"))
_REPEAT = "lead-repeat"


def _filled(view: Grid, found: Sequence[Sequence[Found]], use: Mapping[str, Weights]) -> tuple[tuple[Slots, ...], ...]:
    """For each text the frames with their slots, as the models fill them and the wording settles them."""
    trimmed = [[without_own_medium(ctx, f.frame) for f in own] for ctx, own in zip(view.texts, found, strict=True)]
    without = [
        [f if frame is f.frame else replace(f, frame=frame) for f, (frame, _) in zip(own, parts, strict=True)]
        for own, parts in zip(found, trimmed, strict=True)
    ]
    filled = sources_told_apart(view, slots(view, without, use), use)
    return tuple(
        tuple(_worded(ctx, s, medium) for s, (_, medium) in zip(own, parts, strict=True))
        for ctx, own, parts in zip(view.texts, filled, trimmed, strict=True)
    )


def _worded(ctx: Context, s: Slots, medium: tuple[int, int] | None) -> Slots:
    """One frame as its wording settles it; ``medium`` was cut from its content."""
    if medium is not None and s.medium is None:
        s = replace(s, medium=medium)
    return with_slots_apart(ctx, with_publisher(ctx, with_vocative(ctx, with_message(ctx, s))))


def read_article(
    article: Article, *, weights: Mapping[str, Weights] | None = None, authority: tuple[str, ...] = ()
) -> Reading:
    """Read one article.

    Args:
        authority: the user's files of actors (``lexicon.authority``), later ones win.

    Raises:
        InputError: the text is empty, not Arabic or too large (see ``read.source.check_text``).
        AuthorityError: a file of ``authority`` breaks its form.
    """
    from musnad.read.source import check_text

    check_text(article.text)
    return read_together([article], weights=weights, authority=authority)[0]


def read_together(
    articles: Sequence[Article], *, weights: Mapping[str, Weights] | None = None, authority: tuple[str, ...] = ()
) -> list[Reading]:
    """Read articles side by side; the reading of each is that of ``read_article``, which checks its text first.

    Their number should be small (``many.MOST``): they are held in memory at once.
    """
    texts = [article.text for article in articles]
    states = [state.likely() for state in analyse_all(texts, weights=weights, authority=authority)]
    told = [_told(article, state) for article, state in zip(articles, states, strict=True)]
    named = [identified(state.ctx, state.resolved.entities, authority) for state in states]
    values = values_of(
        [
            Valued(state.ctx, state.valued, article.published, statements, entities)
            for article, state, (statements, _), entities in zip(articles, states, told, named, strict=True)
        ]
    )
    return [
        _reading(article, verifications=found, notes=_noted(article, len(statements)), **fields)
        for article, (statements, found), fields in zip(articles, told, values, strict=True)
    ]


def _told(article: Article, state: State) -> tuple[tuple[Statement, ...], tuple[Verification, ...]]:
    """The statements and verifications of an article of which only the likely frames are left."""
    statements = tuple(_statement(article, state, n) for n in range(len(state.slots)))
    return settle_verifications(state.ctx, state.slots, state.resolved, state.verifications, statements)


def _noted(article: Article, statements: int) -> tuple[Note, ...]:
    """The notes of an article with so many statements."""
    if statements < LIMITS.max_statements:
        return article.notes
    text = f"only the first {LIMITS.max_statements} statements were kept"
    return (*article.notes, Note(code="many-statements", text=text))


def read_values(article: Article, kinds: Collection[str] = KINDS) -> Reading:
    """The values of an article alone (times, quantities, places), in a reading without statements and entities.

    Args:
        kinds: the fields of the reading to fill, of ``values.KINDS``.

    Raises:
        TooLarge: the text is longer than ``settings.LIMITS.max_chars`` code points.
    """
    from musnad.read.language import check_size

    check_size(article.text)
    ctx = context(cut(article.text))
    (known,) = value_tokens(kinds_of(ctx.words), [(0, len(ctx))])
    (fields,) = values_of([Valued(ctx, known, article.published)], kinds)
    return _reading(article, notes=article.notes, **fields)


def _reading(article: Article, **made: Any) -> Reading:
    """A reading of ``article`` with what was made of it."""
    return Reading(
        id=article.id or content_id(article.text),
        text=article.text,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        url=article.url,
        reader={"name": "musnad", "version": VERSION},
        **made,
    )


def content_id(text: str) -> str:
    """The id of an article that was given none: sixteen hexadecimal digits of the SHA-256 of its text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _statement(article: Article, state: State, n: int) -> Statement:
    ctx, s, resolved = state.ctx, state.slots[n], state.resolved
    site = s.frame.site
    who = resolved.speakers[n]
    speaker = None
    if who is not None or s.speaker is not None:
        speaker = Party(span=ctx.span(*s.speaker) if s.speaker else None, entity=_id(resolved, who))
    addressee = (
        Party(span=ctx.span(*s.addressee), entity=_id(resolved, resolved.addressees[n])) if s.addressee else None
    )
    medium = Medium(span=ctx.span(*s.medium), kind=medium_kind(ctx, s.medium)) if s.medium else None
    content = tuple([ctx.span(*r) for r in s.frame.spans])
    return Statement(
        id=f"s{n + 1}",
        form=s.form,  # type: ignore[arg-type]
        cue=ctx.span(site.token, site.end),
        content=content,
        speaker=speaker,
        addressee=addressee,
        medium=medium,
        chain=chain(ctx, state.slots, n, resolved, outlet=article.outlet),
        act=s.act,
        stance=site.cue.stance,
        anonymous=resolved.anonymous[n],
        labels=labels(ctx, s),
        confidence=state.confidences[n],
        evidence=_evidence(s, resolved.margins[n]),
    )


def _id(resolved: Resolved, who: int | None) -> str | None:
    return resolved.entities[who].id if who is not None else None


def _evidence(s: Slots, carried: float | None) -> tuple[Evidence, ...]:
    site = s.frame.site
    out = [
        Evidence(slot="cue", rule=f"cue-{site.cue.kind}", row=site.cue.row, score=_rounded(s.found.start.margin)),
        Evidence(
            slot="content",
            rule=f"content-{s.frame.side}-{s.frame.kind}",
            score=_rounded(s.found.end.margin) if s.found.end else None,
        ),
    ]
    for slot, margin in s.margins:
        if slot not in _MENTIONED or getattr(s, slot) is not None:
            out.append(Evidence(slot=slot, rule=f"model-{slot}", score=_rounded(margin)))
        elif slot == "speaker":
            score = _rounded(carried) if carried is not None else None
            out.append(Evidence(slot=slot, rule="carried-over", score=score))
    return tuple(out)


_MENTIONED = frozenset(ROLES)


def _rounded(odds: float) -> float:
    """``odds`` in thousandths, which weights come in: half the time of ``round`` with a number of digits."""
    return round(odds * 1000) / 1000


def trace(article: Article, statement_id: str) -> tuple[TraceStep, ...]:
    """The decisions behind one statement, with features and rivals.

    Raises:
        UsageError: the article has no such statement.
    """
    from musnad.read.source import check_text
    from musnad.trace import steps

    check_text(article.text)
    state = analyse(article.text)
    ids = [f"s{n + 1}" for n in range(len(state.kept))]
    if statement_id not in ids:
        remedy = f"choose one of {ids[0]} to {ids[-1]}" if ids else "the article has no statements"
        raise UsageError("no such statement", value=statement_id, remedy=remedy)
    return steps(state.ctx, state.slots, state.resolved, state.kept[ids.index(statement_id)], models())
