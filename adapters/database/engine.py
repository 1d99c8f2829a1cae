"""Makes the engines, and the session through which every statement goes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Connection, CursorResult, Executable, Table, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from adapters.database.errors import StoreError, StoreNotReady, StoreUnavailable, translated
from adapters.database.one_trip import OneTripConnection, connect

SQLITE = "sqlite+aiosqlite"
POSTGRESQL = "postgresql+psycopg"
WAIT_SECONDS = 10
"""How long a transaction waits for another one before it gives up as StoreUnavailable."""

_PRAGMAS = (
    f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}",
    "PRAGMA journal_mode = WAL",
    # A commit is on the disk when it returns; fullfsync says so to macOS as well.
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
    "PRAGMA foreign_keys = ON",
    # What is deleted or forgotten is overwritten with zeros; nothing spills into temporary files.
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    # Without it INSERT OR REPLACE would get round the triggers that refuse DELETE.
    "PRAGMA recursive_triggers = ON",
    "PRAGMA trusted_schema = OFF",
)

_POSTGRESQL_SETTINGS = (
    "-c timezone=UTC "
    f"-c lock_timeout={WAIT_SECONDS}s "
    "-c statement_timeout=60s "
    "-c idle_in_transaction_session_timeout=60s"
)


def parsed(url: str) -> URL:
    """The address of a database. Raises StoreNotReady; its text never holds the password."""
    try:
        address = make_url(url)
    except ArgumentError:
        address = None
    if address is None or address.drivername not in (SQLITE, POSTGRESQL):
        raise StoreNotReady(
            "The address of the database is not understood.",
            hint=f"Write {SQLITE}:////path/to/file or {POSTGRESQL}://user@host/database.",
        )
    if address.drivername == SQLITE and address.database in (None, "", ":memory:"):
        raise StoreNotReady(
            "A database in memory would lose what was acknowledged.",
            hint=f"Name a file: {SQLITE}:////path/to/file.",
        )
    return address


def with_password(url: str, password: str | None) -> str:
    """The address with a password that was kept apart from it; the result is never to be shown."""
    if password is None:
        return url
    return parsed(url).set(password=password).render_as_string(hide_password=False)


def make_engine(url: str) -> AsyncEngine:
    """An engine that has connected to nothing yet. Raises StoreNotReady for a wrong address.

    On SQLite it has one connection: writers there wait for each other anyway, and waiting in the
    queue of the pool is fair and wakes at once, where the busy handler of SQLite sleeps and polls.
    Its driver is `one_trip`.
    """
    address = parsed(url)
    if address.drivername == SQLITE:
        engine = create_async_engine(
            address,
            hide_parameters=True,
            connect_args={"isolation_level": None, "async_creator_fn": connect},
            pool_size=1,
            max_overflow=0,
            pool_timeout=WAIT_SECONDS,
        )
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_immediate)
        return engine
    given = address.query.get("options", "")
    options = " ".join([_POSTGRESQL_SETTINGS, *((given,) if isinstance(given, str) else given)])
    return create_async_engine(
        address,
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        connect_args={"options": options.strip(), "connect_timeout": WAIT_SECONDS},
        pool_size=5,
        max_overflow=5,
        pool_timeout=WAIT_SECONDS,
        # After a failover the pool is full of dead connections; one round trip finds out.
        pool_pre_ping=True,
    )


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    # Taking the write lock at once: a transaction that reads first and writes later could
    # otherwise fail half-way because another one wrote in between.
    driver = connection.connection.driver_connection
    if not isinstance(driver, OneTripConnection):
        raise TypeError("not a connection of ours")
    driver.begin("BEGIN IMMEDIATE")


DialectInsert = postgresql.Insert | sqlite.Insert


class Session:
    """One connection in one transaction; a driver's fault leaves it as Conflict or StoreError."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.is_postgresql = connection.dialect.name == "postgresql"

    # Any: a row has the types of the columns that were asked for, which SQLAlchemy cannot tell.
    async def execute(
        self,
        statement: Executable,
        values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
    ) -> CursorResult[Any]:
        """Run one statement with its values, or with several rows of them one executemany.

        Raises Conflict, StoreError, and ValueError for a moment without a time zone.
        """
        # The error is raised outside `except`, or the driver's own, which may quote a whole row,
        # would hang on it as its context.
        error: Exception
        try:
            return await self._connection.execute(statement, values)
        except (DBAPIError, PoolTimeout) as fault:
            error = translated(fault)
        except StatementError as fault:
            if not isinstance(fault.orig, ValueError):
                raise
            error = ValueError(str(fault.orig))
        raise error

    async def commit(self) -> None:
        """Commit. Raises Conflict, StoreError."""
        try:
            await self._connection.commit()
            return
        except DBAPIError as fault:
            error = translated(fault)
        # SQLite leaves a transaction open whose COMMIT it refused, while the pool takes it for
        # ended; closing the connection is what ends it.
        await self._connection.invalidate()
        raise error

    def spelt(self, statement: Spelt) -> Executable:
        """The statement for this database."""
        return statement.postgresql if self.is_postgresql else statement.sqlite


@dataclass(frozen=True, slots=True)
class Spelt:
    """An INSERT with ON CONFLICT, made once: most of a statement's time goes into making it."""

    postgresql: Executable
    sqlite: Executable


def spell(table: Table, rest: Callable[[DialectInsert], Executable]) -> Spelt:
    """An INSERT into the table with the rest of the statement: only ON CONFLICT is the dialect's
    own, and both spell it alike."""
    return Spelt(rest(postgresql.insert(table)), rest(sqlite.insert(table)))


@asynccontextmanager
async def connected(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection from the pool; leaving without a commit rolls back. Raises StoreError."""
    connection = engine.connect()
    error: Exception | None = None
    try:
        _ = await connection.start()
    except (DBAPIError, PoolTimeout) as fault:
        error = _unreachable(engine, fault)
    if error is not None:
        raise error
    try:
        yield connection
    finally:
        await connection.close()


def _unreachable(engine: AsyncEngine, fault: DBAPIError | PoolTimeout) -> Exception:
    error = translated(fault)
    if not isinstance(fault, DBAPIError) or not isinstance(error, StoreError):
        return error
    # Before there is a statement the driver's text is about the server, and the operator needs it.
    said = " ".join(str(fault.orig).split())
    if engine.url.password:
        said = said.replace(str(engine.url.password), "***")
    where = engine.url.host or engine.url.database
    return StoreUnavailable(
        f"The database at {where} cannot be reached ({said}).",
        hint="Look whether it runs and whether the address is right.",
    )
