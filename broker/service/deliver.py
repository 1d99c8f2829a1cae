"""Empty the outbox: check again who may receive, hand over, write down what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from broker.domain.toegang import (
    Bestemming,
    GeenToegang,
    mag_ontvangen,
)
from broker.ports import (
    Alarm,
    Deferred,
    Delivered,
    DeliveryResult,
    Outbound,
    OutboundKind,
    OutboundStatus,
    Rejected,
    Transaction,
    VerstrekkingEvent,
    Withheld,
)
from broker.service.context import Context
from broker.service.undeliverable import record_undeliverable

BATCH = 32
HELD = "bericht-vastgehouden"
FAILED = "bericht-onbestelbaar"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One message, and what came of handing it over."""

    message: Outbound
    result: DeliveryResult


async def deliver(context: Context) -> int:
    """Deliver what is due, at most one batch; says how many messages were tried."""
    now = context.now()
    async with context.store.begin() as tx:
        messages = await tx.outbox.claim(now=now, until=now + context.patience.lease, limit=BATCH)
        await tx.commit()
    if not messages:
        return 0
    results = await asyncio.gather(*(_hand_over(context, message) for message in messages))
    attempts = [Attempt(*pair) for pair in zip(messages, results, strict=True)]
    now = context.now()
    async with context.store.begin() as tx:
        for attempt in attempts:
            await _write(context, tx, attempt, now)
        await tx.commit()
    await _follow_up(context, attempts)
    return len(messages)


async def _hand_over(context: Context, message: Outbound) -> DeliveryResult:
    """PR-8, PR-13.4, BS-9: judged at the moment of sending, then handed over."""
    refusal = mag_ontvangen(
        context.netwerk,
        Bestemming(message.recipient, message.key, message.address, message.police),
        context.today(),
    )
    if refusal is None:
        refusal = _police_desk_closed(context, message)
    if refusal is not None:
        return Withheld(refusal)
    return await context.delivery.deliver(
        envelope_from=message.envelope_from, address=message.address, message=message.raw
    )


def _police_desk_closed(context: Context, message: Outbound) -> GeenToegang | None:
    """BS-9: nothing is asked of the police while their decision is not in force."""
    asks = message.kind in (OutboundKind.VERZOEK, OutboundKind.HERINNERING)
    loket = context.netwerk.loket(message.loket) if message.loket else None
    if not asks or loket is None or not context.netwerk.is_wpg(loket):
        return None
    in_force = context.netwerk.besluit.geldt(context.today())
    return None if in_force else GeenToegang.BESLUIT_GELDT_NIET


def _gives_up(context: Context, message: Outbound) -> bool:
    return message.attempts >= context.patience.outbox_attempts


async def _write(context: Context, tx: Transaction, attempt: Attempt, now: datetime) -> None:
    message, result = attempt.message, attempt.result
    log = context.events.log
    match result:
        case Delivered():
            await tx.outbox.mark(message.id, status=OutboundStatus.VERZONDEN, sent=now)
            if message.kind is OutboundKind.VERZOEK and message.kenmerk and message.loket:
                await tx.casussen.sent(message.kenmerk, message.loket, on=now)
            await _note(tx, message, VerstrekkingEvent.AFGELEVERD, now)
            if message.attempts > 1:
                await tx.alarms.clear(HELD, message.id, at=now)
            log("delivery.sent", id=message.id, kind=message.kind)
        case Withheld(code):
            await tx.outbox.mark(
                message.id,
                status=OutboundStatus.VASTGEHOUDEN,
                reason=code,
                due=now + context.patience.held_pause,
            )
            await tx.alarms.raise_alarm(Alarm(HELD, message.id, now))
            log("delivery.withheld", id=message.id, kind=message.kind, code=code)
        case Deferred(code) if not _gives_up(context, message):
            due = now + context.patience.outbox_pause(message.attempts)
            await tx.outbox.mark(message.id, status=OutboundStatus.WACHT, reason=code, due=due)
            log("delivery.deferred", id=message.id, kind=message.kind, code=code)
        case Deferred(code) | Rejected(code):
            await tx.outbox.mark(message.id, status=OutboundStatus.MISLUKT, reason=code)
            await tx.alarms.raise_alarm(Alarm(FAILED, message.id, now))
            await _note(tx, message, VerstrekkingEvent.MISLUKT, now)
            log("delivery.rejected", id=message.id, kind=message.kind, code=code)
        case _:
            assert_never(result)


async def _note(
    tx: Transaction, message: Outbound, event: VerstrekkingEvent, now: datetime
) -> None:
    if message.verstrekking is not None:
        await tx.register.note(message.verstrekking, event, at=now)


async def _follow_up(context: Context, attempts: Sequence[Attempt]) -> None:
    """A verzoek that will never arrive is told to its casus."""
    for attempt in attempts:
        message, result = attempt.message, attempt.result
        lost = isinstance(result, Rejected) or (
            isinstance(result, Deferred) and _gives_up(context, message)
        )
        if lost and message.kind is OutboundKind.VERZOEK and message.kenmerk and message.loket:
            await record_undeliverable(context, message.kenmerk, message.loket)
