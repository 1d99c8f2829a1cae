"""The store: opens transactions on the main database, and holds the casus keys beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.alarms import DatabaseAlarms, DatabaseLimits
from adapters.database.casus_keys import DatabaseCasusKeys
from adapters.database.casussen import DatabaseCasussen
from adapters.database.engine import SQLITE, Session, connected, make_engine, parsed
from adapters.database.errors import StoreNotReady
from adapters.database.gelijkenissen import DatabaseGelijkenissen
from adapters.database.inbox import DatabaseInbox
from adapters.database.leases import end_leases_of_the_dead
from adapters.database.migrate import Tree, require_newest
from adapters.database.opschortingen import DatabaseOpschortingen
from adapters.database.outbox import DatabaseOutbox
from adapters.database.presence import Presence, make_presence
from adapters.database.register import DatabaseRegister
from broker.ports import (
    Alarms,
    CasusKeys,
    Casussen,
    Gelijkenissen,
    Inbox,
    Limits,
    Opschortingen,
    Outbox,
    Register,
    Transaction,
)


class DatabaseTransaction:
    """One transaction on the main database, with every port that works in it."""

    inbox: Inbox
    outbox: Outbox
    casussen: Casussen
    gelijkenissen: Gelijkenissen
    register: Register
    alarms: Alarms
    limits: Limits
    opschortingen: Opschortingen

    def __init__(self, session: Session, presence: Presence) -> None:
        self._session = session
        self.inbox = DatabaseInbox(session, presence)
        self.outbox = DatabaseOutbox(session, presence)
        self.casussen = DatabaseCasussen(session)
        self.gelijkenissen = DatabaseGelijkenissen(session)
        self.register = DatabaseRegister(session)
        self.alarms = DatabaseAlarms(session)
        self.limits = DatabaseLimits(session)
        self.opschortingen = DatabaseOpschortingen(session)

    async def commit(self) -> None:
        """See `Transaction.commit`. Raises Conflict, StoreUnavailable, StoreRefused."""
        await self._session.commit()


class DatabaseStore:
    """`broker.ports.Store` on two databases. Made by `open_store`; to be closed with `close`."""

    casus_keys: CasusKeys

    def __init__(self, *, main: AsyncEngine, keys: AsyncEngine, owner: str) -> None:
        self._engines = {Tree.MAIN: main, Tree.KEYS: keys}
        self._presence = make_presence(main, owner=owner)
        self.casus_keys = DatabaseCasusKeys(keys)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        """See `Store.begin`.

        On SQLite a process has one transaction at a time: others wait, so keep it short and never
        open one inside another. Raises StoreUnavailable after WAIT_SECONDS of waiting.
        """
        async with connected(self._engines[Tree.MAIN]) as connection:
            yield DatabaseTransaction(Session(connection), self._presence)

    async def recover(self) -> int:
        """See `Store.recover`. Raises StoreError."""
        async with connected(self._engines[Tree.MAIN]) as connection:
            session = Session(connection)
            freed = await end_leases_of_the_dead(session, self._presence)
            await session.commit()
        return freed

    async def check(self) -> None:
        """See that both databases answer, can be written, are durable and have our schema.

        Raises StoreUnavailable or StoreNotReady, each with a hint.
        """
        for tree, engine in self._engines.items():
            async with connected(engine) as connection:
                session = Session(connection)
                if session.is_postgresql:
                    await _require_durable(session)
                await require_newest(connection, tree)

    async def checkpoint(self) -> bool:
        """On SQLite: move the WAL into the files and empty it, so that no forgotten byte stays.

        False when a reader was in the way: try again later. PostgreSQL cleans up by VACUUM and
        needs nothing here.
        """
        done = True
        for engine in self._engines.values():
            async with connected(engine) as connection:
                if connection.dialect.name == "sqlite":
                    # A checkpoint is refused inside a transaction, and SQLAlchemy always opens one.
                    raw = (await connection.get_raw_connection()).driver_connection
                    if raw is None:
                        raise StoreNotReady("No connection.", hint="Open the store again.")
                    async with raw.execute("PRAGMA wal_checkpoint(TRUNCATE)") as cursor:
                        busy, _, _ = await cursor.fetchone()
                    done = done and not busy
        return done

    async def close(self) -> None:
        """Close every connection. The store cannot be used after it, and its leases are free."""
        await self._presence.release()
        for engine in self._engines.values():
            await engine.dispose()


async def _require_durable(session: Session) -> None:
    for setting in ("fsync", "synchronous_commit"):
        value = (await session.execute(text(f"SHOW {setting}"))).scalar_one()
        if value == "off":
            raise StoreNotReady(
                f"The database server acknowledges what it may lose ({setting} is off).",
                hint=f"Turn {setting} on: the broker answers 250 only after a durable commit.",
            )


def _require_there(address: URL) -> None:
    # SQLite would make an empty file, which then hides that the right one was not mounted.
    if address.drivername == SQLITE and not Path(str(address.database)).is_file():
        raise StoreNotReady(
            f"There is no database at {address.database}.", hint="Make it with `broker upgrade`."
        )


async def open_store(*, url: str, keys_url: str, owner: str) -> DatabaseStore:
    """A store on two databases that exist and have the newest schema (see `migrate.prepare`).

    The addresses are SQLAlchemy URLs: `sqlite+aiosqlite:////path` or `postgresql+psycopg://…`.
    `owner` names this process in the leases; no two running processes may share one. Raises
    StoreNotReady and StoreUnavailable, each with a hint and without a password.
    """
    if parsed(url) == parsed(keys_url):
        raise StoreNotReady(
            "The casus keys would lie in the main database.",
            hint="Give them a database of their own: destroying a key must outlive every back-up.",
        )
    _require_there(parsed(url))
    _require_there(parsed(keys_url))
    store = DatabaseStore(main=make_engine(url), keys=make_engine(keys_url), owner=owner)
    try:
        await store.check()
    except BaseException:
        await store.close()
        raise
    return store
