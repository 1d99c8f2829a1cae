"""A desk may not be asked any more: what was asked of it is withdrawn (C-16.4, BS-9).

Its value becomes 'niet gevraagd', and a round that is complete by it ends. What was withdrawn stays
so, also when the desk may be asked again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from broker.domain.bericht import Geadresseerd, Intrekking
from broker.domain.casus import Kenmerk, loopt_ronde
from broker.domain.deelname import blijft_gevraagd
from broker.domain.partner import LoketId
from broker.domain.toegang import toegang
from broker.domain.verzoek import VerzoekGebeurtenis
from broker.ports import Outbound, OutboundKind
from broker.service.alarm_codes import AlarmCode
from broker.service.casus_reading import OpenCasus, read_casus
from broker.service.changing import apply_event
from broker.service.context import Context
from broker.service.deciding import Decided, carry_out, messages_of
from broker.service.effects import Effects, Send, of_casus
from broker.service.finish_round import finish_round
from broker.service.waiting_readers import waiting_readers


async def with_closed_desks(context: Context) -> Sequence[Kenmerk]:
    """The casussen in which a desk still has to answer that may not be asked any more."""
    today = context.today()
    async with context.store.begin() as tx:
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
    closed = {
        verzoek.loket
        for verzoek in opened.casus.verzoeken
        if verzoek.is_open and not blijft_gevraagd(context.netwerk, verzoek.loket, context.today())
    }
    told = _told(context, opened, await messages_of(context, opened), closed)
    for loket in sorted(closed):
        opened = apply_event(opened, loket, VerzoekGebeurtenis.INGETROKKEN)
    opened, finishing = finish_round(context, opened, now)
    effects = Effects(
        send=told,
        withdraw=tuple((kenmerk, loket) for loket in sorted(closed)),
        clear=((AlarmCode.CASUS_VASTGELOPEN, kenmerk),),
    )
    await carry_out(context, Decided(opened, effects + finishing, "verzoek.withdrawn"), now=now)


def _told(
    context: Context,
    opened: OpenCasus,
    messages: Sequence[Outbound],
    closed: Collection[LoketId],
) -> tuple[Send, ...]:
    """Who has the question hears that he need not answer; a partner that left hears nothing."""
    kenmerk, today = opened.casus.kenmerk, context.today()
    found = (
        (loket, context.netwerk.medewerker(reader))
        for loket, reader in waiting_readers(opened, messages)
        if loket in closed
    )
    return tuple(
        of_casus(
            opened.seed,
            kenmerk=kenmerk,
            post=Geadresseerd(Intrekking(kenmerk), employee[1], loket),
            kind=OutboundKind.INTREKKING,
        )
        for loket, employee in found
        if employee is not None and toegang(context.netwerk, *employee, today) is None
    )
