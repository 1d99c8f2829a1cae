"""Effects as data, and how they are made durable: closed in one crossing, saved in one transaction.

A use case decides outside a transaction and returns `Effects`. `close` gives everything that is
personal to the vault in a single crossing. `save` writes the result; it never commits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from broker.domain.bericht import Geadresseerd
from broker.domain.casus import Kenmerk
from broker.domain.partner import LoketId
from broker.domain.verstrekking import Verstrekking, bevat_politiegegevens
from broker.ports import (
    Alarm,
    Field,
    Letter,
    LetterReason,
    Outbound,
    OutboundId,
    OutboundKind,
    OutboundStatus,
    Transaction,
    VerstrekkingEvent,
    VerstrekkingId,
    VerstrekkingRecord,
    Work,
)
from broker.service.alarm_codes import AlarmCode
from broker.service.alarming import Ended, about_delivery, change_alarms
from broker.service.context import Context
from broker.wire.brieven import Brief, verwoord
from broker.wire.codes import bericht_id
from broker.wire.mime_out import Attachment, AutoSubmitted, Mailbox, make_content, make_mail
from broker.wire.registerregel import registerregel


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


class RegisterKeyUnusable(Exception):
    """The police's register key cannot be used: nothing may be disclosed. Names only the reason."""


class UnregisteredDisclosure(Exception):
    """A message holds police data and names no disclosure: a fault in the program."""


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


def _attachment(letter: Brief) -> Attachment | None:
    bijlage = letter.bijlage
    return None if bijlage is None else Attachment(bijlage.naam, bijlage.soort, bijlage.inhoud)


def _own(context: Context) -> Mailbox:
    return Mailbox(context.mailbox.name, context.mailbox.address)


def _content(context: Context, send: Send, now: datetime) -> tuple[str, bytes]:
    letter = verwoord(send.post, netwerk=context.netwerk, vandaag=context.netwerk.kalender.dag(now))
    return letter.onderwerp, make_content(
        subject=letter.onderwerp,
        text=letter.tekst,
        sender=_own(context),
        recipient=Mailbox(send.post.ontvanger.naam, send.post.ontvanger.adres),
        date=now,
        message_id=message_id(context, send.id),
        attachment=_attachment(letter),
    )


def message_id(context: Context, id: OutboundId) -> str:
    """The Message-ID of a message, with its angle brackets."""
    return f"<{id}@{context.mailbox.domain}>"


def _outbound(
    context: Context, send: Send, subject: str, now: datetime, letter: bytes | LetterReason
) -> Outbound:
    recipient = send.post.ontvanger
    identity = message_id(context, send.id)
    raw = b""
    if isinstance(letter, bytes):
        raw = make_mail(
            sender=_own(context),
            recipient=Mailbox(recipient.naam, recipient.adres),
            reply_to=_own(context),
            subject=subject,
            date=now,
            message_id=identity,
            encrypted=letter,
            auto_submitted=AutoSubmitted.GENERATED,
        )
    return Outbound(
        id=send.id,
        kind=send.kind,
        number=send.number,
        recipient=recipient.id,
        address=recipient.adres,
        key=recipient.vingerafdruk,
        envelope_from=context.mailbox.envelope_from(send.id),
        message_id=identity,
        created=now,
        due=now,
        status=_first_status(send, is_sealed=bool(raw)),
        police=bevat_politiegegevens(send.post.bericht),
        kenmerk=send.kenmerk,
        loket=send.post.loket,
        verstrekking=send.verstrekking,
        reason="" if isinstance(letter, bytes) else letter,
        raw=raw,
    )


def _first_status(send: Send, *, is_sealed: bool) -> OutboundStatus:
    if is_sealed:
        return OutboundStatus.WACHT
    # Nothing remembers what a message without a casus said: it cannot be made again.
    return OutboundStatus.MISLUKT if send.kenmerk is None else OutboundStatus.VASTGEHOUDEN


def _register_row(disclose: Disclose, letter: bytes | LetterReason) -> VerstrekkingRecord:
    if not isinstance(letter, bytes):
        raise RegisterKeyUnusable(letter)
    v = disclose.verstrekking
    return VerstrekkingRecord(
        id=disclose.id,
        network=v.netwerk,
        kenmerk=v.kenmerk,
        moment=v.moment,
        reason=v.reden,
        purpose=v.doel,
        description=v.omschrijving,
        officer=v.functionaris,
        party=v.partij,
        recipient=v.ontvanger,
        manner=v.wijze,
        decision=v.besluit,
        content=letter,
    )


async def close(
    context: Context,
    effects: Effects,
    *,
    now: datetime,
    casus_key: bytes | None = None,
    new_key: bool = False,
    fields: tuple[Field, ...] = (),
) -> Closed:
    """Close every letter and field of the effects in one crossing.

    A letter whose recipient's key cannot be used becomes a held message and an alarm; one that
    belongs to no casus has failed at once. Raises
    RegisterKeyUnusable when a disclosure could not be registered, UnregisteredDisclosure for a
    message with police data that names no disclosure, and what the vault raises.
    """
    for send in effects.send:
        if bevat_politiegegevens(send.post.bericht) and send.verstrekking is None:
            raise UnregisteredDisclosure(send.kind)
    worded = [_content(context, send, now) for send in effects.send]
    register_key = context.netwerk.besluit.registersleutel
    letters = [
        Letter(send.post.ontvanger.vingerafdruk, content)
        for send, (_, content) in zip(effects.send, worded, strict=True)
    ] + [Letter(register_key, registerregel(d.verstrekking)) for d in effects.disclose]
    if not letters and not fields and not new_key:
        return Closed(effects, (), (), casus_key, ())
    done = await context.vault.cross(
        Work(
            now=now,
            casus_key=casus_key,
            new_key=new_key,
            seal=fields,
            letters=tuple(letters),
        )
    )
    mails = done.letters[: len(effects.send)]
    rows = done.letters[len(effects.send) :]
    outbound = tuple(
        _outbound(context, send, subject, now, letter)
        for send, (subject, _), letter in zip(effects.send, worded, mails, strict=True)
    )
    return Closed(
        effects=effects + Effects(alarms=tuple(_unsealed(outbound, now))),
        outbound=outbound,
        register=tuple(map(_register_row, effects.disclose, rows)),
        casus_key=done.casus_key,
        fields=done.sealed,
    )


def _unsealed(outbound: Sequence[Outbound], now: datetime) -> Iterator[Alarm]:
    for message in outbound:
        if message.status is OutboundStatus.VASTGEHOUDEN:
            yield Alarm(AlarmCode.BERICHT_VASTGEHOUDEN, message.id, now)
        elif message.status is OutboundStatus.MISLUKT:
            yield Alarm(AlarmCode.BERICHT_ONBESTELBAAR, message.id, now)


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
