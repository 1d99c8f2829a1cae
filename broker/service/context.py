"""What every use case is given: the ports, the network, and how the broker is addressed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from broker.domain.partner import Netwerk
from broker.ports import Clock, Delivery, Events, OutboundId, Random, Store, Vault
from broker.service.take_in import OwnAddresses


@dataclass(frozen=True, slots=True)
class OwnMailbox:
    """The broker's own address and name, as people see them in a mail."""

    address: str
    name: str
    own: OwnAddresses

    @property
    def domain(self) -> str:
        """What stands behind the at-sign."""
        return self.address.rpartition("@")[2]

    def envelope_from(self, id: OutboundId) -> str:
        """The envelope sender of one message: only bounces come back to it."""
        return self.own.bounce_address(id)

    def bounced(self, recipient: str) -> OutboundId | None:
        """Which message a bounce address names; None for any other address."""
        token = self.own.token(recipient)
        return None if token is None else OutboundId(token.lower())


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the broker tries. The pauses are used one by one, the last again and again.

    A message that was being opened when the process died is not guilty: somebody may have switched
    the machine off. It is tried again at once, and after `suspected` times only by a process that
    has lived for `inbox_pause` without it: a crash loop with another cause accuses nobody. After
    `crashes` it is put aside. A message that could not be delivered `outbox_alarm` times alarms.
    """

    lease: timedelta = timedelta(minutes=5)
    suspected: int = 2
    crashes: int = 3
    inbox_pause: timedelta = timedelta(minutes=1)
    outbox_pauses: Sequence[timedelta] = (
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=15),
        timedelta(hours=1),
        timedelta(hours=4),
    )
    outbox_attempts: int = 30
    outbox_alarm: int = 5
    held_pause: timedelta = timedelta(minutes=15)
    orphan_age: timedelta = timedelta(hours=1)

    def outbox_pause(self, attempts: int) -> timedelta:
        """The pause after that many attempts (at least 1)."""
        return self.outbox_pauses[min(attempts, len(self.outbox_pauses)) - 1]


@dataclass(frozen=True, slots=True)
class Context:
    """One running broker, as the use cases see it. `started` is None for one that is no process."""

    netwerk: Netwerk
    mailbox: OwnMailbox
    store: Store
    vault: Vault
    delivery: Delivery
    clock: Clock
    random: Random
    events: Events
    patience: Patience = Patience()
    started: datetime | None = None

    def now(self) -> datetime:
        """The present moment, UTC."""
        return self.clock.now()

    def has_lived(self, pause: timedelta) -> bool:
        """Whether this process has been at work for that long."""
        return self.started is None or self.started + pause <= self.now()

    def today(self) -> date:
        """The present day for people."""
        return self.netwerk.kalender.dag(self.clock.now())
