"""Effects closed: everything that is personal given to the vault, in a single crossing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from broker.domain.toegang import is_lezer
from broker.domain.verstrekking import bevat_politiegegevens
from broker.domain.vertrouwelijkheid import mag_vernemen
from broker.ports import (
    Alarm,
    Field,
    Letter,
    LetterReason,
    Outbound,
    OutboundId,
    OutboundStatus,
    VerstrekkingRecord,
    Work,
)
from broker.service.alarm_codes import AlarmCode
from broker.service.context import Context
from broker.service.effects import Closed, Disclose, Effects, Send
from broker.wire.brieven import Brief, verwoord
from broker.wire.mime_out import Attachment, AutoSubmitted, Mailbox, make_content, make_mail
from broker.wire.registerregel import registerregel


class RegisterKeyUnusable(Exception):
    """The police's register key cannot be used: nothing may be disclosed. Names only the reason."""


class NotForThisReader(Exception):
    """A message tells its reader what a desk answered: a fault in the program."""


class UnknownReader(Exception):
    """A message is for nobody of the network (PR-8): a fault in the program. Names its kind."""


class UnregisteredDisclosure(Exception):
    """A message holds police data and names no disclosure: a fault in the program."""


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
    message with police data that names no disclosure, UnknownReader for one to somebody outside
    the network, NotForThisReader for an answer that would reach anybody but the ketenregisseur,
    and what the vault raises.
    """
    for send in effects.send:
        if not is_lezer(context.netwerk, send.post.ontvanger):
            raise UnknownReader(send.kind)
        if not mag_vernemen(send.post.bericht, send.post.ontvanger):
            raise NotForThisReader(send.kind)
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
