"""Effects as data, and how they are saved, in one transaction.

A use case decides outside a transaction and returns `Effects`. `closing.close` gives everything
that is personal to the vault. `save` writes the result; it never commits.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from broker.domain.bericht import Geadresseerd
from broker.domain.casus import Kenmerk
from broker.domain.partner import LoketId
from broker.domain.verstrekking import Verstrekking
from broker.ports import (
    Alarm,
    Outbound,
    OutboundId,
    OutboundKind,
    Transaction,
    VerstrekkingEvent,
    VerstrekkingId,
    VerstrekkingRecord,
)
from broker.service.alarming import Ended, about_delivery, change_alarms
from broker.service.context import Context
from broker.wire.codes import bericht_id


@dataclass(frozen=True, slots=True)
class Send:
    """One message to be sent. `id` comes from the casus: a second try makes the same one."""

    id: OutboundId
    kind: OutboundKind
    number: int
    post: Geadresseerd
    kenmerk: Kenmerk | None = None
    verstrekking: VerstrekkingId | None = None


@dataclass(frozen=True, slots=True)
class Disclose:
    """One disclosure to be registered, with the id by which a message refers to it."""

    id: VerstrekkingId
    verstrekking: Verstrekking


@dataclass(frozen=True, slots=True)
class Effects:
    """Everything that one decision changes outside its own casus record."""

    send: tuple[Send, ...] = ()
    disclose: tuple[Disclose, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    withdraw: tuple[tuple[Kenmerk, LoketId | None], ...] = ()
    clear: tuple[Ended, ...] = ()

    def __add__(self, other: Effects) -> Effects:
        return Effects(
            self.send + other.send,
            self.disclose + other.disclose,
            self.alarms + other.alarms,
            self.withdraw + other.withdraw,
            self.clear + other.clear,
        )


@dataclass(frozen=True, slots=True)
class Closed:
    """Effects after the crossing: ciphertext only. `fields` are in the order they were given."""

    effects: Effects
    outbound: tuple[Outbound, ...]
    register: tuple[VerstrekkingRecord, ...]
    casus_key: bytes | None
    fields: tuple[bytes, ...] = field(repr=False)


def send_id(
    seed: bytes, *, kenmerk: Kenmerk, post: Geadresseerd, kind: OutboundKind, number: int
) -> OutboundId:
    """The id of a message of a casus, from the stream (kenmerk, recipient, kind, number)."""
    return OutboundId(
        bericht_id(
            seed,
            kenmerk=kenmerk,
            ontvanger=f"{post.loket}/{post.ontvanger.id}",
            soort=kind,
            nummer=number,
        )
    )


def of_casus(
    seed: bytes,
    *,
    kenmerk: Kenmerk,
    post: Geadresseerd,
    kind: OutboundKind,
    number: int = 1,
    verstrekking: VerstrekkingId | None = None,
) -> Send:
    """A message that belongs to a casus."""
    id = send_id(seed, kenmerk=kenmerk, post=post, kind=kind, number=number)
    return Send(id, kind, number, post, kenmerk, verstrekking)


def loose(context: Context, kind: OutboundKind, post: Geadresseerd) -> Send:
    """A message that belongs to no casus."""
    return Send(OutboundId(context.random.token(16).hex()), kind, 1, post)


async def save(context: Context, tx: Transaction, closed: Closed, *, now: datetime) -> None:
    """Write closed effects into the transaction: the register first, then what refers to it."""
    if closed.register:
        await tx.register.append(closed.register)
    for kenmerk, loket in closed.effects.withdraw:
        for id in await tx.outbox.withdraw(kenmerk, loket=loket):
            message = await tx.outbox.find(id)
            if message is not None:
                await record_withdrawn(context, tx, message, now=now)
    if closed.outbound:
        await tx.outbox.add(closed.outbound)
    await change_alarms(
        context, tx, ended=closed.effects.clear, begun=closed.effects.alarms, now=now
    )


async def record_withdrawn(
    context: Context, tx: Transaction, message: Outbound, *, now: datetime
) -> None:
    """What else is true of a message that was withdrawn before it was delivered."""
    await change_alarms(context, tx, ended=about_delivery(message.id), now=now)
    if message.verstrekking is not None:
        await tx.register.note(message.verstrekking, VerstrekkingEvent.INGETROKKEN, at=now)
