"""Gives back what a process had claimed when it died, at once and not when the lease has passed."""

from __future__ import annotations

from sqlalchemy import Table, select, update

from adapters.database.engine import Session
from adapters.database.presence import Presence
from adapters.database.tables import inbox, outbox
from broker.ports import InboundStatus, OutboundStatus

_CLAIMED: tuple[tuple[Table, str], ...] = (
    (inbox, InboundStatus.NIEUW),
    (outbox, OutboundStatus.WACHT),
)
"""Where leases are, and the status that a message has while it is leased."""


async def end_leases_of_the_dead(session: Session, presence: Presence) -> int:
    """End every lease whose process is gone; says how many. Does not commit."""
    owners: set[str] = set()
    for table, status in _CLAIMED:
        leased = (
            select(table.c.lease_owner)
            .where(table.c.status == status, table.c.lease_owner.is_not(None))
            .distinct()
        )
        owners.update((await session.execute(leased)).scalars())
    others = sorted(owners - {presence.owner})
    dead = [owner for owner in others if await presence.is_dead(session, owner)]
    if not dead:
        return 0
    freed = 0
    for table, status in _CLAIMED:
        ended = (
            update(table)
            .where(table.c.status == status, table.c.lease_owner.in_(dead))
            .values(lease_owner=None, lease_until=None)
        )
        freed += (await session.execute(ended)).rowcount
    return freed
