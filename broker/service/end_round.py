"""The ketenregisseur ends a round early: the uitkomst goes at once (D-6)."""

from __future__ import annotations

from datetime import datetime

from broker.domain.opdracht import OpdrachtSoort, Uitslag
from broker.domain.partner import MedewerkerId
from broker.service.casus_reading import OpenCasus
from broker.service.context import Context
from broker.service.deciding import Decided, may_not, messages_of
from broker.service.effects import Effects
from broker.service.finish_round import expire
from broker.service.waiting_readers import tell_not_needed, waiting_readers


async def decide_end(
    context: Context, opened: OpenCasus, by: MedewerkerId, now: datetime
) -> Decided | Uitslag:
    """Every open verzoek closes as at the end of its term, and who has it need not answer.

    A late answer is still an aanvulling (D-5).
    """
    refusal = may_not(context, opened, OpdrachtSoort.AFRONDEN, by=by, now=now)
    if refusal is not None:
        return refusal
    messages = await messages_of(context, opened)
    readers = waiting_readers(opened, messages)
    told = tell_not_needed(context, opened, readers, ended_early=True)
    opened, effects = expire(context, opened, messages, now)
    return Decided(opened, Effects(send=told) + effects, "casus.ended_early")
