"""The ketenregisseur makes a casus urgent: one werkdag is left to answer (D-6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from broker.domain.opdracht import OpdrachtSoort, Uitslag
from broker.domain.partner import MedewerkerId
from broker.domain.termijn import einde_van, spoeddag
from broker.domain.verzoek import OPEN_VERZOEK
from broker.ports import CasusRecord
from broker.service.asking import asked_until
from broker.service.casus_reading import OpenCasus
from broker.service.context import Context
from broker.service.deciding import Decided, may_not, messages_of
from broker.service.effects import Effects
from broker.service.reminding import as_reminded, remind


async def decide_urgent(
    context: Context, opened: OpenCasus, by: MedewerkerId, now: datetime
) -> Decided | Uitslag:
    """Every desk that did not answer gets the question again, with its new last day.

    Only those: the last day of a desk that answered stays as it was, so that no later letter to it
    depends on whether others had answered too (PR-13.5).
    """
    refusal = may_not(context, opened, OpdrachtSoort.SPOED, by=by, now=now)
    if refusal is not None:
        return refusal
    record = opened.record
    opened = replace(opened, record=_urgent(context, record, now))
    reminders = remind(context, opened, await messages_of(context, opened), now=now, urgent=True)
    reminded = {send.post.loket for send in reminders.send}
    # What still waits to be delivered names a day that is too late.
    replaced = Effects(withdraw=tuple((record.kenmerk, loket) for loket in sorted(reminded)))
    return Decided(
        # This reminder is the last one.
        replace(opened, record=as_reminded(opened.record, reminders, now=now)),
        replaced + reminders,
        "casus.urgent",
    )


def _urgent(context: Context, record: CasusRecord, now: datetime) -> CasusRecord:
    kalender = context.netwerk.kalender
    until = spoeddag(now, asked_until(record), kalender)
    return replace(
        record,
        ends_at=einde_van(until, kalender),
        verzoeken=tuple(
            replace(verzoek, urgent_until=until) if verzoek.staat in OPEN_VERZOEK else verzoek
            for verzoek in record.verzoeken
        ),
    )
