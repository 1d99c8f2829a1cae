"""What was held: tried again, and made again for the key or address that is right by now."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from broker.domain.bericht import (
    Bericht,
    Geadresseerd,
    Herinnering,
    Intrekking,
    Status,
    StatusBericht,
    UitkomstBericht,
    Verduidelijking,
    Verzoek,
)
from broker.domain.casus import CasusStaat
from broker.domain.toegang import (
    Spreker,
)
from broker.domain.uitkomst import maak_uitkomst
from broker.ports import Outbound, OutboundKind, OutboundStatus
from broker.service.asking import last_day, notice, question
from broker.service.casus_reading import OpenCasus, read_casus
from broker.service.context import Context
from broker.service.effects import Effects, Send, close

ASKS = frozenset({OutboundKind.VERZOEK, OutboundKind.HERINNERING, OutboundKind.VERDUIDELIJKING})


async def release_held(context: Context) -> None:
    """Let every held message be tried at once: for a broker that starts.

    Whoever starts it has most often just mended what they were held for.
    """
    now = context.now()
    async with context.store.begin() as tx:
        for message in await tx.outbox.held():
            await tx.outbox.mark(message.id, status=message.status, reason=message.reason, due=now)
        await tx.commit()


async def remake_held(context: Context) -> None:
    """Give every held message whose pause is over another try, remade where it must be."""
    now = context.now()
    async with context.store.begin() as tx:
        held = [message for message in await tx.outbox.held() if message.due <= now]
    for message in held:
        made = await _remake(context, message, now) if _is_stale(context, message) else message
        async with context.store.begin() as tx:
            if made is None:
                due = now + context.patience.held_pause
                await tx.outbox.mark(
                    message.id, status=message.status, reason=message.reason, due=due
                )
            elif made is message:
                await tx.outbox.mark(
                    message.id, status=OutboundStatus.WACHT, reason=message.reason, due=now
                )
            else:
                await tx.outbox.replace(made)
            await tx.commit()


def _is_stale(context: Context, message: Outbound) -> bool:
    """Whether the message was never closed, or was closed for another key or address."""
    found = context.netwerk.medewerker(message.recipient)
    if not message.raw or found is None:
        return True
    return found[1].vingerafdruk != message.key or found[1].adres != message.address


async def _remake(context: Context, message: Outbound, now: datetime) -> Outbound | None:
    """The message, closed anew; None while it cannot be."""
    found = context.netwerk.medewerker(message.recipient)
    if found is None or message.kenmerk is None or message.loket is None:
        return None
    opened = await read_casus(context, message.kenmerk)
    bericht = None if opened is None else _bericht(context, opened, message, now)
    if bericht is None:
        return None
    send = Send(
        message.id,
        message.kind,
        message.number,
        Geadresseerd(bericht, found[1], message.loket),
        message.kenmerk,
        message.verstrekking,
    )
    closed = await close(context, Effects(send=(send,)), now=now)
    made = closed.outbound[0]
    return replace(made, created=message.created) if made.raw else None


def _bericht(
    context: Context, opened: OpenCasus, message: Outbound, now: datetime
) -> Bericht | None:
    """What the message said, from its casus; None for what cannot be said again."""
    casus = opened.casus
    until = last_day(context, casus.uiterlijk_op or now)
    loket = context.netwerk.loket(message.loket) if message.loket else None
    if loket is None:
        return None
    if message.kind in ASKS:
        if casus.staat is not CasusStaat.IN_VERRIJKING:
            return None
        vraag = question(
            context, casus.melding, loket, kenmerk=casus.kenmerk, seed=opened.seed, until=until
        )
        if message.kind is OutboundKind.VERDUIDELIJKING:
            return Verduidelijking(casus.kenmerk, vraag.antwoordcode, until, vraag.politieloket)
        return Verzoek(vraag) if message.kind is OutboundKind.VERZOEK else Herinnering(vraag)
    if message.kind is OutboundKind.UITKOMST:
        return UitkomstBericht(maak_uitkomst(casus, context.netwerk))
    if message.kind is OutboundKind.INTREKKING:
        return Intrekking(casus.kenmerk)
    if message.kind is OutboundKind.STATUS:
        running = casus.staat is CasusStaat.IN_VERRIJKING
        status = Status.IN_VERRIJKING if running else Status.INGETROKKEN
        return StatusBericht(casus.kenmerk, status, until if running else None)
    melder = context.netwerk.medewerker(casus.melder)
    if message.kind is OutboundKind.KENNISGEVING and melder is not None:
        return notice(
            context, casus.melding, kenmerk=casus.kenmerk, melder=Spreker(*melder), until=until
        )
    return None
