"""Who still has a question before him: told when nobody need answer it any more."""

from __future__ import annotations

from collections.abc import Iterable

from broker.domain.partner import LoketId, MedewerkerId
from broker.ports import ASKED, Outbound
from broker.service.casus_reading import OpenCasus


def waiting_readers(
    opened: OpenCasus, messages: Iterable[Outbound]
) -> dict[tuple[LoketId, MedewerkerId], None]:
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
