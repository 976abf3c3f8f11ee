"""Mistakes of musnad itself as coded errors, so that one bad input costs no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from musnad.errors import InputError, MusnadError
from musnad.types import Article

T = TypeVar("T")


def guarded(make: Callable[[], T], article: Article) -> T | MusnadError:
    """What ``make`` makes of ``article``, or the error for which the article is set aside, with its source as value.

    Raises:
        MusnadError: what fails is not about this article: a table or a model is broken.
    """
    source = article.source or article.id
    try:
        return make()
    except InputError as error:
        return type(error)(error.message, value=source or error.value, remedy=error.remedy)
    except MusnadError:
        raise
    except Exception as error:
        return own_mistake(error, source)


def own_mistake(error: Exception, source: str) -> MusnadError:
    """A mistake of ours as a coded error: it is named and counted, and the other inputs are still read."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    message = f"musnad made a mistake ({type(error).__name__} at {where})"
    failure = MusnadError(message, value=source, remedy="please report it with this input")
    failure.code = "internal-error"
    return failure
