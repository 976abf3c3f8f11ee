"""What the wording of a statement settles after its slots were filled.

Who passes words on and whose words they are, where one verb names both; who is called by name in direct speech.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from musnad.find import kinds
from musnad.find.addressees import vocative
from musnad.find.context import Context
from musnad.find.relays import credited, passed_on
from musnad.find.slots import Slots
from musnad.model.maxent import Weights, decide, labeller


def sources_told_apart(ctx: Context, s: Slots, models: Mapping[str, Weights]) -> Slots:
    """``s`` with the one who is quoted as its speaker and the one who quotes as its relay.

    Only where a verb or a phrase of passing on (``speech/relays``) names whose words they are.
    """
    apart = passed_on(ctx, s.frame, s.speaker)
    if apart is None:
        return _credited(ctx, s)
    source, relay = apart
    features = kinds.anonymous_features(ctx, s.frame, source)
    unnamed = decide(labeller(models["anonymous"], kinds.ANONYMITY).scores(features))
    return replace(s, speaker=source, relay=relay, anonymous=bool(unnamed.index))


def _credited(ctx: Context, s: Slots) -> Slots:
    """``s`` with the one whom an attribution beside it credits as its relay; the speaker's mention ends before it."""
    found = credited(ctx, s.frame)
    if found is None or s.speaker == found[0] or s.relay not in (None, found[0]):
        return s
    relay, opening = found
    speaker = s.speaker
    if speaker is not None and speaker[0] < opening < speaker[1]:
        end = opening
        while end > speaker[0] + 1 and not ctx.is_word(end - 1):
            end -= 1
        speaker = (speaker[0], end)
    return replace(s, speaker=speaker, relay=relay)


def with_vocative(ctx: Context, s: Slots) -> Slots:
    """``s`` with the one who is called at the beginning of direct speech as its addressee, where none is named."""
    if s.addressee is not None:
        return s
    called = vocative(ctx, s.frame)
    return s if called is None else replace(s, addressee=called)
