"""What a mail is, before anything is done about it: who speaks, and what kind of mail it is.

One judgement for whoever deals with mail and for whoever explains it.
"""

from __future__ import annotations

from dataclasses import dataclass

from broker.domain.bericht import NietVerwerkt
from broker.domain.toegang import GeenToegang, wie_spreekt
from broker.ports import Inbound, OpenReason, OutboundId, Unopened
from broker.service.context import Context
from broker.service.incoming import Incoming
from broker.wire.mime_entity import Unreadable, UnreadableReason, split_headers
from broker.wire.mime_header import AutomaticReason, automatic_reason
from broker.wire.mime_in import read_content
from broker.wire.mime_sender import SenderReason, sender_fault
from broker.wire.pgpmime import find_encrypted
from broker.wire.post import PostSoort, soort_post


@dataclass(frozen=True, slots=True)
class Returned:
    """It came to a bounce address: whatever it is, it tells of one message of ours."""

    about: OutboundId


@dataclass(frozen=True, slots=True)
class NotOpened:
    """Nothing of it may be used: it holds no one encrypted message, or that does not open."""

    reason: UnreadableReason | OpenReason


@dataclass(frozen=True, slots=True)
class NoAccess:
    """A good signature of a key that may not speak today."""

    reason: GeenToegang
    seal: bytes


@dataclass(frozen=True, slots=True)
class Machine:
    """A good signature under what a program wrote by itself."""

    reason: AutomaticReason
    seal: bytes


@dataclass(frozen=True, slots=True)
class NoText:
    """Somebody who may speak, and nothing that can be used; `mail` has no words.

    `reason` is for the operator, `told` for who wrote it.
    """

    mail: Incoming
    reason: UnreadableReason | SenderReason
    told: NietVerwerkt


@dataclass(frozen=True, slots=True)
class Spoken:
    """Somebody who may speak, what he wrote, and what kind of mail that is."""

    mail: Incoming
    kind: PostSoort


Heard = Returned | NotOpened | NoAccess | Machine | NoText | Spoken


async def hear(context: Context, mail: Inbound) -> Heard:
    """Open and read one mail. Changes nothing. Raises VaultFailed."""
    about = context.mailbox.bounced(mail.recipient)
    if about is not None:
        return Returned(about)
    outer = find_encrypted(mail.raw)
    if isinstance(outer, Unreadable):
        return NotOpened(outer.reason)
    opened = await context.vault.open_message(outer.message, now=context.now())
    if isinstance(opened, Unopened):
        return NotOpened(opened.reason)
    speaker = wie_spreekt(context.netwerk, opened.signer, context.today())
    if isinstance(speaker, GeenToegang):
        return NoAccess(speaker, opened.seal)
    inner = read_content(opened.plaintext, charset=outer.charset)
    inside = None if isinstance(inner, Unreadable) else inner.automatic
    automatic = inside or written_by_machine(mail)
    if automatic is not None:
        return Machine(automatic, opened.seal)
    without_words = Incoming(mail, speaker, "", "", opened.seal)
    if isinstance(inner, Unreadable):
        return NoText(without_words, inner.reason, NietVerwerkt.NIET_LEESBAAR)
    sender = inner.sender or _sender_fault(mail)
    if sender is not None:
        return NoText(without_words, sender, NietVerwerkt.AFZENDER_ONDUIDELIJK)
    incoming = Incoming(
        inbound=mail,
        speaker=speaker,
        subject=inner.subject or outer.facts.subject,
        text=inner.text,
        seal=opened.seal,
    )
    kind = soort_post(incoming.text, incoming.subject, afkorting=context.netwerk.afkorting)
    return Spoken(incoming, kind)


def written_by_machine(mail: Inbound) -> AutomaticReason | None:
    """Whether the outside of the mail says that a machine wrote it."""
    outside = split_headers(mail.raw)
    if isinstance(outside, Unreadable):
        return None
    return automatic_reason(outside[0], envelope_from=mail.envelope_from)


def _sender_fault(mail: Inbound) -> SenderReason | None:
    outside = split_headers(mail.raw)
    return None if isinstance(outside, Unreadable) else sender_fault(outside[0])
