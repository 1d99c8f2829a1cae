"""The wrapped casus keys, in a database of their own with a back-up term of its own.

Once a key is gone, what was sealed under it is noise: in the main database, its WAL and every
back-up of them.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.engine import Session, connected
from adapters.database.tables import casus_key
from broker.ports import SleutelId

_ADD = insert(casus_key)


class DatabaseCasusKeys:
    """`broker.ports.CasusKeys`; every call is a transaction of its own."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add(self, id: SleutelId, wrapped: bytes, *, at: datetime) -> None:
        """See `CasusKeys.add`. Raises Conflict when there is a key with that id."""
        async with connected(self._engine) as connection:
            session = Session(connection)
            await session.execute(_ADD, {"id": id, "wrapped": wrapped, "born": at})
            await session.commit()

    async def get(self, id: SleutelId) -> bytes | None:
        """See `CasusKeys.get`."""
        async with connected(self._engine) as connection:
            statement = select(casus_key.c.wrapped).where(casus_key.c.id == id)
            found: bytes | None = (
                await Session(connection).execute(statement)
            ).scalar_one_or_none()
            return found

    async def sweep(self, in_use: frozenset[SleutelId], *, before: datetime) -> int:
        """See `CasusKeys.sweep`."""
        async with connected(self._engine) as connection:
            session = Session(connection)
            # Chosen here, not by NOT IN: a statement has a limit to its parameters.
            old = select(casus_key.c.id).where(casus_key.c.born < before)
            orphans = [row.id for row in await session.execute(old) if row.id not in in_use]
            for start in range(0, len(orphans), _AT_ONCE):
                some = orphans[start : start + _AT_ONCE]
                await session.execute(delete(casus_key).where(casus_key.c.id.in_(some)))
            await session.commit()
            return len(orphans)


_AT_ONCE = 500
