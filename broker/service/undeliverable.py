"""A verzoek that cannot be delivered: the desk is 'niet bereikt', and a person is alarmed."""

from __future__ import annotations

from broker.domain.casus import CasusStaat, Kenmerk
from broker.domain.partner import LoketId
from broker.domain.verzoek import VerzoekGebeurtenis, kan_verzoek
from broker.ports import Conflict
from broker.service.casus_reading import read_casus
from broker.service.changing import apply_event
from broker.service.context import Context
from broker.service.effects import Effects, close, save
from broker.service.finish_round import finish_round


async def record_undeliverable(context: Context, kenmerk: Kenmerk, loket: LoketId) -> None:
    """Close the verzoek as undeliverable; with the last one the uitkomst goes out."""
    while True:
        try:
            await _record(context, kenmerk, loket)
        except Conflict:
            context.events.log("conflict.retried", what="undeliverable")
        else:
            return


async def _record(context: Context, kenmerk: Kenmerk, loket: LoketId) -> None:
    now = context.now()
    opened = await read_casus(context, kenmerk)
    if opened is None or opened.casus.staat is not CasusStaat.IN_VERRIJKING:
        return
    verzoek = opened.casus.verzoek_aan(loket)
    event = VerzoekGebeurtenis.NIET_TE_BEZORGEN
    if verzoek is None or not kan_verzoek(verzoek.staat, event):
        return
    opened, finishing = finish_round(context, apply_event(opened, loket, event), now)
    effects = Effects(withdraw=((kenmerk, loket),)) + finishing
    closed = await close(context, effects, now=now, casus_key=opened.casus_key)
    async with context.store.begin() as tx:
        await save(tx, closed, now=now)
        await tx.casussen.save(opened.record)
        await tx.commit()
    context.events.log("verzoek.undeliverable", kenmerk=kenmerk, loket=loket)
