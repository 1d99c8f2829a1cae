"""The melder withdraws his melding: every open verzoek is cancelled (PR-7.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from broker.domain.bericht import Geadresseerd, Intrekking, Status, StatusBericht
from broker.domain.casus import CasusGebeurtenis, Kenmerk, kan_casus, volgende_casusstaat
from broker.domain.partner import MedewerkerId
from broker.domain.toegang import ketenregisseur, mag_intrekken
from broker.domain.verzoek import VerzoekGebeurtenis
from broker.ports import ASKED, ASKS, UNDELIVERED, Outbound, OutboundKind, OutboundStatus
from broker.service.alarming import over_with
from broker.service.casus_reading import OpenCasus, read_casus
from broker.service.changing import close_open
from broker.service.closing import close
from broker.service.context import Context
from broker.service.effects import Effects, of_casus, record_withdrawn, save
from broker.service.message_numbers import STATUS_INGETROKKEN
from broker.service.starting_over import start_over


class Withdrawal(StrEnum):
    """How a withdrawal ended."""

    INGETROKKEN = "ingetrokken"
    ONBEKEND_KENMERK = "onbekend-kenmerk"
    NIET_BEVOEGD = "niet-bevoegd"
    AL_GESLOTEN = "al-gesloten"


async def withdraw(context: Context, kenmerk: Kenmerk, *, by: MedewerkerId) -> Withdrawal:
    """Withdraw the casus on behalf of the melder or his vervanger.

    Nothing about it leaves any more, but that it was withdrawn. Raises Conflict.
    """
    return await start_over(context, lambda: _withdraw(context, kenmerk, by), what="withdraw")


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
    async with context.store.begin() as tx:
        messages = await tx.outbox.of_casus(kenmerk)
    effects = _tell(context, opened, messages)
    opened = close_open(opened, VerzoekGebeurtenis.INGETROKKEN)
    record = replace(
        opened.record,
        staat=volgende_casusstaat(opened.casus.staat, event),
        closed_on=now,
        remind_at=None,
        ends_at=None,
    )
    effects += Effects(clear=over_with(record))
    closed = await close(context, effects, now=now, casus_key=opened.casus_key)
    async with context.store.begin() as tx:
        for message in messages:
            if message.status in UNDELIVERED and message.kind not in ASKS:
                await tx.outbox.mark(message.id, status=OutboundStatus.INGETROKKEN)
                await record_withdrawn(context, tx, message, now=now)
        await save(context, tx, closed, now=now)
        await tx.casussen.save(record)
        await tx.commit()
    context.events.log("casus.withdrawn", kenmerk=kenmerk)
    return Withdrawal.INGETROKKEN


def _tell(context: Context, opened: OpenCasus, messages: Sequence[Outbound]) -> Effects:
    """Who must hear of it: who has the question and did not answer, who has the regie, the melder.

    Whoever was tried may have the question, also where we do not know it (a lost '250').
    """
    kenmerk = opened.casus.kenmerk
    waiting = {verzoek.loket for verzoek in opened.casus.verzoeken if verzoek.is_open}
    readers = {
        (message.loket, message.recipient): None
        for message in messages
        if message.kind in ASKED and message.loket in waiting and message.attempts
    }
    regie = ketenregisseur(context.netwerk, context.today())
    if regie is not None:
        readers[regie.loket.id, regie.medewerker.id] = None
    posts: list[tuple[OutboundKind, Geadresseerd]] = []
    for loket, reader in readers:
        found = context.netwerk.medewerker(reader)
        if found is not None and loket is not None:
            post = Geadresseerd(Intrekking(kenmerk), found[1], loket)
            posts.append((OutboundKind.INTREKKING, post))
    melder = context.netwerk.medewerker(opened.casus.melder)
    if melder is not None:
        status = StatusBericht(kenmerk, Status.INGETROKKEN)
        posts.append((OutboundKind.STATUS, Geadresseerd(status, melder[1], melder[0].id)))
    return Effects(
        send=tuple(
            of_casus(
                opened.seed,
                kenmerk=kenmerk,
                post=post,
                kind=kind,
                # The first status told that it was in verrijking.
                number=STATUS_INGETROKKEN if kind is OutboundKind.STATUS else 1,
            )
            for kind, post in posts
        ),
        withdraw=((kenmerk, None),),
    )
