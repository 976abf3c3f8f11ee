"""Reading many articles: in bundles whose texts lie side by side, so that one that fails costs no other.

Most work on a text is a few hundred operations on small arrays, which cost nearly the same for sixteen texts as for one
(``docs/decisions/0012-side-by-side.md``). A reading does not depend on what stands in its bundle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from musnad.errors import MusnadError
from musnad.mistakes import guarded
from musnad.pipeline import read_together
from musnad.read.language import check_text
from musnad.types import Article, Reading

MOST = 16  # articles of a bundle
MOST_CHARS = 40_000  # code points of a bundle; a longer article stands alone

Read = Reading | MusnadError


def read_all(items: Iterable[Article | MusnadError], *, authority: tuple[str, ...] = ()) -> Iterator[Read]:
    """Read articles in order, as many as are given.

    Args:
        items: articles, and errors of inputs that gave none, which pass through.
        authority: the user's files of actors.

    Yields:
        For each item its reading, or the error for which it was set aside, with the source of the article as its value.

    Raises:
        MusnadError: no article can be read: a file of ``authority``, a table or a model is broken.
    """
    for bundle in bundles(items):
        yield from read_bundle(bundle, authority)


def bundles(items: Iterable[Article | MusnadError]) -> Iterator[list[Article | MusnadError]]:
    """What is read together: neighbours, up to ``MOST`` and ``MOST_CHARS``."""
    bundle: list[Article | MusnadError] = []
    size = 0
    try:
        for item in items:
            own = len(item.text) if isinstance(item, Article) else 0
            if bundle and size + own > MOST_CHARS:
                yield bundle
                bundle, size = [], 0
            bundle.append(item)
            size += own
            if len(bundle) == MOST:
                yield bundle
                bundle, size = [], 0
    except Exception:
        if bundle:  # what was given before the source failed is still read
            yield bundle
        raise
    if bundle:
        yield bundle


def read_bundle(bundle: Sequence[Article | MusnadError], authority: tuple[str, ...] = ()) -> list[Read]:
    """Read articles side by side; see ``read_all``."""
    checked = [item if isinstance(item, MusnadError) else guarded(partial(_checked, item), item) for item in bundle]
    articles = [item for item in checked if isinstance(item, Article)]
    read = partial(read_together, authority=authority)
    try:
        found: Iterator[Read] = iter(read(articles))
    except MusnadError:
        raise
    except Exception:  # a mistake of ours, which only the article that it is about shall pay for
        found = iter([guarded(lambda: read([article])[0], article) for article in articles])  # noqa: B023
    return [item if isinstance(item, MusnadError) else next(found) for item in checked]


def _checked(article: Article) -> Article:
    check_text(article.text)
    return article
