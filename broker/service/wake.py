"""Time passed: reminders, terms, what was held. A timer only wakes; rows say what is due."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from broker.domain.casus import CasusStaat, Kenmerk, loopt_ronde
from broker.domain.termijn import Beurt, aan_de_beurt
from broker.ports import Alarm
from broker.service.alarm_codes import AlarmCode
from broker.service.alarming import change_alarms
from broker.service.asking_readers import new_desks
from broker.service.asking_regie import remind_undecided
from broker.service.casus_reading import OpenCasus, read_casus
from broker.service.close_desks import with_closed_desks, withdraw_closed_desks
from broker.service.closing import close
from broker.service.context import Context
from broker.service.deciding import messages_of
from broker.service.effects import Closed, save
from broker.service.finish_round import expire, tell_enriched
from broker.service.remake import remake_held
from broker.service.reminding import as_reminded, remind
from broker.service.starting_over import start_over
from broker.service.suspend import as_decided

BATCH = 100

Handle = Callable[[Context, Kenmerk, datetime], Awaitable[None]]


async def wake(context: Context) -> int:
    """Handle what is due, the longest due first, each once; says how many casussen it touched."""
    now = context.now()
    async with context.store.begin() as tx:
        context = await as_decided(context, tx)
        closed_desks = await with_closed_desks(context, tx)
    for kenmerk in closed_desks:
        await _attempt(context, kenmerk, withdraw_closed_desks, now)
    seen: set[Kenmerk] = set()
    while due := await _due(context, seen, now):
        for kenmerk in due:
            await _attempt(context, kenmerk, _handle, now)
        seen.update(due)
    await remake_held(context)
    await _sweep(context, now)
    return len(seen)


async def _due(context: Context, seen: set[Kenmerk], now: datetime) -> list[Kenmerk]:
    """The next casussen that are due: what stays due, for whatever reason, holds up no other."""
    async with context.store.begin() as tx:
        due = await tx.casussen.due(now, limit=BATCH + len(seen))
    return [kenmerk for kenmerk in due if kenmerk not in seen]


async def _attempt(context: Context, kenmerk: Kenmerk, handle: Handle, now: datetime) -> None:
    try:
        await start_over(context, lambda: handle(context, kenmerk, now), what="wake")
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
    due = aan_de_beurt(now, herinnering=record.remind_at, einde=record.ends_at)
    if record.staat is CasusStaat.ONTVANGEN and due is Beurt.HERINNERING:
        await _remind_undecided(context, opened, now)
    elif not loopt_ronde(record.staat):
        await _store(context, replace(opened, record=replace(record, remind_at=None, ends_at=None)))
    elif due is Beurt.EINDE:
        await _expire(context, opened, now)
    elif due is Beurt.HERINNERING:
        await _remind(context, opened, now)


async def _store(context: Context, opened: OpenCasus, closed: Closed | None = None) -> None:
    async with context.store.begin() as tx:
        if closed is not None:
            await save(context, tx, closed, now=context.now())
        await tx.casussen.save(opened.record)
        handled = (AlarmCode.CASUS_VASTGELOPEN, opened.record.kenmerk)
        await change_alarms(context, tx, ended=(handled,), now=context.now())
        await tx.commit()


async def _remind_undecided(context: Context, opened: OpenCasus, now: datetime) -> None:
    """D-3: the broker never decides whether two are one; who must is reminded once.

    While the question can be put to nobody it stays due, and is tried again after a pause.
    """
    effects = await remind_undecided(context, opened, now)
    again = None if effects.send else now + context.patience.held_pause
    closed = await close(context, effects, now=now, casus_key=opened.casus_key)
    await _store(context, replace(opened, record=replace(opened.record, remind_at=again)), closed)
    if effects.send:
        context.events.log("gelijkenis.reminded", kenmerk=opened.casus.kenmerk)


async def _expire(context: Context, opened: OpenCasus, now: datetime) -> None:
    kenmerk = opened.casus.kenmerk
    open_before = sum(v.is_open for v in opened.casus.verzoeken)
    opened, effects = expire(context, opened, await messages_of(context, opened), now)
    closed = await close(context, effects, now=now, casus_key=opened.casus_key)
    await _store(context, opened, closed)
    context.events.log("verzoek.expired", kenmerk=kenmerk, verzoeken=open_before)
    tell_enriched(context, opened.record)


async def _remind(context: Context, opened: OpenCasus, now: datetime) -> None:
    messages = await messages_of(context, opened)
    effects = remind(context, opened, messages, now=now)
    reminded_desks = {send.post.loket for send in effects.send}
    closed = await close(context, effects, now=now, casus_key=opened.casus_key)
    reminded = as_reminded(opened.record, effects, now=now)
    await _store(context, replace(opened, record=reminded), closed)
    for loket in sorted(reminded_desks):
        context.events.log("verzoek.reminded", kenmerk=opened.casus.kenmerk, loket=loket)
    for loket in new_desks(messages, effects):
        context.events.log("verzoek.vervanger_asked", kenmerk=opened.casus.kenmerk, loket=loket)


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
