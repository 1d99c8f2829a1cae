"""A desk may not be asked any more: what was asked of it is withdrawn (C-16.4, BS-9).

Its value becomes 'niet gevraagd', and a round that is complete by it ends. What was withdrawn stays
so, also when the desk may be asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from broker.domain.casus import Kenmerk, loopt_ronde
from broker.domain.deelname import blijft_gevraagd
from broker.domain.partner import MedewerkerId
from broker.domain.toegang import toegang
from broker.domain.verzoek import VerzoekGebeurtenis
from broker.ports import Transaction
from broker.service.alarm_codes import AlarmCode
from broker.service.casus_reading import read_casus
from broker.service.changing import apply_event
from broker.service.context import Context
from broker.service.deciding import Decided, carry_out, messages_of
from broker.service.effects import Effects
from broker.service.finish_round import finish_round
from broker.service.waiting_readers import tell_not_needed, waiting_readers


async def with_closed_desks(context: Context, tx: Transaction) -> Sequence[Kenmerk]:
    """The casussen in which a desk still has to answer that may not be asked any more."""
    today = context.today()
    waiting = await tx.casussen.open_verzoeken()
    return tuple(
        dict.fromkeys(
            kenmerk
            for kenmerk, loket in waiting
            if not blijft_gevraagd(context.netwerk, loket, today)
        )
    )


async def withdraw_closed_desks(context: Context, kenmerk: Kenmerk, now: datetime) -> None:
    """Withdraw what is still asked of such desks in one casus. Raises Conflict."""
    opened = await read_casus(context, kenmerk)
    if opened is None or not loopt_ronde(opened.casus.staat):
        return
    closed = sorted(
        verzoek.loket
        for verzoek in opened.casus.verzoeken
        if verzoek.is_open and not blijft_gevraagd(context.netwerk, verzoek.loket, context.today())
    )
    if not closed:
        return
    readers = waiting_readers(opened, await messages_of(context, opened))
    told = tell_not_needed(
        context,
        opened,
        (
            (loket, reader)
            for loket, reader in readers
            if loket in closed and _may_read(context, reader)
        ),
    )
    for loket in closed:
        opened = apply_event(opened, loket, VerzoekGebeurtenis.INGETROKKEN)
    opened, finishing = finish_round(context, opened, now)
    effects = Effects(
        send=told,
        withdraw=tuple((kenmerk, loket) for loket in closed),
        clear=((AlarmCode.CASUS_VASTGELOPEN, kenmerk),),
    )
    decided = Decided(opened, effects + finishing, "verzoek.withdrawn", desks=tuple(closed))
    await carry_out(context, decided, now=now)


def _may_read(context: Context, reader: MedewerkerId) -> bool:
    """A partner that left hears nothing any more."""
    employee = context.netwerk.medewerker(reader)
    return employee is not None and toegang(context.netwerk, *employee, context.today()) is None
