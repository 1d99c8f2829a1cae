"""The store: inbox, outbox, casussen, register, alarms and casus keys. No repository commits."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from broker.domain.casus import CasusStaat, Kenmerk
from broker.domain.gelijkenis import Gelijkende
from broker.domain.partner import LoketId
from broker.ports.records import (
    Alarm,
    CasusRecord,
    Inbound,
    InboundId,
    InboundStatus,
    NewInbound,
    Opschorting,
    Outbound,
    OutboundId,
    OutboundStatus,
    SleutelId,
    VerstrekkingEvent,
    VerstrekkingId,
    VerstrekkingRecord,
)


class Inbox(Protocol):
    async def add(self, message: NewInbound) -> InboundId | None:
        """Store one message; None when the same Message-ID with the same bytes is there already."""

    async def claim(
        self, *, now: datetime, until: datetime, limit: int, most_attempts: int | None = None
    ) -> Sequence[Inbound]:
        """Take due messages in order of arrival, raise their attempts, lease them until `until`.

        A message that is leased is not given to another process before the lease has passed, or
        `Store.recover` ended it. One that had more than `most_attempts` before is left alone.
        """

    async def finish(
        self, id: InboundId, *, status: InboundStatus, reason: str, seal: bytes = b""
    ) -> None:
        """Close a message and forget its bytes (QUARANTAINE keeps them: a person must look).

        A `seal` that is not empty must be new: raises Conflict if another message was closed
        with it before.
        """

    async def seal_known(self, seal: bytes) -> bool:
        """Whether a closed message had this seal."""

    async def retry(self, id: InboundId, *, at: datetime, reason: str, counted: bool) -> None:
        """Give the message back, due at `at`; an attempt that is not counted is taken off."""

    async def counts(self) -> dict[InboundStatus, int]:
        """How many messages stand in each status."""


class Outbox(Protocol):
    async def add(self, messages: Sequence[Outbound]) -> None:
        """Add messages. Raises Conflict when an id, or a (kenmerk, loket, recipient, kind, number)
        of a casus, is there already."""

    async def claim(self, *, now: datetime, until: datetime, limit: int) -> Sequence[Outbound]:
        """As `Inbox.claim`, for messages in WACHT that are due, oldest first."""

    async def mark(
        self,
        *ids: OutboundId,
        status: OutboundStatus,
        reason: str = "",
        due: datetime | None = None,
        sent: datetime | None = None,
    ) -> None:
        """Write what came of an attempt and end the lease; what is not UNDELIVERED any more forgets
        its bytes, and a mark that MAY_BECOME does not list changes nothing. One round trip,
        however many messages fared alike."""

    async def replace(self, message: Outbound) -> None:
        """Put a held message (VASTGEHOUDEN) back as it was made again: same id."""

    async def held(self) -> Sequence[Outbound]:
        """What is held, oldest first."""

    async def withdraw(
        self, kenmerk: Kenmerk, *, loket: LoketId | None = None
    ) -> Sequence[OutboundId]:
        """Withdraw what ASKS and is UNDELIVERED of a casus (or of one desk of it), and forget its
        bytes."""

    async def find(self, id: OutboundId) -> Outbound | None:
        """The message with that id."""

    async def of_casus(self, kenmerk: Kenmerk) -> Sequence[Outbound]:
        """Every message of a casus, oldest first."""

    async def counts(self) -> dict[OutboundStatus, int]:
        """How many messages stand in each status."""


class Casussen(Protocol):
    async def next_kenmerk(self, year: int) -> int:
        """The number that the next casus of that year would get (nothing is reserved)."""

    async def add(self, casus: CasusRecord, *, number: int) -> None:
        """Add a casus with its verzoeken and take its number. Raises Conflict if it is taken."""

    async def get(self, kenmerk: Kenmerk) -> CasusRecord | None:
        """One casus with its verzoeken, in the order in which they were added."""

    async def save(self, casus: CasusRecord) -> None:
        """Save casus and verzoeken whose version is still `casus.version`, and raise it by one.
        Raises Conflict otherwise."""

    async def sent(self, kenmerk: Kenmerk, *loketten: LoketId, on: datetime) -> None:
        """Verzoeken were delivered: what is NOG_TE_VERZENDEN becomes VERZONDEN, `version` rises.
        Anything else stays as it is."""

    async def due(self, now: datetime, *, limit: int) -> Sequence[Kenmerk]:
        """Casussen with `remind_at` or `ends_at` at or before now, the longest due first."""

    async def open_verzoeken(self) -> Sequence[tuple[Kenmerk, LoketId]]:
        """Every verzoek without an answer of a casus in verrijking, by kenmerk."""

    async def list(self) -> Sequence[CasusRecord]:
        """Every casus, oldest first."""

    async def counts(self) -> dict[CasusStaat, int]:
        """How many casussen stand in each state; a state that none is in is left out."""

    async def key_ids(self) -> frozenset[SleutelId]:
        """Every casus key in use."""


class Gelijkenissen(Protocol):
    """By which blind indexes a casus is found to be like another (D-3)."""

    async def keep(self, kenmerk: Kenmerk, indexes: Sequence[bytes]) -> None:
        """Keep the blind indexes of a casus that was added before, in this transaction or not."""

    async def find(self, indexes: Sequence[bytes]) -> Sequence[Gelijkende]:
        """Every casus that keeps one of these, once, in the order of their kenmerken."""

    async def forget(self, kenmerk: Kenmerk) -> None:
        """Forget the blind indexes of a casus that is closed."""


class Register(Protocol):
    async def append(self, rows: Sequence[VerstrekkingRecord]) -> None:
        """Append disclosures in order, under the lock of the head."""

    async def note(self, id: VerstrekkingId, event: VerstrekkingEvent, *, at: datetime) -> None:
        """Add what came of a disclosure."""

    async def list(self) -> Sequence[VerstrekkingRecord]:
        """The whole register, in order."""

    async def count(self) -> int:
        """How many disclosures there are."""

    async def events(self, id: VerstrekkingId) -> Sequence[tuple[VerstrekkingEvent, datetime]]:
        """What came of one disclosure, oldest first."""


class Alarms(Protocol):
    async def raise_alarm(self, alarm: Alarm) -> None:
        """Raise an alarm; one that is open already (same code and subject) stays as it is."""

    async def clear(self, code: str, subject: str, *, at: datetime) -> None:
        """Close an alarm, if it is open."""

    async def open(self) -> Sequence[Alarm]:
        """Every open alarm, oldest first."""


class Opschortingen(Protocol):
    """What the police decided about their decision since it was configured; nothing is changed."""

    async def add(self, decided: Opschorting) -> None:
        """Add what was decided last."""

    async def latest(self) -> Opschorting | None:
        """What was added last, whatever its moment; None when nothing was ever decided."""

    async def list(self) -> Sequence[Opschorting]:
        """Everything that was decided, in the order of adding."""


class Limits(Protocol):
    async def once(self, name: str, day: str) -> bool:
        """True the first time that this name is seen on this day, False after that."""


class Transaction(Protocol):
    """One short database transaction. Nothing is kept without `commit`."""

    inbox: Inbox
    outbox: Outbox
    casussen: Casussen
    gelijkenissen: Gelijkenissen
    register: Register
    alarms: Alarms
    limits: Limits
    opschortingen: Opschortingen

    async def commit(self) -> None:
        """Make everything durable (fsync). May raise Conflict."""


class CasusKeys(Protocol):
    """The wrapped casus keys, in a database of their own. Every call commits by itself."""

    async def add(self, id: SleutelId, wrapped: bytes, *, at: datetime) -> None:
        """Keep a new key, durably, before anything is sealed under it."""

    async def get(self, id: SleutelId) -> bytes | None:
        """The wrapped key, None once it was destroyed."""

    async def sweep(self, in_use: frozenset[SleutelId], *, before: datetime) -> int:
        """Destroy keys born before `before` that no casus uses; says how many."""


class Store(Protocol):
    """The database. SQLite and PostgreSQL behave alike."""

    casus_keys: CasusKeys

    async def recover(self) -> int:
        """End the leases of every process that died with them; says how many messages that frees.

        Commits by itself.
        """

    def begin(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction; leaving without `commit` rolls it back."""
