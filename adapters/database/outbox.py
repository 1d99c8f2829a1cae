"""The outbox: messages to be delivered, each claimed by one process at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, insert, or_, select, update

from adapters.database.engine import Session
from adapters.database.presence import Presence
from adapters.database.tables import outbox
from broker.domain.casus import Kenmerk
from broker.domain.partner import LoketId
from broker.ports import (
    ASKS,
    MAY_BECOME,
    UNDELIVERED,
    Conflict,
    Outbound,
    OutboundId,
    OutboundStatus,
)

_NAMES = tuple(field.name for field in fields(Outbound))
_COLUMNS = tuple(outbox.c[name] for name in _NAMES)

_DUE = (
    select(outbox.c.ordinal)
    .where(
        outbox.c.status == OutboundStatus.WACHT,
        outbox.c.due <= bindparam("now"),
        or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= bindparam("now")),
    )
    .order_by(outbox.c.created, outbox.c.ordinal)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
    .cte("due")
)
_CLAIM = (
    update(outbox)
    .where(outbox.c.ordinal.in_(select(_DUE.c.ordinal)))
    .values(
        attempts=outbox.c.attempts + 1,
        lease_owner=bindparam("owner"),
        lease_until=bindparam("until"),
    )
    .returning(outbox.c.ordinal, *_COLUMNS)
)
_ADD = insert(outbox)
_MARK = update(outbox).where(
    outbox.c.id.in_(bindparam("ids", expanding=True)),
    outbox.c.status.in_(bindparam("from", expanding=True)),
)
_MARK_OWN = _MARK.where(
    or_(outbox.c.lease_owner.is_(None), outbox.c.lease_owner == bindparam("owner"))
)


# Any: the value of a column is of whatever type the field has.
def _row(message: Outbound) -> dict[str, Any]:
    return {name: getattr(message, name) for name in _NAMES}


class DatabaseOutbox:
    """`broker.ports.Outbox` in one transaction."""

    def __init__(self, session: Session, presence: Presence) -> None:
        self._session = session
        self._presence = presence
        self._owner = presence.owner

    async def add(self, messages: Sequence[Outbound]) -> None:
        """See `Outbox.add`: one round trip, however many there are."""
        if messages:
            await self._session.execute(_ADD, [_row(message) for message in messages])

    async def claim(self, *, now: datetime, until: datetime, limit: int) -> Sequence[Outbound]:
        """See `Outbox.claim`. On PostgreSQL what another process is claiming is skipped."""
        await self._presence.hold()
        values = {"now": now, "most": limit, "owner": self._owner, "until": until}
        rows = (await self._session.execute(_CLAIM, values)).mappings().all()
        ordered = sorted(rows, key=itemgetter("created", "ordinal"))
        return [Outbound(**{name: row[name] for name in _NAMES}) for row in ordered]

    async def mark(
        self,
        *ids: OutboundId,
        status: OutboundStatus,
        reason: str = "",
        due: datetime | None = None,
        sent: datetime | None = None,
    ) -> None:
        """See `Outbox.mark`. Every final status forgets the bytes.

        A mark that comes too late changes nothing: see MAY_BECOME; and but for VERZONDEN, while
        another process has the message.
        """
        # Any: the columns have different types.
        values: dict[str, Any] = {
            "status": status,
            "reason": reason,
            "lease_owner": None,
            "lease_until": None,
        }
        if due is not None:
            values["due"] = due
        if sent is not None:
            values["sent"] = sent
        if status not in UNDELIVERED:
            values["raw"] = b""
        values |= {"ids": ids, "from": sorted(MAY_BECOME[status]), "owner": self._owner}
        sent_for_sure = status is OutboundStatus.VERZONDEN
        await self._session.execute(_MARK if sent_for_sure else _MARK_OWN, values)

    async def replace(self, message: Outbound) -> None:
        """See `Outbox.replace`. Raises Conflict when the message is not held any more."""
        statement = (
            update(outbox)
            .where(outbox.c.id == message.id, outbox.c.status == OutboundStatus.VASTGEHOUDEN)
            .values({**_row(message), "lease_owner": None, "lease_until": None})
        )
        if (await self._session.execute(statement)).rowcount != 1:
            raise Conflict("the message is not held any more")

    async def held(self) -> Sequence[Outbound]:
        """See `Outbox.held`."""
        return await self._read(
            select(*_COLUMNS).where(outbox.c.status == OutboundStatus.VASTGEHOUDEN)
        )

    async def withdraw(
        self, kenmerk: Kenmerk, *, loket: LoketId | None = None
    ) -> Sequence[OutboundId]:
        """See `Outbox.withdraw`; the ids come oldest first."""
        statement = (
            update(outbox)
            .where(
                outbox.c.kenmerk == kenmerk,
                outbox.c.kind.in_(sorted(ASKS)),
                outbox.c.status.in_(sorted(UNDELIVERED)),
            )
            .values(status=OutboundStatus.INGETROKKEN, raw=b"", lease_owner=None, lease_until=None)
            .returning(outbox.c.created, outbox.c.ordinal, outbox.c.id)
        )
        if loket is not None:
            statement = statement.where(outbox.c.loket == loket)
        rows = (await self._session.execute(statement)).mappings().all()
        return [OutboundId(row["id"]) for row in sorted(rows, key=itemgetter("created", "ordinal"))]

    async def find(self, id: OutboundId) -> Outbound | None:
        """See `Outbox.find`."""
        found = await self._read(select(*_COLUMNS).where(outbox.c.id == id))
        return found[0] if found else None

    async def of_casus(self, kenmerk: Kenmerk) -> Sequence[Outbound]:
        """See `Outbox.of_casus`."""
        return await self._read(select(*_COLUMNS).where(outbox.c.kenmerk == kenmerk))

    async def counts(self) -> dict[OutboundStatus, int]:
        """See `Outbox.counts`; every status is there, also with none."""
        statement = select(outbox.c.status, func.count().label("number")).group_by(outbox.c.status)
        rows = await self._session.execute(statement)
        found = {row.status: row.number for row in rows}
        return {status: found.get(status, 0) for status in OutboundStatus}

    # Any: see Session.execute.
    async def _read(self, statement: Select[Any]) -> list[Outbound]:
        ordered = statement.order_by(outbox.c.created, outbox.c.ordinal)
        rows = (await self._session.execute(ordered)).mappings()
        return [Outbound(**row) for row in rows]
