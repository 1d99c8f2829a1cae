"""Time passed: reminders, terms, what was held. A timer only wakes; rows say what is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from broker.domain.bericht import Geadresseerd, Herinnering
from broker.domain.casus import CasusStaat, Kenmerk
from broker.domain.convenant import (
    te_bevragen,
)
from broker.domain.toegang import (
    Spreker,
)
from broker.domain.verzoek import VerzoekGebeurtenis
from broker.ports import Conflict, OutboundKind
from broker.service.asking import disclose_melding, last_day, question
from broker.service.casus_reading import OpenCasus, read_casus
from broker.service.changing import close_open
from broker.service.context import Context
from broker.service.effects import Closed, Disclose, Effects, close, of_casus, save
from broker.service.finish_round import finish_round
from broker.service.remake import remake_held

BATCH = 100


async def wake(context: Context) -> int:
    """Handle what is due, the longest due first, each once; says how many casussen it touched."""
    now = context.now()
    async with context.store.begin() as tx:
        due = await tx.casussen.due(now, limit=BATCH)
    for kenmerk in due:
        await _handle(context, kenmerk, now)
    await remake_held(context)
    await _sweep(context, now)
    return len(due)


async def _handle(context: Context, kenmerk: Kenmerk, now: datetime) -> None:
    while True:
        try:
            await _handle_once(context, kenmerk, now)
        except Conflict:
            context.events.log("conflict.retried", what="wake")
        else:
            return


async def _handle_once(context: Context, kenmerk: Kenmerk, now: datetime) -> None:
    opened = await read_casus(context, kenmerk)
    if opened is None:
        return
    record = opened.record
    if opened.casus.staat is not CasusStaat.IN_VERRIJKING:
        await _store(context, replace(opened, record=replace(record, remind_at=None, ends_at=None)))
    elif record.ends_at is not None and record.ends_at <= now:
        await _expire(context, opened, now)
    elif record.remind_at is not None and record.remind_at <= now:
        await _remind(context, opened, now)


async def _store(context: Context, opened: OpenCasus, closed: Closed | None = None) -> None:
    async with context.store.begin() as tx:
        if closed is not None:
            await save(tx, closed, now=context.now())
        await tx.casussen.save(opened.record)
        await tx.commit()


async def _expire(context: Context, opened: OpenCasus, now: datetime) -> None:
    """The term is over: silence is 'geen reactie', never 'onbekend' (D-4)."""
    kenmerk = opened.casus.kenmerk
    open_before = sum(v.is_open for v in opened.casus.verzoeken)
    opened = close_open(opened, VerzoekGebeurtenis.TERMIJN_VERSTREKEN)
    opened, finishing = finish_round(context, opened, now)
    effects = Effects(withdraw=((kenmerk, None),)) + finishing
    closed = await close(context, effects, now=now, casus_key=opened.casus_key)
    await _store(context, opened, closed)
    context.events.log("verzoek.expired", kenmerk=kenmerk, verzoeken=open_before)


async def _remind(context: Context, opened: OpenCasus, now: datetime) -> None:
    """Ask once more whoever has not answered, or his vervanger when he is away (C-6.3)."""
    casus = opened.casus
    effects = Effects()
    for asked in te_bevragen(context.netwerk, casus.melding, casus.melder_loket, context.today()):
        verzoek = casus.verzoek_aan(asked.loket.id)
        if verzoek is not None and verzoek.is_open:
            effects += _reminder(context, opened, asked, now)
    closed = await close(context, effects, now=now, casus_key=opened.casus_key)
    reminded = replace(
        opened.record,
        remind_at=None,
        verzoeken=tuple(
            replace(record, reminded_on=now) if verzoek.is_open else record
            for record, verzoek in zip(opened.record.verzoeken, opened.casus.verzoeken, strict=True)
        ),
    )
    await _store(context, replace(opened, record=reminded), closed)


def _reminder(context: Context, opened: OpenCasus, asked: Spreker, now: datetime) -> Effects:
    casus = opened.casus
    until = last_day(context, casus.uiterlijk_op or now)
    vraag = question(
        context, casus.melding, asked.loket, kenmerk=casus.kenmerk, seed=opened.seed, until=until
    )
    post = Geadresseerd(Herinnering(vraag), asked.medewerker, asked.loket.id)
    disclosure = _new_disclosure(context, opened, post, now)
    known = opened.verzoek(asked.loket.id)
    same_reader = known is not None and known.asked == asked.medewerker.id
    send = of_casus(
        opened.seed,
        kenmerk=casus.kenmerk,
        post=post,
        kind=OutboundKind.HERINNERING,
        verstrekking=disclosure.id if disclosure else None,
    )
    register = (disclosure,) if disclosure is not None and not same_reader else ()
    return Effects(send=(send,), disclose=register)


def _new_disclosure(
    context: Context, opened: OpenCasus, post: Geadresseerd, now: datetime
) -> Disclose | None:
    casus = opened.casus
    return disclose_melding(
        context,
        casus.melding,
        post,
        kenmerk=casus.kenmerk,
        seed=opened.seed,
        officer=casus.melder,
        moment=now,
    )


async def _sweep(context: Context, now: datetime) -> None:
    """Once a day: casus keys whose casus never came to be are destroyed."""
    async with context.store.begin() as tx:
        first = await tx.limits.once("wees-sleutels", context.today().isoformat())
        in_use = await tx.casussen.key_ids() if first else frozenset()
        await tx.commit()
    if first:
        await context.store.casus_keys.sweep(in_use, before=now - context.patience.orphan_age)
