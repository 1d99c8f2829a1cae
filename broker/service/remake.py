"""What was held: tried again, and made again for the key or address that is right by now."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from broker.domain.bericht import (
    Belverzoek,
    Bericht,
    Geadresseerd,
    Herinnering,
    Intrekking,
    Kennisgeving,
    Status,
    StatusBericht,
    UitkomstBericht,
    Verzoek,
)
from broker.domain.melding import nog_te_informeren
from broker.domain.partner import Loket
from broker.domain.toegang import Spreker
from broker.domain.uitkomst import maak_uitkomst
from broker.ports import Outbound, OutboundKind, OutboundStatus, VerzoekRecord
from broker.service.asking import asked_until, clarification, question_again, reported
from broker.service.asking_regie import like_message
from broker.service.casus_reading import OpenCasus, read_casus
from broker.service.closing import close
from broker.service.context import Context
from broker.service.effects import Effects, Send
from broker.service.message_numbers import (
    HERINNERING_SPOED,
    INTREKKING_AAN_REGIE,
    INTREKKING_AFGEROND,
    STATUS_INGETROKKEN,
)
from broker.service.recipient import may_not_read
from broker.service.starting_over import start_over
from broker.service.undeliverable import record_undeliverable


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
        try:
            await _retry(context, message, now)
        except Exception as fault:  # noqa: BLE001 - one message must not stop the others
            context.events.log(
                "fault", component="remake", error=type(fault).__name__, outbound=message.id
            )


async def _retry(context: Context, message: Outbound, now: datetime) -> None:
    if not _is_stale(context, message):
        made = message if may_not_read(context, message) is None else None
    elif message.kenmerk is None:
        # Nothing remembers what it said.
        await record_undeliverable(context, message, reason="niet-opnieuw-te-maken")
        return
    else:
        made = await start_over(context, lambda: _remake(context, message, now), what="remake")
    async with context.store.begin() as tx:
        if made is None:
            due = now + context.patience.held_pause
            await tx.outbox.mark(message.id, status=message.status, reason=message.reason, due=due)
        else:
            # The attempts of a message that was held are no measure of what comes now.
            again = replace(
                made, status=OutboundStatus.WACHT, due=now, attempts=0, reason=message.reason
            )
            await tx.outbox.replace(again)
        await tx.commit()


def _is_stale(context: Context, message: Outbound) -> bool:
    """Whether the message was never closed, or was closed for another key or address."""
    found = context.netwerk.lezer(message.recipient)
    if not message.raw or found is None:
        return True
    return found[1].vingerafdruk != message.key or found[1].adres != message.address


async def _remake(context: Context, message: Outbound, now: datetime) -> Outbound | None:
    """The message, closed anew; None while it cannot be."""
    found = context.netwerk.medewerker(message.recipient)
    loket = context.netwerk.loket(message.loket) if message.loket else None
    if found is None or message.kenmerk is None or loket is None:
        return None
    opened = await read_casus(context, message.kenmerk)
    bericht = None if opened is None else await _bericht(context, opened, message, loket)
    if bericht is None:
        return None
    send = Send(
        message.id,
        message.kind,
        message.number,
        Geadresseerd(bericht, found[1], loket.id),
        message.kenmerk,
        message.verstrekking,
    )
    closed = await close(context, Effects(send=(send,)), now=now)
    made = closed.outbound[0]
    return replace(made, created=message.created) if made.raw else None


async def _bericht(
    context: Context, opened: OpenCasus, message: Outbound, loket: Loket
) -> Bericht | None:
    """What the message said, from its casus; None for what cannot be said again."""
    casus = opened.casus
    melder = context.netwerk.medewerker(casus.melder)
    match message.kind:
        case OutboundKind.VERZOEK | OutboundKind.HERINNERING | OutboundKind.VERDUIDELIJKING:
            return _asking(context, opened, message, loket)
        case OutboundKind.UITKOMST:
            return UitkomstBericht(maak_uitkomst(casus, context.netwerk))
        case OutboundKind.INTREKKING:
            return Intrekking(
                casus.kenmerk,
                afgerond=message.number == INTREKKING_AFGEROND,
                aan_regie=message.number == INTREKKING_AAN_REGIE,
            )
        case OutboundKind.STATUS if message.number == STATUS_INGETROKKEN:
            return StatusBericht(casus.kenmerk, Status.INGETROKKEN)
        case OutboundKind.STATUS:
            # Without a day: the one that it named is kept nowhere, and that of a round that came
            # later would tell him of another melding (D-3).
            informeren = nog_te_informeren(casus.melding)
            return StatusBericht(casus.kenmerk, Status.ONTVANGEN, informeren=informeren)
        case OutboundKind.GELIJKENIS:
            return await like_message(context, opened)
        case OutboundKind.BELVERZOEK:
            return _belverzoek(context, opened.record.verzoeken[message.number - 1])
        case OutboundKind.KENNISGEVING if melder is not None:
            aangemeld = reported(
                context, casus.melding, kenmerk=casus.kenmerk, melder=Spreker(*melder)
            )
            return Kennisgeving(aangemeld, asked_until(opened.record))
        case _:
            # An aanvulling is kept nowhere else.
            return None


def _asking(context: Context, opened: OpenCasus, message: Outbound, loket: Loket) -> Bericht:
    """What the message asked its desk, with the last day that the desk has by now."""
    if message.kind is OutboundKind.VERDUIDELIJKING:
        return clarification(context, opened, loket, number=message.number)
    vraag = question_again(context, opened, loket)
    if message.kind is OutboundKind.VERZOEK:
        return Verzoek(vraag)
    return Herinnering(vraag, spoed=message.number == HERINNERING_SPOED)


def _belverzoek(context: Context, verzoek: VerzoekRecord) -> Bericht | None:
    """Whom to call: who was asked, since nothing remembers who wrote what was unclear."""
    loket = context.netwerk.loket(verzoek.loket)
    asked = context.netwerk.medewerker(verzoek.asked)
    if loket is None or asked is None:
        return None
    return Belverzoek(verzoek.kenmerk, loket.naam, asked[1].naam, asked[1].telefoon)
