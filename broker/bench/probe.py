"""Watches the broker at work without touching it: what it commits, and when a melding is done."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import Pool

from broker.ports import Events


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: in which database, how many rows it changed, how many bytes were given to it."""

    database: str
    rows: int
    size: int


@dataclass(slots=True)
class Probe:
    """`broker.ports.Events` that passes everything on, and listens to SQLAlchemy meanwhile.

    A melding is done when the commit that says that its last mail was delivered has returned.
    """

    events: Events
    empty_commits: int = 0
    ended: float = 0.0
    faults: list[str] = field(default_factory=list)
    _mails: int = 0
    _sent: int = 0
    _last_committed: bool = False
    _done: asyncio.Event = field(default_factory=asyncio.Event)
    # Any: the parameters of statements. Only kept while the clock runs, and measured after it.
    _given: defaultdict[Connection, list[Any]] = field(
        default_factory=lambda: defaultdict(list), repr=False
    )
    _committed: list[tuple[str, int, list[Any]]] = field(default_factory=list, repr=False)
    _changes: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def log(self, event: str, **fields: str | int) -> None:
        """See `Events.log`."""
        self.events.log(event, **fields)
        if event == "delivery.sent":
            self._sent += 1
        elif event in ("fault", "delivery.withheld", "delivery.deferred", "delivery.rejected"):
            self.faults.append(" ".join([event, *(f"{k}={v}" for k, v in fields.items())]))
            self._done.set()

    def expect(self, mails: int) -> None:
        """A melding is about to be sent, to which so many mails answer."""
        self._committed, self.empty_commits = [], 0
        self._given.clear()
        self._mails, self._sent, self._last_committed = mails, 0, False
        self._done.clear()

    async def done(self) -> float:
        """Wait until the melding is done; the moment of it, by `time.perf_counter`.

        Back at once when there is a fault; then the moment says nothing.
        """
        await self._done.wait()
        return self.ended

    @property
    def commits(self) -> tuple[Commit, ...]:
        """The commits since `expect` that changed anything."""
        return tuple(Commit(name, rows, _size(given)) for name, rows, given in self._committed)

    @property
    def sent(self) -> int:
        """How many mails were delivered since `expect`."""
        return self._sent

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Listen to every engine of this process."""
        listeners = (
            (Engine, "before_cursor_execute", self._executing),
            (Engine, "commit", self._committing),
            (Engine, "rollback", self._rolling_back),
            (Pool, "checkin", self._returned),
        )
        for target, name, listener in listeners:
            event.listen(target, name, listener)
        try:
            yield
        finally:
            for target, name, listener in listeners:
                event.remove(target, name, listener)

    # Any: the objects of a driver, which SQLAlchemy hands over as they are.
    def _executing(
        self,
        connection: Connection,
        _cursor: Any,
        _statement: str,
        parameters: Any,
        _context: Any,
        _executemany: Any,
    ) -> None:
        self._given[connection].append(parameters)

    def _committing(self, connection: Connection) -> None:
        database = str(connection.engine.url.database)
        driver: Any = connection.connection.driver_connection
        before, now = self._changes[database], driver.total_changes
        self._changes[database] = now
        given = self._given.pop(connection, [])
        if now > before:
            self._committed.append((database, now - before, given))
        else:
            self.empty_commits += 1
        self._last_committed = 0 < self._mails <= self._sent

    def _rolling_back(self, connection: Connection) -> None:
        self._given.pop(connection, None)

    def _returned(self, _connection: Any, _record: Any) -> None:
        if self._last_committed and not self._done.is_set():
            self.ended = time.perf_counter()
            self._done.set()


# Any: one row of parameters or several, of whatever types.
def _size(value: Any) -> int:
    if isinstance(value, bytes | memoryview | str):
        return len(value)
    if isinstance(value, list | tuple):
        return sum(map(_size, value))
    return 8
