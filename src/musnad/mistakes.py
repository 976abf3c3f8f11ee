"""Mistakes of musnad itself as coded errors, so that one bad input costs no other."""

from __future__ import annotations

from pathlib import Path

from musnad.errors import MusnadError


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
