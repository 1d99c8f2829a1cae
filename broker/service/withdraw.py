"""The melder withdraws his melding: every open verzoek is cancelled (PR-7.8)."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from broker.domain.bericht import Geadresseerd, Intrekking, Status, StatusBericht
from broker.domain.casus import CasusGebeurtenis, Kenmerk, kan_casus, volgende_casusstaat
from broker.domain.partner import MedewerkerId
from broker.domain.toegang import (
    ketenregisseur,
    mag_intrekken,
)
from broker.domain.verzoek import VerzoekGebeurtenis, VerzoekStaat
from broker.ports import Conflict, OutboundKind
from broker.service.casus_reading import OpenCasus, read_casus
from broker.service.changing import close_open
from broker.service.context import Context
from broker.service.effects import Effects, close, of_casus, save


class Withdrawal(StrEnum):
    """How a withdrawal ended."""

    INGETROKKEN = "ingetrokken"
    ONBEKEND_KENMERK = "onbekend-kenmerk"
    NIET_BEVOEGD = "niet-bevoegd"
    AL_GESLOTEN = "al-gesloten"


async def withdraw(context: Context, kenmerk: Kenmerk, *, by: MedewerkerId) -> Withdrawal:
    """Withdraw the casus on behalf of the melder or his vervanger."""
    while True:
        try:
            return await _withdraw(context, kenmerk, by)
        except Conflict:
            context.events.log("conflict.retried", what="withdraw")


async def _withdraw(context: Context, kenmerk: Kenmerk, by: MedewerkerId) -> Withdrawal:
    now = context.now()
    opened = await read_casus(context, kenmerk)
    if opened is None:
        return Withdrawal.ONBEKEND_KENMERK
    if not mag_intrekken(context.netwerk, opened.casus.melder, by):
        return Withdrawal.NIET_BEVOEGD
    event = CasusGebeurtenis.INGETROKKEN
    if not kan_casus(opened.casus.staat, event):
        return Withdrawal.AL_GESLOTEN
    effects = _tell(context, opened)
    opened = close_open(opened, VerzoekGebeurtenis.INGETROKKEN)
    record = replace(
        opened.record,
        staat=volgende_casusstaat(opened.casus.staat, event),
        closed_on=now,
        remind_at=None,
        ends_at=None,
    )
    closed = await close(context, effects, now=now, casus_key=opened.casus_key)
    async with context.store.begin() as tx:
        await save(tx, closed, now=now)
        await tx.casussen.save(record)
        await tx.commit()
    context.events.log("casus.withdrawn", kenmerk=kenmerk)
    return Withdrawal.INGETROKKEN


def _tell(context: Context, opened: OpenCasus) -> Effects:
    """Who must hear of it: who still had to answer, the melder, and who has the regie."""
    kenmerk = opened.casus.kenmerk
    posts: list[tuple[OutboundKind, Geadresseerd]] = []
    for verzoek in opened.casus.verzoeken:
        asked = context.netwerk.medewerker(verzoek.gevraagd)
        if verzoek.staat is VerzoekStaat.VERZONDEN and asked is not None:
            post = Geadresseerd(Intrekking(kenmerk), asked[1], verzoek.loket)
            posts.append((OutboundKind.INTREKKING, post))
    regie = ketenregisseur(context.netwerk, context.today())
    if regie is not None:
        post = Geadresseerd(Intrekking(kenmerk), regie.medewerker, regie.loket.id)
        posts.append((OutboundKind.INTREKKING, post))
    melder = context.netwerk.medewerker(opened.casus.melder)
    if melder is not None:
        status = StatusBericht(kenmerk, Status.INGETROKKEN)
        post = Geadresseerd(status, melder[1], melder[0].id)
        posts.append((OutboundKind.STATUS, post))
    return Effects(
        send=tuple(
            of_casus(
                opened.seed,
                kenmerk=kenmerk,
                post=post,
                kind=kind,
                # The first status told that it was in verrijking.
                number=2 if kind is OutboundKind.STATUS else 1,
            )
            for kind, post in posts
        ),
        withdraw=((kenmerk, None),),
    )
