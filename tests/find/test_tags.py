"""What is known of a word in its sentence: clitics taken off or left, classes, readings as a reporting word."""

from __future__ import annotations

from collections.abc import Callable

from reading_cases import NONE, Case, cases, context_of

from musnad.find.context import Context
from musnad.find.cuewords import HEAD, SHORT
from musnad.find.tags import Tag
from musnad.lexicon.loader import rows
from musnad.read.fold import fold_word

VALUES: dict[str, Callable[[Tag], set[str]]] = {
    "bare": lambda t: {t.bare},
    "conjunction": lambda t: {t.conjunction or NONE},
    "proclitic": lambda t: {t.proclitic or NONE},
    "particle": lambda t: {t.particle or NONE},
    "cue": lambda t: {c.kind for c in t.cues} or {NONE},
    "act": lambda t: {c.act for c in t.cues},
    "gender": lambda t: {c.gender for c in t.cues},
    "lexical": lambda t: set(t.lexical),
    "definite": lambda t: {"yes" if t.definite else "no"},
}


def tag_of(ctx: Context, word: str) -> Tag:
    place = next(i for i in range(len(ctx)) if ctx.text(i, i + 1) == word)
    found = ctx.tags[place]
    assert found is not None
    return found


@cases("find_tags")
def test_tags(case: Case) -> None:
    found = tag_of(context_of(case["text"]), case["word"])
    for check in case["checks"].split():
        name, _, wanted = check.partition("=")
        values = VALUES[name.removesuffix("!")](found)
        assert (fold_word(wanted) in values) is not name.endswith("!"), f"{check}: {values}"


def test_short_words_hold_every_pronoun_ending() -> None:
    """A word longer than that is no stem of three letters with a pronoun: ``may_open`` does not look."""
    endings = [fold_word(form) for row in rows("grammar/enclitics") for form in row.all("form")]
    assert max(map(len, endings)) == SHORT - (HEAD - 1)
