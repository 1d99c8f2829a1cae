"""The inbox: messages as they came in, claimed by one process at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Integer, bindparam, func, or_, select, update

from adapters.database.engine import Session, spell
from adapters.database.presence import Presence
from adapters.database.tables import inbox
from broker.ports import Conflict, Inbound, InboundId, InboundStatus, NewInbound

_COLUMNS = tuple(inbox.c[field.name] for field in fields(Inbound))

_ANY_ATTEMPTS = 2**31 - 1

_ADD = spell(
    inbox,
    lambda insert: insert.on_conflict_do_nothing(index_elements=[inbox.c.identity]).returning(
        inbox.c.id
    ),
)
_DUE = (
    select(inbox.c.id)
    .where(
        inbox.c.status == InboundStatus.NIEUW,
        inbox.c.due <= bindparam("now"),
        or_(inbox.c.lease_until.is_(None), inbox.c.lease_until <= bindparam("now")),
        inbox.c.attempts <= bindparam("most_attempts"),
    )
    .order_by(inbox.c.id)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
    .cte("due")
)
_CLAIM = (
    update(inbox)
    .where(inbox.c.id.in_(select(_DUE.c.id)))
    .values(
        attempts=inbox.c.attempts + 1,
        lease_owner=bindparam("owner"),
        lease_until=bindparam("until"),
    )
    .returning(*_COLUMNS)
)
_FINISH = update(inbox).where(
    inbox.c.id == bindparam("which"), inbox.c.status == InboundStatus.NIEUW
)
_WITH_SEAL = select(inbox.c.id).where(inbox.c.seal == bindparam("sought"))


def identity(message: NewInbound) -> bytes:
    """SHA-256 that is equal only for the same Message-ID with the same bytes."""
    content = hashlib.sha256(message.raw).digest()
    return hashlib.sha256(content + message.message_id.encode()).digest()


class DatabaseInbox:
    """`broker.ports.Inbox` in one transaction."""

    def __init__(self, session: Session, presence: Presence) -> None:
        self._session = session
        self._presence = presence
        self._owner = presence.owner

    async def add(self, message: NewInbound) -> InboundId | None:
        """See `Inbox.add`. A second process with the same message waits for the first."""
        row = {
            "received": message.received,
            "channel": message.channel,
            "envelope_from": message.envelope_from,
            "recipient": message.recipient,
            "message_id": message.message_id,
            "identity": identity(message),
            "status": InboundStatus.NIEUW,
            "attempts": 0,
            "reason": "",
            "due": message.received,
            "raw": message.raw,
        }
        found = (await self._session.execute(self._session.spelt(_ADD), row)).scalar_one_or_none()
        return None if found is None else InboundId(found)

    async def claim(
        self, *, now: datetime, until: datetime, limit: int, most_attempts: int | None = None
    ) -> Sequence[Inbound]:
        """See `Inbox.claim`. On PostgreSQL what another process is claiming is skipped."""
        await self._presence.hold()
        values = {
            "now": now,
            "most": limit,
            "most_attempts": _ANY_ATTEMPTS if most_attempts is None else most_attempts,
            "owner": self._owner,
            "until": until,
        }
        rows = (await self._session.execute(_CLAIM, values)).mappings().all()
        return sorted((Inbound(**row) for row in rows), key=attrgetter("id"))

    async def finish(
        self, id: InboundId, *, status: InboundStatus, reason: str, seal: bytes = b""
    ) -> None:
        """See `Inbox.finish`. Raises Conflict too if another process closed this very message."""
        # Any: the columns have different types.
        values: dict[str, Any] = {
            "which": id,
            "status": status,
            "reason": reason,
            "seal": seal,
            "lease_owner": None,
            "lease_until": None,
        }
        if status is not InboundStatus.QUARANTAINE:
            values["raw"] = b""
        if (await self._session.execute(_FINISH, values)).rowcount != 1:
            raise Conflict("the message was closed already")

    async def seal_known(self, seal: bytes) -> bool:
        """See `Inbox.seal_known`; an empty seal is never known."""
        if not seal:
            return False
        return (await self._session.execute(_WITH_SEAL, {"sought": seal})).first() is not None

    async def retry(self, id: InboundId, *, at: datetime, reason: str, counted: bool) -> None:
        """See `Inbox.retry`. A message that is closed, or another's by now, stays as it is."""
        attempts = inbox.c.attempts if counted else inbox.c.attempts - 1
        statement = (
            update(inbox)
            .where(
                inbox.c.id == id,
                inbox.c.status == InboundStatus.NIEUW,
                or_(inbox.c.lease_owner.is_(None), inbox.c.lease_owner == self._owner),
            )
            .values(due=at, reason=reason, attempts=attempts, lease_owner=None, lease_until=None)
        )
        await self._session.execute(statement)

    async def counts(self) -> dict[InboundStatus, int]:
        """See `Inbox.counts`; every status is there, also with none."""
        statement = select(inbox.c.status, func.count().label("number")).group_by(inbox.c.status)
        rows = await self._session.execute(statement)
        found = {row.status: row.number for row in rows}
        return {status: found.get(status, 0) for status in InboundStatus}
