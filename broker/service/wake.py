"""Time passed: reminders, terms, what was held. A timer only wakes; rows say what is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from broker.domain.bericht import Geadresseerd, Herinnering
from broker.domain.casus import CasusStaat, Kenmerk
from broker.domain.convenant import te_bevragen
from broker.domain.toegang import Spreker
from broker.domain.verzoek import VerzoekGebeurtenis
from broker.ports import Alarm, OutboundKind
from broker.service.alarm_codes import AlarmCode
from broker.service.alarming import change_alarms
from broker.service.asking import last_day, question
from broker.service.casus_reading import OpenCasus, read_casus
from broker.service.changing import close_open
from broker.service.closing import close
from broker.service.context import Context
from broker.service.disclosing import disclose_melding
from broker.service.effects import Closed, Effects, of_casus, save
from broker.service.finish_round import finish_round, tell_enriched
from broker.service.remake import remake_held
from broker.service.starting_over import start_over

BATCH = 100


async def wake(context: Context) -> int:
    """Handle what is due, the longest due first, each once; says how many casussen it touched."""
    now = context.now()
    seen: set[Kenmerk] = set()
    while due := await _due(context, seen, now):
        for kenmerk in due:
            await _attempt(context, kenmerk, now)
        seen.update(due)
    await remake_held(context)
    await _sweep(context, now)
    return len(seen)


async def _due(context: Context, seen: set[Kenmerk], now: datetime) -> list[Kenmerk]:
    """The next casussen that are due: what stays due, for whatever reason, holds up no other."""
    async with context.store.begin() as tx:
        due = await tx.casussen.due(now, limit=BATCH + len(seen))
    return [kenmerk for kenmerk in due if kenmerk not in seen]


async def _attempt(context: Context, kenmerk: Kenmerk, now: datetime) -> None:
    try:
        await start_over(context, lambda: _handle(context, kenmerk, now), what="wake")
    except Exception as fault:  # noqa: BLE001 - one casus must not stop the others
        context.events.log("fault", component="wake", error=type(fault).__name__, kenmerk=kenmerk)
        async with context.store.begin() as tx:
            stuck = Alarm(AlarmCode.CASUS_VASTGELOPEN, kenmerk, now)
            await change_alarms(context, tx, begun=(stuck,), now=now)
            await tx.commit()


async def _handle(context: Context, kenmerk: Kenmerk, now: datetime) -> None:
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
            await save(context, tx, closed, now=context.now())
        await tx.casussen.save(opened.record)
        handled = (AlarmCode.CASUS_VASTGELOPEN, opened.record.kenmerk)
        await change_alarms(context, tx, ended=(handled,), now=context.now())
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
    tell_enriched(context, opened.record)


async def _remind(context: Context, opened: OpenCasus, now: datetime) -> None:
    """Ask once more whoever has not answered, or his vervanger when he is away (C-6.3)."""
    casus = opened.casus
    effects = Effects()
    for asked in te_bevragen(context.netwerk, casus.melding, casus.melder_loket, context.today()):
        verzoek = casus.verzoek_aan(asked.loket.id)
        if verzoek is not None and verzoek.is_open:
            effects += _reminder(context, opened, asked, now)
    reminded_desks = {send.post.loket for send in effects.send}
    closed = await close(context, effects, now=now, casus_key=opened.casus_key)
    reminded = replace(
        opened.record,
        remind_at=None,
        verzoeken=tuple(
            replace(record, reminded_on=now) if record.loket in reminded_desks else record
            for record in opened.record.verzoeken
        ),
    )
    await _store(context, replace(opened, record=reminded), closed)
    for loket in sorted(reminded_desks):
        context.events.log("verzoek.reminded", kenmerk=casus.kenmerk, loket=loket)


def _reminder(context: Context, opened: OpenCasus, asked: Spreker, now: datetime) -> Effects:
    casus = opened.casus
    verzoek = opened.verzoek(asked.loket.id)
    vraag = question(
        context,
        casus.melding,
        asked.loket,
        kenmerk=casus.kenmerk,
        seed=opened.seed,
        until=last_day(opened.record, verzoek),
    )
    post = Geadresseerd(Herinnering(vraag), asked.medewerker, asked.loket.id)
    disclosure = disclose_melding(
        context,
        casus.melding,
        post,
        kenmerk=casus.kenmerk,
        seed=opened.seed,
        officer=casus.melder,
        moment=now,
    )
    same_reader = verzoek.asked == asked.medewerker.id
    send = of_casus(
        opened.seed,
        kenmerk=casus.kenmerk,
        post=post,
        kind=OutboundKind.HERINNERING,
        verstrekking=disclosure.id if disclosure else None,
    )
    register = (disclosure,) if disclosure is not None and not same_reader else ()
    return Effects(send=(send,), disclose=register)


async def _sweep(context: Context, now: datetime) -> None:
    """Once a day: casus keys whose casus never came to be are destroyed."""
    async with context.store.begin() as tx:
        first = await tx.limits.once("wees-sleutels", context.today().isoformat())
        in_use = await tx.casussen.key_ids() if first else frozenset()
        await tx.commit()
    if first:
        swept = await context.store.casus_keys.sweep(
            in_use, before=now - context.patience.orphan_age
        )
        context.events.log("keys.swept", count=swept)
