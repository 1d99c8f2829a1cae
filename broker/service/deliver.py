"""Empty the outbox: check again who may receive, hand over, write down what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import assert_never

from broker.ports import (
    ASKED,
    Alarm,
    Deferred,
    Delivered,
    DeliveryResult,
    Outbound,
    OutboundStatus,
    Rejected,
    Transaction,
    VerstrekkingEvent,
    Withheld,
)
from broker.service.alarm_codes import AlarmCode
from broker.service.alarming import about_delivery, change_alarms
from broker.service.context import Context
from broker.service.recipient import may_not_read
from broker.service.suspend import as_decided
from broker.service.undeliverable import record_undeliverable

BATCH = 32


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
        if messages:
            # BS-9: what the police decided until now, at the moment of sending.
            context = await as_decided(context, tx)
        await tx.commit()
    if not messages:
        return 0
    results = await asyncio.gather(*(_hand_over(context, message) for message in messages))
    attempts = [
        Attempt(message, _given_up(context, message, result))
        for message, result in zip(messages, results, strict=True)
    ]
    now = context.now()
    async with context.store.begin() as tx:
        await _write_delivered(
            context, tx, [a.message for a in attempts if isinstance(a.result, Delivered)], now
        )
        for attempt in attempts:
            await _write_undelivered(context, tx, attempt, now)
        await tx.commit()
    for attempt in attempts:
        if isinstance(attempt.result, Rejected):
            await _lose(context, attempt.message, attempt.result.code)
    return len(messages)


async def _hand_over(context: Context, message: Outbound) -> DeliveryResult:
    """PR-8, PR-13.4, BS-9: judged at the moment of sending, then handed over."""
    refusal = may_not_read(context, message)
    if refusal is not None:
        return Withheld(refusal)
    try:
        return await context.delivery.deliver(
            envelope_from=message.envelope_from, address=message.address, message=message.raw
        )
    except Exception as fault:  # noqa: BLE001 - or what went out beside it would go out again
        context.events.log(
            "fault", component="deliver", error=type(fault).__name__, outbound=message.id
        )
        return Deferred("fout")


def _given_up(context: Context, message: Outbound, result: DeliveryResult) -> DeliveryResult:
    """What was tried often enough is lost."""
    if isinstance(result, Deferred) and message.attempts >= context.patience.outbox_attempts:
        return Rejected(result.code)
    return result


async def _write_delivered(
    context: Context, tx: Transaction, messages: Sequence[Outbound], now: datetime
) -> None:
    if not messages:
        return
    await tx.outbox.mark(
        *(message.id for message in messages), status=OutboundStatus.VERZONDEN, sent=now
    )
    asked = sorted(
        (message.kenmerk, message.loket)
        for message in messages
        if message.kind in ASKED and message.kenmerk and message.loket
    )
    # In the order of their names, so that two processes never wait for each other's casus.
    for kenmerk, of_casus in groupby(asked, key=itemgetter(0)):
        await tx.casussen.sent(kenmerk, *(loket for _, loket in of_casus), on=now)
    for message in messages:
        if message.verstrekking is not None:
            await tx.register.note(message.verstrekking, VerstrekkingEvent.AFGELEVERD, at=now)
        context.events.log("delivery.sent", id=message.id, kind=message.kind)
    over = (ended for message in messages for ended in about_delivery(message.id))
    await change_alarms(context, tx, ended=over, now=now)


async def _write_undelivered(
    context: Context, tx: Transaction, attempt: Attempt, now: datetime
) -> None:
    message, result = attempt.message, attempt.result
    log = context.events.log
    match result:
        case Withheld(code):
            await tx.outbox.mark(
                message.id,
                status=OutboundStatus.VASTGEHOUDEN,
                reason=code,
                due=now + context.patience.held_pause,
            )
            held = Alarm(AlarmCode.BERICHT_VASTGEHOUDEN, message.id, now)
            delayed = (AlarmCode.BEZORGING_VERTRAAGD, message.id)
            await change_alarms(context, tx, ended=(delayed,), begun=(held,), now=now)
            log("delivery.withheld", id=message.id, kind=message.kind, code=code)
        case Deferred(code):
            due = now + context.patience.outbox_pause(message.attempts)
            await tx.outbox.mark(message.id, status=OutboundStatus.WACHT, reason=code, due=due)
            if message.attempts >= context.patience.outbox_alarm:
                late = Alarm(AlarmCode.BEZORGING_VERTRAAGD, message.id, now)
                await change_alarms(context, tx, begun=(late,), now=now)
            log(
                "delivery.deferred",
                id=message.id,
                kind=message.kind,
                code=code,
                attempts=message.attempts,
            )
        case Delivered() | Rejected():
            # The one is written already; the other is told to its casus in the same transaction,
            # which this one cannot be.
            pass
        case _:
            assert_never(result)


async def _lose(context: Context, message: Outbound, code: str) -> None:
    """A verzoek that will never arrive is told to its casus.

    What cannot be written now is found again when the lease ends, and refused once more.
    """
    try:
        await record_undeliverable(context, message, reason=code)
    except Exception as fault:  # noqa: BLE001 - one casus must not stop the others
        context.events.log(
            "fault", component="undeliverable", error=type(fault).__name__, outbound=message.id
        )
