"""What the police decided about their decision under art. 20 Wpg (BS-9).

Rows are only ever appended; triggers in both databases refuse every change.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select

from adapters.database.engine import Session
from adapters.database.tables import opschorting
from broker.ports import Opschorting

_ALL = select(opschorting.c.moment, opschorting.c.officer, opschorting.c.suspended)
_LATEST = _ALL.order_by(opschorting.c.id.desc()).limit(1)


class DatabaseOpschortingen:
    """`broker.ports.Opschortingen` in one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, decided: Opschorting) -> None:
        """See `Opschortingen.add`."""
        await self._session.execute(
            insert(opschorting).values(
                moment=decided.moment, officer=decided.officer, suspended=decided.suspended
            )
        )

    async def latest(self) -> Opschorting | None:
        """See `Opschortingen.latest`."""
        row = (await self._session.execute(_LATEST)).mappings().first()
        return None if row is None else Opschorting(**row)

    async def list(self) -> Sequence[Opschorting]:
        """See `Opschortingen.list`."""
        rows = (await self._session.execute(_ALL.order_by(opschorting.c.id))).mappings()
        return [Opschorting(**row) for row in rows]
