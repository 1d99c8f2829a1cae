"""A message that will never arrive: its desk is 'niet bereikt', and a person is alarmed."""

from __future__ import annotations

from datetime import datetime

from broker.domain.casus import CasusStaat
from broker.domain.verzoek import VerzoekGebeurtenis, kan_verzoek
from broker.ports import (
    Alarm,
    Inbound,
    InboundStatus,
    Outbound,
    OutboundKind,
    OutboundStatus,
    VerstrekkingEvent,
)
from broker.service.alarm_codes import AlarmCode
from broker.service.alarming import about_delivery, change_alarms
from broker.service.casus_reading import OpenCasus, read_casus
from broker.service.changing import apply_event
from broker.service.closing import close
from broker.service.context import Context
from broker.service.effects import Closed, Effects, save
from broker.service.finish_round import finish_round, tell_enriched
from broker.service.incoming import close_inbound
from broker.service.starting_over import start_over


async def record_undeliverable(
    context: Context, message: Outbound, *, reason: str, report: Inbound | None = None
) -> None:
    """Close the message and, if it was a verzoek, its question; the last one ends the round.

    All in one transaction, with the delivery report that told it: nothing is half known after a
    crash. Raises Conflict, and what `close` raises; then nothing was kept.
    """
    await start_over(
        context, lambda: _record(context, message, reason, report), what="undeliverable"
    )


async def _record(context: Context, message: Outbound, reason: str, report: Inbound | None) -> None:
    now = context.now()
    lost = await _lose_verzoek(context, message, now)
    async with context.store.begin() as tx:
        await tx.outbox.mark(message.id, status=OutboundStatus.MISLUKT, reason=reason)
        alarm = Alarm(AlarmCode.BERICHT_ONBESTELBAAR, message.id, now)
        await change_alarms(context, tx, ended=about_delivery(message.id), begun=(alarm,), now=now)
        if message.verstrekking is not None:
            await tx.register.note(message.verstrekking, VerstrekkingEvent.MISLUKT, at=now)
        if lost is not None:
            opened, closed = lost
            await save(context, tx, closed, now=now)
            await tx.casussen.save(opened.record)
        if report is not None:
            await close_inbound(
                context,
                tx,
                report,
                status=InboundStatus.VERWERKT,
                reason="bezorgbericht",
                now=now,
            )
        await tx.commit()
    context.events.log("delivery.rejected", id=message.id, kind=message.kind, code=reason)
    if lost is not None and message.kenmerk and message.loket:
        context.events.log("verzoek.undeliverable", kenmerk=message.kenmerk, loket=message.loket)
        tell_enriched(context, lost[0].record)


async def _lose_verzoek(
    context: Context, message: Outbound, now: datetime
) -> tuple[OpenCasus, Closed] | None:
    """The casus without hope of this answer; None when nothing was waiting for it."""
    if message.kind is not OutboundKind.VERZOEK or not message.kenmerk or not message.loket:
        return None
    opened = await read_casus(context, message.kenmerk)
    if opened is None or opened.casus.staat is not CasusStaat.IN_VERRIJKING:
        return None
    verzoek = opened.casus.verzoek_aan(message.loket)
    event = VerzoekGebeurtenis.NIET_TE_BEZORGEN
    if verzoek is None or not kan_verzoek(verzoek.staat, event):
        return None
    opened, finishing = finish_round(context, apply_event(opened, message.loket, event), now)
    effects = Effects(withdraw=((message.kenmerk, message.loket),)) + finishing
    return opened, await close(context, effects, now=now, casus_key=opened.casus_key)
