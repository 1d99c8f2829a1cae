"""What stands behind the server in these tests: an inbox in memory, a still clock, a kept log."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

from adapters.smtp.intake import Receive
from adapters.smtp.server import SmtpServer
from adapters.smtp.session import SessionLimits
from broker.ports import CasusKeys, InboundId, NewInbound, Store, Transaction
from broker.service.take_in import OwnAddresses, Refused, Taken, take_in

OWN = OwnAddresses(
    mailboxes=frozenset({"broker@verrijking.example", "melding@verrijking.example"}),
    bounce="broker@verrijking.example",
)
BROKER = "broker@verrijking.example"
BOUNCE = "broker+b.7f3k@verrijking.example"
MOMENT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
MAIL = (
    b"Message-ID: <een@woonwenz.example>\r\nSubject: melding\r\n\r\n"
    b"-----BEGIN PGP MESSAGE-----\r\n\r\nwV4D\r\n-----END PGP MESSAGE-----\r\n"
)
CLEAR = b"Message-ID: <twee@woonwenz.example>\r\nSubject: hallo\r\n\r\nGewone tekst.\r\n"


def contains_armor(raw: bytes) -> bool:
    """A stand-in for the real check of the structure."""
    return b"-----BEGIN PGP MESSAGE-----" in raw


class StillClock:
    """It is always the same moment."""

    def now(self) -> datetime:
        return MOMENT


@dataclass(slots=True)
class KeptEvents:
    """A log that a test can read."""

    logged: list[tuple[str, dict[str, str | int]]] = field(default_factory=list)

    def log(self, event: str, **fields: str | int) -> None:
        self.logged.append((event, fields))


@dataclass(slots=True)
class Shelf:
    """The committed messages. `faults` are raised by the next calls of add, `at_commit` by the
    next commits, one each."""

    messages: list[NewInbound] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)
    at_commit: list[Exception] = field(default_factory=list)


class ShelfInbox:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self.added: list[NewInbound] = []

    async def add(self, message: NewInbound) -> InboundId | None:
        if self._shelf.faults:
            raise self._shelf.faults.pop(0)
        known = {(m.message_id, m.raw) for m in self._shelf.messages}
        if (message.message_id, message.raw) in known:
            return None
        self.added.append(message)
        return InboundId(len(self._shelf.messages) + 1)


class ShelfTransaction:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self.inbox = ShelfInbox(shelf)

    async def commit(self) -> None:
        if self._shelf.at_commit:
            raise self._shelf.at_commit.pop(0)
        self._shelf.messages += self.inbox.added


class ShelfStore:
    """Only the inbox of a Store; nothing else is asked of it here."""

    casus_keys: CasusKeys

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    async def recover(self) -> int:
        return 0

    def begin(self) -> AbstractAsyncContextManager[Transaction]:
        return self._begin()

    @asynccontextmanager
    async def _begin(self) -> AsyncIterator[Transaction]:
        yield cast("Transaction", ShelfTransaction(self._shelf))


def store_of(shelf: Shelf) -> Store:
    """The store in front of a shelf."""
    return ShelfStore(shelf)


def intake_of(shelf: Shelf) -> Receiver:
    """The real use case in front of a shelf."""
    return Receiver(store_of(shelf))


@dataclass(slots=True)
class Receiver:
    """What the server calls for each message."""

    store: Store

    async def __call__(self, message: NewInbound) -> Taken | Refused:
        return await take_in(message, store=self.store, own=OWN, is_encrypted=contains_armor)


@asynccontextmanager
async def serving(
    receive: Receive, *, events: KeptEvents | None = None, limits: SessionLimits | None = None
) -> AsyncIterator[SmtpServer]:
    """The server, listening on a free port."""
    server = SmtpServer(
        host="127.0.0.1",
        port=0,
        hostname="verrijking.example",
        own=OWN,
        receive=receive,
        clock=StillClock(),
        events=events or KeptEvents(),
        limits=limits or SessionLimits(linger=0.2),
    )
    async with server:
        yield server
