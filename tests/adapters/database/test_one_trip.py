"""The connection to SQLite: what SQLAlchemy gets from it, in one trip to its thread."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from adapters.database.engine import make_engine
from adapters.database.one_trip import OneTripConnection


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """An engine as the store has it, with a table of two rows."""
    engine = make_engine(f"sqlite+aiosqlite:///{tmp_path / 'x.sqlite'}")
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT UNIQUE)"))
        await connection.execute(text("INSERT INTO t (word) VALUES ('een'), ('twee')"))
    yield engine
    await engine.dispose()


@pytest.fixture
async def connection(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection of it."""
    async with engine.connect() as connection:
        yield connection


@dataclass
class Trips:
    """How often somebody went to the thread of a connection."""

    count: int = 0
    begun: asyncio.Event = field(default_factory=asyncio.Event)


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch, engine: AsyncEngine) -> Trips:
    """The trips from here on."""
    trips = Trips()
    execute = OneTripConnection._execute

    # Any: whatever aiosqlite hands to its thread.
    async def counted(self: OneTripConnection, function: Any, *args: Any, **kwargs: Any) -> Any:
        trips.count += 1
        trips.begun.set()
        return await execute(self, function, *args, **kwargs)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(OneTripConnection, "_execute", counted)
    return trips


async def test_a_statement_is_one_trip(connection: AsyncConnection, trips: Trips) -> None:
    """Cursor, statement, rows and closing go together, with rows as without."""
    rows = (await connection.execute(text("SELECT word FROM t ORDER BY id"))).all()
    assert [row.word for row in rows] == ["een", "twee"]
    assert trips.count == 1
    await connection.execute(text("UPDATE t SET word = 'drie' WHERE id = 2"))
    assert trips.count == 2


async def test_a_transaction_of_one_statement_is_two_trips(
    engine: AsyncEngine, trips: Trips
) -> None:
    """It begins on the trip of its first statement, and nothing is rolled back after a commit."""
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE t SET word = 'drie' WHERE id = 2"))
    assert trips.count == 2


async def test_a_transaction_without_a_statement_is_none(engine: AsyncEngine, trips: Trips) -> None:
    """What was never begun takes no lock, and leaves nothing to the next transaction."""
    async with engine.begin():
        pass
    assert trips.count == 0
    async with engine.connect() as connection:
        await connection.execute(text("UPDATE t SET word = 'drie' WHERE id = 2"))
        await connection.rollback()
        assert (await connection.execute(text("SELECT word FROM t WHERE id = 2"))).one() == (
            "twee",
        )


async def test_the_first_statement_takes_the_lock_of_writers(
    engine: AsyncEngine, connection: AsyncConnection
) -> None:
    """Who reads first and writes later finds what he read: nobody else can write meanwhile."""
    await connection.execute(text("SELECT word FROM t"))
    other = sqlite3.connect(str(engine.url.database), timeout=0)
    try:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("INSERT INTO t (word) VALUES ('drie')")
    finally:
        other.close()


async def test_what_was_broken_off_is_rolled_back(engine: AsyncEngine, trips: Trips) -> None:
    """A statement whose caller was cancelled runs on in the thread; the next one never sees it."""

    async def change() -> None:
        async with engine.begin() as connection:
            await connection.execute(text("UPDATE t SET word = 'drie' WHERE id = 2"))

    task = asyncio.create_task(change())
    await trips.begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with engine.begin() as connection:
        assert (await connection.execute(text("SELECT word FROM t WHERE id = 2"))).one() == (
            "twee",
        )


async def test_what_was_changed_is_counted_and_given_back(connection: AsyncConnection) -> None:
    """Rows of RETURNING, the count of rows changed, and the new row's id are as sqlite3 says."""
    changed = await connection.execute(text("UPDATE t SET word = word || '!'"))
    assert changed.rowcount == 2
    returned = await connection.execute(text("DELETE FROM t WHERE id = 1 RETURNING word"))
    assert returned.scalar_one() == "een!"
    many = await connection.execute(
        text("INSERT INTO t (word) VALUES (:word)"), [{"word": "a"}, {"word": "b"}]
    )
    assert many.rowcount == 2


async def test_a_fault_of_a_statement_is_raised_and_the_connection_goes_on(
    connection: AsyncConnection,
) -> None:
    """A refused row is SQLAlchemy's own error around the driver's; the next statement works."""
    with pytest.raises(IntegrityError) as caught:
        await connection.execute(text("INSERT INTO t (word) VALUES ('een')"))
    assert isinstance(caught.value.orig, sqlite3.IntegrityError)
    assert (await connection.execute(text("SELECT count(*) FROM t"))).scalar_one() == 2
