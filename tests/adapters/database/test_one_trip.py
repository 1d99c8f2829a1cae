"""The connection to SQLite: what SQLAlchemy gets from it, in one trip to its thread."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.database.engine import make_engine
from adapters.database.one_trip import OneTripConnection


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[AsyncConnection]:
    """A connection as the store has it, with a table of two rows."""
    engine = make_engine(f"sqlite+aiosqlite:///{tmp_path / 'x.sqlite'}")
    async with engine.connect() as connection:
        await connection.execute(text("CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT UNIQUE)"))
        await connection.execute(text("INSERT INTO t (word) VALUES ('een'), ('twee')"))
        yield connection
    await engine.dispose()


async def test_a_statement_is_one_trip(
    connection: AsyncConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cursor, statement, rows and closing go together, with rows as without."""
    trips: list[object] = []
    execute = OneTripConnection._execute

    # Any: whatever aiosqlite hands to its thread.
    async def counted(self: OneTripConnection, function: Any, *args: Any, **kwargs: Any) -> Any:
        trips.append(function)
        return await execute(self, function, *args, **kwargs)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(OneTripConnection, "_execute", counted)
    rows = (await connection.execute(text("SELECT word FROM t ORDER BY id"))).all()
    assert [row.word for row in rows] == ["een", "twee"]
    assert len(trips) == 1
    await connection.execute(text("UPDATE t SET word = 'drie' WHERE id = 2"))
    assert len(trips) == 2


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
