"""A message that will never arrive: its desk is 'niet bereikt', and a person is alarmed."""

from __future__ import annotations

from datetime import datetime

from broker.domain.casus import CasusStaat
from broker.domain.verzoek import VerzoekGebeurtenis, VerzoekStaat, kan_verzoek
from broker.ports import (
    ASKED,
    UNDELIVERED,
    Alarm,
    Inbound,
    InboundStatus,
    Outbound,
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
    """Close the message and, if nobody else at the desk has its question, that question.

    Of a reminder, or of a verzoek beside that of a colleague, it is an alarm only: the desk was
    reached. The last question that is closed ends the round.

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
    if lost is None or message.loket is None:
        return
    opened = lost[0]
    if opened.verzoek(message.loket).staat is VerzoekStaat.ONBESTELBAAR:
        context.events.log(
            "verzoek.undeliverable", kenmerk=opened.casus.kenmerk, loket=message.loket
        )
        tell_enriched(context, opened.record)


async def _lose_verzoek(
    context: Context, message: Outbound, now: datetime
) -> tuple[OpenCasus, Closed] | None:
    """The casus after this; None when nothing was waiting for the message.

    Unchanged while the question is, or may still come, elsewhere at the desk. Saved all the same:
    of two failures at one moment the second must see the first.
    """
    if message.kind not in ASKED or not message.kenmerk or not message.loket:
        return None
    opened = await read_casus(context, message.kenmerk)
    if opened is None or opened.casus.staat is not CasusStaat.IN_VERRIJKING:
        return None
    verzoek = opened.casus.verzoek_aan(message.loket)
    event = VerzoekGebeurtenis.NIET_TE_BEZORGEN
    if verzoek is None or not kan_verzoek(verzoek.staat, event):
        return None
    async with context.store.begin() as tx:
        messages = await tx.outbox.of_casus(message.kenmerk)
    if any(
        other.id != message.id
        and other.kind in ASKED
        and other.loket == message.loket
        and other.status in UNDELIVERED | {OutboundStatus.VERZONDEN}
        for other in messages
    ):
        return opened, await close(context, Effects(), now=now)
    opened, finishing = finish_round(context, apply_event(opened, message.loket, event), now)
    effects = Effects(withdraw=((message.kenmerk, message.loket),)) + finishing
    return opened, await close(context, effects, now=now, casus_key=opened.casus_key)
