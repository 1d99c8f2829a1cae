"""Whether a process that claimed work is still alive: each holds a lock that its death releases.

The operating system (SQLite) or the server (PostgreSQL) lets go of the lock when the process is
gone, however it went. So who can take the lock of another process knows that it is dead, and
nobody has to wait for its leases.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
from pathlib import Path
from typing import Protocol

from sqlalchemy import BigInteger, bindparam, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from adapters.database.engine import SQLITE, Session
from adapters.database.errors import StoreUnavailable, translated


class Presence(Protocol):
    """The lock of one process, under the name `owner` that stands in its leases."""

    owner: str

    async def hold(self) -> None:
        """Hold the lock, before anything is claimed. Raises StoreError when it cannot be had."""

    async def is_dead(self, session: Session, owner: str, /) -> bool:
        """Whether the process with that name is gone. Its lock is ours until the session ends."""

    async def release(self) -> None:
        """Let go: from now on this process counts as dead."""


def make_presence(engine: AsyncEngine, *, owner: str) -> Presence:
    """The presence of a process on this database."""
    if engine.url.drivername == SQLITE:
        return FilePresence(Path(str(engine.url.database)), owner=owner)
    return ServerPresence(engine, owner=owner)


class FilePresence:
    """A locked file beside a SQLite database, one for each process that claims work."""

    def __init__(self, database: Path, *, owner: str) -> None:
        self.owner = owner
        self._database = database
        self._held: int | None = None

    async def hold(self) -> None:
        """See Presence. The first time it removes what dead processes left."""
        if self._held is None:
            self._sweep()
            # Not inherited by the processes that we start, or it would outlive us in them.
            descriptor = os.open(self._file(self.owner), os.O_RDWR | os.O_CREAT, 0o600)
            if _locked(descriptor) and _is_at(descriptor, self._file(self.owner)):
                self._held = descriptor
            else:
                os.close(descriptor)
                raise StoreUnavailable(
                    "The lock of this process is not free.", hint="It is tried again."
                )

    async def is_dead(self, _session: Session, owner: str) -> bool:
        """See Presence. The file of a dead process is removed."""
        return _removed(self._file(owner))

    async def release(self) -> None:
        """See Presence."""
        if self._held is not None:
            self._file(self.owner).unlink(missing_ok=True)
            os.close(self._held)
            self._held = None

    def _sweep(self) -> None:
        for file in self._database.parent.glob(f"{self._database.name}-*.lock"):
            _removed(file)

    def _file(self, owner: str) -> Path:
        name = hashlib.sha256(owner.encode()).hexdigest()[:16]
        return self._database.with_name(f"{self._database.name}-{name}.lock")


class ServerPresence:
    """An advisory lock of PostgreSQL, on a connection that is kept for nothing else.

    Only a pooler that shares connections between sessions breaks it: then leases run out by time.
    """

    def __init__(self, engine: AsyncEngine, *, owner: str) -> None:
        self.owner = owner
        self._engine = engine
        self._connection: AsyncConnection | None = None
        self._turn = asyncio.Lock()

    async def hold(self) -> None:
        """See Presence. A connection that broke is replaced."""
        async with self._turn:
            if self._connection is not None and not await _answers(self._connection):
                await self._drop()
            if self._connection is None:
                await self._connect()

    async def is_dead(self, session: Session, owner: str) -> bool:
        """See Presence."""
        found = await session.execute(_TRY_IN_TRANSACTION.params(key=_key(owner)))
        return bool(found.scalar_one())

    async def release(self) -> None:
        """See Presence."""
        async with self._turn:
            await self._drop()

    async def _connect(self) -> None:
        error: Exception | None = None
        try:
            self._connection = await self._engine.connect()
            _ = await self._connection.execution_options(isolation_level="AUTOCOMMIT")
            taken = await self._connection.execute(_TRY.params(key=_key(self.owner)))
            if not taken.scalar_one():
                # A connection of ours that broke, and that the server still believes in: so we
                # pass for alive. The next claim tries again.
                await self._drop()
        except (DBAPIError, PoolTimeout) as fault:
            error = translated(fault)
        except BaseException:
            await self._drop()
            raise
        if error is not None:
            await self._drop()
            raise error

    async def _drop(self) -> None:
        if self._connection is not None:
            # Given back to the pool it would keep the lock.
            await self._connection.invalidate()
            await self._connection.close()
            self._connection = None


_TRY = text("SELECT pg_try_advisory_lock(:key)").bindparams(bindparam("key", type_=BigInteger))
_TRY_IN_TRANSACTION = text("SELECT pg_try_advisory_xact_lock(:key)").bindparams(
    bindparam("key", type_=BigInteger)
)


def _key(owner: str) -> int:
    digest = hashlib.sha256(f"verrijkingsbroker/{owner}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)


async def _answers(connection: AsyncConnection) -> bool:
    try:
        await connection.execute(text("SELECT 1"))
    except DBAPIError:
        return False
    return True


def _removed(file: Path) -> bool:
    """Whether nobody holds this lock. Then its file is gone."""
    try:
        descriptor = os.open(file, os.O_RDWR)
    except FileNotFoundError:
        return True
    try:
        free = _locked(descriptor)
        if free:
            file.unlink(missing_ok=True)
        return free
    finally:
        os.close(descriptor)


def _is_at(descriptor: int, file: Path) -> bool:
    """Whether the file is still there: a process that sweeps may have removed it meanwhile."""
    try:
        return os.path.samestat(os.fstat(descriptor), file.stat())
    except FileNotFoundError:
        return False


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
