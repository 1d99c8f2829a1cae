"""The question to the ketenregisseur whether two casussen are about one person (D-3)."""

from __future__ import annotations

from datetime import datetime

from broker.domain.bericht import Geadresseerd, Gelijkenis
from broker.domain.toegang import Spreker
from broker.ports import Alarm, OutboundKind
from broker.service.alarm_codes import AlarmCode
from broker.service.asking import reported
from broker.service.casus_reading import OpenCasus
from broker.service.context import Context
from broker.service.deciding import messages_of
from broker.service.effects import Effects
from broker.service.finish_round import receiver
from broker.service.likeness import blind_indexes, find_like
from broker.service.message_numbers import GELIJKENIS_HERINNERD
from broker.service.telling_of_melding import tell_of_melding


async def like_message(context: Context, opened: OpenCasus) -> Gelijkenis | None:
    """The question to the ketenregisseur, as it is worded now; None once the melder is gone."""
    casus = opened.casus
    melder = context.netwerk.medewerker(casus.melder)
    if melder is None:
        return None
    indexes = await blind_indexes(context, casus.melding.betrokkene)
    async with context.store.begin() as tx:
        like = await find_like(tx, indexes, of=casus.kenmerk, police=opened.record.police)
    aangemeld = reported(context, casus.melding, kenmerk=casus.kenmerk, melder=Spreker(*melder))
    return Gelijkenis(aangemeld, tuple(one.kenmerk for one in like))


async def remind_undecided(context: Context, opened: OpenCasus, now: datetime) -> Effects:
    """The same question once more, to who has the regie by now; and an alarm.

    Nothing is sent while nobody may have it, or while who reported is not known any more.
    """
    casus = opened.casus
    alarm = Effects(alarms=(Alarm(AlarmCode.GELIJKENIS_WACHT, casus.kenmerk, now),))
    bericht = await like_message(context, opened)
    regie = receiver(context, police=opened.record.police)
    if bericht is None or regie is None:
        return alarm
    post = Geadresseerd(bericht, regie.medewerker, regie.loket.id)
    # To the same reader it is the disclosure that it was; to a new one a new one.
    asked = tell_of_melding(
        context,
        casus.melding,
        post,
        kenmerk=casus.kenmerk,
        seed=opened.seed,
        officer=casus.melder,
        kind=OutboundKind.GELIJKENIS,
        number=GELIJKENIS_HERINNERD,
        messages=await messages_of(context, opened),
        now=now,
    )
    return alarm + asked
