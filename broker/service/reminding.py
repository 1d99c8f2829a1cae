"""Asking once more whoever has not answered: at the reminder, and when a casus becomes urgent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from broker.domain.bericht import Geadresseerd, Herinnering
from broker.domain.convenant import te_bevragen
from broker.domain.toegang import Spreker
from broker.ports import Outbound, OutboundKind, VerstrekkingId
from broker.service.asking import last_day, question
from broker.service.casus_reading import OpenCasus
from broker.service.context import Context
from broker.service.disclosing import disclose_melding
from broker.service.effects import Effects, of_casus
from broker.service.message_numbers import HERINNERING_SPOED


def remind(
    context: Context,
    opened: OpenCasus,
    messages: Iterable[Outbound],
    *,
    now: datetime,
    urgent: bool = False,
) -> Effects:
    """The question again, to every desk that has not answered: to who is there today (C-6.3).

    `messages` are those of the casus so far: what one of them disclosed to a reader is registered.
    """
    casus = opened.casus
    registered = {message.verstrekking for message in messages}
    effects = Effects()
    for asked in te_bevragen(context.netwerk, casus.melding, casus.melder_loket, context.today()):
        verzoek = casus.verzoek_aan(asked.loket.id)
        if verzoek is not None and verzoek.is_open:
            effects += _reminder(
                context, opened, asked, registered=registered, now=now, urgent=urgent
            )
    return effects


def _reminder(
    context: Context,
    opened: OpenCasus,
    asked: Spreker,
    *,
    registered: set[VerstrekkingId | None],
    now: datetime,
    urgent: bool,
) -> Effects:
    casus = opened.casus
    vraag = question(
        context,
        casus.melding,
        asked.loket,
        kenmerk=casus.kenmerk,
        seed=opened.seed,
        until=last_day(opened.record, opened.verzoek(asked.loket.id)),
    )
    post = Geadresseerd(Herinnering(vraag, spoed=urgent), asked.medewerker, asked.loket.id)
    disclosure = disclose_melding(
        context,
        casus.melding,
        post,
        kenmerk=casus.kenmerk,
        seed=opened.seed,
        officer=casus.melder,
        moment=now,
    )
    send = of_casus(
        opened.seed,
        kenmerk=casus.kenmerk,
        post=post,
        kind=OutboundKind.HERINNERING,
        number=HERINNERING_SPOED if urgent else 1,
        verstrekking=disclosure.id if disclosure else None,
    )
    new = disclosure is not None and disclosure.id not in registered
    return Effects(send=(send,), disclose=(disclosure,) if disclosure and new else ())
