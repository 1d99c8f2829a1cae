"""An absence became known: the vervanger gets the question at once (C-6.3)."""

from __future__ import annotations

from datetime import datetime

from broker.domain.casus import Kenmerk, loopt_ronde
from broker.domain.partner import LoketId, MedewerkerId
from broker.domain.toegang import Spreker
from broker.domain.vervanging import vervanger_bij_afwezigheid
from broker.ports import Inbound, InboundStatus
from broker.service.asking_readers import Asking, ask, readers_of
from broker.service.casus_reading import OpenCasus, read_casus
from broker.service.closing import close
from broker.service.context import Context
from broker.service.deciding import messages_of
from broker.service.effects import Effects, save
from broker.service.incoming import Replayed, close_inbound
from broker.service.starting_over import start_over

AFWEZIG = "afwezig"
"""What the inbox notes of a mail that tells of an absence."""


async def record_absence(
    context: Context,
    notice: Inbound,
    *,
    kenmerk: Kenmerk,
    absent: MedewerkerId,
    loket: LoketId | None = None,
    seal: bytes = b"",
) -> None:
    """C-6.3: an out-of-office makes an absence known: his vervanger gets the question, once.

    Of that desk, or of every desk for which he was asked. It closes nothing and alarms nobody: a
    forged one leads to no more than a question to somebody who may have it. Raises Conflict,
    Replayed, and what `close` raises; then nothing was kept.
    """
    asked = await start_over(
        context,
        lambda: _record(context, notice, kenmerk, absent, loket, seal),
        what="absence",
    )
    context.events.log("message.automatic", inbound=notice.id, reason=AFWEZIG)
    for desk in asked:
        context.events.log("verzoek.vervanger_asked", kenmerk=kenmerk, loket=desk)


async def _record(
    context: Context,
    notice: Inbound,
    kenmerk: Kenmerk,
    absent: MedewerkerId,
    loket: LoketId | None,
    seal: bytes,
) -> list[LoketId]:
    now = context.now()
    opened = await read_casus(context, kenmerk)
    effects = Effects()
    if opened is not None:
        effects = await _questions(context, opened, absent, loket, now)
    casus_key = None if opened is None else opened.casus_key
    closed = await close(context, effects, now=now, casus_key=casus_key)
    async with context.store.begin() as tx:
        if seal and await tx.inbox.seal_known(seal):
            raise Replayed(notice.id)
        if opened is not None and effects.send:
            await save(context, tx, closed, now=now)
            # Under its version: an answer that comes in at this moment goes first.
            await tx.casussen.save(opened.record)
        status = InboundStatus.VERWERKT if effects.send else InboundStatus.GEWEIGERD
        await close_inbound(context, tx, notice, status=status, reason=AFWEZIG, now=now, seal=seal)
        await tx.commit()
    return [send.post.loket for send in effects.send]


async def _questions(
    context: Context,
    opened: OpenCasus,
    absent: MedewerkerId,
    only: LoketId | None,
    now: datetime,
) -> Effects:
    effects = Effects()
    casus = opened.casus
    if not loopt_ronde(casus.staat):
        return effects
    messages = await messages_of(context, opened)
    for verzoek in casus.verzoeken:
        loket = context.netwerk.loket(verzoek.loket)
        if loket is None or not verzoek.is_open or only not in (None, loket.id):
            continue
        asked = readers_of(messages, loket.id).asked
        vervanger = vervanger_bij_afwezigheid(
            context.netwerk,
            casus.melding,
            melder_loket=casus.melder_loket,
            loket=loket,
            afwezige=absent,
            gevraagd=asked,
            dag=context.today(),
        )
        if vervanger is not None and absent in asked:
            effects += ask(
                context, opened, messages, Spreker(loket, vervanger), Asking.VERZOEK, now=now
            )
    return effects
