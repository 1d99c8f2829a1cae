"""The police suspend their decision under art. 20 Wpg, or let it run again, at any moment (BS-9).

What they decided is a row in the database: every running process reads it at its next step.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from broker.domain.deelname import mag_besluit_opschorten, zoals_besloten
from broker.domain.partner import MedewerkerId, Netwerk
from broker.ports import Clock, Events, Opschorting, Store, Transaction
from broker.service.context import Context


class Suspension(StrEnum):
    """How a command to suspend or resume ended."""

    GEDAAN = "gedaan"
    AL_ZO = "al-zo"
    NIET_BEVOEGD = "niet-bevoegd"


async def suspend(
    store: Store,
    netwerk: Netwerk,
    *,
    by: MedewerkerId,
    suspended: bool,
    clock: Clock,
    events: Events,
) -> Suspension:
    """Suspend the decision, or let it run again, on behalf of an employee of the police."""
    now = clock.now()
    if mag_besluit_opschorten(netwerk, by, netwerk.kalender.dag(now)) is not None:
        return Suspension.NIET_BEVOEGD
    async with store.begin() as tx:
        latest = await tx.opschortingen.latest()
        if (latest is not None and latest.suspended) is suspended:
            return Suspension.AL_ZO
        await tx.opschortingen.add(Opschorting(now, by, suspended))
        await tx.commit()
    events.log("besluit.suspended" if suspended else "besluit.resumed", medewerker=by)
    return Suspension.GEDAAN


async def as_decided(context: Context, tx: Transaction) -> Context:
    """The context of this moment: its network under what the police decided last."""
    latest = await tx.opschortingen.latest()
    if latest is None or not latest.suspended:
        return context
    return replace(context, netwerk=zoals_besloten(context.netwerk, opgeschort=True))


async def current(context: Context) -> Context:
    """As `as_decided`, in a transaction of its own."""
    async with context.store.begin() as tx:
        return await as_decided(context, tx)
