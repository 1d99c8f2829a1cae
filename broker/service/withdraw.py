"""The melder withdraws his melding: every open verzoek is cancelled (PR-7.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from broker.domain.bericht import Geadresseerd, Intrekking, Status, StatusBericht
from broker.domain.casus import CasusGebeurtenis, volgende_casusstaat
from broker.domain.opdracht import OpdrachtSoort, Uitslag
from broker.domain.partner import MedewerkerId
from broker.domain.toegang import ketenregisseur
from broker.domain.verzoek import VerzoekGebeurtenis
from broker.ports import ASKS, UNDELIVERED, Outbound, OutboundKind
from broker.service.alarming import over_with
from broker.service.casus_reading import OpenCasus
from broker.service.changing import close_open
from broker.service.context import Context
from broker.service.deciding import Decided, may_not, messages_of
from broker.service.effects import Effects, of_casus
from broker.service.message_numbers import INTREKKING_AAN_REGIE, STATUS_INGETROKKEN
from broker.service.waiting_readers import tell_not_needed, waiting_readers


async def decide_withdrawal(
    context: Context, opened: OpenCasus, by: MedewerkerId, now: datetime
) -> Decided | Uitslag:
    """Nothing about the casus leaves any more, but that it was withdrawn."""
    refusal = may_not(context, opened, OpdrachtSoort.INTREKKEN, by=by, now=now)
    if refusal is not None:
        return refusal
    messages = await messages_of(context, opened)
    effects = _tell(context, opened, messages)
    opened = close_open(opened, VerzoekGebeurtenis.INGETROKKEN)
    record = replace(
        opened.record,
        staat=volgende_casusstaat(opened.casus.staat, CasusGebeurtenis.INGETROKKEN),
        closed_on=now,
        remind_at=None,
        ends_at=None,
    )
    return Decided(
        replace(opened, record=record),
        effects + Effects(clear=over_with(record)),
        "casus.withdrawn",
        recalled=tuple(
            message
            for message in messages
            if message.status in UNDELIVERED and message.kind not in ASKS
        ),
    )


def _tell(context: Context, opened: OpenCasus, messages: Sequence[Outbound]) -> Effects:
    """Who must hear of it: who still has the question, who has the regie, and the melder."""
    kenmerk = opened.casus.kenmerk
    readers = waiting_readers(opened, messages)
    told = tell_not_needed(context, opened, readers)
    regie = ketenregisseur(context.netwerk, context.today())
    if regie is not None and (regie.loket.id, regie.medewerker.id) not in readers:
        notice = of_casus(
            opened.seed,
            kenmerk=kenmerk,
            post=Geadresseerd(
                Intrekking(kenmerk, aan_regie=True), regie.medewerker, regie.loket.id
            ),
            kind=OutboundKind.INTREKKING,
            number=INTREKKING_AAN_REGIE,
        )
        told = (*told, notice)
    melder = context.netwerk.medewerker(opened.casus.melder)
    if melder is not None:
        loket, employee = melder
        status = of_casus(
            opened.seed,
            kenmerk=kenmerk,
            post=Geadresseerd(StatusBericht(kenmerk, Status.INGETROKKEN), employee, loket.id),
            kind=OutboundKind.STATUS,
            # The first status told that it was received.
            number=STATUS_INGETROKKEN,
        )
        told = (*told, status)
    return Effects(send=told, withdraw=((kenmerk, None),))
