"""The ketenregisseur ends a round early: the uitkomst goes at once (D-6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from broker.domain.bericht import Geadresseerd, Intrekking
from broker.domain.opdracht import OpdrachtSoort, Uitslag
from broker.domain.partner import MedewerkerId
from broker.ports import Outbound, OutboundKind
from broker.service.casus_reading import OpenCasus
from broker.service.context import Context
from broker.service.deciding import Decided, may_not, messages_of
from broker.service.effects import Effects, Send, of_casus
from broker.service.finish_round import expire
from broker.service.message_numbers import INTREKKING_AFGEROND
from broker.service.waiting_readers import waiting_readers


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
    told = _not_needed(context, opened, messages)
    opened, effects = expire(context, opened, messages, now)
    return Decided(opened, Effects(send=told) + effects, "casus.ended_early")


def _not_needed(
    context: Context, opened: OpenCasus, messages: Sequence[Outbound]
) -> tuple[Send, ...]:
    kenmerk = opened.casus.kenmerk
    found = (
        (loket, context.netwerk.medewerker(reader))
        for loket, reader in waiting_readers(opened, messages)
    )
    return tuple(
        of_casus(
            opened.seed,
            kenmerk=kenmerk,
            post=Geadresseerd(Intrekking(kenmerk, afgerond=True), employee[1], loket),
            kind=OutboundKind.INTREKKING,
            number=INTREKKING_AFGEROND,
        )
        for loket, employee in found
        if employee is not None
    )
