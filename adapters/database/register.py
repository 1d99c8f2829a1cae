"""The register of disclosures of police data (Wpg art. 32; art. 20 decision, section 8).

Rows are only ever appended; triggers in both databases refuse every change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import func, insert, select, update

from adapters.database.engine import Session
from adapters.database.register_tables import register, register_event, register_head
from broker.ports import VerstrekkingEvent, VerstrekkingId, VerstrekkingRecord

_NAMES = tuple(field.name for field in fields(VerstrekkingRecord))


class DatabaseRegister:
    """`broker.ports.Register` in one transaction. D-11: it adds, and cannot change or remove."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def append(self, rows: Sequence[VerstrekkingRecord]) -> None:
        """See `Register.append`. The head stays locked until the transaction ends: no gap."""
        if not rows:
            return
        statement = (
            update(register_head)
            .values(last=register_head.c.last + len(rows))
            .returning(register_head.c.last)
        )
        last: int = (await self._session.execute(statement)).scalar_one()
        first = last - len(rows) + 1
        await self._session.execute(
            insert(register),
            [
                {**{name: getattr(row, name) for name in _NAMES}, "sequence": sequence}
                for sequence, row in enumerate(rows, start=first)
            ],
        )

    async def note(self, id: VerstrekkingId, event: VerstrekkingEvent, *, at: datetime) -> None:
        """See `Register.note`. For a disclosure that is not there: StoreRefused."""
        await self._session.execute(
            insert(register_event).values(verstrekking=id, event=event, at=at)
        )

    async def list(self) -> Sequence[VerstrekkingRecord]:
        """See `Register.list`."""
        statement = select(*(register.c[name] for name in _NAMES)).order_by(register.c.sequence)
        rows = (await self._session.execute(statement)).mappings()
        return [VerstrekkingRecord(**row) for row in rows]

    async def count(self) -> int:
        """See `Register.count`."""
        statement = select(func.count()).select_from(register)
        number: int = (await self._session.execute(statement)).scalar_one()
        return number

    async def events(self, id: VerstrekkingId) -> Sequence[tuple[VerstrekkingEvent, datetime]]:
        """See `Register.events`."""
        statement = (
            select(register_event.c.event, register_event.c.at)
            .where(register_event.c.verstrekking == id)
            .order_by(register_event.c.at, register_event.c.id)
        )
        return [(row.event, row.at) for row in await self._session.execute(statement)]
