"""A connection to SQLite that makes one trip to its thread for each statement, not four.

aiosqlite goes to the thread of a connection to make a cursor, to run the statement, to fetch the
rows and to close the cursor. Each of these trips costs more than most statements do. Nor does it
go there to begin a transaction before there is a statement in it, or to roll back nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Self

import aiosqlite


@dataclass(frozen=True, slots=True)
class _Outcome:
    # Any: what the driver says of the columns, and rows of whatever types.
    description: Any = None
    rows: list[Any] = field(default_factory=list, repr=False)
    rowcount: int = -1
    lastrowid: int | None = None


class OneTripConnection(aiosqlite.Connection):
    """aiosqlite's connection, but that a statement is run to its end in its thread at once."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=64)
        # As SQLAlchemy wants it: a connection that nobody closed must not keep the process alive.
        self._thread.daemon = True
        self._opening = ""
        self._nothing_open = False

    def cursor(self) -> OneTripCursor:  # type: ignore[override]
        """A cursor for one statement. It holds nothing that must be closed."""
        return OneTripCursor(self)

    def begin(self, statement: str) -> None:
        """Begin a transaction by this statement, on the same trip as its first one."""
        self._opening = statement

    async def commit(self) -> None:
        """Commit. Raises what sqlite3 raises."""
        if not self._opening:
            await super().commit()
            self._nothing_open = True
        self._opening = ""

    async def rollback(self) -> None:
        """Roll back, unless a commit was the last thing that happened here."""
        self._opening = ""
        if not self._nothing_open:
            await super().rollback()
            self._nothing_open = True

    # Any: parameters of whatever types.
    async def run(self, statement: str, parameters: Any, *, many: bool) -> _Outcome:
        """Run a statement, with all of its rows. Raises what sqlite3 raises."""
        # Also when this is cancelled: the thread goes on with it.
        self._nothing_open = False
        opening, self._opening = self._opening, ""
        # aiosqlite has no public way to do several things in one trip.
        outcome: _Outcome = await self._execute(  # type: ignore[no-untyped-call]
            partial(self._run, opening, statement, parameters, many=many)
        )
        return outcome

    def _run(self, opening: str, statement: str, parameters: Any, *, many: bool) -> _Outcome:
        cursor = self._conn.cursor()
        try:
            if opening:
                cursor.execute(opening)
            if many:
                cursor.executemany(statement, parameters)
            else:
                cursor.execute(statement, parameters)
            rows = cursor.fetchall() if cursor.description else []
            return _Outcome(cursor.description, rows, cursor.rowcount, cursor.lastrowid)
        finally:
            cursor.close()


class OneTripCursor:
    """What SQLAlchemy asks of the cursor of an async driver, and no more."""

    arraysize = 1

    def __init__(self, connection: OneTripConnection) -> None:
        self._connection = connection
        self._outcome = _Outcome()

    async def __aenter__(self) -> Self:
        return self

    @property
    def description(self) -> Any:
        """The columns of the rows; None when the statement gives none (PEP 249)."""
        return self._outcome.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed (PEP 249)."""
        return self._outcome.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The row that was inserted last (PEP 249)."""
        return self._outcome.lastrowid

    async def execute(self, statement: str, parameters: Any = ()) -> Self:
        """Run the statement."""
        self._outcome = await self._connection.run(statement, parameters, many=False)
        return self

    async def executemany(self, statement: str, parameters: Sequence[Any]) -> Self:
        """Run the statement once for each of the parameters."""
        self._outcome = await self._connection.run(statement, parameters, many=True)
        return self

    async def fetchall(self) -> list[Any]:
        """Every row: they are here already."""
        return self._outcome.rows

    async def close(self) -> None:
        """Nothing is open."""


def connect(database: str, **options: Any) -> OneTripConnection:
    """A connection that opens when it is awaited, with the options of `sqlite3.connect`."""
    return OneTripConnection(partial(sqlite3.connect, database, **options))
