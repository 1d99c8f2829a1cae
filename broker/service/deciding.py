"""What a person decided about a casus: judged, and carried out in one transaction, once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from broker.domain.casus import Kenmerk
from broker.domain.gelijkenis import LOPEND
from broker.domain.opdracht import Casusfeiten, OpdrachtSoort, Uitslag, waarom_niet
from broker.domain.partner import LoketId, MedewerkerId
from broker.domain.termijn import Beurt, aan_de_beurt
from broker.ports import InboundStatus, Outbound, OutboundStatus
from broker.service.casus_reading import OpenCasus, read_casus
from broker.service.closing import close
from broker.service.context import Context
from broker.service.effects import Effects, record_withdrawn, save
from broker.service.finish_round import tell_enriched
from broker.service.incoming import Incoming, finish
from broker.service.starting_over import start_over
from broker.service.suspend import current


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision changes: the casus as it is then, and what leaves, in clear.

    `recalled` must not leave any more, beside what `effects` withdraws. `event` is what the log
    says of it: once, or once for each of `desks`.
    """

    opened: OpenCasus
    effects: Effects
    event: str
    recalled: tuple[Outbound, ...] = ()
    desks: tuple[LoketId, ...] = ()


Decide = Callable[[Context, OpenCasus, MedewerkerId, datetime], Awaitable[Decided | Uitslag]]
"""Judges whether that employee may decide this about the casus now, and what follows from it."""


async def decide(
    context: Context, kenmerk: Kenmerk, judge: Decide, *, by: MedewerkerId, what: str
) -> Uitslag:
    """Judge and carry out on behalf of that employee. Raises Conflict, and what `close` raises."""
    return await start_over(context, lambda: _decide(context, kenmerk, judge, by), what=what)


async def _decide(context: Context, kenmerk: Kenmerk, judge: Decide, by: MedewerkerId) -> Uitslag:
    now = context.now()
    context = await current(context)
    opened = await read_casus(context, kenmerk)
    if opened is None:
        return Uitslag.ONBEKEND_KENMERK
    decided = await judge(context, opened, by, now)
    if isinstance(decided, Uitslag):
        return decided
    await carry_out(context, decided, now=now)
    return Uitslag.GEDAAN


async def carry_out(
    context: Context, decided: Decided, *, now: datetime, order: Incoming | None = None
) -> None:
    """Write everything that a decision changes, and close the mail that ordered it if one did.

    Raises Conflict, Replayed for a mail that was dealt with before, and what `close` raises; then
    nothing was kept.
    """
    opened = decided.opened
    closed = await close(context, decided.effects, now=now, casus_key=opened.casus_key)
    async with context.store.begin() as tx:
        for message in decided.recalled:
            await tx.outbox.mark(message.id, status=OutboundStatus.INGETROKKEN)
            await record_withdrawn(context, tx, message, now=now)
        await save(context, tx, closed, now=now)
        await tx.casussen.save(opened.record)
        if opened.record.staat not in LOPEND:
            await tx.gelijkenissen.forget(opened.record.kenmerk)
        if order is not None:
            await finish(
                context, tx, order, status=InboundStatus.VERWERKT, reason="opdracht", now=now
            )
        await tx.commit()
    kenmerk = opened.record.kenmerk
    for desk in decided.desks:
        context.events.log(decided.event, kenmerk=kenmerk, loket=desk)
    if not decided.desks:
        context.events.log(decided.event, kenmerk=kenmerk)
    tell_enriched(context, opened.record)


def facts_of(opened: OpenCasus, now: datetime) -> Casusfeiten:
    """What the rules about orders must know of a casus."""
    casus, record = opened.casus, opened.record
    turn = aan_de_beurt(now, herinnering=record.remind_at, einde=record.ends_at)
    return Casusfeiten(
        staat=casus.staat,
        melder=casus.melder,
        politie=record.police,
        uitgevraagd=casus.is_compleet or turn is Beurt.EINDE,
        spoed=any(verzoek.urgent_until for verzoek in record.verzoeken),
    )


def may_not(
    context: Context,
    opened: OpenCasus,
    kind: OpdrachtSoort,
    *,
    by: MedewerkerId,
    now: datetime,
) -> Uitslag | None:
    """Why that employee may not decide this now; None when he may."""
    facts = facts_of(opened, now)
    return waarom_niet(context.netwerk, kind, facts, door=by, dag=context.today())


async def messages_of(context: Context, opened: OpenCasus) -> Sequence[Outbound]:
    """Every message of a casus so far, oldest first."""
    async with context.store.begin() as tx:
        return await tx.outbox.of_casus(opened.casus.kenmerk)
