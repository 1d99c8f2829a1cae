"""The question to the ketenregisseur whether two casussen are about one person (D-3)."""

from __future__ import annotations

from datetime import datetime

from broker.domain.bericht import Geadresseerd, Gelijkenis
from broker.domain.toegang import Spreker
from broker.ports import Alarm, OutboundKind
from broker.service.alarm_codes import AlarmCode
from broker.service.asking import notice
from broker.service.casus_reading import OpenCasus
from broker.service.context import Context
from broker.service.disclosing import disclose_melding
from broker.service.effects import Effects, of_casus
from broker.service.finish_round import receiver
from broker.service.likeness import blind_indexes, find_like
from broker.service.message_numbers import GELIJKENIS_HERINNERD


async def like_message(context: Context, opened: OpenCasus) -> Gelijkenis | None:
    """The question to the ketenregisseur, as it is worded now; None once the melder is gone."""
    casus = opened.casus
    melder = context.netwerk.medewerker(casus.melder)
    if melder is None:
        return None
    indexes = await blind_indexes(context, casus.melding.betrokkene)
    async with context.store.begin() as tx:
        like = await find_like(tx, indexes, of=casus.kenmerk, police=opened.record.police)
    kennisgeving = notice(
        context,
        casus.melding,
        kenmerk=casus.kenmerk,
        melder=Spreker(*melder),
        until=context.today(),
    )
    return Gelijkenis(kennisgeving, tuple(one.kenmerk for one in like))


async def remind_undecided(context: Context, opened: OpenCasus, now: datetime) -> Effects:
    """The same question once more, to who has the regie by now; and an alarm."""
    casus = opened.casus
    alarm = Effects(alarms=(Alarm(AlarmCode.GELIJKENIS_WACHT, casus.kenmerk, now),))
    bericht = await like_message(context, opened)
    regie = receiver(context, police=opened.record.police)
    if bericht is None or regie is None:
        return alarm
    post = Geadresseerd(bericht, regie.medewerker, regie.loket.id)
    disclosure = disclose_melding(
        context,
        casus.melding,
        post,
        kenmerk=casus.kenmerk,
        seed=opened.seed,
        officer=casus.melder,
        moment=now,
    )
    send = of_casus(
        opened.seed,
        kenmerk=casus.kenmerk,
        post=post,
        kind=OutboundKind.GELIJKENIS,
        number=GELIJKENIS_HERINNERD,
        verstrekking=disclosure.id if disclosure else None,
    )
    async with context.store.begin() as tx:
        told = {m.verstrekking for m in await tx.outbox.of_casus(casus.kenmerk)}
    # To the same reader it is the disclosure that it was; to a new one a new one.
    is_new = disclosure is not None and disclosure.id not in told
    return alarm + Effects(send=(send,), disclose=(disclosure,) if disclosure and is_new else ())
