"""Asking once more whoever has not answered: at the reminder, and when a casus becomes urgent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from broker.domain.convenant import te_bevragen
from broker.domain.toegang import Spreker
from broker.domain.vervanging import wie_krijgt_de_herinnering
from broker.ports import CasusRecord, Outbound
from broker.service.asking_readers import Asking, ask, readers_of
from broker.service.casus_reading import OpenCasus
from broker.service.context import Context
from broker.service.effects import Effects


def remind(
    context: Context,
    opened: OpenCasus,
    messages: Sequence[Outbound],
    *,
    now: datetime,
    urgent: bool = False,
) -> Effects:
    """The question again, at every desk that has not answered: also to a vervanger (C-6.3).

    `messages` are those of the casus so far: who was asked, and what was disclosed to a reader.
    """
    casus = opened.casus
    asking = Asking.SPOED if urgent else Asking.HERINNERING
    effects = Effects()
    for today in te_bevragen(context.netwerk, casus.melding, casus.melder_loket, context.today()):
        verzoek = casus.verzoek_aan(today.loket.id)
        if verzoek is None or not verzoek.is_open:
            continue
        known = readers_of(messages, today.loket.id)
        for reader in wie_krijgt_de_herinnering(
            context.netwerk,
            casus.melding,
            loket=today.loket,
            gevraagd=known.asked,
            bereikt=known.reached,
            dag=context.today(),
        ):
            effects += ask(context, opened, messages, Spreker(today.loket, reader), asking, now=now)
    return effects


def as_reminded(record: CasusRecord, effects: Effects, *, now: datetime) -> CasusRecord:
    """The record after these reminders left: it has no other to come."""
    desks = {send.post.loket for send in effects.send}
    verzoeken = tuple(
        replace(verzoek, reminded_on=now) if verzoek.loket in desks else verzoek
        for verzoek in record.verzoeken
    )
    return replace(record, remind_at=None, verzoeken=verzoeken)
