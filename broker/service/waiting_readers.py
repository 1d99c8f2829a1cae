"""Who still has a question before him: told when nobody need answer it any more."""

from __future__ import annotations

from collections.abc import Iterable

from broker.domain.bericht import Geadresseerd, Intrekking
from broker.domain.partner import LoketId, MedewerkerId
from broker.ports import ASKED, Outbound, OutboundKind
from broker.service.casus_reading import OpenCasus
from broker.service.context import Context
from broker.service.effects import Send, of_casus
from broker.service.message_numbers import INTREKKING_AFGEROND

Reader = tuple[LoketId, MedewerkerId]


def waiting_readers(opened: OpenCasus, messages: Iterable[Outbound]) -> dict[Reader, None]:
    """Who has the question of a desk that did not answer yet, each once, in order.

    Whoever was tried may have it, also where we do not know it (a lost '250').
    """
    waiting = {verzoek.loket for verzoek in opened.casus.verzoeken if verzoek.is_open}
    return {
        (message.loket, message.recipient): None
        for message in messages
        if message.kind in ASKED
        and message.loket is not None
        and message.loket in waiting
        and message.attempts
    }


def tell_not_needed(
    context: Context, opened: OpenCasus, readers: Iterable[Reader], *, ended_early: bool = False
) -> tuple[Send, ...]:
    """One message to each of them that is known still: no answer is needed.

    `ended_early`: as the round is over; else as the question was withdrawn.
    """
    kenmerk = opened.casus.kenmerk
    found = ((loket, context.netwerk.medewerker(reader)) for loket, reader in readers)
    return tuple(
        of_casus(
            opened.seed,
            kenmerk=kenmerk,
            post=Geadresseerd(Intrekking(kenmerk, afgerond=ended_early), employee[1], loket),
            kind=OutboundKind.INTREKKING,
            number=INTREKKING_AFGEROND if ended_early else 1,
        )
        for loket, employee in found
        if employee is not None
    )
